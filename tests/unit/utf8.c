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

/* Eight bytes at a time and the rest one by one: from each place, to each. */
static void
counts_text_of_any_length(void **state)
{
	static const char text[] =
	    "a\xC2\xB5g\xE7\xBB\x93\xE8\x8A\x82 5mm\xF0\x9F\x98\x80"
	    "b\xE5\x8F\xB6\xE5\x8F\xB6\xE5\x8F\xB6.";

	(void)state;
	for (size_t from = 0; from < sizeof(text); from++)
		for (size_t to = from; to < sizeof(text); to++) {
			size_t n = 0;

			for (size_t i = from; i < to; i++)
				n += ((unsigned char)text[i] & 0xC0) != 0x80;
			assert_int_equal(utf8_count(text + from, to - from), n);
		}
}

/* One character after the other, never enough for a step of many bytes. */
static size_t
prefix_by_characters(const char *p, size_t n)
{
	size_t i = 0, k = 1;

	while (i < n) {
		for (k = 1; k <= 4 && i + k <= n && !utf8_valid(p + i, k); k++)
			continue;
		if (k > 4 || i + k > n)
			break;
		i += k;
	}
	return i;
}

TEST(many_bytes_at_once_are_judged_as_one_after_the_other)
{
	static const char *const parts[] = { "a", "0.10,", "é", "中", "血糖",
		"\xED\x9F\xBF", "\xE0\xA0\x80", "𠀀", "\xEF\xBF\xBD", "\x80",
		"\xED\xA0\x80", "\xC0\xAF", "\xE4\xB8", "\xFF" };
	uint32_t seed = 11;
	char text[400];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t n = 0, kinds = round % 2 == 0 ? 7 : 14;

		while (n < 300) {
			const char *s;

			seed = seed * 1664525 + 1013904223;
			/* Faults are rare, or few texts would get far. */
			s = parts[(seed >> 8) % 5 != 0 ? (seed >> 16) % 5
						       : (seed >> 16) % kinds];
			memcpy(text + n, s, strlen(s));
			n += strlen(s);
			if ((seed >> 20) % 97 == 0)
				break;
		}
		assert_int_equal(
		    utf8_valid_prefix(text, n), prefix_by_characters(text, n));
	}
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
		cmocka_unit_test(counts_text_of_any_length),
		cmocka_unit_test(every_code_point_goes_there_and_back),
		cmocka_unit_test(refuses_what_the_standard_refuses),
		cmocka_unit_test(a_bad_byte_counts_alone),
		cmocka_unit_test(offsets_and_counts_are_in_code_points),
		cmocka_unit_test(
		    many_bytes_at_once_are_judged_as_one_after_the_other),
		cmocka_unit_test(widths_and_narrow_forms),
	};

	return RUN(tests);
}
