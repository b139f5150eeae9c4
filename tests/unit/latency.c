/* Percentiles out of a histogram, against those of the times themselves. */
#include "test.h"

#include "model/latency.h"

TEST(nothing_measured_is_nothing)
{
	struct latency l = { { 0 }, 0 };

	(void)state;
	assert_int_equal(latency_percentile(&l, 95), 0);
}

TEST(one_time_is_every_percentile)
{
	(void)state;
	for (unsigned long ms = 0; ms < 2000000; ms = ms * 5 / 4 + 1) {
		struct latency l = { { 0 }, 0 };
		unsigned long got;

		latency_add(&l, ms);
		got = latency_percentile(&l, 50);
		assert_in_range(got, ms, ms + ms / 4);
		assert_int_equal(latency_percentile(&l, 95), got);
	}
}

TEST(percentiles_are_those_of_the_times)
{
	struct latency l = { { 0 }, 0 };

	(void)state;
	for (unsigned long ms = 1; ms <= 1000; ms++)
		latency_add(&l, ms);
	assert_in_range(latency_percentile(&l, 50), 500, 625);
	assert_in_range(latency_percentile(&l, 95), 950, 1188);
	assert_in_range(latency_percentile(&l, 0), 0, 1);
}

TEST(a_time_beyond_all_steps_is_counted)
{
	struct latency l = { { 0 }, 0 };

	(void)state;
	latency_add(&l, ~0ul);
	assert_true(latency_percentile(&l, 99) > 1000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_measured_is_nothing),
		cmocka_unit_test(one_time_is_every_percentile),
		cmocka_unit_test(percentiles_are_those_of_the_times),
		cmocka_unit_test(a_time_beyond_all_steps_is_counted),
	};

	return RUN(tests);
}
