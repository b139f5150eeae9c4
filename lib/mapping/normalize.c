#include "mapping/normalize.h"

#include "base/date.h"
#include "base/mem.h"
#include "json/write.h"
#include "mapping/hit.h"
#include "mapping/undo.h"

struct normalize *
normalize_new(const struct normalizer *n)
{
	struct normalize *w = mem_zalloc(sizeof(*w));
	size_t fields = map_fields(n->map) + 1;

	w->n = n;
	w->review = n->review ? review_new() : NULL;
	w->fields.decisions =
	    decisions_new(n->terms, &n->finder, n->units, w->review);
	w->fields.zone = n->zone;
	w->fields.recall = recall_new();
	w->fields.filters =
	    mem_zalloc((map_rules(n->map) + 1) * sizeof(*w->fields.filters));
	w->claimed =
	    mem_zalloc((map_columns(n->map) + 1) * sizeof(*w->claimed));
	w->done = mem_zalloc(fields * sizeof(*w->done));
	w->taken = mem_zalloc(fields * sizeof(*w->taken));
	w->leader = mem_zalloc(fields * sizeof(*w->leader));
	w->counts.fields = mem_zalloc(fields * sizeof(*w->counts.fields));
	return w;
}

void
normalize_free(struct normalize *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < map_rules(w->n->map); i++)
		filter_free(w->fields.filters[i]);
	mem_free(w->fields.filters);
	decisions_free(w->fields.decisions);
	recall_free(w->fields.recall);
	review_free(w->review);
	mem_free(w->claimed);
	mem_free(w->done);
	mem_free(w->taken);
	mem_free(w->leader);
	mem_free(w->counts.fields);
	mem_free(w->hits);
	trail_release(&w->trail);
	buf_release(&w->indicators);
	buf_release(&w->undone);
	mem_free(w);
}

const struct normalize_counts *
normalize_counts(const struct normalize *w)
{
	return &w->counts;
}

const struct review *
normalize_review(const struct normalize *w)
{
	return w->review;
}

/* What `_mdx` says that matters here, out of one walk over it. */
struct before {
	struct json deid, norm, kind;
};

static struct before
look_before(const struct record *rec)
{
	static const struct json none = { { "", 0 }, JSON_NONE };
	struct before b = { none, none, none };
	struct json v = record_value(rec, record_field(rec, 0));
	struct json_walk walk;
	struct slice key;

	if (v.type != JSON_OBJECT)
		return b;
	for (walk = json_enter(v); json_next_member(&walk, &key, &v);) {
		struct json *to = json_key_is(key, SLICE("deid")) ? &b.deid
		    : json_key_is(key, SLICE("norm"))             ? &b.norm
		    : json_key_is(key, SLICE("kind"))             ? &b.kind
								  : NULL;

		if (to != NULL && to->type == JSON_NONE)
			*to = v;
	}
	return b;
}

/* What an earlier pass has done is not done again. */
static void
mark_done(struct normalize *w, struct json norm)
{
	struct json_walk walk = json_enter(norm);
	struct slice key;
	struct json v;

	while (json_next_member(&walk, &key, &v)) {
		long i = map_find_field(w->n->map, key);

		if (i >= 0)
			w->done[i] = w->turn;
	}
}

static const struct plan *
plan_of(struct normalize *w, struct slice kind)
{
	if (w->plan == NULL || kind.n != w->nkind ||
	    memcmp(kind.p, w->kind, kind.n) != 0) {
		w->plan = map_plan(w->n->map, kind);
		w->nkind = kind.n < sizeof(w->kind) ? kind.n : SIZE_MAX;
		if (w->nkind == kind.n)
			memcpy(w->kind, kind.p, kind.n);
	}
	return w->plan;
}

/* --- applying ------------------------------------------------------------ */

static void
put_indicator(struct normalize *w, struct record *rec, struct hit *h)
{
	struct buf *b = &w->indicators;
	const struct outcome *o = &h->o;

	json_put_comma(b);
	json_put_string(b, h->rule->indicator->id);
	buf_addc(b, ':');
	if (o->low.p != NULL || o->high.p != NULL) {
		buf_addc(b, '{');
		if (o->low.p != NULL) {
			buf_adds(b, "\"min\":");
			buf_add_slice(b, o->low);
		}
		if (o->high.p != NULL) {
			json_put_comma(b);
			buf_adds(b, "\"max\":");
			buf_add_slice(b, o->high);
		}
		buf_addc(b, '}');
	} else {
		buf_add_slice(b, hit_json(h));
	}
	if (!h->inside)
		record_drop(rec, h->member);
}

bool
has_member(const struct record *rec, struct slice name)
{
	size_t n;
	const struct json_member *m = record_members(rec, &n);

	for (size_t i = 0; i < n; i++)
		if (json_key_is(record_key(rec, &m[i]), name))
			return true;
	return false;
}

struct slice
hit_beside(struct record *rec, struct slice field, const char *suffix)
{
	return slice_of(arena_printf(
	    record_arena(rec), "%.*s%s", (int)field.n, field.p, suffix));
}

static void
add_companions(struct record *rec, struct hit *h)
{
	for (size_t i = 0; i < h->o.nmore; i++) {
		struct slice name =
		    hit_beside(rec, h->rule->target, h->o.more[i].suffix);

		if (has_member(rec, name))
			h->o.unmapped = "conflict";
		else
			record_add(rec, h->member, name, h->o.more[i].json);
	}
}

/* The old values of joined columns, as an array. */
static struct slice
old_values(const struct hit *h, struct record *rec)
{
	struct buf b = { 0 };
	struct slice s;

	if (h->rule->ncolumns == 1)
		return h->value.text;
	buf_addc(&b, '[');
	for (size_t i = 0; i < h->rule->ncolumns; i++) {
		const struct json_member *m;
		bool inside;
		struct json v =
		    path_value(&h->rule->columns[i], rec, &m, &inside);

		json_put_comma(&b);
		buf_add_slice(&b, v.type == JSON_NONE ? SLICE("null") : v.text);
		if (i > 0 && m != NULL && !inside)
			record_drop(rec, m);
	}
	buf_addc(&b, ']');
	s = arena_slice(record_arena(rec), buf_slice(&b));
	buf_release(&b);
	return s;
}

/* Whether the member has another name than the field. */
static bool
is_renamed(const struct hit *h)
{
	return !h->inside &&
	    (h->rule->indicator != NULL || h->member->field != h->rule->name);
}

static void
put_field(struct record *rec, struct hit *h)
{
	const struct rule *r = h->rule;

	if (h->inside) {
		record_add(rec, h->member, r->target, hit_json(h));
		return;
	}
	if (is_renamed(h))
		record_rename(rec, h->member, r->target);
	if (r->ncolumns > 1 && h->o.json.p == NULL)
		h->o.json = field_string(record_arena(rec), h->text);
	if (h->o.json.p != NULL)
		record_set(rec, h->member, h->o.json);
}

/* Decided, but another member has the place of the codes. */
static bool
is_displaced(const struct hit *h)
{
	return h->o.decision != NULL && h->o.unmapped != NULL &&
	    h->o.unmapped != h->o.decision->reason;
}

static void
count_field(struct normalize *w, const struct hit *h, bool changed)
{
	struct field_count *c = &w->counts.fields[h->rule->field];

	c->seen++;
	c->changed += changed;
	c->unmapped += h->o.unmapped != NULL || h->loser != NULL;
	if (h->o.decision == NULL)
		return;
	w->counts
	    .status[is_displaced(h) ? TERM_UNMAPPED : h->o.decision->status]++;
	w->counts.disagree += h->o.decision->disagrees;
}

static void
put_missing(struct normalize *w, const struct hit *h)
{
	const struct decision *d = h->o.decision;

	for (size_t i = 0; d != NULL && i < d->nmissing; i++)
		trail_missing(&w->trail, h->rule->target, d->missing[i]);
}

/* One settled hit into the record and its trail. */
static void
apply(struct normalize *w, struct record *rec, struct hit *h)
{
	const struct rule *r = h->rule;
	struct entry_of entry = { .key = r->key, .rule = r->trail };

	if (h->loser != NULL) {
		entry.unmapped = h->loser;
		if (w->done[r->field] != w->turn)
			trail_add(&w->trail, &entry);
		w->done[r->field] = w->turn;
		count_field(w, h, false);
		return;
	}
	if (h->gone)
		return;
	if (r->type == MAP_DROP) {
		record_drop(rec, h->member);
		w->counts.dropped++;
		return;
	}
	if (r->ncolumns > 1 || h->o.json.p != NULL)
		entry.from = old_values(h, rec);
	if (r->indicator != NULL) {
		if (h->o.unmapped == NULL)
			put_indicator(w, rec, h);
	} else {
		put_field(rec, h);
		add_companions(rec, h);
	}
	entry.more = is_displaced(h) ? SLICE("") : h->o.trail;
	entry.unmapped = h->o.unmapped;
	entry.stated = entry.more.n > 0;
	if (h->inside || is_renamed(h) || h->o.json.p != NULL ||
	    h->o.nmore > 0 || h->o.trail.n > 0 || h->o.unmapped != NULL) {
		trail_add(&w->trail, &entry);
		count_field(w, h, true);
	} else {
		count_field(w, h, false);
	}
	put_missing(w, h);
	if (r->type == MAP_RESULT && r->indicator == NULL)
		companions_apply(w, rec, h);
}

/* Indicators into their object, which may be there already. */
static void
flush_indicators(struct normalize *w, struct record *rec)
{
	static const struct slice name = { "indicators", 10 };
	const struct json_member *old = NULL;
	struct slice pairs = buf_slice(&w->indicators), text;
	struct buf b = { 0 };
	size_t n;
	const struct json_member *m = record_members(rec, &n);

	if (pairs.n == 0)
		return;
	for (size_t i = 0; i < n && old == NULL; i++)
		if (json_key_is(record_key(rec, &m[i]), name))
			old = &m[i];
	text = record_value(rec, old).text;
	if (old != NULL && old->type == JSON_OBJECT)
		buf_add(&b, text.p, text.n - 1);
	else
		buf_addc(&b, '{');
	json_put_comma(&b);
	buf_add_slice(&b, pairs);
	buf_addc(&b, '}');
	text = arena_slice(record_arena(rec), buf_slice(&b));
	buf_release(&b);
	if (old != NULL && old->type == JSON_OBJECT)
		record_set(rec, old, text);
	else
		record_add(rec, NULL, name, text);
}

/*
 * A row with the target `kind` is worked first: what kind a record is of says
 * which rows are asked for the rest.
 */
static bool
change_kind(struct normalize *w, struct record *rec, struct err *e)
{
	for (size_t i = 0; i < w->nhits; i++) {
		struct hit *h = &w->hits[i];
		struct entry_of entry = { .key = h->rule->key,
			.rule = h->rule->trail,
			.from = h->value.text };
		struct slice kind;

		if (!slice_is(h->rule->target, "kind"))
			continue;
		if (!hit_convert(w, rec, h, e))
			return false;
		kind = json_text(json_of(hit_json(h)), record_arena(rec));
		if (h->o.unmapped != NULL || kind.n == 0)
			return true;
		record_set_trail(rec, "kind", hit_json(h));
		trail_add(&w->trail, &entry);
		count_field(w, h, true);
		w->turn++;
		mark_done(w, record_trail(rec, "norm"));
		w->done[h->rule->field] = w->turn;
		return hits_collect(w, rec, plan_of(w, kind), e);
	}
	return true;
}

bool
normalize_record(struct normalize *w, struct record *rec, struct err *e)
{
	struct before before = look_before(rec);
	struct slice kind;
	bool undone = false;

	/* Pseudonyms and shifted dates are no source any more. */
	if (before.deid.type != JSON_NONE)
		return true;
	if (w->n->again &&
	    !undo_record(rec, w->n->map, before.norm, &w->undone, &undone, e))
		return false;
	if (undone)
		before = look_before(rec);
	kind = before.kind.type != JSON_STRING
	    ? SLICE("")
	    : json_text(before.kind, record_arena(rec));
	w->turn++;
	decisions_trim(w->fields.decisions);
	trail_reset(&w->trail);
	buf_reset(&w->indicators);
	mark_done(w, before.norm);
	if (!hits_collect(w, rec, plan_of(w, kind), e) ||
	    !change_kind(w, rec, e) || !hits_convert(w, rec, e))
		return false;
	w->counts.untouched += w->nhits == 0;
	hits_settle(w, rec);
	for (size_t i = 0; i < w->nhits; i++)
		apply(w, rec, &w->hits[i]);
	flush_indicators(w, rec);
	trail_write(&w->trail, rec);
	return true;
}
