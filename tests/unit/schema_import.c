/*
 * A JSON Schema to rows: an end that is wished for.  What rows say is held by
 * tests/cli/qc/schema-import*.sh.
 */
#include "test.h"

#include "rules/schema_import.h"

TEST(stops_where_a_signal_asks_for_it)
{
	const struct schema_options o = { .formats = false };
	const struct stop stop = { .signal = SIGTERM, .fd = -1 };
	struct table_faults faults = { 0 };
	struct err e = { 0 };
	struct buf b = { 0 };
	struct ruleset *names = ruleset_new(NULL, &faults);
	struct schema *s =
	    schema_parse("s", SLICE("{\"required\":[\"a\"]}"), &o, &faults, &e);
	struct schema_import go = { .names = names, .said = &faults };
	struct schema_import end = go;

	(void)state;
	assert_non_null(s);
	assert_true(schema_import(s, &go, &b, &e));
	assert_int_equal(go.rules, 1);
	end.stop = &stop;
	assert_false(schema_import(s, &end, &b, &e));
	assert_string_equal(e.text, "");
	buf_release(&b);
	schema_free(s);
	ruleset_free(names);
	table_faults_release(&faults);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stops_where_a_signal_asks_for_it),
	};

	return RUN(tests);
}
