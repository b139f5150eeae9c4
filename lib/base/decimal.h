/*
 * decimal - exact decimal numbers, from their spelling.
 *
 * The value is digits * 10^exponent.  Digits stay as they were written, so
 * that "0.10" prints as "0.10" and a 19-digit id is exact; comparing is by
 * value.  Nothing goes through a double.  Digits belong to the arena given
 * (or to a literal); a decimal is then a plain value and may be copied.
 * Numbers whose leading or last digit stands more than DECIMAL_MAX places
 * from the point are refused (ERR_DATA, code "number").
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

#define DECIMAL_MAX		4000
#define DECIMAL_PRECISION	15	/* significant digits of a quotient */
#define DECIMAL_DIVISOR		18	/* of what decimal_is_multiple divides by */

struct decimal {
	bool		 negative;
	const char	*digits;	/* '0' to '9', at least one; no needless
					   zero in front, zeros behind stay */
	size_t		 n;
	long		 exponent;	/* of the last digit */
};

/* [+-] digits [. digits] [e[+-]digits]; ".5" and "5." are numbers too. */
bool		decimal_parse(struct slice, struct arena *, struct decimal *,
		    struct err *);
/*
 * The same of any size, to compare with and no more; false where it is none, or
 * its exponent has more than 18 digits.
 */
bool		decimal_read(struct slice, struct arena *, struct decimal *);
struct decimal	decimal_of_long(long long, struct arena *);
/* The nearest number of at most 15 digits; false for inf and nan. */
bool		decimal_of_double(double, struct arena *, struct decimal *);
double		decimal_double(const struct decimal *);
/* False where it is no whole number or does not fit. */
bool		decimal_long(const struct decimal *, long long *);

/* <0, 0, >0; 0.10 equals 0.1, -0 equals 0. */
int		decimal_cmp(const struct decimal *, const struct decimal *);
int		decimal_sign(const struct decimal *);
bool		decimal_is_integer(const struct decimal *);
/* Exactly; of: of at most DECIMAL_DIVISOR significant digits, not 0. */
bool		decimal_is_multiple(const struct decimal *,
		    const struct decimal *of);
/* How many digits count: 2 of 0.0450. */
size_t		decimal_digits(const struct decimal *);

/* Exact; false only where the result is beyond DECIMAL_MAX. */
bool		decimal_add(const struct decimal *, const struct decimal *,
		    struct arena *, struct decimal *, struct err *);
bool		decimal_sub(const struct decimal *, const struct decimal *,
		    struct arena *, struct decimal *, struct err *);
bool		decimal_mul(const struct decimal *, const struct decimal *,
		    struct arena *, struct decimal *, struct err *);
/*
 * One rounding to 15 significant digits, half to even; zeros behind are
 * dropped: 1/4 is 0.25.  Division by zero is ERR_DATA.
 */
bool		decimal_div(const struct decimal *, const struct decimal *,
		    struct arena *, struct decimal *, struct err *);
/* Rounded half to even to so many significant digits (at least 1). */
struct decimal	decimal_round(const struct decimal *, size_t digits,
		    struct arena *);
/* Rounded half to even to so many places behind the point (may be < 0). */
struct decimal	decimal_places(const struct decimal *, long places,
		    struct arena *);
/* Without zeros behind the last digit that counts: 5.60 -> 5.6, 100 -> 100. */
struct decimal	decimal_strip(const struct decimal *);

/*
 * As JSON: plain ("0.000012", "120") while that takes at most 40 zeros that
 * were not written, else with an exponent ("1.5e400").  In the arena, with a
 * NUL behind it.
 */
struct slice	decimal_text(const struct decimal *, struct arena *);

#endif
