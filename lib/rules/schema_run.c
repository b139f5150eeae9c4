/*
 * A record's values to what each rule came to.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "rules/schema_run.h"

/*
 * A schema that branches and comes back to itself takes steps without end on a
 * value that nests.  So many are enough for all that a person has written, and
 * the same on every machine.
 */
#define STEPS          1000000
#define STEPS_A_NODE   1000
#define STEPS_A_BYTE   100
#define MOST_ITEMS     1000000
#define RECORD_MEMBERS "_mdx"

struct schema_run *
schema_run_new(const struct schema *s)
{
	struct schema_run *r = mem_zalloc(sizeof(*r));

	r->schema = s;
	r->states = mem_zalloc((s->nrules + 1) * sizeof(*r->states));
	r->marks = mem_zalloc((index_count(s->names) + 1) * sizeof(*r->marks));
	return r;
}

void
schema_run_free(struct schema_run *r)
{
	if (r == NULL)
		return;
	mem_free(r->states);
	mem_free(r->marks);
	mem_free(r->places);
	mem_free(r->scope);
	mem_free(r->list);
	mem_free(r->texts);
	buf_release(&r->text);
	mem_free(r);
}

void
schema_start(struct schema_run *r, struct arena *a)
{
	r->make = (struct items){
		.arena = a, .names = r->schema->names, .most = MOST_ITEMS
	};
	r->epoch++;
	r->nplaces = 0;
	r->steps = 0;
	r->most = STEPS + STEPS_A_NODE * (uint64_t)r->schema->nnodes;
	r->lost = NULL;
	r->marked = NULL;
}

static void
judge_root(struct schema_run *r, struct root *root)
{
	r->most += STEPS_A_BYTE * (uint64_t)root->item.json.text.n;
	r->nscope = 0;
	r->depth = 0;
	schema_judge_node(r, r->schema->root, &root->item, NULL, true);
}

void
schema_judge(struct schema_run *r, struct json v, struct slice place)
{
	struct root *root = arena_zalloc(r->make.arena, sizeof(*root));

	root->item.json = v;
	root->item.name = NO_NAME;
	root->place = place;
	judge_root(r, root);
}

void
schema_judge_record(struct schema_run *r, struct record *of)
{
	struct root *root = arena_zalloc(r->make.arena, sizeof(*root));
	struct item *i = &root->item;
	size_t n;
	const struct json_member *m = record_members(of, &n);
	bool again = false;

	i->json = (struct json){ record_line(of), JSON_OBJECT };
	i->name = NO_NAME;
	i->items = arena_zalloc(r->make.arena, (n + 1) * sizeof(*i->items));
	for (size_t k = 0; k < n; k++) {
		struct item *to = &i->items[i->n];
		struct slice key = record_key(of, &m[k]);

		if (slice_is(key, RECORD_MEMBERS))
			continue;
		again = again || m[k].again;
		item_of_member(&r->make, i, key, record_value(of, &m[k]), to);
		to->at = i->n++;
	}
	r->make.n += n;
	i->entered = true;
	if (again)
		item_drop_twins(&r->make, i);
	root->place = SLICE("");
	judge_root(r, root);
}

/* --- what came of it ----------------------------------------------------------------- */

static int
by_place(const void *a, const void *b)
{
	const struct place_of_rule *x = a, *y = b;
	const char *p = x->item->json.text.p, *q = y->item->json.text.p;

	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (p != q)
		return p < q ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name;
}

static const struct root *
root_of(const struct item *i)
{
	while (i->above != NULL)
		i = i->above;
	return (const struct root *)i; /* its item is the first member */
}

static struct slice
put_place(struct schema_run *r, const struct place_of_rule *p)
{
	buf_reset(&r->text);
	item_put_place(p->item, root_of(p->item)->place, &r->text);
	if (p->name != NO_NAME)
		item_put_member(
		    index_name(r->schema->names, p->name), &r->text);
	return arena_slice(r->make.arena, buf_slice(&r->text));
}

/* The places of the rule, each once; *next: the first of those behind. */
static size_t
put_places(struct schema_run *r, size_t rule, size_t *next, size_t n)
{
	size_t before = n;

	for (; *next < r->nplaces && r->places[*next].rule == rule; ++*next) {
		const struct place_of_rule *p = &r->places[*next];

		if (n > before && by_place(p - 1, p) == 0)
			continue;
		r->texts =
		    mem_room(r->texts, n, &r->texts_room, sizeof(*r->texts));
		r->texts[n++] = put_place(r, p);
	}
	return n;
}

const struct schema_verdicts *
schema_conclude(struct schema_run *r)
{
	struct schema_verdicts *to = &r->result;
	size_t next = 0, n = 0;

	*to = (struct schema_verdicts){ .fault = r->lost };
	if (r->nplaces > 1)
		qsort(r->places, r->nplaces, sizeof(*r->places), by_place);
	for (size_t i = 0; i < r->schema->nrules; i++) {
		struct state *s = &r->states[i];
		struct schema_verdict *v;

		if (s->epoch != r->epoch && r->lost == NULL)
			continue;
		if (s->epoch != r->epoch)
			*s = (struct state){ 0 };
		r->list =
		    mem_room(r->list, to->n, &r->list_room, sizeof(*r->list));
		v = &r->list[to->n++];
		*v = (struct schema_verdict){ .rule = i,
			.failed = s->failed,
			.fault = s->fault != NULL ? s->fault : r->lost,
			.first = n };
		n = put_places(r, i, &next, n);
		v->n = n - v->first;
		to->failed = to->failed || v->failed;
		if (to->fault == NULL)
			to->fault = v->fault;
	}
	to->list = r->list;
	to->places = r->texts;
	return to;
}
