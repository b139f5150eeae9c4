/*
 * Which keywords are rules: those that can fail and are reached from the root
 * without a step into not, if, contains, anyOf or oneOf.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "rules/schema_parts.h"

#define LONGEST 120 /* bytes of a value that is shown as it stands */

/* --- what is reached ----------------------------------------------------------- */

struct reach {
	struct schema *schema;
	struct node **todo;
	size_t n, room;
};

static void
visit(struct reach *w, struct node *n, struct slice field, bool many)
{
	bool again =
	    n->placed && !n->many && (many || !slice_eq(n->field, field));

	if (n->placed && !again)
		return;
	n->many = again || many;
	n->field = n->many ? SLICE("") : field;
	n->loud = n->placed = true;
	w->todo = mem_room(w->todo, w->n, &w->room, sizeof(*w->todo));
	w->todo[w->n++] = n;
}

static struct slice
member_field(struct schema *s, struct slice above, struct slice name)
{
	struct buf b = { 0 };
	struct slice text;

	buf_add_slice(&b, above);
	item_put_member(name, &b);
	text = arena_slice(s->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

static void
visit_key(struct reach *w, const struct node *n, const struct key *k)
{
	struct schema *s = w->schema;
	struct slice each;

	switch (k->word->keyword) {
	case KEY_REF:
	case KEY_DYNAMIC_REF:
	case KEY_ALL_OF:
	case KEY_THEN:
	case KEY_ELSE:
	case KEY_DEPENDENT_SCHEMAS:
		for (size_t i = 0; i < k->n; i++)
			visit(w, k->nodes[i], n->field, n->many);
		return;
	case KEY_PROPERTIES:
		for (size_t i = 0; i < k->n; i++)
			visit(w, k->nodes[i],
			    member_field(
				s, n->field, index_name(s->names, k->names[i])),
			    n->many);
		return;
	case KEY_ITEMS:
	case KEY_UNEVALUATED_ITEMS:
		each = slice_of(arena_printf(
		    s->arena, "%.*s[]", (int)n->field.n, n->field.p));
		visit(w, k->nodes[0], each, n->many);
		return;
	case KEY_PREFIX_ITEMS:
		for (size_t i = 0; i < k->n; i++)
			visit(w, k->nodes[i],
			    slice_of(arena_printf(s->arena, "%.*s[%zu]",
				(int)n->field.n, n->field.p, i)),
			    n->many);
		return;
	case KEY_PATTERN_PROPERTIES:
	case KEY_ADDITIONAL_PROPERTIES:
	case KEY_PROPERTY_NAMES:
	case KEY_UNEVALUATED_PROPERTIES:
		for (size_t i = 0; i < k->n; i++)
			visit(w, k->nodes[i], SLICE(""), true);
		return;
	default:
		return;
	}
}

static void
reach_all(struct schema *s)
{
	struct reach w = { .schema = s };

	visit(&w, s->root, s->at, false);
	while (w.n > 0) {
		struct node *n = w.todo[--w.n];

		for (size_t i = 0; i < n->nkeys; i++)
			visit_key(&w, n, &n->keys[i]);
	}
	mem_free(w.todo);
}

/* --- rules ---------------------------------------------------------------------- */

/* Whether the keyword itself fails, not a schema below it. */
static bool
can_fail(const struct node *n, const struct key *k)
{
	switch (k->word->keyword) {
	case KEY_FORMAT:
		return k->format != NULL;
	case KEY_UNIQUE_ITEMS:
		return k->value->type == JSON_TRUE;
	case KEY_REQUIRED:
	case KEY_DEPENDENT_REQUIRED:
		return k->n > 0;
	case KEY_CONTAINS:
		return k->beside[0] == NULL;
	case KEY_MIN_CONTAINS:
	case KEY_MAX_CONTAINS:
		return schema_key(n, KEY_CONTAINS) != NULL;
	case KEY_ANY_OF:
	case KEY_ONE_OF:
	case KEY_NOT:
		return true;
	default:
		return k->word->keyword < KEY_REF;
	}
}

/* What is too long to be shown, or holds schemas. */
static struct slice
count_of(struct schema *s, const struct key *k)
{
	const struct value *v = k->value;

	if (k->word->shape == SHAPE_ONE)
		return SLICE("a schema");
	if (k->word->shape == SHAPE_LIST)
		return slice_of(
		    arena_printf(s->arena, "%zu schemas", v->count));
	if (v->type == JSON_OBJECT || v->type == JSON_ARRAY)
		return slice_of(arena_printf(s->arena, "%zu %s", v->count,
		    v->type == JSON_OBJECT ? "members" : "values"));
	return slice_of(
	    arena_printf(s->arena, "a text of %zu bytes", v->text.n));
}

static bool
is_short(const struct key *k)
{
	struct slice text = k->value->source;

	return text.n <= LONGEST && memchr(text.p, '\n', text.n) == NULL &&
	    k->word->shape < SHAPE_ONE;
}

static struct slice
argument(struct schema *s, const struct key *k)
{
	return is_short(k) ? k->value->source : count_of(s, k);
}

/* The same without quotes and brackets: "男, 女". */
static struct slice
in_words(struct schema *s, const struct key *k)
{
	const struct value *v = k->value;
	struct buf b = { 0 };
	struct slice text = v->text;

	if (!is_short(k))
		return count_of(s, k);
	if (v->type != JSON_ARRAY)
		return v->type == JSON_STRING ? text : v->source;
	for (size_t i = 0; i < v->count; i++) {
		const struct value *one = &v->items[i];

		if (i > 0)
			buf_adds(&b, ", ");
		buf_add_slice(&b,
		    one->type == JSON_STRING && one->text.n > 0 ? one->text
								: one->source);
	}
	text = arena_slice(s->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

static size_t
add_rule(struct schema *s, const struct node *n, const char *keyword,
    const struct value *v, struct slice arg, struct slice words)
{
	const struct value *title = value_get(n->value, "title");
	struct schema_rule *r;

	s->rules =
	    mem_room(s->rules, s->nrules, &s->rules_room, sizeof(*s->rules));
	r = &s->rules[s->nrules];
	*r = (struct schema_rule){ .pointer = n->pointer,
		.keyword = slice_of(keyword),
		.field = n->field,
		.arg = arg,
		.words = words,
		.line = v->line };
	if (title != NULL && title->type == JSON_STRING)
		r->title = title->text;
	if (v != n->value)
		r->pointer = slice_of(arena_printf(s->arena, "%.*s/%s",
		    (int)n->pointer.n, n->pointer.p, keyword));
	return s->nrules++;
}

struct placed {
	const char *at; /* in the document */
	struct node *node;
	struct key *key; /* NULL: the node is never true */
};

static int
by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static size_t
gather(struct schema *s, struct placed *to)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nnodes; i++) {
		struct node *node = s->nodes[i];

		if (!node->loud)
			continue;
		if (node->never)
			to[n++] = (struct placed){ node->value->source.p, node,
				NULL };
		for (size_t k = 0; k < node->nkeys; k++)
			if (can_fail(node, &node->keys[k]))
				to[n++] = (struct placed){
					node->keys[k].value->source.p, node,
					&node->keys[k]
				};
	}
	return n;
}

/* A schema that is false is a rule wherever the keyword above it looks. */
static void
mark_false(struct schema *s)
{
	for (size_t i = 0; i < s->nnodes; i++)
		for (size_t k = 0; k < s->nodes[i]->nkeys; k++) {
			struct key *key = &s->nodes[i]->keys[k];

			for (size_t j = 0; key->nodes != NULL && j < key->n;
			     j++)
				key->forbids = key->forbids ||
				    key->nodes[j]->rule != NO_RULE;
		}
}

void
schema_list_rules(struct schema *s)
{
	size_t most = s->nnodes, n;
	struct placed *list;

	reach_all(s);
	for (size_t i = 0; i < s->nnodes; i++)
		most += s->nodes[i]->nkeys;
	list = mem_alloc((most + 1) * sizeof(*list));
	n = gather(s, list);
	qsort(list, n, sizeof(*list), by_place);
	for (size_t i = 0; i < n; i++) {
		struct node *node = list[i].node;
		struct key *k = list[i].key;

		if (k == NULL)
			node->rule = add_rule(s, node, "false", node->value,
			    SLICE(""), SLICE(""));
		else
			k->rule = add_rule(s, node, k->word->name, k->value,
			    argument(s, k), in_words(s, k));
	}
	mem_free(list);
	mark_false(s);
}

/* --- messages ------------------------------------------------------------------- */

/* What a keyword asks for; %s: its argument. */
static const struct {
	const char *keyword, *zh, *en;
} texts[] = { { "type", "类型应为 %s", "must be of type %s" },
	{ "enum", "不在允许的取值之内：%s", "must be one of %s" },
	{ "const", "应等于 %s", "must be %s" },
	{ "multipleOf", "应为 %s 的整数倍", "must be a multiple of %s" },
	{ "maximum", "应不大于 %s", "must be at most %s" },
	{ "exclusiveMaximum", "应小于 %s", "must be below %s" },
	{ "minimum", "应不小于 %s", "must be at least %s" },
	{ "exclusiveMinimum", "应大于 %s", "must be above %s" },
	{ "maxLength", "长度应不超过 %s 个字符",
	    "must have at most %s characters" },
	{ "minLength", "长度应不少于 %s 个字符",
	    "must have at least %s characters" },
	{ "pattern", "格式应符合 %s", "must match %s" },
	{ "format", "应为 %s 格式", "must be of format %s" },
	{ "maxItems", "元素应不多于 %s 个", "must have at most %s elements" },
	{ "minItems", "元素应不少于 %s 个", "must have at least %s elements" },
	{ "uniqueItems", "元素不应重复", "must have no element twice" },
	{ "maxContains", "符合要求的元素应不多于 %s 个",
	    "at most %s elements may be of the kind that contains describes" },
	{ "minContains", "符合要求的元素应不少于 %s 个",
	    "at least %s elements must be of the kind that contains "
	    "describes" },
	{ "contains", "应有符合要求的元素",
	    "one element must be of the kind that contains describes" },
	{ "maxProperties", "成员应不多于 %s 个",
	    "must have at most %s members" },
	{ "minProperties", "成员应不少于 %s 个",
	    "must have at least %s members" },
	{ "required", "缺少必需的成员：%s", "must have the members %s" },
	{ "dependentRequired", "缺少随其他成员必需的成员：%s",
	    "must have what goes with its members: %s" },
	{ "anyOf", "不符合任何一种允许的形式",
	    "must be of one of the forms of anyOf" },
	{ "oneOf", "应恰好符合一种允许的形式",
	    "must be of exactly one of the forms of oneOf" },
	{ "not", "符合了不允许的形式", "must not be of the form of not" },
	{ "additionalProperties", "出现了没有规定的成员",
	    "a member is there that is not described" },
	{ "unevaluatedProperties", "出现了没有规定的成员",
	    "a member is there that is not described" },
	{ "items", "出现了没有规定的元素",
	    "an element is there that is not described" },
	{ "unevaluatedItems", "出现了没有规定的元素",
	    "an element is there that is not described" },
	{ "false", "不应出现", "must not be there" } };

/* Of a schema that is false what it forbids says the keyword above it. */
static struct slice
forbidding(const struct schema_rule *r)
{
	static const char *const words[] = { "additionalProperties",
		"unevaluatedProperties", "items", "unevaluatedItems" };
	size_t n = r->pointer.n;
	struct slice last;

	while (n > 0 && r->pointer.p[n - 1] != '/')
		n--;
	last = (struct slice){ r->pointer.p + n, r->pointer.n - n };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(last, words[i]))
			return last;
	return r->keyword;
}

void
schema_message(const struct schema_rule *r, bool chinese, struct buf *to)
{
	struct slice name = r->title.n > 0 ? r->title : r->field;
	struct slice keyword =
	    slice_is(r->keyword, "false") ? forbidding(r) : r->keyword;

	if (name.n > 0)
		buf_addf(
		    to, "%.*s%s", (int)name.n, name.p, chinese ? "：" : ": ");
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct slice text =
		    slice_of(chinese ? texts[i].zh : texts[i].en);
		const char *gap = slice_find(text, SLICE("%s"));

		if (!slice_is(keyword, texts[i].keyword))
			continue;
		if (gap == NULL) {
			buf_add_slice(to, text);
			return;
		}
		buf_add(to, text.p, (size_t)(gap - text.p));
		buf_add_slice(to, r->words);
		buf_add(to, gap + 2, (size_t)(text.p + text.n - gap - 2));
		return;
	}
}
