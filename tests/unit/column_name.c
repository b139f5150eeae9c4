#include "test.h"

#include "sources/column_name.h"

static void
assert_split(const char *name, const char *outer, const char *inner)
{
	struct column_name c;

	column_name_split(&c, slice_of(name));
	assert_slice(c.outer, outer);
	assert_slice(c.inner, inner);
}

TEST(parts_what_is_in_brackets_from_the_name)
{
	(void)state;
	assert_split("体温（℃）", "体温", "℃");
	assert_split("YZ(一助)", "YZ", "一助");
	assert_split("门(急)诊号", "门诊号", "急");
	assert_split("呼吸【次/分】", "呼吸", "次/分");
	assert_split("a(b(c)d)e", "ae", "bcd");
	assert_split("a)b", "a)b", "");
	assert_split("(a", "", "a");
	assert_split("", "", "");
	assert_split(NULL, "", "");
}

TEST(leaves_the_number_of_a_data_element_out)
{
	(void)state;
	assert_split("DE04.10.188.00体温(℃)", "体温", "℃");
	assert_split("DE04.10.188.00 体温", "体温", "");
	assert_split("DE04.10.188.00", "DE04.10.188.00", "");
	assert_split("DE04.10.18.00体温", "DE04.10.18.00体温", "");
}

TEST(cuts_a_long_name_between_characters)
{
	char name[600];
	struct column_name c;

	(void)state;
	for (size_t i = 0; i < sizeof(name); i += 3)
		memcpy(name + i, "病", 3);
	column_name_split(&c, (struct slice){ name, sizeof(name) });
	assert_int_equal(c.outer.n % 3, 0);
	assert_true(c.outer.n <= COLUMN_NAME);
}

static void
assert_bare(const char *initials, const char *wanted)
{
	char to[COLUMN_NAME];
	size_t n = column_name_bare(initials, strlen(initials), to);

	assert_slice(((struct slice){ to, n }), wanted);
}

TEST(takes_ends_that_say_nothing_off_initials)
{
	char to[COLUMN_NAME];

	(void)state;
	assert_bare("jyxmmc", "jyxm");
	assert_bare("brxx", "xx");
	assert_bare("hzjzksdm", "jzks");
	assert_bare("bgrqsj", "bgt");
	assert_bare("bgrq", "bgt");
	assert_bare("bgsj", "bgt");
	assert_bare("xm", "");
	assert_bare("brid", "id");
	assert_int_equal(column_name_letters(slice_of("YZ_H 1"), to), 4);
	assert_memory_equal(to, "yzh1", 4);
	assert_int_equal(column_name_letters(slice_of("YZ号"), to), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_what_is_in_brackets_from_the_name),
		cmocka_unit_test(leaves_the_number_of_a_data_element_out),
		cmocka_unit_test(cuts_a_long_name_between_characters),
		cmocka_unit_test(takes_ends_that_say_nothing_off_initials),
	};

	return RUN(tests);
}
