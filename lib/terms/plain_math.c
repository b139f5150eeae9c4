#include "terms/plain_math.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

#define LN2 0.693147180559945309417232121458

/* ln(m * 2^k), m near 1: 2 artanh((m-1)/(m+1)) by its series. */
double
plain_log(double x)
{
	static const double odd[] = { 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15,
		1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1 };
	double s, square, sum = 0;
	int k;

	if (!(x >= DBL_MIN))
		x = DBL_MIN;
	x = frexp(x, &k);
	if (x < 0.707106781186547524) {
		x *= 2;
		k--;
	}
	s = (x - 1) / (x + 1);
	square = s * s;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		sum = sum * square + odd[i];
	return 2 * s * sum + k * LN2;
}

/* exp(r + k ln 2), |r| at most ln(2)/2, by its series. */
double
plain_exp(double x)
{
	static const double parts[] = { 1.0 / 14, 1.0 / 13, 1.0 / 12, 1.0 / 11,
		1.0 / 10, 1.0 / 9, 1.0 / 8, 1.0 / 7, 1.0 / 6, 1.0 / 5, 1.0 / 4,
		1.0 / 3, 1.0 / 2, 1 };
	double r, sum = 1;
	int k;

	if (x > 700)
		x = 700;
	if (!(x >= -700))
		x = -700;
	k = (int)floor(x / LN2 + 0.5);
	r = x - k * LN2;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		sum = 1 + sum * r * parts[i];
	return ldexp(sum, k);
}

double
plain_logistic(double x)
{
	return 1 / (1 + plain_exp(-x));
}
