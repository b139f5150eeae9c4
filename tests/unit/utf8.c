#include "test.h"

#include "base/utf8.h"

TEST(every_code_point_goes_there_and_back)
{
	char text[4];

	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		const char *p = text;
		size_t n;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		n = utf8_put(text, c);
		assert_true(utf8_valid(text, n));
		assert_int_equal(utf8_next(&p, text + n), c);
		assert_ptr_equal(p, text + n);
	}
}

TEST(refuses_what_the_standard_refuses)
{
	static const char *const bad[] = { "\x80", "\xC0\x80", "\xC1\xBF",
		"\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "\xFF" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(utf8_valid(bad[i], strlen(bad[i])));
	assert_int_equal(utf8_valid_prefix("12345678\x80", 9), 8);
}

TEST(a_bad_byte_counts_alone)
{
	const char text[] = "\xE4\xB8"
			    "a",
		   *p = text;

	(void)state;
	assert_int_equal(utf8_next(&p, text + 3), 0xFFFD);
	assert_int_equal(utf8_next(&p, text + 3), 0xFFFD);
	assert_int_equal(utf8_next(&p, text + 3), 'a');
}

TEST(offsets_and_counts_are_in_code_points)
{
	const char text[] = "a\xE7\x94\xB2\xF0\xA0\x80\x80z";

	(void)state;
	assert_int_equal(utf8_count(text, 9), 4);
	assert_int_equal(utf8_offset(text, 9, 2), 4);
	assert_int_equal(utf8_offset(text, 9, 3), 8);
	assert_int_equal(utf8_offset(text, 9, 9), 9);
}

TEST(widths_and_narrow_forms)
{
	(void)state;
	assert_int_equal(utf8_width(0x7532), 2);
	assert_int_equal(utf8_width('a'), 1);
	assert_int_equal(utf8_width(0x301), 0);
	assert_int_equal(utf8_narrow(0xFF11), '1');
	assert_int_equal(utf8_narrow(0x3000), ' ');
	assert_true(utf8_is_cjk(0x20000));
	assert_false(utf8_is_cjk('x'));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_goes_there_and_back),
		cmocka_unit_test(refuses_what_the_standard_refuses),
		cmocka_unit_test(a_bad_byte_counts_alone),
		cmocka_unit_test(offsets_and_counts_are_in_code_points),
		cmocka_unit_test(widths_and_narrow_forms),
	};

	return RUN(tests);
}
