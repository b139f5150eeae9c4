#include "test.h"

#include "rules/check.h"
#include "rules/summary.h"

TEST(an_identity_number_has_a_digit_and_a_date_that_are_right)
{
	struct date birth;
	enum sex sex;

	(void)state;
	assert_true(check_idcard(SLICE("11010519491231002X"), &birth, &sex));
	assert_int_equal(birth.year, 1949);
	assert_int_equal(sex, SEX_FEMALE);
	assert_true(check_idcard(SLICE("11010519491231002x"), &birth, &sex));
	assert_false(check_idcard(SLICE("110105194912310021"), &birth, &sex));
	assert_false(check_idcard(SLICE("110105491231002"), &birth, &sex));
	assert_false(check_idcard(SLICE("11010519490231002X"), &birth, &sex));
}

TEST(a_credit_code_has_the_right_last_sign)
{
	(void)state;
	assert_true(check_uscc(SLICE("91350100M000100Y43")));
	assert_false(check_uscc(SLICE("91350100M000100Y44")));
	assert_false(check_uscc(SLICE("91350100I000100Y43")));
}

TEST(phones_are_mobiles_landlines_and_service_numbers)
{
	(void)state;
	assert_true(check_phone(SLICE("19900001234")));
	assert_true(check_phone(SLICE("+86 199 0000 1234")));
	assert_true(check_phone(SLICE("010-55501234")));
	assert_true(check_phone(SLICE("0371-5550123-8001")));
	assert_true(check_phone(SLICE("400-123-4567")));
	assert_false(check_phone(SLICE("12900001234")));
	assert_false(check_phone(SLICE("199000012345")));
	assert_false(check_phone(SLICE("138****1234")));
}

TEST(text_read_in_a_wrong_encoding_is_not_clean)
{
	(void)state;
	assert_true(check_clean(SLICE("甲状腺右叶\t结节，5.3×5.0")));
	assert_false(check_clean(SLICE("锟斤拷")));
	assert_false(check_clean(SLICE("caf\xc3\x83\xc2\xa9")));
	assert_false(check_clean(SLICE("a\xef\xbf\xbd")));
	assert_false(check_clean(SLICE("a\x01")));
}

TEST(percentages_are_cut)
{
	struct buf b = { 0 };

	(void)state;
	put_percent(&b, 99996, 100000);
	assert_string_equal(buf_string(&b), "99.99%");
	buf_reset(&b);
	put_percent(&b, 7, 7);
	assert_string_equal(buf_string(&b), "100.00%");
	buf_reset(&b);
	put_percent(&b, 1, 100000);
	assert_string_equal(buf_string(&b), "0.00%");
	buf_reset(&b);
	put_percent(&b, 0, 0);
	assert_int_equal(b.n, 0);
	buf_release(&b);
}

TEST(samples_are_the_smallest_digests_in_any_order)
{
	struct slice a[3], b[3],
	    ids[] = { SLICE("k1"), SLICE("k2"), SLICE("k3"), SLICE("k4"),
		    SLICE("k5"), SLICE("k1") };
	size_t na = 0, nb = 0;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		sample_add(a, &na, 3, ids[i]);
		sample_add(b, &nb, 3, ids[5 - i]);
	}
	assert_int_equal(na, 3);
	assert_int_equal(nb, 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(slice_eq(a[i], b[i]));
}

TEST(a_summary_that_is_cut_off_is_an_input_fault)
{
	struct err e = { 0 };

	(void)state;
	assert_null(summary_parse("s",
	    SLICE("{\"t\":\"run\",\"format\":\"mdx-qc-summary/1\",\"by\":[],"
		  "\"shards\":[],\"lines\":2,\"rules\":1}\n"),
	    &e));
	assert_int_equal(e.kind, ERR_INPUT);
	assert_string_equal(e.text, "s: the summary is cut off");
	assert_null(summary_parse("s", SLICE("{\"a\":1}\n"), &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

TEST(a_check_is_known_by_its_chinese_names_too)
{
	enum check c;

	(void)state;
	assert_true(check_named(SLICE("值域"), &c));
	assert_int_equal(c, CHECK_ENUM);
	assert_true(check_named(SLICE("唯一"), &c));
	assert_int_equal(c, CHECK_UNIQUE);
	assert_false(check_named(SLICE("duplicate_key"), &c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_identity_number_has_a_digit_and_a_date_that_are_right),
		cmocka_unit_test(a_credit_code_has_the_right_last_sign),
		cmocka_unit_test(
		    phones_are_mobiles_landlines_and_service_numbers),
		cmocka_unit_test(text_read_in_a_wrong_encoding_is_not_clean),
		cmocka_unit_test(percentages_are_cut),
		cmocka_unit_test(samples_are_the_smallest_digests_in_any_order),
		cmocka_unit_test(a_summary_that_is_cut_off_is_an_input_fault),
		cmocka_unit_test(a_check_is_known_by_its_chinese_names_too),
	};

	return RUN(tests);
}
