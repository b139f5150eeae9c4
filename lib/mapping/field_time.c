#include "mapping/field_time.h"

#include "base/date.h"
#include "base/decimal.h"
#include "mapping/result.h"

/*
 * The form that nearly all dates have, 2018-1-14 with one kind of mark, at a
 * tenth of the cost of date_read; false leaves the rest to it.
 */
static bool
plain_date(struct slice text, struct date *d)
{
	unsigned part[3] = { 0 };
	size_t digits[3] = { 0 }, n = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c >= '0' && c <= '9' && digits[n] < 4) {
			part[n] = part[n] * 10 + (unsigned)(c - '0');
			digits[n]++;
		} else if (n < 2 && (c == '-' || c == '/') &&
		    (n == 0 || c == text.p[4])) {
			n++;
		} else {
			return false;
		}
	}
	if (digits[0] != 4 || digits[1] - 1 > 1 || digits[2] - 1 > 1 ||
	    part[0] < 1850 || part[0] > 2100 ||
	    !date_exists((int)part[0], part[1], part[2]))
		return false;
	*d = (struct date){ .year = (int)part[0],
		.month = (uint8_t)part[1],
		.day = (uint8_t)part[2],
		.precision = DATE_DAY,
		.zone = DATE_NO_ZONE };
	return true;
}

static void
put_two(char *to, unsigned n)
{
	to[0] = (char)('0' + n / 10);
	to[1] = (char)('0' + n % 10);
}

/* As a JSON string. */
static struct slice
plain_text(const struct date *d, struct arena *arena)
{
	char *p = arena_dup(arena, "\"0000-00-00\"", 12);

	put_two(p + 1, (unsigned)d->year / 100);
	put_two(p + 3, (unsigned)d->year % 100);
	put_two(p + 6, d->month);
	put_two(p + 9, d->day);
	return (struct slice){ p, 12 };
}

void
field_date(const struct fields *f, const struct rule *r, struct json v,
    struct slice text, struct arena *arena, struct outcome *o)
{
	struct err e = { 0 };
	struct date d;
	char out[DATE_TEXT];
	size_t n;

	if (r->type == MAP_TIME) {
		if (!date_read_time(text, &d, &e)) {
			o->unmapped = "time";
			return;
		}
		n = date_print_time(&d, out);
		outcome_set(
		    o, v, field_string(arena, (struct slice){ out, n }));
		return;
	}
	if (plain_date(text, &d)) {
		outcome_set(o, v, plain_text(&d, arena));
		return;
	}
	if (!date_read(text, &r->format, &d, &e)) {
		o->unmapped =
		    strcmp(e.code, "date_doubt") == 0 ? "date_doubt" : "date";
		return;
	}
	if (r->type == MAP_DATE && d.precision > DATE_DAY) {
		if ((d.hour | d.minute | d.second) != 0 && !r->format.cut) {
			o->unmapped = "date_time";
			return;
		}
		d.precision = DATE_DAY;
		d.zone = DATE_NO_ZONE;
	}
	if (d.precision > DATE_DAY && d.zone == DATE_NO_ZONE)
		d.zone = (int16_t)f->zone;
	n = date_print(&d, out);
	outcome_set(o, v, field_string(arena, (struct slice){ out, n }));
}

/* "1岁6月", "45", "45岁", "045Y", "3月", "20天" in years. */
void
field_age(
    struct json v, struct slice text, struct arena *arena, struct outcome *o)
{
	static const struct {
		const char *word;
		long in_year;
	} words[] = { { "周岁", 1 }, { "岁", 1 }, { "Y", 1 }, { "个月", 12 },
		{ "月龄", 12 }, { "月", 12 }, { "M", 12 }, { "周", 52 },
		{ "W", 52 }, { "天", 365 }, { "日", 365 }, { "D", 365 } };
	struct decimal sum = decimal_of_long(0, arena), part, years;
	struct err ignored = { 0 };
	struct slice rest = slice_trim(text), json;
	size_t i, n = sizeof(words) / sizeof(words[0]);

	if (v.type == JSON_NUMBER)
		return;
	if (result_number(rest, arena, &json)) {
		outcome_set(o, v, json);
		return;
	}
	while (rest.n > 0) {
		size_t digits = 0;

		while (digits < rest.n &&
		    ((rest.p[digits] >= '0' && rest.p[digits] <= '9') ||
			rest.p[digits] == '.'))
			digits++;
		json = (struct slice){ rest.p, digits };
		rest = (struct slice){ rest.p + digits, rest.n - digits };
		for (i = 0; i < n && !slice_starts(rest, words[i].word);)
			i++;
		years = decimal_of_long(i < n ? words[i].in_year : 1, arena);
		if (i == n || digits == 0 || digits > 9 ||
		    !decimal_parse(json, arena, &part, &ignored) ||
		    !decimal_div(&part, &years, arena, &part, &ignored) ||
		    !decimal_add(&sum, &part, arena, &sum, &ignored)) {
			o->unmapped = "age";
			return;
		}
		rest =
		    slice_trim((struct slice){ rest.p + strlen(words[i].word),
			rest.n - strlen(words[i].word) });
	}
	if (text.n == 0)
		return;
	sum = decimal_strip(&sum);
	outcome_set(o, v, decimal_text(&sum, arena));
}
