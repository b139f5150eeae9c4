#include "deid/letters.h"

/*
 * Dates and ages.  A whole date carries its day, to be shifted; what is only a
 * part of one (1月14日), or has two readings, is masked.
 */
enum {
	NIAN = 0x5E74,
	YUE = 0x6708,
	RI = 0x65E5,
	HAO = 0x53F7,
	SUI = 0x5C81,
	TEN = 0x5341
};

static bool
whole(
    struct finding *f, size_t at, size_t to, unsigned y, unsigned m, unsigned d)
{
	found_at(f, at, to, LABEL_DATE, "date");
	f->date = (struct date){ .year = (int)y,
		.month = (uint8_t)m,
		.day = (uint8_t)d,
		.precision = DATE_DAY,
		.zone = DATE_NO_ZONE };
	return true;
}

static bool
part(struct finding *f, size_t at, size_t to)
{
	return found_at(f, at, to, LABEL_DATE, "date");
}

static bool
is_year(unsigned y)
{
	return y >= 1850 && y <= 2100;
}

static unsigned
number_of(const struct letters *l, size_t *at, size_t most)
{
	unsigned n = 0;

	for (size_t i = 0; i < most && is_digit(l->code[*at]); i++)
		n = n * 10 + l->code[(*at)++] - '0';
	return n;
}

/* 20180114, and before a time of day 20180114080500. */
static bool
compact(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at, q;
	unsigned y = number_of(l, &p, 4), m = number_of(l, &p, 2),
		 d = number_of(l, &p, 2), hour, minute, second;

	if (p != at + 8 || y < 1900 || y > 2100 || !date_exists((int)y, m, d))
		return false;
	q = p;
	hour = number_of(l, &q, 2);
	minute = number_of(l, &q, 2);
	second = number_of(l, &q, 2);
	if (q != p &&
	    (q != p + 6 || is_digit(l->code[q]) || hour > 23 || minute > 59 ||
		second > 59))
		return false;
	return whole(f, at, p, y, m, d);
}

/* 1月14日, 1月14号 */
static bool
month_and_day(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;
	unsigned m = number_of(l, &p, 2), d;
	size_t q;

	p = behind_blanks(l, p);
	if (m < 1 || m > 12 || l->code[p] != YUE)
		return false;
	q = p = behind_blanks(l, p + 1);
	d = number_of(l, &q, 2);
	p = behind_blanks(l, q);
	return d >= 1 && d <= 31 && (l->code[p] == RI || l->code[p] == HAO) &&
	    part(f, at, p + 1);
}

/* Behind a whole date: ~03-10, -10日, 至3.10. */
static size_t
range_end(const struct letters *l, size_t at, uint32_t separator)
{
	size_t p = at, q;

	if (l->code[p] != '~' && !is_hyphen(l->code[p]) &&
	    l->code[p] != 0x81F3 /* 至 */ && l->code[p] != 0x5230 /* 到 */ &&
	    l->code[p] != 0xFF5E)
		return at;
	q = ++p;
	if (number_of(l, &q, 2) == 0 || q == p)
		return at;
	if (l->code[q] == RI)
		return q + 1;
	if (separator == NIAN || l->code[q] != separator)
		return at;
	p = ++q;
	if (number_of(l, &q, 2) == 0 || q == p || is_digit(l->code[q]) ||
	    l->code[q] == separator)
		return at;
	return q;
}

/* 2018年1月14日, 2018年1月 */
static bool
spelled(
    const struct letters *l, size_t at, size_t p, unsigned y, struct finding *f)
{
	unsigned m, d;
	size_t q = p = behind_blanks(l, p + 1);

	m = number_of(l, &q, 2);
	if (q == p || m < 1 || m > 12)
		return false;
	p = behind_blanks(l, q);
	if (l->code[p] != YUE)
		return false;
	q = p = p + 1;
	q = behind_blanks(l, q);
	d = number_of(l, &q, 2);
	if (d == 0)
		return part(f, at, p);
	if (l->code[behind_blanks(l, q)] == RI ||
	    l->code[behind_blanks(l, q)] == HAO)
		q = behind_blanks(l, q) + 1;
	if (!date_exists((int)y, m, d))
		return part(f, at, q);
	p = range_end(l, q, NIAN);
	return p > q ? part(f, at, p) : whole(f, at, q, y, m, d);
}

/* Over one blank or end of a line: 2018. 1. 14 */
static size_t
behind_one(const struct letters *l, size_t at)
{
	return at + (is_blank(l->code[at]) || is_line_end(l->code[at]));
}

/* 2018-01-1410:20: the time right behind the day. */
static bool
is_clock(const struct letters *l, size_t at)
{
	return is_digit(l->code[at]) && is_digit(l->code[at + 1]) &&
	    l->code[at + 2] == ':' && is_digit(l->code[at + 3]);
}

/* 2018-01-14, 2018/1/14, 2018.1.14; broken within, it is masked. */
static bool
separated(
    const struct letters *l, size_t at, size_t p, unsigned y, struct finding *f)
{
	uint32_t separator = l->code[p];
	size_t first = behind_one(l, ++p), q = first, second;
	unsigned m = number_of(l, &q, 2), d;

	if (q == first || m < 1 || m > 12)
		return false;
	second = q;
	if (is_line_end(l->code[q]))
		q++;
	if (l->code[q] != separator)
		return false;
	second = q + 1;
	q = behind_one(l, second);
	p = first == p && q == second ? 0 : q; /* where it is broken */
	second = q;
	d = number_of(l, &q, 2);
	if (q == second || (is_digit(l->code[q]) && !is_clock(l, q)) ||
	    !date_exists((int)y, m, d))
		return false;
	if (l->code[q] == RI)
		q++;
	if (p > 0)
		return part(f, at, q);
	p = range_end(l, q, separator);
	return p > q ? part(f, at, p) : whole(f, at, q, y, m, d);
}

/* 14/1/2018 and 1/14/2018 have two readings. */
static bool
year_last(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at, q;
	unsigned a = number_of(l, &p, 2), b;
	uint32_t separator = l->code[p];

	if (a < 1 || a > 31 || (separator != '/' && separator != '-'))
		return false;
	q = ++p;
	b = number_of(l, &q, 2);
	if (q == p || b < 1 || b > 31 || (a > 12 && b > 12) ||
	    l->code[q] != separator)
		return false;
	p = ++q;
	return is_year(number_of(l, &q, 4)) && q == p + 4 &&
	    !is_digit(l->code[q]) && part(f, at, q);
}

bool
find_date(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;
	unsigned y = number_of(l, &p, 4);
	uint32_t c;

	if (compact(l, at, f) || month_and_day(l, at, f))
		return true;
	if (p != at + 4 || !is_year(y))
		return year_last(l, at, f);
	c = l->code[behind_blanks(l, p)];
	if (c == NIAN)
		return spelled(l, at, behind_blanks(l, p), y, f);
	c = l->code[p];
	return (c == '-' || c == '/' || c == '.') && separated(l, at, p, y, f);
}

/* --- ages ---------------------------------------------------------------- */

/* 93岁, 92 周岁, 101岁 */
bool
find_age(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;
	unsigned n = number_of(l, &p, 3);

	if (p == at || is_digit(l->code[p]) || n < 90 || n > 150)
		return false;
	p = behind_blanks(l, p);
	if (l->code[p] == 0x5468 /* 周 */)
		p++;
	return l->code[p] == SUI &&
	    found_at(f, at, p + 1, LABEL_AGE_OVER_89, "age");
}

/* --- in Chinese numerals ------------------------------------------------- */

/* 一 to 九十九; 0 for none. */
static unsigned
han_number(const struct letters *l, size_t *at)
{
	int tens = han_digit(l->code[*at]), ones;

	if (tens > 0)
		(*at)++;
	if (l->code[*at] != TEN)
		return tens > 0 ? (unsigned)tens : 0;
	ones = han_digit(l->code[++*at]);
	if (ones > 0)
		(*at)++;
	return (tens > 0 ? (unsigned)tens : 1) * 10 +
	    (ones > 0 ? (unsigned)ones : 0);
}

/* 二〇一八年一月十四日, 一月十四日, 九十三岁 */
bool
find_counted(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at, q;
	unsigned n = 0;

	while (n < 4 && han_digit(l->code[p]) >= 0) {
		n++;
		p++;
	}
	if (n != 4 || l->code[p] != NIAN)
		p = at;
	else
		p++;
	q = p;
	n = han_number(l, &q);
	if (p == at && n >= 90 &&
	    (l->code[q] == SUI ||
		(l->code[q] == 0x5468 && l->code[q + 1] == SUI)))
		return found_at(f, at, q + (l->code[q] == SUI ? 1 : 2),
		    LABEL_AGE_OVER_89, "age");
	if (n >= 1 && p == at && l->code[q] == 0x5E8A /* 床 */ &&
	    (at == l->last || !is_han(l->code[at - 1])) &&
	    !is_beside_bed(l->code[q + 1]))
		return found_at(f, at, q + 1, LABEL_BED, "bed");
	if (n < 1 || n > 12 || l->code[q] != YUE)
		return false;
	p = ++q;
	n = han_number(l, &q);
	if (n >= 1 && n <= 31 && (l->code[q] == RI || l->code[q] == HAO))
		return part(f, at, q + 1);
	return l->code[at + 4] == NIAN && part(f, at, p);
}
