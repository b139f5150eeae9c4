/*
 * What each type of check counts, in the words of rules: T is the checked
 * table (the kind), F the checked field.
 */
#include "base/date.h"
#include "base/decimal.h"
#include "json/write.h"
#include "rules/dqd_parts.h"

#define TEXT(...) slice_of(arena_printf(c->arena, __VA_ARGS__))
#define S(slice)  (int)(slice).n, (slice).p

static const char birth[] = "coalesce(day(person(person_id).birth_datetime), "
			    "date(person(person_id).year_of_birth, "
			    "coalesce(person(person_id).month_of_birth, 1), "
			    "coalesce(person(person_id).day_of_birth, 1)))";
static const char death[] = "day(death(person_id).death_date) + 60d";

static bool
is_among(struct slice word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_is(word, *list))
			return true;
	return false;
}

/* --- tables ------------------------------------------------------------------ */

static bool
cdm_table(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "present";
	r->na = "never";
	return true;
}

static bool
person_completeness(
    const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->field = SLICE("person_id");
	r->check = "covers";
	r->arg = SLICE("person.person_id");
	r->na = "stream";
	return true;
}

/* Counted where the persons come from; the eras are only looked up. */
static bool
condition_era(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->kind = SLICE("condition_occurrence");
	r->field = SLICE("person_id");
	r->check = "never";
	r->arg = SLICE("!(person_id in condition_era.person_id)");
	r->when = SLICE("person_id exists & condition_concept_id exists & "
			"!(condition_concept_id = 0)");
	r->per = "value";
	r->na = "empty";
	return true;
}

static bool
period_overlap(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->kind = SLICE("observation_period");
	r->check = "overlap";
	r->arg = SLICE("observation_period_start_date,"
		       "observation_period_end_date by person_id "
		       "apart observation_period_id");
	r->per = "value";
	r->na = "empty";
	return true;
}

/* --- fields ------------------------------------------------------------------ */

static bool
cdm_field(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "present";
	r->na = "stream";
	return true;
}

static bool
is_required(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "required";
	return true;
}

static bool
value_completeness(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "complete";
	r->na = "field";
	return true;
}

static bool
data_type(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "type";
	r->arg = SLICE("whole");
	return true;
}

static bool
primary_key(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "unique";
	r->arg = SLICE("all");
	return true;
}

/*
 * A query for a target beside these fails there, whatever tables there are;
 * here its reference has a name that no file has.
 */
static bool
foreign_key(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	static const char *const targets[] = { "concept", "domain",
		"concept_class", "vocabulary", "relationship", "cohort",
		"location", "person", "provider", "visit_occurrence",
		"visit_detail", "payer_plan_period", "note", "care_site",
		"episode", NULL };
	struct slice table, field;

	if (!dqd_name(c, "fkTableName", &table, e) ||
	    !dqd_name(c, "fkFieldName", &field, e))
		return false;
	r->check = "foreign_key";
	r->arg = TEXT("%s%.*s.%.*s",
	    is_among(table, targets) ? "" : "no-target/", S(table), S(field));
	return true;
}

static struct slice
quoted(const struct dqd_check *c, struct slice text)
{
	struct buf b = { 0 };
	struct slice s;

	json_put_string(&b, text);
	s = arena_slice(c->arena, buf_slice(&b));
	buf_release(&b);
	return s;
}

/* The member of F's concept is another than the one cell says. */
static void
other_concept(const struct dqd_check *c, const char *member, const char *column,
    struct dqd_rule *r)
{
	struct slice want = quoted(c, dqd_cell(c, column));

	r->check = "never";
	r->arg = TEXT("!(%.*s = 0) & concept(concept_id = %.*s).%s != %.*s",
	    S(c->field), S(c->field), member, S(want));
}

static bool
fk_domain(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	other_concept(c, "domain_id", "fkDomain", r);
	return true;
}

static bool
fk_class(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	other_concept(c, "concept_class_id", "fkClass", r);
	return true;
}

static bool
standard_concept(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice row = TEXT("concept(concept_id = %.*s)", S(c->field));

	(void)e;
	r->check = "never";
	r->when = TEXT("%.*s exists", S(c->field));
	r->arg =
	    TEXT("!(%.*s = 0) & (%.*s.standard_concept missing | "
		 "%.*s.standard_concept != S | %.*s.invalid_reason exists)",
		S(c->field), S(row), S(row), S(row));
	return true;
}

static bool
cut_end(struct slice *s, const char *end)
{
	size_t n = strlen(end);

	if (s->n <= n || memcmp(s->p + s->n - n, end, n) != 0)
		return false;
	s->n -= n;
	return true;
}

/* The source value beside a concept, where null may mean "not mapped". */
static struct slice
companion(const struct dqd_check *c)
{
	static const char *const standard[] = { "admitted_from",
		"discharged_to", "discharge_to", "condition_status", "route",
		"modifier", "qualifier", "anatomic_site", "disease_status",
		"country", "place_of_service", NULL };
	static const char *const both[] = { "cause", "specialty", "payer",
		"plan", "sponsor", "stop_reason", "unit", "gender", NULL };
	struct slice stem = c->field;
	bool source;

	if (slice_is(c->field, "admitting_source_concept_id"))
		return SLICE("admitting_source_value");
	source = cut_end(&stem, "_source_concept_id");
	if (!source && !cut_end(&stem, "_concept_id"))
		return SLICE("");
	if (slice_is(stem, "unit") && slice_is(c->table, "dose_era"))
		return SLICE("");
	if (slice_is(stem, "gender") && !slice_is(c->table, "provider"))
		return SLICE("");
	if (!is_among(stem, both) && (source || !is_among(stem, standard)))
		return SLICE("");
	return TEXT("%.*s_source_value", S(stem));
}

static bool
record_completeness(
    const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice f = c->field, v = companion(c);

	(void)e;
	r->check = "never";
	if (v.n == 0) {
		r->when = TEXT("%.*s exists", S(f));
		r->arg = TEXT("%.*s = 0", S(f));
		return true;
	}
	r->when = TEXT("%.*s exists | %.*s exists", S(f), S(v));
	r->arg =
	    TEXT("%.*s = 0 | (%.*s missing & %.*s exists)", S(f), S(f), S(v));
	return true;
}

static bool
source_value(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice concept;

	if (!dqd_name(c, "standardConceptFieldName", &concept, e))
		return false;
	r->check = "never";
	r->arg = TEXT("%.*s = 0", S(concept));
	r->per = "value";
	return true;
}

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
is_number(const struct dqd_check *c, struct slice cell)
{
	struct decimal d;
	struct err e = { 0 };

	return decimal_parse(cell, c->arena, &d, &e);
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

static bool
value_low(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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
	return (!is_dated(c) && is_number(c, cell)) || bad_limit(c, cell, e);
}

static bool
value_high(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	static const char *const tomorrow[] = { "dateadd(dd,1,getdate())",
		"dateadd(d,1,getdate())", "dateadd(day,1,getdate())", NULL };
	struct slice cell = dqd_cell(c, "plausibleValueHigh"), day;
	struct slice text = squeezed(c, cell);

	r->when = TEXT("%.*s exists", S(c->field));
	r->check = "never";
	if (is_dated(c) && is_among(text, tomorrow)) {
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
	return (!is_dated(c) && is_number(c, cell)) || bad_limit(c, cell, e);
}

/* --- times ------------------------------------------------------------------- */

static bool
temporal_after(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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

static bool
after_birth(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	r->check = "never";
	r->when = TEXT("%.*s exists", S(c->field));
	r->arg = TEXT("day(%.*s) < %s", S(c->field), birth);
	return true;
}

static bool
before_death(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	r->check = "never";
	r->when = TEXT(
	    "%.*s exists & death(person_id).person_id exists", S(c->field));
	r->arg = TEXT("day(%.*s) > %s", S(c->field), death);
	return true;
}

static bool
during_life(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	r->check = "never";
	r->when = SLICE("person_id in death.person_id");
	r->arg = TEXT("day(%.*s) > %s", S(c->field), death);
	return true;
}

static bool
within_visit(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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

static bool
start_before_end(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice end;

	if (!dqd_name(c, "plausibleStartBeforeEndFieldName", &end, e))
		return false;
	r->check = "never";
	r->when = TEXT("%.*s exists & %.*s exists", S(c->field), S(end));
	r->arg = TEXT("day(%.*s) > day(%.*s)", S(c->field), S(end));
	return true;
}

/* --- concepts ---------------------------------------------------------------- */

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

static bool
gender(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	if (!one_concept(c, e))
		return false;
	other_gender(c, dqd_cell(c, "plausibleGender"), r);
	r->when = TEXT("%.*s = %.*s", S(c->field), S(c->concept));
	return true;
}

static bool
gender_descendants(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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
static bool
units(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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
	if (!is_number(c, cell))
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

static bool
concept_low(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	return concept_limit(c, "plausibleValueLow", '<', r, e);
}

static bool
concept_high(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	return concept_limit(c, "plausibleValueHigh", '>', r, e);
}

/* ----------------------------------------------------------------------------- */

static const struct dqd_type types[] = {
	{ DQD_TABLE, "cdmTable", cdm_table, "缺少此表",
	    "the table is missing" },
	{ DQD_TABLE, "measurePersonCompleteness", person_completeness,
	    "有患者在此表中没有记录", "a person has no record here" },
	{ DQD_TABLE, "measureConditionEraCompleteness", condition_era,
	    "有诊断的患者没有诊断时段",
	    "a person with a condition has no era" },
	{ DQD_TABLE, "measureObservationPeriodOverlap", period_overlap,
	    "患者的观察期重叠或首尾相接",
	    "a person's periods overlap or follow on one another" },
	{ DQD_FIELD, "cdmField", cdm_field, "缺少此字段",
	    "the field is missing" },
	{ DQD_FIELD, "isRequired", is_required, "必填字段为空",
	    "a required field is null" },
	{ DQD_FIELD, "measureValueCompleteness", value_completeness, "字段为空",
	    "the field is null" },
	{ DQD_FIELD, "cdmDatatype", data_type, "不是整数",
	    "the value is no integer" },
	{ DQD_FIELD, "isPrimaryKey", primary_key, "主键重复",
	    "the key is there more than once" },
	{ DQD_FIELD, "isForeignKey", foreign_key, "外键没有对应的记录",
	    "the key leads to no record" },
	{ DQD_FIELD, "fkDomain", fk_domain, "概念的领域不符",
	    "the concept is of another domain" },
	{ DQD_FIELD, "fkClass", fk_class, "概念的类别不符",
	    "the concept is of another class" },
	{ DQD_FIELD, "isStandardValidConcept", standard_concept,
	    "不是有效的标准概念", "the concept is not standard and valid" },
	{ DQD_FIELD, "standardConceptRecordCompleteness", record_completeness,
	    "未映射到标准概念", "no standard concept" },
	{ DQD_FIELD, "sourceConceptRecordCompleteness", record_completeness,
	    "未映射到源概念", "no source concept" },
	{ DQD_FIELD, "sourceValueCompleteness", source_value,
	    "源值未映射到标准概念", "a source value without standard concept" },
	{ DQD_FIELD, "plausibleValueLow", value_low, "低于合理下限",
	    "below the plausible limit" },
	{ DQD_FIELD, "plausibleValueHigh", value_high, "高于合理上限",
	    "above the plausible limit" },
	{ DQD_FIELD, "plausibleTemporalAfter", temporal_after,
	    "早于不应早于的日期", "before the date that it follows" },
	{ DQD_FIELD, "plausibleDuringLife", during_life, "在死亡 60 天以后",
	    "more than 60 days after death" },
	{ DQD_FIELD, "withinVisitDates", within_visit, "超出就诊起止 7 天以上",
	    "more than 7 days outside of the visit" },
	{ DQD_FIELD, "plausibleAfterBirth", after_birth, "早于出生日期",
	    "before birth" },
	{ DQD_FIELD, "plausibleBeforeDeath", before_death, "在死亡 60 天以后",
	    "more than 60 days after death" },
	{ DQD_FIELD, "plausibleStartBeforeEnd", start_before_end,
	    "开始晚于结束", "the start is after the end" },
	{ DQD_CONCEPT, "plausibleGender", gender, "概念与性别不符",
	    "the concept does not go with the gender" },
	{ DQD_CONCEPT, "plausibleGenderUseDescendants", gender_descendants,
	    "概念与性别不符", "the concept does not go with the gender" },
	{ DQD_CONCEPT, "plausibleUnitConceptIds", units, "单位不合理",
	    "the unit is not plausible" },
	{ DQD_CONCEPT, "plausibleValueLow", concept_low, "低于合理下限",
	    "below the plausible limit" },
	{ DQD_CONCEPT, "plausibleValueHigh", concept_high, "高于合理上限",
	    "above the plausible limit" },
};

const struct dqd_type *
dqd_type_find(enum dqd_table level, struct slice name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].level == level && slice_is(name, types[i].name))
			return &types[i];
	return NULL;
}
