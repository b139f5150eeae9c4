#include "sources/since.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"

#define LONGEST_SECONDS (INT64_C(100000) * 86400)

bool
since_overlap(const char *text, struct since_overlap *o, struct err *e)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	struct slice s = slice_of(text);
	unsigned long long n = 0;

	memset(o, 0, sizeof(*o));
	if (text == NULL)
		return true;
	o->given = true;
	if (slice_number(s, &n)) {
		o->number = s;
		return true;
	}
	for (size_t i = 0; s.n > 1 && i < sizeof(units) / sizeof(*units); i++) {
		struct slice digits = { s.p, s.n - 1 };

		if (s.p[s.n - 1] != units[i].unit || !slice_number(digits, &n))
			continue;
		if (n > LONGEST_SECONDS / (unsigned long long)units[i].seconds)
			break;
		o->is_time = true;
		o->seconds = (int64_t)n * units[i].seconds;
		return true;
	}
	return err_set(e, ERR_USAGE,
	    "--overlap: '%s' is no time such as 1d, 12h, 30m, 90s, and no "
	    "number",
	    text);
}

/*
 * Two values of one spelling: digits at the same places, the same between
 * them, and nothing that could be a zone.  Their bytes have the right order.
 */
static bool
are_alike(struct slice a, struct slice b)
{
	if (a.n != b.n || a.n == 0 || !isdigit((unsigned char)a.p[0]))
		return false;
	for (size_t i = 0; i < a.n; i++) {
		bool digit = isdigit((unsigned char)a.p[i]);

		if (digit ? !isdigit((unsigned char)b.p[i])
			  : a.p[i] != b.p[i] || a.p[i] == '+' ||
			    (a.p[i] == '-' && i > 10))
			return false;
	}
	return true;
}

int
since_cmp(struct slice a, struct slice b)
{
	struct arena *arena;
	struct decimal x, y;
	struct date s, t;
	int order;

	if (slice_eq(a, b))
		return 0;
	if (are_alike(a, b))
		return slice_cmp(a, b);
	arena = arena_new();
	if (decimal_parse(a, arena, &x, NULL) &&
	    decimal_parse(b, arena, &y, NULL))
		order = decimal_cmp(&x, &y);
	else if (date_read(a, NULL, &s, NULL) && date_read(b, NULL, &t, NULL))
		order = date_cmp(&s, &t);
	else
		order = slice_cmp(a, b);
	arena_free(arena);
	return order;
}

static bool
less_number(struct slice value, struct slice number, struct buf *b)
{
	struct arena *arena = arena_new();
	struct decimal x, y, z;
	bool ok = decimal_parse(value, arena, &x, NULL) &&
	    decimal_parse(number, arena, &y, NULL) &&
	    decimal_sub(&x, &y, arena, &z, NULL);

	if (ok)
		buf_add_slice(b, decimal_text(&z, arena));
	arena_free(arena);
	return ok;
}

/*
 * The digits of year, month, day, hour, minute and second stand in this order
 * in every spelling of fixed width.  They are written anew where they stand;
 * what is behind them (a fraction, a zone) and between them stays.  What comes
 * out must read as the time that was meant, or the spelling was another.
 */
static bool
less_time(struct slice value, int64_t seconds, struct buf *b)
{
	size_t start = b->n, digits = 0;
	char fresh[64];
	struct date was, is, reads;
	int64_t then;

	if (!date_read(value, NULL, &was, NULL))
		return false;
	then = date_seconds(&was, 0) - seconds;
	if (was.zone != DATE_NO_ZONE)
		then += (int64_t)was.zone * 60;
	is = date_of_seconds(then, DATE_NO_ZONE);
	snprintf(fresh, sizeof(fresh), "%04d%02d%02d%02d%02d%02d", is.year,
	    is.month, is.day, is.hour, is.minute, is.second);
	for (size_t i = 0; i < value.n; i++) {
		bool digit = isdigit((unsigned char)value.p[i]);

		buf_addc(b, digit && digits < 14 ? fresh[digits] : value.p[i]);
		digits += digit;
	}
	/* A spelling without hours goes back to the beginning of the day. */
	if (digits == 8)
		is = date_of_days(date_days(is.year, is.month, is.day));
	is.fraction = was.fraction;
	is.nfraction = was.nfraction;
	is.zone = was.zone;
	if ((digits == 8 || digits == 12 || digits >= 14) &&
	    date_read(
		slice_span(b->p + start, b->p + b->n), NULL, &reads, NULL) &&
	    (digits == 12 || date_cmp(&reads, &is) == 0))
		return true;
	b->n = start;
	return false;
}

bool
since_less(struct slice value, const struct since_overlap *o, struct buf *b,
    struct err *e)
{
	if (!o->given || (o->is_time && o->seconds == 0)) {
		buf_add_slice(b, value);
		return true;
	}
	if (o->is_time ? less_time(value, o->seconds, b)
		       : less_number(value, o->number, b))
		return true;
	return err_set(e, ERR_USAGE,
	    o->is_time
		? "--overlap is a time, and the values of --since are none of "
		  "fixed width (a number takes no unit)"
		: "--overlap is a number, and the values of --since are none "
		  "(a time takes a unit: 1d, 12h)");
}
