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
	assert_int_equal(parse("1,2345").kind, RESULT_NUMBER);
	assert_slice(parse("1,2345").unit, ",2345");
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
	};
	int status = RUN(tests);

	arena_free(arena);
	return status;
}
