#include "test.h"

#include "sources/tally.h"
#include "sources/votes.h"

enum { SURGERY, WARD, LAB, KINDS };

static const char words[] = "word,same,role\n"
			    "患者,patient|pat,plain\n"
			    "编码,code|id|no|号,plain\n"
			    "时间,日期|time|dt,common\n"
			    "科室,dept,common\n"
			    "手术,surgery|operation,\n"
			    "开始,start|begin,\n"
			    "医生,医师|doctor,common\n"
			    "血压,blood_pressure|bp,\n"
			    "标本,样本|sample,\n"
			    "类,类型|type,\n";

static struct initials *initials;
static struct votes *votes;

static int
build(void **state)
{
	struct thesaurus *t = thesaurus_parse("t", SLICE(words), NULL);

	(void)state;
	initials = initials_new(NULL);
	assert_non_null(initials);
	assert_non_null(t);
	votes = votes_new(t, initials);
	votes_learn(votes, SURGERY, slice_of("手术开始时间"));
	votes_learn(votes, SURGERY, slice_of("切口愈合"));
	votes_learn(votes, SURGERY, slice_of("血压"));
	votes_learn(votes, SURGERY, slice_of("手术医生"));
	votes_learn(votes, WARD, slice_of("血压"));
	votes_learn(votes, WARD, slice_of("科室"));
	votes_learn(votes, LAB, slice_of("标本类型"));
	votes_learn(votes, LAB, slice_of("A12C"));
	return 0;
}

static int
release(void **state)
{
	(void)state;
	votes_free(votes);
	votes_free(NULL);
	initials_free(initials);
	return 0;
}

static void
assert_near(unsigned points, unsigned thousandths)
{
	unsigned wanted = VOTE * thousandths / 1000, slack = VOTE / 50;

	assert_in_range(
	    points, wanted < slack ? 0 : wanted - slack, wanted + slack);
}

/* Thousandths of a vote, a little more or less by the words of the name. */
static void
assert_votes(const char *column, unsigned surgery, unsigned ward, unsigned lab)
{
	unsigned tally[KINDS] = { 0 };

	votes_cast(votes, slice_of(column), tally);
	assert_near(tally[SURGERY], surgery);
	assert_near(tally[WARD], ward);
	assert_near(tally[LAB], lab);
}

TEST(a_name_is_the_same_in_any_spelling_and_order)
{
	(void)state;
	assert_votes("手术开始时间", 1000, 0, 0);
	assert_votes("手术开始日期", 1000, 0, 0);
	assert_votes("OPERATION_BEGIN_DT", 1000, 0, 0);
	assert_votes("surgeryStartTime", 1000, 0, 0);
	assert_votes("startTimeOfOperation", 750, 0, 0);
	assert_votes("SURGERYSTARTTIME", 1000, 0, 0);
	assert_votes("DE06.00.218.00手术开始日期时间", 1000, 0, 0);
	assert_votes("Ｓｕｒｇｅｒｙ　Ｓｔａｒｔ　Ｔｉｍｅ", 1000, 0, 0);
	assert_votes("X1(手术开始时间)", 1000, 0, 0);
	assert_votes("operations_doctors", 1000, 0, 0);
}

TEST(a_vote_is_divided_among_those_who_have_the_name)
{
	(void)state;
	/* The only name of one, a fourth of the other's. */
	assert_votes("血压", 378, 613, 0);
	assert_votes("BP(mmHg)", 378, 613, 0);
}

TEST(common_and_plain_words_alone_say_nothing)
{
	(void)state;
	assert_votes("科室", 0, 0, 0);
	assert_votes("DEPT_CODE", 0, 0, 0);
	assert_votes("PAT_ID", 0, 0, 0);
	assert_votes("", 0, 0, 0);
	assert_votes("()", 0, 0, 0);
	assert_votes("\xff\xfe", 0, 0, 0);
}

TEST(a_name_nobody_has_goes_by_its_words)
{
	(void)state;
	assert_votes("手术血压", 573, 223, 0);
	assert_votes("标本编码", 16, 68, 714);
	assert_votes("无关", 0, 0, 0);
}

TEST(initials_count_less_the_shorter_they_are)
{
	(void)state;
	assert_votes("SSKSSJ", 950, 0, 0);
	assert_votes("QKYH", 950, 0, 0);
	assert_votes("BBLX", 0, 0, 950);
	assert_votes("XY", 275, 275, 0);
	assert_votes("SSKSRQ", 900, 0, 0);
	/* Read by words: 样本, 类型 is what is listed as 标本类型. */
	assert_votes("YBLX", 0, 0, 600);
}

TEST(a_letter_that_says_the_sort_of_column_is_no_word)
{
	(void)state;
	assert_votes("c_operation_start_time", 1000, 0, 0);
	assert_votes("F_BBLX", 0, 0, 950);
	assert_votes("c_unrelated", 0, 0, 0);
	assert_votes("t_", 0, 0, 0);
}

TEST(a_code_of_a_letter_and_digits_is_one_word)
{
	(void)state;
	assert_votes("a12c", 0, 33, 957);
	assert_votes("A13C", 0, 0, 0);
}

static void
assert_settled(unsigned *v, size_t columns, long met, long named,
    enum tally_outcome outcome, long first)
{
	struct tally t = { v, KINDS, columns, met, named };
	struct verdict got = tally_settle(&t);

	assert_int_equal(got.outcome, outcome);
	if (outcome != TALLY_NONE)
		assert_int_equal(got.first, first);
}

#define settled(columns, met, named, outcome, first, ...)                     \
	assert_settled((unsigned[KINDS]){ __VA_ARGS__ }, columns, met, named, \
	    outcome, first)

TEST(the_kind_with_a_lead_and_enough_columns_wins)
{
	enum { NO = TALLY_NOBODY };

	(void)state;
	settled(9, NO, NO, TALLY_COLUMNS, LAB, 0, VOTE, 3 * VOTE);
	settled(9, NO, NO, TALLY_COLUMNS, LAB, 0, 3 * VOTE, 4 * VOTE);
	settled(9, NO, NO, TALLY_TIE, LAB, 0, 3 * VOTE, 10 * VOTE / 3);
	settled(99, NO, NO, TALLY_TIE, LAB, 0, 14 * VOTE, 15 * VOTE);
	settled(9, NO, NO, TALLY_TIE, SURGERY, 2 * VOTE, 2 * VOTE, 0);
	settled(8, NO, NO, TALLY_NONE, 0, 0, 0, VOTE - 1);
	settled(8, NO, NO, TALLY_COLUMNS, LAB, 0, 0, VOTE);
	settled(9, NO, NO, TALLY_NONE, 0, 0, 0, VOTE);
	settled(33, NO, NO, TALLY_NONE, 0, 0, 0, 4 * VOTE);
	settled(32, NO, NO, TALLY_COLUMNS, LAB, 0, 0, 4 * VOTE);
	settled(0, NO, NO, TALLY_NONE, 0, 0, 0, 0);
}

TEST(sets_and_a_name_add_to_the_votes)
{
	enum { NO = TALLY_NOBODY };

	(void)state;
	settled(8, WARD, NO, TALLY_COLUMNS, WARD, 0, 0, VOTE / 2);
	settled(9, NO, WARD, TALLY_NAME, WARD, 0, 0, 0);
	settled(9, NO, WARD, TALLY_TIE, WARD, 0, 0, 6 * VOTE / 5);
	settled(9, NO, LAB, TALLY_COLUMNS, LAB, 0, 0, 2 * VOTE);
	/* The columns are against the name: 1.6 times as many. */
	settled(9, NO, WARD, TALLY_COLUMNS, LAB, 0, 0, 3 * VOTE);
	settled(9, NO, WARD, TALLY_TIE, LAB, 0, VOTE, 39 * VOTE / 10);
	settled(9, NO, WARD, TALLY_COLUMNS, LAB, 0, VOTE, 4 * VOTE);
	settled(9, NO, WARD, TALLY_COLUMNS, LAB, 2 * VOTE, 0, 3 * VOTE);
}

TEST(refuses_a_word_of_two_rows)
{
	struct err e = { 0 };

	(void)state;
	assert_null(thesaurus_parse(
	    "t", SLICE("word,same\n手术,op\n操作,surgery|OP\n"), &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(e.text, "t:3: 'OP' is a word of another row too");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_the_same_in_any_spelling_and_order),
		cmocka_unit_test(
		    a_vote_is_divided_among_those_who_have_the_name),
		cmocka_unit_test(common_and_plain_words_alone_say_nothing),
		cmocka_unit_test(a_name_nobody_has_goes_by_its_words),
		cmocka_unit_test(initials_count_less_the_shorter_they_are),
		cmocka_unit_test(
		    a_letter_that_says_the_sort_of_column_is_no_word),
		cmocka_unit_test(a_code_of_a_letter_and_digits_is_one_word),
		cmocka_unit_test(the_kind_with_a_lead_and_enough_columns_wins),
		cmocka_unit_test(sets_and_a_name_add_to_the_votes),
		cmocka_unit_test(refuses_a_word_of_two_rows),
	};

	return cmocka_run_group_tests(tests, build, release);
}
