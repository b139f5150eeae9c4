/*
 * A recursive descent over the code: a term is components with `.` and `/`
 * between, read from left to right; a component is a number, an annotation, a
 * term in brackets, or a symbol with exponent and annotation.  The words of
 * the unit are written along the way.
 */
#include "terms/ucum_term.h"

#include <string.h>

#include "base/ascii.h"

#define MAX_NESTING 16
#define MAX_POWER   100
#define MAX_CODE    200

static const struct {
	const char *code, *name;
	long power;
} prefixes[] = { { "Y", "yotta", 24 }, { "Z", "zetta", 21 }, { "E", "exa", 18 },
	{ "P", "peta", 15 }, { "T", "tera", 12 }, { "G", "giga", 9 },
	{ "M", "mega", 6 }, { "k", "kilo", 3 }, { "h", "hecto", 2 },
	{ "da", "deka", 1 }, { "d", "deci", -1 }, { "c", "centi", -2 },
	{ "m", "milli", -3 }, { "u", "micro", -6 }, { "n", "nano", -9 },
	{ "p", "pico", -12 }, { "f", "femto", -15 }, { "a", "atto", -18 },
	{ "z", "zepto", -21 }, { "y", "yocto", -24 } };

static const struct {
	const char *code, *name;
	unsigned power;
} binary[] = { { "Ki", "kibi", 10 }, { "Mi", "mebi", 20 }, { "Gi", "gibi", 30 },
	{ "Ti", "tebi", 40 } };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct parser {
	const struct ucum *ucum;
	const char *p, *end;
	struct arena *arena;
	struct buf *display; /* or NULL */
	unsigned depth;
	struct err *e;
};

/* A symbol under way: its unit, and what it is called. */
struct symbol {
	struct unit unit;
	const char *prefix;
	struct slice name;
};

static bool term(struct parser *, struct unit *);

struct unit
ucum_unity(void)
{
	static const struct decimal one = { .digits = "1", .n = 1 };

	return (
	    struct unit){ .num = one, .den = one, .times = one, .per = one };
}

static void
say(struct parser *ps, const char *text)
{
	if (ps->display != NULL)
		buf_adds(ps->display, text);
}

static bool
is_number(const struct unit *u)
{
	static const struct unit none;

	return memcmp(u->dim, none.dim, sizeof(u->dim)) == 0 &&
	    u->arbitrary[0].atom == NULL && u->scale == NULL;
}

/* Both fractions multiplied: *num *= a, *den *= b. */
static bool
times(struct parser *ps, struct decimal *num, const struct decimal *a,
    struct decimal *den, const struct decimal *b)
{
	return decimal_mul(num, a, ps->arena, num, ps->e) &&
	    decimal_mul(den, b, ps->arena, den, ps->e);
}

static bool
add_power(int8_t *power, int more)
{
	if (*power + more < -MAX_POWER || *power + more > MAX_POWER)
		return false;
	*power = (int8_t)(*power + more);
	return true;
}

/* Kinds of arbitrary units stay in the order of the table. */
static bool
add_arbitrary(struct unit *u, const struct atom *atom, int power)
{
	size_t i = 0;

	while (i < ARBITRARY_KINDS && u->arbitrary[i].atom != NULL &&
	    u->arbitrary[i].atom < atom)
		i++;
	if (i == ARBITRARY_KINDS)
		return false;
	if (u->arbitrary[i].atom != atom) {
		if (u->arbitrary[ARBITRARY_KINDS - 1].atom != NULL)
			return false;
		memmove(&u->arbitrary[i + 1], &u->arbitrary[i],
		    (ARBITRARY_KINDS - 1 - i) * sizeof(u->arbitrary[0]));
		u->arbitrary[i].atom = atom;
		u->arbitrary[i].power = 0;
	}
	if (!add_power(&u->arbitrary[i].power, power))
		return false;
	if (u->arbitrary[i].power == 0) {
		memmove(&u->arbitrary[i], &u->arbitrary[i + 1],
		    (ARBITRARY_KINDS - 1 - i) * sizeof(u->arbitrary[0]));
		u->arbitrary[ARBITRARY_KINDS - 1].atom = NULL;
		u->arbitrary[ARBITRARY_KINDS - 1].power = 0;
	}
	return true;
}

/* A special unit takes no part in algebra, but for a number before it. */
static bool
scale_by(struct parser *ps, struct unit *a, const struct unit *b)
{
	struct unit number = *a;

	if (is_number(b))
		return times(ps, &a->times, &b->num, &a->per, &b->den);
	if (!is_number(a))
		return false;
	*a = *b;
	return times(ps, &a->times, &number.num, &a->per, &number.den);
}

/* a := a * b, or a / b */
static bool
combine(struct parser *ps, struct unit *a, const struct unit *b, bool divide)
{
	int sign = divide ? -1 : 1;

	if (a->scale != NULL || b->scale != NULL)
		return !divide && scale_by(ps, a, b);
	if (!times(ps, &a->num, divide ? &b->den : &b->num, &a->den,
		divide ? &b->num : &b->den))
		return false;
	for (size_t i = 0; i < DIM_COUNT; i++)
		if (!add_power(&a->dim[i], sign * b->dim[i]))
			return false;
	for (size_t i = 0; i < ARBITRARY_KINDS; i++)
		if (b->arbitrary[i].atom != NULL &&
		    !add_arbitrary(
			a, b->arbitrary[i].atom, sign * b->arbitrary[i].power))
			return false;
	return true;
}

static bool
raise(struct parser *ps, struct unit *u, int power)
{
	struct unit base = *u;

	if (power == 1)
		return true;
	if (u->scale != NULL)
		return false;
	*u = ucum_unity();
	for (int i = power < 0 ? -power : power; i > 0; i--)
		if (!combine(ps, u, &base, power < 0))
			return false;
	return true;
}

/* The prefix of a special unit counts for its value: dB. */
static bool
by_prefix(
    struct parser *ps, struct unit *u, const struct decimal *factor, bool small)
{
	struct decimal *num = u->scale != NULL ? &u->times : &u->num;
	struct decimal *den = u->scale != NULL ? &u->per : &u->den;
	struct decimal *to = small ? den : num;

	return decimal_mul(to, factor, ps->arena, to, ps->e);
}

static bool
find_atom(struct parser *ps, struct slice code, bool prefixed, struct symbol *s)
{
	long i = index_find(ps->ucum->codes, code);
	struct atom *a;

	if (i < 0)
		return false;
	a = &ps->ucum->atoms[i];
	if ((prefixed && !a->metric) || !ucum_resolve(ps->ucum, a, ps->e))
		return false;
	s->unit = a->unit;
	s->name = a->name;
	return true;
}

/* The atom behind a prefix that the code begins with. */
static bool
find_prefixed(struct parser *ps, struct slice code, const char *prefix,
    const char *name, struct symbol *s)
{
	size_t n = strlen(prefix);

	s->prefix = name;
	return code.n > n && slice_starts(code, prefix) &&
	    find_atom(ps, (struct slice){ code.p + n, code.n - n }, true, s);
}

/* An atom, or a prefix and a metric atom; a whole atom comes first. */
static bool
find_symbol(struct parser *ps, struct slice code, struct symbol *s)
{
	struct decimal factor = { .digits = "1", .n = 1 };

	s->prefix = "";
	if (find_atom(ps, code, false, s))
		return true;
	for (size_t i = 0; i < COUNT(prefixes); i++) {
		bool small = prefixes[i].power < 0;

		if (!find_prefixed(
			ps, code, prefixes[i].code, prefixes[i].name, s))
			continue;
		factor.exponent =
		    small ? -prefixes[i].power : prefixes[i].power;
		return by_prefix(ps, &s->unit, &factor, small);
	}
	for (size_t i = 0; i < COUNT(binary); i++) {
		if (!find_prefixed(ps, code, binary[i].code, binary[i].name, s))
			continue;
		factor = decimal_of_long(1LL << binary[i].power, ps->arena);
		return by_prefix(ps, &s->unit, &factor, false);
	}
	return false;
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
			return false;
	if (ps->p == ps->end)
		return false;
	ps->p++;
	return true;
}

/* The letters of a symbol: up to an operator, or digits outside brackets. */
static struct slice
letters(struct parser *ps)
{
	const char *from = ps->p;
	struct slice rest = slice_span(from, ps->end);
	bool inside = false;

	if (slice_starts(rest, "10*") || slice_starts(rest, "10^")) {
		ps->p += 3;
		return slice_span(from, ps->p);
	}
	for (; ps->p < ps->end; ps->p++) {
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

/* 1 where none stands here; false for a sign alone or beyond MAX_POWER. */
static bool
exponent(struct parser *ps, int *power)
{
	const char *p = ps->p;
	bool negative = p < ps->end && *p == '-';

	*power = 1;
	if (p < ps->end && (*p == '+' || *p == '-'))
		p++;
	if (p == ps->end || !is_digit(*p))
		return p == ps->p;
	for (*power = 0; p < ps->end && is_digit(*p); p++)
		if (*power <= MAX_POWER)
			*power = *power * 10 + (*p - '0');
	ps->p = p;
	if (*power > MAX_POWER)
		return false;
	if (negative)
		*power = -*power;
	return true;
}

static bool
symbol(struct parser *ps, struct slice code, struct unit *u)
{
	struct symbol s;
	int power;

	if (!find_symbol(ps, code, &s) || !exponent(ps, &power))
		return false;
	if (ps->display != NULL) {
		buf_addf(
		    ps->display, "(%s%.*s", s.prefix, (int)s.name.n, s.name.p);
		if (power != 1)
			buf_addf(ps->display, " ^ %d", power);
		buf_addc(ps->display, ')');
	}
	*u = s.unit;
	return raise(ps, u, power);
}

static bool
number(struct parser *ps, struct unit *u)
{
	const char *from = ps->p;
	struct slice digits;

	while (ps->p < ps->end && is_digit(*ps->p))
		ps->p++;
	digits = slice_span(from, ps->p);
	if (digits.n == 0 || digits.n > 30)
		return false;
	if (ps->display != NULL)
		buf_add_slice(ps->display, digits);
	return decimal_parse(digits, ps->arena, &u->num, ps->e);
}

static bool
bracket(struct parser *ps, struct unit *u)
{
	if (++ps->depth > MAX_NESTING)
		return false;
	ps->p++;
	say(ps, "(");
	if (!term(ps, u) || ps->p == ps->end || *ps->p != ')')
		return false;
	ps->p++;
	ps->depth--;
	say(ps, ")");
	return true;
}

static bool
component(struct parser *ps, struct unit *u)
{
	struct slice code;
	bool there;

	*u = ucum_unity();
	if (!annotation(ps, &there))
		return false;
	if (there) {
		say(ps, "1");
		return true;
	}
	if (ps->p < ps->end && *ps->p == '(')
		return bracket(ps, u) && annotation(ps, &there);
	code = letters(ps);
	return (code.n == 0 ? number(ps, u) : symbol(ps, code, u)) &&
	    annotation(ps, &there);
}

static bool
term(struct parser *ps, struct unit *u)
{
	bool divide = ps->p < ps->end && *ps->p == '/';
	struct unit next;

	*u = ucum_unity();
	if (divide)
		say(ps, "1");
	else if (!component(ps, u))
		return false;
	while (ps->p < ps->end && (*ps->p == '.' || *ps->p == '/')) {
		divide = *ps->p++ == '/';
		say(ps, divide ? " / " : " * ");
		if (!component(ps, &next) || !combine(ps, u, &next, divide))
			return false;
	}
	return true;
}

bool
ucum_read(const struct ucum *ucum, struct slice code, struct arena *arena,
    struct unit *u, struct buf *display, struct err *e)
{
	struct parser ps = { .ucum = ucum,
		.p = code.p,
		.end = code.p + code.n,
		.arena = arena,
		.display = display,
		.e = e };

	*u = ucum_unity();
	if (code.n == 0)
		say(&ps, "(unity)");
	return code.n == 0 ||
	    (code.n <= MAX_CODE && term(&ps, u) && ps.p == ps.end &&
		decimal_sign(&u->num) != 0 && decimal_sign(&u->den) != 0);
}
