#include "base/utf8.h"
#include "deid/treat.h"
#include "json/write.h"

/*
 * The class scan: strings are scrubbed, and so are the names of members below;
 * numbers pass unless they are one that identifies.
 */
#define SHOWN_MOST 100

static struct scrub
scrub_of(struct deid_worker *w)
{
	return (struct scrub){ .words = w->deid->words,
		.labels = w->deid->policy->labels,
		.known = w->known.list,
		.nknown = w->known.n,
		.offset = w->offset,
		.found = w->found,
		.moves = &w->moves,
		.nmoves = &w->nmoves,
		.moves_room = &w->moves_room };
}

struct slice
treat_clean(struct deid_worker *w, struct slice text)
{
	const struct scrub s = { .words = w->deid->words,
		.known = w->known.list,
		.nknown = w->known.n };
	struct buf b = { 0 };

	scrub_text(&s, text, w->arena, &b);
	text = arena_slice(w->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

/* Columns of a turned table are named after patients: 患者X must be nobody. */
struct slice
treat_shown(struct deid_worker *w, struct slice name)
{
	struct slice as_patient =
	    slice_of(arena_printf(w->arena, "患者%.*s，", (int)name.n, name.p));

	if (!slice_eq(treat_clean(w, name), name) ||
	    !slice_eq(treat_clean(w, as_patient), as_patient))
		return SLICE("(not shown)");
	if (name.n > SHOWN_MOST)
		name.n = utf8_valid_prefix(name.p, SHOWN_MOST);
	return name;
}

void
treat_touched(struct deid_worker *w, struct slice text, size_t first)
{
	struct touched *t = arena_alloc(w->arena, sizeof(*t));

	*t = (struct touched){ .member = w->member,
		.text = text,
		.first = first,
		.count = w->nmoves - first,
		.next = w->touched };
	w->touched = t;
}

static void
put_scanned_string(struct deid_worker *w, struct json v, struct buf *out)
{
	struct scrub s = scrub_of(w);
	struct slice text = json_text(v, w->arena);
	size_t first = w->nmoves;
	struct buf b = { 0 };

	scrub_text(&s, text, w->arena, &b);
	if (w->nmoves == first)
		buf_add_slice(out, v.text);
	else
		json_put_string(out, buf_slice(&b));
	buf_release(&b);
}

/* A number passes unless it is one that identifies. */
static void
put_scanned_number(struct deid_worker *w, struct json v, struct buf *out)
{
	enum label label;

	if (!find_leak(v.text, w->known.list, w->known.n, w->arena, &label)) {
		buf_add_slice(out, v.text);
		return;
	}
	w->found[label]++;
	buf_addf(out, "\"[%s]\"", label_name(label));
}

void
treat_key(struct deid_worker *w, struct slice key, struct buf *out)
{
	struct slice name = json_unescape(key, w->arena);
	struct slice clean = treat_clean(w, name);

	json_put_comma(out);
	if (slice_eq(name, clean)) {
		buf_addc(out, '"');
		buf_add_slice(out, key);
		buf_addc(out, '"');
	} else {
		json_put_string(out, clean);
	}
	buf_addc(out, ':');
}

void
treat_text(struct deid_worker *w, struct json v, struct buf *out)
{
	struct json_walk walk = json_enter(v);
	struct json inner;
	struct slice key;

	switch (v.type) {
	case JSON_STRING:
		put_scanned_string(w, v, out);
		return;
	case JSON_NUMBER:
		put_scanned_number(w, v, out);
		return;
	case JSON_ARRAY:
		buf_addc(out, '[');
		while (json_next_element(&walk, &inner)) {
			json_put_comma(out);
			treat_text(w, inner, out);
		}
		buf_addc(out, ']');
		return;
	case JSON_OBJECT:
		buf_addc(out, '{');
		while (json_next_member(&walk, &key, &inner)) {
			treat_key(w, key, out);
			treat_text(w, inner, out);
		}
		buf_addc(out, '}');
		return;
	default:
		buf_add_slice(out, v.text);
	}
}
