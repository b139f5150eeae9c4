#include "model/price.h"

#include <string.h>

#include "test.h"

static const char table[] = "model,in,out,cached\n"
			    "deep,2.5,10,0.5\n"
			    "plain,1,2,\n"
			    ",100,100,100\n";

static uint64_t
amount(const char *text)
{
	uint64_t n = 7;

	return price_amount(slice_of(text), &n) ? n : UINT64_MAX;
}

static void
reads_amounts_to_the_millionth(void **state)
{
	(void)state;
	assert_int_equal(amount("12.5"), 12500000);
	assert_int_equal(amount("0.000001"), 1);
	assert_int_equal(amount("999999999"), UINT64_C(999999999000000));
	assert_int_equal(amount("0.0000001"), UINT64_MAX);
	assert_int_equal(amount("1."), UINT64_MAX);
	assert_int_equal(amount("-1"), UINT64_MAX);
	assert_int_equal(amount("1e3"), UINT64_MAX);
	assert_int_equal(amount(""), UINT64_MAX);
}

static void
counts_cached_tokens_by_their_own_price(void **state)
{
	struct err e = { 0 };
	struct prices *p = prices_parse("t", slice_of(table), &e);
	const struct chat_usage used = {
		.in = 1000000, .out = 10, .cached = 400000
	};

	(void)state;
	assert_non_null(p);
	assert_int_equal(prices_cost(p, SLICE("deep"), &used),
	    600000 * 5 / 2 + 400000 / 2 + 100);
	assert_int_equal(prices_cost(p, SLICE("plain"), &used), 1000020);
	assert_int_equal(prices_cost(p, SLICE("else"), &used), 100001000);
	assert_true(prices_know(p, SLICE("else")));
	prices_free(p);
}

static void
rounds_up_and_knows_nothing_without_a_table(void **state)
{
	struct err e = { 0 };
	struct prices *p =
	    prices_parse("t", SLICE("model,in,out\na,0.1,0\n"), &e);
	const struct chat_usage one = { .in = 1 };

	(void)state;
	assert_int_equal(prices_cost(p, SLICE("a"), &one), 1);
	assert_int_equal(prices_cost(p, SLICE("b"), &one), 0);
	assert_false(prices_know(p, SLICE("b")));
	assert_false(prices_know(NULL, SLICE("a")));
	prices_free(p);
	assert_null(prices_parse("t", SLICE("model,in,out\na,x,0\n"), &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_amounts_to_the_millionth),
		cmocka_unit_test(counts_cached_tokens_by_their_own_price),
		cmocka_unit_test(rounds_up_and_knows_nothing_without_a_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
