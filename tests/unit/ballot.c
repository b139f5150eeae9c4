/* What several votes on one indicator come to. */
#include "test.h"

#include "base/arena.h"
#include "extract/ballot.h"

static struct arena *arena;

static struct answer
value(const char *text)
{
	return (struct answer){ .status = STATUS_OK,
		.value = slice_of(text),
		.engine = ENGINE_LLM };
}

static struct answer
vote(const struct answer *a, const struct answer *b, const struct answer *c)
{
	const struct answer *votes[] = { a, b, c };
	struct answer out;

	ballot(votes, 3, arena, &out);
	return out;
}

TEST(one_vote_is_its_own_outcome)
{
	struct answer a = value("4"), out;
	const struct answer *votes[] = { &a };

	(void)state;
	ballot(votes, 1, arena, &out);
	assert_int_equal(out.status, STATUS_OK);
	assert_slice(out.value, "4");
	assert_slice(out.why, "");
}

TEST(unanimous_votes_say_nothing_of_it)
{
	struct answer a = value("4"), b = value("4"), c = value("4");
	struct answer out = vote(&a, &b, &c);

	(void)state;
	assert_slice(out.value, "4");
	assert_slice(out.why, "");
	out = vote(NULL, NULL, NULL);
	assert_int_equal(out.status, STATUS_ABSENT);
	assert_slice(out.why, "");
}

TEST(two_of_three_win_and_say_so)
{
	struct answer a = value("5"), b = value("4"), c = value("4"), out;

	(void)state;
	c.why = SLICE("no_anchor");
	out = vote(&a, &b, &c);
	assert_slice(out.value, "4");
	assert_slice(out.why, "votes 2/3");
	out = vote(&c, &a, &b);
	assert_slice(out.why, "no_anchor, votes 2/3");
}

TEST(silence_wins_over_one_voice)
{
	struct answer a = value("4"), out = vote(NULL, &a, NULL);

	(void)state;
	assert_int_equal(out.status, STATUS_ABSENT);
	assert_slice(out.value, "");
}

TEST(no_majority_shows_each_value_once)
{
	struct answer a = value("4"), b = value("5"), out;
	struct answer u = { .status = STATUS_UNGROUNDED,
		.claimed = SLICE("9") };

	(void)state;
	out = vote(&a, &b, NULL);
	assert_int_equal(out.status, STATUS_CONFLICT);
	assert_slice(out.claimed, "[4,5]");
	assert_slice(out.value, "");
	assert_slice(out.why, "votes 1/3");
	out = vote(&u, &a, NULL);
	assert_int_equal(out.status, STATUS_CONFLICT);
	assert_slice(out.claimed, "[4]");
}

TEST(claims_without_proof_never_become_a_value)
{
	struct answer u = { .status = STATUS_UNGROUNDED,
		.claimed = SLICE("9") };
	struct answer f = { .status = STATUS_FAILED }, out;

	(void)state;
	out = vote(&u, &u, NULL);
	assert_int_equal(out.status, STATUS_UNGROUNDED);
	assert_slice(out.value, "");
	out = vote(&u, &f, NULL);
	assert_int_equal(out.status, STATUS_UNGROUNDED);
	out = vote(&f, &f, NULL);
	assert_int_equal(out.status, STATUS_FAILED);
}

TEST(the_same_number_in_another_status_is_another_vote)
{
	struct answer a = value("4"), b = value("4"), out;

	(void)state;
	b.status = STATUS_OUT_OF_RANGE;
	out = vote(&a, &b, NULL);
	assert_int_equal(out.status, STATUS_CONFLICT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_vote_is_its_own_outcome),
		cmocka_unit_test(unanimous_votes_say_nothing_of_it),
		cmocka_unit_test(two_of_three_win_and_say_so),
		cmocka_unit_test(silence_wins_over_one_voice),
		cmocka_unit_test(no_majority_shows_each_value_once),
		cmocka_unit_test(claims_without_proof_never_become_a_value),
		cmocka_unit_test(
		    the_same_number_in_another_status_is_another_vote),
	};
	int failed;

	arena = arena_new();
	failed = RUN(tests);
	arena_free(arena);
	return failed;
}
