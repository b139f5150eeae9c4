#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

#define GRAIN ((size_t)2 << 10)
#define KEEP  ((size_t)1 << 20)

struct chunk {
	struct chunk *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct arena {
	struct chunk *first, *last;
};

static struct chunk *
chunk_new(size_t size)
{
	struct chunk *c = mem_alloc(sizeof(*c) + size);

	c->next = NULL;
	c->size = size;
	c->used = 0;
	return c;
}

static void
chunks_free(struct chunk *c)
{
	while (c != NULL) {
		struct chunk *next = c->next;

		mem_free(c);
		c = next;
	}
}

struct arena *
arena_new(void)
{
	struct arena *a = mem_alloc(sizeof(*a));

	a->first = a->last = chunk_new(GRAIN);
	return a;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	chunks_free(a->first);
	mem_free(a);
}

/*
 * Chunks form a list that only grows, up to KEEP bytes: after the usual
 * largest record has been seen the steady state calls malloc no more, and one
 * record of 16 MiB does not hold its memory for the rest of the night.
 */
void
arena_reset(struct arena *a)
{
	size_t kept = 0;

	for (struct chunk *c = a->first; c != NULL; c = c->next) {
		c->used = 0;
		kept += c->size;
		if (c->next != NULL && kept + c->next->size > KEEP) {
			chunks_free(c->next);
			c->next = NULL;
		}
	}
	a->last = a->first;
}

/* From the next chunk that has room, which is made where there is none. */
static void *
alloc_behind(struct arena *a, size_t n)
{
	struct chunk *c = a->last;

	do {
		if (c->next == NULL) {
			size_t size = 2 * c->size < KEEP ? 2 * c->size : KEEP;

			c->next = chunk_new(n > size ? n : size);
		}
		c = c->next;
	} while (c->size - c->used < n);
	a->last = c;
	c->used = n;
	return c->data;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	const size_t mask = alignof(max_align_t) - 1;
	struct chunk *c = a->last;
	void *p = c->data + c->used;

	n = (n + mask) & ~mask;
	if (c->size - c->used < n)
		return alloc_behind(a, n);
	c->used += n;
	return p;
}

void *
arena_zalloc(struct arena *a, size_t n)
{
	return memset(arena_alloc(a, n), 0, n);
}

void *
arena_dup(struct arena *a, const void *from, size_t n)
{
	void *p = arena_alloc(a, n);

	if (n > 0)
		memcpy(p, from, n);
	return p;
}

void *
arena_room(
    struct arena *a, void *array, size_t used, size_t *capacity, size_t size)
{
	void *more;

	if (used < *capacity)
		return array;
	*capacity = *capacity == 0 ? 8 : *capacity * 2;
	more = arena_alloc(a, *capacity * size);
	if (used > 0)
		memcpy(more, array, used * size);
	return more;
}

char *
arena_string(struct arena *a, const char *from, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	if (n > 0)
		memcpy(p, from, n);
	p[n] = '\0';
	return p;
}

struct slice
arena_slice(struct arena *a, struct slice s)
{
	return (struct slice){ arena_string(a, s.p, s.n), s.n };
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list args;
	int n;
	char *p;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	p = arena_alloc(a, (size_t)n + 1);
	va_start(args, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, args);
	va_end(args);
	return p;
}

size_t
arena_size(const struct arena *a)
{
	size_t n = 0;

	for (const struct chunk *c = a->first; c != NULL; c = c->next)
		n += c->size;
	return n;
}
