#include "json/value.h"

#include <stdlib.h>

#include "base/hash.h"
#include "json/token.h"

/* How far the lines of the document are counted. */
struct place {
	const char *p;
	unsigned line;
};

struct tree {
	struct arena *arena;
	struct place place;
	struct err *e;
};

static unsigned
line_of(struct place *from, const char *p)
{
	while (from->p < p)
		from->line += *from->p++ == '\n';
	return from->line;
}

static bool build(struct tree *, struct json, struct value *);

static bool
build_array(struct tree *t, struct json v, struct value *to)
{
	struct json_walk w = json_enter(v);
	struct json element;
	size_t i = 0;

	while (json_next_element(&w, &element))
		if (!build(t, element, &to->items[i++]))
			return false;
	return true;
}

static bool
build_object(struct tree *t, struct json v, struct value *to)
{
	struct json_walk w = json_enter(v);
	struct index *names = index_new();
	struct slice key;
	struct json member;
	bool fresh = true, done = true;

	to->keys = arena_alloc(t->arena, to->count * sizeof(*to->keys));
	for (size_t i = 0; done && json_next_member(&w, &key, &member); i++) {
		to->keys[i] = json_unescape(key, t->arena);
		index_add(names, to->keys[i], &fresh);
		done = fresh
		    ? build(t, member, &to->items[i])
		    : err_set(t->e, ERR_USAGE,
			  "%u: the key '%.*s' stands twice",
			  line_of(&t->place, key.p),
			  (int)(to->keys[i].n < 80 ? to->keys[i].n : 80),
			  to->keys[i].p);
	}
	index_free(names);
	return done;
}

static bool
build(struct tree *t, struct json v, struct value *to)
{
	*to = (struct value){ .type = v.type,
		.text = json_text(v, t->arena),
		.source = v.text,
		.line = line_of(&t->place, v.text.p) };
	if (v.type != JSON_ARRAY && v.type != JSON_OBJECT)
		return true;
	to->count = json_length(v);
	to->items = arena_alloc(t->arena, to->count * sizeof(*to->items));
	return v.type == JSON_ARRAY ? build_array(t, v, to)
				    : build_object(t, v, to);
}

/* A person typed it: the byte is counted from the start of its line. */
static bool
refuse(struct text *t, struct err *e)
{
	const char *at = t->bad < t->end ? t->bad : t->end;
	struct place place = { t->begin, 1 };
	unsigned line = line_of(&place, at);

	for (const char *p = t->begin; p < at; p++)
		if (*p == '\n')
			t->begin = p + 1;
	text_err(t, e);
	e->kind = ERR_USAGE;
	return err_wrap(e, "%u", line);
}

struct value *
value_parse(struct arena *a, const char *p, size_t n, struct err *e)
{
	struct slice copy = json_pad((struct slice){ p, n }, a);
	struct tree tree = { a, { copy.p, 1 }, e };
	struct value *v = arena_alloc(a, sizeof(*v));
	struct text t;

	text_init(&t, copy.p, n, 0);
	if (!text_check(&t)) {
		refuse(&t, e);
		return NULL;
	}
	return build(&tree, json_of(copy), v) ? v : NULL;
}

const struct value *
value_get(const struct value *v, const char *name)
{
	if (v == NULL || v->type != JSON_OBJECT)
		return NULL;
	for (size_t i = 0; i < v->count; i++)
		if (slice_is(v->keys[i], name))
			return &v->items[i];
	return NULL;
}

struct slice
value_text(const struct value *v, const char *name, const char *fallback)
{
	v = value_get(v, name);
	return v != NULL && v->type == JSON_STRING ? v->text
						   : slice_of(fallback);
}

/* The number ends where the document goes on, or at the slack behind it. */
double
value_number(const struct value *v)
{
	return v == NULL || v->type != JSON_NUMBER ? 0
						   : strtod(v->source.p, NULL);
}
