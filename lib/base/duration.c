#include "base/duration.h"

#define MOST ((int64_t)100 * 366 * 86400 * 1000)

static int64_t
unit_ms(struct slice unit)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = { { "", 1000 }, { "ms", 1 }, { "s", 1000 }, { "m", 60000 },
		{ "h", 3600000 }, { "d", 86400000 } };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (slice_is(unit, units[i].name))
			return units[i].ms;
	return 0;
}

bool
duration_parse(struct slice s, int64_t *ms)
{
	int64_t whole = 0, part = 0, scale = 1, unit;
	size_t digits = 0;

	for (; s.n > 0 && *s.p >= '0' && *s.p <= '9'; s.p++, s.n--, digits++)
		if ((whole = whole * 10 + (*s.p - '0')) > MOST)
			return false;
	if (digits == 0)
		return false;
	if (s.n > 1 && *s.p == '.' && s.p[1] >= '0' && s.p[1] <= '9')
		for (s.p++, s.n--; s.n > 0 && *s.p >= '0' && *s.p <= '9';
		     s.p++, s.n--)
			if (scale < 1000000) {
				part = part * 10 + (*s.p - '0');
				scale *= 10;
			}
	unit = unit_ms(s);
	if (unit == 0 || whole > MOST / unit)
		return false;
	*ms = whole * unit + part * unit / scale;
	return true;
}
