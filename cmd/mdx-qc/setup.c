#include "mdx-qc/qc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "io/reader.h"
#include "io/writer.h"
#include "rules/surplus.h"

struct qc_options qc = { .zone = "+08:00",
	.kind = "",
	.max_groups = 10000,
	.fail_on = "error",
	.memory = UINT64_C(1) << 30 };
struct qc_tables qc_tables;

static struct date
today(int zone)
{
	struct date d = date_of_seconds((int64_t)time(NULL), zone);

	d.precision = DATE_DAY;
	d.zone = DATE_NO_ZONE;
	return d;
}

static int
zone_of_times(void)
{
	struct err e;
	int zone;

	if (!date_parse_zone(slice_of(qc.zone), &zone, &e))
		opt_misuse(&qc_tool, "--zone: '%s' is no +hh:mm", qc.zone);
	return zone;
}

struct date
qc_now(void)
{
	struct date now = today(zone_of_times());

	if (qc.now != NULL && !date_parse(slice_of(qc.now), &now, NULL))
		opt_misuse(&qc_tool, "--now: '%s' is no date", qc.now);
	return now;
}

bool
qc_faulty(struct err *e)
{
	if (qc_tables.faults.n == 0)
		return false;
	table_faults_say(&qc_tables.faults, tool_say);
	e->kind = ERR_USAGE;
	e->text[0] = '\0';
	return false;
}

static bool
load_catalogue(struct err *e)
{
	qc_tables.catalogue = catalogue_load(
	    tool_share(), opt_common.packs.items, true, tool_say, e);
	return qc_tables.catalogue != NULL;
}

/*
 * What identifies is known under --rules-only, too: a summary of a hospital's
 * own rules tells no more of patients than one of the packs'.
 */
static bool
load_identity(struct err *e)
{
	struct qc_tables *t = &qc_tables;
	struct catalogue *own = NULL;

	if (t->catalogue == NULL)
		own = catalogue_load(
		    tool_share(), opt_common.packs.items, true, tool_say, e);
	if (t->catalogue != NULL || own != NULL)
		t->identity = identity_load(tool_share(),
		    own != NULL ? own : t->catalogue, &t->faults, e);
	catalogue_free(own);
	return t->identity != NULL || qc_faulty(e);
}

static bool
make_plan(struct ruleset *rules, struct err *e)
{
	struct plan_options p = { .by = qc.by,
		.id = qc.id,
		.zone = zone_of_times(),
		.now = qc_now(),
		.identity = qc_tables.identity };

	qc_tables.rules = rules;
	if (rules != NULL)
		qc_tables.plan = plan_new(rules, &p, e);
	return qc_tables.plan != NULL || qc_faulty(e);
}

static void
read_schema(struct ruleset_options *o)
{
	if (qc.schemas.count > 1)
		opt_misuse(&qc_tool,
		    "--schema: one is taken; put the others under its $defs, "
		    "with their $id");
	if (qc.schemas.count == 0 &&
	    (qc.schema_at != NULL || qc.schema_formats))
		opt_misuse(&qc_tool, "%s is for a --schema",
		    qc.schema_at != NULL ? "--schema-at" : "--schema-formats");
	if (qc.schemas.count > 0)
		o->schema = qc.schemas.items[0];
	o->of_schema.formats = qc.schema_formats;
	if (qc.schema_at != NULL)
		o->of_schema.at = slice_of(qc.schema_at);
}

static bool
load(enum ruleset_use use, bool drafts, struct err *e)
{
	struct qc_tables *t = &qc_tables;
	struct ruleset_options o = { .use = use,
		.files = qc.rule_files.items,
		.only = qc.only,
		.scene = qc.scene,
		.level = qc.level,
		.drafts = drafts,
		.now = qc_now() };

	read_schema(&o);
	if ((!qc.rules_only && !load_catalogue(e)) ||
	    (use == RULES_OF_RECORDS && !load_identity(e)))
		return false;
	return make_plan(ruleset_load(t->catalogue, &o, &t->faults, e), e);
}

bool
qc_load(enum ruleset_use use, struct err *e)
{
	return load(use, false, e);
}

bool
qc_load_drafts(struct err *e)
{
	return load(RULES_ALL, true, e);
}

/* The catalogue is there all the same: it knows what identifies. */
bool
qc_load_for_profile(struct err *e)
{
	if (!qc.rules_only)
		return qc_load(RULES_OF_RECORDS, e);
	return load_catalogue(e) && load_identity(e) &&
	    make_plan(ruleset_new(qc_tables.catalogue, &qc_tables.faults), e);
}

bool
qc_load_names(struct err *e)
{
	if (!qc.rules_only && !load_catalogue(e))
		return qc_faulty(e);
	qc_tables.rules = ruleset_new(qc_tables.catalogue, &qc_tables.faults);
	return true;
}

const char *
qc_spill(void)
{
	const char *folder = qc.spill == NULL ? getenv("TMPDIR") : qc.spill;

	return folder == NULL ? "/tmp" : folder;
}

/* A slip of the pen in its name, or a rule that is not there. */
static void
tell_unread(const struct plan *p)
{
	for (size_t i = 0; i < qc.refs.count; i++) {
		const char *ref = qc.refs.items[i];
		struct slice name = { ref, strcspn(ref, "=") };
		struct buf line = { 0 };
		bool is_read = false;

		for (size_t k = 0; k < p->nreferences; k++)
			is_read =
			    is_read || slice_eq(p->references[k]->name, name);
		buf_addf(&line, "--ref '%s': no rule reads '%.*s'", ref,
		    (int)name.n, name.p);
		if (!is_read)
			tool_say(buf_string(&line));
		buf_release(&line);
	}
}

bool
qc_load_references(
    void (*note)(void *, const char *, const uint8_t[DIGEST_SIZE]), void *ctx,
    struct err *e)
{
	struct reference_options o = { .files = qc.refs.items,
		.folder = qc.ref_dir,
		.memory = qc.memory / 2,
		.spill = qc_spill(),
		.note = note,
		.ctx = ctx };

	if (!plan_load(qc_tables.plan, &o, e))
		return false;
	tell_unread(qc_tables.plan);
	return true;
}

void
qc_release(void)
{
	plan_free(qc_tables.plan);
	ruleset_free(qc_tables.rules);
	identity_free(qc_tables.identity);
	catalogue_free(qc_tables.catalogue);
	table_faults_release(&qc_tables.faults);
}

bool
qc_kind_from_name(void)
{
	if (qc.kind_from == NULL)
		return false;
	if (strcmp(qc.kind_from, "name") != 0)
		opt_misuse(
		    &qc_tool, "--kind-from: '%s' is not name", qc.kind_from);
	if (qc.kind[0] != '\0')
		opt_misuse(
		    &qc_tool, "--kind and --kind-from exclude each other");
	return true;
}

enum severity
qc_severity(const char *option, const char *text)
{
	enum severity s;

	if (!severity_named(slice_of(text), &s))
		opt_misuse(&qc_tool,
		    "--%s: '%s' is none of fatal, error, warn, info%s", option,
		    text, strcmp(option, "fail-on") == 0 ? ", never" : "");
	return s;
}

static const char *
what_fails(const struct summary *s, const struct rule_lines *l)
{
	if (l->why != NULL)
		return l->why;
	return arena_printf(s->arena, "%llu of %llu",
	    (unsigned long long)l->total.fail,
	    (unsigned long long)l->total.applicable);
}

bool
qc_within(const struct summary *s, struct err *e)
{
	const struct rule_lines *worst = NULL;
	size_t failing = 0;

	if (s->records == 0 && !qc.allow_empty)
		return err_data(e, "no_records",
		    "no record to check (--allow-empty if that is right)");
	if (strcmp(qc.fail_on, "never") != 0)
		worst = summary_worst(
		    s, qc_severity("fail-on", qc.fail_on), &failing);
	if (worst != NULL)
		return err_data(e, "rules_failed",
		    "%zu rule%s over the threshold, %llu of %llu records "
		    "fail; worst %.*s: %s, %.*s",
		    failing, failing == 1 ? " is" : "s are",
		    (unsigned long long)s->failing,
		    (unsigned long long)s->records, (int)worst->rule.n,
		    worst->rule.p, what_fails(s, worst), (int)worst->message.n,
		    worst->message.p);
	for (size_t i = 0; qc.fail_on_na && i < s->nrules; i++)
		if (rule_standing(&s->rules[i]) == STANDING_NA)
			return err_data(e, "rules_na",
			    "rule %.*s applied to nothing: %s",
			    (int)s->rules[i].rule.n, s->rules[i].rule.p,
			    rule_reason(&s->rules[i]));
	return true;
}

void
qc_say_surplus(const struct summary *s)
{
	uint64_t n = surplus_records(s);
	char text[160];

	if (n == 0)
		return;
	snprintf(text, sizeof(text),
	    "more groups than --max-groups %llu: %llu records count under "
	    "（其余）",
	    (unsigned long long)s->max_groups, (unsigned long long)n);
	tool_say(text);
}

void
qc_say_errors(const struct summary *s)
{
	const struct rule_lines *most = NULL;
	struct buf b = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < s->nrules; i++) {
		const struct rule_lines *l = &s->rules[i];

		n += l->total.error > 0;
		if (l->total.error > (most == NULL ? 0 : most->total.error))
			most = l;
	}
	if (most == NULL)
		return;
	buf_addf(&b,
	    "%zu rule%s could not be judged everywhere; most often %.*s: %llu "
	    "of %llu (mdx-qc explain --record FILE says why)",
	    n, n == 1 ? "" : "s", (int)most->rule.n, most->rule.p,
	    (unsigned long long)most->total.error,
	    (unsigned long long)most->total.applicable);
	tool_say(buf_string(&b));
	buf_release(&b);
}

bool
qc_put(const char *path, struct buf *b, struct err *e)
{
	bool ok = writer_put_file(path, buf_slice(b), e);

	buf_release(b);
	return ok;
}

bool
qc_put_summary(const struct summary *s, const char *path, struct err *e)
{
	struct buf b = { 0 };

	summary_put(s, &b);
	return qc_put(path, &b, e);
}

static const struct column kind_columns[] = {
	{ "kind", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "name_zh", NULL, 0 }, { NULL, NULL, 0 }
};

struct table *
qc_kinds(struct err *e)
{
	struct buf path = { 0 };
	struct table *t;

	buf_addf(&path, "%s/kinds.csv", tool_share());
	t = table_load(
	    buf_string(&path), kind_columns, TABLE_EXTRA, &qc_tables.faults, e);
	buf_release(&path);
	return t;
}

void
qc_note_table(void *run, const char *path, const uint8_t digest[DIGEST_SIZE])
{
	run_table(run, path, digest);
}

static void
note_file(struct run *run, const char *path)
{
	uint8_t digest[DIGEST_SIZE];
	struct err e = { 0 };
	struct buf b = { 0 };

	if (reader_slurp(path, 64 << 20, &b, &e)) {
		digest_bytes(b.p, b.n, digest);
		run_table(run, path, digest);
	}
	buf_release(&b);
}

/* The tables beside rule files, each once. */
static void
note_beside(struct run *run, const struct ruleset *s)
{
	struct index *seen = index_new();
	struct arena *a = arena_new();

	for (size_t i = 0; i < s->n; i++) {
		struct slice rest = s->rules[i]->arg, file;
		const char *path;
		bool fresh;

		if (!slice_next(&rest, ' ', &file) || file.n < 2 ||
		    file.p[0] != '@')
			continue;
		path = rule_beside(s->rules[i], file, a);
		index_add(seen, slice_of(path), &fresh);
		if (fresh)
			note_file(run, path);
	}
	arena_free(a);
	index_free(seen);
}

void
qc_note_tables(struct run *run)
{
	if (qc_tables.catalogue != NULL)
		catalogue_tables(qc_tables.catalogue, qc_note_table, run);
	for (size_t i = 0; i < qc_tables.rules->nfiles; i++)
		run_table(run, qc_tables.rules->files[i].path,
		    qc_tables.rules->files[i].digest);
	for (size_t i = 0; i < qc.schemas.count; i++)
		note_file(run, qc.schemas.items[i]);
	note_beside(run, qc_tables.rules);
}
