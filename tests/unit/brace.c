/* Words written together in braces. */
#include "test.h"

#include "base/brace.h"

static void
stands_for(const char *s, const char *want)
{
	struct arena *arena = arena_new();
	size_t n;
	struct slice *list = brace_expand(slice_of(s), arena, &n);
	char all[256] = "";

	assert_non_null(list);
	for (size_t i = 0; i < n; i++) {
		strncat(all, list[i].p, list[i].n);
		strcat(all, "|");
	}
	assert_string_equal(all, want);
	arena_free(arena);
}

TEST(every_way_through_the_braces_is_a_word)
{
	(void)state;
	stands_for("a", "a|");
	stands_for("a{b,c}d", "abd|acd|");
	stands_for("{a,b}{,c}", "a|ac|b|bc|");
	stands_for("{,x}", "|x|");
}

TEST(a_brace_that_parts_nothing_is_a_sign)
{
	(void)state;
	stands_for("{a}", "{a}|");
	stands_for("a{b,c", "a{b,c|");
	stands_for("}a{", "}a{|");
	stands_for("{a}{b,c}", "{a}b|{a}c|");
	stands_for("{{a,b}", "{a|{b|");
}

TEST(tells_what_a_word_has_of_the_first_brace)
{
	struct slice s = SLICE("x{a,b}{c,d,e}");

	(void)state;
	assert_true(slice_is(brace_first(s, 2, 6), "a"));
	assert_true(slice_is(brace_first(s, 3, 6), "b"));
	assert_int_equal(brace_first(SLICE("x"), 0, 1).n, 0);
}

TEST(refuses_more_words_than_anybody_means)
{
	struct arena *arena = arena_new();
	size_t n;

	(void)state;
	assert_non_null(brace_expand(
	    SLICE("{0,1,2,3,4,5,6,7}{0,1,2,3,4,5,6,7}{0,1,2,3,4,5,6,7}"
		  "{0,1,2,3,4,5,6,7}"),
	    arena, &n));
	assert_int_equal(n, BRACE_MOST);
	assert_null(brace_expand(
	    SLICE("{0,1,2,3,4,5,6,7}{0,1,2,3,4,5,6,7}{0,1,2,3,4,5,6,7}"
		  "{0,1,2,3,4,5,6,7}{a,b}"),
	    arena, &n));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_through_the_braces_is_a_word),
		cmocka_unit_test(a_brace_that_parts_nothing_is_a_sign),
		cmocka_unit_test(tells_what_a_word_has_of_the_first_brace),
		cmocka_unit_test(refuses_more_words_than_anybody_means),
	};

	return RUN(tests);
}
