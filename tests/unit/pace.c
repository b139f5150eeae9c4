/* So much a minute, saved up for one second, and what was noted too high. */
#include "test.h"

#include "model/pace.h"

TEST(without_a_limit_everything_may_go)
{
	struct pace p = { 0, 0 };

	(void)state;
	pace_spend(&p, 1000000, 5);
	assert_true(pace_allows(&p, 5));
}

/* Requests sent in the first `ms`, one asked for every millisecond. */
static unsigned
sent_in(struct pace *p, long from, long ms)
{
	unsigned n = 0;

	for (long now = from; now < from + ms; now++)
		while (pace_allows(p, now)) {
			pace_spend(p, 1, now);
			n++;
		}
	return n;
}

TEST(a_minute_has_no_more_than_its_number_and_one_second)
{
	struct pace p = { 120, 0 };

	(void)state;
	assert_in_range(sent_in(&p, 1000000, 60000), 120, 123);
	assert_in_range(sent_in(&p, 1060000, 60000), 119, 121);
}

TEST(a_pause_saves_up_one_second_only)
{
	struct pace p = { 60, 0 };

	(void)state;
	pace_spend(&p, 1, 1000000);
	assert_in_range(sent_in(&p, 1000000 + 3600000, 1), 1, 2);
}

TEST(what_was_noted_too_high_is_given_back)
{
	struct pace p = { 6000, 0 };

	(void)state;
	pace_spend(&p, 600, 1000000);
	assert_false(pace_allows(&p, 1001000));
	pace_spend(&p, -590, 1000100);
	assert_true(pace_allows(&p, 1000100));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_limit_everything_may_go),
		cmocka_unit_test(
		    a_minute_has_no_more_than_its_number_and_one_second),
		cmocka_unit_test(a_pause_saves_up_one_second_only),
		cmocka_unit_test(what_was_noted_too_high_is_given_back),
	};

	return RUN(tests);
}
