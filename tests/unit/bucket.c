/* What of a value may stand in a summary: cut numbers, months, members. */
#include "test.h"

#include "rules/bucket.h"

static void
check_bucket(const char *json, const char *want)
{
	struct arena *a = arena_new();
	struct index *set = index_new();
	struct json v = json_of(slice_of(json));
	struct datum d = { .json = v, .presence = VALUE_THERE };
	struct buf b = { 0 };

	index_add(set, SLICE("1"), NULL);
	index_add(set, SLICE("男"), NULL);
	d.text = slice_trim(json_text(v, a));
	bucket_put(bucket_of(&d, set, a), set, &b);
	assert_slice(buf_slice(&b), want);
	buf_release(&b);
	index_free(set);
	arena_free(a);
}

TEST(numbers_are_cut_to_three_digits)
{
	(void)state;
	check_bucket("36.59", "36.5");
	check_bucket("\"36.59\"", "36.5");
	check_bucket("0.0012399", "0.00123");
	check_bucket("-5.619", "-5.61");
	check_bucket("250", "250");
	check_bucket("1234567", "1230000");
	check_bucket("0", "0");
	check_bucket("-0.0", "0");
	check_bucket("2e0", "2");
	check_bucket("1e-40", "0");
	check_bucket("1e400", "9990000000000000000000000000000");
	check_bucket("-1e400", "-9990000000000000000000000000000");
}

TEST(dates_are_months)
{
	(void)state;
	check_bucket("\"2024-01-31\"", "2024-01");
	check_bucket("\"2024-12-01 10:00:00\"", "2024-12");
	check_bucket("\"1999-02\"", "1999-02");
}

TEST(members_of_the_set_are_themselves)
{
	(void)state;
	check_bucket("1", "1");
	check_bucket("\" 男 \"", "男");
	check_bucket("true", "true");
	check_bucket("false", "false");
}

/* Neither the value nor its length shows. */
TEST(other_text_is_one_of_ten)
{
	struct arena *a = arena_new();
	uint64_t seen = 0;

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		const char *text = arena_printf(a, "\"王%u\"", i);
		struct json v = json_of(slice_of(text));
		struct datum d = { .json = v, .text = json_text(v, a) };
		int32_t b = bucket_of(&d, NULL, a);

		assert_int_equal(bucket_kind(b), BUCKET_TEXT);
		seen |= UINT64_C(1) << (b % 10);
	}
	assert_int_equal(seen, 1023);
	check_bucket("\"2024-13-01\"", "#2");
	arena_free(a);
}

TEST(numbers_stand_in_their_order)
{
	static const char *const order[] = { "-1e400", "-250", "-5.61", "-5.6",
		"-0.01", "0", "0.01", "5.6", "5.61", "250", "1e400" };
	struct arena *a = arena_new();
	int32_t last = INT32_MIN;

	(void)state;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		struct json v = json_of(slice_of(order[i]));
		struct datum d = { .json = v, .text = v.text };
		int32_t b = bucket_of(&d, NULL, a);

		assert_true(b > last);
		assert_int_equal(bucket_kind(b), BUCKET_NUMBER);
		last = b;
	}
	arena_free(a);
}

TEST(a_histogram_adds_up)
{
	struct arena *a = arena_new();
	struct histogram x = { 0 }, y = { 0 };
	struct bins b = { 0 };

	(void)state;
	for (int32_t i = -300; i < 300; i++) {
		histogram_add(&x, a, i, 1);
		histogram_add(&y, a, i * 2, 2);
	}
	histogram_join(&x, a, &y);
	assert_int_equal(x.n, 900);
	histogram_label(&x, NULL, 1u << BUCKET_NUMBER, a, &b);
	assert_int_equal(b.n, 900);
	assert_int_equal(bins_count(&b), 1800);
	histogram_label(&x, NULL, 1u << BUCKET_MONTH, a, &b);
	assert_int_equal(b.n, 900);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_cut_to_three_digits),
		cmocka_unit_test(dates_are_months),
		cmocka_unit_test(members_of_the_set_are_themselves),
		cmocka_unit_test(other_text_is_one_of_ten),
		cmocka_unit_test(numbers_stand_in_their_order),
		cmocka_unit_test(a_histogram_adds_up),
	};

	return RUN(tests);
}
