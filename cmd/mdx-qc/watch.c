#include "mdx-qc/qc.h"

#include "json/write.h"
#include "rules/watch.h"

static const char *time_member = "time", *value_member = "value";
static const char *series = "bed,item", *lateness = "0s", *idle = "1h";
static const char *alerts, *state;
static bool live;
static uint64_t max_series = 100000;

const struct opt qc_watch_opts[] = { { OPT_TEXT, 0, "time", "M",
					 "member with the time (time)",
					 "时间字段（time）", &time_member },
	{ OPT_TEXT, 0, "value", "M", "member with the number (value)",
	    "数值字段（value）", &value_member },
	{ OPT_TEXT, 0, "series", "M,...",
	    "members that name a series (bed,item)",
	    "区分序列的字段（bed,item）", &series },
	{ OPT_FLAG, 0, "live", NULL, "gaps by the machine's clock, too",
	    "同时按本机时钟判断中断", &live },
	{ OPT_TEXT, 0, "lateness", "D", "wait so long for late samples (0s)",
	    "等待迟到样本的时间（0s）", &lateness },
	{ OPT_TEXT, 0, "idle", "D", "forget a series that is silent (1h)",
	    "序列静默多久后遗忘（1h）", &idle },
	{ OPT_NUMBER, 0, "max-series", "N", "most series at once (100000)",
	    "同时序列上限（100000）", &max_series, 1, 100000000 },
	{ OPT_TEXT, 0, "alerts", "FILE", "alerts here, the records go on",
	    "警报写入此文件，记录照常输出", &alerts },
	{ OPT_TEXT, 0, "state", "FILE",
	    "what is open and the windows, for a restart",
	    "保存未结束的警报与窗口，供重启", &state },
	{ 0 } };

static int64_t
duration(const char *option, const char *text)
{
	long long seconds = 0;

	if (strcmp(text, "0") != 0 && !expr_duration(slice_of(text), &seconds))
		opt_misuse(&qc_tool,
		    "--%s: '%s' is no duration such as 30s, 5m, 1h", option,
		    text);
	return seconds * FIXED_ONE;
}

static void
put_own(struct run *run, const struct watch_counts *c)
{
	const struct {
		const char *name;
		uint64_t n;
	} rows[] = { { "samples", c->samples }, { "unusable", c->unusable },
		{ "late", c->late }, { "clock_ahead", c->ahead },
		{ "series", c->series }, { "forgotten", c->forgotten },
		{ "opened", c->opened }, { "closed", c->closed } };
	struct buf b = { 0 };

	buf_addc(&b, '{');
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_put_key(&b, rows[i].name);
		json_put_uint(&b, rows[i].n);
	}
	buf_addc(&b, '}');
	run_own(run, buf_slice(&b));
	buf_release(&b);
}

static struct writer *
open_alerts(struct err *e)
{
	return live ? writer_open_append(alerts, e) : writer_open(alerts, e);
}

static int
run_watch(
    struct watch *w, struct watch_options *o, char **operands, struct err *e)
{
	struct run *run = run_open(&opt_common.run, e);
	struct stage stage;
	struct err why = { 0 };
	bool whole;
	int status;

	if (run == NULL)
		return tool_fail(e);
	qc_note_tables(run);
	watch_stage(w, &stage);
	whole = flow_run(run, operands, &stage, e);
	if (o->alerts != NULL && (whole || live) &&
	    !writer_commit(o->alerts, &why))
		run_fail(run, &why);
	put_own(run, watch_counts(w));
	e->text[0] = '\0';
	status = run_end(run, e);
	run_free(run);
	if (o->state != NULL && (status <= (int)ERR_DATA || (live && whole)) &&
	    !watch_save(w, e))
		status = (int)e->kind;
	return tool_end(status, e);
}

int
qc_watch(char **operands)
{
	struct err e = { 0 };
	struct watch_options o = { .time = time_member,
		.value = value_member,
		.series = series,
		.live = live,
		.lateness = duration("lateness", lateness),
		.idle = duration("idle", idle),
		.max_series = max_series,
		.state = state,
		.kind = slice_of(qc.kind),
		.say = opt_common.run.say };
	const char *const files[][2] = { { "--alerts", alerts },
		{ "--state", state } };
	struct watch *w;
	int status;

	if (o.idle == 0)
		opt_misuse(&qc_tool, "--idle: a duration such as 1h");
	opt_common.run.stream = live;
	if (!qc_load(RULES_OF_SERIES, &e) ||
	    !run_all_apart(&opt_common.run, files, 2, operands, &e))
		return tool_fail(&e);
	w = watch_new(qc_tables.plan, &o, &e);
	if (w == NULL ||
	    (alerts != NULL && (o.alerts = open_alerts(&e)) == NULL)) {
		watch_free(w);
		return tool_fail(&e);
	}
	status = run_watch(w, &o, operands, &e);
	writer_free(o.alerts);
	watch_free(w);
	return status;
}
