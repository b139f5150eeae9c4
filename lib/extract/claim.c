#include "extract/claim.h"

struct list {
	const struct doctype *type;
	struct arena *arena;
	struct claim *claims;
	size_t n, room;
	size_t unknown;
};

static bool
read_quotes(struct claim *c, struct json q, struct arena *a)
{
	struct json_walk walk;
	struct json one;

	if (q.type == JSON_STRING) {
		c->quotes[c->nquotes++] = json_text(q, a);
		return true;
	}
	if (q.type == JSON_NULL || q.type == JSON_NONE)
		return true;
	if (q.type != JSON_ARRAY)
		return false;
	walk = json_enter(q);
	while (json_next_element(&walk, &one)) {
		if (one.type != JSON_STRING || c->nquotes == CLAIM_QUOTES)
			return false;
		c->quotes[c->nquotes++] = json_text(one, a);
	}
	return true;
}

static bool
read_stance(struct claim *c, struct json s, struct arena *a)
{
	struct slice word = json_text(s, a);

	if (s.type == JSON_NONE || slice_is(word, "present"))
		c->stance = STANCE_PRESENT;
	else if (slice_is(word, "absent"))
		c->stance = STANCE_ABSENT;
	else if (slice_is(word, "uncertain"))
		c->stance = STANCE_UNCERTAIN;
	else
		return false;
	return true;
}

static struct claim *
add(struct list *l)
{
	if (l->n == l->room) {
		struct claim *old = l->claims;

		l->room = l->room == 0 ? 4 : l->room * 2;
		l->claims = arena_alloc(l->arena, l->room * sizeof(*old));
		if (l->n > 0)
			memcpy(l->claims, old, l->n * sizeof(*old));
	}
	memset(&l->claims[l->n], 0, sizeof(*l->claims));
	return &l->claims[l->n++];
}

/*
 * Of two equal keys the first must never win silently, nor the last: both are
 * marked, and the indicator is a conflict.
 */
static void
mark_twice(struct list *l, struct claim *c)
{
	for (struct claim *o = l->claims; o < c; o++)
		if (o->field == c->field && o->object == c->object)
			o->twice = c->twice = true;
}

static long
find_field(const struct doctype *t, struct slice key, int group)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].group == group &&
		    slice_eq(t->fields[i].key, key))
			return (long)i;
	return -1;
}

static void
read_claim(
    struct list *l, struct slice key, struct json v, int group, unsigned object)
{
	long field = find_field(l->type, json_unescape(key, l->arena), group);
	struct claim *c;

	if (field < 0) {
		l->unknown++;
		return;
	}
	c = add(l);
	c->field = (uint32_t)field;
	c->object = object;
	c->value = json_get(v, "v");
	if (v.type == JSON_NULL)
		c->value.type = JSON_NULL;
	else if (v.type != JSON_OBJECT || c->value.type == JSON_NONE ||
	    !read_quotes(c, json_get(v, "q"), l->arena) ||
	    !read_stance(c, json_get(v, "s"), l->arena))
		c->misshapen = true;
	mark_twice(l, c);
}

static void
read_group(struct list *l, struct json array, int group)
{
	struct json_walk objects = json_enter(array), members;
	struct json object, v;
	struct slice key;

	for (unsigned i = 1; json_next_element(&objects, &object); i++) {
		members = json_enter(object);
		while (object.type == JSON_OBJECT &&
		    json_next_member(&members, &key, &v))
			read_claim(l, key, v, group, i);
	}
}

/* The group that a key of the answer names, or -1. */
static int
named_group(const struct doctype *t, struct slice key)
{
	for (size_t i = 0; i < t->ngroups; i++)
		if (slice_eq(key, t->groups[i].how->name))
			return (int)i;
	return -1;
}

struct claim *
claims_read(const struct doctype *t, struct slice object, struct arena *a,
    size_t *n, size_t *unknown)
{
	struct list l = { .type = t, .arena = a };
	struct json_walk walk = json_enter(json_of(object));
	struct slice key;
	struct json v;

	while (json_next_member(&walk, &key, &v)) {
		int group = named_group(t, json_unescape(key, a));

		if (group >= 0 && v.type == JSON_ARRAY)
			read_group(&l, v, group);
		else
			read_claim(&l, key, v, -1, 0);
	}
	*n = l.n;
	*unknown = l.unknown;
	return l.claims;
}
