#include "base/watchdog.h"

#include <stdatomic.h>

#include "test.h"

static void
raise_flag(void *ctx)
{
	atomic_store((atomic_bool *)ctx, true);
}

TEST(work_that_never_ends_is_stopped_and_the_next_begins_anew)
{
	atomic_bool stopped = false;
	struct watchdog *w = watchdog_new(50, raise_flag, &stopped);

	(void)state;
	for (int i = 0; i < 2; i++) {
		atomic_store(&stopped, false);
		watchdog_begin(w);
		while (!atomic_load(&stopped))
			;
		watchdog_end(w);
	}
	watchdog_free(w);
}

TEST(many_short_pieces_of_work_are_never_stopped)
{
	atomic_bool stopped = false;
	struct watchdog *w = watchdog_new(300, raise_flag, &stopped);
	volatile unsigned long sum = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		watchdog_begin(w);
		for (int k = 0; k < 20000; k++)
			sum += (unsigned long)k;
		watchdog_end(w);
	}
	assert_false(atomic_load(&stopped));
	watchdog_free(w);
}

TEST(a_watchdog_that_never_watched_goes_without_a_thread)
{
	(void)state;
	watchdog_free(watchdog_new(1, raise_flag, NULL));
	watchdog_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    work_that_never_ends_is_stopped_and_the_next_begins_anew),
		cmocka_unit_test(many_short_pieces_of_work_are_never_stopped),
		cmocka_unit_test(
		    a_watchdog_that_never_watched_goes_without_a_thread),
	};

	return RUN(tests);
}
