#include "json/filter.h"

#include <pthread.h>

#include "test.h"

static const char record[] =
    "{\"a\":1,\"b\":\"xyz\",\"c\":{\"d\":[1,2,3]},"
    "\"id\":1234567890123456789,\"other\":9007199254740993,"
    "\"x\\u0079\":true,\"input\":7,\"血糖\":\"5.60\",\"n\":null}";

static struct filter *
compiled(const char *expression)
{
	struct err e = { 0 };
	struct filter *f = filter_new(expression, NULL, &e);

	if (f == NULL)
		print_message("%s: %s\n", expression, e.text);
	assert_non_null(f);
	return f;
}

static void
gives(const char *expression, const char *want)
{
	struct filter *f = compiled(expression);
	struct buf b = { 0 };
	struct err e = { 0 };
	bool done = filter_run(f, SLICE(record), NULL, &b, &e);

	if (!done || !slice_is(buf_slice(&b), want))
		print_message(
		    "%s: %s%.*s\n", expression, e.text, (int)b.n, b.p);
	assert_true(done);
	assert_true(slice_is(buf_slice(&b), want));
	filter_free(f);
	buf_release(&b);
}

/* Projection may change the cost of a result, never the result. */
static void
answers_with_the_first_result(void **state)
{
	(void)state;
	gives(".a", "1");
	gives(".a, .b", "1");
	gives(".",
	    "{\"a\":1,\"b\":\"xyz\",\"c\":{\"d\":[1,2,3]},"
	    "\"id\":\"1234567890123456789\","
	    "\"other\":\"9007199254740993\",\"xy\":true,\"input\":7,"
	    "\"血糖\":\"5.60\",\"n\":null}");
	gives(".[\"血糖\"] | tonumber", "5.6");
	gives(".\"血糖\"", "\"5.60\"");
	gives(".xy", "true");
	gives(".c.d | map(. * 2)", "[2,4,6]");
	gives(
	    "{a, l: .c.d | length, b: .b}", "{\"a\":1,\"l\":3,\"b\":\"xyz\"}");
	gives("if .b | length > 2 then .a else .c end", "1");
	gives(".a as $x | .b | . + \"\\($x)\"", "\"xyz1\"");
	gives("\"\\(.a)-\\(.b | length)-\\(.c.d[.a])\"", "\"1-3-2\"");
	gives("reduce .c.d[] as $i (0; . + $i)", "6");
	gives("[.a, 2][1:] # and a comment", "[2]");
	gives(".missing // .b", "\"xyz\"");
	gives("keys | length", "9");
	gives(".a |= 5 | .a", "5");
}

static void
reads_only_what_is_named(const char *expression, const char *want)
{
	struct filter *f = compiled(expression);
	const char *const *fields = filter_fields(f);
	struct buf b = { 0 };

	for (; fields != NULL && *fields != NULL; fields++)
		buf_addf(&b, "%s ", *fields);
	buf_adds(&b, fields == NULL ? "any" : "");
	if (!slice_is(buf_slice(&b), want))
		print_message("%s reads %.*s\n", expression, (int)b.n, b.p);
	assert_true(slice_is(buf_slice(&b), want));
	filter_free(f);
	buf_release(&b);
}

static void
sees_which_members_are_read(void **state)
{
	(void)state;
	reads_only_what_is_named(".a == 1 and .b != \"c\"", "a b ");
	reads_only_what_is_named(".a.x[\"y\"].z", "a ");
	reads_only_what_is_named(".\"a b\" + .[\"c d\"]", "a b c d ");
	reads_only_what_is_named(".a | .b", "a ");
	reads_only_what_is_named(".a as $v | .b", "a b ");
	reads_only_what_is_named("(.a | length) > 2 and .b", "a b ");
	reads_only_what_is_named("{x: .a | .q, y: .b, c}", "a b c ");
	reads_only_what_is_named("if .a | . > 1 then .b else .c end", "a b c ");
	reads_only_what_is_named("\"\\(.a) .no \\(.b | .q)\"", "a b ");
	reads_only_what_is_named("[.a[.b]]", "a b ");
	reads_only_what_is_named(".a[\"b\"]", "a ");
	reads_only_what_is_named("1.5 + .a", "a ");
	reads_only_what_is_named(".a? // .b", "a b ");
	reads_only_what_is_named("null", "");
	reads_only_what_is_named(".", "any");
	reads_only_what_is_named("..", "any");
	reads_only_what_is_named("length", "any");
	reads_only_what_is_named(".a, length", "any");
	reads_only_what_is_named("select(.a == 1)", "any");
	reads_only_what_is_named(".[.a]", "any");
	reads_only_what_is_named(".[\"a\",\"b\"]", "any");
	reads_only_what_is_named(".\"a\\u0062\"", "any");
	reads_only_what_is_named(".a = 1", "any");
	reads_only_what_is_named(".a += 1", "any");
	reads_only_what_is_named(".a |= 1", "any");
	reads_only_what_is_named(".a //= 1", "any");
	reads_only_what_is_named("def f: .b; .a | f", "any");
	reads_only_what_is_named(". as $all | .a", "any");
	reads_only_what_is_named("@text", "any");
	reads_only_what_is_named("{(.a): .}", "any");
	reads_only_what_is_named("{\"a\"}", "a ");
}

static void
refuse(const char *expression, const char *why)
{
	struct err e = { 0 };
	struct filter *f = filter_new(expression, NULL, &e);

	if (f != NULL || strstr(e.text, why) == NULL)
		print_message("%s: %s\n", expression, e.text);
	assert_null(f);
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, why));
	assert_null(strchr(e.text, '\n'));
}

static void
refuses_what_does_not_follow_from_the_record(void **state)
{
	(void)state;
	refuse("input", "'input' may not be used");
	refuse("[inputs]", "'inputs' may not be used");
	refuse(".a | debug", "'debug' may not be used");
	refuse("env.HOME", "'env' may not be used");
	refuse("$ENV.HOME", "'$ENV' may not be used");
	refuse("$ ENV", "'$ENV' may not be used");
	refuse("\"x \\(now) y\"", "'now' may not be used");
	refuse("\"a \\(\"b \\(input_filename)\")\"", "'input_filename' may");
	refuse("import \"m\" as m; .", "'import' may not be used");
	refuse("include \"m\"; .", "'include' may not be used");
	refuse("{a: halt}", "'halt' may not be used");
	refuse("def input: 1; input", "'input' may not be used");
	gives(".input", "7");
	gives(".c.input", "null");
	gives("{now: .a}", "{\"now\":1}");
	gives("\"now \\\"input\\\" $ENV\"", "\"now \\\"input\\\" $ENV\"");
	gives(".a # now", "1");
}

static void
says_in_one_line_why_it_does_not_compile(void **state)
{
	(void)state;
	refuse("", "the expression is empty");
	refuse(" # nothing", "the expression is empty");
	refuse(".a ==", "jq: syntax error");
	refuse("nonsense", "jq: nonsense/0 is not defined");
	refuse("$x", "jq: $x is not defined");
	refuse(".a)", "')' closes nothing");
	refuse("1) | (2", "')' closes nothing");
	refuse("[.a", "ends before its ']'");
	refuse("if .a then 1", "ends before its 'end'");
	refuse("\"abc", "is not closed");
	refuse(".id == 12345678901234567890", "must be written as a string");
}

static void
fails(const char *expression, const char *code, const char *why)
{
	struct filter *f = compiled(expression);
	struct buf b = { 0 };
	struct err e = { 0 };

	if (filter_run(f, SLICE(record), NULL, &b, &e))
		fail_msg("%s gives %.*s", expression, (int)b.n, b.p);
	assert_int_equal(e.kind, ERR_DATA);
	assert_string_equal(e.code, code);
	if (strstr(e.text, why) == NULL)
		print_message("%s: %s\n", expression, e.text);
	assert_non_null(strstr(e.text, why));
	assert_null(strstr(e.text, "xyz"));
	filter_free(f);
	buf_release(&b);
}

static void
tells_an_error_without_its_values(void **state)
{
	(void)state;
	fails(".b + 1", "jq_error", "string ... cannot be added");
	fails(".b.k", "jq_error", "Cannot index string");
	fails("error(\"low before high\")", "jq_error", "low before high");
	fails("error(\"not \\(.b)\")", "jq_error", "raised an error");
	fails("error({b: .b})", "jq_error", "raised an error");
	fails("empty", "jq_empty", "no result");
}

static void
keeps_large_integers_whole(void **state)
{
	static const char why[] = "beyond 2^53";

	(void)state;
	gives(".id", "\"1234567890123456789\"");
	gives(".id == \"1234567890123456789\"", "true");
	gives(".id == \"1234567890123456788\"", "false");
	gives("9007199254740992", "9007199254740992");
	gives(".id as $unused | .a < 2", "true");
	gives("[.id, .a][1] + 1", "2");
	gives("(.id | length) + ([2, 1] | sort | add)", "22");
	fails(".id > 5", "jq_error", why);
	fails(".id < .other", "jq_error", why);
	fails("5 <= .id", "jq_error", why);
	fails(".id + .other", "jq_error", why);
	fails(".id - 1", "jq_error", why);
	fails(".id * 2", "jq_error", why);
	fails(".id / 2", "jq_error", why);
	fails(".id | tonumber", "jq_error", why);
	fails("[.id, .other] | sort", "jq_error", why);
	fails("[.id, .other] | max", "jq_error", why);
	fails("[{k: .id}] | min_by(.k)", "jq_error", why);
}

static void
reads_variables_anew_for_each_run(void **state)
{
	static const char *const names[] = { "low", "high", NULL };
	struct err e = { 0 };
	struct filter *f = filter_new("$low.v + .a < $high", names, &e);
	struct buf b = { 0 };

	(void)state;
	assert_non_null(f);
	for (int high = 0; high < 4; high++) {
		char digit = (char)('0' + high);
		struct slice values[] = { SLICE("{\"v\":1}"), { &digit, 1 } };

		assert_true(filter_run(f, SLICE("{\"a\":1}"), values, &b, &e));
		assert_true(
		    slice_is(buf_slice(&b), high > 2 ? "true" : "false"));
	}
	filter_free(f);
	buf_release(&b);
}

static void
takes_no_result_null_and_false_for_no(void **state)
{
	static const struct {
		const char *expression;
		bool truth;
	} cases[] = { { ".a == 1", true }, { ".a == 2", false }, { ".b", true },
		{ ".n", false }, { "empty", false },
		{ "select(.a == 2)", false }, { "0", true } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct filter *f = compiled(cases[i].expression);
		struct err e = { 0 };
		bool truth;

		assert_true(filter_test(f, SLICE(record), &truth, &e));
		assert_int_equal(truth, cases[i].truth);
		filter_free(f);
	}
}

static void *
run_many(void *result)
{
	struct err e = { 0 };
	struct filter *f = filter_new(".a + 0.5", NULL, &e);
	struct buf b = { 0 };
	bool *good = result;

	*good = f != NULL;
	for (int i = 0; *good && i < 200; i++)
		*good = filter_run(f, SLICE(record), NULL, &b, &e) &&
		    slice_is(buf_slice(&b), "1.5");
	filter_free(f);
	buf_release(&b);
	return NULL;
}

static void
halts_what_never_ends(void **state)
{
	struct filter *f = compiled("last(repeat(1)) | . > 0");
	struct filter *g = compiled(".a");
	struct err e = { 0 };
	bool truth;

	(void)state;
	assert_false(filter_test(f, SLICE(record), &truth, &e));
	assert_string_equal(e.code, "jq_time");
	assert_true(filter_test(g, SLICE(record), &truth, &e));
	assert_true(truth);
	filter_free(f);
	filter_free(g);
}

static void
runs_in_several_threads(void **state)
{
	pthread_t threads[4];
	bool good[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, run_many, &good[i]), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_true(good[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_with_the_first_result),
		cmocka_unit_test(sees_which_members_are_read),
		cmocka_unit_test(refuses_what_does_not_follow_from_the_record),
		cmocka_unit_test(says_in_one_line_why_it_does_not_compile),
		cmocka_unit_test(tells_an_error_without_its_values),
		cmocka_unit_test(keeps_large_integers_whole),
		cmocka_unit_test(reads_variables_anew_for_each_run),
		cmocka_unit_test(takes_no_result_null_and_false_for_no),
		cmocka_unit_test(halts_what_never_ends),
		cmocka_unit_test(runs_in_several_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
