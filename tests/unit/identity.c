#include "deid/find.h"
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

/* Of a list with blanks between; how many read as names of people. */
static unsigned
people(const char *list, unsigned *all)
{
	struct err e = { 0 };
	struct deid_words *w = words_load("lib/share", NULL, &e);
	struct arena *a = arena_new();
	struct slice rest = slice_of(list), word;
	unsigned n = 0;

	assert_non_null(w);
	*all = 0;
	while (slice_next(&rest, ' ', &word)) {
		n += find_is_name(w, word, a);
		(*all)++;
	}
	arena_free(a);
	words_free(w);
	return n;
}

TEST(takes_short_texts_behind_a_surname_for_names)
{
	unsigned all, n;

	(void)state;
	n = people("刘洋 吴芳 王建国 李秀英 张伟 欧阳娜娜 陈静 赵敏 周杰 孙丽 "
		   "阿卜杜拉·买买提 上官云 马丽 高强 司马懿",
	    &all);
	assert_int_equal(n, all);
	n = people(
	    "男 女 内科 外科 门诊 住院 急诊 平诊 汉族 回族 已婚 未婚 "
	    "阴性 阳性 血糖 白蛋白 全麻 局麻 黄疸 高血压 白班 夜班 "
	    "安静 正常 异常 偏高 常规 是 否 好转 治愈 死亡 口服 静脉注射 "
	    "血清 尿液 江苏 北京 A型 O型 5.6 Wang 甲状腺 清亮 浑浊",
	    &all);
	assert_true(n * 6 < all);
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
		cmocka_unit_test(takes_short_texts_behind_a_surname_for_names),
		cmocka_unit_test(needs_its_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
