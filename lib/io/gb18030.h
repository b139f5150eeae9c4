/*
 * gb18030 - the encoding of most Chinese exports, by a table that is built
 * from iconv itself: the same characters, several times faster.  Private to
 * io/encoding, whose header says what is read.  Not shared between threads.
 */
#ifndef IO_GB18030_H
#define IO_GB18030_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct gb18030;

/* The code points of n sequences of so many bytes, 0 where there is none. */
typedef void	 gb18030_ask(void *ctx, char *from, size_t width, size_t n,
		    uint32_t *codes);

/* ask: iconv, through its door. */
struct gb18030	*gb18030_new(gb18030_ask *ask, void *ctx);
void		 gb18030_free(struct gb18030 *);	/* NULL is allowed */
/*
 * Appends the UTF-8 of as much as it can and returns how many bytes that were;
 * *why is 1 where it was all, 0 where the text ends within a character, -1
 * where there is none.
 */
size_t		 gb18030_decode(struct gb18030 *, struct slice, struct buf *,
		    int *why);
/*
 * The same into room bytes, as encoding_recode has it: *made of them, and what
 * is no character one byte FF.
 */
size_t		 gb18030_recode(const struct gb18030 *, struct slice,
		    bool final, char *to, size_t room, size_t *made);
/* How often 0x80 was read as a euro sign so far. */
uint64_t	 gb18030_euros(const struct gb18030 *);
/* How many bytes from the start are valid by their form. */
size_t		 gb18030_prefix(const char *, size_t n);

#endif
