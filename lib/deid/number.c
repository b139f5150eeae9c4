#include "deid/number.h"

#include <string.h>

#include "base/date.h"

static int
two(const char *p)
{
	return (p[0] - '0') * 10 + p[1] - '0';
}

static bool
all_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return true;
}

/* The first two digits are a province. */
static bool
is_region(const char *p)
{
	static const char regions[] = "11121314152122233132333435363741424344"
				      "454650515253546162636465718182";

	for (size_t i = 0; i < sizeof(regions) - 1; i += 2)
		if (memcmp(regions + i, p, 2) == 0)
			return true;
	return false;
}

static char
check_digit(const char *p)
{
	static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9,
		10, 5, 8, 4, 2 };
	int sum = 0;

	for (size_t i = 0; i < 17; i++)
		sum += (p[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

bool
number_is_id_18(const char *p)
{
	int year;

	if (!all_digits(p, 17) || !is_region(p))
		return false;
	year = two(p + 6) * 100 + two(p + 8);
	if (year < 1850 || year > 2100 ||
	    !date_exists(year, (unsigned)two(p + 10), (unsigned)two(p + 12)))
		return false;
	return check_digit(p) == (p[17] == 'x' ? 'X' : p[17]);
}

bool
number_is_id_15(const char *p)
{
	return all_digits(p, 15) && is_region(p) &&
	    date_exists(
		1900 + two(p + 6), (unsigned)two(p + 8), (unsigned)two(p + 10));
}

size_t
number_id_18(char *p)
{
	if (!number_is_id_15(p))
		return 15;
	memmove(p + 8, p + 6, 9);
	memcpy(p + 6, "19", 2);
	p[17] = check_digit(p);
	if (p[17] == 'X')
		p[17] = 'x';
	return 18;
}

bool
number_luhn(const char *p, size_t n)
{
	int sum = 0;

	if (!all_digits(p, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		int d = p[n - 1 - i] - '0';

		if (i % 2 == 1)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return sum % 10 == 0;
}
