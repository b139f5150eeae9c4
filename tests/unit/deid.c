#include "deid/deid.h"
#include "deid/key.h"
#include "deid/number.h"
#include "deid/scrub.h"

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

TEST(keeps_words_that_only_begin_like_a_name)
{
	static const char *const kept[] = { "高血压病史", "白蛋白35g/L",
		"张力不高", "金葡菌", "阿尔茨海默病", "血压130/80mmHg",
		"E11.900", "结节大小1.2x0.9x0.8cm", "心率138次/分" };

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
	assert_string_equal(scrub("20241120", 1), "20241121");
	assert_string_equal(scrub("2024-11-20", 0), "[DATE]");
	assert_string_equal(scrub("11月20日", 1), "[DATE]");
	assert_string_equal(scrub("93岁", 1), "90岁以上");
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

TEST(refuses_a_short_key)
{
	struct err e = { 0 };

	(void)state;
	assert_null(key_parse(SLICE("0123456789abcdef0123456789abcde\n"), &e));
	assert_int_equal(e.kind, ERR_USAGE);
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
		cmocka_unit_test(keeps_words_that_only_begin_like_a_name),
		cmocka_unit_test(shifts_dates_in_the_form_they_had),
		cmocka_unit_test(proves_identity_numbers_by_their_check_digit),
		cmocka_unit_test(gives_one_pseudonym_to_one_value_and_domain),
		cmocka_unit_test(refuses_a_short_key),
		cmocka_unit_test(refuses_a_policy_that_does_not_fail_closed),
		cmocka_unit_test(finds_no_rule_for_what_a_policy_does_not_name),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
