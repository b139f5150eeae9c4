#include "rules/sample.h"

#include "base/pattern.h"
#include "test.h"

/* How many of the variants the pattern matches; -1: it is not known. */
static int
hits(const char *text)
{
	struct err e = { 0 };
	struct pattern *p = pattern_compile(slice_of(text), 0, &e);
	struct buf b = { 0 };
	int n = 0;

	assert_non_null(p);
	for (unsigned v = 0; n >= 0 && v < SAMPLE_VARIANTS; v++)
		if (!sample_of(slice_of(text), v, &b))
			n = -1;
		else
			n += pattern_matches(p, buf_slice(&b));
	pattern_free(p);
	buf_release(&b);
	return n;
}

TEST(every_variant_of_a_plain_pattern_matches)
{
	static const char *const patterns[] = {
		"^[A-Z][0-9]{2}(\\.[0-9]{1,7})?$", "^(男|女|未知)$",
		"^1[3-9]\\d{9}$", "a+?b*+c?", "[^0-9a-z]{3,}", "^\\S+@\\S+$",
		"((a|b)(c|d)){2}", "[]x-]", "[\\d\\s]"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		if (hits(patterns[i]) != SAMPLE_VARIANTS)
			print_message("%s\n", patterns[i]);
		assert_int_equal(hits(patterns[i]), SAMPLE_VARIANTS);
	}
}

TEST(a_pattern_that_matches_nothing_has_no_sample_that_does)
{
	(void)state;
	assert_int_equal(hits("$a"), 0);
	assert_int_equal(hits("[0-9]^[0-9]"), 0);
}

TEST(what_looks_around_or_back_is_not_known)
{
	(void)state;
	assert_int_equal(hits("^(?!x).*$"), -1);
	assert_int_equal(hits("(a)\\1"), -1);
	assert_int_equal(hits("\\p{Han}"), -1);
	assert_int_equal(hits("[[:alpha:]]"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_variant_of_a_plain_pattern_matches),
		cmocka_unit_test(
		    a_pattern_that_matches_nothing_has_no_sample_that_does),
		cmocka_unit_test(what_looks_around_or_back_is_not_known),
	};

	return RUN(tests);
}
