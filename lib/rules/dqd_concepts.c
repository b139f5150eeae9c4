/*
 * What checks of single concepts count, in the words of rules.
 */
#include "base/buf.h"
#include "rules/dqd_parts.h"

static bool
one_concept(const struct dqd_check *c, struct err *e)
{
	unsigned long long n;

	return slice_number(c->concept, &n) ||
	    dqd_fault(c, e, "'%.*s' is no id of a concept (conceptId)",
		S(c->concept));
}

/* "{1, 2}" of a list; `zero`: with 0; "-1" says that there is no unit. */
static bool
set_of(const struct dqd_check *c, const char *column, struct slice list,
    bool zero, struct slice *to, struct err *e)
{
	struct buf b = { 0 };
	struct slice rest = list, part;
	unsigned long long n;
	bool ok = true;

	buf_adds(&b, zero ? "{0" : "");
	while (ok && slice_next(&rest, ',', &part)) {
		part = slice_trim(part);
		if (zero && slice_is(part, "-1"))
			continue;
		ok = slice_number(part, &n) ||
		    dqd_fault(c, e, "'%.*s' is no id of a concept (%s)",
			S(part), column);
		buf_addf(&b, "%s%.*s", b.n > 0 ? ", " : "{", S(part));
	}
	buf_addc(&b, '}');
	ok = ok && (b.n > 1 || dqd_fault(c, e, "no concept (%s)", column));
	*to = arena_slice(c->arena, buf_slice(&b));
	buf_release(&b);
	return ok;
}

/* The right one is 8507 or 8532: another number is wrong, null is not. */
static void
other_gender(const struct dqd_check *c, struct slice gender, struct dqd_rule *r)
{
	unsigned right = slice_is(gender, "Male") ? 8507 : 8532;

	r->check = "never";
	r->arg = TEXT("person(person_id).gender_concept_id < %u | "
		      "person(person_id).gender_concept_id > %u",
	    right, right);
}

bool
dqd_gender(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	if (!one_concept(c, e))
		return false;
	other_gender(c, dqd_cell(c, "plausibleGender"), r);
	r->when = TEXT("%.*s = %.*s", S(c->field), S(c->concept));
	return true;
}

bool
dqd_gender_descendants(
    const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice set;

	if (!set_of(c, "conceptId", c->concept, false, &set, e))
		return false;
	other_gender(c, dqd_cell(c, "plausibleGenderUseDescendants"), r);
	r->when = TEXT("concept_ancestor(descendant_concept_id = %.*s)"
		       ".ancestor_concept_id in %.*s",
	    S(c->field), S(set));
	return true;
}

/* `in (,)`: what is no number is no unit that could be wrong. */
bool
dqd_units(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice set;

	if (!one_concept(c, e) ||
	    !set_of(c, "plausibleUnitConceptIds",
		dqd_cell(c, "plausibleUnitConceptIds"), true, &set, e))
		return false;
	r->check = "never";
	r->when = TEXT("%.*s = %.*s & (unit_concept_id missing | "
		       "!(unit_concept_id = 0))",
	    S(c->field), S(c->concept));
	r->arg =
	    TEXT("unit_concept_id in (,) & !(unit_concept_id in %.*s)", S(set));
	return true;
}

static bool
concept_limit(const struct dqd_check *c, const char *column, char sign,
    struct dqd_rule *r, struct err *e)
{
	struct slice cell = dqd_cell(c, column), unit = SLICE("");
	unsigned long long n;

	if (!one_concept(c, e))
		return false;
	if (c->unit.n > 0 && !slice_number(c->unit, &n))
		return dqd_fault(c, e,
		    "'%.*s' is no id of a concept (unitConceptId)", S(c->unit));
	if (!dqd_is_number(c, cell))
		return dqd_fault(
		    c, e, "'%.*s' is no number (%s)", S(cell), column);
	if (c->unit.n > 0)
		unit = TEXT(" & unit_concept_id = %.*s", S(c->unit));
	r->check = "never";
	r->when = TEXT("%.*s = %.*s%.*s & value_as_number exists", S(c->field),
	    S(c->concept), S(unit));
	r->arg = TEXT("value_as_number %c %.*s", sign, S(cell));
	return true;
}

bool
dqd_concept_low(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	return concept_limit(c, "plausibleValueLow", '<', r, e);
}

bool
dqd_concept_high(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	return concept_limit(c, "plausibleValueHigh", '>', r, e);
}
