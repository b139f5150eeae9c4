#include "terms/unit.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "terms/fold.h"

/*
 * Spellings are found by their folded form, behind the folded item and a bar:
 * "白细胞|g/l", and "|g/l" for any item.  Case is folded only in the second
 * try, where one unit alone fits.
 */
struct units {
	struct ucum *ucum;
	struct arena *arena;
	struct index *exact, *folded;
	struct slice *exact_code, *folded_code; /* n 0: several units fit */
	size_t exact_room, folded_room;
	struct index *analytes;
	struct decimal *masses; /* g/mol */
};

static struct slice
joined(struct slice item, struct slice spelling, struct arena *arena)
{
	char *p = arena_alloc(arena, item.n + spelling.n + 1);

	memcpy(p, item.p, item.n);
	p[item.n] = '|';
	memcpy(p + item.n + 1, spelling.p, spelling.n);
	return (struct slice){ p, item.n + spelling.n + 1 };
}

/*
 * What laboratories write instead of UCUM: width, blanks, two code points for
 * micro, powers of ten.  Case stays.  "×10^9/L" -> "10*9/L".
 */
static struct slice
tidy(struct slice text, struct arena *arena)
{
	const char *p = text.p, *end = text.p + text.n;
	char *out = arena_alloc(arena, 4 * text.n + 4), *to = out;

	while (p < end) {
		uint32_t code = utf8_narrow(utf8_next(&p, end));

		if (code == ' ' || (code >= '\t' && code <= '\r'))
			continue;
		if (code == 0xB5 || code == 0x3BC)
			*to++ = 'u';
		else if (code == 0x2103)
			to += strlen(memcpy(to, "Cel", 4));
		else if (code == 0xD7)
			continue;
		else if (code == 0xB2 || code == 0xB3)
			*to++ = (char)('0' + (code & 7));
		else if (code == 0xB9)
			*to++ = '1';
		else if (code == 0x2070 || (code >= 0x2074 && code <= 0x2079))
			*to++ = (char)('0' + (code & 15));
		else if (code == 0x2219 || code == 0xB7 || code == 0x22C5)
			*to++ = '.';
		else
			to += utf8_put(to, code);
	}
	return slice_span(out, to);
}

/* "x10^9/L", "10E9/L", "10^9/L", "109/L" (a lost superscript) to "10*9/L". */
static struct slice
powers(struct slice text, struct arena *arena)
{
	char *out = arena_alloc(arena, text.n + 4);
	const char *p = text.p, *end = text.p + text.n;
	size_t n = 0;

	if (end - p > 3 && (*p == 'x' || *p == 'X' || *p == '*') &&
	    p[1] == '1' && p[2] == '0')
		p++;
	if (end - p > 3 && p[0] == '1' && p[1] == '0') {
		memcpy(out, "10*", 3);
		n = 3;
		p += 2;
		if (*p == '^' || *p == 'E' || *p == 'e' || *p == '*')
			p++;
	}
	memcpy(out + n, p, (size_t)(end - p));
	return (struct slice){ out, n + (size_t)(end - p) };
}

static bool
is_ucum(const struct units *u, struct slice code, struct arena *arena)
{
	struct err ignored = { 0 };
	struct unit unit;

	return code.n > 0 && ucum_unit(u->ucum, code, arena, &unit, &ignored);
}

static bool
listed(const struct index *index, const struct slice *codes, struct slice item,
    struct slice spelling, struct arena *arena, struct slice *code)
{
	long i = -1;

	if (item.n > 0)
		i = index_find(
		    index, joined(fold_term(item, arena), spelling, arena));
	if (i < 0)
		i = index_find(index, joined(SLICE(""), spelling, arena));
	if (i < 0 || codes[i].n == 0)
		return false;
	*code = codes[i];
	return true;
}

bool
units_code(const struct units *u, struct slice spelling, struct slice item,
    struct arena *arena, struct slice *code)
{
	struct slice text = tidy(spelling, arena), power;

	if (text.n == 0 || text.n > 100)
		return false;
	if (listed(u->exact, u->exact_code, item, text, arena, code))
		return true;
	power = powers(text, arena);
	if (is_ucum(u, power, arena)) {
		*code = power;
		return true;
	}
	return listed(u->exact, u->exact_code, item, power, arena, code) ||
	    listed(u->folded, u->folded_code, item, fold_term(power, arena),
		arena, code);
}

bool
units_valid(const struct units *u, struct slice code)
{
	struct arena *arena = arena_new();
	bool valid = is_ucum(u, code, arena);

	arena_free(arena);
	return valid;
}

bool
units_parse(const struct units *u, struct slice code, struct arena *arena,
    struct unit *unit, struct err *e)
{
	return ucum_unit(u->ucum, code, arena, unit, e);
}

/* +1: mass where the other has moles, -1 the other way round, 0: neither. */
static int
mole_or_mass(const struct unit *from, const struct unit *to)
{
	struct unit a = *from;
	int way = to->dim[DIM_AMOUNT] - from->dim[DIM_AMOUNT];

	if (way != 1 && way != -1)
		return 0;
	a.dim[DIM_AMOUNT] = to->dim[DIM_AMOUNT];
	a.dim[DIM_MASS] = (int8_t)(a.dim[DIM_MASS] - way);
	return unit_same_dimension(&a, to) ? way : 0;
}

static bool
through_mass(const struct units *u, struct slice analyte, int way,
    struct arena *arena, struct unit *to, struct err *e)
{
	long i = index_find(u->analytes, fold_term(analyte, arena));

	if (i < 0)
		return err_data(e, "needs_analyte",
		    "mole and mass meet only by a molar mass");
	/* moles = grams / M: the target counts for M, or 1/M, of its mass */
	return way > 0
	    ? decimal_mul(&to->num, &u->masses[i], arena, &to->num, e)
	    : decimal_mul(&to->den, &u->masses[i], arena, &to->den, e);
}

bool
units_between(const struct units *u, struct slice from_code,
    struct slice to_code, struct slice analyte, struct arena *arena,
    struct conversion *c, struct err *e)
{
	static const struct decimal zero = { .digits = "0", .n = 1 };
	struct unit from, to;
	struct decimal up;

	*c = (struct conversion){
		.add = zero, .sub = zero, .same = slice_eq(from_code, to_code)
	};
	if (!ucum_unit(u->ucum, from_code, arena, &from, e) ||
	    !ucum_unit(u->ucum, to_code, arena, &to, e))
		return false;
	if (c->same)
		return true;
	if (from.special != NULL || to.special != NULL)
		return err_data(e, "dimensions_differ",
		    "this special unit converts only to itself");
	if (from.arbitrary != to.arbitrary ||
	    from.arbitrary_power != to.arbitrary_power)
		return err_data(e, "arbitrary_unit",
		    "an arbitrary unit converts only to itself");
	if (!unit_same_dimension(&from, &to)) {
		int way = mole_or_mass(&from, &to);

		if (way == 0)
			return err_data(e, "dimensions_differ",
			    "the units measure different things");
		if (!through_mass(u, analyte, way, arena, &to, e))
			return false;
	}
	if (!decimal_mul(&from.num, &to.den, arena, &c->mul, e) ||
	    !decimal_mul(&from.den, &to.num, arena, &c->div, e))
		return false;
	if (from.affine)
		c->add = from.offset;
	up = c->div;
	if (to.affine && !decimal_mul(&to.offset, &up, arena, &c->sub, e))
		return false;
	c->same =
	    !from.affine && !to.affine && decimal_cmp(&c->mul, &c->div) == 0;
	return true;
}

bool
conversion_apply(const struct conversion *c, const struct decimal *value,
    struct arena *arena, struct decimal *result, struct err *e)
{
	struct decimal d;

	if (c->same) {
		*result = *value;
		return true;
	}
	return decimal_add(value, &c->add, arena, &d, e) &&
	    decimal_mul(&d, &c->mul, arena, &d, e) &&
	    decimal_sub(&d, &c->sub, arena, &d, e) &&
	    decimal_div(&d, &c->div, arena, result, e);
}

/* --- tables -------------------------------------------------------------- */

enum { SPELLING, ITEM, UCUM };

static const struct column spelling_columns[] = {
	{ "spelling", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "item", NULL, 0 }, { "ucum", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ NULL, NULL, 0 }
};

enum { ANALYTE, ALIASES, MASS };

static const struct column analyte_columns[] = {
	{ "analyte", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "aliases", NULL, 0 },
	{ "molar_mass", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ NULL, NULL, 0 }
};

/* A folded spelling of two units fits none. */
static void
add_spelling(struct units *u, struct slice item, struct slice text,
    struct slice code, bool *fresh)
{
	size_t i;
	bool first;

	item = fold_term(item, u->arena);
	i = index_add(u->exact, joined(item, text, u->arena), fresh);
	if (*fresh) {
		u->exact_code = mem_room(
		    u->exact_code, i, &u->exact_room, sizeof(struct slice));
		u->exact_code[i] = code;
	}
	i = index_add(u->folded,
	    joined(item, fold_term(text, u->arena), u->arena), &first);
	if (first) {
		u->folded_code = mem_room(
		    u->folded_code, i, &u->folded_room, sizeof(struct slice));
		u->folded_code[i] = code;
	} else if (!slice_eq(u->folded_code[i], code))
		u->folded_code[i] = SLICE("");
}

static bool
read_spellings(struct units *u, const struct table *t,
    struct table_faults *faults, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < table_rows(t); i++) {
		struct slice code =
		    arena_slice(u->arena, table_cell(t, i, UCUM));
		struct slice items = table_cell(t, i, ITEM), item;
		struct slice text = tidy(table_cell(t, i, SPELLING), u->arena);
		bool fresh = true, any = items.n == 0;

		if (!is_ucum(u, code, u->arena)) {
			ok = table_row_fault(t, i, faults, e,
			    "'%.*s' is no unit of UCUM", (int)code.n, code.p);
			continue;
		}
		while (any || slice_next(&items, '|', &item)) {
			add_spelling(
			    u, any ? SLICE("") : item, text, code, &fresh);
			any = false;
			if (!fresh)
				ok = table_row_fault(t, i, faults, e,
				    "this spelling stands twice");
		}
	}
	return ok;
}

static bool
read_analytes(struct units *u, const struct table *t,
    struct table_faults *faults, struct err *e)
{
	size_t room = 0;
	bool ok = true;

	for (size_t i = 0; i < table_rows(t); i++) {
		struct slice names = table_cell(t, i, ALIASES);
		struct slice name = table_cell(t, i, ANALYTE);
		struct decimal mass;

		if (!decimal_parse(
			table_cell(t, i, MASS), u->arena, &mass, e) ||
		    decimal_sign(&mass) <= 0) {
			ok = table_row_fault(
			    t, i, faults, e, "no molar mass in g/mol");
			continue;
		}
		do {
			bool fresh;
			size_t n = index_add(u->analytes,
			    fold_term(slice_trim(name), u->arena), &fresh);

			if (fresh) {
				u->masses = mem_room(
				    u->masses, n, &room, sizeof(*u->masses));
				u->masses[n] = mass;
			} else if (decimal_cmp(&u->masses[n], &mass) != 0) {
				ok = table_row_fault(t, i, faults, e,
				    "an analyte has two molar masses");
			}
		} while (slice_next(&names, '|', &name));
	}
	return ok;
}

static bool
load_part(struct units *u, const char *share, const char *file,
    const struct column *columns,
    bool (*read)(struct units *, const struct table *, struct table_faults *,
	struct err *),
    struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_load(arena_printf(u->arena, "%s/terms/%s", share, file),
		columns, TABLE_EXTRA, faults, e);
	bool ok = t != NULL && read(u, t, faults, e);

	table_free(t);
	return ok;
}

struct units *
units_load(const char *share, struct table_faults *faults, struct err *e)
{
	struct units *u = mem_zalloc(sizeof(*u));

	u->arena = arena_new();
	u->exact = index_new();
	u->folded = index_new();
	u->analytes = index_new();
	u->ucum = ucum_load(
	    arena_printf(u->arena, "%s/terms/ucum.csv", share), faults, e);
	if (u->ucum == NULL ||
	    !load_part(u, share, "units.csv", spelling_columns, read_spellings,
		faults, e) ||
	    !load_part(u, share, "analytes.csv", analyte_columns, read_analytes,
		faults, e)) {
		units_free(u);
		return NULL;
	}
	return u;
}

void
units_free(struct units *u)
{
	if (u == NULL)
		return;
	ucum_free(u->ucum);
	index_free(u->exact);
	index_free(u->folded);
	index_free(u->analytes);
	mem_free(u->exact_code);
	mem_free(u->folded_code);
	mem_free(u->masses);
	arena_free(u->arena);
	mem_free(u);
}
