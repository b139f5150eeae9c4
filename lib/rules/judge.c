#include "rules/judge.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "json/write.h"
#include "rules/gauge.h"
#include "rules/join.h"
#include "rules/key_judge.h"
#include "rules/keyword_judge.h"
#include "rules/limits.h"
#include "rules/lookup.h"
#include "rules/never.h"
#include "rules/verdict.h"

struct slot {
	uint64_t epoch; /* of the record that it was read for */
	uint32_t row;   /* ... and, of a look-up, of the row joined */
	struct cells cells;
};

struct judge {
	struct scope scope; /* first: a scope is its judge */
	const struct plan *plan;
	struct key_judge keys;
	struct joins *joins;
	struct record *record;
	struct slot *slots;
	uint64_t epoch;
	bool again; /* a member is there twice */
	struct json element;
	bool inside;
	struct verdict_of *list;
	size_t n, room;
	struct slice *places;
	size_t nplaces, places_room;
	struct buf text;
	struct err fault; /* why the last rule could not be evaluated */
	size_t asked;     /* test whose fault is wanted */
	struct keyword_judge keywords;
	struct filter **filters; /* of jq rules, made when first needed */
};

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

/* --- one rule --------------------------------------------------------------------- */

static void
add_place(struct judge *j, const struct test *t, const struct datum *d)
{
	struct slice place = t->rule->field;

	if (d != NULL && d->nat > 0) {
		buf_reset(&j->text);
		field_put_place(&j->plan->fields[t->field], d, &j->text);
		place = arena_slice(j->scope.arena, buf_slice(&j->text));
	}
	j->places = mem_room(
	    j->places, j->nplaces, &j->places_room, sizeof(*j->places));
	j->places[j->nplaces++] = place;
}

static enum outcome
has_members(struct judge *j, const struct test *t)
{
	size_t there = 0;

	for (size_t i = 0; i < t->nmembers; i++) {
		const struct cells *c = judge_cells(j, t->members[i]);

		for (size_t k = 0; k < c->n; k++)
			if (!datum_missing(&c->list[k])) {
				there++;
				break;
			}
	}
	switch (t->rule->check) {
	case CHECK_ALL_OF:
		return there == t->nmembers ? PASS : FAIL;
	case CHECK_ANY_OF:
		return there > 0 ? PASS : FAIL;
	case CHECK_ONE_OF:
		return there == 1 ? PASS : FAIL;
	default:
		return there == 0 || there == t->nmembers ? PASS : FAIL;
	}
}

static enum outcome
judge_filter(struct judge *j, const struct test *t)
{
	struct filter **f = &j->filters[t->filter];
	struct err e = { 0 };
	bool good = false;

	if (*f == NULL)
		*f = plan_filter(t, &e);
	if (*f == NULL || !filter_test(*f, record_line(j->record), &good, &e)) {
		j->fault = e;
		return FAULT;
	}
	return good ? PASS : FAIL;
}

/* A check of the record as a whole; its field only says where it belongs. */
static void
judge_whole(struct judge *j, const struct test *t, struct verdict_of *v)
{
	enum outcome o =
	    t->rule->check == CHECK_JQ ? judge_filter(j, t) : has_members(j, t);

	v->failed = o == FAIL;
	v->fault = o == FAULT;
	if (v->failed)
		add_place(j, t, NULL);
}

static enum outcome
count_elements(
    struct judge *j, const struct test *t, struct datum *d, struct err *e)
{
	struct json_walk walk = json_enter(d->json);
	struct json element;
	size_t n = 0;

	if (d->json.type != JSON_ARRAY)
		return NOT_APPLICABLE;
	j->inside = t->where != NULL;
	while (json_next_element(&walk, &element)) {
		j->element = element;
		if (t->where == NULL ||
		    cond_eval(t->where, &j->scope, e) == TRUE_)
			n++;
	}
	j->inside = false;
	if (e->kind != ERR_NONE)
		return FAULT;
	return interval_holds_count(&t->interval, n) ? PASS : FAIL;
}

static enum outcome
look_up(struct judge *j, const struct test *t, struct datum *d)
{
	const struct cells *other = judge_cells(j, t->members[0]);
	const struct index *allowed;

	if (!datum_scalar(d) || other->n != 1 || datum_missing(&other->list[0]))
		return NOT_APPLICABLE;
	allowed = pairs_find(t->pairs, d->text);
	if (allowed == NULL)
		return NOT_APPLICABLE;
	return index_find(allowed, other->list[0].text) >= 0 ? PASS : FAIL;
}

/* The number must not contradict the sex and the birth date beside it. */
static enum outcome
judge_idcard(struct judge *j, const struct test *t, struct datum *d)
{
	const struct cells *c = judge_cells(j, t->members[0]);
	struct date birth;
	enum sex sex, stated = SEX_UNKNOWN;

	if (!check_idcard(d->text, &birth, &sex))
		return FAIL;
	if (c->n == 1 && !datum_missing(&c->list[0]))
		stated = check_sex(c->list[0].text);
	if (stated != SEX_UNKNOWN && stated != sex)
		return FAIL;
	for (size_t i = 1; i < t->nmembers; i++) {
		c = judge_cells(j, t->members[i]);
		if (c->n == 1 && !datum_missing(&c->list[0]) &&
		    datum_date(&c->list[0]) &&
		    expr_date_cmp(&birth, &c->list[0].date, j->scope.zone) != 0)
			return FAIL;
	}
	return PASS;
}

/* The one value of a field, or NULL. */
static struct datum *
only_value(struct judge *j, size_t field)
{
	const struct cells *c;

	if (field == NO_FIELD)
		return NULL;
	c = judge_cells(j, field);
	return c->n == 1 && !datum_missing(&c->list[0]) ? &c->list[0] : NULL;
}

static enum outcome
judge_limits(struct judge *j, const struct test *t, struct datum *d)
{
	struct subject of = { .unit = verdict_stated_unit(t,
				  &j->plan->fields[t->field], d, j->record,
				  j->scope.arena),
		.sex = only_value(j, t->members[0]),
		.age = only_value(j, t->members[1]) };

	enum outcome o = limits_judge(t->rule->limits, d, &of, j->scope.arena);

	if (o == FAULT)
		err_data(&j->fault, "reference",
		    "no row of the table is for its unit, sex and age");
	return o;
}

static enum outcome
break_by_missing(struct judge *j, const struct test *t)
{
	if (check_is(t->rule->check, CHECK_OPEN))
		key_judge_missing(&j->keys, t);
	return FAIL;
}

/*
 * What a value that cannot be judged means: a row of a table with null, or a
 * value of another type, is never a violation and stays in the count.
 */
static enum outcome
judge_missing(struct judge *j, const struct test *t, enum outcome o)
{
	if (t->rule->as_table)
		return o == FAIL ? FAIL : PASS;
	if (o == NOT_APPLICABLE && t->rule->missing_fails)
		return break_by_missing(j, t);
	return o;
}

static bool
judge_datum(struct judge *j, const struct test *t, struct datum *d,
    enum outcome *o, struct err *e)
{
	struct err why, *w = &why;

	err_clear(w);
	switch (t->rule->check) {
	case CHECK_REQUIRED:
	case CHECK_COMPLETE:
	case CHECK_RATE:
		*o = datum_missing(d) ? FAIL : PASS;
		return true;
	case CHECK_ABSENT:
		*o = datum_missing(d) ? PASS : FAIL;
		return true;
	case CHECK_NOT_PLACEHOLDER: /* owns this kind of missing */
		*o = d->presence == VALUE_PLACEHOLDER ? FAIL
		    : datum_missing(d)                ? NOT_APPLICABLE
						      : PASS;
		break;
	default:
		*o = datum_missing(d) ? NOT_APPLICABLE : PASS;
	}
	*o = judge_missing(j, t, *o);
	if (*o != PASS || datum_missing(d) ||
	    t->rule->check == CHECK_NOT_PLACEHOLDER)
		return true;
	switch (t->rule->check) {
	case CHECK_COMPARE:
		*o = comparison_eval(t->comparison, d, &j->scope, w);
		break;
	case CHECK_COUNT:
		*o = count_elements(j, t, d, w);
		break;
	case CHECK_MAP:
		*o = look_up(j, t, d);
		break;
	case CHECK_REFERENCE:
		*o = judge_limits(j, t, d);
		break;
	case CHECK_IDCARD:
		*o = datum_scalar(d) ? judge_idcard(j, t, d) : NOT_APPLICABLE;
		break;
	case CHECK_UNIQUE:
	case CHECK_FOREIGN_KEY:
		if (!key_judge_value(
			&j->keys, j->plan, t, d, j->scope.arena, o, e))
			return false;
		break;
	case CHECK_DISTINCT:
	case CHECK_MEAN:
	case CHECK_QUANTILE:
	case CHECK_FRESH:
	case CHECK_DRIFT:
		*o = gauge_takes(t->rule->check, d, &j->scope, w);
		break;
	case CHECK_SEQUENCE:
		*o = key_judge_sequence(&j->keys, t, d, &j->scope);
		break;
	case CHECK_UNIT:
		*o = verdict_unit(t, &j->plan->fields[t->field], d, j->record,
		    j->scope.arena);
		break;
	default:
		*o = verdict_value(t, d, &j->scope, w);
	}
	if (why.kind != ERR_NONE)
		j->fault = why;
	*o = judge_missing(j, t, *o);
	return true;
}

static struct verdict_of *
open_verdict(struct judge *j, size_t test)
{
	j->list = mem_room(j->list, j->n, &j->room, sizeof(*j->list));
	j->list[j->n] =
	    (struct verdict_of){ .test = test, .first = j->nplaces };
	return &j->list[j->n];
}

static bool
duplicate_key(struct judge *j, const struct test *t)
{
	size_t n;
	const struct json_member *m = record_members(j->record, &n);

	for (size_t i = 0; j->again && i < n; i++)
		if (m[i].again) {
			struct slice key = record_key(j->record, &m[i]);

			add_place(j, t, NULL);
			j->places[j->nplaces - 1] =
			    json_unescape(key, j->scope.arena);
		}
	return j->again;
}

/*
 * Several values of one field are one record: it applies where one value can
 * be judged, and fails where one of them fails, with an entry for each.
 */
static bool
judge_fields(struct judge *j, const struct test *t, struct verdict_of *v,
    bool *applies, struct err *e)
{
	const struct cells *c = judge_cells(j, t->field);
	bool looked_for =
	    t->rule->check != CHECK_COMPLETE || !t->rule->in_indicators;
	enum outcome o;

	v->fault = *applies = c->fault;
	if (c->fault)
		err_data(&j->fault, "reference", "a reference has no one row");
	for (size_t i = 0; i < c->n; i++) {
		struct datum *d = &c->list[i];

		/* What extract did not look for is not incomplete. */
		if (!looked_for && d->presence == VALUE_ABSENT)
			continue;
		if (!judge_datum(j, t, d, &o, e))
			return false;
		*applies = *applies || o != NOT_APPLICABLE;
		v->fault = v->fault || o == FAULT;
		v->failed = v->failed || o == FAIL;
		if (o == FAIL && !check_is(t->rule->check, CHECK_STREAM))
			add_place(j, t, d);
	}
	return true;
}

static bool
judge_overlap(struct judge *j, const struct test *t, struct verdict_of *v,
    bool *applies, struct err *e)
{
	enum outcome o;

	if (!key_judge_overlap(&j->keys, t, &j->scope, &o, e))
		return false;
	if (t->rule->per_value) { /* settled at the end */
		*applies = false;
		return true;
	}
	if (o == NOT_APPLICABLE && t->rule->missing_fails)
		o = break_by_missing(j, t);
	*applies = o != NOT_APPLICABLE;
	v->failed = o == FAIL;
	if (v->failed)
		add_place(j, t, NULL);
	return true;
}

/* --- schemas --------------------------------------------------------------------- */

static void
add_text(struct judge *j, struct slice place)
{
	j->places = mem_room(
	    j->places, j->nplaces, &j->places_room, sizeof(*j->places));
	j->places[j->nplaces++] = place;
}

/* All rules of --schema in one walk; those that are off are left out. */
static void
judge_keywords(struct judge *j)
{
	const struct plan *p = j->plan;
	const struct schema_verdicts *g =
	    keyword_judge_record(&j->keywords, NULL, j->record,
		p->schema_field == NO_FIELD ? NULL
					    : judge_cells(j, p->schema_field));

	for (size_t i = 0; i < g->n; i++) {
		const struct schema_verdict *from = &g->list[i];
		size_t test = p->keywords[from->rule];
		struct verdict_of *v;

		if (test == NO_FIELD)
			continue;
		v = open_verdict(j, test);
		v->failed = from->failed;
		v->fault = from->fault != NULL;
		v->applied = 1;
		v->fails = v->failed;
		if (v->fault && test == j->asked)
			err_data(&j->fault, "schema", "%s", from->fault);
		for (size_t k = 0; k < from->n; k++)
			add_text(j, g->places[from->first + k]);
		v->n = j->nplaces - v->first;
		j->n++;
	}
}

/* A row is one rule: where several keywords fail at one place, once. */
static void
judge_schema(
    struct judge *j, const struct test *t, struct verdict_of *v, bool *applies)
{
	const struct cells *c =
	    t->field == NO_FIELD ? NULL : judge_cells(j, t->field);
	const struct schema_verdicts *g =
	    keyword_judge_record(&j->keywords, t, j->record, c);
	struct index *said = index_new();
	bool fresh;

	*applies = c == NULL;
	for (size_t i = 0; c != NULL && i < c->n; i++) {
		bool there = c->list[i].json.type != JSON_NONE;

		*applies = *applies || there || t->rule->missing_fails;
		if (there || !t->rule->missing_fails)
			continue;
		v->failed = true;
		add_place(j, t, &c->list[i]);
	}
	for (size_t i = 0; i < g->n; i++)
		for (size_t k = 0; k < g->list[i].n; k++) {
			struct slice at = g->places[g->list[i].first + k];

			index_add(said, at, &fresh);
			if (fresh)
				add_text(j, at);
		}
	index_free(said);
	v->failed = v->failed || g->failed;
	v->fault = g->fault != NULL;
	if (v->fault)
		err_data(&j->fault, "schema", "%s", g->fault);
}

/* --- what must never be ------------------------------------------------------------- */

static void
judge_never(
    struct judge *j, const struct test *t, struct verdict_of *v, bool *applies)
{
	const struct cells *c;

	never_judge(t, j->joins, &j->scope, v, &j->fault);
	*applies = v->applied > 0 || v->fault;
	if (t->rule->per_value && v->applied > 0) {
		c = judge_cells(j, t->field);
		if (c->n == 1)
			key_judge_count(&j->keys, t, &c->list[0], v->fails > 0,
			    j->scope.arena);
	}
	if (t->rule->per_value) /* settled at the end */
		*applies = false;
	v->failed = *applies && v->fails > 0;
	if (v->failed)
		add_place(j, t, NULL);
}

/* Which keys of the reference have a record is settled at the end. */
static bool
judge_covers(struct judge *j, const struct test *t, struct err *e)
{
	const struct reference *r = j->plan->references[t->reference];
	const struct cells *c = judge_cells(j, t->field);
	bool ok = true;

	for (size_t i = 0; ok && i < c->n; i++)
		if (!datum_missing(&c->list[i]) && datum_scalar(&c->list[i]))
			ok = key_judge_covered(
			    &j->keys, r, t, &c->list[i], j->scope.arena, e);
	return ok;
}

static bool
judge_test(struct judge *j, size_t number, struct err *e)
{
	const struct test *t = &j->plan->tests[number];
	struct verdict_of *v;
	struct err why;
	bool applies = false;
	enum truth when = TRUE_;

	if (t->rule->check == CHECK_KEYWORD) {
		judge_keywords(j);
		return true;
	}
	if (t->broken) /* every record counts as an error: rules/tally */
		return true;
	v = open_verdict(j, number);
	err_clear(&why);
	if (t->when != NULL && t->nwhen_joins == 0)
		when = cond_eval(t->when, &j->scope, &why);
	if (why.kind != ERR_NONE && !t->rule->as_table) {
		j->fault = why;
		v->fault = applies = true;
		v->applied = 1;
	} else if (when != TRUE_) {
		return true;
	} else if (t->rule->check == CHECK_PRESENT) {
		return true;
	} else if (t->rule->check == CHECK_NEVER) {
		judge_never(j, t, v, &applies);
	} else if (t->rule->check == CHECK_COVERS) {
		if (!judge_covers(j, t, e))
			return false;
	} else if (t->rule->check == CHECK_ROW_COUNT || t->window != NULL) {
		applies = true;
	} else if (t->rule->check == CHECK_DUPLICATE_KEY) {
		applies = true;
		v->failed = duplicate_key(j, t);
	} else if (t->schema != NULL) {
		judge_schema(j, t, v, &applies);
	} else if (check_is(t->rule->check, CHECK_WHOLE)) {
		applies = true;
		judge_whole(j, t, v);
	} else if (t->rule->check == CHECK_OVERLAP) {
		if (!judge_overlap(j, t, v, &applies, e))
			return false;
	} else if (!judge_fields(j, t, v, &applies, e)) {
		return false;
	}
	v->n = j->nplaces - v->first;
	if (v->fault && !v->failed)
		v->n = 0;
	if (t->rule->check != CHECK_NEVER) {
		v->applied = applies;
		v->fails = v->failed;
	}
	j->n += applies;
	return true;
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
