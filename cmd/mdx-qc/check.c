#include "mdx-qc/qc.h"

#include <string.h>

#include "rules/pass.h"

#define SAMPLES 5

static const char *annotate, *quarantine, *quarantine_at; /* NULL: default */
static const char *summary_path, *shard;
static uint64_t samples = SAMPLES;

const struct opt qc_check_opts[] = { { OPT_LIST, 0, "ref", "NAME=FILE",
					 "a reference that rules read",
					 "规则引用的数据", &qc.refs },
	{ OPT_TEXT, 0, "ref-dir", "DIR", "folder of NAME.ndjson, NAME.csv",
	    "引用数据所在目录", &qc.ref_dir },
	{ OPT_SIZE, 0, "memory", "SIZE", "for keys and references (1G)",
	    "键与引用数据的内存上限（1G）", &qc.memory },
	{ OPT_TEXT, 0, "spill", "DIR", "keys beyond that ($TMPDIR)",
	    "超出部分的目录（$TMPDIR）", &qc.spill },
	{ OPT_FLAG, 0, "no-output", NULL, "count, write no record",
	    "只统计，不输出记录", &opt_common.run.no_output },
	{ OPT_TEXT, 0, "annotate", "fail|none", "mark records (fail)",
	    "标注不合格记录（fail）", &annotate },
	{ OPT_TEXT, 0, "quarantine", "FILE", "failing records go here",
	    "不合格记录另存于此", &quarantine },
	{ OPT_TEXT, 0, "quarantine-at", "SEV", "at this severity (error)",
	    "达到此级别即隔离（error）", &quarantine_at },
	{ OPT_TEXT, 0, "summary", "FILE", "the mergeable account",
	    "可合并的统计", &summary_path },
	{ OPT_TEXT, 0, "state", "DIR", "keys of shards, for merge",
	    "分片的键，供 merge 使用", &qc.state },
	{ OPT_TEXT, 0, "shard", "NAME", "name of this shard", "分片名称",
	    &shard },
	{ OPT_NUMBER, 0, "samples", "N", "examples a rule and group (5)",
	    "每规则每组的例子数（5）", &samples },
	{ 0 } };

void
qc_refuse_of_check(const char *verb)
{
	const struct {
		const char *name;
		bool given;
	} of[] = { { "no-output", opt_common.run.no_output },
		{ "annotate", annotate != NULL },
		{ "quarantine", quarantine != NULL },
		{ "quarantine-at", quarantine_at != NULL },
		{ "summary", summary_path != NULL }, { "shard", shard != NULL },
		{ "samples", samples != SAMPLES } };

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (of[i].given)
			opt_misuse(&qc_tool, "--%s is for check, not for %s",
			    of[i].name, verb);
}

static bool
is_annotating(void)
{
	bool fail = annotate == NULL || strcmp(annotate, "fail") == 0;

	if (!fail && strcmp(annotate, "none") != 0)
		opt_misuse(&qc_tool, "--annotate is fail or none");
	return fail;
}

/* An input without a record is there all the same. */
static void
tell_streams(struct summary *s, const struct pass *pass, char **operands)
{
	struct index *kinds = index_new();

	if (operands[0] == NULL)
		index_add(kinds, pass->kind, NULL);
	for (; *operands != NULL; operands++)
		index_add(kinds, pass_kind(pass, *operands), NULL);
	summary_streams(s, kinds);
	index_free(kinds);
}

/*
 * The account is written before the output is: whoever reads the output finds
 * it.  The quarantine comes first of all, and goes again if the output fails.
 */
static void
conclude(struct run *run, struct pass *pass, char **operands, bool whole)
{
	struct summary *s = tally_summary(pass->tally, shard);
	const struct report defaults = REPORT_DEFAULTS;
	struct err e = { 0 };
	struct buf b = { 0 };

	/* Who was told to end does not first settle the keys of the night. */
	if (tool_stop()->signal == 0 &&
	    !pass_settle(pass, s, whole ? qc.state : NULL, &e)) {
		run_fail(run, &e);
		whole = false;
	}
	tell_streams(s, pass, operands);
	s->complete = whole && run_status(run) <= (int)ERR_DATA;
	s->set_aside = run_set_aside_count(run);
	qc_say_surplus(s);
	qc_say_errors(s);
	if (pass->quarantine != NULL && whole &&
	    !writer_commit(pass->quarantine, &e))
		run_fail(run, &e);
	if (summary_path != NULL && !qc_put_summary(s, summary_path, &e))
		run_fail(run, &e);
	report_own(s, &defaults, pass->quarantined, &b);
	run_own(run, buf_slice(&b));
	/* Where an input is not there, that is what is to be said. */
	if (whole && run_status(run) <= (int)ERR_DATA && !qc_within(s, &e))
		run_refuse(run, &e);
	buf_release(&b);
	summary_free(s);
}

int
qc_check(char **operands)
{
	struct err e = { 0 };
	struct run *run = NULL;
	struct stage stage;
	struct pass pass = { .kind = slice_of(qc.kind),
		.kind_from_name = qc_kind_from_name(),
		.annotate = is_annotating(),
		.no_output = opt_common.run.no_output,
		.quarantine_at = qc_severity("quarantine-at",
		    quarantine_at == NULL ? "error" : quarantine_at),
		.digest =
		    (summary_path != NULL || qc.state != NULL) && shard == NULL,
		.samples = samples,
		.groups = qc.max_groups,
		.jobs = opt_common.run.jobs };
	const char *const files[][2] = { { "--quarantine", quarantine },
		{ "--summary", summary_path } };
	bool whole;
	int status;

	if (strcmp(qc.fail_on, "never") != 0)
		qc_severity("fail-on", qc.fail_on);
	if (qc.state != NULL && summary_path == NULL)
		opt_misuse(
		    &qc_tool, "--state: keys are of no use without --summary");
	if (!qc_load(RULES_OF_RECORDS, &e))
		return tool_fail(&e);
	pass.plan = qc_tables.plan;
	if (!run_all_apart(&opt_common.run, files, 2, operands, &e))
		return tool_fail(&e);
	if (quarantine != NULL) {
		pass.quarantine = writer_open(quarantine, &e);
		if (pass.quarantine == NULL)
			return tool_fail(&e);
	}
	run = run_open(&opt_common.run, &e);
	if (run == NULL || !qc_load_references(qc_note_table, run, &e)) {
		run_free(run);
		writer_free(pass.quarantine);
		return tool_fail(&e);
	}
	qc_note_tables(run);
	pass.spill = qc_spill();
	pass.memory =
	    qc_tables.plan->nreferences > 0 ? qc.memory / 2 : qc.memory;
	pass_start(&pass, &stage);
	whole = flow_run(run, operands, &stage, &e);
	whole = whole && tool_stop()->signal == 0;
	conclude(run, &pass, operands, whole);
	e.text[0] = '\0';
	status = run_end(run, &e);
	if (status == 4 && pass.quarantine != NULL)
		writer_withdraw(pass.quarantine);
	writer_free(pass.quarantine);
	pass_release(&pass);
	run_free(run);
	return tool_end(status, &e);
}
