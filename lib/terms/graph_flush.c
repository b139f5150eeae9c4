/*
 * A batch into the tables of a graph:
 *
 *	records		ids that are there already: their statements go
 *	entities	in the order of their ids; each text becomes a number
 *	aliases, grams	of what is new
 *	relations	in the order of the numbers, equal ones added up
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "terms/graph_flush.h"

#define MOST_ENTITIES UINT32_MAX

/* --- records ------------------------------------------------------------- */

static int
by_id(const void *a, const void *b)
{
	return slice_cmp(((const struct graph_named *)a)->id,
	    ((const struct graph_named *)b)->id);
}

static void
sort_named(struct graph_named *list, size_t n)
{
	if (n > 0)
		qsort(list, n, sizeof(*list), by_id);
}

static bool
write_records(struct graph_flush *f)
{
	size_t n = index_count(f->b->records);
	struct statement *st = f->g->st[GRAPH_SEE];
	struct graph_named *list = mem_alloc((n + 1) * sizeof(*list));
	bool ok = true;

	for (size_t i = 0; i < n; i++)
		list[i] = (struct graph_named){ index_name(f->b->records, i),
			(uint32_t)i };
	sort_named(list, n);
	for (size_t i = 0; ok && i < n; i++) {
		statement_bind(st, 1, list[i].id);
		ok = statement_run(st, f->e);
		if (store_changes(f->g->store) == 0) {
			f->repeated[list[i].text] = true;
			f->g->repeated++;
		}
	}
	statement_reset(st);
	mem_free(list);
	return ok;
}

static bool
counts(const struct graph_flush *f, uint32_t record)
{
	return record == GRAPH_LINE || !f->repeated[record];
}

/* Only what is from records that are new; and which texts are entities. */
static void
sift(struct graph_flush *f)
{
	struct graph_batch *b = f->b;
	size_t n = 0;

	for (size_t i = 0; i < b->nmentions; i++)
		if (counts(f, b->mentions[i].record)) {
			b->mentions[n++] = b->mentions[i];
			f->wanted[b->mentions[i].entity] = WANTED;
		}
	b->nmentions = n;
	n = 0;
	for (size_t i = 0; i < b->nedges; i++)
		if (counts(f, b->edges[i].record)) {
			b->edges[n++] = b->edges[i];
			f->wanted[b->edges[i].subject] = WANTED;
			f->wanted[b->edges[i].object] = WANTED;
		}
	b->nedges = n;
	n = 0;
	for (size_t i = 0; i < b->nhidden; i++)
		if (counts(f, b->hidden[i].record))
			b->hidden[n++] = b->hidden[i];
	b->nhidden = n;
	n = 0;
	for (size_t i = 0; i < b->naliases; i++)
		if (counts(f, b->aliases[i].record)) {
			b->aliases[n++] = b->aliases[i];
			if (f->wanted[b->aliases[i].entity] == NOT_WANTED)
				f->wanted[b->aliases[i].entity] =
				    WANTED_IF_THERE;
		}
	b->naliases = n;
}

/* --- entities ------------------------------------------------------------ */

static void
order_entities(struct graph_flush *f)
{
	size_t n = index_count(f->b->texts);

	f->order = mem_alloc((n + 1) * sizeof(*f->order));
	for (uint32_t i = 1; i < n; i++)
		if (f->wanted[i] != NOT_WANTED)
			f->order[f->norder++] =
			    (struct graph_named){ graph_batch_slice(f->b, i),
				    i };
	sort_named(f->order, f->norder);
}

static int
by_mention(const void *a, const void *b)
{
	const struct graph_mention *x = a, *y = b;

	if (x->entity != y->entity)
		return x->entity < y->entity ? -1 : 1;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return 0;
}

/*
 * Mentions name their entities by place in the order from here on, so that
 * both are walked side by side.
 */
static void
order_mentions(struct graph_flush *f)
{
	struct graph_batch *b = f->b;

	for (size_t i = 0; i < f->norder; i++)
		f->entities[f->order[i].text] = (uint32_t)i;
	for (size_t i = 0; i < b->nmentions; i++)
		b->mentions[i].entity = f->entities[b->mentions[i].entity];
	for (size_t i = 0; i < f->norder; i++)
		f->entities[f->order[i].text] = 0;
	if (b->nmentions > 0)
		qsort(b->mentions, b->nmentions, sizeof(*b->mentions),
		    by_mention);
}

/* 1: it is there, with its number; 0: it is not; -1: *e. */
static int
find_entity(struct graph_flush *f, struct slice id, uint32_t *number)
{
	struct statement *st = f->g->st[GRAPH_FIND];
	int got;

	statement_bind(st, 1, id);
	got = statement_step(st, f->e);
	if (got == 1)
		*number = (uint32_t)statement_int(st, 0);
	statement_reset(st);
	return got;
}

static bool
read_card(struct graph_flush *f, uint32_t number)
{
	struct statement *st = f->g->st[GRAPH_GET];
	bool ok;

	statement_bind_int(st, 1, number);
	ok = statement_step(st, f->e) == 1;
	for (int i = 0; ok && i < GRAPH_PARTS; i++)
		f->old.parts[i] = arena_slice(f->arena, statement_text(st, i));
	if (ok) {
		f->old.count = statement_int(st, GRAPH_PARTS);
		f->old.rank =
		    (enum graph_rank)statement_int(st, GRAPH_PARTS + 1);
	}
	statement_reset(st);
	return ok;
}

/* What the batch says of the entity at this place, behind what was known. */
static void
add_mentions(struct graph_flush *f, size_t place)
{
	const struct graph_batch *b = f->b;
	uint32_t before = GRAPH_LINE;

	for (; f->mention < b->nmentions &&
	     b->mentions[f->mention].entity == place;
	     f->mention++) {
		const struct graph_mention *m = &b->mentions[f->mention];
		const struct slice parts[GRAPH_PARTS] = { graph_batch_slice(
							      b, m->type),
			graph_batch_slice(b, m->name),
			graph_batch_slice(b, m->system),
			graph_batch_slice(b, m->version),
			graph_batch_slice(b, m->code) };

		graph_card_add(&f->card, parts, m->rank);
		if (m->record == GRAPH_LINE || m->record != before)
			f->card.count += m->count;
		before = m->record;
	}
}

static void
bind_card(const struct graph_flush *f, struct statement *st, int from)
{
	for (int i = 0; i < GRAPH_PARTS; i++) {
		struct slice part = f->card.parts[i];

		if (part.n == 0)
			part.p = NULL;
		statement_bind(st, from + i, part);
	}
	statement_bind_int(st, from + GRAPH_PARTS, f->card.count);
	statement_bind_int(st, from + GRAPH_PARTS + 1, f->card.rank);
}

static bool
call(struct graph_flush *f, uint32_t number, struct slice text,
    struct slice source)
{
	struct statement *st = f->g->st[GRAPH_CALL];

	statement_bind_int(st, 1, number);
	statement_bind(st, 2, text);
	statement_bind(st, 3, source);
	if (!graph_store_run(st, f->e))
		return false;
	return store_changes(f->g->store) == 0 ||
	    graph_grams_add(f->grams, text, number, f->e);
}

/* The card into the table; what it is called can be found from now on. */
static bool
write_card(struct graph_flush *f, struct slice id, uint32_t *number)
{
	struct slice name = f->card.parts[GRAPH_PART_NAME];
	bool is_new = *number == 0;
	struct statement *st = f->g->st[is_new ? GRAPH_ADD : GRAPH_CHANGE];

	if (!is_new && graph_card_same(&f->card, &f->old))
		return true;
	if (is_new)
		statement_bind(st, 1, id);
	else
		statement_bind_int(st, 1, *number);
	bind_card(f, st, 2);
	if (!graph_store_run(st, f->e))
		return false;
	if (is_new) {
		int64_t last = store_last_id(f->g->store);

		if (last > MOST_ENTITIES)
			return err_set(f->e, ERR_OUTPUT,
			    "more than %u entities", MOST_ENTITIES);
		*number = (uint32_t)last;
	}
	return name.n == 0 || slice_eq(name, f->old.parts[GRAPH_PART_NAME]) ||
	    graph_grams_add(f->grams, name, *number, f->e);
}

static bool
write_entity(struct graph_flush *f, size_t place)
{
	struct graph_named *one = &f->order[place];
	struct slice type[GRAPH_PARTS] = { { "", 0 } };
	bool mentioned = f->mention < f->b->nmentions &&
	    f->b->mentions[f->mention].entity == place;
	uint32_t number = 0;
	int found = find_entity(f, one->id, &number);

	if (found < 0)
		return false;
	f->entities[one->text] = number;
	if (!mentioned && (found == 1 || f->wanted[one->text] != WANTED))
		return true;
	arena_reset(f->arena);
	graph_card_reset(&f->card);
	graph_card_reset(&f->old);
	if (found == 1 && !read_card(f, number))
		return false;
	memcpy(f->card.parts, f->old.parts, sizeof(f->card.parts));
	f->card.rank = f->old.rank;
	f->card.count = f->old.count;
	if (!mentioned) {
		type[GRAPH_PART_TYPE] = graph_table_type(f->g->table, one->id);
		graph_card_add(&f->card, type, GRAPH_NOBODY);
	}
	add_mentions(f, place);
	if (!write_card(f, one->id, &number))
		return false;
	f->entities[one->text] = number;
	for (size_t i = 0;
	     f->card.lost != NULL && i < index_count(f->card.lost); i++)
		if (!call(f, number, index_name(f->card.lost, i),
			SLICE("record")))
			return false;
	return true;
}

static bool
write_entities(struct graph_flush *f)
{
	order_entities(f);
	order_mentions(f);
	for (size_t i = 0; i < f->norder; i++)
		if (!write_entity(f, i))
			return false;
	return true;
}

/* An alias of what is not in the graph is nobody's. */
static bool
write_aliases(struct graph_flush *f)
{
	const struct graph_batch *b = f->b;

	for (size_t i = 0; i < b->naliases; i++) {
		const struct graph_alias *a = &b->aliases[i];

		if (f->entities[a->entity] != 0 &&
		    !call(f, f->entities[a->entity],
			graph_batch_slice(b, a->text),
			graph_batch_slice(b, a->source)))
			return false;
	}
	return true;
}

bool
graph_store_write(struct graph_store *g, struct graph_batch *b, struct err *e)
{
	size_t texts = index_count(b->texts);
	struct graph_flush f = { .g = g, .b = b, .e = e };
	bool ok;

	if (graph_batch_is_empty(b))
		return true;
	f.repeated =
	    mem_zalloc((index_count(b->records) + 1) * sizeof(*f.repeated));
	f.wanted = mem_zalloc(texts * sizeof(*f.wanted));
	f.entities = mem_zalloc(texts * sizeof(*f.entities));
	f.predicates = mem_zalloc(texts * sizeof(*f.predicates));
	f.sources = mem_zalloc(texts * sizeof(*f.sources));
	f.grams = graph_grams_new(g->st[GRAPH_GRAM]);
	f.arena = arena_new();
	ok = graph_store_begin(g, e) && write_records(&f);
	if (ok)
		sift(&f);
	ok = ok && write_entities(&f) && write_aliases(&f) &&
	    graph_grams_write(f.grams, e) && graph_flush_hidden(&f) &&
	    graph_flush_relations(&f);
	graph_grams_free(f.grams);
	graph_card_reset(&f.card);
	graph_card_reset(&f.old);
	arena_free(f.arena);
	mem_free(f.order);
	mem_free(f.repeated);
	mem_free(f.wanted);
	mem_free(f.entities);
	mem_free(f.predicates);
	mem_free(f.sources);
	graph_batch_reset(b);
	return ok;
}
