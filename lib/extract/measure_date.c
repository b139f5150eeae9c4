/*
 * Dates, whose numbers are no quantities.
 */
#include "extract/measure_part.h"

/* "3月8日": behind the month, a day that no period has. */
bool
measure_day(struct lexer *l)
{
	size_t from = l->at, n = 0;

	for (; n <= 2 && lexer_is_digit(lexer_peek(l, 0)); n++)
		l->at++;
	if ((n == 1 || n == 2) &&
	    (lexer_takes(l, "日") || lexer_takes(l, "号")))
		return true;
	l->at = from;
	return false;
}

/* Steps over one or two digits and the sign of what they count, or neither. */
static bool
takes_number_of(struct lexer *l, const char *sign)
{
	size_t from = l->at;

	while (l->at - from < 2 && lexer_is_digit(lexer_peek(l, 0)))
		l->at++;
	if (l->at > from && lexer_takes(l, sign))
		return true;
	l->at = from;
	return false;
}

/* "2023年6月8日", "2023年": the 6 of "2023年6mm" is none of it. */
static bool
takes_chinese(struct lexer *l)
{
	bool year = lexer_peek(l, 0) == '2'
	    ? lexer_peek(l, 1) == '0'
	    : lexer_peek(l, 0) == '1' && lexer_peek(l, 1) == '9';
	size_t from = l->at;

	l->at += 4;
	if (!year || !lexer_takes(l, "年")) {
		l->at = from;
		return false;
	}
	if (takes_number_of(l, "月") && !takes_number_of(l, "日"))
		takes_number_of(l, "号");
	return true;
}

bool
measure_date(struct lexer *l, struct measure *m)
{
	const char *p = l->s.p;
	size_t i = l->at + 4, signs = 0;
	char sign;

	for (size_t n = 0; n < 4; n++)
		if (!lexer_is_digit(lexer_peek(l, n)))
			return false;
	if (lexer_is_digit(lexer_peek(l, 4)))
		return false;
	m->kind = MEASURE_DATE;
	if (takes_chinese(l))
		return true;
	/* yyyy-mm-dd and the like: four digits and two signs of one kind. */
	sign = i < l->s.n ? p[i] : ' ';
	while (strchr("-/.", sign) != NULL && i < l->s.n &&
	    (lexer_is_digit((unsigned char)p[i]) ||
		(p[i] == sign && signs++ < 2)))
		i++;
	if (signs < 2) {
		m->kind = MEASURE_NUMBER;
		return false;
	}
	l->at = i;
	return true;
}
