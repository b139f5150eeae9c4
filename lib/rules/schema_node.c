/*
 * The document as nodes: a walk over all that are schemas, each keyword known
 * or refused.  Its recursion is bounded by the depth of the document.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "rules/schema_parts.h"

#define DRAFT "https://json-schema.org/draft/2020-12/schema"

bool
schema_fault(struct schema *s, const struct node *n, const char *keyword,
    const struct value *v, const char *fmt, ...)
{
	const char *slash = keyword == NULL ? "" : "/";
	struct slice pointer = n == NULL ? SLICE("") : n->pointer;
	char text[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return table_fault(s->faults, s->path, v == NULL ? 0 : v->line, s->e,
	    "%.*s%s%s: %s", (int)(pointer.n < 200 ? pointer.n : 200), pointer.p,
	    slash, keyword == NULL ? (pointer.n == 0 ? "/" : "") : keyword,
	    text);
}

const struct key *
schema_key(const struct node *n, enum keyword k)
{
	for (size_t i = 0; i < n->nkeys; i++)
		if (n->keys[i].word->keyword == k)
			return &n->keys[i];
	return NULL;
}

void
schema_put_part(struct slice part, struct buf *to)
{
	for (size_t i = 0; i < part.n; i++)
		if (part.p[i] == '~')
			buf_adds(to, "~0");
		else if (part.p[i] == '/')
			buf_adds(to, "~1");
		else
			buf_addc(to, part.p[i]);
}

/* pointer/word/part, or without a part pointer/word. */
static struct slice
below(
    struct schema *s, struct slice pointer, const char *word, struct slice part)
{
	struct buf b = { 0 };
	struct slice text;

	buf_addf(&b, "%.*s/%s", (int)pointer.n, pointer.p, word);
	if (part.p != NULL) {
		buf_addc(&b, '/');
		schema_put_part(part, &b);
	}
	text = arena_slice(s->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

static struct node *read_node(
    struct schema *, const struct value *, struct slice pointer, size_t);

/* --- schemas below a keyword -------------------------------------------------- */

static void
add_child(struct schema *s, struct node *n, struct key *k,
    const struct value *v, struct slice part)
{
	struct slice pointer = below(s, n->pointer, k->word->name, part);

	k->nodes[k->n++] = read_node(s, v, pointer, n->resource);
}

static void
read_children(struct schema *s, struct node *n, struct key *k)
{
	const struct value *v = k->value;
	size_t count = k->word->shape == SHAPE_ONE ? 1 : v->count;
	char number[24];

	k->nodes = arena_alloc(s->arena, (count + 1) * sizeof(*k->nodes));
	if (k->word->shape == SHAPE_ONE)
		add_child(s, n, k, v, (struct slice){ NULL, 0 });
	for (size_t i = 0; k->word->shape == SHAPE_LIST && i < count; i++) {
		snprintf(number, sizeof(number), "%zu", i);
		add_child(s, n, k, &v->items[i], slice_of(number));
	}
	for (size_t i = 0; k->word->shape == SHAPE_MAP && i < count; i++)
		add_child(s, n, k, &v->items[i], v->keys[i]);
}

/* --- one node ----------------------------------------------------------------- */

static bool
read_draft(struct schema *s, struct node *n, const struct value *v)
{
	struct slice uri = v->text;

	if (uri.n > 0 && uri.p[uri.n - 1] == '#')
		uri.n--;
	return slice_is(uri, DRAFT) ||
	    schema_fault(s, n, "$schema", v,
		"only draft 2020-12 is read, " DRAFT
		": write the schema in its words");
}

static bool
read_special(struct schema *s, struct node *n, const struct keyword_word *w,
    const struct value *v)
{
	switch (w->keyword) {
	case KEY_SCHEMA:
		return read_draft(s, n, v);
	case KEY_ANCHOR:
	case KEY_DYNAMIC_ANCHOR:
		return schema_add_anchor(
		    s, n, w->name, v, w->keyword == KEY_DYNAMIC_ANCHOR);
	default:
		return true;
	}
}

static bool
is_shape(enum shape shape, const struct value *v)
{
	switch (shape) {
	case SHAPE_ANY:
		return true;
	case SHAPE_TEXT:
		return v->type == JSON_STRING;
	case SHAPE_FLAG:
		return v->type == JSON_TRUE || v->type == JSON_FALSE;
	case SHAPE_NUMBER:
	case SHAPE_COUNT:
		return v->type == JSON_NUMBER;
	case SHAPE_TYPES:
		return v->type == JSON_STRING || v->type == JSON_ARRAY;
	case SHAPE_TEXTS:
	case SHAPE_ARRAY:
	case SHAPE_LIST:
		return v->type == JSON_ARRAY;
	case SHAPE_MAP:
	case SHAPE_TEXT_LISTS:
		return v->type == JSON_OBJECT;
	case SHAPE_ONE:
		return v->type == JSON_OBJECT || v->type == JSON_TRUE ||
		    v->type == JSON_FALSE;
	}
	return false;
}

static const char *const shapes[] = { [SHAPE_ANY] = "",
	[SHAPE_TEXT] = "a string",
	[SHAPE_FLAG] = "true or false",
	[SHAPE_NUMBER] = "a number",
	[SHAPE_COUNT] = "a whole number from 0",
	[SHAPE_TEXTS] = "an array of strings",
	[SHAPE_TYPES] = "the name of a type, or an array of them",
	[SHAPE_ARRAY] = "an array",
	[SHAPE_TEXT_LISTS] = "an object of arrays of strings",
	[SHAPE_ONE] = "a schema (an object, true or false)",
	[SHAPE_LIST] = "an array of schemas, not empty",
	[SHAPE_MAP] = "an object of schemas" };

static bool
has_shape(struct schema *s, const struct node *n, const struct keyword_word *w,
    const struct value *v)
{
	if (is_shape(w->shape, v) && (w->shape != SHAPE_LIST || v->count > 0))
		return true;
	if (w->keyword == KEY_ITEMS && v->type == JSON_ARRAY)
		return schema_fault(s, n, w->name, v,
		    "an array is of older drafts: write prefixItems");
	return schema_fault(
	    s, n, w->name, v, "this must be %s", shapes[w->shape]);
}

static int
by_keyword(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	return (int)x->word->keyword - (int)y->word->keyword;
}

/* What another keyword beside it says is looked at together with it. */
static void
join_keys(struct node *n)
{
	static const struct {
		enum keyword of, beside[2];
	} pairs[] = { { KEY_IF, { KEY_THEN, KEY_ELSE } },
		{ KEY_CONTAINS, { KEY_MIN_CONTAINS, KEY_MAX_CONTAINS } },
		{ KEY_ADDITIONAL_PROPERTIES,
		    { KEY_PROPERTIES, KEY_PATTERN_PROPERTIES } },
		{ KEY_ITEMS, { KEY_PREFIX_ITEMS, KEY_PREFIX_ITEMS } } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct key *k = (struct key *)schema_key(n, pairs[i].of);

		for (size_t j = 0; k != NULL && j < 2; j++)
			k->beside[j] = schema_key(n, pairs[i].beside[j]);
	}
	n->counts = schema_key(n, KEY_UNEVALUATED_ITEMS) != NULL ||
	    schema_key(n, KEY_UNEVALUATED_PROPERTIES) != NULL;
}

static bool
read_key(
    struct schema *s, struct node *n, struct slice name, const struct value *v)
{
	const struct keyword_word *w = schema_word(name);
	char shown[64];
	struct key *k;

	snprintf(shown, sizeof(shown), "%.*s", (int)(name.n < 60 ? name.n : 60),
	    name.p);
	if (w == NULL)
		return schema_fault(s, n, shown, v, "unknown keyword%s",
		    schema_remedy(name, s->arena));
	if (!has_shape(s, n, w, v) || !read_special(s, n, w, v))
		return false;
	if (w->keyword >= KEY_JUDGED && w->keyword != KEY_DEFS)
		return true;
	k = &n->keys[n->nkeys++];
	*k = (struct key){
		.word = w, .value = v, .rule = NO_RULE, .types = w->types
	};
	if (w->shape >= SHAPE_ONE)
		read_children(s, n, k);
	return true;
}

static struct node *
add_node(struct schema *s, const struct value *v, struct slice pointer,
    size_t resource)
{
	struct node *n = arena_zalloc(s->arena, sizeof(*n));

	n->value = v;
	n->pointer = pointer;
	n->number = s->nnodes;
	n->resource = resource;
	n->rule = NO_RULE;
	n->always = v->type == JSON_TRUE;
	n->never = v->type == JSON_FALSE;
	s->nodes =
	    mem_room(s->nodes, s->nnodes, &s->nodes_room, sizeof(*s->nodes));
	s->nodes[s->nnodes++] = n;
	index_add(s->pointers, pointer, NULL);
	return n;
}

static struct node *
read_node(struct schema *s, const struct value *v, struct slice pointer,
    size_t resource)
{
	struct node *n = add_node(s, v, pointer, resource);
	const struct value *id = value_get(v, "$id");

	if (v->type != JSON_OBJECT) {
		if (!n->always && !n->never)
			schema_fault(s, n, NULL, v,
			    "a schema is an object, true or false");
		return n;
	}
	if (id != NULL && id->type == JSON_STRING)
		schema_enter_resource(s, n, id->text);
	n->keys = arena_alloc(s->arena, (v->count + 1) * sizeof(*n->keys));
	for (size_t i = 0; i < v->count; i++)
		read_key(s, n, v->keys[i], &v->items[i]);
	qsort(n->keys, n->nkeys, sizeof(*n->keys), by_keyword);
	join_keys(n);
	for (size_t i = 0; i < n->nkeys; i++)
		schema_argument(s, n, &n->keys[i]);
	return n;
}

bool
schema_read(struct schema *s)
{
	size_t before = s->faults->n;

	s->resources =
	    mem_room(NULL, 0, &s->resources_room, sizeof(*s->resources));
	s->resources[0] = (struct resource){ SLICE(""), NULL };
	s->nresources = 1;
	index_add(s->uris, SLICE(""), NULL);
	s->root = read_node(s, s->document, SLICE(""), 0);
	s->resources[0].node = s->root;
	return s->faults->n == before;
}
