#include "test.h"

#include "json/scan.h"
#include "search/census.h"
#include "search/identity.h"
#include "search/member.h"

TEST(finds_a_mobile_number_written_together)
{
	static const char *const shown[] = { "13800138000", "电话13800138000。",
		"１３８００１３８０００", "8613800138000", "+86 13800138000",
		"tel:13800138000." };
	static const char *const hidden[] = { "12800138000", "138001380001",
		"1.2.840.13800138000.5", "0.13800138000", "a13800138000",
		"0001234567890123456", "1380013800" };

	(void)state;
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		assert_true(identity_in_text(slice_of(shown[i])));
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		assert_false(identity_in_text(slice_of(hidden[i])));
}

TEST(finds_an_identity_number_by_its_check_character)
{
	static const char check[] = "10X98765432";
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10,
		5, 8, 4, 2 };
	char id[] = "11019919900307001?";
	int sum = 0;

	(void)state;
	for (int i = 0; i < 17; i++)
		sum += (id[i] - '0') * weights[i];
	id[17] = check[sum % 11];
	assert_true(identity_in_text(slice_of(id)));
	id[17] = check[(sum + 1) % 11];
	assert_false(identity_in_text(slice_of(id)));
}

TEST(looks_into_every_value_but_the_places_of_the_trail)
{
	struct arena *a = arena_new();

	(void)state;
	assert_true(
	    identity_in_record(SLICE("{\"a\":[{\"b\":13800138000}]}"), a));
	assert_true(identity_in_record(
	    SLICE("{\"a\":\"\\u0031\\u0033800138000\"}"), a));
	assert_true(identity_in_record(
	    SLICE("{\"_mdx\":{\"extract\":[{\"quote\":\"13800138000\"}]}}"),
	    a));
	assert_false(identity_in_record(
	    SLICE("{\"_mdx\":{\"src\":{\"offset\":[13800138000,1]}}}"), a));
	arena_free(a);
}

static bool
count(void *ctx, struct slice path, struct json v)
{
	static const char *const paths[] = { "/a~1b/0/~0", "/c", "/c" };
	size_t *n = ctx;

	assert_slice(path, paths[*n]);
	assert_int_equal(v.type, JSON_STRING);
	++*n;
	return true;
}

TEST(gives_texts_with_their_pointers)
{
	size_t n = 0;

	(void)state;
	assert_true(member_texts(
	    SLICE("{\"a/b\":[{\"~\":\"x\"}],\"n\":1,\"e\":\"\",\"c\":\"y\","
		  "\"\\u0063\":\"z\",\"_mdx\":{\"id\":\"i\"}}"),
	    count, &n));
	assert_int_equal(n, 3);
}

TEST(gives_an_interval_within_nought_and_one)
{
	double low, high;

	(void)state;
	census_wilson(0, 10, &low, &high);
	assert_true(low == 0 && high > 0.27 && high < 0.28);
	census_wilson(10, 10, &low, &high);
	assert_true(low > 0.72 && low < 0.73 && high == 1);
	census_wilson(2623, 2761, &low, &high);
	assert_true(low > 0.941 && low < 0.942 && high > 0.957 && high < 0.958);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_a_mobile_number_written_together),
		cmocka_unit_test(
		    finds_an_identity_number_by_its_check_character),
		cmocka_unit_test(
		    looks_into_every_value_but_the_places_of_the_trail),
		cmocka_unit_test(gives_texts_with_their_pointers),
		cmocka_unit_test(gives_an_interval_within_nought_and_one),
	};

	return RUN(tests);
}
