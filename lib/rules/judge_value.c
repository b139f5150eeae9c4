#include "base/utf8.h"
#include "json/filter.h"
#include "rules/gauge.h"
#include "rules/judge_parts.h"
#include "rules/limits.h"
#include "rules/verdict.h"

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

enum outcome
judge_breaks_missing(struct judge *j, const struct test *t)
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
		return judge_breaks_missing(j, t);
	return o;
}

bool
judge_value(struct judge *j, const struct test *t, struct datum *d,
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
