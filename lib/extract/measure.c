#include "extract/measure.h"

#include <stdio.h>

#include "base/mem.h"
#include "extract/measure_among.h"
#include "extract/measure_relate.h"
#include "extract/numeral.h"

struct lexer {
	struct slice s;
	size_t at;
	struct arena *arena;
	struct measure *list;
	size_t n, room;
	size_t apart; /* here a sign of multiplication parts two measures */
	size_t named; /* number of the last named diameter, or of their dims */
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

/* "l.5", "2.4xl.9", "O.5": what an OCR makes of a one, and of a nought. */
static bool
is_misread(const struct lexer *l)
{
	int c = peek(l, 0);
	int before = l->at == 0 ? ' ' : (unsigned char)l->s.p[l->at - 1];

	return (c == 'l' || c == 'I' || c == 'O') && peek(l, 1) == '.' &&
	    is_digit(peek(l, 2)) && (!is_letter(before) || before == 'x');
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
		else if (n == 0 && is_misread(l))
			text[n++] = c == 'O' ? '0' : '1';
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

/* "ml/kg", "L/min", "ug/(kg·min)": no quantity of the unit before the stroke. */
static bool
is_per(struct slice rest)
{
	static const char *const below[] = { "kg", "h", "hr", "min", "s", "sec",
		"d", "day", "L", "l", "ml", "mL", "dl", "dL", "m", NULL };
	size_t n = 1;

	if (rest.n < 2 || rest.p[0] != '/')
		return false;
	if (rest.p[1] == '(')
		return true;
	while (n < rest.n && is_digit((unsigned char)rest.p[n]))
		n++;
	rest = (struct slice){ rest.p + n, rest.n - n };
	for (n = 0; n < rest.n && is_letter((unsigned char)rest.p[n]);)
		n++;
	for (size_t i = 0; below[i] != NULL; i++)
		if (slice_is((struct slice){ rest.p, n }, below[i]))
			return true;
	return false;
}

static const struct unit *
unit(struct lexer *l)
{
	static const struct unit per = { "", "", DIM_NONE, "1" };
	size_t n;
	struct slice rest = { l->s.p + l->at, l->s.n - l->at };
	const struct unit *u = unit_at(rest, &n);

	l->at += n;
	/* "30W/60s": a power is of no time. */
	if (u != NULL && u->dimension != DIM_POWER &&
	    is_per((struct slice){ rest.p + n, rest.n - n }))
		return &per;
	return u;
}

/* Whether the bytes before a place end in the word. */
static bool
behind(const struct lexer *l, size_t at, const char *word)
{
	size_t n = strlen(word);

	return at >= n && memcmp(l->s.p + at - n, word, n) == 0;
}

/* "1.2 ml×1次": how often, no second diameter. */
static bool
counts_doses(const struct lexer *l)
{
	static const char *const kinds[] = { "次", "天", "支", "瓶", "针",
		NULL };
	size_t n = 0;
	struct slice rest;

	while (is_digit(peek(l, n)))
		n++;
	rest = slice_span(l->s.p + l->at + n, l->s.p + l->s.n);
	for (size_t i = 0; kinds[i] != NULL; i++)
		if (slice_starts(rest, kinds[i]))
			return true;
	return false;
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
		if (is_misread(l) || (is_digit(peek(l, 0)) && !counts_doses(l)))
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

/* "三径为1.4cm、1.1cm及1.0cm", "长宽厚约1.0、0.8、0.7cm" */
static bool
lists_diameters(const struct lexer *l, size_t from)
{
	static const char *const about[] = { "约为", "约", "为", ":", "分别为",
		NULL };
	static const char *const names[] = { "三径", "长宽厚", "长宽高", "径线",
		"各径", "三径线", "长宽", NULL };

	for (size_t i = 0; about[i] != NULL; i++)
		if (behind(l, from, about[i])) {
			from -= strlen(about[i]);
			break;
		}
	for (size_t i = 0; names[i] != NULL; i++)
		if (behind(l, from, names[i]))
			return true;
	return false;
}

/* Behind the first of listed diameters; false where no second one comes. */
static bool
listed(struct lexer *l, struct measure *m, const struct unit *first)
{
	const struct unit *of[MEASURE_VALUES] = { first };
	size_t done = l->at;

	while (m->n < MEASURE_VALUES &&
	    (takes(l, "、") || takes(l, "及") || takes(l, "和") ||
		takes(l, "以及")) &&
	    number(l, &m->value[m->n])) {
		of[m->n++] = unit(l);
		done = l->at;
	}
	l->at = done;
	if (m->n < 2)
		return false;
	m->kind = MEASURE_DIMS;
	one_unit(m, of, l->arena);
	return true;
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

/* "-130/85" behind "120/80"; not the "-9" of "1/2-9". */
static bool
is_second_ratio(const struct lexer *l)
{
	struct lexer ahead = *l;

	if (!to_sign(&ahead))
		return false;
	while (is_digit(peek(&ahead, 0)))
		ahead.at++;
	return peek(&ahead, 0) == '/' && is_digit(peek(&ahead, 1));
}

/*
 * "140-150/80-90", "120/80-130/85": the high ends stand behind the low ones.
 * Here m has the first range or the first ratio.
 */
static void
ratio_of_ranges(struct lexer *l, struct measure *m)
{
	bool low_first = m->kind == MEASURE_RANGE;
	struct decimal *v = m->value;

	if (low_first)
		v[2] = v[1];
	l->at += low_first;
	if (!number(l, &v[low_first ? 1 : 2]))
		return;
	v[3] = v[1];
	if (low_first ? to_sign(l) : takes(l, "/"))
		number(l, &v[3]);
	m->kind = MEASURE_RATIO;
	m->n = 4;
	m->unit = unit(l);
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

/* "3月8日": behind the month, a day that no period has. */
static bool
takes_day(struct lexer *l)
{
	size_t from = l->at, n = 0;

	for (; n <= 2 && is_digit(peek(l, 0)); n++)
		l->at++;
	if ((n == 1 || n == 2) && (takes(l, "日") || takes(l, "号")))
		return true;
	l->at = from;
	return false;
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

/* "长径15mm": the name's first byte, or the number's where there is none. */
static size_t
diameter(const struct lexer *l, size_t at)
{
	static const char *const names[] = { "上下径", "左右径", "前后径",
		"最大径", "最小径", "垂直径", "长轴", "短轴", "长径", "横径",
		"短径", "厚径", "宽径", "纵径", "高径", NULL };
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

static void
push(struct lexer *l, const struct measure *m)
{
	l->list = mem_room(l->list, l->n, &l->room, sizeof(*l->list));
	l->list[l->n++] = *m;
}

/*
 * Named diameters, one behind the other, are one set of dimensions, and each
 * of them is a length of its own besides.
 */
static bool
joins(struct lexer *l, const struct measure *m)
{
	struct measure *last = l->n == 0 ? NULL : &l->list[l->named];
	struct measure part;
	struct slice between;
	struct decimal v[MEASURE_VALUES];

	if (last == NULL || !last->named || last->n >= MEASURE_VALUES ||
	    last->unit == NULL || m->unit == NULL || m->from < last->to ||
	    !measure_convert(m, last->unit, l->arena, v))
		return false;
	between = slice_span(l->s.p + last->to, l->s.p + m->from);
	if (!slice_is(between, ",") && !slice_is(between, "、") &&
	    !slice_is(between, "") && !slice_is(between, ";"))
		return false;
	part = *last;
	part.part = true;
	last->value[last->n++] = v[0];
	last->to = m->to;
	if (last->kind == MEASURE_NUMBER) {
		last->kind = MEASURE_DIMS;
		push(l, &part);
	}
	part = *m;
	part.part = true;
	push(l, &part);
	return true;
}

static void
keep(struct lexer *l, const struct measure *m)
{
	if (m->named && joins(l, m))
		return;
	if (m->named)
		l->named = l->n;
	push(l, m);
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

/* "10余天", "10余枚", "3+天": more than the number says. */
static bool
and_more(struct lexer *l)
{
	static const char *const words[] = { "余", "多", "来", "+", NULL };
	static const char *const counted[] = { "枚", "个", "处", "次", "颗",
		NULL };
	size_t from = l->at, n;

	for (size_t i = 0; words[i] != NULL; i++) {
		struct slice rest;

		if (!takes(l, words[i]))
			continue;
		rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);
		if (unit_at(rest, &n) != NULL)
			return true;
		for (size_t k = 0; counted[k] != NULL; k++)
			if (slice_starts(rest, counted[k]))
				return true;
		l->at = from;
	}
	return false;
}

static void
open_upwards(struct measure *m)
{
	m->kind = MEASURE_RANGE;
	m->has[0] = true;
	m->value[1] = m->value[0];
	m->n = 2;
}

/* "两枚", "三个肺叶": a thing of a kind that is counted follows. */
static bool
is_counted(const struct lexer *l)
{
	static const char *const kinds[] = { "枚", "处", "叶", "颗", "粒", "灶",
		"个肺叶", "个结节", "个小结节", "个实性", "个囊", "个低回声",
		"个磨玻璃", "个肿块", "个病灶", "个癌灶", "个叶", NULL };
	struct slice rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);

	for (size_t i = 0; kinds[i] != NULL; i++)
		if (slice_starts(rest, kinds[i]))
			return true;
	return false;
}

/*
 * "三天", "半月", "两周余", "两枚"; of other units and things characters say too
 * much.
 */
static void
numeral(struct lexer *l)
{
	static const char *const names[] = { "星期", "周", "礼拜", NULL };
	struct measure m = { .from = (uint32_t)l->at, .n = 1 };
	struct slice rest = { l->s.p + l->at, l->s.n - l->at };
	size_t from = l->at, n;
	unsigned twice = numeral_at(rest, &n);
	char text[16];
	struct err e;
	bool more;

	if (twice == 0) {
		l->at++;
		return;
	}
	l->at += n;
	for (size_t i = 0; names[i] != NULL; i++)
		if (behind(l, from, names[i]))
			return;
	more = and_more(l);
	if (!is_counted(l)) {
		takes(l, "个");
		m.unit = unit(l);
		if (m.unit == NULL || m.unit->dimension != DIM_TIME) {
			l->at = from + n;
			return;
		}
		if (takes(l, "余") || takes(l, "多"))
			more = true;
	}
	snprintf(text, sizeof(text), "%u.%u", twice / 2, twice % 2 * 5);
	if (!decimal_parse(slice_of(text), l->arena, &m.value[0], &e))
		return;
	m.value[0] = decimal_strip(&m.value[0]);
	if (more)
		open_upwards(&m);
	m.to = (uint32_t)l->at;
	keep(l, &m);
}

/* "1.", "2)", "3、" at the beginning of a statement number it. */
static bool
numbers_an_item(const struct lexer *l, size_t from)
{
	static const char *const begins[] = { "\n", ";", "。", ":", NULL };
	int next = peek(l, 0);

	if (from > 0) {
		size_t i = 0;

		while (begins[i] != NULL && !behind(l, from, begins[i]))
			i++;
		if (begins[i] == NULL)
			return false;
	}
	if (next == '.' || next == ')')
		return !is_digit(peek(l, 1));
	return l->s.n - l->at >= 3 && memcmp(l->s.p + l->at, "、", 3) == 0 &&
	    !is_digit(peek(l, 3));
}

/*
 * "SpO298%", "FiO2:50%", "PaCO240mmHg": the 2 of a gas is no digit of the number
 * behind it.
 */
static bool
is_of_gas(const struct lexer *l)
{
	return l->at >= 2 && peek(l, 0) == '2' && l->s.p[l->at - 1] == 'O' &&
	    is_letter((unsigned char)l->s.p[l->at - 2]);
}

static void
lex(struct lexer *l)
{
	struct measure m = { .from = (uint32_t)l->at, .n = 1 };
	const struct unit *u;
	size_t name;
	bool more;
	int before = l->at == 0 ? -1 : (unsigned char)l->s.p[l->at - 1];

	if (is_of_gas(l)) {
		l->at++;
		return;
	}
	if (behind(l, l->at, "No.")) {
		while (is_digit(peek(l, 0)) || peek(l, 0) == '/')
			l->at++;
		return;
	}
	m.glued = is_letter(before) && l->at != l->apart;
	if (date(l, &m)) {
		m.to = (uint32_t)l->at;
		keep(l, &m);
		return;
	}
	if (!number(l, &m.value[0])) {
		l->at++;
		return;
	}
	if (numbers_an_item(l, m.from))
		return;
	more = and_more(l);
	u = unit(l);
	if (u == NULL)
		u = prime(l);
	m.unit = u;
	if (behind(l, l->at, "月") && takes_day(l)) {
		m.kind = MEASURE_DATE;
	} else if (more ||
	    (u != NULL && u->dimension == DIM_TIME && takes(l, "余"))) {
		open_upwards(&m);
	} else if ((u == NULL || u->dimension == DIM_LENGTH) && times(l)) {
		dimensions(l, &m, u);
	} else if (lists_diameters(l, m.from) && listed(l, &m, u)) {
		;
	} else if (u != NULL && u->dimension == DIM_TIME &&
	    strlen(u->factor) > 1) {
		duration(l, &m);
	} else if (to_sign(l)) {
		range(l, &m, u);
		if (m.unit == NULL && peek(l, 0) == '/' && is_digit(peek(l, 1)))
			ratio_of_ranges(l, &m);
	} else if (peek(l, 0) == '/' && is_digit(peek(l, 1)) && u == NULL) {
		l->at++;
		m.kind =
		    number(l, &m.value[1]) ? MEASURE_RATIO : MEASURE_NUMBER;
		m.n = 2;
		m.unit = unit(l);
		if (m.unit == NULL && is_second_ratio(l) && to_sign(l))
			ratio_of_ranges(l, &m);
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
	if (times(l)) /* "30W×95s" */
		l->apart = l->at;
}

/* The unit that a bracket closed at i ends in: "(mm)", "[二维测值 mm]". */
static const struct unit *
in_brackets(struct slice s, size_t i)
{
	const struct unit *u;
	size_t from = i, used;

	while (from > 0 && is_letter((unsigned char)s.p[from - 1]))
		from--;
	if (from == 0 || from == i || is_digit((unsigned char)s.p[from - 1]) ||
	    s.p[from - 1] == '/') /* "(3L/min)" tells no minutes */
		return NULL;
	u = unit_at(slice_span(s.p + from, s.p + i), &used);
	return u != NULL && used == i - from ? u : NULL;
}

/*
 * Numbers without a unit have the one that is told last before them, or else
 * first behind them.
 */
static void
tell_unit(struct slice s, struct measure *list, size_t n)
{
	const struct unit *told = NULL;
	size_t next = 0, waiting;

	while (next < n && list[next].unit != NULL)
		next++;
	if (next == n)
		return;
	waiting = next;
	for (size_t i = 1; i < s.n; i++) {
		const struct unit *u =
		    s.p[i] == ')' || s.p[i] == ']' ? in_brackets(s, i) : NULL;

		if (u == NULL)
			continue;
		for (; next < n && list[next].from < i; next++)
			if (list[next].unit == NULL)
				list[next].told = told;
		if (told == NULL)
			for (; waiting < next; waiting++)
				if (list[waiting].unit == NULL)
					list[waiting].told = u;
		told = u;
	}
	for (; next < n; next++)
		if (list[next].unit == NULL)
			list[next].told = told;
}

struct measure *
measure_scan(struct slice view, struct arena *arena, size_t *n)
{
	struct lexer l = { .s = view, .arena = arena };
	struct measure *list;

	while (l.at < view.n) {
		int c = peek(&l, 0);

		if (is_digit(c) || is_misread(&l))
			lex(&l);
		else if (c >= 0xE4 && c <= 0xE5) /* where numerals begin */
			numeral(&l);
		else
			l.at++;
	}
	*n = l.n;
	list = arena_dup(arena, l.list, l.n * sizeof(*list));
	measure_relate(view, list, l.n);
	measure_among(view, list, l.n);
	tell_unit(view, list, l.n);
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
