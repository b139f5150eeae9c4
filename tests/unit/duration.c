#include "test.h"

#include "base/duration.h"

static int64_t
ms(const char *text)
{
	int64_t n = -1;

	return duration_parse(slice_of(text), &n) ? n : -1;
}

TEST(reads_what_people_type)
{
	(void)state;
	assert_int_equal(ms("5"), 5000);
	assert_int_equal(ms("5s"), 5000);
	assert_int_equal(ms("200ms"), 200);
	assert_int_equal(ms("1.5s"), 1500);
	assert_int_equal(ms("0.25"), 250);
	assert_int_equal(ms("15m"), 900000);
	assert_int_equal(ms("2h"), 7200000);
	assert_int_equal(ms("1d"), 86400000);
	assert_int_equal(ms("0"), 0);
}

TEST(refuses_what_is_no_time)
{
	(void)state;
	assert_int_equal(ms(""), -1);
	assert_int_equal(ms("s"), -1);
	assert_int_equal(ms("-5"), -1);
	assert_int_equal(ms("5 s"), -1);
	assert_int_equal(ms("5M"), -1);
	assert_int_equal(ms("1."), -1);
	assert_int_equal(ms("5mm"), -1);
	assert_int_equal(ms("99999999999999999999"), -1);
	assert_int_equal(ms("9999999d"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_people_type),
		cmocka_unit_test(refuses_what_is_no_time),
	};

	return RUN(tests);
}
