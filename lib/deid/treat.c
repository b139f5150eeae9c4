#include "deid/treat.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "json/write.h"

static bool
wrong_value(struct err *e)
{
	return err_data(
	    e, "deid_value", "its class cannot treat a value of this sort");
}

/* The first n characters, and how many bytes they are. */
static size_t
characters(struct slice text, size_t n)
{
	return utf8_offset(text.p, text.n, n);
}

static void
put_masked(struct slice text, const struct deid_rule *r, struct buf *out)
{
	size_t n = utf8_count(text.p, text.n);
	size_t head = r->head, tail = r->tail;
	struct buf b = { 0 };

	if (head + tail >= n) /* too short: nothing is left */
		head = tail = 0;
	buf_add(&b, text.p, characters(text, head));
	for (size_t i = head + tail; i < n; i++)
		buf_addc(&b, '*');
	if (tail > 0) {
		size_t from = characters(text, n - tail);

		buf_add(&b, text.p + from, text.n - from);
	}
	json_put_string(out, buf_slice(&b));
	buf_release(&b);
}

/* Province, city, county: up to the nth of 省市区县 and such. */
static void
put_region(struct slice text, unsigned levels, struct buf *out)
{
	static const char *const ends[] = { "自治区", "自治州", "省", "市",
		"区", "县", "旗", "盟", "州" };
	size_t at = 0;

	for (size_t i = 3; i < text.n && levels > 0; i++)
		for (size_t k = 0; k < sizeof(ends) / sizeof(ends[0]); k++)
			if (slice_starts(
				(struct slice){ text.p + i, text.n - i },
				ends[k])) {
				i += strlen(ends[k]) - 1;
				at = i + 1;
				levels--;
				break;
			}
	json_put_string(out, (struct slice){ text.p, at });
}

static bool
put_range(struct slice text, unsigned size, struct deid_worker *w,
    struct buf *out, struct err *e)
{
	struct decimal d, whole;
	struct err ignored = { 0 };
	long long n, from;

	if (!decimal_parse(slice_trim(text), w->arena, &d, &ignored))
		return wrong_value(e);
	whole = decimal_places(&d, 0, w->arena);
	if (!decimal_long(&whole, &n))
		return wrong_value(e);
	if (decimal_cmp(&whole, &d) > 0)
		n--;
	from = n >= 0 ? n / size * size
		      : -((-n + (long long)size - 1) / size * size);
	buf_addf(out, "\"%lld-%lld\"", from, from + (long long)size - 1);
	return true;
}

static bool
generalised(struct deid_worker *w, const struct deid_rule *r, struct slice text,
    struct buf *out, struct err *e)
{
	switch (r->by) {
	case BY_REGION:
		put_region(text, r->size, out);
		return true;
	case BY_RANGE:
		return put_range(text, r->size, w, out, e);
	default:
		json_put_string(
		    out, (struct slice){ text.p, characters(text, r->size) });
		return true;
	}
}

static bool
shifted(
    struct deid_worker *w, struct slice text, struct buf *out, struct err *e)
{
	struct err ignored = { 0 };
	struct date d;
	char to[DATE_TEXT];

	if (w->patient.n == 0)
		return err_data(e, "deid_patient",
		    "a date is to be shifted and the record names no patient");
	if (!date_read(text, NULL, &d, &ignored) || d.precision < DATE_DAY)
		return err_data(
		    e, "deid_date", "a date to be shifted cannot be read");
	date_add_days(&d, w->offset);
	json_put_string(out, (struct slice){ to, date_print(&d, to) });
	return true;
}

static bool
year_only(struct slice text, struct buf *out, struct err *e)
{
	struct err ignored = { 0 };
	struct date d;

	if (!date_read(text, NULL, &d, &ignored))
		return err_data(e, "deid_date", "a date cannot be read");
	buf_addf(out, "\"%04d\"", d.year);
	return true;
}

static bool
age(struct deid_worker *w, struct json v, struct slice text, struct buf *out,
    struct err *e)
{
	size_t n = 0;
	struct decimal d, most = decimal_of_long(89, w->arena);
	struct err ignored = { 0 };

	while (n < text.n &&
	    ((text.p[n] >= '0' && text.p[n] <= '9') || text.p[n] == '.'))
		n++;
	if (!decimal_parse((struct slice){ text.p, n }, w->arena, &d, &ignored))
		return wrong_value(e);
	if (decimal_cmp(&d, &most) > 0)
		buf_adds(out, "\"90+\"");
	else
		buf_add_slice(out, v.text);
	return true;
}

static void
note_touched(struct deid_worker *w, size_t first, bool plain)
{
	struct touched *t = arena_alloc(w->arena, sizeof(*t));

	*t = (struct touched){ .member = w->member,
		.first = first,
		.count = w->nmoves - first,
		.plain = plain,
		.next = w->touched };
	w->touched = t;
}

static void
scanned(struct deid_worker *w, struct json v, bool top, struct buf *out)
{
	struct json_walk walk = json_enter(v);
	struct scrub s = { .words = w->deid->words,
		.labels = w->deid->policy->labels,
		.known = w->known,
		.nknown = w->nknown,
		.offset = w->offset,
		.found = w->found,
		.moves = &w->moves,
		.nmoves = &w->nmoves,
		.moves_room = &w->moves_room };
	size_t first = w->nmoves;
	struct buf b = { 0 };
	struct json inner;
	struct slice key;

	switch (v.type) {
	case JSON_STRING:
		scrub_text(&s, json_text(v, w->arena), w->arena, &b);
		if (w->nmoves == first)
			buf_add_slice(out, v.text);
		else
			json_put_string(out, buf_slice(&b));
		buf_release(&b);
		if (top)
			note_touched(w, first, true);
		return;
	case JSON_ARRAY:
		buf_addc(out, '[');
		while (json_next_element(&walk, &inner)) {
			json_put_comma(out);
			scanned(w, inner, false, out);
		}
		buf_addc(out, ']');
		return;
	case JSON_OBJECT:
		buf_addc(out, '{');
		while (json_next_member(&walk, &key, &inner)) {
			json_put_comma(out);
			buf_addc(out, '"');
			buf_add_slice(out, key);
			buf_adds(out, "\":");
			scanned(w, inner, false, out);
		}
		buf_addc(out, '}');
		return;
	default:
		buf_add_slice(out, v.text);
	}
}

static void
put_pseudonym(struct deid_worker *w, struct slice domain, struct slice text,
    struct buf *out)
{
	char id[DIGEST_ID + 1];

	key_pseudonym(w->deid->key, domain, text, w->arena, id);
	json_put_cstring(out, id);
}

bool
treat(struct deid_worker *w, const struct deid_rule *r, struct json v,
    struct buf *out, struct err *e)
{
	struct slice text;

	if (r->class == DEID_KEEP || v.type == JSON_NULL) {
		buf_add_slice(out, v.text);
		return true;
	}
	if (r->class == DEID_NULL) {
		buf_adds(out, "null");
		return true;
	}
	if (r->class == DEID_SCAN) {
		scanned(w, v, true, out);
		return true;
	}
	if (v.type != JSON_STRING && v.type != JSON_NUMBER)
		return wrong_value(e);
	text = slice_trim(json_text(v, w->arena));
	if (text.n == 0) {
		buf_add_slice(out, v.text);
		return true;
	}
	switch (r->class) {
	case DEID_MASK:
		put_masked(text, r, out);
		return true;
	case DEID_HMAC:
		put_pseudonym(w, r->domain, text, out);
		return true;
	case DEID_SHIFT:
		return shifted(w, text, out, e);
	case DEID_YEAR:
		return year_only(text, out, e);
	case DEID_AGE:
		return age(w, v, text, out, e);
	default:
		return generalised(w, r, text, out, e);
	}
}

/*
 * An L1 value is a copy of its source member and has that member's class: a
 * shifted operation date may not stand unshifted among the indicators.
 */
static const struct deid_rule *
indicator_rule(
    struct deid_worker *w, const struct deid_rule *parent, struct slice id)
{
	const struct policy *p = w->deid->policy;
	const struct indicator *d = w->deid->catalogue == NULL
	    ? NULL
	    : catalogue_find(w->deid->catalogue, id);
	const struct deid_rule *r = policy_own_rule(p,
	    slice_of(
		arena_printf(w->arena, "indicators.%.*s", (int)id.n, id.p)));

	if (r == NULL && d != NULL && d->level == 1)
		r = policy_own_rule(p, d->source.n > 0 ? d->source : id);
	return r == NULL ? parent : r;
}

bool
treat_indicators(struct deid_worker *w, const struct deid_rule *parent,
    struct json v, struct buf *out, struct err *e)
{
	struct json_walk walk = json_enter(v);
	struct json value;
	struct slice key;

	if (v.type != JSON_OBJECT)
		return treat(w, parent, v, out, e);
	buf_addc(out, '{');
	while (json_next_member(&walk, &key, &value)) {
		struct slice id = json_unescape(key, w->arena);
		const struct deid_rule *r = indicator_rule(w, parent, id);

		if (r->class == DEID_DROP)
			continue;
		json_put_comma(out);
		buf_addc(out, '"');
		buf_add_slice(out, key);
		buf_adds(out, "\":");
		if (!treat(w, r, value, out, e))
			return err_wrap(
			    e, "%.*s", (int)(id.n > 100 ? 100 : id.n), id.p);
	}
	buf_addc(out, '}');
	return true;
}

bool
treat_leaks(struct deid_worker *w, struct json v, enum label *label)
{
	struct json_walk walk = json_enter(v);
	struct json inner;
	struct slice key;

	switch (v.type) {
	case JSON_STRING:
	case JSON_NUMBER:
		return find_leak(json_text(v, w->arena), w->arena, label);
	case JSON_ARRAY:
		while (json_next_element(&walk, &inner))
			if (treat_leaks(w, inner, label))
				return true;
		return false;
	case JSON_OBJECT:
		while (json_next_member(&walk, &key, &inner))
			if (find_leak(json_unescape(key, w->arena), w->arena,
				label) ||
			    treat_leaks(w, inner, label))
				return true;
		return false;
	default:
		return false;
	}
}
