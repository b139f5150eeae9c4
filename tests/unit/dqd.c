#include "test.h"

#include "rules/dqd.h"

static struct table_faults faults;
static struct buf rules;
static struct err e;

static int
setup(void **state)
{
	(void)state;
	faults = (struct table_faults){ 0 };
	rules = (struct buf){ 0 };
	err_clear(&e);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	table_faults_release(&faults);
	buf_release(&rules);
	return 0;
}

/* Of one check of a field, with these columns and this row. */
static bool
field(
    const char *check, const char *filter, const char *columns, const char *row)
{
	char fields[512], checks[256];
	struct dqd_file files[DQD_TABLES] = {
		{ "t.csv", SLICE("cdmTableName\n") },
		{ "f.csv", { fields, 0 } },
		{ "c.csv", SLICE("cdmTableName,cdmFieldName,conceptId\n") },
		{ "d.csv", { checks, 0 } },
	};

	snprintf(fields, sizeof(fields), "cdmTableName,cdmFieldName,%s\n%s\n",
	    columns, row);
	snprintf(checks, sizeof(checks),
	    "checkLevel,checkName,evaluationFilter\nFIELD,%s,%s\n", check,
	    filter);
	files[DQD_FIELD].text.n = strlen(fields);
	files[DQD_CHECKS].text.n = strlen(checks);
	return dqd_parse(files, &faults, &rules, &e);
}

static void
says(const char *part)
{
	if (strstr(buf_string(&rules), part) == NULL)
		fail_msg("%s\nis not in %s", part, buf_string(&rules));
}

static void
refuses(const char *text)
{
	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(rules.n, 0);
	assert_true(faults.n > 0);
	assert_string_equal(faults.list[0].text, text);
}

TEST(an_empty_cell_is_no_value_to_a_filter)
{
	(void)state;
	assert_true(
	    field("isRequired", "isRequired!='No'", "isRequired", "A,b,"));
	assert_int_equal(rules.n, 0);
	assert_true(
	    field("isRequired", "isRequired!='No'", "isRequired", "A,b, "));
	assert_int_equal(rules.n, 0);
	assert_true(
	    field("isRequired", "isRequired=='Yes'", "isRequired", "A,b,yes"));
	assert_int_equal(rules.n, 0);
	assert_true(field("isRequired", "isRequired=='Yes'&x != ''",
	    "isRequired,X", "A,b,Yes,1"));
	says("{\"id\":\"field_isrequired_a_b\",\"kind\":\"a\",");
}

TEST(a_threshold_is_a_share_and_none_means_not_one)
{
	static const struct {
		const char *cell, *is;
	} cells[] = { { "", "\"0\"" }, { "0.00", "\"0\"" }, { "5", "\"5%\"" },
		{ "33.30", "\"33.3%\"" }, { "1e2", "\"100%\"" },
		{ "250", "\"250%\"" } };
	char row[64], want[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		snprintf(row, sizeof(row), "A,b,Yes,%s", cells[i].cell);
		snprintf(want, sizeof(want), "\"max_fail\":%s", cells[i].is);
		buf_reset(&rules);
		assert_true(field("isRequired", "isRequired=='Yes'",
		    "isRequired,isRequiredThreshold", row));
		says(want);
	}
}

TEST(a_threshold_that_is_no_percentage_is_refused)
{
	(void)state;
	assert_false(field("isRequired", "isRequired=='Yes'",
	    "isRequired,isRequiredThreshold", "A,b,Yes,5%"));
	refuses("isRequired: '5%' is no percentage (isRequiredThreshold)");
}

TEST(limits_are_numbers_or_days)
{
	(void)state;
	assert_true(field("plausibleValueLow", "plausibleValueLow!=''",
	    "cdmDatatype,plausibleValueLow", "A,b,DATE,'19500101'"));
	says("\"arg\":\"day(b) < 1950-01-01\"");
	assert_true(field("plausibleValueHigh", "plausibleValueHigh!=''",
	    "cdmDatatype,plausibleValueHigh",
	    "A,b,datetime,\"dateadd(DAY, 1, getdate())\""));
	says("\"arg\":\"day(b) > day(now) + 1d\"");
	assert_true(field("plausibleValueHigh", "plausibleValueHigh!=''",
	    "cdmDatatype,plausibleValueHigh", "A,b,float,0.0000001"));
	says("\"arg\":\"[,0.0000001]\"");
}

TEST(a_limit_of_another_type_is_refused)
{
	(void)state;
	assert_false(field("plausibleValueLow", "plausibleValueLow!=''",
	    "cdmDatatype,plausibleValueLow", "A,b,float,'19500101'"));
	refuses("plausibleValueLow: ''19500101'' is no limit of a number "
		"(write a number, or YEAR(GETDATE())+1 for the highest)");
}

TEST(a_day_that_never_was_is_refused)
{
	(void)state;
	assert_false(field("plausibleValueLow", "plausibleValueLow!=''",
	    "cdmDatatype,plausibleValueLow", "A,b,date,'19500230'"));
	assert_int_equal(faults.n, 1);
	assert_int_equal(faults.list[0].line, 2);
}

TEST(vocabularies_are_not_checked)
{
	(void)state;
	assert_true(field("isRequired", "isRequired=='Yes'", "isRequired",
	    "Concept_Ancestor,b,Yes\nDRUG_STRENGTH,b,Yes"));
	says("field_isrequired_drug_strength_b");
	assert_null(strstr(buf_string(&rules), "ancestor"));
}

TEST(notes_may_be_of_any_bytes)
{
	(void)state;
	assert_true(
	    field("isRequired", "isRequired=='Yes'", "isRequired,userGuidance",
		"A,b,Yes,\"the patient\x92s \xff\xc3 \xb8\xf1\"\nA,c,Yes,x"));
	says("field_isrequired_a_b");
	says("field_isrequired_a_c");
}

TEST(a_row_twice_is_one_check_unless_it_says_two_things)
{
	(void)state;
	assert_true(field("isRequired", "isRequired=='Yes'",
	    "isRequired,isRequiredThreshold", "A,b,Yes,5\na,B,Yes,5.0"));
	assert_ptr_equal(
	    strchr(buf_string(&rules), '\n') + 1, buf_string(&rules) + rules.n);
	buf_reset(&rules);
	assert_false(field("isRequired", "isRequired=='Yes'",
	    "isRequired,isRequiredThreshold", "A,b,Yes,5\na,B,Yes,6"));
	refuses("isRequired: the check 'field_isrequired_a_b' is there twice, "
		"and says two things");
	assert_int_equal(faults.list[0].line, 3);
}

#define WITH(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(an_empty_cell_is_no_value_to_a_filter),
		WITH(a_threshold_is_a_share_and_none_means_not_one),
		WITH(a_threshold_that_is_no_percentage_is_refused),
		WITH(limits_are_numbers_or_days),
		WITH(a_limit_of_another_type_is_refused),
		WITH(a_day_that_never_was_is_refused),
		WITH(vocabularies_are_not_checked),
		WITH(notes_may_be_of_any_bytes),
		WITH(a_row_twice_is_one_check_unless_it_says_two_things),
	};

	return RUN(tests);
}
