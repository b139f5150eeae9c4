#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/decimal.h"

static struct arena *arena;

static struct decimal
number(const char *text)
{
	struct decimal d;
	struct err e = { 0 };

	if (!decimal_parse(slice_of(text), arena, &d, &e))
		fail_msg("'%s': %s", text, e.text);
	return d;
}

static const char *
text(const struct decimal *d)
{
	return decimal_text(d, arena).p;
}

static const char *
apply(char op, const char *left, const char *right)
{
	struct decimal a = number(left), b = number(right), d;
	static struct err e;
	bool ok = false;

	if (op == '+')
		ok = decimal_add(&a, &b, arena, &d, &e);
	else if (op == '-')
		ok = decimal_sub(&a, &b, arena, &d, &e);
	else if (op == '*')
		ok = decimal_mul(&a, &b, arena, &d, &e);
	else if (op == '/')
		ok = decimal_div(&a, &b, arena, &d, &e);
	return ok ? text(&d) : e.text;
}

static void
keeps_the_digits_as_written(void **state)
{
	static const char *const same[] = { "0", "-0", "0.10", "5.60", "0.00",
		"1234567890123456789012345", "0.000001", "100", "-7.50",
		"0.0000000000000000000000000000000001" };
	struct decimal d;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		d = number(same[i]);
		assert_string_equal(text(&d), same[i]);
	}
	d = number("+007.5");
	assert_string_equal(text(&d), "7.5");
	d = number("1.5E2");
	assert_string_equal(text(&d), "150");
	d = number(".5");
	assert_string_equal(text(&d), "0.5");
	d = number("1.5e400");
	assert_string_equal(text(&d), "1.5e400");
	d = number("-2e-300");
	assert_string_equal(text(&d), "-2e-300");
}

static void
compares_by_value(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = { { "0.10", "0.1", 0 }, { "-0", "0.00", 0 },
		{ "9007199254740993", "9007199254740992", 1 },
		{ "1e400", "1e399", 1 }, { "-1e400", "1", -1 },
		{ "-2", "-10", 1 }, { "0.1", "0.09", 1 }, { "100", "1e2", 0 },
		{ "0.3", "0.30000000000000004", -1 }, { "0", "1e-4000", -1 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct decimal a = number(cases[i].a), b = number(cases[i].b);
		int order = decimal_cmp(&a, &b), back = decimal_cmp(&b, &a);

		assert_int_equal((order > 0) - (order < 0), cases[i].order);
		assert_int_equal((back > 0) - (back < 0), -cases[i].order);
	}
}

static void
refuses_what_is_no_number(void **state)
{
	static const char *const bad[] = { "", "-", ".", "e5", "1e", "1e+",
		"1.2.3", "0x10", "1 2", "NaN", "1e5000", "1e-5000",
		"1e99999999999999999999", "--1" };
	struct decimal d;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err e = { 0 };

		assert_false(decimal_parse(slice_of(bad[i]), arena, &d, &e));
		assert_int_equal(e.kind, ERR_DATA);
		assert_string_equal(e.code, "number");
	}
}

static void
adds_subtracts_and_multiplies_exactly(void **state)
{
	(void)state;
	assert_string_equal(apply('+', "0.1", "0.2"), "0.3");
	assert_string_equal(apply('+', "999", "1"), "1000");
	assert_string_equal(
	    apply('+', "1e20", "0.01"), "100000000000000000000.01");
	assert_string_equal(apply('-', "1", "0.9"), "0.1");
	assert_string_equal(apply('-', "0.9", "1"), "-0.1");
	assert_string_equal(apply('-', "5", "5.0"), "0.0");
	assert_string_equal(apply('+', "-5", "2"), "-3");
	assert_string_equal(apply('-', "-5", "-7"), "2");
	assert_string_equal(apply('*', "1.1", "1.10"), "1.210");
	assert_string_equal(apply('*', "-99", "99"), "-9801");
	assert_string_equal(apply('*', "0", "123"), "0");
	assert_string_equal(apply('*', "1e3000", "1e3000"),
	    "number beyond 4000 decimal places");
}

/* What fits a machine word, and what is a digit more. */
static void
adds_across_the_end_of_a_word(void **state)
{
	(void)state;
	assert_string_equal(
	    apply('+', "999999999999999999", "1"), "1000000000000000000");
	assert_string_equal(
	    apply('+', "999999999999999999", "999999999999999999"),
	    "1999999999999999998");
	assert_string_equal(
	    apply('+', "9999999999999999999", "9999999999999999999"),
	    "19999999999999999998");
	assert_string_equal(apply('+', "99999999999999999.99", "0.01"),
	    "100000000000000000.00");
	assert_string_equal(apply('-', "1e17", "0.1"), "99999999999999999.9");
	assert_string_equal(apply('-', "1e18", "0.1"), "999999999999999999.9");
	assert_string_equal(
	    apply('-', "1000000000000000000", "1000000000000000000"), "0");
	assert_string_equal(apply('+', "1e10", "1e17"), "100000010000000000");
}

static void
divides_with_one_rounding_to_fifteen_digits(void **state)
{
	(void)state;
	assert_string_equal(apply('/', "1", "4"), "0.25");
	assert_string_equal(apply('/', "1", "3"), "0.333333333333333");
	assert_string_equal(apply('/', "2", "3"), "0.666666666666667");
	assert_string_equal(apply('/', "100", "5"), "20");
	assert_string_equal(apply('/', "0", "7"), "0");
	assert_string_equal(apply('/', "-99", "18.0156"), "-5.49523746086725");
	assert_string_equal(apply('/', "1", "8000"), "0.000125");
	assert_string_equal(
	    apply('/', "12345678901234567890", "10"), "1234567890123460000");
	assert_string_equal(apply('/', "1", "0.00"), "division by zero");
}

static void
rounds_half_to_even(void **state)
{
	struct decimal d = number("2.5"), r;

	(void)state;
	r = decimal_places(&d, 0, arena);
	assert_string_equal(text(&r), "2");
	d = number("3.5");
	r = decimal_places(&d, 0, arena);
	assert_string_equal(text(&r), "4");
	d = number("2.5001");
	r = decimal_places(&d, 0, arena);
	assert_string_equal(text(&r), "3");
	d = number("9.96");
	r = decimal_places(&d, 1, arena);
	assert_string_equal(text(&r), "10.0");
	r = decimal_round(&d, 2, arena);
	assert_string_equal(text(&r), "10");
	d = number("0.004");
	r = decimal_places(&d, 2, arena);
	assert_string_equal(text(&r), "0.00");
	d = number("0.006");
	r = decimal_places(&d, 2, arena);
	assert_string_equal(text(&r), "0.01");
	d = number("1.5");
	r = decimal_places(&d, 3, arena);
	assert_string_equal(text(&r), "1.5");
}

static void
goes_to_machine_numbers_and_back(void **state)
{
	struct decimal d = number("-9223372036854775808");
	long long n;

	(void)state;
	assert_true(decimal_long(&d, &n));
	assert_true(n == INT64_MIN);
	d = number("9223372036854775808");
	assert_false(decimal_long(&d, &n));
	d = number("12.00");
	assert_true(decimal_long(&d, &n) && n == 12);
	d = number("0.5");
	assert_false(decimal_is_integer(&d));
	assert_false(decimal_long(&d, &n));
	d = number("5.60");
	assert_true(decimal_double(&d) == 5.6);
	d = number("9007199254740992.5000000000000000000000001");
	assert_true(decimal_double(&d) == 9007199254740992.0);
	assert_true(decimal_of_double(0.1, arena, &d));
	assert_string_equal(text(&d), "0.1");
	assert_false(decimal_of_double(1.0 / 0.0, arena, &d));
	d = decimal_of_long(INT64_MIN, arena);
	assert_string_equal(text(&d), "-9223372036854775808");
}

static void
strips_zeros_only_behind_the_point(void **state)
{
	struct decimal d = number("5.600"), s = decimal_strip(&d);

	(void)state;
	assert_string_equal(text(&s), "5.6");
	d = number("100");
	s = decimal_strip(&d);
	assert_string_equal(text(&s), "100");
	d = number("7.00");
	s = decimal_strip(&d);
	assert_string_equal(text(&s), "7");
}

static void
reads_numbers_of_any_size_to_compare_them(void **state)
{
	struct decimal a, b;

	(void)state;
	assert_true(decimal_read(SLICE("1e100000000000"), arena, &a));
	assert_true(decimal_read(SLICE("99e99999999998"), arena, &b));
	assert_true(decimal_cmp(&a, &b) > 0);
	assert_true(decimal_is_integer(&a));
	assert_true(decimal_read(SLICE("-1e-100000000000"), arena, &a));
	assert_false(decimal_is_integer(&a));
	assert_int_equal(decimal_sign(&a), -1);
	assert_false(decimal_read(SLICE("1e99999999999999999999"), arena, &a));
	assert_false(decimal_read(SLICE("1x"), arena, &a));
}

static void
knows_multiples_exactly(void **state)
{
	static const struct {
		const char *number, *of;
		bool is;
	} cases[] = { { "0.3", "0.1", true }, { "0.35", "0.1", false },
		{ "1e30", "0.01", true }, { "0", "7", true },
		{ "-21.0", "7", true }, { "22", "7", false },
		{ "7e999", "7", true }, { "1e999", "7", false },
		{ "1e999", "999999999999999999", false },
		{ "999999999999999999e5", "999999999999999999", true },
		{ "1e70", "576460752303423488", true }, /* 2^59 */
		{ "1e58", "576460752303423488", false }, { "4", "8", false },
		{ "100", "3e1", false }, { "90", "3e1", true } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct decimal a = number(cases[i].number);
		struct decimal b = number(cases[i].of);

		if (decimal_is_multiple(&a, &b) != cases[i].is)
			fail_msg("%s of %s", cases[i].number, cases[i].of);
	}
	{
		struct decimal d = number("0.04500");

		assert_int_equal(decimal_digits(&d), 2);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_numbers_of_any_size_to_compare_them),
		cmocka_unit_test(knows_multiples_exactly),
		cmocka_unit_test(keeps_the_digits_as_written),
		cmocka_unit_test(compares_by_value),
		cmocka_unit_test(refuses_what_is_no_number),
		cmocka_unit_test(adds_subtracts_and_multiplies_exactly),
		cmocka_unit_test(adds_across_the_end_of_a_word),
		cmocka_unit_test(divides_with_one_rounding_to_fifteen_digits),
		cmocka_unit_test(rounds_half_to_even),
		cmocka_unit_test(goes_to_machine_numbers_and_back),
		cmocka_unit_test(strips_zeros_only_behind_the_point),
	};
	int failed;

	arena = arena_new();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
