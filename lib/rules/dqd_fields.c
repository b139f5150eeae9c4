/*
 * What checks of tables and fields count, in the words of rules.
 */
#include "json/write.h"
#include "rules/dqd_parts.h"

/* --- tables ------------------------------------------------------------------ */

bool
dqd_cdm_table(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "present";
	r->na = "never";
	return true;
}

bool
dqd_person_completeness(
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
bool
dqd_condition_era(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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

bool
dqd_period_overlap(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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

bool
dqd_cdm_field(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "present";
	r->na = "stream";
	return true;
}

bool
dqd_is_required(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "required";
	return true;
}

bool
dqd_value_completeness(
    const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "complete";
	r->na = "field";
	return true;
}

bool
dqd_data_type(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)c;
	(void)e;
	r->check = "type";
	r->arg = SLICE("whole");
	return true;
}

bool
dqd_primary_key(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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
bool
dqd_foreign_key(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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
	    dqd_among(table, targets) ? "" : "no-target/", S(table), S(field));
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

bool
dqd_fk_domain(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	other_concept(c, "domain_id", "fkDomain", r);
	return true;
}

bool
dqd_fk_class(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	(void)e;
	other_concept(c, "concept_class_id", "fkClass", r);
	return true;
}

bool
dqd_standard_concept(
    const struct dqd_check *c, struct dqd_rule *r, struct err *e)
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
	if (!dqd_among(stem, both) && (source || !dqd_among(stem, standard)))
		return SLICE("");
	return TEXT("%.*s_source_value", S(stem));
}

bool
dqd_record_completeness(
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

bool
dqd_source_value(const struct dqd_check *c, struct dqd_rule *r, struct err *e)
{
	struct slice concept;

	if (!dqd_name(c, "standardConceptFieldName", &concept, e))
		return false;
	r->check = "never";
	r->arg = TEXT("%.*s = 0", S(concept));
	r->per = "value";
	return true;
}
