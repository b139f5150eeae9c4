#include "record/record.h"

#include <assert.h>

#include "base/mem.h"
#include "json/write.h"

#define TRAIL "_mdx"

/*
 * A changed record is written by one walk over its members.  Each member that
 * has a change points to it; runs of members without one are copied as one
 * piece, separators and blanks included.
 *
 *	{ "a" : 1 , "b" : 2 , "c" : 3 }
 *	  '--a--' '---b---' '---c---'		a piece begins with its comma
 */
struct addition {
	struct addition *next;
	struct slice name, json;
};

struct change {
	bool drop;
	struct slice name, json; /* p NULL: as it was */
	struct addition *behind, **end;
};

struct trail {
	struct trail *next;
	const char *name;
	struct slice json; /* n 0: removed */
};

struct record {
	struct json_scan *scan;
	struct arena *arena;
	struct slice line;
	const struct json_member *members;
	size_t count;
	const struct json_member *trail;
	struct change **changes; /* one a member, NULL: none */
	size_t room;
	struct change last; /* additions before `_mdx` */
	struct trail *trails, **trails_end;
	struct buf new_trail; /* `_mdx` as it is written */
	bool changed;
};

struct index *
record_names(void)
{
	struct index *names = index_new();

	index_add(names, SLICE(TRAIL), NULL);
	return names;
}

struct record *
record_new(const struct index *names, unsigned depth)
{
	struct record *r = mem_zalloc(sizeof(*r));

	r->scan = json_scan_new(names, depth);
	r->arena = arena_new();
	return r;
}

void
record_free(struct record *r)
{
	if (r == NULL)
		return;
	json_scan_free(r->scan);
	arena_free(r->arena);
	mem_free(r->changes);
	buf_release(&r->new_trail);
	mem_free(r);
}

static void
forget_changes(struct record *r)
{
	if (r->changed && r->room > 0)
		memset(r->changes, 0, r->room * sizeof(*r->changes));
	r->changed = false;
	r->last = (struct change){ .end = &r->last.behind };
	r->trails = NULL;
	r->trails_end = &r->trails;
}

bool
record_read(struct record *r, struct slice line, struct err *e)
{
	forget_changes(r);
	arena_reset(r->arena);
	r->line = line;
	if (!json_scan_object(r->scan, line.p, line.n, e))
		return false;
	r->members = json_scan_members(r->scan, &r->count);
	r->trail = json_scan_field(r->scan, 0);
	return true;
}

struct slice
record_line(const struct record *r)
{
	return r->line;
}

struct arena *
record_arena(struct record *r)
{
	return r->arena;
}

const struct json_member *
record_field(const struct record *r, size_t number)
{
	return json_scan_field(r->scan, number);
}

const struct json_member *
record_members(const struct record *r, size_t *count)
{
	*count = r->count;
	return r->members;
}

struct slice
record_key(const struct record *r, const struct json_member *m)
{
	return (struct slice){ r->line.p + m->key, m->keyn };
}

struct json
record_value(const struct record *r, const struct json_member *m)
{
	if (m == NULL)
		return (struct json){ { "", 0 }, JSON_NONE };
	return (struct json){ { r->line.p + m->value, m->valuen },
		(enum json_type)m->type };
}

struct slice
record_text(struct record *r, const struct json_member *m)
{
	struct json v = record_value(r, m);

	if (v.type == JSON_STRING && !m->escaped)
		return (struct slice){ v.text.p + 1, v.text.n - 2 };
	return v.type == JSON_NONE ? SLICE("") : json_text(v, r->arena);
}

struct json
record_trail(const struct record *r, const char *name)
{
	return json_get(record_value(r, r->trail), name);
}

static struct slice
trail_text(struct record *r, const char *name)
{
	struct json v = record_trail(r, name);

	return v.type == JSON_STRING ? json_text(v, r->arena) : SLICE("");
}

struct slice
record_kind(struct record *r)
{
	return trail_text(r, "kind");
}

struct slice
record_id(struct record *r)
{
	return trail_text(r, "id");
}

static void
make_room(struct record *r)
{
	size_t room = 2 * r->count;

	if (r->room >= r->count)
		return;
	r->changes = mem_resize(r->changes, room, sizeof(*r->changes));
	memset(r->changes + r->room, 0, (room - r->room) * sizeof(*r->changes));
	r->room = room;
}

static struct change *
change_of(struct record *r, const struct json_member *m)
{
	size_t i = (size_t)(m - r->members);

	assert(i < r->count);
	make_room(r);
	r->changed = true;
	if (r->changes[i] == NULL) {
		r->changes[i] = arena_zalloc(r->arena, sizeof(struct change));
		r->changes[i]->end = &r->changes[i]->behind;
	}
	return r->changes[i];
}

void
record_set(struct record *r, const struct json_member *m, struct slice json)
{
	change_of(r, m)->json = json;
}

void
record_rename(struct record *r, const struct json_member *m, struct slice name)
{
	change_of(r, m)->name = name;
}

void
record_drop(struct record *r, const struct json_member *m)
{
	change_of(r, m)->drop = true;
}

void
record_add(struct record *r, const struct json_member *behind,
    struct slice name, struct slice json)
{
	struct change *c = behind == NULL ? &r->last : change_of(r, behind);
	struct addition *a = arena_alloc(r->arena, sizeof(*a));

	*a = (struct addition){ .name = name, .json = json };
	*c->end = a;
	c->end = &a->next;
	r->changed = true;
}

void
record_set_trail(struct record *r, const char *name, struct slice json)
{
	struct trail *t = arena_alloc(r->arena, sizeof(*t));

	*t = (struct trail){ .name = name, .json = json };
	*r->trails_end = t;
	r->trails_end = &t->next;
	r->changed = true;
}

bool
record_changed(const struct record *r)
{
	return r->changed;
}

static struct trail *
trail_change(struct record *r, struct slice key)
{
	struct trail *found = NULL;

	for (struct trail *t = r->trails; t != NULL; t = t->next)
		if (json_key_is(key, slice_of(t->name)))
			found = t;
	return found;
}

/*
 * `_mdx` with its changes.  Where all of it goes nothing is left to say, and
 * the empty object is not written.
 */
static struct slice
new_trail(struct record *r)
{
	struct json old = record_value(r, r->trail), value;
	struct json_walk walk = json_enter(old);
	struct slice key;
	struct buf *b = &r->new_trail;
	size_t members = 0;

	buf_reset(b);
	buf_addc(b, '{');
	while (json_next_member(&walk, &key, &value)) {
		struct trail *t = trail_change(r, key);

		if (t != NULL && t->json.n == 0)
			continue;
		json_put_comma(b);
		buf_addc(b, '"');
		buf_add_slice(b, key);
		buf_adds(b, "\":");
		buf_add_slice(b, t == NULL ? value.text : t->json);
		members++;
	}
	for (struct trail *t = r->trails; t != NULL; t = t->next) {
		if (t->json.n == 0 ||
		    json_get(old, t->name).type != JSON_NONE ||
		    trail_change(r, slice_of(t->name)) != t)
			continue;
		json_put_key(b, t->name);
		buf_add_slice(b, t->json);
		members++;
	}
	buf_addc(b, '}');
	return members == 0 ? SLICE("") : buf_slice(b);
}

static void
put_pair(struct buf *to, bool *first, struct slice name, struct slice json)
{
	if (!*first)
		buf_addc(to, ',');
	*first = false;
	json_put_string(to, name);
	buf_addc(to, ':');
	buf_add_slice(to, json);
}

static void
put_additions(struct buf *to, bool *first, const struct addition *a)
{
	for (; a != NULL; a = a->next)
		put_pair(to, first, a->name, a->json);
}

/* Where the piece of a member begins: behind the value before it. */
static size_t
piece(const struct record *r, size_t i)
{
	const struct json_member *m = &r->members[i];

	return i == 0 ? m->key - 1 : m[-1].value + m[-1].valuen;
}

static void
put_member(struct record *r, size_t i, struct buf *to, bool *first)
{
	const struct json_member *m = &r->members[i];
	const struct change *c = r->changes[i];
	const char *p = r->line.p;
	size_t from = *first ? m->key - 1 : piece(r, i);

	if (!c->drop) {
		if (!*first && i == 0)
			buf_addc(to, ',');
		buf_add(to, p + from, m->key - 1 - from);
		if (c->name.p != NULL)
			json_put_string(to, c->name);
		else
			buf_add(to, p + m->key - 1, m->keyn + 2);
		from = m->key + m->keyn + 1;
		if (c->json.p != NULL) {
			buf_add(to, p + from, m->value - from);
			buf_add_slice(to, c->json);
		} else {
			buf_add(to, p + from, m->value + m->valuen - from);
		}
		*first = false;
	}
	put_additions(to, first, c->behind);
}

/* Members from i that stay as they are, in one piece. */
static size_t
put_unchanged(const struct record *r, size_t i, struct buf *to, bool *first)
{
	size_t end = i, from = *first ? r->members[i].key - 1 : piece(r, i);

	while (end < r->count && r->changes[end] == NULL &&
	    !(&r->members[end] == r->trail && r->last.behind != NULL &&
		end > i))
		end++;
	if (!*first && i == 0)
		buf_addc(to, ',');
	buf_add(to, r->line.p + from,
	    r->members[end - 1].value + r->members[end - 1].valuen - from);
	*first = false;
	return end;
}

void
record_write(struct record *r, struct buf *to)
{
	struct slice trail = { NULL, 0 };
	bool first = true;
	size_t open, i = 0;

	if (!r->changed) {
		buf_add_slice(to, r->line);
		return;
	}
	if (r->trails != NULL) {
		trail = new_trail(r);
		if (r->trail != NULL && trail.n == 0)
			record_drop(r, r->trail);
		else if (r->trail != NULL)
			record_set(r, r->trail, trail);
	}
	make_room(r);
	open = (size_t)((const char *)memchr(r->line.p, '{', r->line.n) -
		   r->line.p) +
	    1;
	buf_add(to, r->line.p, r->count > 0 ? piece(r, 0) : open);
	while (i < r->count) {
		if (&r->members[i] == r->trail) {
			put_additions(to, &first, r->last.behind);
			r->last.behind = NULL;
		}
		if (r->changes[i] != NULL)
			put_member(r, i++, to, &first);
		else
			i = put_unchanged(r, i, to, &first);
	}
	put_additions(to, &first, r->last.behind);
	if (r->trail == NULL && trail.n > 0)
		put_pair(to, &first, SLICE(TRAIL), trail);
	if (r->count > 0)
		open = r->members[r->count - 1].value +
		    r->members[r->count - 1].valuen;
	buf_add(to, r->line.p + open, r->line.n - open);
}
