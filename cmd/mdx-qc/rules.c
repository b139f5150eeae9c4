#include "mdx-qc/qc.h"

#include <string.h>

#include "base/mem.h"
#include "io/reader.h"
#include "io/writer.h"
#include "rules/cases.h"
#include "rules/explain.h"
#include "rules/lint.h"
#include "rules/profile.h"

static const char *format = "ndjson", *record, *against;
static bool strict, generate;

const struct opt qc_rules_opts[] = { { OPT_TEXT, 0, "format", "NAME",
					 "rules: ndjson, csv, tsv",
					 "rules：ndjson csv tsv", &format },
	{ 0 } };

const struct opt qc_lint_opts[] = { { OPT_FLAG, 0, "strict", NULL,
					"lint: warnings count",
					"lint：警告也算", &strict },
	{ OPT_TEXT, 0, "against", "PROFILE",
	    "lint: fields are those of a profile", "lint：字段以此统计为准",
	    &against },
	{ 0 } };

const struct opt qc_test_opts[] = {
	{ OPT_FLAG, 0, "strict", NULL,
	    "test: each rule needs a good and a bad case",
	    "test：每条规则须有正例和反例", &strict },
	{ OPT_FLAG, 0, "generate", NULL, "test: write boundary cases",
	    "test：写出边界用例", &generate },
	{ 0 }
};

const struct opt qc_explain_opts[] = { { OPT_TEXT, 0, "record", "FILE",
					   "explain: why each verdict fell",
					   "explain：各项判定的缘由", &record },
	{ 0 } };

static const char *
output(void)
{
	return opt_common.run.output == NULL ? "-" : opt_common.run.output;
}

/* A rule file named as an operand would not be looked at. */
static void
no_operand(char **operands)
{
	if (operands[0] != NULL)
		opt_misuse(&qc_tool,
		    "'%s': this verb takes no operand; name rule files with -r",
		    operands[0]);
}

int
qc_rules(char **operands)
{
	char delimiter = strcmp(format, "tsv") == 0 ? '\t' : ',';
	bool lines = strcmp(format, "ndjson") == 0;
	struct buf b = { 0 };
	struct err e = { 0 };

	no_operand(operands);
	if (!lines && strcmp(format, "csv") != 0 && delimiter == ',')
		opt_misuse(&qc_tool,
		    "--format: '%s' is none of ndjson, csv, tsv", format);
	if (!qc_load(RULES_ALL, &e))
		return tool_fail(&e);
	if (!lines) {
		rule_put_header(delimiter, &b);
		buf_addc(&b, '\n');
	}
	for (size_t i = 0; i < qc_tables.rules->n; i++) {
		if (lines)
			rule_put_json(qc_tables.rules->rules[i], &b);
		else
			rule_put_row(qc_tables.rules->rules[i], delimiter, &b);
		buf_addc(&b, '\n');
	}
	qc_put(output(), &b, &e);
	return tool_fail(&e);
}

/* The tables that say what words mean, beside the catalogue. */
static bool
load_names(struct table **kinds, struct index *names, struct units **units,
    struct err *e)
{
	*kinds = qc_kinds(e);
	if (*kinds == NULL)
		return false;
	for (size_t i = 0; i < table_rows(*kinds); i++)
		index_add(names, table_cell(*kinds, i, 0), NULL);
	*units = units_load(tool_share(), NULL, &qc_tables.faults, e);
	return *units != NULL;
}

/* Kinds and fields of what was profiled. */
static bool
load_profile(struct index *kinds, struct index *fields, struct err *e)
{
	struct buf b = { 0 };
	bool ok = reader_slurp(against, 256 << 20, &b, e) &&
	    profile_fields(against, buf_slice(&b), kinds, fields, e);

	buf_release(&b);
	return ok;
}

int
qc_lint(char **operands)
{
	struct err e = { 0 };
	struct table *kinds = NULL;
	struct index *names = index_new(), *fields = index_new();
	struct index *seen = index_new();
	struct units *units = NULL;
	struct lint_count n = { 0, 0 };

	no_operand(operands);
	if (qc_load_drafts(&e) && load_names(&kinds, names, &units, &e) &&
	    (against == NULL || load_profile(seen, fields, &e)))
		n = lint_rules(qc_tables.plan,
		    &(struct lint_names){ names, units,
			against == NULL ? NULL : fields,
			against == NULL ? NULL : seen },
		    &qc_tables.faults);
	if (e.kind == ERR_NONE)
		table_faults_say(&qc_tables.faults, tool_say);
	if (n.faults > 0 || (strict && n.warnings > 0))
		err_set(&e, ERR_USAGE,
		    "%zu fault%s and %zu warning%s in %zu rule%s", n.faults,
		    n.faults == 1 ? "" : "s", n.warnings,
		    n.warnings == 1 ? "" : "s", qc_tables.rules->n,
		    qc_tables.rules->n == 1 ? "" : "s");
	table_free(kinds);
	units_free(units);
	index_free(names);
	index_free(fields);
	index_free(seen);
	return tool_fail(&e);
}

static int
write_cases(void)
{
	struct buf b = { 0 }, without = { 0 }, line = { 0 };
	struct bench *bench;
	struct err e = { 0 };
	size_t lacking;

	if (qc_load(RULES_OF_RECORDS, &e)) {
		bench = bench_new(qc_tables.plan, qc.memory, qc_spill());
		lacking = cases_generate(qc_tables.plan, bench, &b, &without);
		bench_free(bench);
		if (qc_put(output(), &b, &e) && lacking > 0) {
			buf_addf(&line,
			    "%zu rule%s lack%s a good or a bad case, to be "
			    "written by hand: %s",
			    lacking, lacking == 1 ? "" : "s",
			    lacking == 1 ? "s" : "", buf_string(&without));
			tool_say(buf_string(&line));
		}
	}
	buf_release(&b);
	buf_release(&without);
	buf_release(&line);
	return tool_fail(&e);
}

int
qc_test(char **operands)
{
	struct err e = { 0 };
	struct buf b = { 0 };
	struct bench *bench;
	struct cases *c;
	size_t number, failed;
	bool ok = true;

	if (generate)
		return write_cases();
	if (operands[0] == NULL)
		opt_misuse(&qc_tool, "test needs a file of cases");
	if (!qc_load(RULES_OF_RECORDS, &e) ||
	    !qc_load_references(NULL, NULL, &e))
		return tool_fail(&e);
	bench = bench_new(qc_tables.plan, qc.memory, qc_spill());
	c = cases_new(qc_tables.plan, bench, slice_of(qc.kind));
	for (; ok && *operands != NULL; operands++) {
		struct buf text = { 0 };

		ok = reader_slurp(*operands, 64 << 20, &text, &e) &&
		    cases_run(c, *operands, buf_slice(&text), &b, &e);
		buf_release(&text);
	}
	if (strict)
		cases_demand_both(c, &b);
	number = cases_count(c, &failed);
	cases_free(c);
	bench_free(bench);
	buf_addf(&b, "1..%zu\n", number);
	if (ok && qc_put(output(), &b, &e) && failed > 0)
		err_data(&e, "cases_failed", "%zu of %zu cases fail", failed,
		    number);
	buf_release(&b);
	return tool_fail(&e);
}

/* A record a line, or one over the whole file. */
static bool
explain_file(const char *path, struct buf *to, struct err *e)
{
	struct bench *bench = bench_new(qc_tables.plan, qc.memory, qc_spill());
	struct buf text = { 0 };
	struct slice rest, line, kind = slice_of(qc.kind);
	struct err why = { 0 };
	unsigned long number = 0;
	bool ok = reader_slurp(path, 16 << 20, &text, e);

	rest = buf_slice(&text);
	line = slice_trim(rest);
	if (ok && line.n == 0)
		ok = err_data(e, "no_records", "%s: there is no record", path);
	if (ok && explain_record(qc_tables.plan, bench, line, kind, to, &why))
		rest.n = 0;
	while (ok && slice_next(&rest, '\n', &line)) {
		number++;
		line = slice_trim(line);
		if (line.n == 0)
			continue;
		buf_addf(
		    to, "%s# %s:%lu\n", to->n > 0 ? "\n" : "", path, number);
		ok = explain_record(qc_tables.plan, bench, line, kind, to, e) ||
		    err_wrap(e, "%s:%lu", path, number);
	}
	buf_release(&text);
	bench_free(bench);
	return ok;
}

int
qc_explain(char **operands)
{
	struct err e = { 0 };
	struct buf b = { 0 }, ids = { 0 };
	bool ok = true;

	for (char **o = operands; *o != NULL; o++)
		buf_addf(&ids, "%s%s", ids.n > 0 ? "," : "", *o);
	if (ids.n > 0 && qc.only != NULL)
		opt_misuse(
		    &qc_tool, "--only and ids as operands exclude each other");
	if (ids.n > 0)
		qc.only = mem_string(ids.p, ids.n);
	buf_release(&ids);
	if (!qc_load(record == NULL ? RULES_ALL : RULES_OF_RECORDS, &e))
		return tool_fail(&e);
	if (record != NULL)
		ok = qc_load_references(NULL, NULL, &e) &&
		    explain_file(record, &b, &e);
	else
		for (size_t i = 0; i < qc_tables.rules->n; i++)
			explain_rule(qc_tables.plan, i, &b);
	if (ok)
		qc_put(output(), &b, &e);
	buf_release(&b);
	return tool_fail(&e);
}
