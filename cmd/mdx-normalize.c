/*
 * mdx-normalize - one name, one code, one unit: records through map.csv.  See
 * mdx-normalize(1).
 */
#include <stdlib.h>

#include "base/date.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "io/writer.h"
#include "mapping/tables.h"
#include "mapping/work.h"
#include "record/flow.h"

static const char *terms_folder, *systems, *review_path, *max_unmapped, *zone;
static struct opt_list maps, approved;

static const struct opt opts[] = {
	{ OPT_TEXT, 0, "terms", "DIR", "the hospital's terms ($MDX_TERMS)",
	    "医院术语目录（$MDX_TERMS）", &terms_folder },
	{ OPT_LIST, 0, "map", "FILE", "one more map.csv, asked first",
	    "追加字段映射表，优先使用", &maps },
	{ OPT_LIST, 0, "approved", "FILE", "one more table of mappings",
	    "追加已审术语映射表", &approved },
	{ OPT_TEXT, 0, "systems", "S,S...", "systems of codes to write",
	    "要写出的编码体系", &systems },
	{ OPT_TEXT, 0, "review", "FILE", "write the terms to be decided",
	    "写出待审术语表", &review_path },
	{ OPT_TEXT, 0, "max-unmapped", "N|P%", "more unsolved terms: exit 1",
	    "未映射超过此数则退出码为 1", &max_unmapped },
	{ OPT_TEXT, 0, "tz", "OFFSET", "zone behind date-times, as +08:00",
	    "写在日期时间后的时区，如 +08:00", &zone },
	{ 0 }
};

static const char *const usage[] = { "[OPTION]... [INPUT]...", NULL };

static const struct tool tool = { "mdx-normalize",
	"one name, one code, one unit", "统一名称、编码和单位", usage, NULL,
	opts, 0 };

/* The limit of --max-unmapped: a number, or a share of the coded values. */
struct limit {
	bool given, percent;
	unsigned long long n;
};

static struct limit
read_limit(void)
{
	struct limit l = { .given = max_unmapped != NULL };
	struct slice s = slice_of(max_unmapped);

	if (!l.given)
		return l;
	l.percent = s.n > 0 && s.p[s.n - 1] == '%';
	s.n -= l.percent;
	if (!slice_number(s, &l.n) || (l.percent && l.n > 100))
		opt_misuse(&tool,
		    "--max-unmapped: '%s' is neither a number nor a share "
		    "such as 5%%",
		    max_unmapped);
	return l;
}

static int
read_zone(void)
{
	struct err e = { 0 };
	int minutes = DATE_NO_ZONE;

	if (zone != NULL && !date_parse_zone(slice_of(zone), &minutes, &e))
		opt_misuse(
		    &tool, "--tz: '%s' is no offset such as +08:00", zone);
	return minutes;
}

/* Over the limit the answer is no, though every record has passed. */
static void
judge(struct run *run, const struct work *work, const struct limit *l)
{
	struct err e = { 0 };
	uint64_t all, unsolved;

	work_coded(work, &all, &unsolved);
	if (!l->given ||
	    (l->percent ? unsolved * 100 <= l->n * all : unsolved <= l->n))
		return;
	err_data(&e, "unmapped",
	    "%llu of %llu coded values are unsolved, more than %s allows "
	    "(--review FILE lists them)",
	    (unsigned long long)unsolved, (unsigned long long)all,
	    max_unmapped);
	run_refuse(run, &e);
}

static void
finish(struct run *run, const struct work *work, const struct limit *l)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	work_report(work, &b);
	run_own(run, buf_slice(&b));
	judge(run, work, l);
	if (review_path != NULL) {
		buf_reset(&b);
		work_review(work, &b);
		if (!writer_put_file(review_path, buf_slice(&b), &e))
			run_fail(run, &e);
	}
	buf_release(&b);
}

static int
filter(char **operands, const struct tables *tables, struct err *e)
{
	struct work work = { .tables = tables,
		.normalizer = { .map = tables->map,
		    .terms = tables->terms,
		    .units = tables->units,
		    .zone = read_zone(),
		    .review = review_path != NULL } };
	struct limit limit = read_limit();
	struct stage stage = work_stage(&work);
	struct run *run = run_open(&opt_common.run, e);
	int status;

	if (run == NULL)
		return (int)e->kind;
	tables_report(tables, run);
	flow_run(run, operands, &stage, e);
	finish(run, &work, &limit);
	status = run_end(run, e);
	run_free(run);
	work_release(&work);
	return status;
}

int
main(int argc, char *argv[])
{
	char **operands = opt_parse(&tool, argc, argv, NULL);
	struct err e = { 0 };
	struct tables_options o = { .share = tool_share(),
		.packs = opt_common.packs.items,
		.maps = maps.items,
		.approved = approved.items,
		.systems = systems };
	struct tables *tables;
	int status;

	tool_start(&tool);
	o.terms = terms_folder != NULL ? terms_folder : getenv("MDX_TERMS");
	tables = tables_load(&o, tool_say, &e);
	if (tables == NULL)
		return tool_fail(&e);
	status = filter(operands, tables, &e);
	tables_free(tables);
	return tool_end(status, &e);
}
