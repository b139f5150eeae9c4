#include "mdx-qc/qc.h"

#include <stdio.h>
#include <string.h>

#include "rules/profile.h"

static bool suggest;
static uint64_t min_count = 5;

const struct opt qc_profile_opts[] = {
	{ OPT_FLAG, 0, "suggest", NULL, "profile: draft rules instead (CSV)",
	    "profile：改为输出规则草稿（CSV）", &suggest },
	{ OPT_NUMBER, 0, "min-count", "N", "profile: nothing rarer is told (5)",
	    "profile：更少见的不输出（5）", &min_count },
	{ 0 }
};

static void
say(const char *what, uint64_t n)
{
	char text[160];

	snprintf(text, sizeof(text), what, (unsigned long long)n);
	tool_say(text);
}

/* Who lints the draft is told the kinds by the profile alone. */
static void
say_unknown_kinds(const struct profile *p, struct err *e)
{
	struct table *known = qc_kinds(e);
	struct buf b = { 0 };

	for (size_t i = 0; known != NULL && i < profile_kinds(p); i++) {
		uint64_t records;
		struct slice kind = profile_kind(p, i, &records);
		bool found = kind.n == 0 || records < min_count;

		for (size_t k = 0; !found && k < table_rows(known); k++)
			found = slice_eq(table_cell(known, k, 0), kind);
		if (!found)
			buf_addf(&b, "%s'%.*s'", b.n > 0 ? ", " : "",
			    (int)kind.n, kind.p);
	}
	if (b.n > 0) {
		buf_adds(&b,
		    ": no known kind; lint the draft --against the "
		    "profile");
		tool_say(buf_string(&b));
	}
	buf_release(&b);
	table_free(known);
}

static bool
put(struct run *run, struct profile *p, const struct deid_words *words,
    const char *to, struct err *e)
{
	struct profile_options o = { .least = min_count,
		.set_aside = run_set_aside_count(run),
		.words = words,
		.complete = run_status(run) <= (int)ERR_DATA &&
		    tool_stop()->signal == 0 };
	struct buf b = { 0 };

	if (!profile_fits(p, e))
		return false;
	if (profile_surplus(p) > 0)
		say("more groups than --max-groups: %llu records count under "
		    "（其余）",
		    profile_surplus(p));
	profile_hide_groups(p, min_count);
	if (profile_records(p) < min_count)
		say("%llu records: nothing is told of so few (--min-count)",
		    profile_records(p));
	if (suggest && !o.complete) {
		tool_say("no draft: not all of the input was read");
		return true;
	}
	if (suggest) {
		profile_suggest(p, &o, &b);
		say_unknown_kinds(p, e);
	} else {
		profile_put(p, &o, &b);
	}
	return qc_put(to, &b, e);
}

int
qc_profile(char **operands)
{
	struct run_options *o = &opt_common.run;
	const char *to = o->output == NULL ? "-" : o->output;
	const char *const files[][2] = { { "--output", o->output } };
	bool named = qc_kind_from_name(), whole;
	struct deid_words *words;
	struct err e = { 0 };
	struct profile *p;
	struct stage stage;
	struct run *run;
	int status;

	if (min_count < 1)
		opt_misuse(&qc_tool, "--min-count is at least 1");
	o->output = NULL;
	o->no_output = true;
	if (!qc_load_for_profile(&e) ||
	    !run_all_apart(o, files, 1, operands, &e))
		return tool_fail(&e);
	words = words_load(tool_share(), &qc_tables.faults, &e);
	run = words == NULL ? NULL : run_open(o, &e);
	if (run == NULL) {
		words_free(words);
		qc_faulty(&e);
		return tool_fail(&e);
	}
	p = profile_new(qc_tables.plan, qc.max_groups);
	profile_start(p, slice_of(qc.kind), named, &stage);
	whole = flow_run(run, operands, &stage, &e);
	if (whole && profile_records(p) == 0 && !qc.allow_empty) {
		err_data(&e, "no_records",
		    "no record to look at (--allow-empty if that is right)");
		run_refuse(run, &e);
	}
	if (whole && !put(run, p, words, to, &e))
		run_fail(run, &e);
	e.text[0] = '\0';
	status = run_end(run, &e);
	profile_free(p);
	words_free(words);
	run_free(run);
	return tool_end(status, &e);
}
