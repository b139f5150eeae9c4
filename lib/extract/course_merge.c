#include "extract/course_merge.h"

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"

#define MOST_CLAIMS 8 /* differing values of one time that are named */

struct claim {
	const struct course_piece *piece;
	struct slice value; /* JSON */
};

struct slot {
	struct slice id; /* JSON, between the quotes */
	struct slice name;
	bool field;   /* L1 */
	bool differs; /* L1: not all agree */
	bool stated;  /* false: looked for, nothing there */
	struct claim claims[MOST_CLAIMS];
	size_t n; /* above 1: a conflict */
};

struct merging {
	struct arena *arena;
	struct index *ids;
	struct slot *slots;
	size_t room;
};

/* Of the indicator itself, or of an object of the group: `lesion.1.power`. */
static bool
is_about(struct slice path, struct slice name)
{
	if (path.n < name.n || memcmp(path.p, name.p, name.n) != 0)
		return false;
	return path.n == name.n ||
	    (path.n > name.n + 1 && path.p[name.n] == '.' &&
		path.p[name.n + 1] >= '0' && path.p[name.n + 1] <= '9');
}

/* The next entry of the piece about the indicator. */
static bool
next_entry(struct json_walk *walk, struct slice name, struct arena *arena,
    struct json *entry)
{
	while (json_next_element(walk, entry))
		if (is_about(json_text(json_get(*entry, "path"), arena), name))
			return true;
	return false;
}

static struct json_walk
entries_of(const struct course_piece *p)
{
	return p->trail.type == JSON_ARRAY ? json_enter(p->trail)
					   : (struct json_walk){ NULL, NULL };
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

static bool
is_claimed(const struct slot *s, struct slice value)
{
	for (size_t i = 0; i < s->n; i++)
		if (slice_eq(s->claims[i].value, value))
			return true;
	return false;
}

static void
claim(struct slot *s, const struct course_piece *p, struct json value,
    bool stated)
{
	struct claim c = { p, value.text };
	bool null = value.type == JSON_NULL;

	if (s->n == 0 || (stated && !s->stated)) {
		s->claims[0] = c;
		s->n = 1;
		s->stated = stated;
	} else if (!stated || (s->field && null)) {
		return;
	} else if (s->field) {
		s->differs |= !slice_eq(s->claims[0].value, c.value);
	} else if (!same_time(s->claims[0].piece, p)) {
		s->claims[0] = c;
		s->n = 1;
	} else if (!is_claimed(s, c.value) && !null) {
		if (slice_is(s->claims[0].value, "null"))
			s->claims[0] = c;
		else if (s->n < MOST_CLAIMS)
			s->claims[s->n++] = c;
	}
}

static void
take(struct merging *m, const struct course_piece *p, struct slice key,
    struct json value)
{
	struct slice name = json_unescape(key, m->arena);
	struct json_walk walk = entries_of(p);
	struct json entry;
	bool fresh, has;
	size_t i = index_add(m->ids, name, &fresh);
	struct slot *s;

	m->slots = mem_room(m->slots, i, &m->room, sizeof(*m->slots));
	s = &m->slots[i];
	if (fresh)
		*s = (struct slot){ .id = key, .name = name };
	has = next_entry(&walk, name, m->arena, &entry);
	if (has &&
	    slice_is(json_text(json_get(entry, "engine"), m->arena), "field"))
		s->field = true;
	claim(s, p, value, has || !is_nothing(value));
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
		} else if (json_key_is(key, SLICE("more")) &&
		    value.type == JSON_ARRAY) {
			json_put_key(b, "more");
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
put_place(struct merging *m, const struct slot *s, size_t i, struct buf *b)
{
	static const char *const kept[] = { "span", "quote" };
	const struct course_piece *p = s->claims[i].piece;
	struct json_walk walk = entries_of(p);
	struct json entry, value;

	if (!next_entry(&walk, s->name, m->arena, &entry))
		return;
	value = json_get(entry, "src");
	if (value.type != JSON_STRING)
		return;
	json_put_key(b, "src");
	put_source(m, p, value, b);
	for (size_t k = 0; k < 2; k++) {
		value = json_get(entry, kept[k]);
		if (value.type != JSON_NONE)
			json_put_member(b, slice_of(kept[k]), value.text);
	}
}

/* The places of the other alternatives, as `more`. */
static void
put_places(struct merging *m, const struct slot *s, struct buf *b)
{
	struct buf one = { 0 }, all = { 0 };

	for (size_t i = 1; i < s->n; i++) {
		buf_reset(&one);
		put_place(m, s, i, &one);
		if (one.n > 0)
			buf_addf(&all, "%s{%.*s}", all.n > 0 ? "," : "",
			    (int)one.n, one.p);
	}
	if (all.n > 0) {
		json_put_key(b, "more");
		buf_addf(b, "[%.*s]", (int)all.n, all.p);
	}
	buf_release(&one);
	buf_release(&all);
}

static void
put_conflict(struct merging *m, const struct slot *s, struct buf *b)
{
	struct json_walk walk = entries_of(s->claims[0].piece);
	struct json first;

	json_put_comma(b);
	buf_adds(b, "{\"path\":\"");
	buf_add_slice(b, s->id);
	buf_adds(b, "\",\"value\":null");
	put_place(m, s, 0, b);
	if (next_entry(&walk, s->name, m->arena, &first) &&
	    json_get(first, "engine").type == JSON_STRING)
		json_put_member(
		    b, SLICE("engine"), json_get(first, "engine").text);
	buf_adds(b, ",\"status\":\"conflict\",\"claimed\":[");
	for (size_t i = 0; i < s->n; i++) {
		json_put_comma(b);
		buf_add_slice(b, s->claims[i].value);
	}
	buf_adds(b, "],\"why\":\"two_values\"");
	put_places(m, s, b);
	buf_addc(b, '}');
}

static void
put_slot(struct merging *m, const struct slot *s, struct buf *values,
    struct buf *entries)
{
	const struct course_piece *p = s->claims[0].piece;
	struct json_walk walk = entries_of(p);
	struct json entry;

	if (s->differs)
		return;
	json_put_member(
	    values, s->id, s->n > 1 ? SLICE("null") : s->claims[0].value);
	if (s->n > 1) {
		put_conflict(m, s, entries);
		return;
	}
	while (next_entry(&walk, s->name, m->arena, &entry))
		put_entry(m, p, entry, entries);
}

void
course_merge(const struct course_piece *pieces, size_t n, struct arena *arena,
    struct buf *values, struct buf *entries)
{
	struct merging m = { .arena = arena, .ids = index_new() };

	for (size_t i = 0; i < n; i++) {
		struct json_walk walk = json_enter(pieces[i].indicators);
		struct json value;
		struct slice key;

		while (pieces[i].indicators.type == JSON_OBJECT &&
		    json_next_member(&walk, &key, &value))
			take(&m, &pieces[i], key, value);
	}
	buf_addc(values, '{');
	buf_addc(entries, '[');
	for (size_t i = 0; i < index_count(m.ids); i++)
		put_slot(&m, &m.slots[i], values, entries);
	buf_addc(values, '}');
	buf_addc(entries, ']');
	index_free(m.ids);
	mem_free(m.slots);
}
