#include "terms/ucum.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/mem.h"

#define MAX_NESTING 16

struct atom {
	struct slice code, value, of; /* 1 code = value of */
	bool metric, arbitrary, special;
	enum { RAW, UNDERWAY, READY } state;
	uint64_t line;
	struct unit unit;
};

struct ucum {
	struct arena *arena;
	struct index *codes;
	struct atom *atoms;
};

static const struct {
	const char *code;
	long power;
} prefixes[] = { { "Y", 24 }, { "Z", 21 }, { "E", 18 }, { "P", 15 },
	{ "T", 12 }, { "G", 9 }, { "M", 6 }, { "k", 3 }, { "h", 2 },
	{ "da", 1 }, { "d", -1 }, { "c", -2 }, { "m", -3 }, { "u", -6 },
	{ "n", -9 }, { "p", -12 }, { "f", -15 }, { "a", -18 }, { "z", -21 },
	{ "y", -24 } };

static const struct {
	const char *code;
	unsigned power;
} binary[] = { { "Ki", 10 }, { "Mi", 20 }, { "Gi", 30 }, { "Ti", 40 } };

static const struct decimal one = { .digits = "1", .n = 1 };

struct parser {
	const struct ucum *ucum;
	const char *p, *end;
	struct arena *arena;
	unsigned depth;
	struct err *e;
};

static bool resolve(const struct ucum *, struct atom *, struct err *);
static bool term(struct parser *, struct unit *);

static bool
fail(struct parser *ps)
{
	return err_data(ps->e, "not_ucum", "no unit of UCUM");
}

static struct unit
unity(void)
{
	return (struct unit){ .num = one, .den = one };
}

/* a := a * b, or a / b; special and affine units stand alone. */
static bool
combine(struct parser *ps, struct unit *a, const struct unit *b, bool divide)
{
	const struct decimal *num = divide ? &b->den : &b->num;
	const struct decimal *den = divide ? &b->num : &b->den;
	int sign = divide ? -1 : 1;

	if (a->special != NULL || b->special != NULL || a->affine || b->affine)
		return fail(ps);
	if (a->arbitrary != NULL && b->arbitrary != NULL &&
	    a->arbitrary != b->arbitrary)
		return fail(ps);
	if (!decimal_mul(&a->num, num, ps->arena, &a->num, ps->e) ||
	    !decimal_mul(&a->den, den, ps->arena, &a->den, ps->e))
		return false;
	for (size_t i = 0; i < DIM_COUNT; i++) {
		int power = a->dim[i] + sign * b->dim[i];

		if (power < -100 || power > 100)
			return fail(ps);
		a->dim[i] = (int8_t)power;
	}
	if (b->arbitrary != NULL) {
		int power = a->arbitrary_power + sign * b->arbitrary_power;

		if (power < -100 || power > 100)
			return fail(ps);
		a->arbitrary_power = (int8_t)power;
		a->arbitrary = power == 0 ? NULL : b->arbitrary;
	}
	return true;
}

static bool
raise(struct parser *ps, struct unit *u, int power)
{
	struct unit base = *u;

	if (power == 1)
		return true;
	*u = unity();
	for (int i = power < 0 ? -power : power; i > 0; i--)
		if (!combine(ps, u, &base, power < 0))
			return false;
	return true;
}

static bool
times_power(struct parser *ps, struct unit *u, long power)
{
	struct decimal ten = { .digits = "1", .n = 1 };
	bool small = power < 0;

	ten.exponent = small ? -power : power;
	return small ? decimal_mul(&u->den, &ten, ps->arena, &u->den, ps->e)
		     : decimal_mul(&u->num, &ten, ps->arena, &u->num, ps->e);
}

static bool
atom_unit(struct parser *ps, struct slice code, bool prefixed, struct unit *u)
{
	long i = index_find(ps->ucum->codes, code);
	struct atom *a;

	if (i < 0)
		return false;
	a = &ps->ucum->atoms[i];
	if ((prefixed && !a->metric) || !resolve(ps->ucum, a, ps->e))
		return false;
	*u = a->unit;
	return true;
}

/* An atom, or a prefix and a metric atom; a whole atom comes first. */
static bool
symbol(struct parser *ps, struct slice code, struct unit *u)
{
	if (atom_unit(ps, code, false, u))
		return true;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t n = strlen(prefixes[i].code);

		if (code.n > n && slice_starts(code, prefixes[i].code) &&
		    atom_unit(
			ps, (struct slice){ code.p + n, code.n - n }, true, u))
			return times_power(ps, u, prefixes[i].power);
	}
	for (size_t i = 0; i < sizeof(binary) / sizeof(binary[0]); i++) {
		if (code.n > 2 && slice_starts(code, binary[i].code) &&
		    atom_unit(ps, (struct slice){ code.p + 2, code.n - 2 },
			true, u)) {
			struct decimal factor =
			    decimal_of_long(1LL << binary[i].power, ps->arena);

			return decimal_mul(
			    &u->num, &factor, ps->arena, &u->num, ps->e);
		}
	}
	return fail(ps);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Braces with printable ASCII; true also where none stand here. */
static bool
annotation(struct parser *ps, bool *there)
{
	*there = ps->p < ps->end && *ps->p == '{';
	if (!*there)
		return true;
	for (ps->p++; ps->p < ps->end && *ps->p != '}'; ps->p++)
		if (*ps->p < '!' || *ps->p > '~' || *ps->p == '{')
			return fail(ps);
	if (ps->p == ps->end)
		return fail(ps);
	ps->p++;
	return true;
}

/* The letters of an atom: up to an operator, or digits outside brackets. */
static struct slice
letters(struct parser *ps)
{
	const char *from = ps->p;

	if (ps->end - from > 2 && is_digit(from[0]) &&
	    (slice_starts(slice_span(from, ps->end), "10*") ||
		slice_starts(slice_span(from, ps->end), "10^"))) {
		ps->p += 3;
		return slice_span(from, ps->p);
	}
	for (bool inside = false; ps->p < ps->end; ps->p++) {
		if (*ps->p == '[')
			inside = true;
		else if (*ps->p == ']')
			inside = false;
		else if (!inside &&
		    (is_digit(*ps->p) || strchr("./(){}+-=\"", *ps->p) != NULL))
			break;
	}
	return slice_span(from, ps->p);
}

static bool
exponent(struct parser *ps, struct unit *u)
{
	const char *p = ps->p;
	bool negative = p < ps->end && *p == '-';
	int power = 0;

	if (p < ps->end && (*p == '+' || *p == '-'))
		p++;
	if (p == ps->end || !is_digit(*p))
		return p == ps->p ? true : fail(ps);
	while (p < ps->end && is_digit(*p) && power < 100)
		power = power * 10 + *p++ - '0';
	ps->p = p;
	if (power > 100)
		return fail(ps);
	return raise(ps, u, negative ? -power : power);
}

static bool
component(struct parser *ps, struct unit *u)
{
	const char *from = ps->p;
	struct slice code;
	bool there;

	*u = unity();
	if (!annotation(ps, &there) || there)
		return there;
	if (ps->p < ps->end && *ps->p == '(') {
		if (++ps->depth > MAX_NESTING)
			return fail(ps);
		ps->p++;
		if (!term(ps, u))
			return false;
		ps->depth--;
		if (ps->p == ps->end || *ps->p != ')')
			return fail(ps);
		ps->p++;
		return true;
	}
	code = letters(ps);
	if (code.n == 0) {
		while (ps->p < ps->end && is_digit(*ps->p))
			ps->p++;
		if (ps->p == from || ps->p - from > 30)
			return fail(ps);
		return decimal_parse(
		    slice_span(from, ps->p), ps->arena, &u->num, ps->e);
	}
	return symbol(ps, code, u) && exponent(ps, u) && annotation(ps, &there);
}

static bool
term(struct parser *ps, struct unit *u)
{
	bool divide = ps->p < ps->end && *ps->p == '/';
	struct unit next;

	*u = unity();
	if (divide) {
		ps->p++;
		if (!component(ps, &next) || !combine(ps, u, &next, true))
			return false;
	} else if (!component(ps, u)) {
		return false;
	}
	while (ps->p < ps->end && (*ps->p == '.' || *ps->p == '/')) {
		divide = *ps->p++ == '/';
		if (!component(ps, &next) || !combine(ps, u, &next, divide))
			return false;
	}
	return true;
}

bool
ucum_unit(const struct ucum *ucum, struct slice code, struct arena *arena,
    struct unit *u, struct err *e)
{
	struct err ignored = { 0 };
	struct parser ps = { .ucum = ucum,
		.p = code.p,
		.end = code.p + code.n,
		.arena = arena,
		.e = &ignored };

	*u = unity();
	if (code.n == 0)
		return true;
	if (code.n > 200 || !term(&ps, u) || ps.p != ps.end ||
	    decimal_sign(&u->num) == 0 || decimal_sign(&u->den) == 0)
		return err_data(e, "not_ucum", "no unit of UCUM");
	return true;
}

/* --- the table ----------------------------------------------------------- */

/* Dimension letters of base units, in the order of the enum; mol is ours. */
static const char *const base_codes[DIM_COUNT] = { "m", "s", "g", "rad", "K",
	"C", "cd", "mol" };

static bool
resolve_affine(const struct ucum *ucum, struct atom *a, struct err *e)
{
	static const struct {
		const char *code, *offset, *num, *den;
	} scales[] = { { "Cel", "273.15", "1", "1" },
		{ "[degF]", "459.67", "5", "9" },
		{ "[degRe]", "218.52", "5", "4" } };

	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
		if (!slice_is(a->code, scales[i].code))
			continue;
		a->unit = unity();
		a->unit.affine = true;
		a->unit.dim[DIM_TEMPERATURE] = 1;
		return decimal_parse(slice_of(scales[i].offset), ucum->arena,
			   &a->unit.offset, e) &&
		    decimal_parse(slice_of(scales[i].num), ucum->arena,
			&a->unit.num, e) &&
		    decimal_parse(
			slice_of(scales[i].den), ucum->arena, &a->unit.den, e);
	}
	a->unit = unity();
	a->unit.special = a;
	return true;
}

static bool
resolve_base(struct atom *a)
{
	for (size_t i = 0; i < DIM_COUNT; i++)
		if (slice_is(a->code, base_codes[i])) {
			a->unit = unity();
			a->unit.dim[i] = 1;
			return true;
		}
	return false;
}

/* Atoms are defined by others; a circle would never end. */
static bool
resolve(const struct ucum *ucum, struct atom *a, struct err *e)
{
	struct parser ps = { .ucum = ucum,
		.p = a->of.p,
		.end = a->of.p + a->of.n,
		.arena = ucum->arena,
		.e = e };
	struct decimal value;

	if (a->state == READY)
		return true;
	if (a->state == UNDERWAY)
		return err_set(e, ERR_USAGE, "unit '%.*s' is defined by itself",
		    (int)a->code.n, a->code.p);
	a->state = UNDERWAY;
	if (a->special) {
		if (!resolve_affine(ucum, a, e))
			return false;
	} else if (a->arbitrary) {
		a->unit = unity();
		a->unit.arbitrary = a;
		a->unit.arbitrary_power = 1;
	} else if (!resolve_base(a)) {
		a->unit = unity();
		if ((a->of.n > 0 && !term(&ps, &a->unit)) || ps.p != ps.end ||
		    !decimal_parse(a->value, ucum->arena, &value, e) ||
		    decimal_sign(&value) <= 0 ||
		    !decimal_mul(
			&a->unit.num, &value, ucum->arena, &a->unit.num, e))
			return err_set(e, ERR_USAGE,
			    "unit '%.*s' is defined by what is no unit",
			    (int)a->code.n, a->code.p);
	}
	a->state = READY;
	return true;
}

enum { CODE, METRIC, CLASS, VALUE, OF };

static const struct column columns[] = { { "code", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "metric", NULL, COLUMN_REQUIRED }, { "class", NULL, COLUMN_REQUIRED },
	{ "value", NULL, COLUMN_REQUIRED }, { "unit", NULL, COLUMN_REQUIRED },
	{ NULL, NULL, 0 } };

static bool
read_atoms(struct ucum *u, const struct table *t, struct table_faults *faults,
    struct err *e)
{
	size_t rows = table_rows(t);
	bool ok = true;

	u->atoms = arena_zalloc(u->arena, (rows + 1) * sizeof(*u->atoms));
	for (size_t i = 0; i < rows; i++) {
		bool fresh;
		size_t n = index_add(u->codes, table_cell(t, i, CODE), &fresh);
		struct atom *a = &u->atoms[n];
		struct slice class = table_cell(t, i, CLASS);

		if (!fresh) {
			ok = table_row_fault(
			    t, i, faults, e, "this code stands twice");
			continue;
		}
		a->code = index_name(u->codes, n);
		a->metric = slice_is(table_cell(t, i, METRIC), "yes");
		a->arbitrary = slice_is(class, "arbitrary");
		a->special = slice_is(class, "special");
		a->value = arena_slice(u->arena, table_cell(t, i, VALUE));
		a->of = arena_slice(u->arena, table_cell(t, i, OF));
		a->line = table_line(t, i);
	}
	for (size_t i = 0; ok && i < index_count(u->codes); i++) {
		struct err why = { 0 };

		if (!resolve(u, &u->atoms[i], &why))
			ok = table_fault(faults, table_path(t),
			    u->atoms[i].line, e, "%s", why.text);
	}
	return ok;
}

static struct ucum *
from_table(struct table *t, struct table_faults *faults, struct err *e)
{
	struct ucum *u;

	if (t == NULL)
		return NULL;
	u = mem_zalloc(sizeof(*u));
	u->arena = arena_new();
	u->codes = index_new();
	if (!read_atoms(u, t, faults, e)) {
		ucum_free(u);
		u = NULL;
	}
	table_free(t);
	return u;
}

struct ucum *
ucum_load(const char *path, struct table_faults *faults, struct err *e)
{
	return from_table(
	    table_load(path, columns, TABLE_EXTRA, faults, e), faults, e);
}

struct ucum *
ucum_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	return from_table(
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e), faults,
	    e);
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
