/*
 * What the cells of a table tell: the value of the field of their column.
 */
#include "extract/finder.h"

/* The code "无", which an empty finding has; -1: none. */
static long
code_of_nothing(const struct field *f)
{
	for (size_t i = 0; i < f->ncodes; i++)
		if (slice_is(f->codes[i].code, "无"))
			return (long)i;
	return -1;
}

/* "低" of a column 回声: the code that is spelled so behind a colon; or -1. */
static long
code_of_answer(const struct field *f, struct slice cell)
{
	for (size_t i = 0; i < f->ncodes; i++)
		for (size_t k = 0; k < f->codes[i].nspellings; k++) {
			struct slice s = f->codes[i].spellings[k];

			if (s.n > cell.n && s.p[s.n - cell.n - 1] == ':' &&
			    memcmp(s.p + s.n - cell.n, cell.p, cell.n) == 0)
				return (long)i;
		}
	return -1;
}

/* The code that a cell spells, with or without 类 behind it; or -1. */
static long
code_of(const struct finder *x, const struct table_cell *c)
{
	static const char *const none[] = { "无", "(-)", "未见", "阴性", NULL };
	const struct field *f = &x->r->type->fields[c->field];
	struct slice s =
	    slice_span(x->r->view.text.p + c->from, x->r->view.text.p + c->to);
	long code = finder_code_between(x, c->field, c->from, c->to);

	for (size_t i = 0; none[i] != NULL; i++)
		if (slice_is(s, none[i]))
			return code_of_nothing(f);
	if (code < 0 && s.n > 3 && memcmp(s.p + s.n - 3, "类", 3) == 0)
		code = finder_code_between(x, c->field, c->from, c->to - 3);
	return code < 0 && s.n > 0 ? code_of_answer(f, s) : code;
}

static void
words_of(struct finder *x, const struct table_cell *c)
{
	const struct field *f = &x->r->type->fields[c->field];
	long code = f->d->type == TYPE_CODE ? code_of(x, c) : 0;
	struct candidate *k;

	if (code < 0 || c->from == c->to ||
	    (f->d->type == TYPE_TEXT &&
		((unsigned char)x->r->view.text.p[c->from] < 0x80)))
		return;
	k = finder_add(x, c->field, c->from, c->to, SCORE_CELL);
	if (k == NULL)
		return;
	k->context = 0;
	k->code = (uint32_t)code;
	k->value = f->d->type == TYPE_CODE
	    ? finder_quoted(x, f->codes[code].code)
	    : finder_written(x, c->from, c->to);
}

/* The number of a cell for its column's field, or for the other of a ratio. */
static void
number_of(struct finder *x, const struct table_cell *c, uint32_t field)
{
	const struct field *f = &x->r->type->fields[field];
	size_t i = reading_first_measure(x->r, c->from);
	const struct measure *m = &x->r->measures[i];
	struct measure *told;
	struct candidate *k;

	if (i == x->r->nmeasures || m->from >= c->to)
		return;
	x->taken[i] = true;
	if (m->unit == NULL && m->told == NULL && f->unit != NULL) {
		told = arena_dup(x->r->arena, m, sizeof(*m));
		told->told = f->unit;
		m = told;
	}
	if (!candidate_fits(f, m) ||
	    (c->timed && !finder_in_section(f, reading_clause(x->r, c->from))))
		return;
	k = finder_number(x, field, m, c->timed ? SCORE_ANCHORED : SCORE_CELL,
	    0, reading_clause(x->r, c->from));
	if (k != NULL && !c->timed)
		k->context = 0;
}

void
finder_cells(struct finder *x)
{
	for (size_t i = 0; i < x->r->ncells; i++) {
		const struct table_cell *c = &x->r->cells[i];

		if (c->field == UINT32_MAX)
			continue;
		if (candidate_is_measured(&x->r->type->fields[c->field]))
			number_of(x, c, c->field);
		else
			words_of(x, c);
		if (c->other != UINT32_MAX)
			number_of(x, c, c->other);
	}
}
