#include "terms/analyte.h"

#include "base/hash.h"
#include "base/mem.h"
#include "terms/fold.h"

struct analytes {
	struct arena *arena;
	struct index *names;
	const struct analyte **list; /* by number of the name */
	size_t room;
};

size_t
name_forms(
    struct slice name, struct arena *arena, struct slice forms[NAME_FORMS])
{
	struct slice whole = fold_term(name, arena);
	const char *end = whole.p + whole.n;
	const char *open = memchr(whole.p, '(', whole.n);
	const char *close;

	forms[0] = whole;
	if (open == NULL || open == whole.p || end[-1] != ')' ||
	    (close = memchr(open, ')', (size_t)(end - open))) != end - 1)
		return whole.n > 0;
	forms[1] = slice_span(whole.p, open);
	forms[2] = slice_span(open + 1, close);
	return NAME_FORMS;
}

const struct analyte *
analytes_find(const struct analytes *a, struct slice name, struct arena *arena)
{
	struct slice forms[NAME_FORMS];
	size_t n = name_forms(name, arena, forms);

	for (size_t i = 0; i < n; i++) {
		long at = index_find(a->names, forms[i]);

		if (at >= 0)
			return a->list[at];
	}
	return NULL;
}

enum { ANALYTE, ALIASES, MASS, ACTIVITY, LINE };

static const struct column columns[] = { { "analyte", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "aliases", NULL, 0 }, { "molar_mass", NULL, COLUMN_REQUIRED },
	{ "nmol_per_iu", NULL, 0 }, { "line", NULL, 0 }, { NULL, NULL, 0 } };

/* A number above 0 times 10^shift; an empty cell is no number. */
static bool
read_number(
    struct slice text, long shift, struct arena *arena, struct decimal *out)
{
	struct err ignored = { 0 };

	if (text.n == 0)
		return true;
	if (!decimal_parse(text, arena, out, &ignored) ||
	    decimal_sign(out) <= 0)
		return false;
	out->exponent += shift;
	return true;
}

/* "% = 0.09148 mmol/mol + 2.152" */
static bool
read_line(struct slice text, struct arena *arena, struct analyte_line *line)
{
	struct slice words[6], rest = arena_slice(arena, text);
	struct err ignored = { 0 };
	size_t n = 0;

	if (text.n == 0)
		return true;
	while (n < 6 && slice_next(&rest, ' ', &words[n]))
		n++;
	if (n != 6 || rest.n > 0 || !slice_is(words[1], "=") ||
	    !(slice_is(words[4], "+") || slice_is(words[4], "-")) ||
	    !decimal_parse(words[2], arena, &line->slope, &ignored) ||
	    decimal_sign(&line->slope) == 0 ||
	    !decimal_parse(words[5], arena, &line->offset, &ignored))
		return false;
	line->offset.negative ^= slice_is(words[4], "-");
	line->y = words[0];
	line->x = words[3];
	return true;
}

static bool
equal(const struct analyte *a, const struct analyte *b)
{
	return a->mass.n > 0 && b->mass.n > 0 && a->line.y.n == 0 &&
	    b->line.y.n == 0 && a->activity.n == 0 && b->activity.n == 0 &&
	    decimal_cmp(&a->mass, &b->mass) == 0;
}

/* The name and its aliases; false where one of them is another substance. */
static bool
add_names(struct analytes *a, struct slice name, struct slice aliases,
    const struct analyte *what)
{
	bool ok = true;

	do {
		bool fresh;
		size_t n = index_add(
		    a->names, fold_term(slice_trim(name), a->arena), &fresh);

		if (fresh) {
			a->list =
			    mem_room(a->list, n, &a->room, sizeof(*a->list));
			a->list[n] = what;
		} else if (a->list[n] != what && !equal(a->list[n], what)) {
			ok = false;
		}
	} while (slice_next(&aliases, '|', &name));
	return ok;
}

static bool
read_row(struct analytes *a, const struct table *t, size_t i,
    struct table_faults *faults, struct err *e)
{
	struct analyte *what = arena_zalloc(a->arena, sizeof(*what));

	if (!read_number(table_cell(t, i, MASS), 0, a->arena, &what->mass))
		return table_row_fault(
		    t, i, faults, e, "no molar mass in g/mol");
	if (!read_number(
		table_cell(t, i, ACTIVITY), -9, a->arena, &what->activity))
		return table_row_fault(
		    t, i, faults, e, "no number of nmol in one [iU]");
	if (!read_line(table_cell(t, i, LINE), a->arena, &what->line))
		return table_row_fault(t, i, faults, e,
		    "no line such as '%% = 0.09148 mmol/mol + 2.152'");
	if (what->mass.n == 0 && what->activity.n == 0 && what->line.y.n == 0)
		return table_row_fault(t, i, faults, e,
		    "neither molar mass nor activity nor line");
	return add_names(a, table_cell(t, i, ANALYTE),
		   table_cell(t, i, ALIASES), what) ||
	    table_row_fault(
		t, i, faults, e, "a name of this analyte is another's too");
}

static struct analytes *
from_table(struct table *t, struct table_faults *faults, struct err *e)
{
	struct analytes *a;
	bool ok = true;

	if (t == NULL)
		return NULL;
	a = mem_zalloc(sizeof(*a));
	a->arena = arena_new();
	a->names = index_new();
	for (size_t i = 0; i < table_rows(t); i++)
		ok = read_row(a, t, i, faults, e) && ok;
	table_free(t);
	if (ok)
		return a;
	analytes_free(a);
	return NULL;
}

struct analytes *
analytes_load(const char *path, struct table_faults *faults, struct err *e)
{
	return from_table(
	    table_load(path, columns, TABLE_EXTRA, faults, e), faults, e);
}

struct analytes *
analytes_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	return from_table(
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e), faults,
	    e);
}

void
analytes_free(struct analytes *a)
{
	if (a == NULL)
		return;
	index_free(a->names);
	mem_free(a->list);
	arena_free(a->arena);
	mem_free(a);
}
