#include "rules/compose.h"

#include "json/write.h"
#include "rules/field_steps.h"

struct node {
	enum json_type type; /* JSON_NONE: not yet known */
	struct slice key;
	struct slice json; /* of one that is no container */
	struct node *first, *next;
};

struct compose {
	const struct index *names;
	struct arena *arena;
	struct node top;
};

struct compose *
compose_new(const struct index *names, struct arena *a)
{
	struct compose *c = arena_zalloc(a, sizeof(*c));

	c->names = names;
	c->arena = a;
	c->top.type = JSON_OBJECT;
	return c;
}

static struct node *
append(struct compose *c, struct node **to, struct slice key)
{
	*to = arena_zalloc(c->arena, sizeof(**to));
	(*to)->key = key;
	return *to;
}

/* Makes the node the container; NULL where it is something else. */
static struct node *
as(struct node *n, enum json_type type)
{
	if (n == NULL || (n->type != JSON_NONE && n->type != type))
		return NULL;
	n->type = type;
	return n;
}

static struct node *
member(struct compose *c, struct node *object, struct slice key)
{
	struct node **at;

	if (as(object, JSON_OBJECT) == NULL)
		return NULL;
	for (at = &object->first; *at != NULL; at = &(*at)->next)
		if (slice_eq((*at)->key, key))
			return *at;
	return append(c, at, arena_slice(c->arena, key));
}

static struct node *
element(struct compose *c, struct node *array, size_t number)
{
	struct node **at;

	if (as(array, JSON_ARRAY) == NULL || number > 100)
		return NULL;
	for (at = &array->first;; at = &(*at)->next) {
		if (*at == NULL)
			append(c, at, SLICE(""));
		if (number-- == 0)
			return *at;
	}
}

bool
compose_put(struct compose *c, const struct field *f, struct slice json)
{
	struct node *n = member(c, &c->top, index_name(c->names, f->member));

	for (size_t i = 0; n != NULL && i < f->nsteps; i++) {
		const struct step *s = &f->steps[i];

		if (s->kind == STEP_EACH || s->kind == STEP_AT)
			n = element(c, n, s->kind == STEP_AT ? s->at : 0);
		else
			n = member(c, n, s->name);
	}
	if (n == NULL || n->type == JSON_OBJECT || n->type == JSON_ARRAY)
		return false;
	n->type = json.n == 0 ? JSON_NONE : JSON_STRING;
	n->json = arena_slice(c->arena, json);
	return true;
}

bool
compose_put_path(struct compose *c, struct slice path, struct slice json)
{
	const struct index *before = c->names;
	struct index *own = index_new();
	struct err e = { 0 };
	struct field f;
	bool ok;

	c->names = own;
	ok = field_parse(path, false, own, c->arena, &f, &e);
	if (ok)
		ok = compose_put(c, &f, json);
	c->names = before;
	index_free(own);
	return ok;
}

/* What holds nothing is left out, but an element keeps its place. */
static bool
is_empty(const struct node *n)
{
	if (n->type == JSON_NONE)
		return true;
	if (n->type == JSON_STRING || n->type == JSON_ARRAY)
		return false;
	for (n = n->first; n != NULL; n = n->next)
		if (!is_empty(n))
			return false;
	return true;
}

static void
write_node(const struct node *n, struct buf *to)
{
	bool object = n->type == JSON_OBJECT;

	if (n->type == JSON_NONE) {
		buf_adds(to, "{}");
		return;
	}
	if (!object && n->type != JSON_ARRAY) {
		buf_add_slice(to, n->json);
		return;
	}
	buf_addc(to, object ? '{' : '[');
	for (const struct node *m = n->first; m != NULL; m = m->next) {
		if (object && is_empty(m))
			continue;
		if (object)
			json_put_key_slice(to, m->key);
		else
			json_put_comma(to);
		write_node(m, to);
	}
	buf_addc(to, object ? '}' : ']');
}

void
compose_write(const struct compose *c, struct buf *to)
{
	write_node(&c->top, to);
}
