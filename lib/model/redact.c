#include "model/redact.h"

#include "base/buf.h"

static bool
is_redacted(enum label label)
{
	return label != LABEL_DATE && label != LABEL_AGE_OVER_89;
}

/* A, B, ... Z, AA: no digits, which a model could take for a measure. */
static void
put_letters(struct buf *b, size_t n)
{
	if (n >= 26)
		put_letters(b, n / 26 - 1);
	buf_addc(b, (char)('A' + n % 26));
}

static struct slice
token_of(
    struct redacted *r, enum label label, struct slice value, struct arena *a)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < r->n; i++)
		if (slice_eq(r->values[i], value))
			return r->tokens[i];
	buf_addf(&b, "[[%s-", label_name(label));
	put_letters(&b, r->n);
	buf_adds(&b, "]]");
	r->values[r->n] = value;
	r->tokens[r->n] = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return r->tokens[r->n++];
}

void
redact(const struct deid_words *words, struct slice text,
    const struct known *known, size_t nknown, struct arena *a,
    struct redacted *r)
{
	struct found *list;
	size_t n = find_all(words, text, known, nknown, a, &list), at = 0;
	struct buf b = { 0 };

	r->tokens = arena_alloc(a, (n + 1) * sizeof(*r->tokens));
	r->values = arena_alloc(a, (n + 1) * sizeof(*r->values));
	r->places = arena_alloc(a, (n + 1) * sizeof(*r->places));
	r->n = r->nplaces = 0;
	for (size_t i = 0; i < n; i++) {
		const struct found *f = &list[i];
		struct replaced *place = &r->places[r->nplaces];

		if (!is_redacted(f->label))
			continue;
		buf_add(&b, text.p + at, f->from - at);
		*place = (struct replaced){ f->from, f->to, b.n, 0 };
		buf_add_slice(&b,
		    token_of(r, f->label,
			slice_span(text.p + f->from, text.p + f->to), a));
		at = f->to;
		place->end = b.n;
		r->nplaces++;
	}
	buf_add(&b, text.p + at, text.n - at);
	r->text = r->n == 0 ? text : arena_slice(a, buf_slice(&b));
	buf_release(&b);
}

size_t
redact_offset(const struct redacted *r, size_t byte)
{
	for (size_t i = r->nplaces; i-- > 0;) {
		const struct replaced *p = &r->places[i];

		if (byte >= p->to)
			return byte - p->to + p->end;
		if (byte >= p->from)
			return p->end;
	}
	return byte;
}

/* The longest of the words that the rest begins with, as the other one. */
static bool
put_other(const struct slice *words, const struct slice *others, size_t count,
    struct slice rest, struct buf *b, size_t *used)
{
	size_t best = count;

	for (size_t i = 0; i < count; i++)
		if (rest.n >= words[i].n &&
		    memcmp(rest.p, words[i].p, words[i].n) == 0 &&
		    (best == count || words[i].n > words[best].n))
			best = i;
	if (best == count)
		return false;
	buf_add_slice(b, others[best]);
	*used = words[best].n;
	return true;
}

static struct slice
exchange(const struct slice *words, const struct slice *others, size_t count,
    struct slice quote, struct arena *a)
{
	const char *p = quote.p, *end = quote.p + quote.n;
	struct buf b = { 0 };
	struct slice whole;
	size_t used;

	while (p < end)
		if (put_other(
			words, others, count, slice_span(p, end), &b, &used))
			p += used;
		else
			buf_addc(&b, *p++);
	whole = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return whole;
}

struct slice
redact_restore(const struct redacted *r, struct slice quote, struct arena *a)
{
	if (r->n == 0 || slice_find(quote, SLICE("[[")) == NULL)
		return quote;
	return exchange(r->tokens, r->values, r->n, quote, a);
}

struct slice
redact_quote(const struct redacted *r, struct slice quote, struct arena *a)
{
	if (r->n == 0)
		return quote;
	return exchange(r->values, r->tokens, r->n, quote, a);
}
