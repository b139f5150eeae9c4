#include "terms/graph_card.h"

void
graph_card_reset(struct graph_card *c)
{
	index_free(c->lost);
	*c = (struct graph_card){ 0 };
}

/* Whether the new one of two different texts is to be believed. */
static bool
wins(enum graph_part part, struct slice mine, enum graph_rank my_rank,
    struct slice its, enum graph_rank its_rank)
{
	int order = slice_cmp(its, mine);

	if (mine.n == 0 || its_rank != my_rank)
		return mine.n == 0 || its_rank > my_rank;
	return part == GRAPH_PART_VERSION ? order > 0 : order < 0;
}

void
graph_card_add(struct graph_card *c, const struct slice parts[GRAPH_PARTS],
    enum graph_rank rank)
{
	for (enum graph_part i = 0; i < GRAPH_PARTS; i++) {
		struct slice mine = c->parts[i], its = parts[i];
		bool won;

		if (its.n == 0 || slice_eq(mine, its))
			continue;
		won = wins(i, mine, c->rank, its, rank);
		if (won)
			c->parts[i] = its;
		if (i != GRAPH_PART_NAME || mine.n == 0)
			continue;
		if (c->lost == NULL)
			c->lost = index_new();
		index_add(c->lost, won ? mine : its, NULL);
	}
	if (rank > c->rank)
		c->rank = rank;
}

bool
graph_card_same(const struct graph_card *a, const struct graph_card *b)
{
	for (enum graph_part i = 0; i < GRAPH_PARTS; i++)
		if (!slice_eq(a->parts[i], b->parts[i]))
			return false;
	return a->rank == b->rank && a->count == b->count;
}
