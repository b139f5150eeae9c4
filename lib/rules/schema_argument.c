/*
 * What stands behind a keyword, as evaluating it needs it.
 */
#include <stdlib.h>

#include "base/ecma.h"
#include "base/mem.h"
#include "rules/schema_parts.h"

#define MOST_CHOICES 1000000 /* values that an enum may hold in all */
#define LARGEST      9007199254740991LL /* of a count: 2^53 - 1 */

static bool
read_number(struct schema *s, struct node *n, struct key *k)
{
	if (!decimal_read(k->value->text, s->arena, &k->number))
		return schema_fault(s, n, k->word->name, k->value,
		    "the exponent is beyond all bounds");
	if (k->word->keyword != KEY_MULTIPLE_OF)
		return true;
	if (decimal_sign(&k->number) <= 0)
		return schema_fault(s, n, k->word->name, k->value,
		    "this must be a number above 0");
	return decimal_digits(&k->number) <= DECIMAL_DIVISOR ||
	    schema_fault(s, n, k->word->name, k->value,
		"more than %d significant digits", DECIMAL_DIVISOR);
}

static bool
read_count(struct schema *s, struct node *n, struct key *k)
{
	long long count = -1;

	if (!decimal_read(k->value->text, s->arena, &k->number) ||
	    !decimal_long(&k->number, &count) || count < 0 || count > LARGEST)
		return schema_fault(s, n, k->word->name, k->value,
		    "this must be a whole number from 0");
	k->count = (uint64_t)count;
	return true;
}

static struct pattern *
read_pattern(struct schema *s, struct node *n, const struct key *k,
    const struct value *v, struct slice text)
{
	struct buf b = { 0 };
	struct err why = { 0 };
	struct pattern *p = NULL;

	if (!ecma_pattern(text, &b, &why)) {
		schema_fault(s, n, k->word->name, v, "%s", why.text);
	} else if ((p = pattern_compile(buf_slice(&b), 0, &why)) == NULL) {
		/* Its place is one in what was made of the pattern. */
		const char *colon = strstr(why.text, ": ");

		schema_fault(s, n, k->word->name, v,
		    "PCRE2 does not take it: %s",
		    colon == NULL ? why.text : colon + 2);
	}
	buf_release(&b);
	return p;
}

/* --- types -------------------------------------------------------------------- */

static bool
add_type(struct schema *s, struct node *n, struct key *k, const struct value *v)
{
	static const struct {
		const char *name;
		unsigned bits;
	} types[] = { { "null", TYPE_BIT(JSON_NULL) },
		{ "boolean", TYPE_BIT(JSON_TRUE) | TYPE_BIT(JSON_FALSE) },
		{ "number", TYPE_BIT(JSON_NUMBER) }, { "integer", INTEGER_BIT },
		{ "string", TYPE_BIT(JSON_STRING) },
		{ "array", TYPE_BIT(JSON_ARRAY) },
		{ "object", TYPE_BIT(JSON_OBJECT) } };
	static const char *const names[] = { "null", "boolean", "number",
		"integer", "string", "array", "object", NULL };
	const char *near;

	for (size_t i = 0; v->type == JSON_STRING && i < 7; i++) {
		if (!slice_is(v->text, types[i].name))
			continue;
		if ((k->types & types[i].bits) != 0)
			return schema_fault(s, n, k->word->name, v,
			    "'%s' stands twice", types[i].name);
		k->types |= types[i].bits;
		return true;
	}
	near = v->type == JSON_STRING ? slice_suggest(v->text, names) : NULL;
	return schema_fault(s, n, k->word->name, v,
	    near == NULL ? "a type is one of null, boolean, number, integer, "
			   "string, array, object"
			 : "unknown type (did you mean '%s'?)",
	    near);
}

static bool
read_types(struct schema *s, struct node *n, struct key *k)
{
	const struct value *v = k->value;
	bool ok = true;

	k->types = 0;
	if (v->type == JSON_STRING)
		return add_type(s, n, k, v);
	if (v->count == 0)
		return schema_fault(
		    s, n, k->word->name, v, "the array of types is empty");
	for (size_t i = 0; i < v->count; i++)
		ok = add_type(s, n, k, &v->items[i]) && ok;
	return ok;
}

/* --- names -------------------------------------------------------------------- */

static uint32_t
number_of(struct schema *s, struct slice name)
{
	return (uint32_t)index_add(s->names, name, NULL);
}

static bool
read_names(struct schema *s, struct node *n, const struct key *k,
    const struct value *v, struct names *to)
{
	struct index *seen = index_new();
	bool fresh, ok = true;

	to->list = arena_alloc(s->arena, (v->count + 1) * sizeof(*to->list));
	to->n = 0;
	for (size_t i = 0; ok && v->type == JSON_ARRAY && i < v->count; i++) {
		const struct value *name = &v->items[i];

		index_add(seen, name->text, &fresh);
		if (name->type != JSON_STRING)
			ok = schema_fault(s, n, k->word->name, name,
			    "this must be an array of strings");
		else if (!fresh)
			ok = schema_fault(s, n, k->word->name, name,
			    "'%.*s' stands twice",
			    (int)(name->text.n < 80 ? name->text.n : 80),
			    name->text.p);
		to->list[to->n++] = number_of(s, name->text);
	}
	index_free(seen);
	return ok;
}

static bool
read_required(struct schema *s, struct node *n, struct key *k)
{
	struct names all;

	if (!read_names(s, n, k, k->value, &all))
		return false;
	k->names = all.list;
	k->n = all.n;
	return true;
}

static bool
read_dependent(struct schema *s, struct node *n, struct key *k)
{
	const struct value *v = k->value;
	bool ok = true;

	k->n = v->count;
	k->names = arena_alloc(s->arena, (k->n + 1) * sizeof(*k->names));
	k->lists = arena_alloc(s->arena, (k->n + 1) * sizeof(*k->lists));
	for (size_t i = 0; i < k->n; i++) {
		k->names[i] = number_of(s, v->keys[i]);
		if (v->items[i].type != JSON_ARRAY)
			ok = schema_fault(s, n, k->word->name, &v->items[i],
			    "this must be an object of arrays of strings");
		ok = read_names(s, n, k, &v->items[i], &k->lists[i]) && ok;
	}
	return ok;
}

struct named {
	uint32_t name;
	struct node *node;
};

static int
by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return x->name < y->name ? -1 : x->name > y->name;
}

/* In the order of the numbers, so that a member is found by halving. */
static void
sort_by_name(struct schema *s, struct key *k)
{
	struct named *list = mem_alloc((k->n + 1) * sizeof(*list));

	for (size_t i = 0; i < k->n; i++)
		list[i] = (struct named){ number_of(s, k->value->keys[i]),
			k->nodes[i] };
	qsort(list, k->n, sizeof(*list), by_name);
	k->names = arena_alloc(s->arena, (k->n + 1) * sizeof(*k->names));
	for (size_t i = 0; i < k->n; i++) {
		k->names[i] = list[i].name;
		k->nodes[i] = list[i].node;
	}
	mem_free(list);
}

static bool
read_patterns(struct schema *s, struct node *n, struct key *k)
{
	bool ok = true;

	k->patterns = arena_zalloc(s->arena, (k->n + 1) * sizeof(*k->patterns));
	for (size_t i = 0; i < k->n; i++) {
		k->patterns[i] = read_pattern(
		    s, n, k, &k->value->items[i], k->value->keys[i]);
		ok = ok && k->patterns[i] != NULL;
	}
	return ok;
}

/* --- values ------------------------------------------------------------------- */

static int
by_hash(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static bool
read_choices(struct schema *s, struct node *n, struct key *k)
{
	const struct value *v = k->value;
	bool one = k->word->keyword == KEY_CONST;
	size_t count = one ? 1 : v->count;
	struct items make = { .arena = s->arena, .most = MOST_CHOICES };

	k->choices = arena_zalloc(s->arena, (count + 1) * sizeof(*k->choices));
	for (size_t i = 0; i < count; i++) {
		struct choice *c = &k->choices[k->nchoices++];

		c->item.name = NO_NAME;
		c->item.json = json_of(one ? v->source : v->items[i].source);
		item_settle(&make, &c->item);
		c->hash = item_hash(&make, &c->item);
	}
	qsort(k->choices, k->nchoices, sizeof(*k->choices), by_hash);
	if (make.full)
		return schema_fault(s, n, k->word->name, v,
		    "more than %d values", MOST_CHOICES);
	return !make.odd ||
	    schema_fault(s, n, k->word->name, v,
		"the exponent of a number is beyond all bounds");
}

static bool
read_format(struct schema *s, struct node *n, struct key *k)
{
	if (!s->options.formats)
		return true;
	k->format = schema_format(k->value->text);
	return k->format != NULL ||
	    schema_fault(s, n, k->word->name, k->value,
		"format '%.*s' is not known, and formats are to assert: let "
		"them assert nothing, or write a pattern",
		(int)(k->value->text.n < 60 ? k->value->text.n : 60),
		k->value->text.p);
}

bool
schema_argument(struct schema *s, struct node *n, struct key *k)
{
	switch (k->word->keyword) {
	case KEY_TYPE:
		return read_types(s, n, k);
	case KEY_ENUM:
	case KEY_CONST:
		return read_choices(s, n, k);
	case KEY_PATTERN:
		k->pattern = read_pattern(s, n, k, k->value, k->value->text);
		return k->pattern != NULL;
	case KEY_FORMAT:
		return read_format(s, n, k);
	case KEY_REQUIRED:
		return read_required(s, n, k);
	case KEY_DEPENDENT_REQUIRED:
		return read_dependent(s, n, k);
	case KEY_PROPERTIES:
	case KEY_DEPENDENT_SCHEMAS:
		sort_by_name(s, k);
		return true;
	case KEY_PATTERN_PROPERTIES:
		return read_patterns(s, n, k);
	default:
		break;
	}
	if (k->word->shape == SHAPE_COUNT)
		return read_count(s, n, k);
	return k->word->shape != SHAPE_NUMBER || read_number(s, n, k);
}
