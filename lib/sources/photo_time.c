#include "sources/photo_time.h"

#include <stdbool.h>
#include <stdio.h>

/* '0' stands for any digit. */
static bool
has_form(struct slice s, const char *form)
{
	if (s.n != strlen(form))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (form[i] == '0' ? s.p[i] < '0' || s.p[i] > '9'
				   : s.p[i] != form[i])
			return false;
	return true;
}

void
photo_time_exif(struct slice when, struct slice zone, char to[PHOTO_TIME])
{
	bool zoned = has_form(zone, "+00:00") || has_form(zone, "-00:00");

	/* A clock that was never set. */
	if (!has_form(when, "0000:00:00 00:00:00") ||
	    memcmp(when.p, "0000:00:00", 10) == 0)
		return;
	snprintf(to, PHOTO_TIME, "%.4s-%.2s-%.2sT%.8s%.*s", when.p, when.p + 5,
	    when.p + 8, when.p + 11, zoned ? 6 : 0, zoned ? zone.p : "");
}

void
photo_time(unsigned year, const uint8_t rest[5], char to[PHOTO_TIME])
{
	if (rest[0] < 1 || rest[0] > 12 || rest[1] < 1 || rest[1] > 31 ||
	    rest[2] > 23 || rest[3] > 59 || rest[4] > 60)
		return;
	snprintf(to, PHOTO_TIME, "%04u-%02u-%02uT%02u:%02u:%02u", year % 10000,
	    rest[0], rest[1], rest[2], rest[3], rest[4]);
}
