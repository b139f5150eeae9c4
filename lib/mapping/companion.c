#include "json/write.h"
#include "mapping/hit.h"
#include "mapping/result.h"

/*
 * A result brings its unit and its reference range along: their columns become
 * `unit`, `ref_low` and `ref_high`, in the unit that the result has now.
 */
struct beside {
	struct normalize *w;
	struct record *rec;
	struct hit *hit;
	const struct path *path;
	const struct json_member *member; /* of the column; NULL: none */
	bool inside;
	struct json value;
};

static bool
find(struct beside *b, const struct companion *c)
{
	b->path = NULL;
	b->member = NULL;
	b->value = (struct json){ { "", 0 }, JSON_NONE };
	if (!c->there || !c->column)
		return false;
	b->path = paths_there(&c->paths, b->rec);
	b->value = path_value(b->path, b->rec, &b->member, &b->inside);
	return true;
}

static struct slice
rule_of(const struct beside *b, struct slice field)
{
	struct buf text = { 0 };
	struct slice s;

	if (b->path != NULL && !slice_eq(b->path->text, field)) {
		json_put_key(&text, "column");
		json_put_string(&text, b->path->text);
		buf_addc(&text, ',');
	}
	buf_adds(&text, "\"rule\":");
	json_put_string(&text, b->hit->rule->place);
	s = arena_slice(record_arena(b->rec), buf_slice(&text));
	buf_release(&text);
	return s;
}

/* json p NULL: as it is.  In the column's place, or behind the result. */
static void
put(struct beside *b, struct slice field, struct slice json,
    const char *unmapped)
{
	struct slice key = field_string(record_arena(b->rec), field);
	struct entry_of entry = {
		.key = key, .rule = rule_of(b, field), .unmapped = unmapped
	};
	bool own = b->member != NULL && !b->inside;
	bool renamed =
	    own && !json_key_is(record_key(b->rec, b->member), field);

	if (json.p != NULL && slice_eq(json, b->value.text))
		json.p = NULL;
	if (json.p != NULL && b->value.type != JSON_NONE)
		entry.from = b->value.text;
	if (own && renamed)
		record_rename(b->rec, b->member, field);
	if (own && json.p != NULL)
		record_set(b->rec, b->member, json);
	if (!own && json.p == NULL)
		json = b->value.text;
	if (!own)
		record_add(b->rec, b->hit->member, field, json);
	if (!own || renamed || json.p != NULL || unmapped != NULL)
		trail_add(&b->w->trail, &entry);
}

static bool
taken(const struct beside *b, const char *name)
{
	return has_member(b->rec, slice_of(name)) &&
	    !(b->member != NULL && !b->inside &&
		json_key_is(record_key(b->rec, b->member), slice_of(name)));
}

static void
put_unit(struct beside *b)
{
	const struct unit_decision *u = b->hit->o.unit;
	const struct rule *r = b->hit->rule;
	struct slice json = { NULL, 0 };

	if (taken(b, "unit") || (u == NULL && b->value.type == JSON_NONE))
		return;
	if (u != NULL && u->known && b->hit->o.unmapped == NULL)
		json = field_string(
		    record_arena(b->rec), u->converts ? r->arg : u->code);
	if (json.p == NULL && b->value.type == JSON_NONE)
		return;
	put(b, SLICE("unit"), json, u != NULL && !u->known ? "not_ucum" : NULL);
}

static struct slice
bound(const struct beside *b, struct slice json)
{
	const struct unit_decision *u = b->hit->o.unit;
	struct arena *arena = record_arena(b->rec);
	struct err ignored = { 0 };
	struct decimal d;

	if (json.p == NULL || u == NULL || !u->converts)
		return json;
	if (!decimal_parse(json, arena, &d, &ignored) ||
	    !conversion_apply(&u->way, &d, arena, &d, &ignored))
		return (struct slice){ NULL, 0 };
	return decimal_text(&d, arena);
}

static void
put_range(struct beside *b)
{
	struct arena *arena = record_arena(b->rec);
	struct slice text, low, high;

	if (b->value.type != JSON_STRING || taken(b, "ref_low") ||
	    taken(b, "ref_high"))
		return;
	text = json_text(b->value, arena);
	if (!result_range(text, arena, &low, &high))
		return;
	low = bound(b, low);
	high = bound(b, high);
	if (low.p != NULL)
		put(b, SLICE("ref_low"), low, NULL);
	if (high.p == NULL)
		return;
	if (low.p != NULL && b->member != NULL && !b->inside) {
		struct entry_of entry = { .key = SLICE("\"ref_high\""),
			.rule = rule_of(b, SLICE("ref_high")) };

		record_add(b->rec, b->member, SLICE("ref_high"), high);
		trail_add(&b->w->trail, &entry);
	} else {
		put(b, SLICE("ref_high"), high, NULL);
	}
}

void
companions_apply(struct normalize *w, struct record *rec, struct hit *h)
{
	struct beside b = { .w = w, .rec = rec, .hit = h };

	/* `value` and `unit` are a pair: one from inside, or a constant */
	if (find(&b, &h->rule->unit) || slice_is(h->rule->target, "value"))
		put_unit(&b);
	if (find(&b, &h->rule->ref))
		put_range(&b);
}
