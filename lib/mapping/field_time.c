#include "mapping/field_time.h"

#include "base/date.h"
#include "base/decimal.h"
#include "mapping/result.h"

void
field_date(const struct fields *f, const struct rule *r, struct json v,
    struct slice text, struct arena *arena, struct outcome *o)
{
	struct err e;
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
