/*
 * The deck's table: groups by fields, in blocks that fit a sheet of A4.
 */
#include "base/hash.h"
#include "base/html.h"
#include "rules/page.h"
#include "rules/surplus.h"

#define BLOCK      12    /* columns side by side */
#define OPEN       2     /* blocks of a kind that are not folded away */
#define MOST_CELLS 25000 /* of a kind; beyond, the groups are left out */

static struct slice
kind_title(const struct page *p, struct slice kind)
{
	for (size_t i = 0; i < table_rows(p->o->kinds); i++)
		if (slice_eq(table_cell(p->o->kinds, i, 0), kind))
			return table_cell(p->o->kinds, i, 1);
	return kind;
}

/* Full without a class, good, fair, poor, or of nothing. */
static void
put_cell(struct page *p, const struct coverage_cell *c)
{
	const char *class = c->n == 0     ? " class=o"
	    : c->there == c->n            ? ""
	    : c->there * 100 >= c->n * 95 ? " class=g"
	    : c->there * 100 >= c->n * 80 ? " class=f"
					  : " class=p";

	buf_addf(p->b, "<td%s title=%llu/%llu>", class,
	    (unsigned long long)c->there, (unsigned long long)c->n);
	if (c->n == 0)
		buf_adds(p->b, "–");
	put_percent(p->b, c->there, c->n);
}

static void
put_kind_name(struct page *p, struct slice kind)
{
	if (kind.n == 0)
		page_both(p, "所有记录", "all records");
	else
		page_texts(p, kind_title(p, kind), kind);
}

static void
put_block(struct page *p, struct slice kind, const struct coverage *c,
    size_t from, size_t row)
{
	size_t to = from + BLOCK < c->ncolumns ? from + BLOCK : c->ncolumns;

	buf_adds(p->b, "<table class=\"coverage\"><caption>");
	put_kind_name(p, kind);
	if (c->ncolumns > BLOCK)
		page_both(p,
		    arena_printf(p->arena, "：字段 %zu–%zu", from + 1, to),
		    arena_printf(p->arena, ": fields %zu–%zu", from + 1, to));
	buf_adds(p->b, "</caption><thead><tr><th scope=\"col\">");
	page_both(p, "分组", "Group");
	for (size_t i = from; i < to; i++) {
		buf_adds(p->b, "<th scope=\"col\" title=\"");
		html_put(p->b, c->columns[i]);
		buf_adds(p->b, "\">");
		page_texts(p, c->titles[i], c->columns[i]);
	}
	buf_adds(p->b, "<tbody>\n");
	for (; row < c->nrows; row++) {
		buf_addf(p->b, "<tr%s><th scope=\"row\">",
		    slice_is(c->rows[row], "{}") ? " class=\"all\"" : "");
		page_group(p, c->rows[row]);
		for (size_t i = from; i < to; i++)
			put_cell(p, &c->cells[row * c->ncolumns + i]);
		buf_addc(p->b, '\n');
	}
	buf_adds(p->b, "</table>\n");
}

static void
put_kind(struct page *p, struct slice kind)
{
	struct coverage c;
	size_t row = 0;

	coverage_make(p->s, &kind, p->arena, &c);
	if (c.nrows == 0 || c.ncolumns == 0)
		return;
	buf_adds(p->b,
	    "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
	    "aria-label=\"");
	html_put(p->b, kind.n == 0 ? SLICE("所有记录") : kind_title(p, kind));
	buf_addc(p->b, ' ');
	html_put(p->b, kind);
	buf_adds(p->b, "\">");
	if (c.nrows * c.ncolumns > MOST_CELLS && c.nrows > 1) {
		row = c.nrows - 1;
		page_note(p,
		    "分组太多，此处只列全部；各组见 --coverage 输出的表。",
		    "There are too many groups: only all of them together "
		    "stand here, --coverage writes the whole table.");
	}
	for (size_t i = 0; i < c.ncolumns; i += BLOCK) {
		if (i == OPEN * BLOCK) {
			buf_adds(p->b, "<details class=\"more\"><summary>");
			page_both(p,
			    arena_printf(
				p->arena, "其余 %zu 个字段", c.ncolumns - i),
			    arena_printf(
				p->arena, "%zu more fields", c.ncolumns - i));
			buf_adds(p->b, "</summary>");
		}
		put_block(p, kind, &c, i, row);
	}
	buf_adds(p->b,
	    c.ncolumns > OPEN * BLOCK ? "</details></div>\n" : "</div>\n");
}

static void
put_surplus(struct page *p)
{
	unsigned long long n = surplus_records(p->s), most = p->s->max_groups;

	if (n == 0)
		return;
	page_note(p,
	    arena_printf(p->arena,
		"分组超过 %llu 个：%llu 条记录计入（其余）。", most, n),
	    arena_printf(p->arena,
		"There are more than %llu groups: %llu records count under "
		"(others).",
		most, n));
}

void
page_coverage(struct page *p)
{
	struct index *kinds = index_new();

	page_open(p, "coverage", "完整性", "Completeness");
	page_note(p,
	    "每格是填有该字段的记录所占的份额，只舍不入：100.00% "
	    "表示一条不缺。鼠标停留可见分子与分母。",
	    "Each cell is the share of records that hold the field, cut, not "
	    "rounded: 100.00% means every single one. Point at a cell for "
	    "its counts.");
	put_surplus(p);
	for (size_t i = 0; i < p->s->nfields; i++) {
		bool fresh;

		index_add(kinds, p->s->fields[i].kind, &fresh);
		if (fresh)
			put_kind(p, p->s->fields[i].kind);
	}
	if (p->s->nfields == 0) {
		buf_adds(p->b, "<p>");
		page_both(p, "没有可统计的字段。", "Nothing to show.");
		buf_adds(p->b, "</p>");
	}
	buf_adds(p->b, "</section>\n");
	index_free(kinds);
}
