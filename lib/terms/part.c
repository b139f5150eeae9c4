#include "terms/part.h"

#include <stdbool.h>

#include "base/ascii.h"

static const char *const marks[] = { ",", ";", "+", "/", "、", "。", "|",
	"伴有", "伴", "合并", "并", "以及", "及" };

/* "2." or "2)" before what is no digit: 1.5 is a number. */
static size_t
numbering(struct slice s)
{
	size_t i = 0;

	while (i < s.n && i < 2 && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	if (i == 0 || i + 1 >= s.n ||
	    (s.p[i] != '.' && s.p[i] != ')' && s.p[i] != ':'))
		return 0;
	return s.p[i + 1] >= '0' && s.p[i + 1] <= '9' ? 0 : i + 1;
}

/* The bytes of a border here, 0 where the part goes on. */
static size_t
border(struct slice rest, bool after_digit)
{
	for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
		if (slice_starts(rest, marks[k]))
			return strlen(marks[k]);
	return after_digit ? 0 : numbering(rest);
}

size_t
part_list(struct slice s, struct slice to[PART_MOST])
{
	size_t n = 0, from = 0, at = 0;

	while (at < s.n && n < PART_MOST - 1) {
		size_t gap = border((struct slice){ s.p + at, s.n - at },
		    at > 0 && is_digit(s.p[at - 1]));

		if (gap == 0) {
			at++;
			continue;
		}
		if (at > from)
			to[n++] = (struct slice){ s.p + from, at - from };
		from = at += gap;
	}
	if (from < s.n)
		to[n++] = (struct slice){ s.p + from, s.n - from };
	return n;
}
