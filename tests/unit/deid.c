#include "deid/deid.h"
#include "deid/key.h"
#include "deid/number.h"
#include "deid/quasi.h"
#include "deid/scrub.h"
#include "deid/value.h"

#include "test.h"

static struct deid_words *words;
static struct arena *arena;

static int
set_up(void **state)
{
	struct err e = { 0 };

	(void)state;
	arena = arena_new();
	words = words_load("lib/share", NULL, &e);
	return words == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	words_free(words);
	arena_free(arena);
	return 0;
}

static const char *
scrub(const char *text, long offset)
{
	const struct scrub s = { .words = words, .offset = offset };
	struct buf b = { 0 };
	char *out;

	scrub_text(&s, slice_of(text), arena, &b);
	out = arena_string(arena, b.n == 0 ? "" : b.p, b.n);
	buf_release(&b);
	return out;
}

TEST(removes_numbers_that_prove_themselves)
{
	(void)state;
	assert_string_equal(
	    scrub("证 11010119620304018X 完", 0), "证 [ID_CARD] 完");
	assert_string_equal(scrub("110101 19620304 018X", 0), "[ID_CARD]");
	assert_string_equal(
	    scrub("１１０１０１１９６２０３０４０１８Ｘ", 0), "[ID_CARD]");
	assert_string_equal(scrub("138-0013-8000", 0), "[PHONE]");
	assert_string_equal(scrub("+86 13800138000", 0), "[PHONE]");
	assert_string_equal(scrub("010-55501234", 0), "[PHONE]");
	assert_string_equal(scrub("a.b@c.com", 0), "[EMAIL]");
	assert_string_equal(
	    scrub("110101196203040188", 0), "110101196203040188");
}

TEST(removes_names_beside_labels_titles_and_kin)
{
	(void)state;
	assert_string_equal(scrub("姓名：王芳，女", 0), "姓名：[NAME]，女");
	assert_string_equal(
	    scrub("术者：张伟、欧阳娜娜。", 0), "术者：[STAFF]。");
	assert_string_equal(scrub("李明医生查房", 0), "[STAFF]医生查房");
	assert_string_equal(scrub("张某某，男", 0), "[NAME]，男");
	assert_string_equal(scrub("其妻(赵小红)陪同", 0), "其妻([NAME])陪同");
	assert_string_equal(scrub("住院号：ZY0012345", 0), "住院号：[MRN]");
}

TEST(removes_names_that_only_their_letters_tell)
{
	(void)state;
	assert_string_equal(
	    scrub("病情已告知王建斌并录入", 0), "病情已告知[NAME]并录入");
	assert_string_equal(scrub("签收处马袁金鹏已阅", 0), "签收处[NAME]已阅");
	assert_string_equal(scrub("苏雯出诊", 0), "[NAME]出诊");
	assert_string_equal(scrub("马兰帕蒂分级，墨菲征，施密特综合征", 0),
	    "马兰帕蒂分级，墨菲征，施密特综合征");
}

TEST(removes_a_name_again_wherever_it_stands)
{
	(void)state;
	assert_string_equal(scrub("姓名：时光。诉时光无痛。", 0),
	    "姓名：[NAME]。诉[NAME]无痛。");
	assert_string_equal(
	    scrub("姓名:温暖 主诉:胸闷。", 0), "姓名:[NAME] 主诉:胸闷。");
}

TEST(removes_names_that_a_form_breaks_or_pulls_apart)
{
	(void)state;
	assert_string_equal(
	    scrub("姓\n名 王思\n亮 性别 女", 0), "姓\n名 [NAME] 性别 女");
	assert_string_equal(
	    scrub("医师签名：____李明____", 0), "医师签名：____[STAFF]____");
	assert_string_equal(scrub("接诊医生(签字) 黄 秀 芳    日期", 0),
	    "接诊医生(签字) [STAFF]    日期");
	assert_string_equal(scrub("助手1：李明 助手2：张伟", 0),
	    "助手1：[STAFF] 助手2：[STAFF]");
}

TEST(removes_the_numbers_in_the_row_of_a_name)
{
	(void)state;
	assert_string_equal(scrub("12 王芳 男 56岁 ZY0012345", 0),
	    "[BED] [NAME] 男 56岁 [MRN]");
	assert_string_equal(scrub("透析号 M0053377", 0), "透析号 [MRN]");
	assert_string_equal(
	    scrub("标本号 20240053377", 0), "标本号 20240053377");
	assert_string_equal(
	    scrub("科室电话0516-67027750-2766", 0), "科室电话[PHONE]");
}

TEST(removes_what_stands_in_the_brackets_of_a_form)
{
	(void)state;
	assert_string_equal(scrub("术者[李明/张伟] 号码[D011618610]", 0),
	    "术者[[STAFF]] 号码[[OTHER_ID]]");
	assert_string_equal(scrub("登记号〔P0386526〕三助〔苏清〕", 0),
	    "登记号〔[MRN]〕三助〔[STAFF]〕");
	assert_string_equal(
	    scrub("办理入院(编号2018-401915)", 0), "办理入院(编号[OTHER_ID])");
	assert_string_equal(
	    scrub("耗材编号2018401915", 0), "耗材编号2018401915");
}

TEST(removes_the_bed_behind_a_ward)
{
	(void)state;
	assert_string_equal(
	    scrub("特护记录  ICU A28", 0), "特护记录  ICU [BED]");
	assert_string_equal(scrub("床 加6  评估护士", 0), "床 [BED]  评估护士");
	assert_string_equal(scrub("49y,M,16bed。", 0), "49y,M,[BED]。");
	assert_string_equal(
	    scrub("入ICU 3天，ICU 2 d", 0), "入ICU 3天，ICU 2 d");
}

TEST(removes_who_says_the_own_name)
{
	(void)state;
	assert_string_equal(scrub("我姓江，你好。", 0), "我姓[NAME]，你好。");
	assert_string_equal(scrub("我叫雷诺，家属。", 0), "我叫[NAME]，家属。");
	assert_string_equal(scrub("雷诺现象阳性", 0), "雷诺现象阳性");
	assert_string_equal(
	    scrub("660室的高某，来诊", 0), "660室的[NAME]，来诊");
	assert_string_equal(scrub("提的高某些指标", 0), "提的高某些指标");
}

TEST(keeps_words_that_only_begin_like_a_name)
{
	static const char *const kept[] = { "高血压病史", "白蛋白35g/L",
		"张力不高", "金葡菌", "阿尔茨海默病", "血压130/80mmHg",
		"压疮:布雷登21分", "跌倒:莫尔斯55分", "E11.900",
		"结节大小1.2x0.9x0.8cm", "心率138次/分" };

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		assert_string_equal(scrub(kept[i], 0), kept[i]);
}

TEST(shifts_dates_in_the_form_they_had)
{
	(void)state;
	assert_string_equal(scrub("2024-11-20", 12), "2024-12-02");
	assert_string_equal(scrub("2024/1/5", -5), "2023/12/31");
	assert_string_equal(scrub("2024年11月20日行", 1), "2024年11月21日行");
	assert_string_equal(scrub("2024-11-2010:11", 1), "2024-11-2110:11");
	assert_string_equal(scrub("20241120", 1), "20241121");
	assert_string_equal(scrub("2024-11-20", 0), "[DATE]");
	assert_string_equal(scrub("11月20日", 1), "[DATE]");
	assert_string_equal(scrub("93岁", 1), "90岁以上");
	assert_string_equal(scrub("九十三岁", 1), "90岁以上");
	assert_string_equal(scrub("２０２４-１１-２０", 1), "2024-11-21");
	assert_string_equal(scrub("2024-11-20~11-25", 1), "[DATE]");
	assert_string_equal(scrub("二〇二四年三月五日", 1), "[DATE]");
	assert_string_equal(scrub("5/3/2024", 1), "[DATE]");
	assert_string_equal(scrub("20241120080500", 1), "20241121080500");
}

TEST(proves_identity_numbers_by_their_check_digit)
{
	char old[19] = "110101620304018";

	(void)state;
	assert_true(number_is_id_18("11010119620304018X"));
	assert_false(number_is_id_18("110101196203040181"));
	assert_false(number_is_id_18("11010119620230118X"));
	assert_int_equal(number_id_18(old), 18);
	assert_memory_equal(old, "11010119620304018x", 18);
}

TEST(gives_one_pseudonym_to_one_value_and_domain)
{
	struct err e = { 0 };
	struct deid_key *k =
	    key_parse(SLICE("0123456789abcdef0123456789abcdef\n"), &e);
	char a[DIGEST_ID + 1], b[DIGEST_ID + 1];

	(void)state;
	assert_non_null(k);
	key_pseudonym(k, SLICE("p"), SLICE("138 0013-8000"), arena, a);
	key_pseudonym(k, SLICE("p"), SLICE("１３８００１３８０００"), arena, b);
	assert_string_equal(a, b);
	key_pseudonym(k, SLICE("q"), SLICE("13800138000"), arena, b);
	assert_string_not_equal(a, b);
	key_pseudonym(k, SLICE("p"), SLICE("0012"), arena, a);
	key_pseudonym(k, SLICE("p"), SLICE("12"), arena, b);
	assert_string_not_equal(a, b);
	for (long i = 0; i < 200; i++) {
		char patient[24];
		long days;

		snprintf(patient, sizeof(patient), "%ld", i);
		days = key_offset(k, slice_of(patient), 7, 7, arena);
		assert_true(days == 7 || days == -7);
	}
	key_free(k);
}

TEST(refuses_a_short_or_monotonous_key)
{
	static const char *const bad[] = { "0123456789abcdef0123456789abcde\n",
		"00000000000000000000000000000000",
		"abababababababababababababababababab" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err e = { 0 };

		assert_null(key_parse(slice_of(bad[i]), &e));
		assert_int_equal(e.kind, ERR_USAGE);
	}
}

static const char *
folded(const char *text)
{
	struct slice s = key_fold(slice_of(text), arena);

	return arena_string(arena, s.p, s.n);
}

TEST(folds_the_spellings_of_one_value)
{
	(void)state;
	assert_string_equal(folded("１３８ 0013－8000"), "13800138000");
	assert_string_equal(folded("138\u20110013\u200b8000"), "13800138000");
	assert_string_equal(folded("(010) 5550-1234"), "01055501234");
	assert_string_equal(folded("110101620304018"), "11010119620304018x");
	assert_string_equal(
	    folded("11010119620304018Ｘ"), "11010119620304018x");
	assert_string_equal(folded("0012"), "0012");
	assert_string_equal(folded("ZY-0012 X"), "ZY-0012X");
}

static const char *
region(const char *text, unsigned levels)
{
	struct buf b = { 0 };
	char *out;

	value_region(slice_of(text), levels, &b);
	out = arena_string(arena, b.p, b.n);
	buf_release(&b);
	return out;
}

TEST(cuts_an_address_only_behind_a_level_that_it_knows)
{
	(void)state;
	assert_string_equal(
	    region("浙江省杭州市西湖区文三路1号", 2), "\"浙江省杭州市\"");
	assert_string_equal(
	    region("浙江省杭州市西湖区文三路1号", 3), "\"浙江省杭州市西湖区\"");
	assert_string_equal(region("浙江省杭州市西湖区", 1), "\"浙江省\"");
	assert_string_equal(region("北京市朝阳区建国路", 2), "\"北京市\"");
	assert_string_equal(region("北京朝阳区建国路", 3), "\"北京朝阳区\"");
	assert_string_equal(region("广东广州市天河区", 2), "\"广东广州市\"");
	assert_string_equal(region("新疆维吾尔自治区伊犁哈萨克自治州伊宁市", 2),
	    "\"新疆维吾尔自治区伊犁哈萨克自治州\"");
	assert_string_equal(region("幸福小区3号楼", 3), "null");
	assert_string_equal(region("文三路100号", 1), "null");
	assert_string_equal(region("浙江西湖区文三路1号", 3), "\"浙江\"");
	assert_string_equal(region("330106001", 2), "\"3301\"");
}

static const char *
age(const char *text)
{
	struct err e = { 0 };
	struct buf b = { 0 };
	const char *out = "refused";

	if (value_age(slice_of(text), SLICE("same"), arena, &b, &e))
		out = arena_string(arena, b.p, b.n);
	buf_release(&b);
	return out;
}

TEST(tells_who_is_over_89_in_any_unit)
{
	static const char *const old[] = { "90", "９０岁", "89.5", "101 周岁",
		"1080个月", "32872天", "93Y", "1岁1100月" };
	static const char *const young[] = { "89", "0.5", "1岁2个月", "1079月",
		"12小时", "３岁" };
	static const char *const bad[] = { "王芳", "35岁王芳", "30-40", "",
		"-1", "成人" };

	(void)state;
	for (size_t i = 0; i < sizeof(old) / sizeof(old[0]); i++)
		assert_string_equal(age(old[i]), "\"90+\"");
	for (size_t i = 0; i < sizeof(young) / sizeof(young[0]); i++)
		assert_string_equal(age(young[i]), "same");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_string_equal(age(bad[i]), "refused");
}

static bool
leaks(const char *text)
{
	const struct known known[] = { { SLICE("王芳"), LABEL_NAME, false },
		{ SLICE("P0012345"), LABEL_MRN, true },
		{ SLICE("李明"), LABEL_NAME, true },
		{ SLICE("浙江省"), LABEL_ADDRESS, false } };
	enum label label;

	return find_leak(slice_of(text), known, 4, arena, &label);
}

TEST(checks_for_what_proves_itself_and_the_patients_own_values)
{
	static const char *const bad[] = { "13800138000", "ZY13800138000",
		"x110101 19620304 018X", "1|3|8|0|0|1|3|8|0|0|0", "a.b@c.cn",
		"(010)55501234", "一三八〇〇一三八〇〇〇", "王 芳",
		"6222021234567894", "+8613800138000" };
	static const char *const good[] = { "110101196203040188",
		"1.2.840.10008.5.1.4.1.1.2", "2024-03-05T08:00:00", "P0012345",
		"李明", "浙江省杭州市", "20240305080000", "9007199254740993",
		"q9evd4g2jd2ea5b5pqjfkd2y87", "3.2×1.9cm",
		"国药准字H20041234" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (!leaks(bad[i]))
			fail_msg("%s", bad[i]);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (leaks(good[i]))
			fail_msg("%s", good[i]);
}

TEST(counts_the_least_number_of_patients_that_look_alike)
{
	struct quasi *q = quasi_new(), *other = quasi_new();
	struct quasi_result r;

	(void)state;
	quasi_result(q, &r);
	assert_int_equal(r.k, 0);
	quasi_add(q, SLICE("a"), SLICE("1"));
	quasi_add(q, SLICE("a"), SLICE("1"));
	quasi_add(q, SLICE("a"), SLICE("2"));
	quasi_add(q, SLICE("b"), SLICE("3"));
	quasi_add(other, SLICE("b"), SLICE("3"));
	quasi_add(other, SLICE("b"), SLICE("4"));
	quasi_add(other, SLICE("b"), SLICE("5"));
	quasi_merge(q, other);
	quasi_result(q, &r);
	assert_int_equal(r.k, 2);
	assert_int_equal(r.classes, 2);
	assert_int_equal(r.people, 5);
	assert_int_equal(r.below_5, 5);
	quasi_free(q);
	quasi_free(other);
}

static struct policy *
policy(const char *rows, struct err *e)
{
	char *text = arena_printf(arena, "field,class,arg\n%s", rows);

	return policy_parse("p.csv", slice_of(text), NULL, NULL, e);
}

TEST(refuses_a_policy_that_does_not_fail_closed)
{
	static const char *const bad[] = { "@name,x,\n*,keep,\n",
		"@name,x,\ntime,shift,\n", "@name,x,\n@shift,10,\nt,shift,\n",
		"a,keep,\n", "@name,x,\na,keep,\na,drop,\n",
		"@name,x,\na,hmac,shift\n", "@name,x,\nid,hmac,\n",
		"@name,x,\na,kep,\n", "@name,x,\n_mdx,keep,\n",
		"@name,x,\na,mask,\n", "@name,x,\n@labels,NAME,\n" };
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		memset(&e, 0, sizeof(e));
		if (policy(bad[i], &e) != NULL || e.kind != ERR_USAGE)
			fail_msg("%s", bad[i]);
	}
}

TEST(finds_no_rule_for_what_a_policy_does_not_name)
{
	struct err e = { 0 };
	struct policy *p = policy("@name,x,\na,keep,\n", &e);

	(void)state;
	assert_non_null(p);
	assert_int_equal(policy_rule(p, SLICE("a"))->class, DEID_KEEP);
	assert_null(policy_rule(p, SLICE("b")));
	policy_free(p);
	p = policy("@name,x,\n*,drop,\n", &e);
	assert_int_equal(policy_rule(p, SLICE("b"))->class, DEID_DROP);
	policy_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(removes_numbers_that_prove_themselves),
		cmocka_unit_test(removes_names_beside_labels_titles_and_kin),
		cmocka_unit_test(removes_names_that_only_their_letters_tell),
		cmocka_unit_test(removes_a_name_again_wherever_it_stands),
		cmocka_unit_test(
		    removes_names_that_a_form_breaks_or_pulls_apart),
		cmocka_unit_test(removes_the_numbers_in_the_row_of_a_name),
		cmocka_unit_test(removes_what_stands_in_the_brackets_of_a_form),
		cmocka_unit_test(removes_the_bed_behind_a_ward),
		cmocka_unit_test(removes_who_says_the_own_name),
		cmocka_unit_test(keeps_words_that_only_begin_like_a_name),
		cmocka_unit_test(shifts_dates_in_the_form_they_had),
		cmocka_unit_test(proves_identity_numbers_by_their_check_digit),
		cmocka_unit_test(gives_one_pseudonym_to_one_value_and_domain),
		cmocka_unit_test(refuses_a_short_or_monotonous_key),
		cmocka_unit_test(folds_the_spellings_of_one_value),
		cmocka_unit_test(
		    cuts_an_address_only_behind_a_level_that_it_knows),
		cmocka_unit_test(tells_who_is_over_89_in_any_unit),
		cmocka_unit_test(
		    checks_for_what_proves_itself_and_the_patients_own_values),
		cmocka_unit_test(
		    counts_the_least_number_of_patients_that_look_alike),
		cmocka_unit_test(refuses_a_policy_that_does_not_fail_closed),
		cmocka_unit_test(finds_no_rule_for_what_a_policy_does_not_name),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
