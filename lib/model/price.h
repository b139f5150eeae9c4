/*
 * price - what a model's tokens cost.
 *
 * A CSV table `model,in,out,cached,note`: the price of a million tokens that
 * are asked, answered, and asked again out of the server's cache (as `in`
 * where it is empty).  The first row with the model's name counts, or one
 * without a name.  Amounts are in millionths of whatever currency the table is
 * in.  Built once, then const.
 */
#ifndef MODEL_PRICE_H
#define MODEL_PRICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "model/chat.h"

struct prices;

struct prices	*prices_load(const char *path, struct err *);
struct prices	*prices_parse(const char *path, struct slice text,
		    struct err *);
void		 prices_free(struct prices *);	/* NULL is allowed */
bool		 prices_know(const struct prices *, struct slice model);
/* Rounded up; 0 for a model that is not known. */
uint64_t	 prices_cost(const struct prices *, struct slice model,
		    const struct chat_usage *);

/* "12.5" into millionths: up to nine digits, and six behind the point. */
bool		 price_amount(struct slice text, uint64_t *);
void		 price_put(uint64_t amount, struct buf *);

#endif
