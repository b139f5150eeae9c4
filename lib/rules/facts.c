#include "rules/facts.h"

#include "base/utf8.h"

#define SET_MOST  50 /* members */
#define SET_EACH  10 /* values for each, on the average */
#define KEY_LEAST 20

/* --- counting ----------------------------------------------------------------- */

static char
class_of(uint32_t code)
{
	if (code >= '0' && code <= '9')
		return '9';
	if (code >= 'A' && code <= 'Z')
		return 'A';
	if (code >= 'a' && code <= 'z')
		return 'a';
	if (code > ' ' && code < 0x7F && code != '{' && code != '}')
		return (char)code;
	return utf8_is_cjk(code) ? '\1' : code == ' ' ? ' ' : '?';
}

static void
put_run(struct buf *b, char class, size_t n)
{
	if (n == 0)
		return;
	if (class == '\1')
		buf_adds(b, "字");
	else
		buf_addc(b, class);
	if (n > 1)
		buf_addf(b, "{%zu}", n);
}

void
facts_pattern(struct slice text, struct buf *b)
{
	const char *p = text.p, *end = text.p + text.n;
	char last = 0;
	size_t n = 0;

	while (p < end && b->n <= ROLL_LONGEST) {
		char class = class_of(utf8_next(&p, end));

		if (class != last) {
			put_run(b, last, n);
			last = class;
			n = 0;
		}
		n++;
	}
	put_run(b, last, n);
}

static void
add_text(struct facts *f, struct arena *a, struct slice text)
{
	struct buf pattern = { 0 };

	histogram_add(
	    &f->lengths, a, bucket_of_count(utf8_count(text.p, text.n)), 1);
	if (f->patterns.many)
		return;
	facts_pattern(text, &pattern);
	roll_add(&f->patterns, buf_slice(&pattern), 1);
	buf_release(&pattern);
}

static void
add_scalar(
    struct facts *f, struct arena *a, struct datum *d, struct arena *scratch)
{
	int32_t bucket;

	f->scalars++;
	roll_add(&f->values, datum_key(d, scratch), 1);
	if (d->json.type == JSON_STRING)
		add_text(f, a, d->text);
	if (!bucket_find(d, NULL, scratch, &bucket)) {
		distinct_add(&f->distinct, a, d->text);
		return;
	}
	histogram_add(&f->histogram, a, bucket, 1);
	if (bucket_kind(bucket) == BUCKET_NUMBER)
		distinct_add_number(&f->distinct, a, &d->number);
	else
		distinct_add(&f->distinct, a, d->text);
	if (bucket_kind(bucket) == BUCKET_NUMBER) {
		f->numbers++;
		f->integers += decimal_is_integer(&d->number);
	} else if (bucket_kind(bucket) == BUCKET_MONTH) {
		f->days += d->date.precision == DATE_DAY;
		f->times += d->date.precision > DATE_DAY;
	}
}

enum presence
facts_add(
    struct facts *f, struct arena *a, struct json v, struct arena *scratch)
{
	struct datum d = { .json = v };

	if (v.type == JSON_NULL) {
		d.presence = VALUE_NULL;
	} else if (v.type == JSON_STRING) {
		d.text = slice_trim(json_text(v, scratch));
		if (d.text.n == 0)
			d.presence = VALUE_EMPTY;
		else if (field_placeholder(d.text) != 0)
			d.presence = VALUE_PLACEHOLDER;
	} else if (datum_scalar(&d)) {
		d.text = v.text;
	}
	f->counts[d.presence]++;
	if (d.presence != VALUE_THERE)
		return d.presence;
	f->types[v.type]++;
	if (datum_scalar(&d))
		add_scalar(f, a, &d, scratch);
	return d.presence;
}

void
facts_join(struct facts *f, struct arena *a, const struct facts *from)
{
	for (unsigned i = 0; i < PRESENCE_COUNT; i++)
		f->counts[i] += from->counts[i];
	for (unsigned i = 0; i <= JSON_OBJECT; i++)
		f->types[i] += from->types[i];
	f->numbers += from->numbers;
	f->integers += from->integers;
	f->days += from->days;
	f->times += from->times;
	histogram_join(&f->lengths, a, &from->lengths);
	histogram_join(&f->histogram, a, &from->histogram);
	distinct_join(&f->distinct, a, &from->distinct);
	f->scalars += from->scalars;
	roll_join(&f->values, &from->values);
	roll_join(&f->patterns, &from->patterns);
}

void
facts_release(struct facts *f)
{
	roll_release(&f->values);
	roll_release(&f->patterns);
}

uint64_t
facts_there(const struct facts *f)
{
	return f->counts[VALUE_THERE];
}

bool
facts_is_set(const struct facts *f)
{
	size_t n = roll_count(&f->values);

	return n > 0 && n <= SET_MOST && f->days + f->times == 0 &&
	    facts_there(f) >= SET_EACH * n;
}

/* Texts with blanks, or of many lengths and patterns. */
static bool
is_prose(const struct facts *f)
{
	if (f->patterns.many)
		return f->lengths.n > 1;
	for (size_t i = 0; i < roll_count(&f->patterns); i++) {
		struct slice p = index_name(f->patterns.names, i);

		if (memchr(p.p, ' ', p.n) != NULL)
			return true;
	}
	return false;
}

bool
facts_is_key(const struct facts *f)
{
	uint64_t n = facts_there(f), distinct = distinct_count(&f->distinct);

	return n >= KEY_LEAST && f->scalars == n && f->days + f->times == 0 &&
	    f->integers == f->numbers && !is_prose(f) &&
	    distinct >= (n <= DISTINCT_EXACT ? n : n - n * 3 / 100);
}

/* --- numbers that tell of no one ------------------------------------------------ */

/* Towards 0, to so many significant digits. */
static struct decimal
cut(const struct decimal *d, size_t digits)
{
	struct decimal to = *d;

	if (to.n > digits) {
		to.exponent += (long)(to.n - digits);
		to.n = digits;
	}
	return to;
}

/* The end of what was cut, further from 0; of whole numbers the last one. */
static struct decimal
end_of(const struct decimal *d, size_t digits, bool whole, struct arena *a)
{
	struct decimal step = {
		.negative = d->negative, .digits = "1", .n = 1
	};
	struct decimal to = *d;
	struct err e = { 0 };

	step.exponent = d->exponent + (long)d->n - (long)digits;
	if (whole && step.exponent < 0)
		return *d;
	decimal_add(d, &step, a, &to, &e);
	if (whole) {
		step.negative = !step.negative;
		step.exponent = 0;
		decimal_add(&to, &step, a, &to, &e);
	}
	return to;
}

bool
facts_number(const struct bins *b, uint64_t rank, uint64_t least,
    enum facts_end end, struct arena *a, struct decimal *to)
{
	struct spots s = bins_spots(b, a);
	struct decimal at;
	bool up;

	if (s.n == 0 || rank > s.count)
		return false;
	at = spots_at(&s, rank)->number;
	for (size_t digits = 3; digits > 0; digits--) {
		struct decimal group = cut(&at, digits);
		uint64_t n = 0;

		for (size_t i = 0; i < s.n; i++) {
			struct decimal other = cut(&s.list[i].number, digits);

			if (decimal_cmp(&other, &group) == 0)
				n += s.list[i].n;
		}
		if (n < least)
			continue;
		/* Further from 0 is up for positive numbers alone. */
		up = end != END_LOW;
		*to = decimal_sign(&group) != 0 && up != group.negative
		    ? end_of(&group, digits, end == END_HIGH_WHOLE, a)
		    : group;
		return true;
	}
	return false;
}
