#include "base/mem.h"
#include "rules/judge_parts.h"
#include "rules/never.h"
#include "rules/verdict.h"

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
		if (!judge_value(j, t, d, &o, e))
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
		o = judge_breaks_missing(j, t);
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

/* What a rule says of a record that its condition lets through. */
static bool
judge_check(struct judge *j, const struct test *t, struct verdict_of *v,
    bool *applies, struct err *e)
{
	switch (t->rule->check) {
	case CHECK_NEVER:
		judge_never(j, t, v, applies);
		return true;
	case CHECK_COVERS:
		return judge_covers(j, t, e);
	case CHECK_ROW_COUNT:
		*applies = true;
		return true;
	case CHECK_DUPLICATE_KEY:
		*applies = true;
		v->failed = duplicate_key(j, t);
		return true;
	case CHECK_OVERLAP:
		return judge_overlap(j, t, v, applies, e);
	default:
		break;
	}
	if (t->window != NULL) {
		*applies = true;
	} else if (t->schema != NULL) {
		judge_schema(j, t, v, applies);
	} else if (check_is(t->rule->check, CHECK_WHOLE)) {
		*applies = true;
		judge_whole(j, t, v);
	} else {
		return judge_fields(j, t, v, applies, e);
	}
	return true;
}

/* As it says; false where the record is not the rule's, or it faults. */
static bool
is_for(struct judge *j, const struct test *t, struct verdict_of *v)
{
	enum truth when = TRUE_;
	struct err why;

	if (t->when == NULL || t->nwhen_joins > 0)
		return true;
	err_clear(&why);
	when = cond_eval(t->when, &j->scope, &why);
	if (why.kind == ERR_NONE || t->rule->as_table)
		return when == TRUE_;
	j->fault = why;
	v->fault = true;
	return false;
}

bool
judge_test(struct judge *j, size_t number, struct err *e)
{
	const struct test *t = &j->plan->tests[number];
	struct verdict_of *v;
	bool applies = false;

	if (t->rule->check == CHECK_KEYWORD) {
		judge_keywords(j);
		return true;
	}
	if (t->broken) /* every record counts as an error: rules/tally */
		return true;
	v = open_verdict(j, number);
	if (is_for(j, t, v)) {
		if (t->rule->check == CHECK_PRESENT)
			return true;
		if (!judge_check(j, t, v, &applies, e))
			return false;
	} else if (v->fault) {
		applies = true;
	} else {
		return true;
	}
	v->n = v->fault && !v->failed ? 0 : j->nplaces - v->first;
	if (t->rule->check != CHECK_NEVER) {
		v->applied = applies;
		v->fails = v->failed;
	}
	j->n += applies;
	return true;
}
