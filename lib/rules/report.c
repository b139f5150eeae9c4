#include "rules/report.h"

#include <stdlib.h>

#include "json/write.h"
#include "rules/cause.h"
#include "rules/surplus.h"

unsigned
report_grade(const struct report *o, unsigned score)
{
	return score >= o->good ? 0 : score >= o->fair ? 1 : 2;
}

const char *
grade_name_zh(unsigned grade)
{
	static const char *const names[] = { "甲", "乙", "丙" };

	return names[grade];
}

const char *
grade_name(unsigned grade)
{
	static const char *const names[] = { "A", "B", "C" };

	return names[grade];
}

static int
by_weight(const void *a, const void *b)
{
	const struct rule_lines *x = *(const struct rule_lines *const *)a;
	const struct rule_lines *y = *(const struct rule_lines *const *)b;

	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	if (x->total.fail != y->total.fail)
		return x->total.fail > y->total.fail ? -1 : 1;
	return slice_cmp(x->rule, y->rule);
}

const struct rule_lines **
report_failing(const struct summary *s, struct arena *a, size_t *n)
{
	const struct rule_lines **list =
	    arena_alloc(a, (s->nrules + 1) * sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < s->nrules; i++)
		if (s->rules[i].total.fail > 0 || s->rules[i].why != NULL)
			list[(*n)++] = &s->rules[i];
	if (*n > 1)
		qsort(list, *n, sizeof(struct rule_lines *), by_weight);
	return list;
}

void
report_put_passed(struct buf *b, const struct rule_lines *of)
{
	const struct count_line *l = &of->total;
	uint64_t bad = l->fail + l->error;

	if (of->stands != LEVEL_NONE && !slice_is(of->check, "rate"))
		return;

	/* A row that was joined more than once may count more than once. */
	put_percent(
	    b, bad < l->applicable ? l->applicable - bad : 0, l->applicable);
}

/* --- CSV ------------------------------------------------------------------- */

static struct slice
count_text(struct arena *a, uint64_t n)
{
	return slice_of(arena_printf(a, "%llu", (unsigned long long)n));
}

void
report_csv(const struct summary *s, const struct report *o, struct buf *b)
{
	struct arena *a = arena_new();
	struct buf passed = { 0 };

	(void)o;
	buf_adds(b,
	    "rule,kind,field,check,severity,n,applicable,fail,error,"
	    "waived,percent,max_fail,status,reason,message\n");
	for (size_t i = 0; i < s->nrules; i++) {
		const struct rule_lines *l = &s->rules[i];
		const struct count_line *c = &l->total;
		const char *why = rule_reason(l);

		buf_reset(&passed);
		report_put_passed(&passed, l);
		table_put_row(b,
		    (const struct slice[]){ l->rule, l->kind, l->field,
			l->check, slice_of(severity_name(l->severity)),
			count_text(a, c->n), count_text(a, c->applicable),
			count_text(a, c->fail), count_text(a, c->error),
			count_text(a, c->waived), buf_slice(&passed),
			l->max_fail, slice_of(standing_name(rule_standing(l))),
			slice_of(why == NULL ? "" : why), l->message },
		    15);
	}
	buf_release(&passed);
	arena_free(a);
}

/* --- JSON ------------------------------------------------------------------ */

static void
put_count(struct buf *b, const char *key, uint64_t n)
{
	json_put_key(b, key);
	json_put_uint(b, n);
}

static void
put_text(struct buf *b, const char *key, struct slice text)
{
	json_put_key(b, key);
	json_put_string(b, text);
}

static void
put_score(const struct summary *s, const struct report *o, struct buf *b)
{
	unsigned score = summary_score(s);
	size_t n[4];

	json_put_key(b, "score");
	if (s->records == 0)
		buf_adds(b, "null,\"grade\":null");
	else
		buf_addf(b, "%u.%02u,\"grade\":\"%s\"", score / 100,
		    score % 100, grade_name_zh(report_grade(o, score)));
	put_count(b, "failing", s->failing);
	summary_standings(s, n);
	buf_addf(b,
	    ",\"rules\":{\"pass\":%zu,\"fail\":%zu,\"na\":%zu,\"error\":%zu}",
	    n[0], n[1], n[2], n[3]);
}

void
report_own(const struct summary *s, const struct report *o,
    uint64_t quarantined, struct buf *b)
{
	struct arena *a = arena_new();
	size_t n, most = 5;
	const struct rule_lines **list = report_failing(s, a, &n);

	buf_addc(b, '{');
	put_score(s, o, b);
	put_count(b, "quarantined", quarantined);
	json_put_key(b, "worst");
	buf_addc(b, '[');
	for (size_t i = 0; i < n && most > 0; i++) {
		if (rule_standing(list[i]) != STANDING_FAIL)
			continue;
		json_put_comma(b);
		json_put_string(b, list[i]->rule);
		most--;
	}
	buf_adds(b, "]}");
	arena_free(a);
}

static void
put_rule(struct buf *b, const struct rule_lines *l)
{
	const struct count_line *c = &l->total;
	const char *why = rule_reason(l);

	json_put_comma(b);
	buf_adds(b, "{\"rule\":");
	json_put_string(b, l->rule);
	put_text(b, "kind", l->kind);
	put_text(b, "field", l->field);
	put_text(b, "check", l->check);
	put_text(b, "severity", slice_of(severity_name(l->severity)));
	put_count(b, "n", c->n);
	put_count(b, "applicable", c->applicable);
	put_count(b, "fail", c->fail);
	put_count(b, "error", c->error);
	put_count(b, "waived", c->waived);
	if (c->value.n > 0)
		put_text(b, "value", c->value);
	if (c->drift >= DRIFT_SMALL)
		buf_addf(b, ",\"psi\":%.4f", c->psi);
	json_put_key(b, "percent");
	buf_addc(b, '"');
	report_put_passed(b, l);
	buf_addc(b, '"');
	put_text(b, "max_fail", l->max_fail);
	put_text(b, "status", slice_of(standing_name(rule_standing(l))));
	if (why != NULL)
		put_text(b, "reason", slice_of(why));
	put_text(b, "message", l->message);
	buf_addc(b, '}');
}

void
report_json(const struct summary *s, const struct report *o, struct buf *b)
{
	buf_addc(b, '{');
	put_count(b, "records", s->records);
	put_count(b, "set_aside", s->set_aside);
	if (surplus_records(s) > 0)
		put_count(b, "surplus", surplus_records(s));
	put_score(s, o, b);
	json_put_key(b, "list");
	buf_addc(b, '[');
	for (size_t i = 0; i < s->nrules; i++)
		put_rule(b, &s->rules[i]);
	buf_adds(b, "]}\n");
}

/* --- Markdown -------------------------------------------------------------- */

static void
put_md(struct buf *b, struct slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (strchr("|\\`*_<[", text.p[i]) != NULL)
			buf_addc(b, '\\');
		buf_addc(b, text.p[i]);
	}
}

static void
put_md_head(
    const struct summary *s, const struct report *o, bool en, struct buf *b)
{
	unsigned score = summary_score(s), grade = report_grade(o, score);
	size_t n[4];

	summary_standings(s, n);
	buf_adds(b, en ? "# Quality of the data\n\n" : "# 数据质控报告\n\n");
	buf_addf(b,
	    en ? "%llu records, %llu of them fail, score %u.%02u (%s). %zu "
		 "rules: pass %zu, fail %zu, not applicable %zu, error %zu.\n\n"
	       : "%llu 条记录，%llu 条不合格，得分 %u.%02u（%s）。规则 %zu "
		 "条：合格 %zu，不合格 %zu，不适用 %zu，出错 %zu。\n\n",
	    (unsigned long long)s->records, (unsigned long long)s->failing,
	    score / 100, score % 100,
	    en ? grade_name(grade) : grade_name_zh(grade), s->nrules, n[0],
	    n[1], n[2], n[3]);
	if (surplus_records(s) > 0)
		buf_addf(b,
		    en ? "More than %llu groups: %llu records count under "
			 "（其余）.\n\n"
		       : "分组超过 %llu 个：%llu 条记录计入（其余）。\n\n",
		    (unsigned long long)s->max_groups,
		    (unsigned long long)surplus_records(s));
}

/* What else fails on the same records stands behind the message. */
static void
put_md_row(const struct cause *c, bool en, struct buf *b)
{
	const struct rule_lines *l = c->rules[0];

	buf_adds(b, "| ");
	put_md(b, l->rule);
	buf_addf(b, " | %s | %llu | %llu | ",
	    en ? severity_name(l->severity) : severity_name_zh(l->severity),
	    (unsigned long long)l->total.fail,
	    (unsigned long long)l->total.applicable);
	report_put_passed(b, l);
	buf_adds(b, " | ");
	put_md(b, en && l->message_en.n > 0 ? l->message_en : l->message);
	if (l->why != NULL) {
		buf_adds(b, " (");
		put_md(b, slice_of(l->why));
		buf_addc(b, ')');
	}
	for (size_t i = 1; i < c->n; i++) {
		buf_adds(b, i > 1 ? ", " : en ? "; also " : "；同因：");
		put_md(b, c->rules[i]->rule);
	}
	buf_adds(b, " |\n");
}

static void
put_md_table(const struct causes *c, bool doubtful, bool en, struct buf *b)
{
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		if ((c->list[i].doubt != DOUBT_NONE) != doubtful)
			continue;
		if (!any && doubtful)
			buf_adds(b,
			    en ? "\n## Check the rule itself first\n\n"
			       : "\n## 请先核对规则本身\n\n");
		if (!any)
			buf_addf(b, "| %s |\n|---|---|---:|---:|---:|---|\n",
			    en ? "rule | severity | fail | applicable | pass "
				 "rate | message"
			       : "规则 | 级别 | 不合格 | 适用 | 合格率 | 提示");
		any = true;
		put_md_row(&c->list[i], en, b);
	}
}

void
report_md(const struct summary *s, const struct report *o, struct buf *b)
{
	struct arena *a = arena_new();
	bool en = o->language == LANGUAGE_EN;
	struct parts departments;
	struct causes causes;

	parts_make(s, parts_key(s, false), a, &departments);
	causes_find(s, &departments, a, &causes);
	put_md_head(s, o, en, b);
	put_md_table(&causes, false, en, b);
	put_md_table(&causes, true, en, b);
	parts_release(&departments);
	arena_free(a);
}
