#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/pattern.h"
#include "base/pattern_start.h"

static const char *const patterns[] = { "血糖|尿糖",
	"(?<!未)见?[结肿](?:节|块)", "(\\d+|[一二三]+)余?[枚个]",
	"(?:大小|约|为|:)*(\\d)", "(?i:ti-?rads)\\d?", "(?|(左)|右(叶))",
	"(?<side>左|右)?叶{2,}", "[①-⑳]", "(?>ab|a)c", "\\p{Han}\\d",
	"[^,;]\\d", "x?+y", "é+", "(?<![^\\n])[A-E](?=[、.])", "[a-cx\\-]\\n",
	"a{,2}b", "\\bmm", "[]x]y", "[[:digit:]]个", "\\x{7ED3}节", "[^]]",
	"(?#a)b", "\\Qa|b\\E", "(a)\\1", "[\\d-]x", "{x", "x{", "", "a|",
	"(?=a)", "[+-9]个" };

static const char *const texts[] = { "", "未见结节，见肿块。右叶叶叶左叶叶",
	"共12枚，三余枚，３个，٣个", "大小约:5 为x 3",
	"TI-RADS4 ti\xE2\x84\xAA"
	"rads",
	"①结节②", "abcac yy xxy", "ééx", "A、左\nB.右 C", "c\nx\n-\n",
	"aab a{,2}b", "5mm mm", "]y[xy", "\xE7\xBB结节\xFF个5", "结\x8A节",
	"a|b aa -x 5x", "x{{x+个,个9个" };

/*
 * A comment is not read by the sieve, which then lets every place through:
 * with and without, a pattern finds the same.
 */
static void
holds_no_match_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		char open[256];
		struct err e;
		struct pattern *sieved, *all;

		snprintf(open, sizeof(open), "(?#)%s", patterns[i]);
		sieved = pattern_compile(slice_of(patterns[i]), 0, &e);
		all = pattern_compile(slice_of(open), 0, &e);
		if (sieved == NULL || all == NULL)
			fail_msg("'%s': %s", patterns[i], e.text);
		for (size_t t = 0; t < sizeof(texts) / sizeof(*texts); t++) {
			struct slice s = slice_of(texts[t]);

			for (size_t at = 0; at <= s.n; at++) {
				struct pattern_match a = { 0 }, b = { 0 };
				int found = pattern_search(
				    all, s, at, &a, &(struct err){ 0 });

				if (pattern_search(sieved, s, at, &b,
					&(struct err){ 0 }) != found ||
				    (found == 1 && memcmp(&a, &b, sizeof(a))))
					fail_msg("'%s' in '%s' from %zu",
					    patterns[i], texts[t], at);
			}
		}
		pattern_free(sieved);
		pattern_free(all);
	}
}

static void
passes_over_what_begins_no_match(void **state)
{
	struct slice s = SLICE("结果见结节");
	struct pattern_start *p =
	    pattern_start_new(SLICE("(?<!无)结(?:节|构)"), false);

	(void)state;
	assert_non_null(p);
	assert_int_equal(pattern_start_next(p, s, 0), 9);
	assert_int_equal(pattern_start_next(p, s, 10), s.n);
	pattern_start_free(p);
}

static void
gives_up_where_anything_may_begin(void **state)
{
	static const char *const any[] = { "", "a*", "[^a]b", ".x", "a|",
		"(?=a)", "(a)?", "\\w+", NULL };

	(void)state;
	for (size_t i = 0; any[i] != NULL; i++)
		if (pattern_start_new(slice_of(any[i]), false) != NULL)
			fail_msg("'%s' has a sieve", any[i]);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_no_match_back),
		cmocka_unit_test(passes_over_what_begins_no_match),
		cmocka_unit_test(gives_up_where_anything_may_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
