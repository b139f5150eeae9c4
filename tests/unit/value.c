#include "json/value.h"

#include "test.h"

static void
builds_a_tree_with_lines(void **state)
{
	static const char text[] = "{\n \"name\": \"血\\u7cd6\",\n"
				   " \"list\": [1, 0.10,\n  true, null],\n"
				   " \"o\": {\"\\u0061\": -2e3}\n}\n";
	struct arena *a = arena_new();
	struct err e = { 0 };
	const struct value *v = value_parse(a, text, sizeof(text) - 1, &e);
	const struct value *list;

	(void)state;
	assert_non_null(v);
	assert_int_equal(v->type, JSON_OBJECT);
	assert_int_equal(v->count, 3);
	assert_true(slice_is(v->keys[1], "list"));
	assert_true(slice_is(value_text(v, "name", ""), "血糖"));
	assert_true(slice_is(value_text(v, "list", "none"), "none"));
	assert_true(slice_is(value_text(v, "absent", "none"), "none"));
	list = value_get(v, "list");
	assert_int_equal(list->line, 3);
	assert_int_equal(list->count, 4);
	assert_true(slice_is(list->items[1].text, "0.10"));
	assert_int_equal(list->items[2].type, JSON_TRUE);
	assert_int_equal(list->items[2].line, 4);
	assert_int_equal(list->items[3].type, JSON_NULL);
	v = value_get(v, "o");
	assert_true(slice_is(v->source, "{\"\\u0061\": -2e3}"));
	assert_true(value_number(value_get(v, "a")) == -2000);
	assert_null(value_get(value_get(v, "a"), "b"));
	assert_null(value_get(NULL, "b"));
	assert_true(value_number(NULL) == 0);
	arena_free(a);
}

static void
takes_a_document_of_one_scalar(void **state)
{
	struct arena *a = arena_new();
	struct err e = { 0 };

	(void)state;
	assert_true(value_number(value_parse(a, " 17", 3, &e)) == 17);
	assert_int_equal(value_parse(a, "null", 4, &e)->type, JSON_NULL);
	assert_int_equal(value_parse(a, "[]", 2, &e)->count, 0);
	assert_int_equal(value_parse(a, "{}", 2, &e)->count, 0);
	arena_free(a);
}

static void
refuse(const char *text, const char *why)
{
	struct arena *a = arena_new();
	struct err e = { 0 };

	assert_null(value_parse(a, text, strlen(text), &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(e.text, why);
	arena_free(a);
}

static void
names_the_line_of_what_it_refuses(void **state)
{
	(void)state;
	refuse("", "1: byte 1: the text ends, a value expected");
	refuse("{\n\"a\":1,\n}", "3: byte 1: a key in quotes expected");
	refuse("[1,\n 2 3]", "2: byte 4: ',' or ']' expected");
	refuse("[1,\n", "2: byte 1: the text ends, a value expected");
	refuse("{\"a\":1,\n\"b\":{},\n\"\\u0061\":2}",
	    "3: the key 'a' stands twice");
	refuse(
	    "[{\"x\":[{\"y\":1,\n\"y\":2}]}]", "2: the key 'y' stands twice");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builds_a_tree_with_lines),
		cmocka_unit_test(takes_a_document_of_one_scalar),
		cmocka_unit_test(names_the_line_of_what_it_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
