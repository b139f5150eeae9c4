/*
 * writer - an output: standard output, or a file that appears whole or not at
 * all (temporary file in the same folder, fsync, rename, fsync of the folder).
 *
 * Compressed by the end of its name.  Belongs to one thread.  A reader that
 * has gone away gives ERR_OUTPUT with the code closed_pipe.
 */
#ifndef IO_WRITER_H
#define IO_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"

struct writer;

/* NULL or "-" is standard output. */
struct writer	*writer_open(const char *path, struct err *);
/* The file is made with these permissions (0666 less the umask unless set). */
struct writer	*writer_open_mode(const char *path, unsigned mode,
		    struct err *);
/*
 * A file that grows in place: behind what it holds, each line seen at once.
 * It is never compressed.
 */
struct writer	*writer_open_append(const char *path, struct err *);
/* What was not committed never appears.  NULL is allowed. */
void		 writer_free(struct writer *);
/* From now on what is added is hashed, before compression. */
void		 writer_hash(struct writer *);

bool		 writer_add(struct writer *, struct slice, struct err *);
/* Everything added is in the hands of the system. */
bool		 writer_flush(struct writer *, struct err *);
/* As writer_flush, and a file is on disk. */
bool		 writer_sync(struct writer *, struct err *);
/*
 * The first half of writer_commit: everything is on disk under the temporary
 * name, which only writer_commit will change.
 */
bool		 writer_settle(struct writer *, struct err *);
/* The name before the rename; NULL where there is none to come. */
const char	*writer_temporary(const struct writer *);
/* Ends the output; after it only the questions below and writer_free. */
bool		 writer_commit(struct writer *, struct err *);

/*
 * Takes a committed file away again, where what belongs to it could not be
 * written.  A device, and a file that was not replaced, stay as they are.
 */
void		 writer_withdraw(struct writer *);

/* Bytes added, before compression, and their digest after writer_hash. */
uint64_t	 writer_bytes(const struct writer *);
void		 writer_digest(const struct writer *, uint8_t[DIGEST_SIZE]);

/* A small file at once, in the same way. */
bool		 writer_put_file(const char *path, struct slice, struct err *);

#endif
