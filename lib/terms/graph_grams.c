#include "terms/graph_grams.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/tokenizer.h"

#define MOST ((size_t)2 << 20) /* pairs that wait: 16 MiB */

struct graph_grams {
	struct statement *insert;
	struct index *texts;
	uint64_t *pairs; /* a text's number, then its rank; and the entity */
	size_t n, room;
	uint32_t entity;
};

struct ranked {
	struct slice text;
	uint32_t number;
};

struct graph_grams *
graph_grams_new(struct statement *insert)
{
	struct graph_grams *g = mem_zalloc(sizeof(*g));

	g->insert = insert;
	g->texts = index_new();
	return g;
}

void
graph_grams_free(struct graph_grams *g)
{
	if (g == NULL)
		return;
	index_free(g->texts);
	mem_free(g->pairs);
	mem_free(g);
}

static bool
take(void *ctx, const struct token *t)
{
	struct graph_grams *g = ctx;

	g->pairs = mem_room(g->pairs, g->n, &g->room, sizeof(*g->pairs));
	g->pairs[g->n++] =
	    (uint64_t)index_add(g->texts, t->text, NULL) << 32 | g->entity;
	return true;
}

bool
graph_grams_add(
    struct graph_grams *g, struct slice name, uint32_t entity, struct err *e)
{
	g->entity = entity;
	tokenize(name, TOKEN_PARTS, take, g);
	return g->n < MOST || graph_grams_write(g, e);
}

static int
by_text(const void *a, const void *b)
{
	return slice_cmp(
	    ((const struct ranked *)a)->text, ((const struct ranked *)b)->text);
}

static int
by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Numbers of texts become their ranks, and the texts stand by rank. */
static struct ranked *
rank_texts(struct graph_grams *g)
{
	size_t n = index_count(g->texts);
	struct ranked *list = mem_alloc((n + 1) * sizeof(*list));
	uint32_t *ranks = mem_alloc((n + 1) * sizeof(*ranks));

	for (uint32_t i = 0; i < n; i++)
		list[i] = (struct ranked){ index_name(g->texts, i), i };
	if (n > 0)
		qsort(list, n, sizeof(*list), by_text);
	for (uint32_t i = 0; i < n; i++)
		ranks[list[i].number] = i;
	for (size_t i = 0; i < g->n; i++)
		g->pairs[i] = (uint64_t)ranks[g->pairs[i] >> 32] << 32 |
		    (uint32_t)g->pairs[i];
	mem_free(ranks);
	return list;
}

bool
graph_grams_write(struct graph_grams *g, struct err *e)
{
	struct ranked *list = rank_texts(g);
	bool ok = true;

	if (g->n > 0)
		qsort(g->pairs, g->n, sizeof(*g->pairs), by_number);
	for (size_t i = 0; ok && i < g->n; i++) {
		if (i > 0 && g->pairs[i] == g->pairs[i - 1])
			continue;
		statement_bind(g->insert, 1, list[g->pairs[i] >> 32].text);
		statement_bind_int(g->insert, 2, (uint32_t)g->pairs[i]);
		ok = statement_run(g->insert, e);
	}
	statement_reset(g->insert);
	mem_free(list);
	index_free(g->texts);
	g->texts = index_new();
	g->n = 0;
	return ok;
}
