/*
 * The units that brackets tell for the numbers without one: "体积(ml) 1.5".
 */
#include "extract/measure_part.h"

/* The unit that a bracket closed at i ends in: "(mm)", "[二维测值 mm]". */
static const struct unit *
in_brackets(struct slice s, size_t i)
{
	const struct unit *u;
	size_t from = i, used;

	while (from > 0 && lexer_is_letter((unsigned char)s.p[from - 1]))
		from--;
	if (from == 0 || from == i ||
	    lexer_is_digit((unsigned char)s.p[from - 1]) ||
	    s.p[from - 1] == '/') /* "(3L/min)" tells no minutes */
		return NULL;
	u = unit_at(slice_span(s.p + from, s.p + i), &used);
	return u != NULL && used == i - from ? u : NULL;
}

/*
 * Numbers without a unit have the one that is told last before them, or else
 * first behind them.
 */
void
measure_tell_unit(struct slice s, struct measure *list, size_t n)
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
