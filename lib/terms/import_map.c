/*
 * Code maps between two editions, of import_part.h.
 *
 * The two columns of codes are told by their headers, or, with --from and
 * --to, by the words that headers use for the editions (国临版编码, 医保版编码).
 */
#include "base/mem.h"
#include "base/tokenizer.h"
#include "terms/damage.h"
#include "terms/import_part.h"

#define HEADER_ROWS 20

void
map_draft_free(struct map_draft *m)
{
	if (m == NULL)
		return;
	index_free(m->seen);
	buf_release(&m->text);
	arena_free(m->arena);
	mem_free(m);
}

static struct slice
system_of(struct slice edition)
{
	const char *at = memchr(edition.p, '@', edition.n);

	return at == NULL ? edition : slice_span(edition.p, at);
}

static bool
is_code_header(struct slice s)
{
	return slice_find(s, SLICE("编码")) != NULL ||
	    slice_find(s, SLICE("代码")) != NULL;
}

/* The columns by the words for the editions; SIZE_MAX: none. */
static bool
find_sides(struct import *im, const struct grid_sheet *sheet,
    const struct map_draft *m, struct columns *c)
{
	const struct slice sides[] = { system_of(m->from), system_of(m->to) };
	const enum header_role roles[] = { HEADER_CODE_FROM, HEADER_CODE_TO };
	uint64_t bits[2] = { 0, 0 };

	for (size_t i = 0; i < systems_count(im->systems); i++)
		for (size_t k = 0; k < 2; k++)
			if (slice_eq(
				systems_at(im->systems, i)->name, sides[k]))
				bits[k] = (uint64_t)1 << i;
	for (size_t r = 0; r < sheet->nrows && r < HEADER_ROWS; r++) {
		*c = (struct columns){ .row = r };
		for (size_t i = 0; i < sheet->rows[r].n; i++) {
			struct slice s = sheet->rows[r].cells[i].text;
			uint64_t of = systems_titled(im->systems, s);

			for (size_t k = 0; k < 2; k++)
				if (is_code_header(s) && (of & bits[k]) != 0 &&
				    (of & bits[!k]) == 0 && c->n[roles[k]] == 0)
					c->at[roles[k]][c->n[roles[k]]++] = i;
		}
		if (c->n[HEADER_CODE_FROM] + c->n[HEADER_CODE_TO] == 2)
			return true;
	}
	return false;
}

struct side {
	struct code_form form;
	size_t column;
};

static bool
read_code(struct import *im, const struct grid *g,
    const struct grid_sheet *sheet, const struct grid_row *row,
    const struct side *side, struct map_draft *m, struct slice *code)
{
	const struct grid_cell *cell;
	const char *why;
	struct arena *a;
	bool ok = true;

	if (side->column >= row->n)
		return draft_fault(g, sheet, row, side->column, im->faults,
		    im->e, "a pair without this code");
	cell = &row->cells[side->column];
	a = arena_new();
	why = cell->text.n == 0 && cell->kind == GRID_TEXT
	    ? "a pair without this code"
	    : code_damage(&side->form, cell, a);
	if (why != NULL)
		ok = draft_fault(
		    g, sheet, row, side->column, im->faults, im->e, why);
	m->blanks += cell->blanks;
	*code = cell->text;
	arena_free(a);
	return ok;
}

static bool
read_pair(struct import *im, const struct grid *g,
    const struct grid_sheet *sheet, const struct columns *c, size_t r,
    const struct side sides[2], struct map_draft *m)
{
	const struct grid_row *row = &sheet->rows[r];
	struct slice cells[5], key;
	bool fresh;

	if (grid_text(row, sides[0].column).n == 0 &&
	    grid_text(row, sides[1].column).n == 0)
		return true;
	if (!read_code(im, g, sheet, row, &sides[0], m, &cells[0]) ||
	    !read_code(im, g, sheet, row, &sides[1], m, &cells[1]))
		return false;
	key = slice_of(arena_printf(m->arena, "%.*s\t%.*s", (int)cells[0].n,
	    cells[0].p, (int)cells[1].n, cells[1].p));
	index_add(m->seen, key, &fresh);
	m->repeated += !fresh;
	if (!fresh)
		return true;
	cells[2] = columns_text(c, row, HEADER_RELATION);
	cells[3] = columns_text(c, row, HEADER_PREFERRED);
	cells[4] = columns_text(c, row, HEADER_EXTRA);
	table_put_row(&m->text, cells, 5);
	m->pairs++;
	return true;
}

static bool
read_sheet(struct import *im, const struct grid *g,
    const struct grid_sheet *sheet, struct map_draft *m, bool *found)
{
	static const enum header_role roles[] = { HEADER_CODE_FROM,
		HEADER_CODE_TO };
	struct columns c;
	struct side sides[2] = { 0 };
	bool ok = true;

	if (!columns_find(im->systems, sheet, im->o->columns, HEADER_CODE_FROM,
		HEADER_CODE_TO, &c) &&
	    !find_sides(im, sheet, m, &c))
		return true;
	*found = true;
	for (size_t k = 0; k < 2; k++) {
		const struct system *s = systems_find(
		    im->systems, system_of(k == 0 ? m->from : m->to));

		sides[k].column = c.at[roles[k]][0];
		sides[k].form.pattern = s == NULL ? NULL : s->codes;
		for (size_t r = c.row + 1; r < sheet->nrows; r++)
			code_form_count(&sides[k].form,
			    grid_text(&sheet->rows[r], sides[k].column));
	}
	for (size_t r = c.row + 1; r < sheet->nrows; r++)
		ok = read_pair(im, g, sheet, &c, r, sides, m) && ok;
	return ok;
}

static bool
is_edition(const char *s)
{
	const char *at = s == NULL ? NULL : strchr(s, '@');

	return at != NULL && at > s && at[1] != '\0' &&
	    strpbrk(s, "/+") == NULL;
}

bool
import_map(struct import *im, const struct grid *g)
{
	struct import_item *item = import_add(im, g->path);
	struct map_draft *m = mem_zalloc(sizeof(*m));
	bool found = false, ok = true;

	item->map = m;
	m->arena = arena_new();
	m->seen = index_new();
	if (!is_edition(im->o->from) || !is_edition(im->o->to))
		return import_fault(im, g->path,
		    "a code map: say between which editions (--from "
		    "SYSTEM@VERSION --to SYSTEM@VERSION)");
	m->from = slice_of(im->o->from);
	m->to = slice_of(im->o->to);
	buf_adds(&m->text, "code_from,code_to,relation,preferred,note\n");
	for (size_t i = 0; i < g->nsheets; i++)
		if (im->o->sheet == NULL || g->sheets[i].name == NULL ||
		    strcmp(g->sheets[i].name, im->o->sheet) == 0)
			ok = read_sheet(im, g, &g->sheets[i], m, &found) && ok;
	if (!found)
		return import_fault(im, g->path,
		    "no row of headers in the first 20 rows: name the columns "
		    "(--columns code_from=HEADER,code_to=HEADER)");
	return ok;
}
