#include "deid/letters.h"
#include "deid/number.h"

/*
 * Numbers, with what people put between their digits: blanks, hyphens, line
 * ends.  A number counts only where no further digit follows.
 */
#define DIGITS_MOST 24

struct digits {
	char text[DIGITS_MOST + 1];
	size_t end[DIGITS_MOST + 1]; /* the letter behind each */
	size_t n;
	bool whole; /* no digit was left out */
};

static bool
is_gap(uint32_t c)
{
	return c == ' ' || c == '-' || c == '\n' || c == '\r' || c == '\t';
}

static size_t
behind_gap(const struct letters *l, size_t at)
{
	size_t i = at;

	while (i < l->n && i < at + 2 && is_gap(l->code[i]))
		i++;
	return i;
}

static void
gather(const struct letters *l, size_t at, struct digits *d)
{
	d->n = 0;
	for (size_t i = at; i < l->n; i = behind_gap(l, i)) {
		if (!is_digit(l->code[i]) &&
		    !(d->n == 17 && (l->code[i] | 32) == 'x'))
			break;
		if (d->n == DIGITS_MOST)
			break;
		d->text[d->n] = (char)l->code[i];
		d->end[d->n++] = ++i;
	}
}

/* n digits, and then the number is over or a gap and others follow. */
static bool
ends(const struct letters *l, const struct digits *d, size_t n)
{
	uint32_t c = d->n < n ? '0' : l->code[d->end[n - 1]];

	return d->n >= n && !is_digit(c) && !is_letter(c);
}

static bool
take(struct finding *f, size_t from, size_t to, enum label label,
    const char *rule)
{
	*f = (struct finding){
		.from = from, .to = to, .label = label, .rule = rule
	};
	return true;
}

static unsigned
number_of(const struct letters *l, size_t *at, size_t most)
{
	unsigned n = 0;

	for (size_t i = 0; i < most && is_digit(l->code[*at]); i++)
		n = n * 10 + l->code[(*at)++] - '0';
	return n;
}

static bool
compact_date(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;
	unsigned y = number_of(l, &p, 4), m = number_of(l, &p, 2),
		 d = number_of(l, &p, 2);

	if (p != at + 8 || is_digit(l->code[p]) || y < 1900 || y > 2100 ||
	    !date_exists((int)y, m, d))
		return false;
	take(f, at, p, LABEL_DATE, "date");
	f->date = (struct date){ .year = (int)y,
		.month = (uint8_t)m,
		.day = (uint8_t)d,
		.precision = DATE_DAY,
		.zone = DATE_NO_ZONE };
	return true;
}

/* 2018-01-14, 2018/1/14, 2018.1.14, 2018年1月14日, 2018年1月, 1月14日 */
static bool
find_date(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at, q;
	unsigned y = number_of(l, &p, 4), m, d;
	uint32_t sep = l->code[p];

	if (compact_date(l, at, f))
		return true;
	if (p - at <= 2 && sep == 0x6708 /* 月 */ && y >= 1 && y <= 12) {
		q = p + 1;
		d = number_of(l, &q, 2);
		if (q == p + 1 || d < 1 || d > 31 ||
		    (l->code[q] != 0x65E5 && l->code[q] != 0x53F7))
			return false;
		return take(f, at, q + 1, LABEL_DATE, "date");
	}
	if (p != at + 4 || y < 1850 || y > 2100 ||
	    (sep != '-' && sep != '/' && sep != '.' && sep != 0x5E74))
		return false;
	q = p + 1;
	m = number_of(l, &q, 2);
	if (q == p + 1 || m < 1 || m > 12)
		return false;
	if (sep == 0x5E74) {
		if (l->code[q] != 0x6708)
			return false;
		p = q++;
		d = number_of(l, &q, 2);
		if (q == p + 1)
			return take(f, at, q, LABEL_DATE, "date");
		if (l->code[q] == 0x65E5 || l->code[q] == 0x53F7)
			q++;
	} else {
		if (l->code[q] != sep)
			return false;
		p = q++;
		d = number_of(l, &q, 2);
		if (q == p + 1 || is_digit(l->code[q]))
			return false;
	}
	if (!date_exists((int)y, m, d))
		return false;
	take(f, at, q, LABEL_DATE, "date");
	f->date = (struct date){ .year = (int)y,
		.month = (uint8_t)m,
		.day = (uint8_t)d,
		.precision = DATE_DAY,
		.zone = DATE_NO_ZONE };
	return true;
}

/* Gaps behind the third and seventh digit only: a row of values is no phone. */
static bool
grouped(const struct digits *d)
{
	for (size_t i = 1; i < 11; i++)
		if (d->end[i] != d->end[i - 1] + 1 && i != 3 && i != 7)
			return false;
	return true;
}

static bool
find_phone(const struct letters *l, size_t at, struct finding *f)
{
	size_t from = at;
	struct digits d;

	if (l->code[at] == '+')
		at++;
	gather(l, at, &d);
	if (d.n >= 15 && memcmp(d.text, "0086", 4) == 0)
		at = d.end[3];
	else if (d.n >= 13 && memcmp(d.text, "86", 2) == 0)
		at = d.end[1];
	if (at > from + 1 || l->code[from] == '+')
		gather(l, behind_gap(l, at), &d);
	if (d.n >= 11 && d.text[0] == '1' && d.text[1] >= '3' &&
	    ends(l, &d, 11) && grouped(&d))
		return take(f, from, d.end[10], LABEL_PHONE, "mobile");
	if (d.n >= 10 && memcmp(d.text, "400", 3) == 0 && ends(l, &d, 10) &&
	    is_gap(l->code[d.end[2]]))
		return take(f, from, d.end[9], LABEL_PHONE, "service");
	if (d.n >= 10 && d.text[0] == '0' && d.text[1] != '0') {
		size_t area = d.text[1] <= '2' ? 3 : 4;

		for (size_t n = area + 8; n >= area + 7; n--)
			if (ends(l, &d, n) && d.end[area - 1] != 0 &&
			    (is_gap(l->code[d.end[area - 1]]) || n == area + 8))
				return take(f, from, d.end[n - 1], LABEL_PHONE,
				    "landline");
	}
	return false;
}

/* (010)5550-1234 */
static bool
find_bracketed(const struct letters *l, size_t at, struct finding *f)
{
	struct digits d;
	size_t p = at + 1;

	if (l->code[p] != '0')
		return false;
	number_of(l, &p, 4);
	if (p < at + 4 || l->code[p] != ')')
		return false;
	gather(l, behind_gap(l, p + 1), &d);
	if (!ends(l, &d, 8) && !ends(l, &d, 7))
		return false;
	return take(
	    f, at, d.end[ends(l, &d, 8) ? 7 : 6], LABEL_PHONE, "landline");
}

static bool
find_address_ip(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;

	for (int i = 0; i < 4; i++) {
		size_t from = p;

		if (number_of(l, &p, 3) > 255 || p == from)
			return false;
		if (i < 3 && l->code[p++] != '.')
			return false;
	}
	return !is_digit(l->code[p]) && l->code[p] != '.' &&
	    take(f, at, p, LABEL_IP, "ip");
}

/* 93岁, 12床: what follows says what it is. */
static bool
find_short(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;
	unsigned n = number_of(l, &p, 3);

	if (p == at || is_digit(l->code[p]))
		return false;
	if (n >= 90 && n <= 150 && l->code[p] == 0x5C81)
		return take(f, at, p + 1, LABEL_AGE_OVER_89, "age");
	if (l->code[p] == 0x5E8A && l->code[p + 1] != 0x65C1)
		return take(f, at, p + 1, LABEL_BED, "bed");
	return false;
}

bool
find_number(const struct letters *l, size_t at, struct finding *f)
{
	struct digits d;

	if (l->code[at] == '+')
		return find_phone(l, at, f);
	if (l->code[at] == '(')
		return find_bracketed(l, at, f);
	gather(l, at, &d);
	if (ends(l, &d, 18) && number_is_id_18(d.text))
		return take(f, at, d.end[17], LABEL_ID_CARD, "check_digit");
	if (ends(l, &d, 15) && d.end[14] == at + 15 && number_is_id_15(d.text))
		return take(f, at, d.end[14], LABEL_ID_CARD, "older_form");
	for (size_t n = 19; n >= 16; n--)
		if (ends(l, &d, n) && memcmp(d.text, "62", 2) == 0 &&
		    number_luhn(d.text, n))
			return take(
			    f, at, d.end[n - 1], LABEL_BANK_CARD, "luhn");
	return find_date(l, at, f) || find_phone(l, at, f) ||
	    find_address_ip(l, at, f) || find_short(l, at, f);
}

static bool
is_mail(uint32_t c)
{
	return is_digit(c) || is_letter(c) || c == '.' || c == '_' ||
	    c == '-' || c == '%';
}

static bool
is_url(uint32_t c)
{
	return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' &&
	    c != '\'';
}

static bool
spells(const struct letters *l, size_t at, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if (at + i >= l->n ||
		    (l->code[at + i] | 32) != ((unsigned char)word[i] | 32))
			return false;
	return true;
}

bool
find_address_mail(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at, dot = 0;

	if (spells(l, at, "http://") || spells(l, at, "https://") ||
	    spells(l, at, "www.")) {
		while (is_url(l->code[p]))
			p++;
		return take(f, at, p, LABEL_URL, "url");
	}
	while (p < at + 64 && is_mail(l->code[p]))
		p++;
	if (p == at || l->code[p] != '@')
		return false;
	for (p++; is_mail(l->code[p]); p++)
		if (l->code[p] == '.')
			dot = p;
	if (dot == 0 || !is_letter(l->code[dot + 1]))
		return false;
	return take(f, at, p, LABEL_EMAIL, "mail");
}
