/*
 * unasked - the questions that nobody has asked yet: neither in the cache nor
 * earlier in this run.
 */
#ifndef EXTRACT_UNASKED_H
#define EXTRACT_UNASKED_H

#include "base/digest.h"
#include "model/client.h"

struct unasked;

/* By the options' cache, refresh and ttl; opens no socket. */
struct unasked	*unasked_new(const struct client_options *, struct err *);
void		 unasked_free(struct unasked *);	/* NULL is allowed */
/* 1: a new one; 0: known; -1 with *e.  key (may be NULL) is the cache's. */
int		 unasked_add(struct unasked *, const struct chat_prompt *,
		    uint8_t key[DIGEST_SIZE], struct err *);
uint64_t	 unasked_count(const struct unasked *);	/* new ones */
uint64_t	 unasked_known(const struct unasked *);	/* in the cache */

#endif
