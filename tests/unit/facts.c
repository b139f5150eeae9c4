/* Facts of values that nobody has described: shapes, and numbers that tell of
 * no one. */
#include "test.h"

#include "rules/facts.h"

static void
check_pattern(const char *text, const char *want)
{
	struct buf b = { 0 };

	facts_pattern(slice_of(text), &b);
	assert_slice(buf_slice(&b), want);
	buf_release(&b);
}

TEST(a_pattern_is_the_shape_alone)
{
	(void)state;
	check_pattern("E11.900", "A9{2}.9{3}");
	check_pattern("13812345678", "9{11}");
	check_pattern("2024-01-02", "9{4}-9{2}-9{2}");
	check_pattern("王小明", "字{3}");
	check_pattern("3床 b", "9字 a");
	check_pattern("a{2}，é", "a?9?{3}");
	check_pattern("", "");
}

static void
check_number(const uint64_t counts[][2], size_t n, uint64_t rank,
    enum facts_end end, const char *want)
{
	struct arena *a = arena_new();
	struct bins b = { 0 };
	struct decimal d;

	for (size_t i = 0; i < n; i++)
		bins_add(&b, a,
		    slice_of(arena_printf(
			a, "%llu", (unsigned long long)counts[i][0])),
		    counts[i][1]);
	if (want == NULL) {
		assert_false(facts_number(&b, rank, 5, end, a, &d));
	} else {
		assert_true(facts_number(&b, rank, 5, end, a, &d));
		assert_slice(decimal_text(&d, a), want);
	}
	arena_free(a);
}

TEST(a_number_is_as_coarse_as_five_values_share_it)
{
	static const uint64_t many[][2] = { { 36, 9 }, { 37, 20 }, { 41, 9 } };
	static const uint64_t tens[][2] = { { 361, 1 }, { 362, 2 }, { 365, 2 },
		{ 412, 5 } };
	static const uint64_t far[][2] = { { 361, 2 }, { 318, 2 }, { 345, 1 },
		{ 900, 4 } };
	static const uint64_t few[][2] = { { 1, 2 }, { 900, 2 } };

	(void)state;
	check_number(many, 3, 5, END_LOW, "36");
	check_number(many, 3, 38, END_HIGH_WHOLE, "41");
	check_number(many, 3, 38, END_HIGH, "41.1");
	check_number(tens, 4, 5, END_LOW, "360");
	check_number(tens, 4, 5, END_HIGH, "370");
	check_number(tens, 4, 5, END_HIGH_WHOLE, "369");
	check_number(tens, 4, 6, END_LOW, "412");
	check_number(far, 4, 5, END_LOW, "300");
	check_number(far, 4, 5, END_HIGH, "400");
	check_number(far, 4, 9, END_LOW, NULL);
	check_number(few, 2, 1, END_LOW, NULL);
	check_number(few, 2, 9, END_LOW, NULL);
}

static struct json
string(const char *text, struct arena *a)
{
	return json_of(slice_of(arena_printf(a, "\"%s\"", text)));
}

TEST(values_are_a_set_where_they_come_again)
{
	struct arena *a = arena_new();
	struct facts set = { .scalars = 0 }, people = { .scalars = 0 };

	(void)state;
	for (unsigned i = 0; i < 300; i++) {
		facts_add(&set, a, string(i % 3 ? "内科" : "外科", a), a);
		facts_add(
		    &people, a, string(arena_printf(a, "P%05u", i / 5), a), a);
	}
	assert_true(facts_is_set(&set));
	assert_false(facts_is_key(&set));
	assert_false(facts_is_set(&people)); /* sixty of them, five times */
	assert_false(facts_is_key(&people));
	facts_release(&set);
	facts_release(&people);
	arena_free(a);
}

TEST(a_key_comes_once)
{
	struct arena *a = arena_new();
	struct facts key = { .scalars = 0 }, prose = { .scalars = 0 };

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		facts_add(&key, a, string(arena_printf(a, "P%05u", i), a), a);
		facts_add(&prose, a,
		    string(arena_printf(a, "seen on day %u", i), a), a);
	}
	assert_true(facts_is_key(&key));
	assert_false(facts_is_key(&prose));
	facts_release(&key);
	facts_release(&prose);
	arena_free(a);
}

TEST(a_roll_gives_up_whatever_the_cut)
{
	char text[32];

	(void)state;
	for (unsigned cut = 0; cut <= 300; cut += 100) {
		struct roll x = { .many = false }, y = { .many = false };

		for (unsigned i = 0; i < 300; i++) {
			int n = snprintf(text, sizeof(text), "%u", i);

			roll_add(i < cut ? &x : &y,
			    (struct slice){ text, (size_t)n }, 1);
		}
		roll_join(&x, &y);
		assert_true(x.many);
		assert_int_equal(roll_count(&x), 0);
		roll_release(&x);
		roll_release(&y);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_is_the_shape_alone),
		cmocka_unit_test(a_number_is_as_coarse_as_five_values_share_it),
		cmocka_unit_test(values_are_a_set_where_they_come_again),
		cmocka_unit_test(a_key_comes_once),
		cmocka_unit_test(a_roll_gives_up_whatever_the_cut),
	};

	return RUN(tests);
}
