#include "rules/join.h"

#include "base/mem.h"
#include "rules/uses.h"

/* --- while a plan is made ---------------------------------------------------------- */

struct list {
	size_t *items, n, room;
};

struct finding { /* what a rule of a table reads */
	const struct plan *plan;
	struct list joins, columns, members;
};

static void
add(struct finding *f, struct list *to, size_t number)
{
	for (size_t i = 0; i < to->n; i++)
		if (to->items[i] == number)
			return;
	to->items = arena_room(
	    f->plan->arena, to->items, to->n, &to->room, sizeof(*to->items));
	to->items[to->n++] = number;
}

/* Of a look-up the member of the record that finds its row. */
static void
find_field(void *ctx, size_t field)
{
	struct finding *f = ctx;
	size_t lookup = f->plan->fields[field].lookup;

	if (lookup == 0) {
		add(f, &f->columns, field);
		return;
	}
	add(f, &f->members, lookup - 1);
	add(f, &f->joins, f->plan->lookups[lookup - 1].join);
	find_field(f, f->plan->lookups[lookup - 1].key);
}

static void
find_all(struct finding *f, const struct test *t, size_t *nwhen)
{
	if (t->field != NO_FIELD)
		find_field(f, t->field);
	if (t->apart != NO_FIELD)
		find_field(f, t->apart);
	uses_cond_fields(t->when, find_field, f);
	*nwhen = f->joins.n;
	uses_fields(t, find_field, f);
}

bool
plan_table(struct plan *p, struct test *t, struct err *e)
{
	struct finding f = { .plan = p };

	if (!t->rule->as_table)
		return true;
	find_all(&f, t, &t->nwhen_joins);
	t->joins = f.joins.items;
	t->njoins = f.joins.n;
	t->columns = f.columns.items;
	t->ncolumns = f.columns.n;
	return t->njoins == 0 ||
	    (t->rule->check == CHECK_NEVER &&
		(t->field == NO_FIELD || p->fields[t->field].lookup == 0)) ||
	    err_set(e, ERR_USAGE,
		"with missing=null the members of a reference are read by "
		"'never' alone");
}

struct asking {
	const struct plan *plan;
	struct test *test;
};

static void
ask_reference(void *ctx, size_t number)
{
	struct asking *a = ctx;
	const struct reference *r = a->plan->references[number];

	a->test->broken = a->test->broken || r->rows == NULL;
	a->test->lacks = a->test->lacks || (r->lacks != NULL && r->lacks[0]);
}

static void
find_broken(const struct plan *p, struct test *t)
{
	struct finding f = { .plan = p };
	struct asking a = { p, t };
	size_t nwhen;

	find_all(&f, t, &nwhen);
	uses_keys(t, ask_reference, &a);
	for (size_t i = 0; i < f.members.n; i++) {
		const struct lookup *l = &p->lookups[f.members.items[i]];
		const struct reference *r = p->references[l->reference];

		ask_reference(&a, l->reference);
		t->lacks =
		    t->lacks || (r->lacks != NULL && r->lacks[l->member + 1]);
	}
	t->broken = t->broken || t->lacks;
}

void
plan_find_broken(struct plan *p)
{
	for (size_t i = 0; i < p->rules->n; i++)
		if (p->tests[i].rule->as_table)
			find_broken(p, &p->tests[i]);
}

/* --- while records are judged -------------------------------------------------------- */

struct found {
	bool known; /* of the record at hand */
	struct reference_rows rows;
	uint32_t row;
};

struct joins {
	const struct plan *plan;
	struct digest *digest;
	struct found *list;
};

struct joins *
joins_new(const struct plan *p)
{
	struct joins *j = mem_zalloc(sizeof(*j));

	j->plan = p;
	j->digest = digest_new();
	j->list = mem_zalloc((p->njoins + 1) * sizeof(*j->list));
	return j;
}

void
joins_free(struct joins *j)
{
	if (j == NULL)
		return;
	digest_free(j->digest);
	mem_free(j->list);
	mem_free(j);
}

void
joins_start(struct joins *j)
{
	for (size_t i = 0; i < j->plan->njoins; i++)
		j->list[i].known = false;
}

static bool
find_rows(struct joins *j, const struct reference *r, struct datum *d,
    struct arena *a, struct reference_rows *to)
{
	uint8_t key[KEY_DIGEST];
	struct err e = { 0 };

	*to = (struct reference_rows){ .n = 0 };
	if (datum_missing(d) || !datum_scalar(d))
		return true;
	if (r->rows == NULL)
		return false;
	reference_digest(j->digest, datum_key(d, a), key);
	return reference_find(r, key, to, &e);
}

bool
joins_find(struct joins *j, size_t join, struct scope *s, uint32_t *n)
{
	const struct join *of = &j->plan->joins[join];
	struct found *f = &j->list[join];
	const struct cells *keys;

	if (!f->known) {
		keys = s->cells(s, of->key);
		f->rows = (struct reference_rows){ .n = 0 };
		if (keys->n == 1 &&
		    !find_rows(j, j->plan->references[of->reference],
			&keys->list[0], s->arena, &f->rows))
			return false;
		f->known = true;
	}
	f->row = 0;
	*n = f->rows.n;
	return true;
}

void
joins_choose(struct joins *j, size_t join, uint32_t row)
{
	j->list[join].row = row;
}

uint32_t
joins_chosen(const struct joins *j, size_t join)
{
	return j->list[join].row;
}

void
joins_read(struct joins *j, size_t field, struct scope *s, struct cells *to)
{
	const struct field *f = &j->plan->fields[field];
	const struct lookup *l = &j->plan->lookups[f->lookup - 1];
	const struct found *of = &j->list[l->join];
	struct json value = { { "", 0 }, JSON_NONE };
	struct err e = { 0 };

	*to = (struct cells){ NULL, 0, false };
	if (!of->known || of->rows.n == 0)
		return;
	if (reference_value(j->plan->references[l->reference], &of->rows,
		of->row, l->member, s->arena, &value, &e))
		field_read_in(f, value, s->arena, to);
	else
		to->fault = true;
}

bool
joins_has_key(
    struct joins *j, size_t reference, struct datum *d, struct arena *a)
{
	struct reference_rows rows;

	return find_rows(j, j->plan->references[reference], d, a, &rows) &&
	    rows.n > 0;
}
