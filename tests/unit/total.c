/* Exact sums: the same in any order and any cut, and read back as written. */
#include "test.h"

#include "rules/total.h"

static struct decimal
number(const char *text, struct arena *a)
{
	struct err e = { 0 };
	struct decimal d;

	assert_true(decimal_parse(slice_of(text), a, &d, &e));
	return d;
}

static void
check_sum(const char *const *list, size_t n, const char *want)
{
	struct arena *a = arena_new();
	struct total t = { { 0 } }, back;
	struct decimal d;

	for (size_t i = 0; i < n; i++) {
		d = number(list[i], a);
		assert_true(total_fits(&d));
		total_add(&t, &d);
	}
	d = total_decimal(&t, a);
	assert_slice(decimal_text(&d, a), want);
	assert_true(total_parse(slice_of(want), &back));
	d = total_decimal(&back, a);
	assert_slice(decimal_text(&d, a), want);
	arena_free(a);
}

TEST(tenths_add_up_without_a_rest)
{
	(void)state;
	check_sum((const char *const[]){ "0.1", "0.2" }, 2, "0.3");
	check_sum((const char *const[]){ "0.1", "-0.3", "0.2" }, 3, "0");
	check_sum((const char *const[]){ "5", "-7.25" }, 2, "-2.25");
	check_sum((const char *const[]){ "1e3", "1E-3" }, 2, "1000.001");
	check_sum(NULL, 0, "0");
}

TEST(small_beside_large_is_not_lost)
{
	(void)state;
	check_sum((const char *const[]){ "999999999999999999",
		      "0.000000000000000001", "-1" },
	    3, "999999999999999998.000000000000000001");
	check_sum((const char *const[]){ "-999999999999999999",
		      "-0.000000000000000001" },
	    2, "-999999999999999999.000000000000000001");
}

TEST(limbs_that_grow_are_carried)
{
	struct arena *a = arena_new();
	struct decimal d = number("-999999999.999999999", a);
	struct total t = { { 0 } }, twice;

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		total_add(&t, &d);
	for (unsigned i = 0; i < 40; i++) { /* to 10^24 */
		twice = t;
		total_join(&t, &twice);
	}
	d = total_decimal(&t, a);
	assert_slice(decimal_text(&d, a), "-1099511627775999998900488.372224");
	arena_free(a);
}

TEST(any_cut_gives_the_same)
{
	struct arena *a = arena_new();
	struct total whole = { { 0 } };

	(void)state;
	for (unsigned i = 0; i < 500; i++) {
		struct decimal d =
		    number(arena_printf(a, "%s%u.%u", i % 3 == 0 ? "-" : "",
			       i * 7919 % 1000, i * 31),
			a);

		total_add(&whole, &d);
	}
	for (unsigned cut = 0; cut < 500; cut += 61) {
		struct total first = { { 0 } }, second = { { 0 } };
		struct decimal x, y;

		for (unsigned i = 0; i < 500; i++) {
			struct decimal d = number(
			    arena_printf(a, "%s%u.%u", i % 3 == 0 ? "-" : "",
				i * 7919 % 1000, i * 31),
			    a);

			total_add(i < cut ? &first : &second, &d);
		}
		total_join(&second, &first);
		x = total_decimal(&second, a);
		y = total_decimal(&whole, a);
		assert_slice(decimal_text(&x, a), decimal_text(&y, a).p);
	}
	arena_free(a);
}

TEST(numbers_far_from_the_point_do_not_fit)
{
	static const char *const far[] = { "1e18", "1000000000000000000",
		"1e-19", "0.0000000000000000001", "1e400", "-1e18" };
	static const char *const fit[] = { "999999999999999999", "1e17",
		"1e-18", "0.10000000000000000000000000", "0e900" };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
		struct decimal d = number(far[i], a);

		assert_false(total_fits(&d));
	}
	for (size_t i = 0; i < sizeof(fit) / sizeof(fit[0]); i++) {
		struct decimal d = number(fit[i], a);

		assert_true(total_fits(&d));
	}
	arena_free(a);
}

TEST(a_sum_that_is_none_is_refused)
{
	struct total t;

	(void)state;
	assert_false(total_parse(SLICE("x"), &t));
	assert_false(total_parse(SLICE("1e90"), &t));
	assert_false(total_parse(SLICE("1e-30"), &t));
	assert_false(total_parse(SLICE(""), &t));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tenths_add_up_without_a_rest),
		cmocka_unit_test(small_beside_large_is_not_lost),
		cmocka_unit_test(limbs_that_grow_are_carried),
		cmocka_unit_test(any_cut_gives_the_same),
		cmocka_unit_test(numbers_far_from_the_point_do_not_fit),
		cmocka_unit_test(a_sum_that_is_none_is_refused),
	};

	return RUN(tests);
}
