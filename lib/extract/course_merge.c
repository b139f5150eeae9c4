#include "extract/course_merge.h"

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"

/* An entry of `_mdx.extract`; those of one indicator of one piece in a list. */
struct entry {
	struct json json;
	struct entry *next;
};

struct claim {
	const struct course_piece *piece;
	struct slice value; /* JSON */
	struct entry *entries;
	struct claim *next;
};

struct slot {
	struct slice id; /* JSON, between the quotes */
	bool field;      /* L1 */
	bool differs;    /* L1: not all agree */
	bool stated;     /* false: looked for, nothing there */
	struct claim *first, *last;
	size_t n;     /* claims; above 1: a conflict */
	size_t since; /* how often they were given up for later ones */
	/* Of the piece at hand. */
	const struct course_piece *piece;
	struct entry *entries, *entries_last;
};

struct merging {
	struct arena *arena;
	struct index *ids;
	struct index *claimed; /* a slot's values, where they differ */
	struct slot *slots;
	size_t room;
};

/* --- a piece ------------------------------------------------------------- */

static struct slot *
slot_of(struct merging *m, struct slice key)
{
	bool fresh;
	size_t i = index_add(m->ids, json_unescape(key, m->arena), &fresh);

	m->slots = mem_room(m->slots, i, &m->room, sizeof(*m->slots));
	if (fresh)
		m->slots[i] = (struct slot){ .id = key };
	return &m->slots[i];
}

/* The entry to the slot of that name, where the piece has such an indicator. */
static void
give(struct merging *m, const struct course_piece *p, struct slice name,
    struct json json)
{
	long i = index_find(m->ids, name);
	struct slot *s = i < 0 ? NULL : &m->slots[i];
	struct entry *e;

	if (s == NULL || s->piece != p)
		return;
	e = arena_zalloc(m->arena, sizeof(*e));
	e->json = json;
	if (s->entries == NULL)
		s->entries = e;
	else
		s->entries_last->next = e;
	s->entries_last = e;
}

/*
 * An entry is about the indicator of its path, or, `lesion.1.power`, about the
 * group before the number; a name may hold a point and a digit as well.
 */
static void
give_entries(struct merging *m, const struct course_piece *p)
{
	struct json_walk walk = json_enter(p->trail);
	struct json one;

	while (p->trail.type == JSON_ARRAY && json_next_element(&walk, &one)) {
		struct slice path = json_text(json_get(one, "path"), m->arena);

		for (size_t i = 0; i + 1 < path.n; i++)
			if (path.p[i] == '.' && path.p[i + 1] >= '0' &&
			    path.p[i + 1] <= '9')
				give(m, p, (struct slice){ path.p, i }, one);
		give(m, p, path, one);
	}
}

static bool
is_nothing(struct json value)
{
	return value.type == JSON_NULL ||
	    (value.type == JSON_ARRAY && json_length(value) == 0);
}

static bool
same_time(const struct course_piece *a, const struct course_piece *b)
{
	return a->timed == b->timed && (!a->timed || a->at == b->at);
}

/* Whether the value is among those that are claimed already; then it is. */
static bool
is_claimed(struct merging *m, const struct slot *s, struct slice value)
{
	struct buf b = { 0 };
	bool fresh;

	buf_addf(&b, "%zu %zu ", (size_t)(s - m->slots), s->since);
	buf_add_slice(&b, value);
	index_add(m->claimed, buf_slice(&b), &fresh);
	buf_release(&b);
	return !fresh;
}

static void
claim_alone(struct merging *m, struct slot *s, struct slice value)
{
	struct claim *c = arena_zalloc(m->arena, sizeof(*c));

	*c = (struct claim){ s->piece, value, s->entries, NULL };
	s->first = s->last = c;
	s->n = 1;
	s->since++;
}

/* Another value of the same time, unless somebody has it already. */
static void
claim_too(struct merging *m, struct slot *s, struct slice value)
{
	struct claim *first = s->first;

	if (slice_eq(first->value, value))
		return;
	if (s->n == 1)
		is_claimed(m, s, first->value);
	if (is_claimed(m, s, value))
		return;
	s->last->next = arena_zalloc(m->arena, sizeof(*s->last));
	s->last = s->last->next;
	*s->last = (struct claim){ s->piece, value, s->entries, NULL };
	s->n++;
}

static void
claim(struct merging *m, struct slot *s, struct json value, bool stated)
{
	bool null = value.type == JSON_NULL;

	if (s->n == 0 || (stated && !s->stated)) {
		claim_alone(m, s, value.text);
		s->stated = stated;
	} else if (!stated || (s->field && null)) {
		return;
	} else if (s->field) {
		s->differs |= !slice_eq(s->first->value, value.text);
	} else if (!same_time(s->first->piece, s->piece)) {
		claim_alone(m, s, value.text);
	} else if (!null) {
		if (slice_is(s->first->value, "null"))
			claim_alone(m, s, value.text);
		else
			claim_too(m, s, value.text);
	}
}

static void
take(struct merging *m, const struct course_piece *p)
{
	struct json_walk walk = json_enter(p->indicators);
	struct json value;
	struct slice key;

	if (p->indicators.type != JSON_OBJECT)
		return;
	while (json_next_member(&walk, &key, &value)) {
		struct slot *s = slot_of(m, key);

		s->piece = p;
		s->entries = NULL;
	}
	give_entries(m, p);
	walk = json_enter(p->indicators);
	while (json_next_member(&walk, &key, &value)) {
		struct slot *s = slot_of(m, key);
		const struct entry *e = s->entries;

		if (e != NULL &&
		    slice_is(json_text(json_get(e->json, "engine"), m->arena),
			"field"))
			s->field = true;
		claim(m, s, value, e != NULL || !is_nothing(value));
	}
}

/* --- what is written ----------------------------------------------------- */

/* RFC 6901: a kind is a word, but nobody promised that. */
static void
put_step(struct buf *b, struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '~')
			buf_adds(b, "~0");
		else if (s.p[i] == '/')
			buf_adds(b, "~1");
		else
			buf_addc(b, s.p[i]);
}

/* "/findings" of the piece is "/gathered/exam/2/findings" of the course. */
static void
put_source(struct merging *m, const struct course_piece *p, struct json src,
    struct buf *b)
{
	struct slice pointer = json_text(src, m->arena);
	struct buf whole = { 0 };

	if (pointer.n > 0 && pointer.p[0] == '/') {
		buf_adds(&whole, "/gathered/");
		put_step(&whole, p->kind);
		buf_addf(&whole, "/%zu", p->place);
	}
	buf_add_slice(&whole, pointer);
	json_put_string(b, buf_slice(&whole));
	buf_release(&whole);
}

static void
put_entry(struct merging *m, const struct course_piece *p, struct json entry,
    struct buf *b)
{
	struct json_walk walk = json_enter(entry), places;
	struct json value, place;
	struct slice key;

	json_put_comma(b);
	buf_addc(b, '{');
	while (json_next_member(&walk, &key, &value)) {
		if (json_key_is(key, SLICE("src")) &&
		    value.type == JSON_STRING) {
			json_put_key(b, "src");
			put_source(m, p, value, b);
		} else if ((json_key_is(key, SLICE("more")) ||
			       json_key_is(key, SLICE("also"))) &&
		    value.type == JSON_ARRAY) {
			json_put_key_slice(b, key);
			buf_addc(b, '[');
			places = json_enter(value);
			while (json_next_element(&places, &place))
				put_entry(m, p, place, b);
			buf_addc(b, ']');
		} else {
			json_put_member(b, key, value.text);
		}
	}
	buf_addc(b, '}');
}

/* Where the alternative stands: src, span and quote of its first entry. */
static void
put_place(struct merging *m, const struct claim *c, struct buf *b)
{
	static const char *const kept[] = { "span", "quote" };
	struct json value;

	if (c->entries == NULL)
		return;
	value = json_get(c->entries->json, "src");
	if (value.type != JSON_STRING)
		return;
	json_put_key(b, "src");
	put_source(m, c->piece, value, b);
	for (size_t k = 0; k < 2; k++) {
		value = json_get(c->entries->json, kept[k]);
		if (value.type != JSON_NONE)
			json_put_member(b, slice_of(kept[k]), value.text);
	}
}

/* The places of the other alternatives, as `more`. */
static void
put_places(struct merging *m, const struct slot *s, struct buf *b)
{
	struct buf one = { 0 }, all = { 0 };

	for (const struct claim *c = s->first->next; c != NULL; c = c->next) {
		buf_reset(&one);
		put_place(m, c, &one);
		if (one.n > 0)
			buf_addf(&all, "%s{%.*s}", all.n > 0 ? "," : "",
			    (int)one.n, one.p);
	}
	if (all.n > 0) {
		json_put_key(b, "more");
		buf_addc(b, '[');
		buf_add_slice(b, buf_slice(&all));
		buf_addc(b, ']');
	}
	buf_release(&one);
	buf_release(&all);
}

static void
put_conflict(struct merging *m, const struct slot *s, struct buf *b)
{
	const struct entry *first = s->first->entries;
	struct json engine = { { "", 0 }, JSON_NONE };

	if (first != NULL)
		engine = json_get(first->json, "engine");
	json_put_comma(b);
	buf_adds(b, "{\"path\":\"");
	buf_add_slice(b, s->id);
	buf_adds(b, "\",\"value\":null");
	put_place(m, s->first, b);
	if (engine.type == JSON_STRING)
		json_put_member(b, SLICE("engine"), engine.text);
	buf_adds(b, ",\"status\":\"conflict\",\"claimed\":[");
	for (const struct claim *c = s->first; c != NULL; c = c->next) {
		json_put_comma(b);
		buf_add_slice(b, c->value);
	}
	buf_adds(b, "],\"why\":\"two_values\"");
	put_places(m, s, b);
	buf_addc(b, '}');
}

static void
put_slot(struct merging *m, const struct slot *s, struct buf *values,
    struct buf *entries)
{
	if (s->differs)
		return;
	json_put_member(
	    values, s->id, s->n > 1 ? SLICE("null") : s->first->value);
	if (s->n > 1) {
		put_conflict(m, s, entries);
		return;
	}
	for (const struct entry *e = s->first->entries; e != NULL; e = e->next)
		put_entry(m, s->first->piece, e->json, entries);
}

void
course_merge(const struct course_piece *pieces, size_t n, struct arena *arena,
    struct buf *values, struct buf *entries)
{
	struct merging m = {
		.arena = arena, .ids = index_new(), .claimed = index_new()
	};

	for (size_t i = 0; i < n; i++)
		take(&m, &pieces[i]);
	buf_addc(values, '{');
	buf_addc(entries, '[');
	for (size_t i = 0; i < index_count(m.ids); i++)
		put_slot(&m, &m.slots[i], values, entries);
	buf_addc(values, '}');
	buf_addc(entries, ']');
	index_free(m.ids);
	index_free(m.claimed);
	mem_free(m.slots);
}
