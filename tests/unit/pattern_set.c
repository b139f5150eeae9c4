#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/pattern_opening.h"
#include "base/pattern_set.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *const patterns[] = { "血糖|尿糖",
	"(?<!未)见?[结肿](?:节|块)", "(\\d+|[一二三]+)余?[枚个]",
	"(?:大小|约|为|:)*(\\d)", "(?i:ti-?rads)\\d?", "(?|(左)|右(叶))",
	"(?<side>左|右)?叶{2,}", "[①-⑳]", "(?>ab|a)c", "\\p{Han}\\d",
	"[^,;]\\d", "x?+y", "é+", "(?<![^\\n])[A-E](?=[、.])", "[a-cx\\-]\\n",
	"a{,2}b", "\\bmm", "[]x]y", "[[:digit:]]个", "\\x{7ED3}节", "[^]]",
	"(?#a)b", "\\Qa|b\\E", "(a)\\1", "(?|(左)叶|(?<=叶)右|(\\d+)余?[枚个])",
	"(?<![一-龥])[一-龥]{2}叶", "(?<=[叶,;])[一-龥]见",
	"\\d{1,2}枚|\\d\\d年", "(?<![\\d.x])\\d+\\.?\\d*x",
	"(?<![^\\n;,])\\d[)、]|[a-c]{2}x", "(?|见(a)|(?:b|[(|]c)\\|(\\)))",
	"[0-9]+٣个?", "(?<=\\d)mm|(?<!\\d)个", "(?<=[^叶a])左|(?<![^叶a])见",
	"a|(b)|c", "(?|(?&w)左|(?<w>右|见|a|b|c|x|叶|结|块)叶)",
	"(?<w>a)b|见(?&w)", "(?|a(b)|)", "[\\d-]x", "{x", "x{", "", "a|",
	"(?=a)", "[+-9]个", "[\\bx]y", "(?i:ſ)t", "(?i:[\xE2\x84\xAA])m",
	"(?:左|右|上|(?:见|未)+)+(?:叶|结节|肿[^。]{0,3}块)(?:\\([^)]*\\))?",
	"左[^,;。]{0,9}(?:结|(?<=右)叶|x|$)", "见(?:结|块?)(?:节|叶|$)",
	"右(?:[一-龥]|\\d|[a-c])*(?:叶|(?i:K)|个)", "左(?:右){0,2}叶+左?",
	"左[一-龥、]{0,9}癌" };

static const char *const texts[] = { "", "未见结节，见肿块。右叶叶叶左叶叶",
	"共12枚，三余枚，３个，٣个", "大小约:5 为x 3",
	"TI-RADS4 ti\xE2\x84\xAA"
	"rads",
	"①结节②", "abcac yy xxy", "ééx", "A、左\nB.右 C", "c\nx\n-\n",
	"aab a{,2}b", "5mm mm", "]y[xy", "\xE7\xBB结节\xFF个5", "结\x8A节",
	"a|b aa -x 5x", "12枚,2019年3枚;右叶见;1)12)甲乙叶;左叶见 x12.5x3",
	"12٣个 b|) (c|) 3个\xFF见见\xFF左5mm", "左\xE7甲叶见", "x{{x+个,个9个",
	"\by St st ſt kmKm", "左上、下叶癌" };

static struct pattern_set *
set_of(const char *const *list, size_t n)
{
	struct pattern_set *s = pattern_set_new();
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++)
		if (pattern_set_add(s, slice_of(list[i]), &e) != (long)i)
			fail_msg("'%s': %s", list[i], e.text);
	return s;
}

static void
compare(const struct pattern_set *set, long number, const struct pattern *p,
    const struct pattern_places *places, struct slice s)
{
	for (size_t at = 0; at <= s.n; at++) {
		struct pattern_match a = { 0 }, b = { 0 };
		struct err e = { 0 };
		int found = pattern_search(p, s, at, &a, &e);

		if (pattern_set_search(set, number, places, s, at, &b, &e) !=
			found ||
		    (found == 1 && memcmp(&a, &b, sizeof(a))))
			fail_msg(
			    "'%s' in '%s' from %zu", patterns[number], s.p, at);
	}
}

static void
finds_what_a_search_finds(void **state)
{
	struct pattern_set *set = set_of(patterns, COUNT(patterns));
	struct arena *arena = arena_new();

	(void)state;
	for (size_t t = 0; t < COUNT(texts); t++) {
		struct slice s = slice_of(texts[t]);
		struct pattern_places places =
		    pattern_set_survey(set, s, arena);

		for (size_t i = 0; i < COUNT(patterns); i++) {
			struct pattern *p = pattern_compile(
			    slice_of(patterns[i]), 0, &(struct err){ 0 });

			compare(set, (long)i, p, &places, s);
			pattern_free(p);
		}
	}
	arena_free(arena);
	pattern_set_free(set);
}

/* The 65th pattern has no bit: it is looked for everywhere. */
static void
takes_any_number_of_patterns(void **state)
{
	const char *many[70];
	struct pattern_set *set;
	struct arena *arena = arena_new();
	struct slice s = SLICE("见结节");
	struct pattern_places places;

	(void)state;
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = "结节";
	set = set_of(many, COUNT(many));
	places = pattern_set_survey(set, s, arena);
	for (size_t i = 0; i < COUNT(many); i++)
		assert_int_equal(pattern_set_search(set, (long)i, &places, s, 0,
				     NULL, &(struct err){ 0 }),
		    1);
	arena_free(arena);
	pattern_set_free(set);
}

static void
passes_over_what_begins_no_match(void **state)
{
	static const char *const one[] = { "(?<!无)结(?:节|构)" };
	struct pattern_set *set = set_of(one, 1);
	struct arena *arena = arena_new();
	struct pattern_places p =
	    pattern_set_survey(set, SLICE("结果见结节，块结"), arena);

	(void)state;
	assert_int_equal(p.n, 1);
	assert_int_equal(p.list[0].at, 9);
	arena_free(arena);
	pattern_set_free(set);
}

static void
passes_over_what_comes_to_no_end(void **state)
{
	static const char *const one[] = { "(?:腺|管|乳头)+状?(?:癌|息肉)" };
	struct pattern_set *set = set_of(one, 1);
	struct arena *arena = arena_new();
	struct pattern_places p = pattern_set_survey(
	    set, SLICE("腺体,腺管,管状息肉;乳头见癌"), arena);

	(void)state;
	assert_int_equal(p.n, 1);
	assert_int_equal(p.list[0].at, 14);
	arena_free(arena);
	pattern_set_free(set);
}

static void
reads_no_opening_where_anything_may_begin(void **state)
{
	static const char *const any[] = { "", "a*", "[^a]b", ".x", "a|",
		"(?=a)", "(a)?", "\\w+", "(?#a)b", "(a)\\1", "\\Qa\\E",
		"(?&a)(?<a>b)" };
	struct openings o;

	(void)state;
	for (size_t i = 0; i < COUNT(any); i++)
		if (opening_read(slice_of(any[i]), &o))
			fail_msg("'%s' has openings", any[i]);
}

static void
bears_any_number_of_brackets(void **state)
{
	static char open[60000];
	struct pattern_set *set = pattern_set_new();
	struct err e = { 0 };
	struct openings o;

	(void)state;
	memset(open, '(', sizeof(open));
	assert_false(opening_read((struct slice){ open, sizeof(open) }, &o));
	assert_int_equal(
	    pattern_set_add(set, (struct slice){ open, sizeof(open) }, &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
	pattern_set_free(set);
}

static void
says_why_a_pattern_is_none(void **state)
{
	struct pattern_set *set = pattern_set_new();
	struct err e = { 0 };

	(void)state;
	assert_int_equal(pattern_set_add(set, SLICE("结节("), &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(pattern_set_add(set, SLICE("结节"), &e), 0);
	pattern_set_free(set);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_a_search_finds),
		cmocka_unit_test(takes_any_number_of_patterns),
		cmocka_unit_test(passes_over_what_begins_no_match),
		cmocka_unit_test(passes_over_what_comes_to_no_end),
		cmocka_unit_test(reads_no_opening_where_anything_may_begin),
		cmocka_unit_test(bears_any_number_of_brackets),
		cmocka_unit_test(says_why_a_pattern_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
