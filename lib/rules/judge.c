#include "rules/judge_parts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/write.h"
#include "rules/lookup.h"

static const struct cells *
cells_of(struct scope *s, size_t field)
{
	return judge_cells((struct judge *)s, field);
}

static bool
has_key(struct scope *s, size_t reference, struct datum *d)
{
	return joins_has_key(
	    ((struct judge *)s)->joins, reference, d, s->arena);
}

struct judge *
judge_new(const struct plan *p, struct keys *keys)
{
	struct judge *j = mem_zalloc(sizeof(*j));

	j->plan = p;
	j->asked = NO_FIELD;
	key_judge_init(&j->keys, keys);
	keyword_judge_init(&j->keywords, p);
	j->slots = mem_zalloc((p->nfields + 1) * sizeof(*j->slots));
	j->filters = mem_zalloc((p->nfilters + 1) * sizeof(*j->filters));
	j->scope.zone = p->zone;
	j->scope.now = p->now;
	j->scope.cells = cells_of;
	j->scope.has_key = has_key;
	j->joins = joins_new(p);
	return j;
}

struct scope *
judge_scope(struct judge *j)
{
	return &j->scope;
}

void
judge_use_keys(struct judge *j, struct keys *keys)
{
	j->keys.keys = keys;
}

void
judge_free(struct judge *j)
{
	if (j == NULL)
		return;
	for (size_t i = 0; i < j->plan->nfilters; i++)
		filter_free(j->filters[i]);
	joins_free(j->joins);
	mem_free(j->filters);
	mem_free(j->slots);
	mem_free(j->list);
	mem_free(j->places);
	key_judge_release(&j->keys);
	keyword_judge_release(&j->keywords);
	buf_release(&j->text);
	mem_free(j);
}

const struct cells *
judge_cells(struct judge *j, size_t field)
{
	const struct field *f = &j->plan->fields[field];
	struct slot *s = &j->slots[field];

	if (f->lookup > 0 && f->plain) {
		uint32_t row = joins_chosen(
		    j->joins, j->plan->lookups[f->lookup - 1].join);

		if (s->epoch == j->epoch && s->row == row)
			return &s->cells;
		joins_read(j->joins, field, &j->scope, &s->cells);
		s->epoch = j->epoch;
		s->row = row;
	} else if (j->inside) { /* a member of an element: never kept */
		field_read_in(f, j->element, j->scope.arena, &s->cells);
		s->epoch = 0;
	} else if (s->epoch != j->epoch && f->lookup > 0) {
		lookup_read(&j->scope, j->plan, field, &s->cells);
		s->epoch = j->epoch;
	} else if (s->epoch != j->epoch) {
		field_read(f, j->record, j->again, j->scope.arena, &s->cells);
		s->epoch = j->epoch;
	}
	return &s->cells;
}

/* --- one record ------------------------------------------------------------------- */

static int
by_test(const void *a, const void *b)
{
	const struct verdict_of *x = a, *y = b;

	return x->test < y->test ? -1 : x->test > y->test;
}

/* Mostly they are: guarded rules stand behind the others in most rule files. */
static void
put_in_order(struct judge *j)
{
	for (size_t i = 1; i < j->n; i++)
		if (j->list[i].test < j->list[i - 1].test) {
			qsort(j->list, j->n, sizeof(*j->list), by_test);
			return;
		}
}

static bool
judge_guarded(struct judge *j, const struct guard *g, struct err *e)
{
	const struct cells *c = judge_cells(j, g->field);
	long at;

	if (c->n != 1 || datum_missing(&c->list[0]))
		return true;
	at = index_find(
	    g->constants, plan_guard_key(&c->list[0], j->scope.arena));
	for (size_t i = 0; at >= 0 && i < g->ntests[at]; i++)
		if (!judge_test(j, g->tests[at][i], e))
			return false;
	return true;
}

static bool
has_twins(struct record *r)
{
	size_t n;
	const struct json_member *m = record_members(r, &n);

	for (size_t i = 0; i < n; i++)
		if (m[i].again)
			return true;
	return false;
}

static void
conclude(struct judge *j, struct judgement *to)
{
	to->any = to->failed = to->failed_alone = false;
	to->worst = SEVERITY_INFO;
	to->lost = 0;
	for (size_t i = 0; i < j->n; i++) {
		const struct verdict_of *v = &j->list[i];
		const struct test *t = &j->plan->tests[v->test];

		to->any = to->any || v->failed;
		if (!v->failed || v->n == 0 || t->all)
			continue;
		to->failed = true;
		if (t->rule->severity > to->worst)
			to->worst = t->rule->severity;
		if (check_is(t->rule->check, CHECK_OPEN))
			continue;
		to->failed_alone = true;
		to->lost += t->rule->points;
	}
	to->lost = to->lost > 100000 ? 100000 : to->lost;
	to->list = j->list;
	to->n = j->n;
	to->places = j->places;
	to->notes = j->keys.notes;
	to->nnotes = j->keys.n;
}

void
judge_start(struct judge *j, struct record *r)
{
	j->record = r;
	j->scope.arena = record_arena(r);
	j->epoch++;
	j->again = has_twins(r);
	joins_start(j->joins);
}

bool
judge_record(
    struct judge *j, struct slice kind, struct judgement *to, struct err *e)
{
	struct slice own = record_kind(j->record);
	const struct kind_plan *k;

	j->n = j->nplaces = j->keys.n = 0;
	to->kind = plan_kind(j->plan, own.n > 0 ? own : kind);
	k = &j->plan->by_kind[to->kind];
	for (size_t i = 0; i < k->nalways; i++)
		if (!judge_test(j, k->always[i], e))
			return false;
	for (size_t i = 0; i < k->nguards; i++)
		if (!judge_guarded(j, &k->guards[i], e))
			return false;
	put_in_order(j);
	conclude(j, to);
	return true;
}

const char *
judge_why(struct judge *j, size_t test)
{
	struct err e = { 0 };

	j->fault.text[0] = '\0';
	j->asked = test;
	judge_test(j, test, &e);
	return j->fault.text;
}

const struct schema_verdicts *
judge_keywords_of(struct judge *j, size_t test)
{
	const struct test *t = &j->plan->tests[test];

	if (t->schema == NULL)
		return NULL;
	return keyword_judge_record(&j->keywords, t, j->record,
	    t->field == NO_FIELD ? NULL : judge_cells(j, t->field));
}

enum truth
judge_condition(struct judge *j, const struct cond *c)
{
	struct err e = { 0 };

	return cond_eval(c, &j->scope, &e);
}

struct slice
judge_annotation(struct judge *j, const struct judgement *g)
{
	struct buf *b = &j->text;

	if (!g->failed)
		return (struct slice){ "", 0 };
	buf_reset(b);
	buf_addc(b, '[');
	for (size_t i = 0; i < g->n; i++) {
		const struct verdict_of *v = &g->list[i];
		const struct test *t = &j->plan->tests[v->test];

		for (size_t k = 0; v->failed && !t->all && k < v->n; k++) {
			struct slice place = g->places[v->first + k];

			json_put_comma(b);
			buf_adds(b, "{\"rule\":");
			json_put_string(b, t->rule->id);
			buf_adds(b, ",\"severity\":\"");
			buf_adds(b, severity_name(t->rule->severity));
			buf_addc(b, '"');
			if (place.n > 0) {
				buf_adds(b, ",\"field\":");
				json_put_string(b, place);
			}
			buf_addc(b, '}');
		}
	}
	buf_addc(b, ']');
	return arena_slice(record_arena(j->record), buf_slice(b));
}
