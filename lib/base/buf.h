/*
 * buf - a byte string that grows, up to a ceiling set when it is born.
 *
 * Over the ceiling nothing more is added and `full` stays set until a reset:
 * the caller asks once at the end.  Memory that is gone ends the process.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/slice.h"

struct buf {
	char	*p;		/* NULL while empty; no NUL behind it */
	size_t	 n, room;
	size_t	 ceiling;	/* 0: none */
	bool	 full;
};

void		buf_release(struct buf *);
void		buf_reset(struct buf *);
void		buf_addf(struct buf *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
/* What buf_room does where there is no room yet. */
char		*buf_grow(struct buf *, size_t n);
/* The bytes with a NUL behind them (not counted). */
const char	*buf_string(struct buf *);

/* n bytes of room behind the end, not yet counted in n; NULL over the ceiling. */
static inline char *
buf_room(struct buf *b, size_t n)
{
	if (n >= b->room - b->n || b->full || b->ceiling != 0)
		return buf_grow(b, n);
	return b->p + b->n;
}

static inline void
buf_add(struct buf *b, const void *from, size_t n)
{
	char *p = buf_room(b, n);

	if (p == NULL || n == 0)
		return;
	memcpy(p, from, n);
	b->n += n;
}

static inline void
buf_add_slice(struct buf *b, struct slice s)
{
	buf_add(b, s.p, s.n);
}

static inline void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

static inline void
buf_addc(struct buf *b, char c)
{
	char *p = buf_room(b, 1);

	if (p == NULL)
		return;
	*p = c;
	b->n++;
}

static inline struct slice
buf_slice(const struct buf *b)
{
	return (struct slice){ b->n == 0 ? "" : b->p, b->n };
}

#endif
