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

#include "base/slice.h"

struct buf {
	char	*p;		/* NULL while empty; no NUL behind it */
	size_t	 n, room;
	size_t	 ceiling;	/* 0: none */
	bool	 full;
};

void		buf_release(struct buf *);
void		buf_reset(struct buf *);
void		buf_add(struct buf *, const void *, size_t n);
void		buf_add_slice(struct buf *, struct slice);
void		buf_adds(struct buf *, const char *);
void		buf_addc(struct buf *, char);
void		buf_addf(struct buf *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
/* n bytes of room behind the end, not yet counted in n; NULL over the ceiling. */
char		*buf_room(struct buf *, size_t n);
/* The bytes with a NUL behind them (not counted). */
const char	*buf_string(struct buf *);

static inline struct slice
buf_slice(const struct buf *b)
{
	return (struct slice){ b->n == 0 ? "" : b->p, b->n };
}

#endif
