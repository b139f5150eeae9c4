#include "terms/ucum.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "terms/ucum_term.h"

/* Dimension letters of base units, in the order of the enum; mol is ours. */
static const char *const base_codes[DIM_COUNT] = { "m", "s", "g", "rad", "K",
	"C", "cd", "mol" };

bool
ucum_unit(const struct ucum *ucum, struct slice code, struct arena *arena,
    struct unit *u, struct err *e)
{
	struct err ignored = { 0 };

	return ucum_read(ucum, code, arena, u, NULL, &ignored) ||
	    err_data(e, "not_ucum", "no unit of UCUM");
}

bool
ucum_display(const struct ucum *ucum, struct slice code, struct arena *arena,
    struct buf *to)
{
	struct err ignored = { 0 };
	struct unit u;

	return ucum_read(ucum, code, arena, &u, to, &ignored);
}

/* --- the table ----------------------------------------------------------- */

static bool
resolve_base(struct atom *a)
{
	for (size_t i = 0; i < DIM_COUNT; i++)
		if (slice_is(a->code, base_codes[i])) {
			a->unit.dim[i] = 1;
			return true;
		}
	return false;
}

/* value of: "12 [in_i]"; a special unit has a function of that. */
static bool
resolve_defined(const struct ucum *ucum, struct atom *a, struct err *e)
{
	struct scale scale;
	struct decimal value;

	if (!ucum_read(ucum, a->of, ucum->arena, &a->unit, NULL, e) ||
	    !decimal_parse(a->value, ucum->arena, &value, e) ||
	    decimal_sign(&value) <= 0 ||
	    !decimal_mul(&a->unit.num, &value, ucum->arena, &a->unit.num, e))
		return false;
	if (!a->special)
		return true;
	if (!scale_parse(a->function, ucum->arena, &scale))
		return false;
	a->unit.scale = arena_dup(ucum->arena, &scale, sizeof(scale));
	return true;
}

/* Atoms are defined by others; a circle would never end. */
bool
ucum_resolve(const struct ucum *ucum, struct atom *a, struct err *e)
{
	if (a->state == READY)
		return true;
	if (a->state == UNDERWAY)
		return err_set(e, ERR_USAGE, "unit '%.*s' is defined by itself",
		    (int)a->code.n, a->code.p);
	a->state = UNDERWAY;
	a->unit = ucum_unity();
	if (a->arbitrary) {
		a->unit.arbitrary[0].atom = a;
		a->unit.arbitrary[0].power = 1;
	} else if (!resolve_base(a) && !resolve_defined(ucum, a, e)) {
		return err_set(e, ERR_USAGE,
		    "unit '%.*s' is defined by what is no unit", (int)a->code.n,
		    a->code.p);
	}
	a->state = READY;
	return true;
}

enum { CODE, METRIC, CLASS, FUNCTION, VALUE, OF, NAME };

static const struct column columns[] = { { "code", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "metric", NULL, COLUMN_REQUIRED }, { "class", NULL, COLUMN_REQUIRED },
	{ "function", NULL, 0 }, { "value", NULL, COLUMN_REQUIRED },
	{ "unit", NULL, COLUMN_REQUIRED }, { "name", NULL, 0 },
	{ NULL, NULL, 0 } };

static void
read_atom(const struct ucum *u, struct atom *a, const struct table *t, size_t i)
{
	struct slice class = table_cell(t, i, CLASS);

	a->metric = slice_is(table_cell(t, i, METRIC), "yes");
	a->arbitrary = slice_is(class, "arbitrary");
	a->special = slice_is(class, "special");
	a->function = arena_slice(u->arena, table_cell(t, i, FUNCTION));
	a->value = arena_slice(u->arena, table_cell(t, i, VALUE));
	a->of = arena_slice(u->arena, table_cell(t, i, OF));
	a->name = arena_slice(u->arena, table_cell(t, i, NAME));
	if (a->name.n == 0)
		a->name = a->code;
	a->line = table_line(t, i);
	a->path = arena_string(u->arena, table_path(t), strlen(table_path(t)));
}

/* What an earlier table has already is left as that table says. */
static bool
read_atoms(struct ucum *u, const struct table *t, struct table_faults *faults,
    struct err *e)
{
	size_t earlier = index_count(u->codes);
	bool ok = true;

	for (size_t i = 0; i < table_rows(t); i++) {
		bool fresh;
		size_t n = index_add(u->codes, table_cell(t, i, CODE), &fresh);

		if (!fresh && n < earlier)
			continue;
		if (!fresh) {
			ok = table_row_fault(
			    t, i, faults, e, "this code stands twice");
			continue;
		}
		u->atoms[n].code = index_name(u->codes, n);
		read_atom(u, &u->atoms[n], t, i);
	}
	return ok;
}

static bool
resolve_all(struct ucum *u, struct table_faults *faults, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < index_count(u->codes); i++) {
		struct atom *a = &u->atoms[i];
		struct err why = { 0 };

		if (!ucum_resolve(u, a, &why))
			ok = table_fault(
			    faults, a->path, a->line, e, "%s", why.text);
	}
	return ok;
}

/* The tables are freed; one of them may be NULL, and then all is. */
static struct ucum *
from_tables(struct table *const *tables, size_t n, struct table_faults *faults,
    struct err *e)
{
	struct ucum *u = mem_zalloc(sizeof(*u));
	size_t rows = 0;
	bool ok = true;

	u->arena = arena_new();
	u->codes = index_new();
	for (size_t i = 0; i < n; i++) {
		ok = ok && tables[i] != NULL;
		rows += ok ? table_rows(tables[i]) : 0;
	}
	u->atoms = arena_zalloc(u->arena, (rows + 1) * sizeof(*u->atoms));
	for (size_t i = 0; ok && i < n; i++)
		ok = read_atoms(u, tables[i], faults, e);
	ok = ok && resolve_all(u, faults, e);
	for (size_t i = 0; i < n; i++)
		table_free(tables[i]);
	if (ok)
		return u;
	ucum_free(u);
	return NULL;
}

struct ucum *
ucum_load(const char *own, const char *path, struct table_faults *faults,
    struct err *e)
{
	struct table *tables[2];
	size_t n = 0;

	if (own != NULL)
		tables[n++] = table_load(own, columns, TABLE_EXTRA, faults, e);
	tables[n++] = table_load(path, columns, TABLE_EXTRA, faults, e);
	return from_tables(tables, n, faults, e);
}

struct ucum *
ucum_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	struct table *t =
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e);

	return from_tables(&t, 1, faults, e);
}

void
ucum_free(struct ucum *u)
{
	if (u == NULL)
		return;
	index_free(u->codes);
	arena_free(u->arena);
	mem_free(u);
}

/* --- a unit -------------------------------------------------------------- */

struct slice
ucum_dimension(const struct unit *u, struct arena *arena)
{
	static const char letter[] = "LTMAKQFN";
	char text[8 * 8];
	size_t n = 0;

	for (size_t i = 0; i < DIM_COUNT; i++) {
		if (u->dim[i] == 0)
			continue;
		if (n > 0)
			text[n++] = '.';
		text[n++] = letter[i];
		if (u->dim[i] != 1)
			n += (size_t)snprintf(
			    text + n, sizeof(text) - n, "%d", u->dim[i]);
	}
	if (n == 0)
		text[n++] = '1';
	return arena_slice(arena, (struct slice){ text, n });
}

bool
unit_same_dimension(const struct unit *a, const struct unit *b)
{
	return memcmp(a->dim, b->dim, sizeof(a->dim)) == 0;
}

bool
unit_same_arbitrary(const struct unit *a, const struct unit *b)
{
	for (size_t i = 0; i < ARBITRARY_KINDS; i++)
		if (a->arbitrary[i].atom != b->arbitrary[i].atom ||
		    a->arbitrary[i].power != b->arbitrary[i].power)
			return false;
	return true;
}

/* a/b = c/d */
static bool
same_fraction(const struct decimal *a, const struct decimal *b,
    const struct decimal *c, const struct decimal *d, struct arena *arena)
{
	struct err ignored = { 0 };
	struct decimal left, right;

	return decimal_mul(a, d, arena, &left, &ignored) &&
	    decimal_mul(c, b, arena, &right, &ignored) &&
	    decimal_cmp(&left, &right) == 0;
}

bool
unit_is_same(const struct unit *a, const struct unit *b, struct arena *arena)
{
	return a->scale == b->scale && unit_same_dimension(a, b) &&
	    unit_same_arbitrary(a, b) &&
	    same_fraction(&a->num, &a->den, &b->num, &b->den, arena) &&
	    same_fraction(&a->times, &a->per, &b->times, &b->per, arena);
}

int
unit_arbitrary_power(const struct unit *u, struct slice code)
{
	for (size_t i = 0; i < ARBITRARY_KINDS; i++)
		if (u->arbitrary[i].atom != NULL &&
		    slice_eq(u->arbitrary[i].atom->code, code))
			return u->arbitrary[i].power;
	return 0;
}
