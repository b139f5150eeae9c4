#include "extract/series_sum.h"

#include <stdlib.h>

#include "base/mem.h"

#define MOST_DAYS 36600 /* a hundred years: longer ones are typing slips */

struct days {
	long from, to;
};

void
series_sum_release(struct series_sum *s)
{
	mem_free(s->days);
}

void
series_sum_number(struct series_sum *s, enum series_function function,
    const struct decimal *n, size_t place, struct arena *arena)
{
	bool first = s->numbers++ == 0, takes;

	switch (function) {
	case SERIES_MIN:
		takes = first || decimal_cmp(n, &s->number) < 0;
		break;
	case SERIES_MAX:
		takes = first || decimal_cmp(n, &s->number) > 0;
		break;
	case SERIES_MEAN:
	case SERIES_SUM:
		takes = first;
		if (!first)
			decimal_add(&s->number, n, arena, &s->number, NULL);
		break;
	default:
		takes = first || function == SERIES_LAST;
	}
	if (takes) {
		s->number = *n;
		s->place = place;
	}
}

void
series_sum_days(struct series_sum *s, long from, long to)
{
	if (to < from || to - from > MOST_DAYS)
		to = from;
	s->days = mem_room(s->days, s->ndays, &s->room, sizeof(*s->days));
	s->days[s->ndays++] = (struct days){ from, to };
}

static int
by_from(const void *a, const void *b)
{
	const struct days *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static long
covered(struct days *list, size_t n)
{
	long total = 0, end = 0;

	qsort(list, n, sizeof(*list), by_from);
	for (size_t i = 0; i < n; i++) {
		long from =
		    i > 0 && list[i].from <= end ? end + 1 : list[i].from;

		if (list[i].to >= from) {
			total += list[i].to - from + 1;
			end = list[i].to;
		}
	}
	return total;
}

struct slice
series_sum_result(const struct series_sum *s, enum series_function function,
    struct arena *arena)
{
	struct decimal n = s->number, count;

	switch (function) {
	case SERIES_COUNT:
		n = decimal_of_long((long long)s->count, arena);
		break;
	case SERIES_DAYS:
		if (s->ndays == 0)
			return SLICE("");
		n = decimal_of_long(covered(s->days, s->ndays), arena);
		break;
	case SERIES_MEAN:
		count = decimal_of_long((long long)s->numbers, arena);
		if (s->numbers == 0 ||
		    !decimal_div(&n, &count, arena, &n, NULL))
			return SLICE("");
		break;
	default:
		if (s->value.n > 0)
			return s->value;
		if (s->numbers == 0)
			return SLICE("");
	}
	return decimal_text(&n, arena);
}
