#include "extract/measure.h"

#include "base/mem.h"

struct lexer {
	struct slice s;
	size_t at;
	struct arena *arena;
	struct measure *list;
	size_t n, room;
};

static int
peek(const struct lexer *l, size_t ahead)
{
	size_t i = l->at + ahead;

	return i < l->s.n ? (unsigned char)l->s.p[i] : -1;
}

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
takes(struct lexer *l, const char *word)
{
	size_t n = strlen(word);

	if (l->s.n - l->at < n || memcmp(l->s.p + l->at, word, n) != 0)
		return false;
	l->at += n;
	return true;
}

static void
blank(struct lexer *l)
{
	while (peek(l, 0) == ' ')
		l->at++;
}

/* Digits, with a point and digits behind it; thousands by commas. */
static bool
number(struct lexer *l, struct decimal *value)
{
	char text[64];
	size_t n = 0, from = l->at;
	bool point = false;
	struct err e;

	while (n < sizeof(text) - 1) {
		int c = peek(l, 0);

		if (is_digit(c))
			text[n++] = (char)c;
		else if (c == '.' && !point && n > 0 && is_digit(peek(l, 1))) {
			text[n++] = '.';
			point = true;
		} else if (!(c == ',' && !point && n > 0 && n <= 3 &&
			       is_digit(peek(l, 1)) && is_digit(peek(l, 2)) &&
			       is_digit(peek(l, 3)) && !is_digit(peek(l, 4))))
			break;
		l->at++;
	}
	if (n == 0 ||
	    !decimal_parse((struct slice){ text, n }, l->arena, value, &e)) {
		l->at = from;
		return false;
	}
	return true;
}

static const struct unit *
unit(struct lexer *l)
{
	size_t n;
	struct slice rest = { l->s.p + l->at, l->s.n - l->at };
	const struct unit *u = unit_at(rest, &n);

	l->at += n;
	return u;
}

static bool
times(struct lexer *l)
{
	size_t from = l->at;
	int c;

	blank(l);
	c = peek(l, 0);
	if (c == 'x' || c == 'X' || c == '*') {
		l->at++;
		blank(l);
		if (is_digit(peek(l, 0)))
			return true;
	}
	l->at = from;
	return false;
}

static bool
to_sign(struct lexer *l)
{
	size_t from = l->at;

	if (takes(l, "~") || takes(l, "-") || takes(l, "至") ||
	    takes(l, "到")) {
		if (is_digit(peek(l, 0)))
			return true;
	}
	l->at = from;
	return false;
}

/* All values to the unit of the last, which speaks for those without one. */
static void
one_unit(struct measure *m, const struct unit *of[], struct arena *a)
{
	const struct unit *last = of[m->n - 1];

	m->unit = last;
	for (size_t i = 0; last != NULL && i < m->n; i++)
		if (of[i] != NULL && of[i] != last &&
		    of[i]->dimension == last->dimension)
			unit_convert(
			    &m->value[i], of[i], last, a, &m->value[i]);
}

/* Behind the first sign of multiplication. */
static void
dimensions(struct lexer *l, struct measure *m, const struct unit *first)
{
	const struct unit *of[MEASURE_VALUES] = { first };

	do {
		if (!number(l, &m->value[m->n]))
			break;
		of[m->n++] = unit(l);
	} while (m->n < MEASURE_VALUES && times(l));
	m->kind = MEASURE_DIMS;
	one_unit(m, of, l->arena);
}

static void
range(struct lexer *l, struct measure *m, const struct unit *first)
{
	const struct unit *of[MEASURE_VALUES] = { first };

	m->kind = MEASURE_RANGE;
	m->has[0] = m->has[1] = number(l, &m->value[1]);
	m->n = 2;
	of[1] = unit(l);
	one_unit(m, of, l->arena);
}

/* What may stand between the minutes and the seconds of one duration. */
static const struct unit *
prime(struct lexer *l)
{
	if (takes(l, "''") || takes(l, "\""))
		return unit_find(SLICE("s"));
	if (takes(l, "'"))
		return unit_find(SLICE("min"));
	return NULL;
}

/* Hours, minutes and seconds in a row, summed to the unit of the last. */
static void
duration(struct lexer *l, struct measure *m)
{
	for (;;) {
		const struct unit *u;
		struct decimal v, had;
		size_t from = l->at;
		struct err e;

		takes(l, "零");
		blank(l);
		if (!number(l, &v)) {
			l->at = from;
			return;
		}
		u = unit(l);
		if (u == NULL)
			u = prime(l);
		if (u == NULL || u->dimension != DIM_TIME ||
		    strlen(u->factor) >= strlen(m->unit->factor) ||
		    !unit_convert(&m->value[0], m->unit, u, l->arena, &had) ||
		    !decimal_add(&had, &v, l->arena, &m->value[0], &e)) {
			l->at = from;
			return;
		}
		m->unit = u;
	}
}

static bool
date(struct lexer *l, struct measure *m)
{
	size_t i = l->at, n = 0;
	const char *p = l->s.p;

	/* yyyy-mm-dd and the like: four digits and two signs of one kind. */
	if (!is_digit(peek(l, 3)) || is_digit(peek(l, 4)))
		return false;
	for (n = 0; n < 4; n++)
		if (!is_digit(peek(l, n)))
			return false;
	i += 4;
	if (i < l->s.n && (p[i] == '-' || p[i] == '/' || p[i] == '.')) {
		char sign = p[i];
		size_t signs = 0;

		while (i < l->s.n &&
		    (is_digit((unsigned char)p[i]) ||
			(p[i] == sign && signs++ < 2)))
			i++;
		if (signs < 2)
			return false;
	} else if (l->s.n - i >= 3 && memcmp(p + i, "年", 3) == 0 &&
	    i + 3 < l->s.n && is_digit((unsigned char)p[i + 3])) {
		while (i < l->s.n &&
		    (is_digit((unsigned char)p[i]) ||
			(l->s.n - i >= 3 &&
			    (memcmp(p + i, "年", 3) == 0 ||
				memcmp(p + i, "月", 3) == 0 ||
				memcmp(p + i, "日", 3) == 0))))
			i += is_digit((unsigned char)p[i]) ? 1 : 3;
	} else {
		return false;
	}
	l->at = i;
	m->kind = MEASURE_DATE;
	return true;
}

/* Whether the bytes before a place end in the word. */
static bool
behind(const struct lexer *l, size_t at, const char *word)
{
	size_t n = strlen(word);

	return at >= n && memcmp(l->s.p + at - n, word, n) == 0;
}

/* "长径15mm": the name's first byte, or the number's where there is none. */
static size_t
diameter(const struct lexer *l, size_t at)
{
	static const char *const names[] = { "上下径", "左右径", "前后径",
		"长径", "横径", "短径", "厚径", "宽径", "纵径", "高径", NULL };
	static const char *const between[] = { "约为", "约", "为", ":", NULL };

	for (size_t i = 0; between[i] != NULL; i++)
		if (behind(l, at, between[i])) {
			at -= strlen(between[i]);
			break;
		}
	for (size_t i = 0; names[i] != NULL; i++)
		if (behind(l, at, names[i]))
			return at - strlen(names[i]);
	return SIZE_MAX;
}

/* Named diameters, one behind the other, are one set of dimensions. */
static bool
joins(struct lexer *l, const struct measure *m)
{
	struct measure *last = l->n == 0 ? NULL : &l->list[l->n - 1];
	struct slice between;
	struct decimal v[MEASURE_VALUES];

	if (last == NULL || !last->named || last->n >= MEASURE_VALUES ||
	    last->unit == NULL || m->unit == NULL ||
	    !measure_convert(m, last->unit, l->arena, v))
		return false;
	between = slice_span(l->s.p + last->to, l->s.p + m->from);
	if (!slice_is(between, ",") && !slice_is(between, "、") &&
	    !slice_is(between, "") && !slice_is(between, ";"))
		return false;
	last->value[last->n++] = v[0];
	last->kind = MEASURE_DIMS;
	last->to = m->to;
	return true;
}

static void
keep(struct lexer *l, const struct measure *m)
{
	if (m->named && joins(l, m))
		return;
	l->list = mem_room(l->list, l->n, &l->room, sizeof(*l->list));
	l->list[l->n++] = *m;
}

static bool
open_end(const struct lexer *l, size_t at, struct measure *m)
{
	static const char *const more[] = { "大于", "超过", "多于", "不少于",
		">", "≥", ">=", NULL };
	static const char *const less[] = { "小于", "不足", "少于", "不超过",
		"<", "≤", "<=", NULL };

	for (size_t i = 0; more[i] != NULL; i++)
		if (behind(l, at, more[i]))
			return m->has[0] = true;
	for (size_t i = 0; less[i] != NULL; i++)
		if (behind(l, at, less[i]))
			return m->has[1] = true;
	return false;
}

static void
lex(struct lexer *l)
{
	struct measure m = { .from = (uint32_t)l->at, .n = 1 };
	const struct unit *u;
	size_t name;
	int before = l->at == 0 ? -1 : (unsigned char)l->s.p[l->at - 1];

	if (is_letter(before) || behind(l, l->at, "No.")) {
		while (is_digit(peek(l, 0)) || peek(l, 0) == '/')
			l->at++;
		return;
	}
	if (date(l, &m)) {
		m.to = (uint32_t)l->at;
		keep(l, &m);
		return;
	}
	if (!number(l, &m.value[0])) {
		l->at++;
		return;
	}
	u = unit(l);
	if (u == NULL)
		u = prime(l);
	m.unit = u;
	if (times(l)) {
		dimensions(l, &m, u);
	} else if (u != NULL && u->dimension == DIM_TIME &&
	    strlen(u->factor) > 1) {
		duration(l, &m);
	} else if (to_sign(l)) {
		range(l, &m, u);
	} else if (peek(l, 0) == '/' && is_digit(peek(l, 1)) && u == NULL) {
		l->at++;
		m.kind =
		    number(l, &m.value[1]) ? MEASURE_RATIO : MEASURE_NUMBER;
		m.n = 2;
	}
	if (m.kind == MEASURE_NUMBER && open_end(l, m.from, &m)) {
		m.kind = MEASURE_RANGE;
		m.value[1] = m.value[0];
		m.n = 2;
	}
	name = diameter(l, m.from);
	m.named = name != SIZE_MAX && m.kind == MEASURE_NUMBER;
	if (m.named)
		m.from = (uint32_t)name;
	m.to = (uint32_t)l->at;
	keep(l, &m);
}

struct measure *
measure_scan(struct slice view, struct arena *arena, size_t *n)
{
	struct lexer l = { .s = view, .arena = arena };
	struct measure *list;

	while (l.at < view.n) {
		if (is_digit(peek(&l, 0)))
			lex(&l);
		else
			l.at++;
	}
	*n = l.n;
	list = arena_dup(arena, l.list, l.n * sizeof(*list));
	mem_free(l.list);
	return list;
}

bool
measure_convert(const struct measure *m, const struct unit *to,
    struct arena *arena, struct decimal out[MEASURE_VALUES])
{
	if (m->unit == NULL || to == NULL ||
	    m->unit->dimension != to->dimension)
		return false;
	for (size_t i = 0; i < m->n; i++)
		if (!unit_convert(&m->value[i], m->unit, to, arena, &out[i]))
			return false;
	return true;
}
