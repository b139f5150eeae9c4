#include "test.h"

#include "base/arena.h"
#include "sources/alias.h"
#include "sources/initials.h"

static void
assert_initials(const struct initials *s, const char *name, const char *wanted)
{
	char to[64];
	size_t n = initials_of(s, slice_of(name), to);

	assert_slice(((struct slice){ to, n }), wanted);
}

TEST(initials_are_those_of_the_common_characters)
{
	struct initials *s = initials_new(NULL);

	(void)state;
	assert_initials(s, "检验项目", "jyxm");
	assert_initials(s, "医嘱名称", "yzmc");
	assert_initials(s, "阿座", "az");
	assert_initials(s, "患者ID", "hzid");
	assert_initials(s, "ICD10编码", "icd10bm");
	assert_initials(s, "", "");
	/* Level 2, beyond GB2312, punctuation, a broken byte. */
	assert_initials(s, "病亍", "");
	assert_initials(s, "病㐀", "");
	assert_initials(s, "入／出", "");
	assert_initials(s, "I-助", "");
	assert_initials(s, "病\xff", "");
	initials_free(s);
}

static void
assert_fold(struct arena *a, const char *name, const char *wanted)
{
	struct slice s = alias_fold(a, slice_of(name));

	assert_slice(s, wanted);
	assert_int_equal(s.p[s.n], '\0');
}

TEST(folds_width_case_blanks_and_the_last_bracket)
{
	struct arena *a = arena_new();

	(void)state;
	assert_fold(a, "Item_Name ", "item_name");
	assert_fold(a, "ＩＣＤ　１０", "icd10");
	assert_fold(a, "体温（℃）", "体温");
	assert_fold(a, "BP(mmHg)(左)", "bp(mmhg)");
	assert_fold(a, "(空)", "(空)");
	assert_fold(a, "x)", "x)");
	assert_fold(a, ")", ")");
	assert_fold(a, "", "");
	assert_fold(a, "\xff\xff\xff\xff\xff\xff\xff\xff",
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	arena_free(a);
}

static bool
meets(const char *cell, const char *name)
{
	struct initials *initials = initials_new(NULL);
	struct arena *a = arena_new();
	struct aliases *s = aliases_new(a, initials, slice_of(cell));
	struct slice folded = alias_fold(a, slice_of(name));
	bool is = aliases_meet(s, &folded, 1);

	aliases_free(s);
	arena_free(a);
	initials_free(initials);
	return is;
}

TEST(meets_names_initials_and_patterns)
{
	(void)state;
	assert_true(meets("结果|检验结果", "检验结果"));
	assert_true(meets("结果|检验结果", "JG"));
	assert_true(meets("体温", "ＴＷ(℃)"));
	assert_false(meets("体温", "体温计"));
	assert_false(meets("痛", "t"));
	assert_true(meets("执行护士", "执行护士姓名"));
	assert_true(meets("执行护士|nurse", "NURSE_ID"));
	assert_false(meets("执行", "执行护士姓名"));
	assert_false(meets("名称", "编号名称码"));
	assert_false(meets("姓|n", "姓名"));
	assert_true(meets("会诊*|consult_*", "CONSULT_DEPT"));
	assert_true(meets("会诊*", "会诊"));
	assert_false(meets("会诊*", "hzyj"));
	assert_false(meets("会诊*", ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(initials_are_those_of_the_common_characters),
		cmocka_unit_test(folds_width_case_blanks_and_the_last_bracket),
		cmocka_unit_test(meets_names_initials_and_patterns),
	};

	return RUN(tests);
}
