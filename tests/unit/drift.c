/* Drift: bins that add up in any order, and the index between two of them. */
#include "test.h"

#include <math.h>

#include "rules/drift.h"

static struct bins
make(struct arena *a, uint64_t x, uint64_t y, uint64_t z)
{
	struct bins b = { 0 };

	if (z > 0)
		bins_add(&b, a, SLICE("z"), z);
	bins_add(&b, a, SLICE("x"), x);
	bins_add(&b, a, SLICE("y"), y);
	return b;
}

TEST(the_same_shares_do_not_drift)
{
	struct arena *a = arena_new();
	struct bins now = make(a, 100, 300, 0), then = make(a, 1000, 3000, 0);
	double psi = 1;

	(void)state;
	assert_true(bins_drift(&now, &then, &psi));
	assert_true(psi >= 0 && psi < 0.0001);
	arena_free(a);
}

/* (0.7-0.5) ln(0.7/0.5) + (0.3-0.5) ln(0.3/0.5), by hand. */
TEST(the_index_is_that_of_its_formula)
{
	struct arena *a = arena_new();
	struct bins now = make(a, 70000, 30000, 0);
	struct bins then = make(a, 50000, 50000, 0);
	double psi;

	(void)state;
	assert_true(bins_drift(&now, &then, &psi));
	assert_true(fabs(psi - 0.169459) < 0.0001);
	arena_free(a);
}

TEST(a_category_that_was_never_there_is_finite_and_large)
{
	struct arena *a = arena_new();
	struct bins now = make(a, 50, 50, 100), then = make(a, 500, 500, 0);
	double there, back;

	(void)state;
	assert_true(bins_drift(&now, &then, &there));
	assert_true(bins_drift(&then, &now, &back));
	assert_true(there > DRIFT_LIMIT && isfinite(there));
	assert_true(fabs(there - back) < 1e-12);
	arena_free(a);
}

TEST(few_values_are_not_judged)
{
	struct arena *a = arena_new();
	struct bins now = make(a, 50, DRIFT_LEAST - 51, 0);
	struct bins then = make(a, 500, 500, 0), none = { 0 };
	double psi;

	(void)state;
	assert_false(bins_drift(&now, &then, &psi));
	assert_false(bins_drift(&then, &now, &psi));
	assert_false(bins_drift(&none, &none, &psi));
	arena_free(a);
}

TEST(bins_add_up_in_any_order)
{
	struct arena *a = arena_new();
	struct bins one = make(a, 1, 2, 3), two = make(a, 4, 5, 0);
	struct bins x = { 0 }, y = { 0 };

	(void)state;
	bins_join(&x, a, &one);
	bins_join(&x, a, &two);
	bins_join(&y, a, &two);
	bins_join(&y, a, &one);
	assert_int_equal(x.n, 3);
	assert_int_equal(bins_count(&x), 15);
	for (size_t i = 0; i < x.n; i++) {
		assert_true(slice_eq(x.list[i].label, y.list[i].label));
		assert_int_equal(x.list[i].n, y.list[i].n);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_shares_do_not_drift),
		cmocka_unit_test(the_index_is_that_of_its_formula),
		cmocka_unit_test(
		    a_category_that_was_never_there_is_finite_and_large),
		cmocka_unit_test(few_values_are_not_judged),
		cmocka_unit_test(bins_add_up_in_any_order),
	};

	return RUN(tests);
}
