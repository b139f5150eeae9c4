#include "base/utf8.h"
#include "deid/treat.h"
#include "json/write.h"

/*
 * `_mdx.extract`: what says how a value was found stays; values in words go
 * (they stand in `indicators`, treated), and so does who entered one by hand.
 * With `@extract rescan` a quote stays where the scrub did not touch it.
 */

/* Where a span of the text before stands now; false where it was touched. */
static bool
moved(
    const struct deid_worker *w, const struct touched *t, long *from, long *to)
{
	long add = 0;

	for (size_t i = t->first; i < t->first + t->count; i++) {
		const struct move *m = &w->moves[i];

		if ((long)m->from < *to && *from < (long)m->to)
			return false;
		if ((long)m->to <= *from)
			add += m->grows;
	}
	*from += add;
	*to += add;
	return true;
}

static bool
span_of(struct json array, long *from, long *to)
{
	long *const ends[2] = { from, to };
	struct json_walk walk = json_enter(array);
	unsigned long long value;
	struct json v;

	for (size_t i = 0; i < 2; i++) {
		if (!json_next_element(&walk, &v) ||
		    !slice_number(v.text, &value) || value > 1000000000)
			return false;
		*ends[i] = (long)value;
	}
	return *from <= *to;
}

static const struct touched *
find_text(const struct deid_worker *w, struct slice pointer)
{
	const struct touched *t = w->touched;
	struct slice member = pointer;

	if (pointer.n > 0 && pointer.p[0] == '/')
		member = (struct slice){ pointer.p + 1, pointer.n - 1 };
	while (t != NULL && !slice_eq(t->member, member))
		t = t->next;
	return t;
}

/*
 * Source, span and quote.  A quote that is not what stands at its span says
 * nothing of what the scrub saw: it goes, as one does that was touched.
 */
static bool
put_evidence(struct deid_worker *w, struct json entry, struct buf *out)
{
	struct json src = json_get(entry, "src");
	struct json quote = json_get(entry, "quote");
	const struct touched *t = src.type != JSON_STRING
	    ? NULL
	    : find_text(w, json_text(src, w->arena));
	struct slice cut;
	long from = 0, to = 0;

	if (t == NULL)
		return false;
	json_put_key(out, "src");
	buf_add_slice(out, src.text);
	if (!w->deid->policy->rescan || quote.type != JSON_STRING ||
	    !span_of(json_get(entry, "span"), &from, &to))
		return false;
	cut.p = t->text.p + utf8_offset(t->text.p, t->text.n, (size_t)from);
	cut = slice_span(
	    cut.p, t->text.p + utf8_offset(t->text.p, t->text.n, (size_t)to));
	if (!slice_eq(cut, json_text(quote, w->arena)) ||
	    !moved(w, t, &from, &to))
		return false;
	buf_addf(out, ",\"span\":[%ld,%ld],\"quote\":", from, to);
	json_put_string(out, cut);
	return true;
}

static void
put_more(struct deid_worker *w, struct json more, struct buf *out)
{
	struct json_walk walk = json_enter(more);
	size_t begin = out->n;
	bool any = false;
	struct json v;

	if (more.type != JSON_ARRAY || !w->deid->policy->rescan)
		return;
	json_put_key(out, "more");
	buf_addc(out, '[');
	while (json_next_element(&walk, &v)) {
		size_t before = out->n;

		json_put_comma(out);
		buf_addc(out, '{');
		if (v.type == JSON_OBJECT && put_evidence(w, v, out)) {
			buf_addc(out, '}');
			any = true;
		} else {
			out->n = before;
		}
	}
	buf_addc(out, ']');
	if (!any)
		out->n = begin;
}

/* `lesion.12.power` is about the row `lesion.power`. */
static struct slice
row_of(struct slice path, struct arena *arena)
{
	struct buf b = { 0 };
	struct slice part;
	unsigned long long n;

	while (slice_next(&path, '.', &part)) {
		if (slice_number(part, &n))
			continue;
		if (b.n > 0)
			buf_addc(&b, '.');
		buf_add_slice(&b, part);
	}
	part = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return part;
}

/* A number or mark stays where the indicator's own class lets it pass. */
static bool
value_stays(struct deid_worker *w, struct slice path, struct json value)
{
	static const struct deid_rule none = { .class = DEID_DROP };
	const struct deid_rule *r =
	    policy_own_rule(w->deid->policy, SLICE("indicators"));

	r = treat_indicator_rule(
	    w, r == NULL ? &none : r, row_of(path, w->arena));
	if (r->class != DEID_KEEP && r->class != DEID_SCAN)
		return false;
	return value.type == JSON_NUMBER || value.type == JSON_TRUE ||
	    value.type == JSON_FALSE || value.type == JSON_NULL;
}

static void
put_text(
    struct deid_worker *w, struct json entry, const char *name, struct buf *out)
{
	struct json v = json_get(entry, name);

	if (v.type != JSON_STRING)
		return;
	json_put_key(out, name);
	json_put_string(out, treat_clean(w, json_text(v, w->arena)));
}

static void
put_extracted(struct deid_worker *w, struct json entry, struct buf *out)
{
	struct json value = json_get(entry, "value");
	struct slice path = json_text(json_get(entry, "path"), w->arena);

	json_put_comma(out);
	buf_addc(out, '{');
	put_text(w, entry, "path", out);
	if (value_stays(w, path, value)) {
		json_put_key(out, "value");
		buf_add_slice(out, value.text);
	}
	put_text(w, entry, "unit", out);
	put_evidence(w, entry, out);
	put_text(w, entry, "engine", out);
	put_text(w, entry, "rule", out);
	put_text(w, entry, "model", out);
	put_text(w, entry, "status", out);
	put_more(w, json_get(entry, "more"), out);
	buf_addc(out, '}');
}

void
treat_extract(struct deid_worker *w, struct json extract, struct buf *out)
{
	struct json_walk walk = json_enter(extract);
	struct json entry;

	if (extract.type != JSON_ARRAY)
		return;
	json_put_key(out, "extract");
	buf_addc(out, '[');
	while (json_next_element(&walk, &entry))
		if (entry.type == JSON_OBJECT)
			put_extracted(w, entry, out);
	buf_addc(out, ']');
}
