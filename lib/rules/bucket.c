#include "rules/bucket.h"

#include <stdlib.h>

#include "base/hash.h"

#define MOST_EXPONENT 30  /* of the first digit; beyond: the last bucket */
#define MANTISSAS     900 /* 100 to 999 */
#define TEXTS         10
#define MONTHS        1000000 /* year 0, January */
#define FLAGS         1900000 /* false, true */
#define FIRST_TEXT    2000000
#define MEMBERS       3000000

/* --- of a value --------------------------------------------------------------- */

/* Cut, towards 0; what is smaller than any bucket is 0. */
static int32_t
of_number(const struct decimal *d)
{
	long exponent = (long)d->n - 1 + d->exponent, mantissa = 0;

	if (decimal_sign(d) == 0 || exponent < -MOST_EXPONENT)
		return 0;
	for (size_t i = 0; i < 3; i++)
		mantissa = mantissa * 10 + (i < d->n ? d->digits[i] - '0' : 0);
	if (exponent > MOST_EXPONENT) {
		exponent = MOST_EXPONENT;
		mantissa = 999;
	}
	mantissa += 1 - 100 + (exponent + MOST_EXPONENT) * MANTISSAS;
	return (int32_t)(d->negative ? -mantissa : mantissa);
}

int32_t
bucket_of_count(uint64_t n)
{
	long exponent = 2;

	if (n == 0)
		return 0;
	for (; n >= 1000; n /= 10)
		exponent++;
	for (; n < 100; n *= 10)
		exponent--;
	return (int32_t)((long)n + 1 - 100 +
	    (exponent + MOST_EXPONENT) * MANTISSAS);
}

/* A text that begins otherwise is no number: it need not be read as one. */
static bool
may_be_number(const struct datum *d)
{
	return d->json.type == JSON_NUMBER ||
	    (d->text.n > 0 && strchr("+-.0123456789", d->text.p[0]) != NULL &&
		(d->text.n < 5 || d->text.p[4] != '-'));
}

static int32_t
of_text(struct slice text)
{
	uint32_t h = 2166136261u; /* FNV-1a: it stands in summaries */

	for (size_t i = 0; i < text.n; i++)
		h = (h ^ (unsigned char)text.p[i]) * 16777619u;
	return FIRST_TEXT + (int32_t)(h % TEXTS);
}

bool
bucket_find(
    struct datum *d, const struct index *set, struct arena *a, int32_t *to)
{
	long at = set == NULL ? -1 : index_find(set, d->text);

	if (at >= 0)
		*to = MEMBERS + (int32_t)at;
	else if (d->json.type == JSON_TRUE || d->json.type == JSON_FALSE)
		*to = FLAGS + (d->json.type == JSON_TRUE);
	else if (may_be_number(d) && datum_number(d, a))
		*to = of_number(&d->number);
	else if (d->text.n >= 7 && d->text.p[4] == '-' && datum_date(d))
		*to = MONTHS + 12 * d->date.year + d->date.month - 1;
	else
		return false;
	return true;
}

int32_t
bucket_of(struct datum *d, const struct index *set, struct arena *a)
{
	int32_t b;

	return bucket_find(d, set, a, &b) ? b : of_text(d->text);
}

enum bucket_kind
bucket_kind(int32_t b)
{
	return b < MONTHS    ? BUCKET_NUMBER
	    : b < FLAGS      ? BUCKET_MONTH
	    : b < FIRST_TEXT ? BUCKET_MEMBER
	    : b < MEMBERS    ? BUCKET_TEXT
			     : BUCKET_MEMBER;
}

/* --- its label ------------------------------------------------------------------- */

static void
put_number(int32_t b, struct buf *to)
{
	struct arena *a = arena_new();
	long at = (b < 0 ? -b : b) - 1;
	struct decimal d =
	    decimal_of_long(b == 0 ? 0 : at % MANTISSAS + 100, a);

	d.negative = b < 0;
	if (b != 0)
		d.exponent = at / MANTISSAS - MOST_EXPONENT - 2;
	d = decimal_strip(&d);
	buf_add_slice(to, decimal_text(&d, a));
	arena_free(a);
}

void
bucket_put(int32_t b, const struct index *set, struct buf *to)
{
	if (b >= MEMBERS)
		buf_add_slice(to, index_name(set, (size_t)(b - MEMBERS)));
	else if (b >= FIRST_TEXT)
		buf_addf(to, "#%d", (int)b - FIRST_TEXT);
	else if (b >= FLAGS)
		buf_adds(to, b > FLAGS ? "true" : "false");
	else if (b >= MONTHS)
		buf_addf(to, "%04d-%02d", (int)(b - MONTHS) / 12,
		    (int)(b - MONTHS) % 12 + 1);
	else
		put_number(b, to);
}

bool
bucket_number(struct slice label, struct arena *a, struct decimal *to)
{
	struct err e;

	err_clear(&e);
	return label.n > 0 && strchr("-0123456789", label.p[0]) != NULL &&
	    decimal_parse(label, a, to, &e);
}

/* --- counting -------------------------------------------------------------------- */

static struct histogram_cell *
cell_of(const struct histogram *h, int32_t bucket)
{
	size_t at =
	    ((uint32_t)bucket * UINT32_C(2654435769) >> 7) & (h->room - 1);

	while (h->cells[at].n > 0 && h->cells[at].bucket != bucket)
		at = (at + 1) & (h->room - 1);
	return &h->cells[at];
}

static void
grow(struct histogram *h, struct arena *a)
{
	struct histogram old = *h;

	h->room = old.room == 0 ? 16 : 2 * old.room;
	h->cells = arena_zalloc(a, h->room * sizeof(*h->cells));
	for (size_t i = 0; i < old.room; i++)
		if (old.cells[i].n > 0)
			*cell_of(h, old.cells[i].bucket) = old.cells[i];
}

void
histogram_add(struct histogram *h, struct arena *a, int32_t bucket, uint64_t n)
{
	struct histogram_cell *c;

	if (2 * h->n >= h->room)
		grow(h, a);
	c = cell_of(h, bucket);
	h->n += c->n == 0;
	c->bucket = bucket;
	c->n += n;
}

void
histogram_join(
    struct histogram *h, struct arena *a, const struct histogram *from)
{
	for (size_t i = 0; i < from->room; i++)
		if (from->cells[i].n > 0)
			histogram_add(
			    h, a, from->cells[i].bucket, from->cells[i].n);
}

void
histogram_label(const struct histogram *h, const struct index *set,
    unsigned kinds, struct arena *a, struct bins *to)
{
	struct buf label = { 0 };

	for (size_t i = 0; i < h->room; i++) {
		const struct histogram_cell *c = &h->cells[i];

		if (c->n == 0 || (kinds >> bucket_kind(c->bucket) & 1) == 0)
			continue;
		buf_reset(&label);
		bucket_put(c->bucket, set, &label);
		bins_add(to, a, arena_slice(a, buf_slice(&label)), c->n);
	}
	buf_release(&label);
}

/* --- in order ---------------------------------------------------------------------- */

static int
by_number(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	return decimal_cmp(&x->number, &y->number);
}

struct spots
bins_spots(const struct bins *b, struct arena *a)
{
	struct spots s = { arena_alloc(a, (b->n + 1) * sizeof(*s.list)), 0, 0 };

	for (size_t i = 0; i < b->n; i++) {
		struct spot *to = &s.list[s.n];

		if (!bucket_number(b->list[i].label, a, &to->number))
			continue;
		to->label = b->list[i].label;
		to->n = b->list[i].n;
		s.count += to->n;
		s.n++;
	}
	if (s.n > 1)
		qsort(s.list, s.n, sizeof(*s.list), by_number);
	return s;
}

const struct spot *
spots_at(const struct spots *s, uint64_t rank)
{
	uint64_t seen = s->list[0].n;
	size_t i = 0;

	while (seen < rank && i + 1 < s->n)
		seen += s->list[++i].n;
	return &s->list[i];
}
