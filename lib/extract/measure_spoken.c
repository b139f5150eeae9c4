/*
 * Numbers as they are dictated: 三十八度五, 一百一十二次, 一百二十/七十.
 */
#include "extract/measure_part.h"

#include <stdio.h>

#include "base/utf8.h"

#define CHARACTER 3 /* bytes of each of them */

/* The digit at the lexer, 0 of 零; -1 where there is none. */
static int
takes_digit(struct lexer *l)
{
	const char *p = l->s.p + l->at, *end = l->s.p + l->s.n;
	int digit;

	if (end - p < CHARACTER || (unsigned char)*p < 0xE0)
		return -1;
	if (lexer_takes(l, "两"))
		return 2;
	digit = utf8_han_digit(utf8_next(&p, end));
	if (digit >= 0)
		l->at += CHARACTER;
	return digit;
}

/* "十", "三十八", "一百一十二", "一百零五"; 0 where less is told than ten. */
static unsigned
takes_whole(struct lexer *l)
{
	int digit = takes_digit(l);
	unsigned n = 0;

	if (lexer_takes(l, "百")) {
		n = 100 * (unsigned)(digit < 1 ? 1 : digit);
		if (lexer_takes(l, "零")) {
			digit = takes_digit(l);
			return digit < 1 ? n : n + (unsigned)digit;
		}
		digit = takes_digit(l);
	}
	if (lexer_takes(l, "十")) {
		n += 10 * (unsigned)(digit < 1 ? 1 : digit);
		digit = takes_digit(l);
		return digit < 1 ? n : n + (unsigned)digit;
	}
	/* "一百二" leaves out that they are tens. */
	return n == 0 || digit < 1 ? n : n + 10 * (unsigned)digit;
}

/* With its fraction, and the unit where that is told: 度 stands in it. */
static bool
takes_number(struct lexer *l, struct decimal *v, const struct unit **unit)
{
	const unsigned whole = takes_whole(l);
	size_t before = l->at;
	char text[32];
	int digit = -1;
	struct err e;

	*unit = NULL;
	if (whole == 0)
		return false;
	if (lexer_takes(l, "点")) {
		digit = takes_digit(l);
		if (digit < 0)
			l->at = before;
		*unit = lexer_unit(l);
	} else {
		*unit = lexer_unit(l);
		if (*unit != NULL && (*unit)->dimension == DIM_TEMPERATURE)
			digit = takes_digit(l);
	}
	snprintf(text, sizeof(text), "%u.%d", whole, digit < 0 ? 0 : digit);
	if (!decimal_parse(slice_of(text), l->arena, v, &e))
		return false;
	*v = decimal_strip(v);
	return true;
}

/* Whether the number ends there, and is none of 十二指肠, 五十岁, 二十余. */
static bool
ends_number(const struct lexer *l, const struct unit *unit)
{
	static const char *const signs[] = { ",", ";", "。", "\n", " ", "/",
		"次", "左右", "上下", "以上", "至", "到", "~", NULL };
	struct slice rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);

	if (unit != NULL)
		return unit->dimension != DIM_TIME;
	for (size_t i = 0; signs[i] != NULL; i++)
		if (slice_starts(rest, signs[i]))
			return true;
	return rest.n == 0;
}

/* "百分之" before it makes a share of it. */
static bool
is_share(const struct lexer *l, struct measure *m)
{
	static const char share[] = "百分之";

	if (!lexer_behind(l, m->from, share))
		return false;
	m->from -= (uint32_t)strlen(share);
	m->unit = unit_find(SLICE("%"));
	return true;
}

bool
measure_spoken(struct lexer *l)
{
	static const struct slice vague[] = { SPELT("第"), SPELT("数"),
		SPELT("几"), SPELT("上"), SPELT("千"), SPELT("万"), SPELT_END };
	struct measure m = { .from = (uint32_t)l->at, .n = 1 };
	const size_t from = l->at;
	const struct unit *unit;

	if ((lexer_behind_any(l, from, vague) > 0 &&
		!lexer_behind(l, from, "指数")) ||
	    !takes_number(l, &m.value[0], &m.unit) || !ends_number(l, m.unit)) {
		l->at = from;
		return false;
	}
	if (!is_share(l, &m)) {
		size_t end = l->at;
		bool range = lexer_takes(l, "至") || lexer_takes(l, "到") ||
		    lexer_takes(l, "~");

		if ((range || lexer_takes(l, "/")) &&
		    takes_number(l, &m.value[1], &unit)) {
			m.kind = range ? MEASURE_RANGE : MEASURE_RATIO;
			m.has[0] = m.has[1] = range;
			m.n = 2;
			m.unit = unit != NULL ? unit : m.unit;
		} else {
			l->at = end;
		}
	}
	m.to = (uint32_t)l->at;
	lexer_keep(l, &m);
	return true;
}
