#include "rules/report.h"

#include <stdlib.h>

#include "base/hash.h"
#include "json/write.h"

char
report_grade(const struct summary *s)
{
	unsigned score = summary_score(s);

	return score >= 9000 ? 'A' : score >= 7500 ? 'B' : 'C';
}

/* --- coverage ---------------------------------------------------------------------- */

static int
by_text(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

/* The groups; without --by the one over everything. */
static void
find_rows(const struct summary *s, const struct slice *kind, struct arena *a,
    struct coverage *c)
{
	struct index *seen = index_new();

	c->rows = arena_alloc(a, (s->nfields + 1) * sizeof(*c->rows));
	for (size_t i = 0; i < s->nfields; i++) {
		struct slice by = s->fields[i].by;
		bool fresh;

		if ((s->nby > 0 && slice_is(by, "{}")) ||
		    (kind != NULL && !slice_eq(s->fields[i].kind, *kind)))
			continue;
		index_add(seen, by, &fresh);
		if (fresh)
			c->rows[c->nrows++] = by;
	}
	index_free(seen);
	if (c->nrows > 1)
		qsort(c->rows, c->nrows, sizeof(*c->rows), by_text);
	if (s->nby > 0 && c->nrows > 0)
		c->rows[c->nrows++] = SLICE("{}");
}

static long
find(const struct slice *list, size_t n, struct slice what)
{
	for (size_t i = 0; i < n; i++)
		if (slice_eq(list[i], what))
			return (long)i;
	return -1;
}

/* In the order of the rules, which is that of the catalogue. */
static void
find_columns(const struct summary *s, const struct slice *kind, struct arena *a,
    struct coverage *c)
{
	struct index *there = index_new(), *seen = index_new();

	c->columns = arena_alloc(a, (s->nrules + 1) * sizeof(*c->columns));
	c->titles = arena_alloc(a, (s->nrules + 1) * sizeof(*c->titles));
	for (size_t i = 0; i < s->nfields; i++)
		if (kind == NULL || slice_eq(s->fields[i].kind, *kind))
			index_add(there, s->fields[i].field, NULL);
	for (size_t i = 0; i < s->nrules; i++) {
		const struct rule_lines *l = &s->rules[i];
		bool fresh;

		if (index_find(there, l->field) < 0 ||
		    (!slice_is(l->check, "complete") &&
			!slice_is(l->check, "required")))
			continue;
		index_add(seen, l->field, &fresh);
		if (!fresh)
			continue;
		c->columns[c->ncolumns] = l->field;
		c->titles[c->ncolumns++] = l->title.n > 0 ? l->title : l->field;
	}
	index_free(there);
	index_free(seen);
}

void
coverage_make(const struct summary *s, const struct slice *kind,
    struct arena *a, struct coverage *c)
{
	struct index *rows = index_new();

	*c = (struct coverage){ 0 };
	find_rows(s, kind, a, c);
	find_columns(s, kind, a, c);
	c->cells =
	    arena_zalloc(a, (c->nrows * c->ncolumns + 1) * sizeof(*c->cells));
	for (size_t i = 0; i < c->nrows; i++)
		index_add(rows, c->rows[i], NULL);
	for (size_t i = 0; i < s->nfields; i++) {
		const struct field_line *f = &s->fields[i];
		long row = index_find(rows, f->by);
		long column = find(c->columns, c->ncolumns, f->field);
		struct coverage_cell *cell;

		if (row < 0 || column < 0 ||
		    (kind != NULL && !slice_eq(f->kind, *kind)))
			continue;
		cell = &c->cells[(size_t)row * c->ncolumns + (size_t)column];
		cell->n += f->n;
		cell->there += f->counts[VALUE_THERE];
	}
	index_free(rows);
}

void
report_put_group(struct slice by, struct arena *a, struct buf *to)
{
	struct json_walk walk = json_enter(json_of(by));
	struct json v;
	struct slice key;
	size_t n = 0;

	while (json_next_member(&walk, &key, &v)) {
		if (n++ > 0)
			buf_adds(to, " · ");
		if (v.type == JSON_NULL)
			buf_adds(to, "（缺失）");
		else
			buf_add_slice(to, json_text(v, a));
	}
	if (n == 0)
		buf_adds(to, "全部");
}

/* --- CSV ------------------------------------------------------------------------------ */

static void
put_cell(struct buf *b, struct slice text)
{
	bool quote = false;

	for (size_t i = 0; i < text.n; i++)
		quote = quote || strchr(",\"\r\n", text.p[i]) != NULL;
	if (!quote) {
		buf_add_slice(b, text);
		return;
	}
	buf_addc(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, text.p[i]);
	}
	buf_addc(b, '"');
}

static void
put_count(struct buf *b, uint64_t n)
{
	buf_addf(b, ",%llu", (unsigned long long)n);
}

/* The share of the good among those that could be judged. */
static void
put_passed(struct buf *b, const struct count_line *l)
{
	put_percent(b, l->applicable - l->fail - l->error, l->applicable);
}

void
report_csv(const struct summary *s, struct buf *b)
{
	buf_adds(b,
	    "rule,kind,field,check,severity,n,applicable,fail,error,"
	    "waived,percent,max_fail,status,reason,message\n");
	for (size_t i = 0; i < s->nrules; i++) {
		const struct rule_lines *l = &s->rules[i];
		const struct slice front[] = { l->rule, l->kind, l->field,
			l->check };
		const char *why = rule_reason(l);

		for (size_t k = 0; k < 4; k++) {
			put_cell(b, front[k]);
			buf_addc(b, ',');
		}
		buf_adds(b, severity_name(l->severity));
		put_count(b, l->total.n);
		put_count(b, l->total.applicable);
		put_count(b, l->total.fail);
		put_count(b, l->total.error);
		buf_adds(b, ",0,");
		put_passed(b, &l->total);
		buf_addc(b, ',');
		buf_add_slice(b, l->max_fail);
		buf_addf(b, ",%s,%s,", standing_name(rule_standing(l)),
		    why == NULL ? "" : why);
		put_cell(b, l->message);
		buf_addc(b, '\n');
	}
}

void
report_coverage(const struct summary *s, struct buf *b)
{
	struct arena *a = arena_new();
	struct coverage c;
	struct buf text = { 0 };

	coverage_make(s, NULL, a, &c);
	buf_adds(b, "组");
	for (size_t i = 0; i < c.ncolumns; i++) {
		buf_addc(b, ',');
		put_cell(b, c.titles[i]);
	}
	buf_addc(b, '\n');
	for (size_t r = 0; r < c.nrows; r++) {
		buf_reset(&text);
		report_put_group(c.rows[r], a, &text);
		put_cell(b, buf_slice(&text));
		for (size_t i = 0; i < c.ncolumns; i++) {
			buf_addc(b, ',');
			put_percent(b, c.cells[r * c.ncolumns + i].there,
			    c.cells[r * c.ncolumns + i].n);
		}
		buf_addc(b, '\n');
	}
	buf_release(&text);
	arena_free(a);
}

/* --- JSON ------------------------------------------------------------------------------ */

static void
count_standings(const struct summary *s, size_t n[4])
{
	memset(n, 0, 4 * sizeof(*n));
	for (size_t i = 0; i < s->nrules; i++)
		n[rule_standing(&s->rules[i])]++;
}

static void
put_score(const struct summary *s, struct buf *b)
{
	unsigned score = summary_score(s);
	size_t n[4];

	json_put_key(b, "score");
	if (s->records == 0)
		buf_adds(b, "null,\"grade\":null");
	else
		buf_addf(b, "%u.%02u,\"grade\":\"%c\"", score / 100,
		    score % 100, report_grade(s));
	json_put_key(b, "failing");
	json_put_uint(b, s->failing);
	count_standings(s, n);
	buf_addf(b,
	    ",\"rules\":{\"pass\":%zu,\"fail\":%zu,\"na\":%zu,\"error\":%zu}",
	    n[0], n[1], n[2], n[3]);
}

static int
by_fail(const void *a, const void *b)
{
	const struct rule_lines *x = *(const struct rule_lines *const *)a;
	const struct rule_lines *y = *(const struct rule_lines *const *)b;

	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	if (x->total.fail != y->total.fail)
		return x->total.fail > y->total.fail ? -1 : 1;
	return slice_cmp(x->rule, y->rule);
}

void
report_own(const struct summary *s, uint64_t quarantined, struct buf *b)
{
	const struct rule_lines **list;
	struct arena *a = arena_new();
	size_t n = 0;

	list = arena_alloc(a, (s->nrules + 1) * sizeof(*list));
	for (size_t i = 0; i < s->nrules; i++)
		if (rule_standing(&s->rules[i]) == STANDING_FAIL)
			list[n++] = &s->rules[i];
	if (n > 1)
		qsort(list, n, sizeof(struct rule_lines *), by_fail);
	buf_addc(b, '{');
	put_score(s, b);
	json_put_key(b, "quarantined");
	json_put_uint(b, quarantined);
	json_put_key(b, "worst");
	buf_addc(b, '[');
	for (size_t i = 0; i < n && i < 5; i++) {
		json_put_comma(b);
		json_put_string(b, list[i]->rule);
	}
	buf_adds(b, "]}");
	arena_free(a);
}

void
report_json(const struct summary *s, struct buf *b)
{
	buf_addc(b, '{');
	json_put_key(b, "records");
	json_put_uint(b, s->records);
	json_put_key(b, "set_aside");
	json_put_uint(b, s->set_aside);
	put_score(s, b);
	json_put_key(b, "list");
	buf_addc(b, '[');
	for (size_t i = 0; i < s->nrules; i++) {
		const struct rule_lines *l = &s->rules[i];
		const char *why = rule_reason(l);

		json_put_comma(b);
		buf_adds(b, "{\"rule\":");
		json_put_string(b, l->rule);
		json_put_key(b, "kind");
		json_put_string(b, l->kind);
		json_put_key(b, "field");
		json_put_string(b, l->field);
		json_put_key(b, "check");
		json_put_string(b, l->check);
		json_put_key(b, "severity");
		json_put_cstring(b, severity_name(l->severity));
		buf_addf(b,
		    ",\"n\":%llu,\"applicable\":%llu,\"fail\":%llu,"
		    "\"error\":%llu,\"waived\":0,\"percent\":\"",
		    (unsigned long long)l->total.n,
		    (unsigned long long)l->total.applicable,
		    (unsigned long long)l->total.fail,
		    (unsigned long long)l->total.error);
		put_passed(b, &l->total);
		buf_adds(b, "\",\"max_fail\":");
		json_put_string(b, l->max_fail);
		json_put_key(b, "status");
		json_put_cstring(b, standing_name(rule_standing(l)));
		if (why != NULL) {
			json_put_key(b, "reason");
			json_put_cstring(b, why);
		}
		json_put_key(b, "message");
		json_put_string(b, l->message);
		buf_addc(b, '}');
	}
	buf_adds(b, "]}\n");
}

/* --- Markdown --------------------------------------------------------------------------- */

static void
put_md(struct buf *b, struct slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (strchr("|\\`*_<[", text.p[i]) != NULL)
			buf_addc(b, '\\');
		buf_addc(b, text.p[i]);
	}
}

void
report_md(const struct summary *s, struct buf *b)
{
	const struct rule_lines **list;
	struct arena *a = arena_new();
	unsigned score = summary_score(s);
	size_t n[4], nlist = 0;

	list = arena_alloc(a, (s->nrules + 1) * sizeof(*list));
	count_standings(s, n);
	buf_adds(b, "# 数据质控报告\n\n");
	buf_addf(b,
	    "%llu 条记录，%llu 条不合格，得分 %u.%02u（%s）。规则 %zu "
	    "条：合格 %zu，不合格 %zu，不适用 %zu，出错 %zu。\n\n",
	    (unsigned long long)s->records, (unsigned long long)s->failing,
	    score / 100, score % 100,
	    report_grade(s) == 'A'       ? "甲"
		: report_grade(s) == 'B' ? "乙"
					 : "丙",
	    s->nrules, n[0], n[1], n[2], n[3]);
	for (size_t i = 0; i < s->nrules; i++)
		if (s->rules[i].total.fail > 0)
			list[nlist++] = &s->rules[i];
	if (nlist > 1)
		qsort(list, nlist, sizeof(struct rule_lines *), by_fail);
	if (nlist > 0)
		buf_adds(b,
		    "| 规则 | 级别 | 不合格 | 适用 | 合格率 | 提示 |\n"
		    "|---|---|---:|---:|---:|---|\n");
	for (size_t i = 0; i < nlist; i++) {
		const struct rule_lines *l = list[i];

		buf_adds(b, "| ");
		put_md(b, l->rule);
		buf_addf(b, " | %s | %llu | %llu | ",
		    severity_name_zh(l->severity),
		    (unsigned long long)l->total.fail,
		    (unsigned long long)l->total.applicable);
		put_passed(b, &l->total);
		buf_adds(b, " | ");
		put_md(b, l->message);
		buf_adds(b, " |\n");
	}
	arena_free(a);
}
