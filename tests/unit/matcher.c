#include "test.h"

#include "extract/matcher.h"

/* The words found in a text, as from-to:number. */
static const char *
found(const char *const *words, const char *text)
{
	static char out[256];
	struct matcher *m = matcher_new();
	struct arena *a = arena_new();
	struct hit *h;
	size_t n, used = 0;

	for (uint32_t i = 0; words[i] != NULL; i++)
		matcher_add(m, slice_of(words[i]), i);
	matcher_build(m);
	h = matcher_scan(m, slice_of(text), a, &n);
	out[0] = '\0';
	for (size_t i = 0; i < n; i++)
		used += (size_t)snprintf(out + used, sizeof(out) - used,
		    "%s%u-%u:%u", i == 0 ? "" : " ", h[i].from, h[i].to,
		    h[i].word);
	arena_free(a);
	matcher_free(m);
	return out;
}

TEST(finds_words_within_words)
{
	const char *const words[] = { "abcd", "bc", "c", NULL };

	(void)state;
	/* Latin words stand alone; Chinese ones need not. */
	assert_string_equal(found(words, "abcd"), "0-4:0");
	assert_string_equal(
	    found((const char *const[]){ "右叶上极", "叶上", "极", NULL },
		"右叶上极"),
	    "0-12:0 3-9:1 9-12:2");
}

TEST(finds_a_suffix_after_a_failed_longer_word)
{
	(void)state;
	assert_string_equal(
	    found((const char *const[]){ "甲乙丙", "乙丁", NULL }, "甲乙丁"),
	    "3-9:1");
}

TEST(ignores_case_and_longer_latin_words)
{
	const char *const words[] = { "PR", "SonoVue", NULL };

	(void)state;
	assert_string_equal(found(words, "SONOVUE"), "0-7:1");
	assert_string_equal(found(words, "spray PR(+)"), "6-8:0");
}

TEST(gives_every_number_of_a_word)
{
	(void)state;
	assert_string_equal(
	    found((const char *const[]){ "甲", "甲", NULL }, "甲"),
	    "0-3:0 0-3:1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_words_within_words),
		cmocka_unit_test(finds_a_suffix_after_a_failed_longer_word),
		cmocka_unit_test(ignores_case_and_longer_latin_words),
		cmocka_unit_test(gives_every_number_of_a_word),
	};

	return RUN(tests);
}
