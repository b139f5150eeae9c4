#include "mapping/result.h"

#include "test.h"

static struct arena *arena;

static struct result
parse(const char *text)
{
	struct result r;

	if (arena == NULL)
		arena = arena_new();
	result_parse(slice_of(text), arena, &r);
	return r;
}

TEST(keeps_the_digits_as_they_were_written)
{
	(void)state;
	assert_slice(parse("5.60").number, "5.60");
	assert_slice(
	    parse("0001234567890123456.0").number, "1234567890123456.0");
	assert_slice(parse("1,234.5").number, "1234.5");
	assert_slice(parse("５．６").number, "5.6");
	assert_slice(parse("1.2×10^3").number, "1200");
	assert_slice(parse("-0.5").number, "-0.5");
}

TEST(takes_commas_only_between_groups_of_three)
{
	(void)state;
	assert_int_equal(parse("1,2345").kind, RESULT_TEXT);
	assert_slice(parse("12,345,678").number, "12345678");
}

TEST(reads_operators_in_signs_and_words)
{
	(void)state;
	assert_string_equal(parse("<0.5").op, "<");
	assert_string_equal(parse("≤0.5").op, "<=");
	assert_string_equal(parse("小于0.5").op, "<");
	assert_string_equal(parse("＞100").op, ">");
}

TEST(reads_ranges_titres_grades_and_flags)
{
	struct result r = parse("3-5");

	(void)state;
	assert_int_equal(r.kind, RESULT_RANGE);
	assert_slice(r.low, "3");
	assert_slice(r.high, "5");
	r = parse("1:80");
	assert_int_equal(r.kind, RESULT_TITRE);
	assert_slice(r.number, "80");
	r = parse("3+");
	assert_string_equal(r.code, "pos");
	assert_int_equal(r.grade, 3);
	assert_string_equal(parse("阴性").code, "neg");
	assert_string_equal(parse("±").code, "weak");
	assert_string_equal(parse("7.1↑").flag, "H");
	assert_slice(parse("5.6mmol/L").unit, "mmol/L");
}

TEST(leaves_words_as_words)
{
	(void)state;
	assert_int_equal(parse("标本溶血").kind, RESULT_TEXT);
	assert_int_equal(parse("见报告").kind, RESULT_TEXT);
	assert_int_equal(parse("-").kind, RESULT_TEXT);
	assert_int_equal(parse("").kind, RESULT_TEXT);
	assert_null(parse("小于正常").op);
}

TEST(reads_reference_ranges)
{
	struct slice low, high;

	(void)state;
	parse("");
	assert_true(result_range(SLICE("3.9-6.1"), arena, &low, &high));
	assert_slice(low, "3.9");
	assert_slice(high, "6.1");
	assert_true(result_range(SLICE("<5.0"), arena, &low, &high));
	assert_null(low.p);
	assert_slice(high, "5.0");
	assert_true(result_range(SLICE("3.5～9.5"), arena, &low, &high));
	assert_false(result_range(SLICE("阴性"), arena, &low, &high));
}

/* All that was read, in one line: "number 5.60 unit mmol/L flag H". */
static const char *
told(const char *text)
{
	static const char *const kinds[] = { "text", "number", "range", "titre",
		"code" };
	static char out[256];
	struct result r = parse(text);
	int n = snprintf(out, sizeof(out), "%s", kinds[r.kind]);

#define TELL(...) n += snprintf(out + n, sizeof(out) - (size_t)n, __VA_ARGS__)
	if (r.op != NULL)
		TELL(" %s", r.op);
	if (r.kind == RESULT_NUMBER || r.kind == RESULT_TITRE)
		TELL(" %.*s", (int)r.number.n, r.number.p);
	if (r.kind == RESULT_RANGE)
		TELL(" %.*s..%.*s", (int)r.low.n, r.low.p, (int)r.high.n,
		    r.high.p);
	if (r.unit.n > 0)
		TELL(" unit %.*s", (int)r.unit.n, r.unit.p);
	if (r.code != NULL)
		TELL(" %s", r.code);
	if (r.grade > 0)
		TELL(" grade %u", r.grade);
	if (r.flag != NULL)
		TELL(" flag %s", r.flag);
#undef TELL
	return out;
}

struct told {
	const char *text, *means;
};

static void
assert_told(const struct told *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(told(cases[i].text), cases[i].means) != 0)
			fail_msg("'%s' is read as '%s', not '%s'",
			    cases[i].text, told(cases[i].text), cases[i].means);
}

/*
 * A Chinese LIS: words and their signs, findings with the measured value in
 * brackets, arrows, full width, ranges under the microscope.
 */
TEST(reads_the_results_of_a_chinese_lis)
{
	static const struct told cases[] = { { "5.60", "number 5.60" },
		{ "5.60↑", "number 5.60 flag H" },
		{ "↓3.1", "number 3.1 flag L" },
		{ "7.10 偏高", "number 7.10 flag H" },
		{ "12.5(高)", "number 12.5 flag H" },
		{ "＜０．０５", "number < 0.05" }, { "≤1.0", "number <= 1.0" },
		{ "小于0.5", "number < 0.5" }, { "大于等于40", "number >= 40" },
		{ "阴性", "code neg" }, { "阳性", "code pos" },
		{ "弱阳性", "code weak" }, { "阴性(-)", "code neg" },
		{ "阴性（－）", "code neg" },
		{ "阳性(2+)", "code pos grade 2" }, { "(±)", "code weak" },
		{ "±", "code weak" }, { "＋＋", "code pos grade 2" },
		{ "3+", "code pos grade 3" }, { "微量", "code trace" },
		{ "未检出", "code neg" }, { "阴性(0.05)", "number 0.05 neg" },
		{ "0.05(阴性)", "number 0.05 neg" },
		{ "125.3(+)", "number 125.3 pos grade 1" },
		{ "0.01(-)", "number 0.01 neg" },
		{ "阳性1:80", "titre 80 pos" }, { "1:320", "titre 320" },
		{ "1：80", "titre 80" }, { "<1:20", "titre < 20" },
		{ "≥1:640", "titre >= 640" },
		{ "1:80(+)", "titre 80 pos grade 1" },
		{ "0-2/HP", "range 0..2 unit /HP" },
		{ "3～5个/HP", "range 3..5 unit 个/HP" },
		{ "3--5", "range 3..5" }, { "10-15", "range 10..15" },
		{ "1.2×10^3", "number 1200" }, { "1.2×10³", "number 1200" },
		{ "5.6×10^9/L", "number 5.6 unit x10^9/L" },
		{ "1,234.5", "number 1234.5" },
		{ "5.6mmol/L", "number 5.6 unit mmol/L" },
		{ "5.6 mmol/L ↑", "number 5.6 unit mmol/L flag H" },
		{ "标本溶血", "text" }, { "见报告", "text" },
		{ "脂血", "text" }, { "标本量不足", "text" }, { "-", "text" },
		{ "－", "text" }, { "/", "text" }, { "淡黄色", "text" },
		{ "120/80", "text" }, { "36.5 72", "text" },
		{ "2018-01-14", "text" }, { "2018-01", "text" },
		{ "AB型", "text" }, { "12:30", "text" }, { "小于正常", "text" },
		{ "见1号图", "text" } };

	(void)state;
	assert_told(cases, sizeof(cases) / sizeof(cases[0]));
}

/* An analyser's middleware: operators with blanks, letters, stars, grades. */
TEST(reads_the_results_of_an_analyser)
{
	static const struct told cases[] = { { "< 0.003", "number < 0.003" },
		{ ">100.0", "number > 100.0" },
		{ "> 24.00 H", "number > 24.00 flag H" },
		{ "0.27 COI", "number 0.27 unit COI" },
		{ "27.0 U/L L", "number 27.0 unit U/L flag L" },
		{ "5.23 HH", "number 5.23 flag H" },
		{ "*12.5", "number 12.5 flag A" },
		{ "12.5!", "number 12.5 flag A" },
		{ "H 5.6", "number 5.6 flag H" }, { "2.30E+03", "number 2300" },
		{ "1.5e-2", "number 0.015" }, { "Non-Reactive", "code neg" },
		{ "Reactive", "code pos" }, { "NEG", "code neg" },
		{ "Neg", "code neg" }, { "POS", "code pos" },
		{ "neg.", "text" }, { "Trace", "code trace" },
		{ "1+", "code pos grade 1" }, { "+/-", "code weak" },
		{ "1+ (50 mg/dL)", "number 50 unit mg/dL pos grade 1" },
		{ "NEG (0 mg/dL)", "number 0 unit mg/dL neg" },
		{ "25 (1+)", "number 25 pos grade 1" },
		{ "5-10 /uL", "range 5..10 unit /uL" }, { "norm", "text" },
		{ "-----", "text" }, { "....", "text" }, { ">Test", "text" },
		{ "Clot", "text" }, { "ERR 12", "text" },
		{ "-0.5", "number -0.5" }, { "+0.5", "number 0.5" },
		{ ".5", "number 0.5" } };

	(void)state;
	assert_told(cases, sizeof(cases) / sizeof(cases[0]));
}

/* OBX of HL7: structured numerics with their carets, and coded words. */
TEST(reads_the_results_of_an_obx)
{
	static const struct told cases[] = { { ">^100", "number > 100" },
		{ "<=^0.5", "number <= 0.5" }, { "^5.6", "number 5.6" },
		{ "^1^:^128", "titre 128" }, { ">^1^:^64", "titre > 64" },
		{ "^10^-^20", "range 10..20" }, { "^2^+", "code pos grade 2" },
		{ "Negative", "code neg" }, { "POSITIVE", "code pos" },
		{ "Not detected", "code neg" }, { "DETECTED", "code pos" },
		{ "260385009^Negative^SCT", "text" }, { "See comment", "text" },
		{ "Hemolyzed", "text" }, { "140", "number 140" },
		{ "7.40", "number 7.40" }, { "1.020", "number 1.020" },
		{ "98 %", "number 98 unit %" }, { "^5^", "number 5" },
		{ "^a", "text" } };

	(void)state;
	assert_told(cases, sizeof(cases) / sizeof(cases[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_digits_as_they_were_written),
		cmocka_unit_test(takes_commas_only_between_groups_of_three),
		cmocka_unit_test(reads_operators_in_signs_and_words),
		cmocka_unit_test(reads_ranges_titres_grades_and_flags),
		cmocka_unit_test(leaves_words_as_words),
		cmocka_unit_test(reads_reference_ranges),
		cmocka_unit_test(reads_the_results_of_a_chinese_lis),
		cmocka_unit_test(reads_the_results_of_an_analyser),
		cmocka_unit_test(reads_the_results_of_an_obx),
	};
	int status = RUN(tests);

	arena_free(arena);
	return status;
}
