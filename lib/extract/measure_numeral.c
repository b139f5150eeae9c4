/*
 * Quantities in Chinese numerals.
 */
#include "extract/measure_part.h"

#include <stdio.h>

#include "extract/numeral.h"

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
 * "数十枚", "几十个", "百二十枚": the numeral is not all of the number, unlike
 * that of "总数十枚".
 */
static bool
is_part(const struct lexer *l, size_t from, unsigned twice)
{
	static const struct slice higher[] = { SPELT("百"), SPELT("千"),
		SPELT("万"), SPELT("零"), SPELT_END };
	static const struct slice vague[] = { SPELT("数"), SPELT("几"),
		SPELT("上"), SPELT_END };

	if (lexer_behind_any(l, from, higher) > 0)
		return true;
	if (twice != 2 * 10 || lexer_behind(l, from, "总数"))
		return false;
	return lexer_behind_any(l, from, vague) > 0;
}

/* A whole numeral at the lexer, times two; 0 where there is none. */
static unsigned
next_numeral(struct lexer *l)
{
	size_t n;
	unsigned twice =
	    numeral_at(slice_span(l->s.p + l->at, l->s.p + l->s.n), &n);

	if (twice % 2 != 0)
		return 0;
	l->at += twice == 0 ? 0 : n;
	return twice;
}

/*
 * "两三枚", "一至两枚": what the range that begins with a numeral ends with;
 * 0 where it begins none.  Of others side by side ("二三十枚") nobody can tell
 * what they are together: false, with the lexer behind them.
 */
static bool
takes_end(struct lexer *l, unsigned low, unsigned *high)
{
	size_t from = l->at;
	bool told = lexer_takes(l, "至") || lexer_takes(l, "到") ||
	    lexer_takes(l, "~") || lexer_takes(l, "-");

	*high = low % 2 == 0 ? next_numeral(l) : 0;
	if (*high == 0) {
		l->at = from;
		return true;
	}
	if (*high > low && (told || *high < 2 * 10) && next_numeral(l) == 0)
		return true;
	while (next_numeral(l) != 0)
		;
	return false;
}

static bool
set_value(struct lexer *l, unsigned twice, struct decimal *v)
{
	char text[16];
	struct err e;

	snprintf(text, sizeof(text), "%u.%u", twice / 2, twice % 2 * 5);
	if (!decimal_parse(slice_of(text), l->arena, v, &e))
		return false;
	*v = decimal_strip(v);
	return true;
}

/* What is said in characters, 三十瓦 and 一点五毫升, and not of these alone. */
static bool
is_said(const struct unit *u)
{
	return u != NULL &&
	    (u->dimension == DIM_TIME || u->dimension == DIM_POWER ||
		((u->dimension == DIM_LENGTH || u->dimension == DIM_VOLUME) &&
		    (unsigned char)*u->spelling >= 0x80));
}

/* "一点五": the digits behind the point; false where they count something. */
static bool
takes_fraction(struct lexer *l, unsigned twice, struct decimal *v)
{
	const size_t from = l->at;
	unsigned tenths;
	char text[16];
	struct err e;

	if (!lexer_takes(l, "点") || twice % 2 != 0 ||
	    (tenths = next_numeral(l)) == 0 || tenths >= 2 * 10) {
		l->at = from;
		return false;
	}
	snprintf(text, sizeof(text), "%u.%u", twice / 2, tenths / 2);
	return decimal_parse(slice_of(text), l->arena, v, &e);
}

/* "十七乘十二乘十一毫米": the others of the diameters, and the unit of all. */
static bool
takes_diameters(struct lexer *l, struct measure *m)
{
	const size_t from = l->at;

	while (m->n < MEASURE_VALUES && lexer_takes(l, "乘")) {
		unsigned twice = next_numeral(l);

		if (twice == 0 ||
		    (!takes_fraction(l, twice, &m->value[m->n]) &&
			!set_value(l, twice, &m->value[m->n])))
			break;
		m->n++;
	}
	m->unit = m->n > 1 ? lexer_unit(l) : NULL;
	if (!is_said(m->unit) || m->unit->dimension != DIM_LENGTH) {
		l->at = from;
		m->n = 1;
		return false;
	}
	m->kind = MEASURE_DIMS;
	return true;
}

/* "五分三十秒": adds the seconds; or leaves what is behind the minutes. */
static void
add_seconds(struct lexer *l, struct measure *m)
{
	const struct unit *s = unit_find(SLICE("s")), *u;
	const size_t from = l->at;
	struct decimal v, had;
	unsigned twice = next_numeral(l);
	struct err e;

	u = twice == 0 ? NULL : lexer_unit(l);
	if (u == NULL || u->dimension != DIM_TIME ||
	    strcmp(u->factor, s->factor) != 0 ||
	    strcmp(m->unit->factor, s->factor) == 0 ||
	    !set_value(l, twice, &v) ||
	    !unit_convert(&m->value[0], m->unit, s, l->arena, &had) ||
	    !decimal_add(&had, &v, l->arena, &m->value[0], &e))
		l->at = from;
	else
		m->unit = s;
}

/*
 * What the numeral is of, with what makes it more than it says; false where it
 * is of nothing that characters say.
 */
static bool
takes_kind(struct lexer *l, struct measure *m, bool exact, bool *more)
{
	*more = lexer_and_more(l);
	if (takes_diameters(l, m) || (!exact && is_counted(l)))
		return true;
	lexer_takes(l, "个");
	m->unit = lexer_unit(l);
	/* 三分之二 is a share, no three minutes. */
	if (!is_said(m->unit) || lexer_takes(l, "之"))
		return false;
	*more = *more || lexer_takes(l, "余") || lexer_takes(l, "多");
	return true;
}

/*
 * "三天", "半月", "两周余", "两枚", "三十瓦"; of other units and things characters
 * say too much.
 */
void
measure_numeral(struct lexer *l)
{
	static const struct slice names[] = { SPELT("星期"), SPELT("周"),
		SPELT("礼拜"), SPELT("点"), SPELT_END };
	struct measure m = { .from = (uint32_t)l->at, .n = 1 };
	struct slice rest = { l->s.p + l->at, l->s.n - l->at };
	size_t from = l->at, behind, n;
	unsigned twice = numeral_at(rest, &n), high = 0;
	bool more, exact;

	if (measure_spoken(l))
		return;
	if (twice == 0) {
		l->at++;
		return;
	}
	l->at += n;
	exact = takes_fraction(l, twice, &m.value[0]);
	if (!exact && (!takes_end(l, twice, &high) || is_part(l, from, twice)))
		return;
	behind = l->at;
	if (lexer_behind_any(l, from, names) > 0)
		return;
	if (!takes_kind(l, &m, exact, &more)) {
		l->at = behind;
		return;
	}
	if (!exact && !set_value(l, twice, &m.value[0]))
		return;
	if (more)
		measure_open_upwards(&m);
	else if (high == 0 && m.unit != NULL && m.unit->dimension == DIM_TIME)
		add_seconds(l, &m);
	if (high != 0 && set_value(l, high, &m.value[1])) {
		m.kind = MEASURE_RANGE;
		m.has[0] = m.has[1] = true;
		m.n = 2;
	}
	m.to = (uint32_t)l->at;
	lexer_keep(l, &m);
}
