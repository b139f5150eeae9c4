/* Kinds of specimens, and mappings of tests that depend on them. */
#include "test.h"

#include <unistd.h>

#include "io/writer.h"
#include "terms/fold.h"
#include "terms/specimen.h"
#include "terms/terms.h"

static const char table[] = "specimen,group,aliases\n"
			    "血清,血,血清标本\n"
			    "全血,血,血|静脉血\n"
			    "尿液,尿,晨尿|中段尿\n";

static struct specimens *
parse(const char *text, struct err *e)
{
	return specimens_parse("s.csv", slice_of(text), NULL, e);
}

static void
an_alias_means_its_kind_and_an_unknown_name_itself(void **state)
{
	struct err e = { 0 };
	struct specimens *s = parse(table, &e);

	(void)state;
	assert_slice(specimens_kind(s, SLICE("晨尿")), "尿液");
	assert_slice(specimens_kind(s, SLICE("血清")), "血清");
	assert_slice(specimens_kind(s, SLICE("胆汁")), "胆汁");
	assert_slice(specimens_kind(NULL, SLICE("晨尿")), "晨尿");
	specimens_free(s);
}

static void
only_known_specimens_of_two_groups_differ(void **state)
{
	struct err e = { 0 };
	struct specimens *s = parse(table, &e);

	(void)state;
	assert_true(specimens_differ(s, SLICE("血清"), SLICE("中段尿")));
	assert_false(specimens_differ(s, SLICE("血清"), SLICE("静脉血")));
	assert_false(specimens_differ(s, SLICE("血清"), SLICE("胆汁")));
	assert_false(specimens_differ(s, SLICE(""), SLICE("尿液")));
	specimens_free(s);
}

static void
refuses_a_name_of_two_specimens(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_null(parse("specimen,group,aliases\n"
			  "血清,血,血\n"
			  "全血,血,血\n",
	    &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(e.text, "s.csv:3: '血' means two specimens");
}

/* The code of a test under a specimen and a unit, "-" where none is. */
static const char *
code_of(const struct terms *t, const char *specimen, const char *unit,
    const char *unit_code, struct arena *arena)
{
	const struct term_query q = { .field = SLICE("lab"),
		.term = SLICE("glu"),
		.unit = slice_of(unit),
		.unit_code = slice_of(unit_code),
		.specimen = slice_of(specimen) };
	struct term_answer a;

	terms_find(t, &q, arena, &a);
	return a.ncodes == 0
	    ? "-"
	    : arena_string(arena, a.codes[0].code.p, a.codes[0].code.n);
}

static void
a_specimen_tells_more_than_a_unit_and_the_usual_one_less(void **state)
{
	char folder[] = "/tmp/mdx-specimen-XXXXXX", command[64];
	struct terms *t = terms_new();
	struct arena *a = arena_new();
	struct err e = { 0 };

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_true(writer_put_file("s.csv", slice_of(table), &e));
	assert_true(writer_put_file("lab.csv",
	    slice_of("term,unit,specimen,code,system,version,status\n"
		     "GLU,(mmol/L),(血清),1-8,loinc,2,APPROVED\n"
		     "GLU,mg/dL,(血清),2-6,loinc,2,APPROVED\n"
		     "GLU,,尿液,3-4,loinc,2,APPROVED\n"
		     "GLU,,晨尿,4-2,loinc,2,APPROVED\n"),
	    &e));
	assert_true(terms_add_specimens(t, "s.csv", NULL, &e));
	assert_true(terms_add_mapping(t, "lab.csv", NULL, &e));
	assert_string_equal(code_of(t, "", "", "", a), "1-8");
	assert_string_equal(code_of(t, "静脉血", "mmol/L", "", a), "1-8");
	assert_string_equal(code_of(t, "胆汁", "", "", a), "1-8");
	assert_string_equal(code_of(t, "血清", "mg/dl", "", a), "2-6");
	assert_string_equal(code_of(t, "血清", "mg%", "mg/dL", a), "2-6");
	assert_string_equal(code_of(t, "中段尿", "mg/dL", "", a), "3-4");
	assert_string_equal(code_of(t, "晨尿", "", "", a), "4-2");
	terms_free(t);

	t = terms_new();
	assert_true(writer_put_file("lab.csv",
	    slice_of("term,specimen,code,system,version,status\n"
		     "GLU,(血清),1-8,loinc,2,APPROVED\n"),
	    &e));
	assert_true(terms_add_specimens(t, "s.csv", NULL, &e));
	assert_true(terms_add_mapping(t, "lab.csv", NULL, &e));
	assert_string_equal(code_of(t, "全血", "", "", a), "1-8");
	assert_string_equal(code_of(t, "尿液", "", "", a), "-");
	terms_free(t);
	arena_free(a);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(system(command), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_alias_means_its_kind_and_an_unknown_name_itself),
		cmocka_unit_test(only_known_specimens_of_two_groups_differ),
		cmocka_unit_test(refuses_a_name_of_two_specimens),
		cmocka_unit_test(
		    a_specimen_tells_more_than_a_unit_and_the_usual_one_less),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
