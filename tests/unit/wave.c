/* Physical values, and windows of samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "sources/wave.h"
#include "sources/wfdb.h"

static const char *
text_of(const struct wave_scale *s, int64_t digital)
{
	static struct buf b;

	buf_reset(&b);
	wave_put(s, digital, &b);
	return buf_string(&b);
}

static struct wave_scale
range(const char *pmin, const char *pmax, const char *dmin, const char *dmax)
{
	struct slice p[2] = { slice_of(pmin), slice_of(pmax) };
	struct slice d[2] = { slice_of(dmin), slice_of(dmax) };

	return wave_scale_range(p, d);
}

static void
writes_what_ends_exactly(void **state)
{
	struct wave_scale s = range("-5", "5", "0", "1024");

	(void)state;
	assert_string_equal(text_of(&s, 0), "-5");
	assert_string_equal(text_of(&s, 1), "-4.990234375");
	assert_string_equal(text_of(&s, 512), "0");
	assert_string_equal(text_of(&s, 1024), "5");
	assert_string_equal(text_of(&s, 1124), "5.9765625");
	s = wave_scale_gain(SLICE("200"), -1024);
	assert_string_equal(text_of(&s, -1024), "0");
	assert_string_equal(text_of(&s, -1023), "0.005");
	assert_string_equal(text_of(&s, 18976), "100");
}

static void
rounds_what_goes_on(void **state)
{
	struct wave_scale s = range("-100", "100", "-2048", "2047");

	(void)state;
	/* The step is 0.0488…: two places to its first digit, three more. */
	assert_string_equal(text_of(&s, 0), "0.02442");
	assert_string_equal(text_of(&s, -1), "-0.02442");
	s = range("0", "1", "0", "3");
	assert_string_equal(text_of(&s, 2), "0.6667");
	s = range("100", "-100", "-3", "3");
	assert_string_equal(text_of(&s, 1), "-33.333");
}

static void
takes_odd_spellings_and_refuses_none(void **state)
{
	struct wave_scale s = range("-1E+3", "1.00e3", "+0", "10");
	int64_t n;
	unsigned places;

	(void)state;
	assert_string_equal(text_of(&s, 0), "-1000");
	assert_string_equal(text_of(&s, 10), "1000");
	assert_false(range("0", "1", "5", "5").ok);
	assert_false(range("", "1", "0", "5").ok);
	assert_false(range("0", "1", "0.5", "5").ok);
	s = range("a", "1", "0", "5");
	assert_string_equal(text_of(&s, 1), "null");
	assert_false(wave_number(SLICE("."), &n, &places));
	assert_false(wave_number(SLICE("1e"), &n, &places));
	assert_false(wave_number(SLICE("123456789012345678"), &n, &places));
	assert_false(wave_number(SLICE("1e18"), &n, &places));
	assert_true(wave_number(SLICE(".5"), &n, &places));
}

static void
holds_the_widest_fields(void **state)
{
	struct wave_scale s =
	    range("-9999999", "99999999", "-8388608", "8388607");

	(void)state;
	assert_true(s.ok);
	assert_string_equal(text_of(&s, -8388608), "-9999999");
	assert_string_equal(text_of(&s, 8388607), "99999999");
	s = wave_scale_gain(SLICE("1.0230790941362813"), INT32_MIN);
	assert_true(s.ok);
	assert_string_equal(text_of(&s, INT32_MIN), "0");
}

static void
puts_each_sample_into_one_window(void **state)
{
	static const struct wave_rate rates[] = { { 256, WAVE_NANO },
		{ 1, 3 * WAVE_NANO }, { 5, 2 * WAVE_NANO }, { 7, 999999937 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rates) / sizeof(*rates); i++) {
		const struct wave_rate *r = &rates[i];
		uint64_t length = 700000000;

		assert_int_equal(wave_first(r, length, 0), 0);
		for (uint64_t n = 0; n < 2000; n++) {
			uint64_t w = wave_window_of(r, length, n);

			assert_true(wave_first(r, length, w) <= n);
			assert_true(wave_first(r, length, w + 1) > n);
		}
	}
}

static void
counts_the_samples_of_a_broken_unit(void **state)
{
	(void)state;
	assert_int_equal(wfdb_count(wfdb_packing(212), 5), 3);
	assert_int_equal(wfdb_count(wfdb_packing(212), 4), 2);
	assert_int_equal(wfdb_count(wfdb_packing(310), 6), 4);
	assert_int_equal(wfdb_count(wfdb_packing(16), 5), 2);
	assert_null(wfdb_packing(516));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_what_ends_exactly),
		cmocka_unit_test(rounds_what_goes_on),
		cmocka_unit_test(takes_odd_spellings_and_refuses_none),
		cmocka_unit_test(holds_the_widest_fields),
		cmocka_unit_test(puts_each_sample_into_one_window),
		cmocka_unit_test(counts_the_samples_of_a_broken_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
