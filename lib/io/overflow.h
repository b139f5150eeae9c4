/*
 * overflow - bytes behind each other, in memory up to a ceiling and then in a
 * nameless file of a folder, which goes with the process.
 *
 * Belongs to one thread while bytes are added; several may read after that.
 */
#ifndef IO_OVERFLOW_H
#define IO_OVERFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct overflow;

struct overflow	*overflow_new(uint64_t memory, const char *folder);
/* The bytes behind an offset of a file; takes the descriptor over. */
struct overflow	*overflow_of_file(int fd, uint64_t offset);
void		 overflow_free(struct overflow *);	/* NULL is allowed */
/* *offset: where it stands.  ERR_OUTPUT where the folder takes no more. */
bool		 overflow_add(struct overflow *, struct slice, uint64_t *offset,
		    struct err *);
/* What was added can be read. */
bool		 overflow_flush(struct overflow *, struct err *);
bool		 overflow_read(const struct overflow *, uint64_t offset, void *to,
		    size_t n, struct err *);

/* --- files without a name ---------------------------------------------------- */

/* The descriptor, or -1 and ERR_OUTPUT. */
int		 overflow_open(const char *folder, struct err *);
bool		 overflow_put(const char *folder, int fd, const void *, size_t n,
		    struct err *);
/* Exactly n bytes; ERR_INPUT. */
bool		 overflow_get(int fd, void *to, size_t n, uint64_t offset,
		    struct err *);

#endif
