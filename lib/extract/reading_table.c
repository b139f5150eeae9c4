/*
 * Tables: a line of headings that are fields' columns, and below it a line an
 * object, or a time where no column tells objects apart, with as many cells,
 * parted by strokes or else by blanks.
 */
#include "extract/reading_part.h"

#define MOST_CELLS 24

struct line {
	uint32_t from, to;
	struct slice cells[MOST_CELLS];
	size_t n;
};

struct heading {
	uint32_t field;          /* UINT32_MAX: of none */
	uint32_t other;          /* has the second number of its ratios */
	bool place;              /* tells the object apart */
	const struct unit *unit; /* of its cells, or NULL */
};

static void
add_cell(struct line *l, const char *from, const char *to)
{
	struct slice s = slice_trim(slice_span(from, to));

	if (l->n < MOST_CELLS)
		l->cells[l->n++] = s;
}

/* The cells of a line: between strokes if it has any, else between blanks. */
static void
split(const struct reading *r, struct line *l)
{
	const char *p = r->view.text.p, *from = p + l->from, *end = p + l->to;
	bool strokes = memchr(from, '|', l->to - l->from) != NULL;

	l->n = 0;
	if (strokes && from < end && *from == '|')
		from++;
	for (const char *at = from; at < end; at++) {
		bool here = strokes
		    ? *at == '|'
		    : at > from && (*at == ' ' || r->view.gap[at - p] != 0);

		if (!here)
			continue;
		add_cell(l, from, at);
		from = strokes || *at == ' ' ? at + 1 : at;
	}
	if (from < end)
		add_cell(l, from, end);
}

/* "心率(次/分)", "T/℃": what parts the unit from the name, or NULL. */
static const char *
parts_unit(struct slice cell)
{
	const char *open = memchr(cell.p, '(', cell.n);

	return open != NULL && cell.p[cell.n - 1] == ')'
	    ? open
	    : memchr(cell.p, '/', cell.n);
}

/*
 * "大小(mm)", "大小mm", "T/℃": the unit that a heading ends in; *name is the
 * rest.
 */
static const struct unit *
unit_of(struct slice cell, struct slice *name)
{
	const char *end = cell.p + cell.n, *at = end, *sign = parts_unit(cell);
	const struct unit *u;
	size_t used;

	*name = cell;
	if (cell.n > 0 && end[-1] == ')')
		at = --end;
	if (sign != NULL) {
		u = unit_at(slice_span(sign + 1, end), &used);
		if (u != NULL && used == (size_t)(end - sign - 1)) {
			*name = slice_span(cell.p, sign);
			return u;
		}
	}
	while (at > cell.p &&
	    ((at[-1] >= 'a' && at[-1] <= 'z') ||
		(at[-1] >= 'A' && at[-1] <= 'Z')))
		at--;
	if (at == end)
		return NULL;
	u = unit_at(slice_span(at, end), &used);
	if (u == NULL || used != (size_t)(end - at))
		return NULL;
	*name = slice_span(cell.p, at > cell.p && at[-1] == '(' ? at - 1 : at);
	return u;
}

static bool
is_column(const struct field *f, struct slice name)
{
	for (size_t i = 0; i < f->how.columns.n; i++)
		if (slice_eq(f->how.columns.list[i], name))
			return true;
	return false;
}

static struct heading
heading_of(const struct reading *r, struct slice cell)
{
	const struct doctype *t = r->type;
	struct heading h = { .field = UINT32_MAX, .other = UINT32_MAX };
	struct slice name;

	h.unit = unit_of(cell, &name);
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];

		if (!is_column(f, name) && !is_column(f, cell))
			continue;
		if (f->group >= 0 &&
		    (f == t->groups[f->group].identify ||
			f == t->groups[f->group].also))
			h.place = true;
		else if (h.field == UINT32_MAX)
			h.field = (uint32_t)i;
		else if (f->how.part == PART_SECOND)
			h.other = (uint32_t)i;
	}
	return h;
}

static bool
holds_digit(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

/*
 * The headings of a line; 0 where it is none of a table.  One without a column
 * for objects has three that are known, and no heading that is a value:
 * "T 38.2 P 110 R 26" tells itself.
 */
static size_t
read_headings(
    const struct reading *r, const struct line *l, struct heading *list)
{
	size_t known = 0, places = 0;
	bool values = false;

	if (l->n < 3)
		return 0;
	for (size_t i = 0; i < l->n; i++) {
		list[i] = heading_of(r, l->cells[i]);
		known += list[i].field != UINT32_MAX;
		places += list[i].place;
		values |=
		    list[i].field == UINT32_MAX && holds_digit(l->cells[i]);
	}
	if (places == 1 ? known < 2 : places > 1 || known < 3 || values)
		return 0;
	return l->n;
}

/* Numbers without a unit have the one of their column, or of all lengths. */
static void
tell_units(
    struct reading *r, const struct table_cell *c, const struct unit *length)
{
	for (size_t i = reading_first_measure(r, c->from);
	     i < r->nmeasures && r->measures[i].from < c->to; i++) {
		struct measure *m = &r->measures[i];
		const struct unit *u = c->unit != NULL ? c->unit : length;

		if (m->unit == NULL && u != NULL)
			m->told = u;
	}
}

static void
add_row(struct reading *r, const struct line *l, const struct heading *list,
    size_t n, size_t *room)
{
	const struct unit *length = NULL;
	bool timed = true;

	if (l->n > n)
		return;
	for (size_t i = 0; i < n; i++)
		timed &= !list[i].place;
	for (size_t i = 0; i < n; i++)
		if (list[i].unit != NULL &&
		    list[i].unit->dimension == DIM_LENGTH)
			length = list[i].unit;
	for (size_t i = 0; i < l->n; i++) {
		struct table_cell *c;

		r->cells = arena_room(
		    r->arena, r->cells, r->ncells, room, sizeof(*r->cells));
		c = &r->cells[r->ncells++];
		*c = (struct table_cell){ (uint32_t)(l->cells[i].p -
					      r->view.text.p),
			(uint32_t)(l->cells[i].p + l->cells[i].n -
			    r->view.text.p),
			list[i].field, list[i].other, list[i].place, timed,
			list[i].unit };
		tell_units(r, c, length);
	}
}

static bool
next_line(const struct reading *r, uint32_t *at, struct line *l)
{
	const char *p = r->view.text.p, *end;

	if (*at >= r->view.text.n)
		return false;
	end = memchr(p + *at, '\n', r->view.text.n - *at);
	l->from = *at;
	l->to = end == NULL ? (uint32_t)r->view.text.n : (uint32_t)(end - p);
	*at = l->to + 1;
	return true;
}

/* Headings are names: a line of sentences is not looked at any further. */
static bool
is_sentence(const struct reading *r, const struct line *l)
{
	const char *p = r->view.text.p + l->from;
	size_t n = l->to - l->from;

	return memchr(p, ',', n) != NULL || memchr(p, ';', n) != NULL;
}

/* How many cells of a line are names of diameters, side by side; or 0. */
static size_t
read_diameters(const struct line *l, const struct unit **unit)
{
	static const char *const names[] = { "上下径", "左右径", "前后径",
		"长径", "宽径", "厚径", "横径", "纵径", "长", "宽", "厚",
		NULL };
	size_t n = 0;

	*unit = NULL;
	for (size_t i = 0; i < l->n; i++) {
		struct slice name;
		const struct unit *u = unit_of(l->cells[i], &name);
		size_t k = 0;

		while (names[k] != NULL && !slice_is(name, names[k]))
			k++;
		if (names[k] == NULL && n > 0)
			return 0;
		n += names[k] != NULL;
		if (names[k] != NULL && u != NULL)
			*unit = u;
	}
	return n > 1 && n <= MEASURE_VALUES ? n : 0;
}

/* "右叶 48 17 16" below such names: the numbers are one set of dimensions. */
static bool
join_diameters(
    struct reading *r, const struct line *l, size_t n, const struct unit *unit)
{
	size_t first = reading_first_measure(r, l->from);
	struct measure *m = &r->measures[first];

	if (l->n != n + 1 || first + n > r->nmeasures || m->from == l->from ||
	    m[n - 1].to > l->to ||
	    (first + n < r->nmeasures && m[n].from < l->to))
		return false;
	for (size_t i = 0; i < n; i++)
		if (m[i].kind != MEASURE_NUMBER || m[i].unit != m->unit)
			return false;
	for (size_t i = 1; i < n; i++) {
		m->value[i] = m[i].value[0];
		m[i].part = true;
	}
	m->kind = MEASURE_DIMS;
	m->n = n;
	m->to = m[n - 1].to;
	if (m->unit == NULL && unit != NULL)
		m->told = unit;
	return true;
}

void
reading_find_tables(struct reading *r)
{
	struct heading list[MOST_CELLS];
	const struct unit *unit = NULL;
	struct line l;
	uint32_t at = 0;
	size_t n = 0, room = 0, diameters = 0;

	if (r->view.spaced || r->view.noisy ||
	    memchr(r->view.text.p, '\n', r->view.text.n) == NULL)
		return;
	while (next_line(r, &at, &l)) {
		if (n == 0 && is_sentence(r, &l))
			continue;
		split(r, &l);
		if (n > 0 && l.n == n) {
			add_row(r, &l, list, n, &room);
		} else if (diameters == 0 ||
		    !join_diameters(r, &l, diameters, unit)) {
			n = read_headings(r, &l, list);
			diameters = read_diameters(&l, &unit);
		}
	}
}

const struct table_cell *
reading_cell(const struct reading *r, uint32_t at)
{
	size_t behind =
	    READING_FIRST_FROM(struct table_cell, r->cells, r->ncells, at + 1);

	return behind > 0 && at < r->cells[behind - 1].to
	    ? &r->cells[behind - 1]
	    : NULL;
}
