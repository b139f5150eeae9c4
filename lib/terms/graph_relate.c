/*
 * The relations of a batch: equal ones are added up here, so that the table is
 * asked once for each, in the order of its key.
 */
#include <stdlib.h>

#include "terms/graph_flush.h"

static bool
number_of(struct graph_flush *f, uint32_t *numbers, enum graph_statement add,
    enum graph_statement find, uint32_t *text)
{
	if (numbers[*text] == 0 &&
	    !graph_store_number(f->g, add, find, graph_batch_slice(f->b, *text),
		&numbers[*text], f->e))
		return false;
	*text = numbers[*text];
	return true;
}

static int
by_edge(const void *a, const void *b)
{
	const struct graph_edge *x = a, *y = b;

	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	if (x->predicate != y->predicate)
		return x->predicate < y->predicate ? -1 : 1;
	if (x->object != y->object)
		return x->object < y->object ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return 0;
}

static bool
same_edge(const struct graph_edge *x, const struct graph_edge *y)
{
	return x->subject == y->subject && x->predicate == y->predicate &&
	    x->object == y->object && x->source == y->source;
}

/* Texts become the numbers of the tables. */
static bool
translate(struct graph_flush *f)
{
	struct graph_batch *b = f->b;

	for (size_t i = 0; i < b->nedges; i++) {
		struct graph_edge *one = &b->edges[i];

		one->subject = f->entities[one->subject];
		one->object = f->entities[one->object];
		if (!number_of(f, f->predicates, GRAPH_PREDICATE_ADD,
			GRAPH_PREDICATE_FIND, &one->predicate) ||
		    !number_of(f, f->sources, GRAPH_SOURCE_ADD,
			GRAPH_SOURCE_FIND, &one->source))
			return false;
	}
	return true;
}

/* The second of two equal edges into the first; dates are compared as text. */
static void
merge_edge(const struct graph_flush *f, struct graph_edge *to,
    const struct graph_edge *from)
{
	if (from->record == GRAPH_LINE || from->record != to->record)
		to->count += from->count;
	to->record = from->record;
	if (to->first == 0 ||
	    (from->first != 0 &&
		slice_cmp(graph_batch_slice(f->b, from->first),
		    graph_batch_slice(f->b, to->first)) < 0))
		to->first = from->first;
	if (to->last == 0 ||
	    (from->last != 0 &&
		slice_cmp(graph_batch_slice(f->b, from->last),
		    graph_batch_slice(f->b, to->last)) > 0))
		to->last = from->last;
}

static void
bind_date(
    const struct graph_flush *f, struct statement *st, int place, uint32_t text)
{
	if (text == 0)
		statement_bind_null(st, place);
	else
		statement_bind(st, place, graph_batch_slice(f->b, text));
}

static bool
write_edge(struct graph_flush *f, const struct graph_edge *edge)
{
	struct statement *st = f->g->st[GRAPH_RELATE];

	statement_bind_int(st, 1, edge->subject);
	statement_bind_int(st, 2, edge->predicate);
	statement_bind_int(st, 3, edge->object);
	statement_bind_int(st, 4, edge->source);
	statement_bind_int(st, 5, edge->count);
	bind_date(f, st, 6, edge->first);
	bind_date(f, st, 7, edge->last);
	return statement_run(st, f->e);
}

bool
graph_flush_relations(struct graph_flush *f)
{
	struct graph_batch *b = f->b;
	bool ok = translate(f);

	if (ok && b->nedges > 0)
		qsort(b->edges, b->nedges, sizeof(*b->edges), by_edge);
	for (size_t i = 0; ok && i < b->nedges;) {
		struct graph_edge sum = b->edges[i++];

		for (; i < b->nedges && same_edge(&sum, &b->edges[i]); i++)
			merge_edge(f, &sum, &b->edges[i]);
		ok = write_edge(f, &sum);
	}
	statement_reset(f->g->st[GRAPH_RELATE]);
	return ok;
}

/* Edges of visits that are not kept serve what is derived, and then go. */
bool
graph_flush_hidden(struct graph_flush *f)
{
	const struct graph_batch *b = f->b;
	struct statement *st = f->g->st[GRAPH_SHARE];
	bool ok = true;

	for (size_t i = 0; ok && i < b->nhidden; i++) {
		const struct graph_edge *edge = &b->hidden[i];

		statement_bind(st, 1, graph_batch_slice(b, edge->subject));
		statement_bind_int(st, 2, f->entities[edge->object]);
		bind_date(f, st, 3, edge->first);
		bind_date(f, st, 4, edge->last);
		ok = graph_store_run(st, f->e);
	}
	return ok;
}
