/*
 * mem - malloc that does not fail: out of memory ends the process, status 4.
 *
 * Sizes that come from input are bounded by the caller before they get here.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void	*mem_alloc(size_t n);
void	*mem_zalloc(size_t n);
/* n members of size bytes; old may be NULL; overflow counts as no memory. */
void	*mem_resize(void *old, size_t n, size_t size);
void	*mem_dup(const void *, size_t n);
char	*mem_string(const char *, size_t n);	/* a copy with its NUL */
void	 mem_free(void *);

/* Room for one more in a growing array: doubles capacity where it is full. */
void	*mem_room(void *array, size_t used, size_t *capacity, size_t size);

#endif
