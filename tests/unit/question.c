#include "test.h"

#include "search/question.h"
#include "search/rank.h"
#include "search/where.h"

static const struct term *
find(const struct question *q, const char *word)
{
	long n = index_find(q->words, slice_of(word));

	return n < 0 ? NULL : &q->terms[n];
}

static struct question *
parse(const char *text)
{
	struct err e = { 0 };
	struct question *q = question_parse(slice_of(text), true, &e);

	assert_non_null(q);
	return q;
}

TEST(weighs_a_pair_half_of_a_character_or_word)
{
	struct question *q = parse("甲状腺 HbA1c");

	(void)state;
	assert_int_equal(q->nterms, 6);
	assert_true(find(q, "甲")->weight == 1);
	assert_true(find(q, "甲状")->weight == 0.5);
	assert_true(find(q, "hba1c")->weight == 1);
	assert_false(find(q, "甲")->marks);
	assert_true(find(q, "甲状")->marks);
	question_free(q);
}

TEST(marks_a_character_that_stands_alone)
{
	struct question *q = parse("痛");

	(void)state;
	assert_int_equal(q->nterms, 1);
	assert_true(q->terms[0].marks);
	assert_true(q->terms[0].weight == 1);
	question_free(q);
}

TEST(takes_phrases_that_must_and_words_that_must_not_occur)
{
	struct question *q = parse("结节 \"右叶 ＣＡ\" -消融 CA19-9 -5 - x");

	(void)state;
	assert_int_equal(q->nmust, 1);
	assert_slice(q->must[0], "右叶 ca");
	assert_int_equal(q->nmust_not, 1);
	assert_slice(q->must_not[0], "消融");
	assert_null(find(q, "消融"));
	assert_non_null(find(q, "右叶"));
	assert_non_null(find(q, "ca19-9"));
	assert_non_null(find(q, "5"));
	question_free(q);
}

TEST(takes_an_open_quote_as_text)
{
	struct question *q = parse("\"结节");

	(void)state;
	assert_int_equal(q->nmust, 0);
	assert_non_null(find(q, "结节"));
	question_free(q);
}

TEST(leaves_out_words_that_only_ask)
{
	struct question *q = parse("功率是多少？"), *only = parse("多少");

	(void)state;
	assert_null(find(q, "多少"));
	assert_non_null(find(q, "功率"));
	assert_non_null(find(only, "多少"));
	question_free(q);
	question_free(only);
}

TEST(refuses_empty_long_and_broken_questions)
{
	static char big[QUESTION_MAX + 1];
	struct err e = { 0 };

	(void)state;
	memset(big, 'a', sizeof(big));
	assert_null(question_parse(SLICE(" \n　"), false, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_null(
	    question_parse((struct slice){ big, sizeof(big) }, false, &e));
	assert_string_equal(e.code, "limit_record");
	assert_null(question_parse(SLICE("a\xFF"), false, &e));
	assert_string_equal(e.code, "encoding");
}

TEST(covers_the_share_of_weight_that_a_text_shows)
{
	struct question *q = parse("功率");
	double cover;

	(void)state;
	for (size_t i = 0; i < q->nterms; i++)
		q->terms[i].idf = 2;
	assert_true(rank_score(q, SLICE("设定功率40W"), 10, &cover) > 0);
	assert_true(cover == 1);
	assert_true(rank_score(q, SLICE("做功"), 10, &cover) > 0);
	assert_true(cover == 0.4);
	assert_true(rank_score(q, SLICE("结节"), 10, &cover) == 0);
	assert_true(cover == 0);
	question_free(q);
}

TEST(joins_marks_that_touch)
{
	struct question *q = parse("甲状腺 40W");
	struct arena *a = arena_new();
	struct mark *marks;

	(void)state;
	assert_int_equal(rank_marks(q, SLICE("见甲状腺,40W"), a, &marks), 2);
	assert_int_equal(marks[0].from, 3);
	assert_int_equal(marks[0].to, 12);
	assert_int_equal(marks[1].from, 13);
	arena_free(a);
	question_free(q);
}

static void
assert_where(
    const char *text, const char *name, enum where_op op, const char *value)
{
	struct err e = { 0 };
	struct where w;

	assert_true(where_parse(slice_of(text), &w, &e));
	assert_slice(w.name, name);
	assert_int_equal(w.op, op);
	assert_slice(w.value, value);
}

TEST(reads_a_selection_at_its_first_operator)
{
	(void)state;
	assert_where("patient=7f3a", "patient", WHERE_EQ, "7f3a");
	assert_where(" date >= 2024-01 ", "date", WHERE_GE, "2024-01");
	assert_where("dept!=超声科", "dept", WHERE_NE, "超声科");
	assert_where("src~a=b", "src", WHERE_HAS, "a=b");
	assert_where("结节最大径<3", "结节最大径", WHERE_LT, "3");
}

TEST(refuses_a_selection_that_lacks_a_part)
{
	static const char *const bad[] = { "", "kind", "=x",
		"kind=", "kind= " };
	struct where w;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err e = { 0 };

		assert_false(where_parse(slice_of(bad[i]), &w, &e));
		assert_int_equal(e.kind, ERR_USAGE);
		assert_true(e.text[0] != '\0');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weighs_a_pair_half_of_a_character_or_word),
		cmocka_unit_test(marks_a_character_that_stands_alone),
		cmocka_unit_test(
		    takes_phrases_that_must_and_words_that_must_not_occur),
		cmocka_unit_test(takes_an_open_quote_as_text),
		cmocka_unit_test(leaves_out_words_that_only_ask),
		cmocka_unit_test(refuses_empty_long_and_broken_questions),
		cmocka_unit_test(covers_the_share_of_weight_that_a_text_shows),
		cmocka_unit_test(joins_marks_that_touch),
		cmocka_unit_test(reads_a_selection_at_its_first_operator),
		cmocka_unit_test(refuses_a_selection_that_lacks_a_part),
	};

	return RUN(tests);
}
