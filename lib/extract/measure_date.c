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

bool
measure_date(struct lexer *l, struct measure *m)
{
	size_t i = l->at, n = 0;
	const char *p = l->s.p;

	/* yyyy-mm-dd and the like: four digits and two signs of one kind. */
	if (!lexer_is_digit(lexer_peek(l, 3)) ||
	    lexer_is_digit(lexer_peek(l, 4)))
		return false;
	for (n = 0; n < 4; n++)
		if (!lexer_is_digit(lexer_peek(l, n)))
			return false;
	i += 4;
	if (i < l->s.n && (p[i] == '-' || p[i] == '/' || p[i] == '.')) {
		char sign = p[i];
		size_t signs = 0;

		while (i < l->s.n &&
		    (lexer_is_digit((unsigned char)p[i]) ||
			(p[i] == sign && signs++ < 2)))
			i++;
		if (signs < 2)
			return false;
	} else if (l->s.n - i >= 3 && memcmp(p + i, "年", 3) == 0 &&
	    ((p[l->at] == '2' && p[l->at + 1] == '0') ||
		(p[l->at] == '1' && p[l->at + 1] == '9'))) {
		while (i < l->s.n &&
		    (lexer_is_digit((unsigned char)p[i]) ||
			(l->s.n - i >= 3 &&
			    (memcmp(p + i, "年", 3) == 0 ||
				memcmp(p + i, "月", 3) == 0 ||
				memcmp(p + i, "日", 3) == 0))))
			i += lexer_is_digit((unsigned char)p[i]) ? 1 : 3;
	} else {
		return false;
	}
	l->at = i;
	m->kind = MEASURE_DATE;
	return true;
}
