/*
 * Quantities of more than one number: dimensions, ranges, ratios, durations.
 * The values come to the unit of the last one.
 */
#include "extract/measure_part.h"

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

void
measure_dimensions(struct lexer *l, struct measure *m, const struct unit *first)
{
	const struct unit *of[MEASURE_VALUES] = { first };

	do {
		if (!lexer_number(l, &m->value[m->n]))
			break;
		of[m->n++] = lexer_unit(l);
	} while (m->n < MEASURE_VALUES && lexer_times(l));
	m->kind = MEASURE_DIMS;
	one_unit(m, of, l->arena);
}

bool
measure_listed(struct lexer *l, struct measure *m, const struct unit *first)
{
	const struct unit *of[MEASURE_VALUES] = { first };
	size_t done = l->at;

	while (m->n < MEASURE_VALUES &&
	    (lexer_takes(l, "、") || lexer_takes(l, "及") ||
		lexer_takes(l, "和") || lexer_takes(l, "以及")) &&
	    lexer_number(l, &m->value[m->n])) {
		of[m->n++] = lexer_unit(l);
		done = l->at;
	}
	l->at = done;
	if (m->n < 2)
		return false;
	m->kind = MEASURE_DIMS;
	one_unit(m, of, l->arena);
	return true;
}

/* "-130/85" behind "120/80"; not the "-9" of "1/2-9". */
static bool
is_second_ratio(const struct lexer *l)
{
	struct lexer ahead = *l;

	if (!lexer_to_sign(&ahead))
		return false;
	while (lexer_is_digit(lexer_peek(&ahead, 0)))
		ahead.at++;
	return lexer_peek(&ahead, 0) == '/' &&
	    lexer_is_digit(lexer_peek(&ahead, 1));
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
	if (!lexer_number(l, &v[low_first ? 1 : 2]))
		return;
	v[3] = v[1];
	if (low_first ? lexer_to_sign(l) : lexer_takes(l, "/"))
		lexer_number(l, &v[3]);
	m->kind = MEASURE_RATIO;
	m->n = 4;
	m->unit = lexer_unit(l);
}

void
measure_range(struct lexer *l, struct measure *m, const struct unit *first)
{
	const struct unit *of[MEASURE_VALUES] = { first };

	m->kind = MEASURE_RANGE;
	m->has[0] = m->has[1] = lexer_number(l, &m->value[1]);
	m->n = 2;
	of[1] = lexer_unit(l);
	one_unit(m, of, l->arena);
	if (m->unit == NULL && lexer_peek(l, 0) == '/' &&
	    lexer_is_digit(lexer_peek(l, 1)))
		ratio_of_ranges(l, m);
}

/* "24/17/19 mm": three lengths, and no ratio. */
bool
measure_slashed(struct lexer *l, struct measure *m)
{
	const struct unit *of[MEASURE_VALUES] = { NULL };
	const size_t from = l->at;
	size_t n = 1;

	while (n < 3 && lexer_takes(l, "/") && lexer_number(l, &m->value[n]))
		n++;
	if (n == 3)
		of[2] = lexer_unit(l);
	if (of[2] == NULL || of[2]->dimension != DIM_LENGTH) {
		l->at = from;
		return false;
	}
	m->n = n;
	m->kind = MEASURE_DIMS;
	one_unit(m, of, l->arena);
	return true;
}

void
measure_ratio(struct lexer *l, struct measure *m)
{
	m->kind =
	    lexer_number(l, &m->value[1]) ? MEASURE_RATIO : MEASURE_NUMBER;
	m->n = 2;
	m->unit = lexer_unit(l);
	if (m->unit == NULL && is_second_ratio(l) && lexer_to_sign(l))
		ratio_of_ranges(l, m);
}

/* And a half: of minutes in seconds, of hours in minutes. */
static void
half_more(struct lexer *l, struct measure *m)
{
	const struct unit *u =
	    unit_find(strlen(m->unit->factor) > 2 ? SLICE("min") : SLICE("s"));
	struct decimal half, had;
	struct err e;

	lexer_takes(l, "钟");
	if (u != NULL && strcmp(u->factor, m->unit->factor) != 0 &&
	    unit_convert(&m->value[0], m->unit, u, l->arena, &had) &&
	    decimal_parse(SLICE("30"), l->arena, &half, &e) &&
	    decimal_add(&had, &half, l->arena, &m->value[0], &e))
		m->unit = u;
}

/* Hours, minutes and seconds in a row, summed to the unit of the last. */
void
measure_duration(struct lexer *l, struct measure *m)
{
	/* 6分半 */
	if (lexer_takes(l, "半"))
		half_more(l, m);
	for (;;) {
		const struct unit *u;
		struct decimal v, had;
		size_t from = l->at;
		struct err e;

		if (!lexer_takes(l, "零"))
			lexer_takes(l, "又");
		lexer_blank(l);
		if (!lexer_number(l, &v)) {
			l->at = from;
			return;
		}
		u = lexer_unit(l);
		if (u == NULL)
			u = lexer_prime(l);
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

void
measure_open_upwards(struct measure *m)
{
	m->kind = MEASURE_RANGE;
	m->has[0] = true;
	m->value[1] = m->value[0];
	m->n = 2;
}
