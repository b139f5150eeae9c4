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
	r->n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct found *f = &list[i];

		if (!is_redacted(f->label))
			continue;
		buf_add(&b, text.p + at, f->from - at);
		buf_add_slice(&b,
		    token_of(r, f->label,
			slice_span(text.p + f->from, text.p + f->to), a));
		at = f->to;
	}
	buf_add(&b, text.p + at, text.n - at);
	r->text = r->n == 0 ? text : arena_slice(a, buf_slice(&b));
	buf_release(&b);
}

static bool
put_back(
    const struct redacted *r, struct slice rest, struct buf *b, size_t *used)
{
	for (size_t i = 0; i < r->n; i++) {
		size_t n = r->tokens[i].n;

		if (rest.n >= n && memcmp(rest.p, r->tokens[i].p, n) == 0) {
			buf_add_slice(b, r->values[i]);
			*used = n;
			return true;
		}
	}
	return false;
}

struct slice
redact_restore(const struct redacted *r, struct slice quote, struct arena *a)
{
	const char *p = quote.p, *end = quote.p + quote.n;
	struct buf b = { 0 };
	struct slice whole;
	size_t used;

	if (r->n == 0 || slice_find(quote, SLICE("[[")) == NULL)
		return quote;
	while (p < end) {
		if (*p == '[' && put_back(r, slice_span(p, end), &b, &used)) {
			p += used;
			continue;
		}
		buf_addc(&b, *p++);
	}
	whole = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return whole;
}
