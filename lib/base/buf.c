#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

void
buf_release(struct buf *b)
{
	mem_free(b->p);
	b->p = NULL;
	b->n = b->room = 0;
	b->full = false;
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	b->full = false;
}

char *
buf_grow(struct buf *b, size_t n)
{
	size_t want = b->n + n;

	if (b->full || (b->ceiling != 0 && want > b->ceiling)) {
		b->full = true;
		return NULL;
	}
	if (want > b->room || b->p == NULL) {
		size_t room = b->room < 128 ? 256 : b->room * 2;

		b->room = room < want ? want : room;
		b->p = mem_resize(b->p, b->room, 1);
	}
	return b->p + b->n;
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	char *p;
	int n;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if ((p = buf_room(b, (size_t)n + 1)) == NULL)
		return;
	va_start(args, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, args);
	va_end(args);
	b->n += (size_t)n;
}

const char *
buf_string(struct buf *b)
{
	char *p = buf_room(b, 1);

	if (p == NULL)
		return "";
	*p = '\0';
	return b->p;
}
