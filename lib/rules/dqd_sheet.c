/*
 * The four sheets, and the filters that say which rows are checked.
 */
#include <ctype.h>
#include <stdio.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "rules/dqd_parts.h"

/* --- sheets ------------------------------------------------------------------ */

struct slice
dqd_lower(struct arena *a, struct slice text)
{
	char *to = arena_alloc(a, text.n + 1);

	for (size_t i = 0; i < text.n; i++)
		to[i] = (char)tolower((unsigned char)text.p[i]);
	to[text.n] = '\0';
	return (struct slice){ to, text.n };
}

/*
 * What decides is ASCII; notes for people are in any encoding, or in several,
 * and their bytes are no reason to refuse a table.
 */
static struct slice
readable(struct slice text, struct arena *a)
{
	const char *p = text.p, *end = text.p + text.n;
	char *to;
	size_t n = 0;

	if (utf8_valid(p, text.n) || slice_starts(text, "PK\003\004"))
		return text;
	to = arena_alloc(a, text.n + 1);
	while (p < end) {
		const char *from = p;

		if (utf8_next(&p, end) == 0xFFFD && p == from + 1) {
			to[n++] = '?';
			continue;
		}
		memcpy(to + n, from, (size_t)(p - from));
		n += (size_t)(p - from);
	}
	return (struct slice){ to, n };
}

/* The first of a name is the column: R reads it so. */
bool
dqd_sheet_open(struct dqd_sheet *s, enum dqd_table which,
    const struct dqd_file *file, struct table_faults *faults, struct arena *a,
    struct err *e)
{
	static const struct column tables[] = {
		{ "cdmTableName", NULL, COLUMN_REQUIRED }, { NULL, NULL, 0 }
	};
	static const struct column fields[] = { { "cdmTableName", NULL,
						    COLUMN_REQUIRED },
		{ "cdmFieldName", NULL, COLUMN_REQUIRED }, { NULL, NULL, 0 } };
	static const struct column concepts[] = { { "cdmTableName", NULL,
						      COLUMN_REQUIRED },
		{ "cdmFieldName", NULL, COLUMN_REQUIRED },
		{ "conceptId", NULL, COLUMN_REQUIRED }, { NULL, NULL, 0 } };
	static const struct column checks[] = {
		{ "checkLevel", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
		{ "checkName", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
		{ "evaluationFilter", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
		{ NULL, NULL, 0 }
	};
	static const struct column *const columns[] = { tables, fields,
		concepts, checks };
	size_t width;

	s->table = table_parse(file->path, readable(file->text, a),
	    columns[which], TABLE_EXTRA, faults, e);
	if (s->table == NULL)
		return false;
	width = table_width(s->table);
	s->names = index_new();
	s->places = arena_alloc(a, (width + 1) * sizeof(*s->places));
	for (size_t i = 0; i < width; i++) {
		struct slice name = slice_trim(table_header(s->table, i));
		bool fresh;
		size_t at = index_add(s->names, dqd_lower(a, name), &fresh);

		if (fresh)
			s->places[at] = i;
	}
	return true;
}

void
dqd_sheet_release(struct dqd_sheet *s)
{
	table_free(s->table);
	index_free(s->names);
}

struct slice
dqd_sheet_cell(const struct dqd_sheet *s, size_t row, struct slice name)
{
	long at = index_find(s->names, name);

	return at < 0 ? SLICE("") : table_at(s->table, row, s->places[at]);
}

struct slice
dqd_cell(const struct dqd_check *c, const char *column)
{
	return dqd_sheet_cell(
	    c->sheet, c->row, dqd_lower(c->arena, slice_of(column)));
}

bool
dqd_fault(const struct dqd_check *c, struct err *e, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return table_row_fault(c->sheet->table, c->row, c->faults, e,
	    "%.*s: %s", (int)c->name.n, c->name.p, text);
}

bool
dqd_name(const struct dqd_check *c, const char *column, struct slice *to,
    struct err *e)
{
	struct slice cell = dqd_cell(c, column);

	/* "offset" is a word of SQL and may stand in quotes. */
	if (cell.n > 2 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
		cell = (struct slice){ cell.p + 1, cell.n - 2 };
	*to = dqd_lower(c->arena, cell);
	for (size_t i = 0; i < to->n; i++)
		if (!isalnum((unsigned char)to->p[i]) && to->p[i] != '_')
			to->n = 0;
	return (to->n > 0 && isalpha((unsigned char)to->p[0])) ||
	    dqd_fault(
		c, e, "'%.*s' is no name (%s)", (int)cell.n, cell.p, column);
}

/* --- filters ----------------------------------------------------------------- */

/* column=='text', column!='text' */
static bool
parse_term(
    struct slice text, struct arena *a, struct dqd_term *t, struct slice *name)
{
	const char *equal = slice_find(text, SLICE("==")), *sign = equal;

	if (sign == NULL)
		sign = slice_find(text, SLICE("!="));
	if (sign == NULL)
		return false;
	*name = slice_trim(slice_span(text.p, sign));
	t->column = dqd_lower(a, *name);
	t->text = slice_trim(slice_span(sign + 2, text.p + text.n));
	t->equal = equal != NULL;
	if (t->text.n < 2 || t->text.p[0] != t->text.p[t->text.n - 1] ||
	    (t->text.p[0] != '\'' && t->text.p[0] != '"'))
		return false;
	t->text = (struct slice){ t->text.p + 1, t->text.n - 2 };
	return true;
}

bool
dqd_filter_parse(const struct dqd_sheet *checks, size_t row,
    const struct dqd_sheet *of, struct table_faults *faults, struct arena *a,
    struct dqd_filter *to, struct err *e)
{
	struct slice text = table_cell(checks->table, row, 2);
	struct slice rest = text, part, name;

	for (to->n = 0; slice_next(&rest, '&', &part); to->n++) {
		if (to->n == DQD_MOST_TERMS ||
		    !parse_term(slice_trim(part), a, &to->terms[to->n], &name))
			return table_row_fault(checks->table, row, faults, e,
			    "filter '%.*s': write column=='text' or "
			    "column!='', with & between",
			    (int)text.n, text.p);
		if (index_find(of->names, to->terms[to->n].column) < 0)
			return table_row_fault(checks->table, row, faults, e,
			    "%s has no column '%.*s'", table_path(of->table),
			    (int)name.n, name.p);
	}
	return true;
}

/* An empty cell is no value: it equals nothing and differs from nothing. */
bool
dqd_filter_passes(const struct dqd_filter *f, const struct dqd_check *c)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct dqd_term *t = &f->terms[i];
		struct slice cell = dqd_sheet_cell(c->sheet, c->row, t->column);

		if (cell.n == 0 || slice_eq(cell, t->text) != t->equal)
			return false;
	}
	return true;
}
