#include "io/ahead.h"

#include <stdbool.h>
#include <string.h>

#include "test.h"

/* Blocks "0", "1", ... of growing size; fails or ends behind `last`. */
struct counter {
	unsigned next, last;
	bool fails;
	char text[4096];
};

static ssize_t
count_on(void *ctx, const char **block, struct err *e)
{
	struct counter *c = ctx;
	size_t n = c->next % sizeof(c->text) + 1;

	if (c->next == c->last && c->fails) {
		err_set(e, ERR_INPUT, "broken behind %u", c->last);
		return -1;
	}
	if (c->next == c->last)
		return 0;
	memset(c->text, (int)('0' + c->next % 10), n);
	c->next++;
	*block = c->text;
	return (ssize_t)n;
}

static void
check_next(struct ahead *a, unsigned i)
{
	size_t want = i % 4096 + 1;
	struct err e = { 0 };
	const char *block;
	ssize_t n = ahead_next(a, &block, &e);

	assert_int_equal(n, want);
	for (size_t k = 0; k < want; k++)
		assert_int_equal(block[k], '0' + i % 10);
}

static void
hands_out_blocks_in_their_order(void **state)
{
	struct counter c = { .last = 5000 };
	struct ahead *a = ahead_new(count_on, &c);
	struct err e = { 0 };
	const char *block;

	(void)state;
	assert_non_null(a);
	for (unsigned i = 0; i < c.last; i++)
		check_next(a, i);
	assert_int_equal(ahead_next(a, &block, &e), 0);
	ahead_free(a);
}

static void
gives_what_came_before_a_failure_and_then_the_failure(void **state)
{
	struct counter c = { .last = 3, .fails = true };
	struct ahead *a = ahead_new(count_on, &c);
	struct err e = { 0 };
	const char *block;

	(void)state;
	assert_non_null(a);
	for (unsigned i = 0; i < 3; i++)
		check_next(a, i);
	assert_int_equal(e.kind, ERR_NONE);
	assert_int_equal(ahead_next(a, &block, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_string_equal(e.text, "broken behind 3");
	ahead_free(a);
}

static void
goes_on_without_its_thread_when_stopped(void **state)
{
	struct counter c = { .last = 100 };
	struct ahead *a = ahead_new(count_on, &c);
	struct err e = { 0 };
	const char *block;
	unsigned i = 0;

	(void)state;
	assert_non_null(a);
	for (; i < 5; i++)
		check_next(a, i);
	ahead_stop(a);
	assert_true(c.next >= 5 && c.next < 100);
	for (; i < 100; i++)
		check_next(a, i);
	assert_int_equal(ahead_next(a, &block, &e), 0);
	ahead_free(a);
}

static void
can_be_freed_while_it_waits_for_room(void **state)
{
	struct counter c = { .last = 1000000 };
	struct ahead *a = ahead_new(count_on, &c);

	(void)state;
	assert_non_null(a);
	ahead_free(a);
	assert_true(c.next < 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hands_out_blocks_in_their_order),
		cmocka_unit_test(
		    gives_what_came_before_a_failure_and_then_the_failure),
		cmocka_unit_test(goes_on_without_its_thread_when_stopped),
		cmocka_unit_test(can_be_freed_while_it_waits_for_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
