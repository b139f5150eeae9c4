#include "test.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "search/passage.h"

struct taken {
	struct span list[64];
	size_t n;
};

static bool
take(void *ctx, const struct span *s)
{
	struct taken *t = ctx;

	t->list[t->n++] = *s;
	return t->n < 64;
}

static struct taken
cut(const char *text)
{
	struct taken t = { 0 };

	passage_cut(slice_of(text), take, &t);
	return t;
}

static void
assert_sentence(const char *text, struct span *s, const char *want)
{
	assert_true(passage_sentence(slice_of(text), s));
	assert_slice(((struct slice){ text + s->from, s->to - s->from }), want);
}

TEST(ends_a_sentence_at_a_stop_with_the_blanks_behind_it)
{
	const char *text = "一。二；\n 三! 5.3cm. End";
	struct span s = { 0 };

	(void)state;
	assert_sentence(text, &s, "一。");
	assert_sentence(text, &s, "二；\n ");
	assert_sentence(text, &s, "三! ");
	assert_sentence(text, &s, "5.3cm. ");
	assert_sentence(text, &s, "End");
	assert_false(passage_sentence(slice_of(text), &s));
}

TEST(keeps_a_short_text_whole)
{
	struct taken t = cut("甲状腺。右叶。");

	(void)state;
	assert_int_equal(t.n, 1);
	assert_int_equal(t.list[0].from, 0);
	assert_int_equal(t.list[0].to, 21);
	assert_int_equal(t.list[0].behind, 7);
}

TEST(shares_one_sentence_between_neighbours)
{
	struct buf b = { 0 };
	struct taken t;

	(void)state;
	for (int i = 0; i < 60; i++)
		buf_adds(&b, "甲状腺右叶中部结节大小约五厘米边界清楚。");
	t = cut(buf_string(&b));
	assert_int_equal(t.n, 3);
	for (size_t i = 0; i < t.n; i++)
		assert_true(t.list[i].behind - t.list[i].first <= PASSAGE_MAX);
	assert_int_equal(t.list[1].first, t.list[0].behind - 20);
	assert_int_equal(t.list[2].behind, 1200);
	buf_release(&b);
}

TEST(cuts_an_endless_sentence_so_that_each_pair_stands_in_one_piece)
{
	struct buf b = { 0 };
	struct taken t;

	(void)state;
	for (int i = 0; i < 1200; i++)
		buf_adds(&b, i % 2 ? "甲" : "状");
	t = cut(buf_string(&b));
	assert_int_equal(t.n, 3);
	for (size_t i = 1; i < t.n; i++)
		assert_int_equal(t.list[i].first, t.list[i - 1].behind - 1);
	assert_int_equal(t.list[2].behind, 1200);
	assert_int_equal(t.list[2].to, b.n);
	buf_release(&b);
}

TEST(has_no_passage_of_nothing)
{
	(void)state;
	assert_int_equal(cut("").n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    ends_a_sentence_at_a_stop_with_the_blanks_behind_it),
		cmocka_unit_test(keeps_a_short_text_whole),
		cmocka_unit_test(shares_one_sentence_between_neighbours),
		cmocka_unit_test(
		    cuts_an_endless_sentence_so_that_each_pair_stands_in_one_piece),
		cmocka_unit_test(has_no_passage_of_nothing),
	};

	return RUN(tests);
}
