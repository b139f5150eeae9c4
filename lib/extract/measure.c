/*
 * The scan: what a number is the first part of, told by what stands behind it
 * and before it.
 */
#include "extract/measure.h"

#include "base/mem.h"
#include "extract/measure_among.h"
#include "extract/measure_part.h"
#include "extract/measure_relate.h"

static bool
open_end(const struct lexer *l, size_t at, struct measure *m)
{
	static const struct slice more[] = { SPELT("大于"), SPELT("超过"),
		SPELT("多于"), SPELT("不少于"), SPELT(">"), SPELT("≥"),
		SPELT(">="), SPELT_END };
	static const struct slice less[] = { SPELT("小于"), SPELT("不足"),
		SPELT("少于"), SPELT("不超过"), SPELT("<"), SPELT("≤"),
		SPELT("<="), SPELT_END };

	if (lexer_behind_any(l, at, more) > 0)
		return m->has[0] = true;
	return lexer_behind_any(l, at, less) > 0 && (m->has[1] = true);
}

/* "周边2mm以上", "直径3mm以下": of lengths alone; a fever above is told so. */
static bool
open_end_behind(const struct lexer *l, struct measure *m)
{
	static const char *const more[] = { "以上", "及以上", "或以上", "以外",
		NULL };
	static const char *const less[] = { "以下", "及以下", "或以下", "以内",
		"之内", "左右以内", NULL };
	struct slice rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);

	if (m->unit == NULL || m->unit->dimension != DIM_LENGTH)
		return false;
	for (size_t i = 0; more[i] != NULL; i++)
		if (slice_starts(rest, more[i]))
			return m->has[0] = true;
	for (size_t i = 0; less[i] != NULL; i++)
		if (slice_starts(rest, less[i]))
			return m->has[1] = true;
	return false;
}

/* "1.", "2)", "3、" at the beginning of a statement number it. */
static bool
numbers_an_item(const struct lexer *l, size_t from)
{
	static const struct slice begins[] = { SPELT("\n"), SPELT(";"),
		SPELT("。"), SPELT(":"), SPELT_END };
	int next = lexer_peek(l, 0);

	if (next != '.' && next != ')' && next != 0xE3)
		return false;
	if (from > 0 && lexer_behind_any(l, from, begins) == 0)
		return false;
	if (next != 0xE3)
		return !lexer_is_digit(lexer_peek(l, 1));
	return l->s.n - l->at >= 3 && memcmp(l->s.p + l->at, "、", 3) == 0 &&
	    !lexer_is_digit(lexer_peek(l, 3));
}

/*
 * "SpO298%", "FiO2:50%", "PaCO240mmHg": the 2 of a gas is no digit of the number
 * behind it.
 */
static bool
is_of_gas(const struct lexer *l)
{
	return l->at >= 2 && lexer_peek(l, 0) == '2' &&
	    l->s.p[l->at - 1] == 'O' &&
	    lexer_is_letter((unsigned char)l->s.p[l->at - 2]);
}

/*
 * "92/22/130/80": of numbers in turn the last two alone are a ratio; of three
 * nobody can tell.
 */
static bool
is_in_chain(const struct lexer *l, size_t from)
{
	size_t at = l->at, strokes = 0;

	while (strokes < 3 && at + 1 < l->s.n && l->s.p[at] == '/' &&
	    lexer_is_digit((unsigned char)l->s.p[at + 1])) {
		strokes++;
		for (at++;
		     at < l->s.n && lexer_is_digit((unsigned char)l->s.p[at]);)
			at++;
	}
	return strokes > 2 || (strokes == 2 && lexer_behind(l, from, "/"));
}

/* What else belongs to the number, by what stands behind it and before it. */
static void
complete(struct lexer *l, struct measure *m)
{
	bool more = lexer_and_more(l);
	const struct unit *u = lexer_unit(l);

	if (u == NULL)
		u = lexer_prime(l);
	else if (lexer_tells_minutes(l, u))
		u = unit_find(SLICE("min"));
	/* 3分之2 is a share, no three minutes. */
	if (u != NULL && u->dimension == DIM_TIME && lexer_takes(l, "之"))
		u = NULL;
	m->unit = u;
	if (lexer_behind(l, l->at, "月") && measure_day(l)) {
		m->kind = MEASURE_DATE;
	} else if (more ||
	    (u != NULL && u->dimension == DIM_TIME &&
		(lexer_takes(l, "余") || lexer_takes(l, "多")))) {
		measure_open_upwards(m);
	} else if ((u == NULL || u->dimension == DIM_LENGTH) &&
	    lexer_times(l)) {
		measure_dimensions(l, m, u);
	} else if (measure_lists_diameters(l, m->from) &&
	    measure_listed(l, m, u)) {
		;
	} else if (u != NULL && u->dimension == DIM_TIME &&
	    strlen(u->factor) > 1) {
		measure_duration(l, m);
	} else if (lexer_to_sign(l)) {
		measure_range(l, m, u);
	} else if (lexer_peek(l, 0) == '/' && u == NULL &&
	    measure_slashed(l, m)) {
		;
	} else if (lexer_peek(l, 0) == '/' && u == NULL &&
	    lexer_is_digit(lexer_peek(l, 1)) && !is_in_chain(l, m->from)) {
		l->at++;
		measure_ratio(l, m);
	}
	if (m->kind == MEASURE_NUMBER &&
	    (open_end(l, m->from, m) || open_end_behind(l, m))) {
		m->kind = MEASURE_RANGE;
		m->value[1] = m->value[0];
		m->n = 2;
	}
}

/* "No.12/3" is a name. */
static bool
takes_label(struct lexer *l)
{
	if (!lexer_behind(l, l->at, "No."))
		return false;
	while (lexer_is_digit(lexer_peek(l, 0)) || lexer_peek(l, 0) == '/')
		l->at++;
	return true;
}

static void
lex(struct lexer *l)
{
	struct measure m = { .from = (uint32_t)l->at, .n = 1 };
	size_t name;
	int before = l->at == 0 ? -1 : (unsigned char)l->s.p[l->at - 1];

	if (is_of_gas(l)) {
		l->at++;
		return;
	}
	if (takes_label(l) || measure_clock(l))
		return;
	m.glued = lexer_is_letter(before) && l->at != l->apart;
	if (measure_date(l, &m)) {
		m.to = (uint32_t)l->at;
		lexer_keep(l, &m);
		return;
	}
	if (!lexer_number(l, &m.value[0])) {
		l->at++;
		return;
	}
	if (numbers_an_item(l, m.from))
		return;
	complete(l, &m);
	name = measure_diameter(l, m.from);
	m.named = name != SIZE_MAX && m.kind == MEASURE_NUMBER;
	if (m.named)
		m.from = (uint32_t)name;
	m.to = (uint32_t)l->at;
	lexer_keep(l, &m);
	if (lexer_times(l)) /* "30W×95s" */
		l->apart = l->at;
}

/*
 * "最厚处约17mm": such words tell nothing of what is measured, so that what
 * stands before them is as near as if they were not there.
 */
static uint32_t
lead_of(const struct lexer *l, uint32_t from)
{
	static const struct slice fillers[] = { SPELT("约"), SPELT("为"),
		SPELT("达"), SPELT("可"), SPELT("处"), SPELT("仅"), SPELT("近"),
		SPELT("是"), SPELT(":"), SPELT("="), SPELT_END };
	uint32_t at = from;
	size_t n;

	while ((n = lexer_behind_any(l, at, fillers)) > 0)
		at -= (uint32_t)n;
	return at;
}

/* The bytes that 一 to 十, 两 and 半 begin with. */
static bool
may_be_numeral(int first, int second)
{
	return (first == 0xE4 && second >= 0xB8 && second <= 0xBA) ||
	    (first == 0xE5 &&
		(second == 0x85 || second == 0x8D || second == 0x9B));
}

struct measure *
measure_scan(const struct view *v, struct arena *arena, size_t *n)
{
	struct lexer l = { .s = v->text, .view = v, .arena = arena };
	struct measure *list;

	while (l.at < l.s.n) {
		int c = (unsigned char)l.s.p[l.at];

		if (lexer_is_digit(c) ||
		    (lexer_is_letter(c) && lexer_is_misread(&l)))
			lex(&l);
		else if (may_be_numeral(c, lexer_peek(&l, 1)))
			measure_numeral(&l);
		else /* the view is whole characters */
			l.at += c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	}
	*n = l.n;
	list = arena_dup(arena, l.list, l.n * sizeof(*list));
	for (size_t i = 0; i < l.n; i++)
		list[i].lead = lead_of(&l, list[i].from);
	measure_relate(l.s, list, l.n);
	measure_among(l.s, list, l.n);
	measure_tell_unit(l.s, list, l.n);
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
