/*
 * Patterns of ECMA-262: what they match, and what is refused.
 */
#include "test.h"

#include "base/ecma.h"
#include "base/pattern.h"

static struct pattern *
compile(const char *text, struct err *e)
{
	struct buf b = { 0 };
	struct pattern *p = NULL;

	if (ecma_pattern(slice_of(text), &b, e))
		p = pattern_compile(buf_slice(&b), 0, e);
	buf_release(&b);
	return p;
}

static void
matches(const char *text, const char *const *good, const char *const *bad)
{
	struct err e = { 0 };
	struct pattern *p = compile(text, &e);

	if (p == NULL)
		fail_msg("'%s': %s", text, e.text);
	for (; *good != NULL; good++)
		if (!pattern_matches(p, slice_of(*good)))
			fail_msg("'%s' should match '%s'", text, *good);
	for (; *bad != NULL; bad++)
		if (pattern_matches(p, slice_of(*bad)))
			fail_msg("'%s' should not match '%s'", text, *bad);
	pattern_free(p);
}

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NONE      ((const char *const[]){ NULL })

TEST(reads_what_both_write_alike_as_ecma_does)
{
	(void)state;
	matches("^a$", LIST("a"), LIST("a\n", "ba"));
	matches("^.$", LIST("a", "中", "😀", "\x0B", "\xC2\x85"),
	    LIST("\n", "\r", "\xE2\x80\xA8", "\xE2\x80\xA9"));
	matches("^\\d$", LIST("7"), LIST("７", "٣"));
	matches("^\\D$", LIST("７", "x"), LIST("7"));
	matches("^\\w+$", LIST("aZ_9"), LIST("é", "中", "-"));
	matches("^\\W$", LIST("é", "中"), LIST("a", "_"));
	matches("^\\s$", LIST(" ", "\xEF\xBB\xBF", "\xE3\x80\x80", "\v"),
	    LIST("\xC2\x85", "\xE2\x80\x8B", "x"));
	matches("^\\S$", LIST("\xC2\x85"), LIST("\xC2\xA0"));
	matches("a\\b", LIST("a", "a中"), LIST("ab"));
	matches("^a\\B.", LIST("ab"), LIST("a中"));
	matches("^[\\b]$", LIST("\b"), LIST("b"));
	matches("^\\v$", LIST("\v"), LIST("\n"));
	matches("[]", (const char *const[]){ NULL }, LIST("", "a", "]"));
	matches("^[^]$", LIST("\n", "中"), LIST("", "ab"));
	matches("", LIST("", "x"), NONE);
}

TEST(reads_escapes_and_classes)
{
	(void)state;
	matches("^\\x41\\u4e2d\\u{1F600}\\ud83d\\ude00\\t$", LIST("A中😀😀\t"),
	    LIST("A"));
	matches("^\\cJ$", LIST("\n"), LIST("J"));
	matches("^\\.\\*\\[\\/$", LIST(".*[/"), LIST("a*[/"));
	matches("^\\-\\_\\@$", LIST("-_@"), NONE);
	matches("^[a\\]\\-\\\\]+$", LIST("a]-\\"), LIST("b"));
	matches("^[[:a:]+$", LIST("[:a"), LIST("b", "]"));
	matches("^[-a]+$", LIST("-a"), LIST("b"));
	matches("^[a-]+$", LIST("-a"), LIST("b"));
	matches("^[\\d\\D]$", LIST("a", "1"), LIST(""));
	matches("^[^\\d\\s]$", LIST("a"), LIST("1", " "));
	matches("^[\\u4e00-\\u9fff]+$", LIST("中文"), LIST("a"));
	matches("^[^\\n]$", LIST("a"), LIST("\n"));
	matches("^[$^.|(){}*+?]+$", LIST("$^.|(){}*+?"), LIST("a"));
	matches("^\\p{L}\\p{Lu}\\P{Letter}$", LIST("中A1"), LIST("1A1"));
	matches("^\\p{Script=Han}[\\p{sc=Latin}]$", LIST("中a"), LIST("a中"));
	matches("^\\p{gc=Nd}$", LIST("7", "７"), LIST("x"));
	matches("# x", LIST("# x"), LIST("x"));
}

TEST(reads_groups_and_repetitions)
{
	(void)state;
	matches("^(?:a|b){2,3}?c$", LIST("abc", "aabc"), LIST("ac", "aaaac"));
	matches("^(?<year>\\d{4})(-\\d\\d)?$", LIST("2024", "2024-01"),
	    LIST("202"));
	matches("^(?=.*\\d)(?!.*x).{2,}$", LIST("a1"), LIST("ab", "x1"));
	matches("(?<=a)b(?<!cb)", LIST("ab"), LIST("cb", "b"));
	matches("^a{2}$|^b*?$|^$", LIST("aa", "", "bb"), LIST("a"));
	matches("(|a)", LIST("", "x"), NONE);
}

TEST(refuses_with_the_place)
{
	static const struct {
		const char *pattern, *text;
	} cases[] = {
		{ "中(a)\\1",
		    "pattern, at character 5: back references are not read as "
		    "ECMA-262 has them" },
		{ "(?<n>a)\\k<n>",
		    "pattern, at character 8: back references are not read as "
		    "ECMA-262 has them" },
		{ "a**", "pattern, at character 3: nothing to repeat" },
		{ "a++", "pattern, at character 3: nothing to repeat" },
		{ "^*", "pattern, at character 2: nothing to repeat" },
		{ "(?=a)*", "pattern, at character 6: nothing to repeat" },
		{ "{",
		    "pattern, at character 1: this sign alone needs a \\ "
		    "before it" },
		{ "a{,5}",
		    "pattern, at character 2: this sign alone needs a "
		    "\\ before it" },
		{ "]",
		    "pattern, at character 1: this sign alone needs a \\ "
		    "before it" },
		{ "(?i)a", "pattern, at character 1: no group of ECMA-262" },
		{ "(?>a)", "pattern, at character 1: no group of ECMA-262" },
		{ "(a", "pattern, at character 1: the group does not end" },
		{ "a)",
		    "pattern, at character 2: no group begins before this "
		    ")" },
		{ "[a", "pattern, at character 1: the class does not end" },
		{ "[z-a]", "pattern, at character 2: no range" },
		{ "[\\d-z]", "pattern, at character 2: no range" },
		{ "\\q", "pattern, at character 1: unknown escape" },
		{ "\\A", "pattern, at character 1: unknown escape" },
		{ "a\\", "pattern, at character 2: \\ at the end" },
		{ "\\ud800",
		    "pattern, at character 1: \\u needs a code "
		    "point" },
		{ "\\x4",
		    "pattern, at character 1: \\x needs two hexadecimal "
		    "digits" },
		{ "\\p{Emoji}",
		    "pattern, at character 1: only general categories "
		    "(\\p{L}) and scripts (\\p{Script=Han}) are known" },
		{ "\\pL", "pattern, at character 1: \\p needs {Name}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { 0 };

		if (compile(cases[i].pattern, &e) != NULL)
			fail_msg("'%s' is accepted", cases[i].pattern);
		assert_string_equal(e.text, cases[i].text);
		assert_int_equal(e.kind, ERR_USAGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_both_write_alike_as_ecma_does),
		cmocka_unit_test(reads_escapes_and_classes),
		cmocka_unit_test(reads_groups_and_repetitions),
		cmocka_unit_test(refuses_with_the_place),
	};

	return RUN(tests);
}
