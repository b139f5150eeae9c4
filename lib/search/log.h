/*
 * log - the questions that were asked, redacted before they are written: no
 * identifier reaches the file, its journal or a message.
 */
#ifndef SEARCH_LOG_H
#define SEARCH_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct log;

/* share: the folder whose deid/ holds the words of names; NULL to read only. */
struct log	*log_open(const char *path, const char *share, struct err *);
void		 log_close(struct log *);	/* NULL is allowed */

struct log_entry {
	struct slice	 qid, user, host, question;
	struct slice	 hits;		/* JSON array of ids */
	struct slice	 answer;	/* only its digest is kept */
	const char	*mode;		/* "extract", "query" */
	const char	*refused;	/* NULL: answered */
	double		 grounded;
	int64_t		 began;		/* ms since 1970 */
	int64_t		 ms;		/* how long it took */
};

/* In a transaction of its own. */
bool		 log_add(struct log *, const struct log_entry *, struct err *);

/* A row as JSON without line feed, valid during the call; false stops. */
typedef bool	 log_take(void *ctx, struct slice row, struct err *);

/*
 * Rows in the order of asking; since and until are dates or times as in
 * where.h, or NULL.
 */
bool		 log_each(struct log *, const char *since, const char *until,
		    const char *user, log_take *, void *ctx, struct err *);

#endif
