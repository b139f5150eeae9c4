#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/pattern.h"

static struct pattern *
compile(const char *text, unsigned flags)
{
	struct err e = { 0 };
	struct pattern *p = pattern_compile(slice_of(text), flags, &e);

	if (p == NULL)
		fail_msg("'%s': %s", text, e.text);
	return p;
}

static void
finds_with_offsets_and_groups(void **state)
{
	struct slice s = SLICE("血糖 5.6 mmol/L，血糖 7.8");
	struct pattern *p = compile("血糖\\s*(?<value>[\\d.]+)( x)?", 0);
	struct pattern_match m;

	(void)state;
	assert_int_equal(pattern_search(p, s, 0, &m, NULL), 1);
	assert_int_equal(m.from[0], 0);
	assert_true(slice_is(pattern_group(&m, s, 1), "5.6"));
	assert_null(pattern_group(&m, s, 2).p);
	assert_null(pattern_group(&m, s, 99).p);
	assert_int_equal(pattern_name(p, "value"), 1);
	assert_int_equal(pattern_name(p, "nothing"), -1);
	assert_int_equal(pattern_search(p, s, m.to[0], &m, NULL), 1);
	assert_true(slice_is(pattern_group(&m, s, 1), "7.8"));
	assert_int_equal(pattern_search(p, s, m.to[0], &m, NULL), 0);
	pattern_free(p);
}

static void
obeys_its_flags(void **state)
{
	struct pattern *p = compile("a.c", PATTERN_LITERAL | PATTERN_CASELESS);

	(void)state;
	assert_true(pattern_matches(p, SLICE("xA.Cx")));
	assert_false(pattern_matches(p, SLICE("abc")));
	pattern_free(p);
	p = compile("\\d+", PATTERN_WHOLE);
	assert_true(pattern_matches(p, SLICE("123")));
	assert_false(pattern_matches(p, SLICE("123x")));
	assert_false(pattern_matches(p, (struct slice){ NULL, 0 }));
	pattern_free(p);
}

static void
names_the_place_of_a_fault(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_null(pattern_compile(SLICE("血糖(("), 0, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(
	    e.text, "pattern, at character 5: missing closing parenthesis");
	assert_null(pattern_compile(SLICE("a\xFF"), 0, &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

static void
survives_bytes_that_are_no_text(void **state)
{
	struct pattern *p = compile("b+", 0);
	struct pattern_match m;

	(void)state;
	assert_int_equal(pattern_search(p,
			     SLICE("\xFF\xE8"
				   "bb\xA1"),
			     0, &m, NULL),
	    1);
	assert_int_equal(m.from[0], 2);
	assert_int_equal(m.to[0], 4);
	pattern_free(p);
}

static void
knows_whether_it_is_compiled_to_machine_code(void **state)
{
	struct pattern *p = compile("(*NO_JIT)b+", 0);

	(void)state;
	assert_false(pattern_has_jit(p));
	assert_true(pattern_matches(p, SLICE("abb")));
	pattern_free(p);
}

static void
gives_up_instead_of_hanging(void **state)
{
	struct pattern *p = compile("(a+)+$", 0);
	char text[64];
	struct err e = { 0 };

	(void)state;
	memset(text, 'a', sizeof(text));
	text[63] = 'b';
	assert_int_equal(
	    pattern_search(p, (struct slice){ text, 64 }, 0, NULL, &e), -1);
	assert_string_equal(e.code, "pattern_limit");
	pattern_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_with_offsets_and_groups),
		cmocka_unit_test(obeys_its_flags),
		cmocka_unit_test(names_the_place_of_a_fault),
		cmocka_unit_test(survives_bytes_that_are_no_text),
		cmocka_unit_test(knows_whether_it_is_compiled_to_machine_code),
		cmocka_unit_test(gives_up_instead_of_hanging),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
