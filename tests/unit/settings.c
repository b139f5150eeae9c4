#include "test.h"

#include "extract/settings.h"

static struct arena *arena;
static struct settings settings;

static bool
parses(const char *json, struct err *e)
{
	if (arena == NULL)
		arena = arena_new();
	*e = (struct err){ 0 };
	return settings_parse(
	    &settings, "extract.json", json, strlen(json), arena, NULL, e);
}

TEST(reads_documents_groups_and_fields)
{
	struct err e;

	(void)state;
	assert_true(parses(
	    "{\"documents\":[{\"id\":\"d\",\"sections\":{\"pre\":[\"术前\"]},"
	    "\"opening\":\"pre\"}],\"groups\":{\"lesion\":{\"max\":4}},"
	    "\"fields\":{\"lesion.time\":{\"pick\":\"total\"}}}",
	    &e));
	assert_int_equal(settings.ndocuments, 1);
	assert_slice(settings.documents[0].sections[0].name, "pre");
	assert_int_equal(settings.groups[0].max, 4);
	assert_int_equal(
	    settings_field(&settings, SLICE("lesion.time"))->pick, PICK_TOTAL);
}

TEST(refuses_an_unknown_member_and_says_the_likely_one)
{
	struct err e;

	(void)state;
	assert_false(
	    parses("{\"documents\":[{\"id\":\"d\",\"sectoins\":{}}]}", &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "did you mean 'sections'?"));
}

TEST(refuses_a_group_without_bounds)
{
	struct err e;

	(void)state;
	assert_false(parses("{\"groups\":{\"lesion\":{\"max\":33}}}", &e));
	assert_non_null(strstr(e.text, "from 1 to 32"));
}

TEST(puts_a_named_list_in_its_place_among_words)
{
	struct strings now, later;
	struct err e;

	(void)state;
	assert_true(parses("{\"lists\":{\"kin\":[\"{父,母}亲\"],"
			   "\"all\":[\"@kin\",\"邻床\"]},"
			   "\"documents\":[{\"id\":\"d\",\"sections\":"
			   "{\"now\":[\"现\",\"@all\",\"今\"]},"
			   "\"context\":{\"history\":[\"@kin\"]}}]}",
	    &e));
	now = settings.documents[0].sections[0].words;
	assert_int_equal(now.n, 5);
	assert_slice(now.list[0], "现");
	assert_slice(now.list[1], "父亲");
	assert_slice(now.list[3], "邻床");
	assert_slice(now.list[4], "今");
	later = settings.documents[0].cues[CUE_HISTORY];
	assert_int_equal(later.n, 2);
	assert_slice(later.list[1], "母亲");
}

TEST(refuses_a_list_that_is_not_there_or_comes_later)
{
	struct err e;

	(void)state;
	assert_false(parses("{\"context\":{\"history\":[\"@kin\"]}}", &e));
	assert_non_null(strstr(e.text, "no list 'kin'"));
	assert_false(
	    parses("{\"lists\":{\"a\":[\"@b\"],\"b\":[\"父亲\"]}}", &e));
	assert_non_null(strstr(e.text, "no list 'b'"));
}

TEST(refuses_what_is_no_json)
{
	struct err e;

	(void)state;
	assert_false(parses("{\"documents\":", &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_documents_groups_and_fields),
		cmocka_unit_test(
		    refuses_an_unknown_member_and_says_the_likely_one),
		cmocka_unit_test(refuses_a_group_without_bounds),
		cmocka_unit_test(puts_a_named_list_in_its_place_among_words),
		cmocka_unit_test(
		    refuses_a_list_that_is_not_there_or_comes_later),
		cmocka_unit_test(refuses_what_is_no_json),
	};
	int failed = RUN(tests);

	arena_free(arena);
	return failed;
}
