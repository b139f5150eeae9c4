/*
 * input - the bytes of one member, with a window to look ahead.
 *
 * What stands under it (a file, standard input, a member of an archive, a
 * decoder) hands over blocks; what stands above peeks and takes.  Everything
 * that came through is counted and, where asked, hashed.  A failure below is
 * kept: the bytes before it can be read, then the input ends, and input_failed
 * says why.  An input belongs to one thread.
 */
#ifndef SOURCES_INPUT_H
#define SOURCES_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/codec.h"

#define INPUT_SLACK	64	/* readable bytes behind what is peeked */

/*
 * The next block, valid until the next call: its size, 0 at the end, -1 with
 * *e.  The signature is that of unpack_source.
 */
typedef ssize_t	 input_block(void *ctx, const char **block, struct err *);

struct input;

struct input	*input_new(input_block *, void *ctx);
/*
 * Lets what stands below pass over bytes unread: as many of n as it could, 0
 * where it cannot.  What was jumped over is in no digest.
 */
typedef uint64_t input_jump(void *ctx, uint64_t n);
void		 input_can_jump(struct input *, input_jump *);
/*
 * The decompressed bytes of another input, which stays the caller's; at most
 * ratio bytes out for one in beyond the first MiB (else ERR_DATA, code
 * limit_ratio).
 */
struct input	*input_decoded(struct input *, enum codec, unsigned ratio);
/*
 * A second thread reads ahead from here on, where one can be started; nothing
 * is jumped over any more.  Until input_alone or the end nobody else may touch
 * what stands below.
 */
void		 input_ahead(struct input *);
void		 input_alone(struct input *);
void		 input_free(struct input *);	/* NULL is allowed */
/* Offsets and bytes are counted from here instead of from 0. */
void		 input_start(struct input *, uint64_t offset);
void		 input_hash(struct input *);
/* At most so many bytes come through (else ERR_DATA, code limit_member). */
void		 input_limit(struct input *, uint64_t bytes);

/*
 * What stands next, without taking it: at least `want` bytes, fewer only at
 * the end; valid until the next call.
 */
struct slice	 input_peek(struct input *, size_t want);
void		 input_take(struct input *, size_t n);	/* n <= what was peeked */
/* Takes n bytes, unread where possible; how many, fewer only at the end. */
uint64_t	 input_skip(struct input *, uint64_t n);
/* Blocks straight through, for who reads all; the signature is input_block's. */
ssize_t		 input_next(void *input, const char **block, struct err *);
/* At most room bytes, 0 at the end; a failure is an end here. */
ssize_t		 input_read(void *input, char *to, size_t room, struct err *);

bool		 input_at_end(struct input *);
/* The offset of the next byte to take. */
uint64_t	 input_offset(const struct input *);
/* Bytes that came through, taken or not, and their digest after input_hash. */
uint64_t	 input_bytes(const struct input *);
void		 input_digest(const struct input *, uint8_t[DIGEST_SIZE]);
/* Whether all came through: not where something was jumped over. */
bool		 input_ended(const struct input *);
/* Whether it ended by a failure, which is copied to *e. */
bool		 input_failed(const struct input *, struct err *e);

#endif
