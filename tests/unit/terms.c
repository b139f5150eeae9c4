/* Vocabularies, code maps, and codes that follow from one edition to others. */
#include "folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include "io/reader.h"
#include "io/writer.h"
#include "terms/codemap.h"
#include "terms/fold.h"
#include "terms/terms.h"
#include "terms/vocabulary.h"

static char top[256];

static void
put(const char *path, const char *text)
{
	struct err e = { 0 };

	assert_true(writer_put_file(path, slice_of(text), &e));
}

static struct vocabulary *
vocabulary(const char *text, struct err *e)
{
	const struct vocabulary_source from = { .path = "icd10-gl@2.0.csv",
		.text = slice_of(text) };

	return vocabulary_load(&from, NULL, e);
}

static void
a_vocabulary_is_walked_in_the_order_of_its_file(void **state)
{
	struct err e = { 0 };
	struct vocabulary *v =
	    vocabulary("code,name,aliases,parent,status\n"
		       "C16,胃恶性肿瘤,,,parent\n"
		       "C16.900,胃癌,胃Ca; 胃部恶性肿瘤|,C16,\n"
		       "C16.901,胃窦癌,,C16,retired\n",
		&e);
	struct entry entry, named;
	struct slice rest, alias;

	(void)state;
	assert_non_null(v);
	assert_int_equal(vocabulary_count(v), 3);
	entry = vocabulary_entry(v, 1);
	assert_true(slice_is(entry.parent, "C16"));
	rest = entry.aliases;
	assert_true(entry_alias(&rest, &alias) && slice_is(alias, "胃Ca"));
	assert_true(
	    entry_alias(&rest, &alias) && slice_is(alias, "胃部恶性肿瘤"));
	assert_false(entry_alias(&rest, &alias));
	assert_int_equal(vocabulary_entry(v, 0).status, ENTRY_PARENT);
	assert_true(vocabulary_code(v, SLICE("C16.901"), &entry));
	assert_int_equal(entry.status, ENTRY_RETIRED);
	/* What is never written is not found by its name. */
	assert_int_equal(
	    vocabulary_named(v, SLICE("胃恶性肿瘤"), &named, 1), 0);
	assert_int_equal(vocabulary_named(v, SLICE("胃窦癌"), &named, 1), 0);
	assert_int_equal(vocabulary_named(v, SLICE("胃ca"), &named, 1), 1);
	vocabulary_free(v);
}

static void
a_pair_of_codes_has_many_spellings(void **state)
{
	static const char *const spellings[] = { "A17.000+G01*", "A17.000†G01*",
		"A17.000 + G01*", "A17.000＋G01＊", "Ａ17.000†G01*", "A17.000",
		"A17.000†" };
	struct err e = { 0 };
	struct entry entry = { .number = 9 };
	struct vocabulary *v =
	    vocabulary("code,name\nA17.000+G01*,结核性脑膜炎\n"
		       "A18.001+M01.1*,a\nA18.001+M49.0*,b\n",
		&e);

	(void)state;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++)
		assert_true(
		    vocabulary_code(v, slice_of(spellings[i]), &entry) &&
		    entry.number == 0);
	/* Two pairs have this primary code: which is meant is not ours. */
	assert_false(vocabulary_code(v, SLICE("A18.001"), NULL));
	assert_false(vocabulary_code(v, SLICE("G01*"), NULL));
	vocabulary_free(v);
}

static struct codemap *
codemap(const char *text, struct err *e)
{
	return codemap_parse(
	    "icd10-gl@2.0+icd10-yb@2.1.csv", slice_of(text), NULL, e);
}

static void
a_code_map_answers_both_ways(void **state)
{
	struct err e = { 0 };
	struct codemap *m =
	    codemap("code_from,code_to,preferred\n"
		    "A1,B1,\nA2,B1,\nA3,B3,\nA3,B4,yes\nA5,B5,\nA5,B6,\n",
		&e);
	struct slice list[4];

	(void)state;
	assert_non_null(m);
	assert_true(slice_is(codemap_system(m, false), "icd10-gl"));
	assert_true(slice_is(codemap_version(m, true), "2.1"));
	assert_int_equal(codemap_find(m, SLICE("A1"), false, list, 4), 1);
	assert_true(slice_is(list[0], "B1"));
	assert_int_equal(codemap_find(m, SLICE("B1"), true, list, 4), 2);
	assert_true(slice_is(list[1], "A2"));
	assert_int_equal(codemap_find(m, SLICE("A3"), false, list, 4), 1);
	assert_true(slice_is(list[0], "B4"));
	assert_int_equal(codemap_find(m, SLICE("A5"), false, list, 4), 2);
	assert_int_equal(codemap_find(m, SLICE("B1"), false, list, 4), 0);
	codemap_free(m);
}

static void
a_code_map_is_proved(void **state)
{
	static const char *const faults[][2] = {
		{ "A1,B1,\nA1,B1,\n", ":3: 'A1' becomes 'B1' twice" },
		{ "A1,B1,1\nA1,B2,1\n", ":3: 'A1' has two preferred codes" },
		{ "A1,B1,maybe\n",
		    ":2: preferred is 'maybe', neither yes nor no" },
		{ "A1,,\n", ":2: column 'code_to' is empty" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		struct err e = { 0 };
		char text[128], want[256];

		snprintf(text, sizeof(text), "code_from,code_to,preferred\n%s",
		    faults[i][0]);
		assert_null(codemap(text, &e));
		snprintf(want, sizeof(want), "icd10-gl@2.0+icd10-yb@2.1.csv%s",
		    faults[i][1]);
		assert_string_equal(e.text, want);
	}
}

static struct terms *
two_editions(void)
{
	struct terms *t = terms_new();
	struct err e = { 0 };

	put("icd10-gl@2.0.csv",
	    "code,name\nA1,甲病\nA2,乙病\nA3,丙病\nA4,丁病\nA5,同名病\n");
	put("icd10-yb@2.0.csv", "code,name\nB9,旧\n");
	put("icd10-yb@10.0.csv",
	    "code,name,status\nB1,医保甲病,\nB2,医保乙病一,\n"
	    "B3,医保乙病二,\nB4,旧丙病,retired\nB5,同名病,\nA4,别的病,\n");
	put("icd10-gl@2.0+icd10-yb@10.0.csv",
	    "code_from,code_to\nA1,B1\nA2,B2\nA2,B3\nA3,B4\n");
	assert_true(terms_add_vocabularies(t, ".", false, NULL, &e));
	return t;
}

static void
check_follow(const struct terms *t, const char *from, const char *name,
    const char *reason, const char *to)
{
	struct arena *arena = arena_new();
	const struct term_code code = { slice_of(from), slice_of(name),
		SLICE("icd10-gl"), SLICE("2.0"), "code" };
	struct term_edition found;

	terms_follow(t, &code, SLICE("icd10-yb"), arena, &found);
	if (reason == NULL)
		assert_null(found.reason);
	else
		assert_string_equal(found.reason, reason);
	if (to == NULL)
		assert_int_equal(found.ncodes, 0);
	else
		assert_true(slice_is(found.codes[0].code, to));
	arena_free(arena);
}

static void
codes_follow_to_the_newest_list_of_the_other_edition(void **state)
{
	struct terms *t = two_editions();

	(void)state;
	assert_true(slice_is(
	    vocabulary_version(terms_list(t, SLICE("icd10-yb"))), "10.0"));
	check_follow(t, "A1", "甲病", NULL, "B1");
	check_follow(t, "A2", "乙病", "tied", "B2");
	check_follow(t, "A3", "丙病", "retired_code", "B4");
	check_follow(t, "A5", "同名病", NULL, "B5");
	/* The other edition has a code that looks the same: not the same. */
	check_follow(t, "A4", "丁病", "no_code_map", NULL);
	terms_free(t);
}

static void
a_term_gets_both_editions_or_a_gap(void **state)
{
	const struct slice systems[] = { SLICE("icd10-gl"), SLICE("icd10-yb") };
	struct term_query q = { .field = SLICE("diagnosis"),
		.term = SLICE("甲病"),
		.systems = systems,
		.nsystems = 2 };
	struct terms *t = two_editions();
	struct arena *arena = arena_new();
	struct term_answer a;

	(void)state;
	terms_find(t, &q, arena, &a);
	assert_int_equal(a.status, TERM_EXACT);
	assert_int_equal(a.ncodes, 2);
	assert_string_equal(a.codes[1].method, "map");
	assert_true(slice_is(a.codes[1].display, "医保甲病"));
	q.term = SLICE("乙病");
	terms_find(t, &q, arena, &a);
	assert_int_equal(a.ncodes, 1);
	assert_int_equal(a.ngaps, 1);
	assert_string_equal(a.gaps[0].reason, "tied");
	assert_int_equal(a.gaps[0].ncandidates, 2);
	/* Against the map's direction, from a signed code. */
	put("diagnosis.csv",
	    "term,code,display,system,version,status\n"
	    "某病,B1,医保甲病,icd10-yb,10.0,APPROVED\n");
	assert_true(terms_add_mapping(t, "diagnosis.csv", NULL, NULL));
	q.term = SLICE("某病");
	terms_find(t, &q, arena, &a);
	assert_int_equal(a.status, TERM_APPROVED);
	assert_int_equal(a.ncodes, 2);
	q.nsystems = 1;
	terms_find(t, &q, arena, &a);
	assert_int_equal(a.ncodes, 1);
	assert_true(slice_is(a.codes[0].code, "A1"));
	arena_free(arena);
	terms_free(t);
}

/*
 * Every row of a published map, both ways.  Nothing of it is in this tree; the
 * test is skipped where the file is not there.
 */
static void
agree_with(const char *name)
{
	char shared[512];
	struct buf text = { 0 };
	struct err e = { 0 };
	struct slice rest, line, list[256];
	struct codemap *m;
	size_t rows = 0;

	snprintf(shared, sizeof(shared), "%s/../shared/data/terminology/%s",
	    top, name);
	if (access(shared, R_OK) != 0) {
		print_message("skipped: no %s\n", shared);
		skip();
	}
	assert_true(reader_slurp(shared, 64 << 20, &text, &e));
	m = codemap_parse("a@1+b@1.csv", buf_slice(&text), NULL, &e);
	assert_non_null(m);
	rest = buf_slice(&text);
	slice_next(&rest, '\n', &line);
	while (slice_next(&rest, '\n', &line)) {
		const char *tab = memchr(line.p, '\t', line.n);
		struct slice from = slice_trim(slice_span(line.p, tab));
		struct slice to =
		    slice_trim(slice_span(tab + 1, line.p + line.n));
		size_t n = codemap_find(m, from, false, list, 256), i = 0;

		assert_int_equal(n, 1);
		assert_true(slice_eq(list[0], to));
		n = codemap_find(m, to, true, list, 256);
		assert_in_range(n, 1, 256);
		while (i < n && !slice_eq(list[i], from))
			i++;
		assert_true(i < n);
		rows++;
	}
	assert_int_equal(rows, codemap_count(m));
	codemap_free(m);
	buf_release(&text);
}

static void
the_published_map_of_diseases_agrees_in_every_row(void **state)
{
	(void)state;
	agree_with("icd10-cn-codemap.opendrg.tsv");
}

static void
the_published_map_of_operations_agrees_in_every_row(void **state)
{
	(void)state;
	agree_with("icd9cm3-cn-codemap.opendrg.tsv");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_vocabulary_is_walked_in_the_order_of_its_file),
		cmocka_unit_test(a_pair_of_codes_has_many_spellings),
		cmocka_unit_test(a_code_map_answers_both_ways),
		cmocka_unit_test(a_code_map_is_proved),
		cmocka_unit_test_setup_teardown(
		    codes_follow_to_the_newest_list_of_the_other_edition,
		    enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    a_term_gets_both_editions_or_a_gap, enter_folder,
		    leave_folder),
		cmocka_unit_test(
		    the_published_map_of_diseases_agrees_in_every_row),
		cmocka_unit_test(
		    the_published_map_of_operations_agrees_in_every_row),
	};

	if (getcwd(top, sizeof(top)) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
