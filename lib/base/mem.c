#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The one place of the library that ends the process: nothing could be done
 * with less memory, and half-handled shortage loses records in silence.
 * Output that has not been renamed into place stays invisible.
 */
static void
out_of_memory(void)
{
	static const char text[] = "mdx: out of memory\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)n;
	_exit(4);
}

void *
mem_alloc(size_t n)
{
	void *p = malloc(n == 0 ? 1 : n);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_zalloc(size_t n)
{
	void *p = calloc(1, n == 0 ? 1 : n);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_resize(void *old, size_t n, size_t size)
{
	void *p;

	if (size != 0 && n > SIZE_MAX / 2 / size)
		out_of_memory();
	p = realloc(old, n * size == 0 ? 1 : n * size);
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_dup(const void *from, size_t n)
{
	void *p = mem_alloc(n);

	if (n > 0)
		memcpy(p, from, n);
	return p;
}

char *
mem_string(const char *from, size_t n)
{
	char *p = mem_alloc(n + 1);

	if (n > 0)
		memcpy(p, from, n);
	p[n] = '\0';
	return p;
}

void
mem_free(void *p)
{
	free(p);
}

void *
mem_room(void *array, size_t used, size_t *capacity, size_t size)
{
	if (used < *capacity)
		return array;
	*capacity = *capacity == 0 ? 16 : *capacity * 2;
	return mem_resize(array, *capacity, size);
}
