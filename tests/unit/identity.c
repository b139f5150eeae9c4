#include "deid/identity.h"

#include "test.h"

static bool
named(const struct identity *i, const char *name)
{
	return identity_named(i, slice_of(name));
}

TEST(knows_names_of_members_in_any_spelling)
{
	struct err e = { 0 };
	struct catalogue *c = catalogue_load("lib/share", NULL, true, NULL, &e);
	struct identity *i = identity_load("lib/share", c, NULL, &e);

	(void)state;
	assert_non_null(i);
	catalogue_free(c); /* nothing of it is kept */
	/* Of the catalogue. */
	assert_true(named(i, "birth_date"));
	assert_true(named(i, "BirthDate"));
	assert_true(named(i, "ＢＩＲＴＨ－ＤＡＴＥ"));
	assert_true(named(i, "出生日期"));
	/* Of members.csv, with its ends of names. */
	assert_true(named(i, "PATIENT_NAME"));
	assert_true(named(i, "OtherPatientIDs"));
	assert_true(named(i, "母亲身份证号"));
	/* Of hospital systems. */
	assert_true(named(i, "BRXM"));
	assert_true(named(i, "sfzh"));
	assert_true(named(i, "Lxr_Dh"));
	assert_false(named(i, "dept"));
	assert_false(named(i, "XMMC"));
	assert_false(named(i, "names"));
	assert_false(named(i, "检查项目"));
	assert_false(named(i, ""));
	identity_free(i);
}

TEST(needs_its_tables)
{
	struct err e = { 0 };
	struct catalogue *c = catalogue_load("lib/share", NULL, true, NULL, &e);

	(void)state;
	assert_null(identity_load("tests/data", c, NULL, &e));
	assert_int_not_equal(e.text[0], '\0');
	catalogue_free(c);
	identity_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_names_of_members_in_any_spelling),
		cmocka_unit_test(needs_its_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
