/*
 * What checks of plausible values and times count, in the words of rules.
 */
#include "base/date.h"
#include "rules/dqd_parts.h"

static const char birth[] = "coalesce(day(person(person_id).birth_datetime), "
			    "date(person(person_id).year_of_birth, "
			    "coalesce(person(person_id).month_of_birth, 1), "
			    "coalesce(person(person_id).day_of_birth, 1)))";
static const char death[] = "day(death(person_id).death_date) + 60d";

/* --- limits ------------------------------------------------------------------ */

static bool
is_dated(const struct dqd_check *c)
{
	struct slice type = dqd_cell(c, "cdmDatatype");
	char word[9];

	if (type.n != 4 && type.n != 8)
		return false;
	for (size_t i = 0; i < type.n; i++)
		word[i] = (char)(type.p[i] | 0x20);
	return memcmp(word, type.n == 4 ? "date" : "datetime", type.n) == 0;
}

/* Without blanks, in lower case. */
static struct slice
squeezed(const struct dqd_check *c, struct slice text)
{
	char *to = arena_alloc(c->arena, text.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		char b = text.p[i];

		if (b != ' ' && b != '\t')
			to[n++] = (char)(b >= 'A' && b <= 'Z' ? b | 0x20 : b);
	}
	return (struct slice){ to, n };
}

/* '19500101' with its quotes, to 1950-01-01. */
static bool
quoted_day(const struct dqd_check *c, struct slice cell, struct slice *to)
{
	struct date d;
	unsigned long long number;
	struct err e = { 0 };

	if (cell.n != 10 || cell.p[0] != '\'' || cell.p[9] != '\'' ||
	    !slice_number((struct slice){ cell.p + 1, 8 }, &number))
		return false;
	*to = TEXT("%04llu-%02llu-%02llu", number / 10000, number / 100 % 100,
	    number % 100);
	return date_parse(*to, &d, &e);
}

static bool
bad_limit(const struct dqd_check *c, struct slice cell, struct err *e)
{
	return dqd_fault(c, e, "'%.*s' is no limit of a %s (%s)", S(cell),
	    is_dated(c) ? "date" : "number",
	    is_dated(c) ? "write '19500101', or DATEADD(dd,1,GETDATE()) for "
			  "the highest"
			: "write a number, or YEAR(GETDATE())+1 for the "
			  "highest");
}

bool
dqd_value_low(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice cell = dqd_cell(c, "plausibleValueLow"), day;

	r->when = TEXT("%.*s exists", S(c->field));
	r->check = "never";
	if (is_dated(c) && quoted_day(c, cell, &day)) {
		r->arg = TEXT("day(%.*s) < %.*s", S(c->field), S(day));
		return true;
	}
	r->check = "range";
	r->arg = TEXT("[%.*s,]", S(cell));
	return (!is_dated(c) && dqd_is_number(c, cell)) ||
	    bad_limit(c, cell, e);
}

bool
dqd_value_high(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	static const char *const tomorrow[] = { "dateadd(dd,1,getdate())",
		"dateadd(d,1,getdate())", "dateadd(day,1,getdate())", NULL };
	struct slice cell = dqd_cell(c, "plausibleValueHigh"), day;
	struct slice text = squeezed(c, cell);

	r->when = TEXT("%.*s exists", S(c->field));
	r->check = "never";
	if (is_dated(c) && dqd_among(text, tomorrow)) {
		r->arg = TEXT("day(%.*s) > day(now) + 1d", S(c->field));
		return true;
	}
	if (is_dated(c) && quoted_day(c, cell, &day)) {
		r->arg = TEXT("day(%.*s) > %.*s", S(c->field), S(day));
		return true;
	}
	if (!is_dated(c) && slice_is(text, "year(getdate())+1")) {
		r->arg = TEXT("%.*s > year(now) + 1", S(c->field));
		return true;
	}
	r->check = "range";
	r->arg = TEXT("[,%.*s]", S(cell));
	return (!is_dated(c) && dqd_is_number(c, cell)) ||
	    bad_limit(c, cell, e);
}

/* --- times ------------------------------------------------------------------- */

bool
dqd_temporal_after(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice table, field;

	if (!dqd_name(c, "plausibleTemporalAfterTableName", &table, e) ||
	    !dqd_name(c, "plausibleTemporalAfterFieldName", &field, e))
		return false;
	r->check = "never";
	if (slice_eq(table, c->table))
		r->arg = TEXT("day(%.*s) > day(%.*s)", S(field), S(c->field));
	else if (slice_is(table, "person"))
		r->arg = TEXT("coalesce(day(person(person_id).%.*s), "
			      "date(person(person_id).year_of_birth, 6, 1)) > "
			      "day(%.*s)",
		    S(field), S(c->field));
	else /* joined, but compared with a field of the row itself */
		r->arg = TEXT("%.*s(person_id).person_id exists & "
			      "day(%.*s) > day(%.*s)",
		    S(table), S(field), S(c->field));
	return true;
}

bool
dqd_after_birth(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	r->check = "never";
	r->when = TEXT("%.*s exists", S(c->field));
	r->arg = TEXT("day(%.*s) < %s", S(c->field), birth);
	return true;
}

bool
dqd_before_death(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	r->check = "never";
	r->when = TEXT(
	    "%.*s exists & death(person_id).person_id exists", S(c->field));
	r->arg = TEXT("day(%.*s) > %s", S(c->field), death);
	return true;
}

bool
dqd_during_life(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	r->check = "never";
	r->when = SLICE("person_id in death.person_id");
	r->arg = TEXT("day(%.*s) > %s", S(c->field), death);
	return true;
}

bool
dqd_within_visit(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	static const char visit[] = "visit_occurrence(visit_occurrence_id)";

	(void)e;
	r->check = "never";
	r->when = TEXT("%s.visit_occurrence_id exists", visit);
	r->arg = TEXT("time(%.*s) < time(%s.visit_start_date) - 7d | "
		      "time(%.*s) > time(%s.visit_end_date) + 7d",
	    S(c->field), visit, S(c->field), visit);
	return true;
}

bool
dqd_start_before_end(
    const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice end;

	if (!dqd_name(c, "plausibleStartBeforeEndFieldName", &end, e))
		return false;
	r->check = "never";
	r->when = TEXT("%.*s exists & %.*s exists", S(c->field), S(end));
	r->arg = TEXT("day(%.*s) > day(%.*s)", S(c->field), S(end));
	return true;
}
