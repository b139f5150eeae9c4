#include "rules/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static int64_t
fixed(const char *text)
{
	struct decimal d;
	struct err e = { 0 };
	int64_t v;

	assert_true(decimal_parse(slice_of(text), arena, &d, &e));
	assert_true(fixed_of(&d, arena, &v));
	return v;
}

static const char *
spelled(int64_t v)
{
	struct buf b = { 0 };
	const char *text;

	fixed_put(&b, v);
	text = arena_string(arena, b.p, b.n);
	buf_release(&b);
	return text;
}

/*
 * Samples "second=value ..." through the rule; what came of them as
 * "o AT SINCE VALUE N;" for an alert opened, "c ..." for one closed.
 */
static const char *
run(enum check check, const char *arg, const char *text)
{
	struct window w;
	struct window_state s = { 0 };
	struct err e = { 0 };
	struct buf b = { 0 };
	struct slice rest = slice_of(text), part;
	const char *out;

	assert_true(window_parse(check, slice_of(arg), arena, &w, &e));
	while (slice_next(&rest, ' ', &part)) {
		const char *equals = memchr(part.p, '=', part.n);
		struct window_event events[WINDOW_EVENTS];
		struct sample new = { .at = fixed(arena_string(arena, part.p,
					  (size_t)(equals - part.p))),
			.value = fixed(arena_string(arena, equals + 1,
			    (size_t)(part.p + part.n - equals - 1))) };
		unsigned n = window_add(&w, &s, new, events);

		for (unsigned i = 0; i < n; i++) {
			buf_addf(&b, "%c %s %s ", events[i].open ? 'o' : 'c',
			    spelled(events[i].at), spelled(events[i].since));
			buf_addf(&b, "%s %u;",
			    events[i].has_value ? spelled(events[i].value)
						: "-",
			    (unsigned)events[i].samples);
		}
	}
	window_release(&s);
	out = arena_string(arena, b.n == 0 ? "" : b.p, b.n);
	buf_release(&b);
	return out;
}

static void
keeps_six_places_and_rounds_half_to_even(void **state)
{
	struct decimal d;
	struct err e = { 0 };
	int64_t v;

	(void)state;
	assert_string_equal(spelled(fixed("36.50")), "36.5");
	assert_string_equal(spelled(fixed("-0.0000015")), "-0.000002");
	assert_string_equal(spelled(fixed("0.0000025")), "0.000002");
	assert_string_equal(spelled(fixed("1e3")), "1000");
	assert_string_equal(spelled(fixed("1e12")), "1000000000000");
	assert_true(decimal_parse(SLICE("1000000000001"), arena, &d, &e));
	assert_false(fixed_of(&d, arena, &v));
	assert_true(decimal_parse(SLICE("9e18"), arena, &d, &e));
	assert_false(fixed_of(&d, arena, &v));
}

static void
a_step_looks_back_to_the_limit_itself(void **state)
{
	(void)state;
	assert_string_equal(
	    run(CHECK_STEP, "20 in 10s", "0=80 10=100 11=101 20=80"),
	    "o 20 10 80 3;");
	assert_string_equal(run(CHECK_STEP, "20 in 10s", "0=80 10=101 11=101"),
	    "o 10 0 101 2;c 11 0 101 2;");
	assert_string_equal(
	    run(CHECK_STEP, "20 in 10s", "0=80 10.000001=101"), "");
}

static void
stuck_is_a_run_whose_ends_are_the_span_apart(void **state)
{
	(void)state;
	assert_string_equal(run(CHECK_STUCK, "1m", "0=5 30=5.0 59=5 60=5 70=6"),
	    "o 60 0 5 4;c 70 0 6 1;");
	assert_string_equal(
	    run(CHECK_STUCK, "1m ~ 0.5", "0=5 30=5.5 60=4.5"), "o 60 0 4.5 3;");
	assert_string_equal(run(CHECK_STUCK, "1m", "0=5 61=5 100=5"), "");
}

static void
hold_ends_with_a_good_sample_or_a_silence(void **state)
{
	(void)state;
	assert_string_equal(run(CHECK_HOLD, "< 90 for 1m",
				"0=89 30=89.9 60=86 90=85 95=90 99=80"),
	    "o 60 0 86 3;c 95 0 90 0;");
	assert_string_equal(run(CHECK_HOLD, "< 90 for 1m", "0=80 60=80 121=80"),
	    "o 60 0 80 2;c 121 0 80 1;");
	assert_string_equal(
	    run(CHECK_HOLD, ">= -1 for 1s", "0=-1 1=-1"), "o 1 0 -1 2;");
}

static void
a_gap_opens_behind_its_limit_and_closes_with_the_next_sample(void **state)
{
	struct window w;
	struct window_state s = { 0 };
	struct window_event events[WINDOW_EVENTS];
	struct err e = { 0 };

	(void)state;
	assert_string_equal(
	    run(CHECK_GAP, "30s", "0=1 30=1 61=2"), "o 60 30 - 0;c 61 30 2 0;");
	assert_true(window_parse(CHECK_GAP, SLICE("30s"), arena, &w, &e));
	window_add(&w, &s, (struct sample){ 0, 0 }, events);
	assert_false(window_due(&w, &s, 30 * FIXED_ONE, events));
	assert_true(window_due(&w, &s, 30 * FIXED_ONE + 1, events));
	assert_false(window_due(&w, &s, 90 * FIXED_ONE, events));
	window_release(&s);
}

static void
a_window_leaves_its_start_out_and_waits_for_its_age(void **state)
{
	(void)state;
	assert_string_equal(
	    run(CHECK_WINDOW, "mean [60,100] over 1m", "0=10 30=50 59=50"), "");
	assert_string_equal(run(CHECK_WINDOW, "mean [60,100] over 1m",
				"0=10 30=50 60=60 61=90"),
	    "o 60 30 55 2;c 61 30 66.666667 3;");
	assert_string_equal(
	    run(CHECK_WINDOW, "max [,100) over 10s", "0=1 5=100 10=1 15=2"),
	    "o 10 5 100 2;c 15 5 2 2;");
	assert_string_equal(
	    run(CHECK_WINDOW, "min (3,] over 10s", "0=9 5=3 10=4 15=5"),
	    "o 10 5 3 2;c 15 5 4 2;");
	assert_string_equal(
	    run(CHECK_WINDOW, "count [2,] over 10s", "0=1 10=1 11=1"),
	    "o 10 10 1 1;c 11 10 2 2;");
	assert_string_equal(
	    run(CHECK_WINDOW, "sd [,1] over 10s", "0=1 4=2 8=4 10=4"),
	    "o 10 4 1.154701 3;");
}

/*
 * The same distances far from zero, where sums of squares have no room, and
 * near it again when the far samples have left the window.
 */
static void
a_deviation_is_the_same_wherever_the_values_lie(void **state)
{
	static const char *const far[] = { "0=999999999 4=1000000000 "
					   "8=1000000002 10=1000000002",
		"0=-99999999999 4=-99999999998 8=-99999999996 10=-99999999996",
		"0=999999999998 4=999999999998 8=1e12 10=1e12" };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(
		    run(CHECK_WINDOW, "sd [,1] over 10s", far[i]),
		    "o 10 4 1.154701 3;");
	assert_non_null(strstr(run(CHECK_WINDOW, "sd [,2] over 10s",
				   "0=-1e12 5=1e12 10=1 14=2 16=4 20=4"),
	    ";c 16 5 1.527525 3;"));
}

static void
says_what_an_argument_lacks(void **state)
{
	static const struct {
		enum check check;
		const char *arg, *says;
	} bad[] = { { CHECK_STEP, "20", "expected in at the end" },
		{ CHECK_STEP, "-2 in 10s", "'step' takes no negative number" },
		{ CHECK_GAP, "0s",
		    "expected a duration such as 30s, 5m, 24h at character 1, "
		    "not '0s'" },
		{ CHECK_HOLD, "90 for 60s",
		    "expected = != < <= > >= at character 1, not '90'" },
		{ CHECK_WINDOW, "median [1,2] over 5m",
		    "expected mean, min, max, sd or count at character 1, not "
		    "'median'" },
		{ CHECK_WINDOW, "mean [1,2024-01-01] over 5m",
		    "an interval from a date to a number" },
		{ CHECK_STUCK, "5m ~ x",
		    "expected a number at character 6, not 'x'" },
		{ CHECK_STUCK, "5m 6m",
		    "expected the end at character 4, not '6m'" } };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct window w;
		struct err e = { 0 };

		assert_false(window_parse(
		    bad[i].check, slice_of(bad[i].arg), arena, &w, &e));
		assert_int_equal(e.kind, ERR_USAGE);
		assert_string_equal(e.text, bad[i].says);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_six_places_and_rounds_half_to_even),
		cmocka_unit_test(a_step_looks_back_to_the_limit_itself),
		cmocka_unit_test(stuck_is_a_run_whose_ends_are_the_span_apart),
		cmocka_unit_test(hold_ends_with_a_good_sample_or_a_silence),
		cmocka_unit_test(
		    a_gap_opens_behind_its_limit_and_closes_with_the_next_sample),
		cmocka_unit_test(
		    a_window_leaves_its_start_out_and_waits_for_its_age),
		cmocka_unit_test(
		    a_deviation_is_the_same_wherever_the_values_lie),
		cmocka_unit_test(says_what_an_argument_lacks),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
