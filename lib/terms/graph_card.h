/*
 * graph_card - what is known of one entity, out of what several say of it.
 *
 * The order in which they speak makes no difference: who has the higher rank
 * is believed; of equals the name, type, system and code that are least in the
 * order of their bytes, and the greatest version.  A name that loses is an
 * alias.  Texts are kept by reference, but for lost names.  Private to lib/terms.
 */
#ifndef TERMS_GRAPH_CARD_H
#define TERMS_GRAPH_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/slice.h"
#include "terms/graph_batch.h"

enum graph_part {
	GRAPH_PART_TYPE, GRAPH_PART_NAME, GRAPH_PART_SYSTEM,
	GRAPH_PART_VERSION, GRAPH_PART_CODE, GRAPH_PARTS
};

struct graph_card {
	struct slice	 parts[GRAPH_PARTS];	/* n 0: not known */
	enum graph_rank	 rank;
	int64_t		 count;
	struct index	*lost;		/* names; NULL: none */
};

/* A card is born zero; this makes it so again. */
void	graph_card_reset(struct graph_card *);
void	graph_card_add(struct graph_card *, const struct slice[GRAPH_PARTS],
	    enum graph_rank);
/* Whether all but the lost names is the same. */
bool	graph_card_same(const struct graph_card *, const struct graph_card *);

#endif
