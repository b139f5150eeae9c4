#include "rules/sketch.h"

#include "json/write.h"

void
sketch_add(struct sketch *s, struct arena *a, struct datum *d,
    const struct index *set, struct arena *scratch)
{
	int32_t bucket;

	if (!bucket_find(d, set, scratch, &bucket)) {
		s->texts++;
		distinct_add(&s->distinct, a, d->text);
		return;
	}
	histogram_add(&s->histogram, a, bucket, 1);
	if (bucket_kind(bucket) == BUCKET_NUMBER)
		distinct_add_number(&s->distinct, a, &d->number);
	else if (bucket_kind(bucket) == BUCKET_MONTH)
		distinct_add(&s->distinct, a, d->text);
}

void
sketch_join(struct sketch *s, struct arena *a, const struct sketch *from)
{
	histogram_join(&s->histogram, a, &from->histogram);
	distinct_join(&s->distinct, a, &from->distinct);
	s->texts += from->texts;
}

struct shape *
sketch_shape(const struct sketch *s, const struct index *set, struct arena *a)
{
	struct shape *to = arena_zalloc(a, sizeof(*to));

	histogram_label(
	    &s->histogram, set, 1u << BUCKET_NUMBER, a, &to->numbers);
	histogram_label(&s->histogram, set, 1u << BUCKET_MONTH, a, &to->months);
	histogram_label(
	    &s->histogram, set, 1u << BUCKET_MEMBER, a, &to->members);
	to->distinct.rough = true;
	distinct_join(&to->distinct, a, &s->distinct);
	to->texts = s->texts;
	return to;
}

void
shape_join(struct shape *s, struct arena *a, const struct shape *from)
{
	bins_join(&s->numbers, a, &from->numbers);
	bins_join(&s->months, a, &from->months);
	bins_join(&s->members, a, &from->members);
	distinct_join(&s->distinct, a, &from->distinct);
	s->texts += from->texts;
}

uint64_t
shape_distinct(const struct shape *s)
{
	uint64_t most =
	    bins_count(&s->numbers) + bins_count(&s->months) + s->texts;
	uint64_t n = distinct_count(&s->distinct);

	return s->members.n + (n < most ? n : most);
}

/* --- text -------------------------------------------------------------------- */

static void
put_bins(struct buf *b, const char *key, const struct bins *bins)
{
	if (bins->n == 0)
		return;
	json_put_key(b, key);
	buf_addc(b, '{');
	for (size_t i = 0; i < bins->n; i++) {
		json_put_key_slice(b, bins->list[i].label);
		json_put_uint(b, bins->list[i].n);
	}
	buf_addc(b, '}');
}

static void
put_slice(struct buf *b, const char *key, struct slice text)
{
	json_put_key(b, key);
	buf_add_slice(b, text);
}

/* Of numbers cut to three digits, which are their labels. */
static void
put_numbers(struct buf *b, const struct bins *bins)
{
	static const unsigned shares[] = { 1, 5, 25, 50, 75, 95, 99 };
	struct arena *a = arena_new();
	struct spots s = bins_spots(bins, a);

	if (s.n > 0) {
		put_slice(b, "min", s.list[0].label);
		put_slice(b, "max", s.list[s.n - 1].label);
		json_put_key(b, "quantiles");
		buf_addc(b, '{');
		for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]);
		     i++) {
			json_put_key(b, arena_printf(a, "%u%%", shares[i]));
			buf_add_slice(b,
			    spots_at(&s, (s.count * shares[i] + 99) / 100)
				->label);
		}
		buf_addc(b, '}');
		put_bins(b, "histogram", bins);
	}
	arena_free(a);
}

void
shape_put(const struct shape *s, struct buf *b)
{
	json_put_key(b, "distinct");
	json_put_uint(b, shape_distinct(s));
	put_numbers(b, &s->numbers);
	if (s->months.n > 0) {
		json_put_key(b, "earliest");
		json_put_string(b, s->months.list[0].label);
		json_put_key(b, "latest");
		json_put_string(b, s->months.list[s->months.n - 1].label);
	}
	put_bins(b, "months", &s->months);
	put_bins(b, "values", &s->members);
	if (s->texts > 0) {
		json_put_key(b, "texts");
		json_put_uint(b, s->texts);
	}
	json_put_key(b, "sketch");
	buf_addc(b, '"');
	distinct_put(&s->distinct, b);
	buf_addc(b, '"');
}

/* The labels of a histogram are written as numbers: as those are spelled. */
static bool
is_number_label(struct slice label, struct arena *a)
{
	struct decimal d;

	if (!bucket_number(label, a, &d))
		return false;
	d = decimal_strip(&d);
	return slice_eq(label, decimal_text(&d, a));
}

bool
bins_parse(const struct value *v, const char *key, bool numbers,
    struct arena *a, struct bins *to)
{
	const struct value *list = value_get(v, key);
	unsigned long long n;

	if (list == NULL)
		return true;
	if (list->type != JSON_OBJECT)
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (!slice_number(list->items[i].text, &n) || n > BINS_MOST ||
		    (numbers && !is_number_label(list->keys[i], a)))
			return false;
		bins_add(to, a, list->keys[i], n);
	}
	return true;
}

struct shape *
shape_parse(const struct value *v, struct arena *a, bool *ok)
{
	const struct value *texts = value_get(v, "texts");
	struct slice sketch = value_text(v, "sketch", "");
	struct shape *s = arena_zalloc(a, sizeof(*s));
	unsigned long long n = 0;

	*ok = true;
	if (sketch.n == 0)
		return NULL;
	*ok = distinct_parse(sketch, a, &s->distinct) &&
	    bins_parse(v, "histogram", true, a, &s->numbers) &&
	    bins_parse(v, "months", false, a, &s->months) &&
	    bins_parse(v, "values", false, a, &s->members) &&
	    (texts == NULL || slice_number(texts->text, &n)) && n <= BINS_MOST;
	s->texts = n;
	return s;
}
