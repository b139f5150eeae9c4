/* How many are different: exact while there are few, near enough beyond, and
 * the same bytes whatever the order and the cut. */
#include "test.h"

#include "rules/distinct.h"

static void
add_range(struct distinct *d, struct arena *a, unsigned from, unsigned to)
{
	char text[32];

	for (unsigned i = from; i < to; i++) {
		int n = snprintf(text, sizeof(text), "P%08u", i);

		distinct_add(d, a, (struct slice){ text, (size_t)n });
	}
}

static struct slice
text_of(const struct distinct *d, struct arena *a)
{
	struct buf b = { 0 };
	struct slice text;

	distinct_put(d, &b);
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}

TEST(few_are_exact)
{
	struct arena *a = arena_new();

	(void)state;
	for (unsigned n = 0; n <= DISTINCT_EXACT; n += 64) {
		struct distinct d = { .rough = false };

		add_range(&d, a, 0, n);
		add_range(&d, a, 0, n);
		assert_int_equal(distinct_count(&d), n);
	}
	arena_free(a);
}

/* Three times the standard error of 1.6 %. */
TEST(many_are_near)
{
	static const unsigned sizes[] = { 1, 10, 100, 1000, 3000, 10000, 30000,
		300000 };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (unsigned rough = 0; rough < 2; rough++) {
			struct distinct d = { .rough = rough };
			double off;

			add_range(&d, a, 0, sizes[i]);
			off =
			    ((double)distinct_count(&d) - sizes[i]) / sizes[i];
			assert_true(off < 0.05 && off > -0.05);
		}
	arena_free(a);
}

TEST(any_cut_gives_the_same_bytes)
{
	struct arena *a = arena_new();

	(void)state;
	for (unsigned n = 300; n < 4000; n += 611)
		for (unsigned rough = 0; rough < 2; rough++) {
			struct distinct all = { .rough = rough };

			add_range(&all, a, 0, n);
			for (unsigned cut = 0; cut < n; cut += 97) {
				struct distinct x = { .rough = rough };
				struct distinct y = { .rough = rough }, z;

				add_range(&x, a, cut / 2, n);
				add_range(&y, a, 0, cut);
				assert_true(
				    distinct_parse(text_of(&x, a), a, &z));
				distinct_join(&y, a, &z);
				assert_slice(
				    text_of(&y, a), text_of(&all, a).p);
			}
		}
	arena_free(a);
}

TEST(numbers_are_the_same_by_value)
{
	static const char *const same[] = { "1.0", "1", "1e0", "10e-1",
		"100e-2", "0.1e1" };
	static const char *const other[] = { "-1", "10", "0.1", "1.01", "0" };
	struct arena *a = arena_new();
	struct distinct d = { .rough = false };
	struct err e = { 0 };
	struct decimal n;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_true(decimal_parse(slice_of(same[i]), a, &n, &e));
		distinct_add_number(&d, a, &n);
		assert_int_equal(distinct_count(&d), 1);
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		assert_true(decimal_parse(slice_of(other[i]), a, &n, &e));
		distinct_add_number(&d, a, &n);
		assert_int_equal(distinct_count(&d), 2 + i);
	}
	arena_free(a);
}

/* The hash stands in files: these are its values for good. */
TEST(the_hash_never_changes)
{
	struct arena *a = arena_new();
	struct distinct d = { .rough = false };
	struct distinct r = { .rough = true };

	(void)state;
	distinct_add(&d, a, SLICE("内科"));
	distinct_add(&r, a, SLICE("内科"));
	assert_slice(text_of(&d, a), "=4f12c3fd");
	assert_slice(text_of(&r, a), "~4f13");
	arena_free(a);
}

TEST(what_is_no_sketch_is_refused)
{
	static const char *const bad[] = { "", "x", "=1", "=0123456g",
		"=0123456A", "~1", "~001~", "~00x1", "#0", "~0011001" };
	struct arena *a = arena_new();
	struct distinct d;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(distinct_parse(slice_of(bad[i]), a, &d));
	assert_true(distinct_parse(SLICE("="), a, &d));
	assert_int_equal(distinct_count(&d), 0);
	assert_true(distinct_parse(SLICE("~0011"), a, &d));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_are_exact),
		cmocka_unit_test(many_are_near),
		cmocka_unit_test(any_cut_gives_the_same_bytes),
		cmocka_unit_test(numbers_are_the_same_by_value),
		cmocka_unit_test(the_hash_never_changes),
		cmocka_unit_test(what_is_no_sketch_is_refused),
	};

	return RUN(tests);
}
