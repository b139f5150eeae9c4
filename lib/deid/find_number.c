#include "deid/letters.h"
#include "deid/number.h"

/*
 * Numbers, with what people put between their digits: blanks, hyphens, line
 * ends, the walls of a table's cells.  A number counts only where no further
 * digit follows.
 */
#define DIGITS_MOST 24

struct digits {
	char text[DIGITS_MOST + 1];
	size_t end[DIGITS_MOST + 1];   /* the letter behind each */
	uint32_t gap[DIGITS_MOST + 1]; /* what stands behind each; 0: a digit */
	size_t n;
};

static bool
is_gap(uint32_t c)
{
	return is_blank(c) || is_line_end(c) || is_hyphen(c);
}

/* Walls of cells, and dots: only where what they divide proves itself. */
static bool
is_wall(uint32_t c)
{
	return c == '|' || c == '/' || c == '_' || c == ',' || c == '.' ||
	    is_dot(c);
}

static size_t
behind_gap(const struct letters *l, size_t at, bool walls)
{
	size_t i = at, most = walls ? 3 : 2;

	while (i < l->n && i < at + most &&
	    (is_gap(l->code[i]) || (walls && is_wall(l->code[i]))))
		i++;
	return i;
}

static void
gather(const struct letters *l, size_t at, bool walls, struct digits *d)
{
	d->n = 0;
	for (size_t i = at; i < l->n && d->n < DIGITS_MOST;
	     i = behind_gap(l, i, walls)) {
		uint32_t c = l->code[i];

		if (!is_digit(c) && !(d->n == 17 && (c | 32) == 'x'))
			break;
		if (d->n > 0)
			d->gap[d->n - 1] =
			    i == d->end[d->n - 1] ? 0 : l->code[i - 1];
		d->text[d->n] = (char)c;
		d->gap[d->n] = 0;
		d->end[d->n++] = ++i;
	}
	d->text[d->n] = '\0';
}

/* n digits, and then the number is over or a gap and others follow. */
static bool
ends(const struct letters *l, const struct digits *d, size_t n)
{
	return d->n >= n && !is_digit(l->code[d->end[n - 1]]);
}

static bool
is_alone(const struct letters *l, const struct digits *d, size_t n)
{
	return ends(l, d, n) && !is_letter(l->code[d->end[n - 1]]);
}

/* The gaps among the first n digits: how many, where, and whether all alike. */
struct gaps {
	size_t n;
	size_t at[DIGITS_MOST]; /* digits before the gap */
	bool alike, wall;
	uint32_t first;
};

static struct gaps
gaps_of(const struct digits *d, size_t n)
{
	struct gaps g = { .alike = true };

	for (size_t i = 0; i + 1 < n; i++) {
		if (d->gap[i] == 0)
			continue;
		if (g.n == 0)
			g.first = d->gap[i];
		g.alike = g.alike && d->gap[i] == g.first;
		g.wall = g.wall || is_wall(d->gap[i]);
		g.at[g.n++] = i + 1;
	}
	return g;
}

static bool
groups_are(const struct gaps *g, size_t first, size_t second)
{
	return g->n == 2 && g->at[0] == first && g->at[1] == second;
}

/* Cards and identity numbers: their own digits prove them, however divided. */
static bool
find_card(const struct letters *l, size_t at, bool walls, struct finding *f)
{
	struct digits d;

	gather(l, at, walls, &d);
	if (ends(l, &d, 18) && number_is_id_18(d.text))
		return found_at(f, at, d.end[17], LABEL_ID_CARD, "check_digit");
	if (is_alone(l, &d, 15) && d.end[14] == at + 15 &&
	    number_is_id_15(d.text))
		return found_at(f, at, d.end[14], LABEL_ID_CARD, "older_form");
	for (size_t n = 19; n >= 16; n--)
		if (is_alone(l, &d, n) && memcmp(d.text, "62", 2) == 0 &&
		    number_luhn(d.text, n))
			return found_at(
			    f, at, d.end[n - 1], LABEL_BANK_CARD, "luhn");
	return false;
}

/* "138 20240315" is a value and a day. */
static bool
is_day(const char *p)
{
	unsigned n[8];

	for (size_t i = 0; i < 8; i++)
		n[i] = (unsigned)(p[i] - '0');
	return date_exists((int)(n[0] * 1000 + n[1] * 100 + n[2] * 10 + n[3]),
	    n[4] * 10 + n[5], n[6] * 10 + n[7]);
}

/*
 * How a mobile number may be divided: as it is dictated (3-4-4), once anywhere,
 * or digit by digit.  Three values of a table are no phone.
 */
static bool
is_dictated(const struct digits *d)
{
	struct gaps g = gaps_of(d, 11);

	if (g.n == 0)
		return true;
	if (groups_are(&g, 3, 7))
		return g.alike || !g.wall;
	if (g.n == 10)
		return g.alike;
	if (g.wall || !g.alike)
		return false;
	if (groups_are(&g, 4, 8) || groups_are(&g, 3, 6) ||
	    groups_are(&g, 4, 7))
		return true;
	return g.n == 1 && g.at[0] >= 2 && g.at[0] <= 9 &&
	    !(g.at[0] == 3 && is_day(d->text + 3) && !is_line_end(g.first));
}

static bool
find_mobile(const struct letters *l, size_t from, size_t at, bool walls,
    struct finding *f)
{
	struct digits d;

	gather(l, at, walls, &d);
	return d.n >= 11 && d.text[0] == '1' && d.text[1] >= '3' &&
	    is_alone(l, &d, 11) && is_dictated(&d) &&
	    found_at(f, from, d.end[10], LABEL_PHONE, "mobile");
}

/* -2766, 转7560, 转分机 801 */
static size_t
behind_extension(const struct letters *l, size_t at)
{
	size_t p = at, from;

	if (is_hyphen(l->code[p])) {
		p++;
	} else if (l->code[p] == 0x8F6C /* 转 */) {
		p++;
		if (l->code[p] == 0x5206 && l->code[p + 1] == 0x673A /* 分机 */)
			p += 2;
		p = behind_blanks(l, p);
	} else {
		return at;
	}
	for (from = p; p < from + 6 && is_digit(l->code[p]); p++)
		;
	return p >= from + 2 && !is_digit(l->code[p]) ? p : at;
}

/* 010-55501234, 0571 8888 1234, 01055501234 */
static bool
find_landline(
    const struct letters *l, size_t from, size_t at, struct finding *f)
{
	struct digits d;
	size_t area;

	gather(l, at, false, &d);
	if (d.n < 10 || d.text[0] != '0' || d.text[1] == '0')
		return false;
	area = d.text[1] <= '2' ? 3 : 4;
	for (size_t n = area + 8; n >= area + 7; n--) {
		struct gaps g;

		if (!is_alone(l, &d, n) || d.text[area] < '2')
			continue;
		g = gaps_of(&d, n);
		if ((g.n == 0 && n == area + 8) ||
		    (g.n > 0 && g.n <= 2 && g.at[0] == area))
			return found_at(f, from,
			    behind_extension(l, d.end[n - 1]), LABEL_PHONE,
			    "landline");
	}
	return false;
}

/* (010)5550-1234, (+86)13800138000 */
static bool
find_bracketed(const struct letters *l, size_t at, struct finding *f)
{
	struct digits d;
	size_t p = at + 1;

	if (l->code[p] == '+')
		p++;
	while (p < at + 7 && is_digit(l->code[p]))
		p++;
	if (p < at + 3 || l->code[p] != ')')
		return false;
	if (l->code[p - 1] == '6' && l->code[p - 2] == '8')
		return find_mobile(
		    l, at, behind_gap(l, p + 1, false), false, f);
	if (l->code[at + 1] != '0' || p < at + 4)
		return false;
	gather(l, behind_gap(l, p + 1, false), false, &d);
	for (size_t n = 8; n >= 7; n--)
		if (is_alone(l, &d, n))
			return found_at(
			    f, at, d.end[n - 1], LABEL_PHONE, "landline");
	return false;
}

bool
find_phone(const struct letters *l, size_t at, struct finding *f)
{
	size_t from = at;
	struct digits d;
	bool abroad = false;

	if (l->code[at] == '(')
		return find_bracketed(l, at, f);
	if (l->code[at] == '+')
		at++;
	gather(l, at, false, &d);
	if (d.n >= 15 && memcmp(d.text, "0086", 4) == 0) {
		at = d.end[3];
		abroad = true;
	} else if (d.n >= 13 && memcmp(d.text, "86", 2) == 0) {
		at = d.end[1];
		abroad = true;
	}
	if (abroad)
		at = behind_gap(l, at, false);
	if (find_mobile(l, from, at, false, f) ||
	    find_mobile(l, from, at, true, f) || find_landline(l, from, at, f))
		return true;
	return d.n >= 10 && memcmp(d.text, "400", 3) == 0 &&
	    is_alone(l, &d, 10) && d.gap[2] != 0 &&
	    found_at(f, from, d.end[9], LABEL_PHONE, "service");
}

#define PROVEN_LEAST 10 /* digits */

/* Most numbers of a text are short, and soon seen to be nobody's. */
static bool
is_short(const struct letters *l, size_t at)
{
	size_t digits = 0, gap = 0;

	for (size_t p = at; digits < PROVEN_LEAST; p++) {
		uint32_t c = l->code[p];

		if (is_digit(c)) {
			digits++;
			gap = 0;
		} else if (++gap > 3 ||
		    !(is_gap(c) || is_wall(c) || c == '(' || c == ')' ||
			c == '+')) {
			return true;
		}
	}
	return false;
}

bool
find_proven(const struct letters *l, size_t at, struct finding *f)
{
	uint32_t c = l->code[at];

	if (is_short(l, at))
		return false;
	if (is_digit(c) &&
	    (find_card(l, at, false, f) || find_card(l, at, true, f)))
		return true;
	return (is_digit(c) || c == '+' || c == '(') && find_phone(l, at, f);
}

bool
find_number(const struct letters *l, size_t at, struct finding *f)
{
	if (find_proven(l, at, f))
		return true;
	if (l->code[at] == '+')
		return find_bed(l, at, f);
	return is_digit(l->code[at]) &&
	    (find_date(l, at, f) || find_internet_address(l, at, f) ||
		find_age(l, at, f) || find_bed(l, at, f));
}
