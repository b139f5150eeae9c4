#include "terms/graph_batch.h"

#include "base/mem.h"

/*
 * A larger batch means fewer walks over the tables; this one, with what grows
 * by doubling and is sorted beside it, stays well below 300 MiB.
 */
#define FULL ((size_t)96 << 20)

/* What a text costs beside its bytes: its slice, digest, slots, alignment. */
#define TEXT_COST 44

void
graph_batch_init(struct graph_batch *b)
{
	*b = (struct graph_batch){ .full = FULL };
	graph_batch_reset(b);
}

void
graph_batch_release(struct graph_batch *b)
{
	index_free(b->texts);
	index_free(b->records);
	mem_free(b->mentions);
	mem_free(b->aliases);
	mem_free(b->edges);
	mem_free(b->hidden);
	buf_release(&b->id);
	*b = (struct graph_batch){ 0 };
}

void
graph_batch_reset(struct graph_batch *b)
{
	index_free(b->texts);
	index_free(b->records);
	b->texts = index_new();
	b->records = index_new();
	index_add(b->texts, SLICE(""), NULL);
	b->nmentions = b->naliases = b->nedges = b->nhidden = 0;
	b->bytes = 0;
}

bool
graph_batch_is_empty(const struct graph_batch *b)
{
	return index_count(b->records) == 0 && b->nmentions == 0 &&
	    b->naliases == 0 && b->nedges == 0 && b->nhidden == 0;
}

bool
graph_batch_is_full(const struct graph_batch *b)
{
	return b->bytes + b->nmentions * sizeof(*b->mentions) +
	    b->naliases * sizeof(*b->aliases) + b->nedges * sizeof(*b->edges) +
	    b->nhidden * sizeof(*b->hidden) >=
	    b->full;
}

static size_t
intern(struct graph_batch *b, struct index *x, struct slice text, bool *fresh)
{
	size_t n = index_add(x, text, fresh);

	if (*fresh)
		b->bytes += text.n + TEXT_COST;
	return n;
}

uint32_t
graph_batch_text(struct graph_batch *b, struct slice text)
{
	bool fresh;

	if (text.n == 0)
		return 0;
	return (uint32_t)intern(b, b->texts, text, &fresh);
}

uint32_t
graph_batch_id(struct graph_batch *b, struct slice prefix, struct slice rest)
{
	buf_reset(&b->id);
	buf_add_slice(&b->id, prefix);
	buf_addc(&b->id, ':');
	buf_add_slice(&b->id, rest);
	return graph_batch_text(b, buf_slice(&b->id));
}

struct slice
graph_batch_slice(const struct graph_batch *b, uint32_t text)
{
	return index_name(b->texts, text);
}

uint32_t
graph_batch_next(const struct graph_batch *b)
{
	return (uint32_t)index_count(b->records);
}

bool
graph_batch_record(struct graph_batch *b, struct slice id)
{
	bool fresh;

	intern(b, b->records, id, &fresh);
	return fresh;
}

void
graph_batch_mention(struct graph_batch *b, const struct graph_mention *m)
{
	b->mentions =
	    mem_room(b->mentions, b->nmentions, &b->mentions_room, sizeof(*m));
	b->mentions[b->nmentions++] = *m;
}

void
graph_batch_alias(struct graph_batch *b, const struct graph_alias *a)
{
	b->aliases =
	    mem_room(b->aliases, b->naliases, &b->aliases_room, sizeof(*a));
	b->aliases[b->naliases++] = *a;
}

void
graph_batch_edge(struct graph_batch *b, const struct graph_edge *edge)
{
	b->edges = mem_room(b->edges, b->nedges, &b->edges_room, sizeof(*edge));
	b->edges[b->nedges++] = *edge;
}

void
graph_batch_hide(struct graph_batch *b, const struct graph_edge *edge)
{
	b->hidden =
	    mem_room(b->hidden, b->nhidden, &b->hidden_room, sizeof(*edge));
	b->hidden[b->nhidden++] = *edge;
}

struct graph_mark
graph_batch_mark(const struct graph_batch *b)
{
	return (struct graph_mark){ b->nmentions, b->naliases, b->nedges,
		b->nhidden };
}

void
graph_batch_back(struct graph_batch *b, struct graph_mark m)
{
	b->nmentions = m.nmentions;
	b->naliases = m.naliases;
	b->nedges = m.nedges;
	b->nhidden = m.nhidden;
}
