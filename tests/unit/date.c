#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/date.h"

static const char *
read_with(const char *format, const char *text)
{
	static char out[DATE_TEXT];
	static struct err e;
	struct date_format f;
	struct date d;

	if (!date_format_parse(slice_of(format), &f, &e))
		return e.text;
	if (!date_read(slice_of(text), &f, &d, &e))
		return e.code;
	date_print(&d, out);
	return out;
}

static void
counts_days_both_ways(void **state)
{
	struct date d;

	(void)state;
	assert_int_equal(date_days(1970, 1, 1), 0);
	assert_int_equal(date_days(2000, 3, 1), 11017);
	assert_int_equal(date_days(1969, 12, 31), -1);
	for (long n = -800000; n < 800000; n += 13) {
		d = date_of_days(n);
		assert_true(date_exists(d.year, d.month, d.day));
		assert_int_equal(date_days(d.year, d.month, d.day), n);
	}
	assert_false(date_exists(2023, 2, 29));
	assert_true(date_exists(2000, 2, 29));
	assert_false(date_exists(1900, 2, 29));
	d = date_of_days(0);
	assert_int_equal(date_weekday(&d), 4);
	date_add_days(&d, -1);
	assert_int_equal(date_weekday(&d), 3);
	assert_int_equal(d.year, 1969);
}

static void
reads_iso_and_prints_it_again(void **state)
{
	static const char *const same[] = { "2018", "2018-01", "2018-01-14",
		"2018-01-14T08", "2018-01-14T08:05", "2018-01-14T08:05:06",
		"2018-01-14T08:05:06.120", "2018-01-14T08:05:06+08:00",
		"2018-01-14T08:05Z", "2018-01-14T08:05:06-03:30" };
	static const char *const bad[] = { "", "18", "2018-1-14", "2018-02-30",
		"2018-13-01", "2018-01-14T", "2018-01-14T25:00",
		"2018-01-14T24:01", "2018-01-14 08:05 ", "2018-01-14+08:00",
		"2018-01T08", "2018-01-14T08:05:06." };
	char out[DATE_TEXT];
	struct date d;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_true(date_parse(slice_of(same[i]), &d, NULL));
		assert_int_equal(date_print(&d, out), strlen(same[i]));
		assert_string_equal(out, same[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err e = { 0 };

		assert_false(date_parse(slice_of(bad[i]), &d, &e));
		assert_string_equal(e.code, "date");
	}
	assert_true(date_parse(SLICE("2018-12-31T24:00"), &d, NULL));
	date_print(&d, out);
	assert_string_equal(out, "2019-01-01T00:00");
}

static void
orders_by_the_instant(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = { { "2018-01-14", "2018-01-15", -1 },
		{ "2018", "2018-01-01", 0 },
		{ "2018-01-14T08:00+08:00", "2018-01-14T00:00Z", 0 },
		{ "2018-01-14T08:00+08:00", "2018-01-14T08:00", 0 },
		{ "2018-01-14T08:00:00.5", "2018-01-14T08:00:00.49", 1 },
		{ "2018-01-14T23:00-01:00", "2018-01-15T00:00Z", 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct date a, b;

		assert_true(date_parse(slice_of(cases[i].a), &a, NULL));
		assert_true(date_parse(slice_of(cases[i].b), &b, NULL));
		assert_int_equal(date_cmp(&a, &b), cases[i].order);
		assert_int_equal(date_cmp(&b, &a), -cases[i].order);
	}
}

static void
reads_what_hospitals_write(void **state)
{
	static const struct {
		const char *text, *iso;
	} cases[] = { { "2018-01-14", "2018-01-14" },
		{ "2018/1/14", "2018-01-14" }, { "2018.1.14", "2018-01-14" },
		{ "20180114", "2018-01-14" }, { "2018年1月14日", "2018-01-14" },
		{ "2018年1月14日8时5分", "2018-01-14T08:05" },
		{ "2018年1月14日 上午8时5分", "2018-01-14T08:05" },
		{ "2018年1月14日下午3点半", "2018-01-14T15:30" },
		{ "２０１８年０１月１４日", "2018-01-14" },
		{ "二〇一八年一月十四日", "2018-01-14" },
		{ "二〇一八年十二月三十一日", "2018-12-31" },
		{ "2018年1月", "2018-01" }, { "2018-01", "2018-01" },
		{ "2018", "2018" }, { " 2018-01-14 ", "2018-01-14" },
		{ "2018-01-14 8:05", "2018-01-14T08:05" },
		{ "2018-01-14 08:05:06.120", "2018-01-14T08:05:06.120" },
		{ "2018/1/14 PM 3:05", "2018-01-14T15:05" },
		{ "2018/1/14 12:05 AM", "2018-01-14T00:05" },
		{ "2018/1/14 12:05:00 PM", "2018-01-14T12:05:00" },
		{ "20240131102233", "2024-01-31T10:22:33" },
		{ "202401311022", "2024-01-31T10:22" },
		{ "20240131102233.123+0800", "2024-01-31T10:22:33.123+08:00" },
		{ "20180114 080500", "2018-01-14T08:05:00" },
		{ "2018-01-14T08:05:00Z", "2018-01-14T08:05:00Z" },
		{ "2018-01-31 24:00", "2018-02-01T00:00" },
		{ "20180131240000", "2018-02-01T00:00:00" },
		{ "2018年1月14日中午12时", "2018-01-14T12" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(read_with("", cases[i].text), cases[i].iso);
}

static void
refuses_days_that_never_were(void **state)
{
	static const char *const bad[] = { "", "  ", "2018-02-30", "0000-00-00",
		"1849-12-31", "2101-01-01", "2023-02-29", "20180230",
		"2018年2月30日", "2018-01-14 25:00", "2018-01-14 24:01",
		"2018-01-14 上午15时", "不详", "2018-01-14x", "2018/1-14",
		"2018年13月", "2018-01-14 8:5", "12345678901234567890",
		"2018-01-14 晚上12时",
		"一二三四五六七八九〇一二三四五六七八九〇" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_string_equal(read_with("", bad[i]), "date");
}

static void
asks_for_a_format_where_two_readings_are_open(void **state)
{
	(void)state;
	assert_string_equal(read_with("", "1/14/2018"), "date_doubt");
	assert_string_equal(read_with("mdy", "1/14/2018"), "2018-01-14");
	assert_string_equal(read_with("dmy", "14/1/2018"), "2018-01-14");
	assert_string_equal(read_with("mdy", "14/1/2018"), "date");
	assert_string_equal(read_with("", "18-1-14"), "date_doubt");
	assert_string_equal(read_with("yy", "18-1-14"), "2018-01-14");
	assert_string_equal(read_with("yy:10", "18-1-14"), "1918-01-14");
	assert_string_equal(read_with("mdy yy", "1/14/18"), "2018-01-14");
	assert_string_equal(read_with("", "43114"), "date_doubt");
	assert_string_equal(read_with("", "1515888000"), "date_doubt");
	assert_string_equal(read_with("", "14-1月 -18"), "date_doubt");
	assert_string_equal(read_with("oracle", "14-1月 -18"), "2018-01-14");
	assert_string_equal(read_with("oracle", "14-JAN-18"), "2018-01-14");
	assert_string_equal(
	    read_with("oracle", "14-1月 -18 08.05.06.123000 下午"),
	    "2018-01-14T20:05:06.123000");
}

static void
reads_serial_numbers_where_they_are_declared(void **state)
{
	(void)state;
	assert_string_equal(read_with("excel", "43114"), "2018-01-14");
	assert_string_equal(read_with("excel", "59"), "1900-02-28");
	assert_string_equal(read_with("excel", "60"), "date");
	assert_string_equal(read_with("excel", "61"), "1900-03-01");
	assert_string_equal(
	    read_with("excel", "43114.409722222219"), "2018-01-14T09:50:00");
	assert_string_equal(read_with("excel1904", "41652"), "2018-01-14");
	assert_string_equal(read_with("excel", "2018-01-14"), "2018-01-14");
	assert_string_equal(read_with("excel", "20180114"), "2018-01-14");
	assert_string_equal(
	    read_with("epoch", "1515888000"), "2018-01-14T00:00:00Z");
	assert_string_equal(
	    read_with("epoch", "-86400"), "1969-12-31T00:00:00Z");
	assert_string_equal(
	    read_with("epoch_ms", "1515888000123"), "2018-01-14T00:00:00.123Z");
}

static void
names_an_unknown_format(void **state)
{
	(void)state;
	assert_string_equal(read_with("mdy exel", "1"),
	    "unknown date format 'exel' (did you mean 'excel'?)");
	assert_string_equal(
	    read_with("mdy,dmy", "1"), "date formats that exclude each other");
}

static void
reads_a_time_of_day_alone(void **state)
{
	char out[DATE_TEXT];
	struct date d;

	(void)state;
	assert_true(date_read_time(SLICE("8:05"), &d, NULL));
	date_print_time(&d, out);
	assert_string_equal(out, "08:05");
	assert_true(date_read_time(SLICE("080500"), &d, NULL));
	date_print_time(&d, out);
	assert_string_equal(out, "08:05:00");
	assert_true(date_read_time(SLICE("下午8时5分"), &d, NULL));
	date_print_time(&d, out);
	assert_string_equal(out, "20:05");
	assert_false(date_read_time(SLICE("24:00"), &d, NULL));
	assert_false(date_read_time(SLICE("8:60"), &d, NULL));
}

/* The same text with full-width digits, which no short cut knows. */
static void
widen(const char *text, char *to)
{
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9') {
			*to++ = *text;
			continue;
		}
		memcpy(to, "\xEF\xBC", 2);
		to[2] = (char)(0x90 + (*text - '0'));
		to += 3;
	}
	*to = '\0';
}

static void
assert_read_alike(const char *text, const struct date_format *f)
{
	struct date plain = { 0 }, wide = { 0 };
	struct err e = { 0 }, other = { 0 };
	char widened[256];
	bool ok = date_read(slice_of(text), f, &plain, &e);

	widen(text, widened);
	if (ok != date_read(slice_of(widened), f, &wide, &other) ||
	    strcmp(e.code, other.code) != 0)
		fail_msg("'%s' is read in two ways", text);
	if (!ok)
		return;
	if (plain.year != wide.year || plain.month != wide.month ||
	    plain.day != wide.day || plain.hour != wide.hour ||
	    plain.minute != wide.minute || plain.second != wide.second ||
	    plain.nfraction != wide.nfraction ||
	    plain.fraction != wide.fraction || plain.zone != wide.zone ||
	    plain.precision != wide.precision)
		fail_msg("'%s' is two dates", text);
}

static void
reads_plain_spellings_as_any_other(void **state)
{
	static const char *const years[] = { "18", "199", "1849", "1850",
		"2000", "2023", "2100", "2101", "02018" };
	static const char *const parts[] = { "0", "1", "00", "01", "02", "9",
		"12", "13", "28", "29", "30", "31", "32", "001" };
	static const char *const marks[][2] = { { "-", "-" }, { "/", "/" },
		{ ".", "." }, { "-", "/" }, { "", "" } };
	static const char *const clocks[] = { "", " ", "T", " 8", " 8:05",
		"T08:05", "t23:59:60", " 24:00", " 24:01", " 08:05:6", " 8:60",
		" 0:00:00", " 08:05:06.5", " 08:05:06Z", "  08:05", "08:05",
		" 08:5", " 080506", " 25:00", " 08:05:61", " 08:05 下午", "-",
		"/", "x", "Z", "+08:00", "T08:05+08:00", " 08:05:06-0330",
		" 8:05z", " 08:05:06+08", " 08:05:06+14:60", " 08:05+15:00",
		"T08:05:06+08:0", " 08:05:06+", " 24:00+08:00" };
	static const char *const formats[] = { "", "mdy", "dmy", "yy", "excel",
		"epoch", "epoch_ms", "oracle" };
	char text[64];
	struct date_format f;

	(void)state;
#define EACH(i, a) for (size_t i = 0; i < sizeof(a) / sizeof((a)[0]); i++)
	EACH(y, years)
	EACH(m, parts) EACH(d, parts) EACH(k, marks) EACH(c, clocks)
	{
		snprintf(text, sizeof(text), "%s%s%s%s%s%s", years[y],
		    marks[k][0], parts[m], marks[k][1], parts[d], clocks[c]);
		assert_true(date_format_parse(
		    slice_of(formats[(y + m + d + c) % 8]), &f, NULL));
		assert_read_alike(text, &f);
		assert_read_alike(text, NULL);
	}
#undef EACH
}

static size_t
numeral(unsigned n, char *to)
{
	static const char *const digits[] = { "", "一", "二", "三", "四", "五",
		"六", "七", "八", "九" };

	return (size_t)sprintf(to, "%s%s%s", n < 20 ? "" : digits[n / 10],
	    n < 10 ? "" : "十", digits[n % 10]);
}

/* 二〇一八年一月十四日 */
static void
in_numerals(const struct date *d, char *to)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四",
		"五", "六", "七", "八", "九" };

	for (int place = 1000; place > 0; place /= 10)
		to += sprintf(to, "%s", digits[d->year / place % 10]);
	to += sprintf(to, "年");
	to += numeral(d->month, to);
	to += sprintf(to, "月");
	to += numeral(d->day, to);
	sprintf(to, "日");
}

static void
assert_reads(const char *format, const char *text, const char *iso)
{
	if (strcmp(read_with(format, text), iso) != 0)
		fail_msg("'%s' (%s) is %s, not %s", text, format,
		    read_with(format, text), iso);
}

/* Parse, print, parse: each day that may stand in a record, in each spelling. */
static void
reads_each_day_in_each_spelling(void **state)
{
	static const char *const names[] = { "JAN", "FEB", "MAR", "APR", "MAY",
		"JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC" };
	long first = date_days(1850, 1, 1), last = date_days(2100, 12, 31);

	(void)state;
	for (long n = first; n <= last; n++) {
		struct date d = date_of_days(n), back;
		char iso[DATE_TEXT], text[128];

		date_print(&d, iso);
		assert_true(date_parse(slice_of(iso), &back, NULL));
		assert_int_equal(date_days(back.year, back.month, back.day), n);
		assert_reads("", iso, iso);
#define READS(format, ...)                                 \
	do {                                               \
		snprintf(text, sizeof(text), __VA_ARGS__); \
		assert_reads(format, text, iso);           \
	} while (0)
		READS("", "%d/%d/%d", d.year, d.month, d.day);
		READS("", "%d.%02d.%02d", d.year, d.month, d.day);
		READS("", "%04d%02d%02d", d.year, d.month, d.day);
		READS("", "%d年%d月%d日", d.year, d.month, d.day);
		in_numerals(&d, text);
		assert_reads("", text, iso);
		READS("mdy", "%d/%d/%d", d.month, d.day, d.year);
		READS("dmy", "%02d.%02d.%d", d.day, d.month, d.year);
		READS(
		    "oracle", "%02d-%s-%d", d.day, names[d.month - 1], d.year);
		READS("oracle", "%02d-%d月 -%d", d.day, d.month, d.year);
		if (d.year >= 1950 && d.year < 2050) {
			READS("yy", "%02d-%d-%d", d.year % 100, d.month, d.day);
			READS("yy:50 dmy", "%d/%d/%02d", d.day, d.month,
			    d.year % 100);
		}
		if (n >= date_days(1900, 3, 1))
			READS("excel", "%ld", n + 25569);
		else if (n >= date_days(1900, 1, 1))
			READS("excel", "%ld", n + 25568);
		if (n >= date_days(1904, 1, 1))
			READS("excel1904", "%ld", n + 24107);
#undef READS
		/* eight and fourteen digits may be a day */
		snprintf(text, sizeof(text), "%lld", n * 86400LL);
		if (n < 0 || (strlen(text) != 8 && strlen(text) != 14))
			assert_memory_equal(
			    read_with("epoch", text), iso, strlen(iso));
		snprintf(text, sizeof(text), "%lld", n * 86400000LL);
		if (n < 0 || (strlen(text) != 8 && strlen(text) != 14))
			assert_memory_equal(
			    read_with("epoch_ms", text), iso, strlen(iso));
	}
}

/* Whatever two people can read in two ways is nobody's without a word. */
static void
refuses_every_spelling_with_two_readings(void **state)
{
	static const char *const doubtful[] = { "1/2/2018", "01/02/2018",
		"14/1/2018", "1/14/2018", "1-2-2018", "01.02.2018", "18-1-14",
		"18/01/02", "01/02/03", "18.1.14", "18年1月14日", "180114",
		"010203", "43114", "43114.5", "1515888000", "1515888000123",
		"14-JAN-18", "14-1月 -18", "14-JAN-2018", "1/2/2018 8:05" };
	static const char *const never[] = { "2018-02-30", "0000-00-00",
		"1849-12-31", "2101-01-01", "1/2018", "2018-13-01",
		"2018-01-14 24:30", "9999-12-31", "2018/1-14" };

	(void)state;
	for (size_t i = 0; i < sizeof(doubtful) / sizeof(doubtful[0]); i++)
		assert_reads("", doubtful[i], "date_doubt");
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_reads("", never[i], "date");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_days_both_ways),
		cmocka_unit_test(reads_iso_and_prints_it_again),
		cmocka_unit_test(orders_by_the_instant),
		cmocka_unit_test(reads_what_hospitals_write),
		cmocka_unit_test(refuses_days_that_never_were),
		cmocka_unit_test(asks_for_a_format_where_two_readings_are_open),
		cmocka_unit_test(reads_serial_numbers_where_they_are_declared),
		cmocka_unit_test(names_an_unknown_format),
		cmocka_unit_test(reads_a_time_of_day_alone),
		cmocka_unit_test(reads_plain_spellings_as_any_other),
		cmocka_unit_test(reads_each_day_in_each_spelling),
		cmocka_unit_test(refuses_every_spelling_with_two_readings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
