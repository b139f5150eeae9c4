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
buf_room(struct buf *b, size_t n)
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
buf_add(struct buf *b, const void *from, size_t n)
{
	char *p = buf_room(b, n);

	if (p == NULL || n == 0)
		return;
	memcpy(p, from, n);
	b->n += n;
}

void
buf_add_slice(struct buf *b, struct slice s)
{
	buf_add(b, s.p, s.n);
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addc(struct buf *b, char c)
{
	char *p = buf_room(b, 1);

	if (p == NULL)
		return;
	*p = c;
	b->n++;
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
