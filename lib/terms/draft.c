#include "terms/draft.h"

#include "base/mem.h"
#include "terms/damage.h"
#include "terms/fold.h"

struct draft *
draft_new(struct slice system, struct slice version)
{
	struct draft *d = mem_zalloc(sizeof(*d));

	d->arena = arena_new();
	d->system = arena_slice(d->arena, system);
	d->version = arena_slice(d->arena, version);
	d->codes = index_new();
	return d;
}

void
draft_free(struct draft *d)
{
	if (d == NULL)
		return;
	index_free(d->codes);
	arena_free(d->arena);
	mem_free(d->rows);
	mem_free(d);
}

bool
draft_fault(const struct grid *g, const struct grid_sheet *sheet,
    const struct grid_row *row, size_t column, struct table_faults *faults,
    struct err *e, const char *text)
{
	struct arena *a = arena_new();

	table_fault(faults, g->path, 0, e, "%s: %s",
	    grid_place(sheet, row, column, a), text);
	arena_free(a);
	return false;
}

struct reading {
	struct draft *d;
	const struct grid *grid;
	const struct grid_sheet *sheet;
	const struct columns *c;
	struct code_form form;
	struct slice level[COLUMNS_SAME]; /* the last that was written */
	struct slice level_name[COLUMNS_SAME];
	struct arena *scratch;
	struct table_faults *faults;
	struct err *e;
};

static bool
fault(struct reading *r, const struct grid_row *row, size_t column,
    const char *text)
{
	return draft_fault(
	    r->grid, r->sheet, row, column, r->faults, r->e, text);
}

/* "A17.000", "†" and "G01*" -> A17.000+G01* */
static struct slice
whole_code(struct reading *r, struct slice code, struct slice more)
{
	static const char *const daggers[] = { "†", "+", "＋" };

	if (more.n == 0)
		return code;
	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(daggers[i]);

		if (code.n > n &&
		    memcmp(code.p + code.n - n, daggers[i], n) == 0)
			code.n -= n;
	}
	return slice_of(arena_printf(r->d->arena, "%.*s+%.*s", (int)code.n,
	    code.p, (int)more.n, more.p));
}

/* Whether the code can be below: it begins so, or lies in "A00-B99". */
static bool
is_below(struct slice code, struct slice parent)
{
	const char *dash = memchr(parent.p, '-', parent.n);
	struct slice low = parent, high = parent, head;

	if (dash != NULL) {
		low = slice_span(parent.p, dash);
		high = slice_span(dash + 1, parent.p + parent.n);
	}
	head = (struct slice){ code.p, code.n < low.n ? code.n : low.n };
	return slice_cmp(head, low) >= 0 && slice_cmp(head, high) <= 0;
}

static struct draft_row *
row_of(struct draft *d, struct slice code, bool *fresh)
{
	size_t i = index_add(d->codes, code, fresh);

	if (*fresh) {
		d->rows = mem_room(d->rows, i, &d->room, sizeof(*d->rows));
		d->rows[i] =
		    (struct draft_row){ .code = index_name(d->codes, i) };
	}
	return &d->rows[i];
}

/*
 * The chapters and categories of a row become rows of their own.  Merged
 * cells are filled in their first row only, so an empty one is the last one
 * again, if the code can be below it.  A name is told once: a code without one
 * is a row that is there already.  Gives the nearest.
 */
static bool
read_levels(struct reading *r, const struct grid_row *row, struct slice code,
    struct slice *parent)
{
	const struct code_form any = { 0 };

	*parent = SLICE("");
	for (size_t i = 0; i < r->c->nlevels; i++) {
		size_t column = r->c->level_code[i];
		struct slice text = grid_text(row, column);
		struct draft_row *one;
		bool fresh;

		if (text.n > 0) {
			const char *why =
			    code_damage(&any, &row->cells[column], r->scratch);

			if (why != NULL)
				return fault(r, row, column, why);
			r->level[i] = text;
			r->level_name[i] = grid_text(row, r->c->level_name[i]);
		}
		text = r->level[i];
		if (text.n == 0 || slice_eq(text, code) ||
		    !is_below(code, text) ||
		    (r->level_name[i].n == 0 &&
			index_find(r->d->codes, text) < 0))
			continue;
		one = row_of(r->d, text, &fresh);
		if (fresh) {
			one->name = arena_slice(r->d->arena, r->level_name[i]);
			one->parent = arena_slice(r->d->arena, *parent);
			one->status = ENTRY_PARENT;
			r->d->nparents++;
		}
		*parent = text;
	}
	return true;
}

/* Words of the official files; unknown ones are told, not guessed. */
static bool
read_status(struct slice s, enum entry_status *status)
{
	static const char *const active[] = { "", "active", "trial",
		"discouraged", "有效", "启用", "在用", "1" };
	static const char *const retired[] = { "retired", "deprecated", "停用",
		"废止", "作废", "无效", "失效", "0" };
	struct arena *a = arena_new();
	struct slice folded = fold_term(s, a);
	bool known = slice_is(folded, "parent");

	*status = known ? ENTRY_PARENT : ENTRY_ACTIVE;
	for (size_t i = 0; i < 8 && !known; i++) {
		known =
		    slice_is(folded, active[i]) || slice_is(folded, retired[i]);
		if (slice_is(folded, retired[i]))
			*status = ENTRY_RETIRED;
	}
	arena_free(a);
	return known;
}

/* Cells of all columns of a role with ; between, as the table holds them. */
static struct slice
joined(struct reading *r, const struct grid_row *row, enum header_role role,
    struct slice first)
{
	struct buf b = { 0 };
	struct slice made;

	buf_add_slice(&b, first);
	for (size_t i = 0; i < r->c->n[role]; i++) {
		struct slice s = grid_text(row, r->c->at[role][i]);

		if (s.n == 0 ||
		    (role == HEADER_ALIAS && memchr(s.p, ';', s.n) != NULL))
			continue;
		if (b.n > 0)
			buf_addc(&b, ';');
		buf_add_slice(&b, s);
	}
	made = arena_slice(r->d->arena, buf_slice(&b));
	buf_release(&b);
	return made;
}

static bool
fill_row(struct reading *r, const struct grid_row *row, struct draft_row *one)
{
	struct arena *a = r->d->arena;
	const struct columns *c = r->c;
	struct slice parent;

	if (!read_levels(r, row, one->code, &parent))
		return false;
	if (c->n[HEADER_PARENT] > 0)
		parent = columns_text(c, row, HEADER_PARENT);
	if (!read_status(columns_text(c, row, HEADER_STATUS), &one->status))
		return fault(r, row, c->at[HEADER_STATUS][0],
		    "unknown status (active, retired, 有效, 停用)");
	r->d->nparents += one->status == ENTRY_PARENT;
	one->name = arena_slice(a, columns_text(c, row, HEADER_NAME));
	one->parent = arena_slice(a, parent);
	one->from = arena_slice(a, columns_text(c, row, HEADER_VALID_FROM));
	one->to = arena_slice(a, columns_text(c, row, HEADER_VALID_TO));
	one->aliases =
	    joined(r, row, HEADER_ALIAS, columns_text(c, row, HEADER_ALIASES));
	one->extra = joined(r, row, HEADER_EXTRA, SLICE(""));
	one->place = arena_printf(a, "%s",
	    grid_place(r->sheet, row, c->at[HEADER_CODE][0], r->scratch));
	return true;
}

/* A category that is a code by itself stands there once, as the code. */
static bool
put_row(struct reading *r, const struct grid_row *row, struct slice code)
{
	struct slice name = columns_text(r->c, row, HEADER_NAME);
	struct draft_row made = { .code = code };
	long i = index_find(r->d->codes, code);
	bool fresh;

	if (i >= 0 && r->d->rows[i].place != NULL) {
		r->d->repeated++;
		return slice_eq(r->d->rows[i].name, name) ||
		    fault(r, row, r->c->at[HEADER_CODE][0],
			arena_printf(r->scratch,
			    "code '%.*s' has another name at %s", (int)code.n,
			    code.p, r->d->rows[i].place));
	}
	r->d->nparents -= i >= 0;
	if (!fill_row(r, row, &made))
		return false;
	made.code = row_of(r->d, code, &fresh)->code;
	*row_of(r->d, code, &fresh) = made;
	return true;
}

/* Notes and sums at the foot of a table have no code, or no name. */
static bool
is_note(struct reading *r, const struct grid_row *row)
{
	struct slice code = columns_text(r->c, row, HEADER_CODE);
	struct slice name = columns_text(r->c, row, HEADER_NAME);
	size_t column = r->c->at[HEADER_CODE][0];

	if (code.n == 0 &&
	    (column >= row->n || row->cells[column].kind == GRID_TEXT))
		return true;
	return name.n == 0 && row->cells[column].kind == GRID_TEXT &&
	    (unsigned char)code.p[0] >= 0x80 &&
	    (r->form.pattern == NULL ||
		!pattern_matches(r->form.pattern, code));
}

static bool
read_row(struct reading *r, const struct grid_row *row)
{
	size_t column = r->c->at[HEADER_CODE][0], more;
	const struct grid_cell *cell;
	const char *why;

	arena_reset(r->scratch);
	if (is_note(r, row))
		return true;
	cell = &row->cells[column];
	why = code_damage(&r->form, cell, r->scratch);
	if (why != NULL)
		return fault(r, row, column, why);
	r->d->blanks += cell->blanks;
	more = r->c->n[HEADER_MORE] == 0 ? SIZE_MAX : r->c->at[HEADER_MORE][0];
	if (more < row->n) {
		const struct code_form any = { 0 };

		why = code_damage(&any, &row->cells[more], r->scratch);
		if (row->cells[more].text.n > 0 && why != NULL)
			return fault(r, row, more, why);
		r->d->blanks += row->cells[more].blanks;
	}
	if (columns_text(r->c, row, HEADER_NAME).n == 0)
		return fault(
		    r, row, r->c->at[HEADER_NAME][0], "a code without a name");
	return put_row(r, row,
	    whole_code(r, cell->text, columns_text(r->c, row, HEADER_MORE)));
}

bool
draft_read(struct draft *d, const struct grid *g,
    const struct grid_sheet *sheet, const struct columns *c,
    struct table_faults *faults, struct err *e)
{
	struct reading r = { .d = d,
		.grid = g,
		.sheet = sheet,
		.c = c,
		.form = { .pattern = d->pattern },
		.scratch = arena_new(),
		.faults = faults,
		.e = e };
	bool ok = true;

	for (size_t i = c->row + 1; i < sheet->nrows; i++)
		code_form_count(
		    &r.form, grid_text(&sheet->rows[i], c->at[HEADER_CODE][0]));
	for (size_t i = c->row + 1; i < sheet->nrows; i++)
		ok = read_row(&r, &sheet->rows[i]) && ok;
	arena_free(r.scratch);
	return ok;
}

void
draft_text(const struct draft *d, struct buf *b)
{
	static const char *const words[] = { "", "retired", "parent" };

	buf_adds(
	    b, "code,name,aliases,parent,status,valid_from,valid_to,extra\n");
	for (size_t i = 0; i < index_count(d->codes); i++) {
		const struct draft_row *row = &d->rows[i];
		const struct slice cells[] = { row->code, row->name,
			row->aliases, row->parent, slice_of(words[row->status]),
			row->from, row->to, row->extra };

		table_put_row(b, cells, sizeof(cells) / sizeof(*cells));
	}
}

/* Names that more than one code has, the codes that are written only. */
static size_t
names_twice(const struct draft *d)
{
	struct index *names = index_new(), *twice = index_new();
	struct arena *a = arena_new();
	size_t n;

	for (size_t i = 0; i < index_count(d->codes); i++) {
		struct slice name;
		bool fresh;

		if (d->rows[i].status != ENTRY_ACTIVE)
			continue;
		arena_reset(a);
		name = fold_term(d->rows[i].name, a);
		index_add(names, name, &fresh);
		if (!fresh)
			index_add(twice, name, NULL);
	}
	n = index_count(twice);
	index_free(names);
	index_free(twice);
	arena_free(a);
	return n;
}

void
draft_compare(
    const struct draft *d, const struct vocabulary *old, struct draft_change *c)
{
	size_t before = old == NULL ? 0 : vocabulary_count(old);

	*c = (struct draft_change){ .names_twice = names_twice(d) };
	for (size_t i = 0; i < index_count(d->codes); i++) {
		const struct draft_row *row = &d->rows[i];
		struct entry entry;
		bool known = old != NULL &&
		    vocabulary_exact(old, row->code, &entry) &&
		    entry.status != ENTRY_PARENT;

		if (row->status == ENTRY_PARENT)
			continue;
		c->codes++;
		c->added += !known;
		c->changed += known &&
		    (!slice_eq(entry.name, row->name) ||
			entry.status != row->status);
	}
	for (size_t i = 0; i < before; i++) {
		const struct entry entry = vocabulary_entry(old, i);
		long n = index_find(d->codes, entry.code);

		c->vanished += entry.status != ENTRY_PARENT &&
		    (n < 0 || d->rows[n].status == ENTRY_PARENT);
	}
}
