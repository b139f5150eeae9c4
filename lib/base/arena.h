/*
 * arena - memory with one end of life: of a record, or of a table.
 *
 * Not shared between threads.  A reset keeps the chunks, so that a steady
 * stream makes no call to malloc.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/slice.h"

struct arena;

struct arena	*arena_new(void);
void		 arena_free(struct arena *);	/* NULL is allowed */
void		 arena_reset(struct arena *);

/* Aligned for any type, not cleared; never NULL. */
void		*arena_alloc(struct arena *, size_t n);
void		*arena_zalloc(struct arena *, size_t n);
void		*arena_dup(struct arena *, const void *, size_t n);
char		*arena_string(struct arena *, const char *, size_t n);
struct slice	 arena_slice(struct arena *, struct slice);
char		*arena_printf(struct arena *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
/* As mem_room; what an array grew out of stays until the reset. */
void		*arena_room(struct arena *, void *array, size_t used,
		    size_t *capacity, size_t size);
/* Bytes held, for tests and reports of memory. */
size_t		 arena_size(const struct arena *);

#endif
