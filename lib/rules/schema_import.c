/*
 * A walk from the root over what is judged in any case, with the path of the
 * value and the condition that leads there.
 */
#include "rules/schema_import.h"

#include "base/mem.h"
#include "json/write.h"
#include "rules/expr.h"
#include "rules/schema_import_parts.h"

#define DEEPEST 64 /* schemas on the way; a reference back to one is left out */

/* --- members -------------------------------------------------------------------- */

/* Whether a rule that names it so looks at this member, and no other. */
static bool
is_read_so(const struct importer *m, struct slice field)
{
	const struct indicator *known;
	struct slice place;
	bool inside;

	ruleset_place(m->count->names, field, &place, &inside, &known);
	return !inside && slice_eq(field, place) &&
	    slice_eq(field, slice_trim(expr_fold(field, m->arena)));
}

/* In quotes neither the catalogue nor folding gives a name another sense. */
static struct slice
member_of(struct importer *m, struct slice field, struct slice name)
{
	struct buf b = { 0 };
	struct slice text;

	buf_add_slice(&b, field);
	item_put_member(name, &b);
	if (!is_read_so(m, buf_slice(&b))) {
		b.n = field.n;
		buf_adds(&b, "[\"");
		buf_add_slice(&b, name);
		buf_adds(&b, "\"]");
	}
	text = arena_slice(m->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

/* Quotes have no escapes in a field. */
static bool
is_plain(struct slice name)
{
	return name.n > 0 && memchr(name.p, '*', name.n) == NULL &&
	    memchr(name.p, '"', name.n) == NULL &&
	    memchr(name.p, '\\', name.n) == NULL &&
	    memchr(name.p, '\0', name.n) == NULL;
}

/* What may stand in a condition or a list as it is. */
static bool
is_word(struct slice path)
{
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];
		bool letter = (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;

		if (!letter && (i == 0 || ((c < '0' || c > '9') && c != '.')))
			return false;
	}
	return path.n > 0 && slice_find(path, SLICE("、")) == NULL;
}

/* The same of a member of the record. */
static bool
is_word_of_record(struct importer *m, struct slice name)
{
	return is_word(member_of(m, SLICE(""), name));
}

static struct slice
name_of(const struct importer *m, uint32_t number)
{
	return index_name(m->schema->names, number);
}

/* Members that must be there, where their object is. */
static void
say_required(struct importer *m, const struct way *w, const struct key *k,
    const struct names *names, struct slice when)
{
	for (size_t i = 0; i < names->n; i++) {
		struct slice name = name_of(m, names->list[i]);
		const struct row r = { .field = member_of(m, w->field, name),
			.check = "required",
			.key = k,
			.when = import_both(m, when, w->exists),
			.says = { { "required", name } } };

		if (!is_plain(name))
			import_leave(m, w->node, k, "no field has such a name");
		else
			import_row(m, w, &r);
	}
}

/* `a exists` tells of one value whether it is there, not of each of several. */
static bool
can_require(const struct way *w)
{
	return w->field.n == 0 ||
	    (w->exists.n > 0 && w->sure &&
		import_is_typed(w->node, JSON_OBJECT, w->each == 0));
}

static void
import_required(struct importer *m, const struct way *w, const struct key *k)
{
	const struct names names = { k->names, k->n };

	if (can_require(w))
		say_required(m, w, k, &names, SLICE(""));
	else
		import_leave(m, w->node, k,
		    w->exists.n == 0
			? "no condition is about each of several objects"
			: "the types beside it and above let in other values");
}

static void
import_dependent(struct importer *m, const struct way *w, const struct key *k)
{
	if (w->field.n > 0) {
		import_leave(
		    m, w->node, k, "no condition is about members of a value");
		return;
	}
	for (size_t i = 0; i < k->n; i++) {
		struct slice name =
		    member_of(m, SLICE(""), name_of(m, k->names[i]));

		if (!is_word(name)) {
			import_leave(
			    m, w->node, k, "no condition has such a name");
			continue;
		}
		say_required(m, w, k, &k->lists[i],
		    slice_of(arena_printf(
			m->arena, "%.*s exists", (int)name.n, name.p)));
	}
}

/* anyOf or oneOf of nothing but one required member each. */
static void
import_members(struct importer *m, const struct way *w, const struct key *k)
{
	struct buf b = { 0 };
	struct row r = { .check = k->word->keyword == KEY_ANY_OF ? "any_of"
								 : "one_of",
		.key = k,
		.says = { { k->word->name, SLICE("") } } };
	bool ok = w->field.n == 0;

	for (size_t i = 0; ok && i < k->n; i++) {
		const struct node *n = k->nodes[i];

		ok = n->nkeys == 1 &&
		    n->keys[0].word->keyword == KEY_REQUIRED &&
		    n->keys[0].n == 1 &&
		    is_word_of_record(m, name_of(m, n->keys[0].names[0]));
		if (!ok)
			break;
		buf_adds(&b, i > 0 ? "," : "");
		buf_add_slice(&b, name_of(m, n->keys[0].names[0]));
	}
	r.arg = arena_slice(m->arena, buf_slice(&b));
	if (ok)
		import_row(m, w, &r);
	else
		import_leave(m, w->node, k, "no rule is a choice of schemas");
	buf_release(&b);
}

/* --- the walk ------------------------------------------------------------------- */

static void walk(struct importer *, const struct way *);

static bool
is_above(const struct way *w, const struct node *n)
{
	for (; w != NULL; w = w->above)
		if (w->node == n)
			return true;
	return false;
}

/* Two references that lead to the same, in the same way, say it once. */
static bool
is_new(struct importer *m, const struct way *w)
{
	struct buf b = { 0 };
	bool fresh;

	buf_addf(&b, "%zu %d %zu ", w->node->number, w->sure, w->field.n);
	buf_add_slice(&b, w->field);
	buf_add_slice(&b, w->when);
	index_add(m->seen, buf_slice(&b), &fresh);
	fresh = import_spend(m, b.n + 64) && fresh;
	buf_release(&b);
	return fresh;
}

static void
step(struct importer *m, const struct way *w, const struct key *k,
    const struct node *to, struct way next)
{
	next.node = to;
	next.above = w;
	next.depth = w->depth + 1;
	if (is_above(w, next.node))
		import_leave(m, w->node, k, "no field is of any depth");
	else if (next.depth > DEEPEST || next.each > 2)
		import_leave(m, w->node, k, "no field is as deep");
	else if (is_new(m, &next))
		walk(m, &next);
}

static void
import_properties(struct importer *m, const struct way *w, const struct key *k)
{
	/* In the order of the file. */
	for (size_t i = 0; !m->over && i < k->value->count; i++) {
		struct slice name = k->value->keys[i];
		struct way next = *w;
		next.field = member_of(m, w->field, name);
		next.sure = w->field.n == 0 ||
		    (w->sure && import_is_typed(w->node, JSON_OBJECT, true));
		next.exists = SLICE("");
		if (next.each == 0 && is_word(next.field))
			next.exists = slice_of(arena_printf(m->arena,
			    "%.*s exists", (int)next.field.n, next.field.p));
		if (!is_plain(name))
			import_leave(m, w->node, k, "no field has such a name");
		else
			step(m, w, k,
			    schema_property(k,
				(uint32_t)index_find(m->schema->names, name)),
			    next);
	}
}

/* `a exists` holds for the elements of a too. */
static void
import_items(struct importer *m, const struct way *w, const struct key *k)
{
	struct way next = *w;

	next.field = slice_of(
	    arena_printf(m->arena, "%.*s[]", (int)w->field.n, w->field.p));
	next.each++;
	next.sure = w->sure && import_is_typed(w->node, JSON_ARRAY, true);
	if (k->beside[0] != NULL || w->field.n == 0)
		import_leave(
		    m, w->node, k, "no field is of the elements behind");
	else
		step(m, w, k, k->nodes[0], next);
}

/* {"properties":{"x":{"const":"v"}},"required":["x"]} as `x = "v"`. */
static bool
condition(struct importer *m, const struct node *of, struct slice *when)
{
	const struct key *p = schema_key(of, KEY_PROPERTIES);
	const struct key *r = schema_key(of, KEY_REQUIRED);
	const struct key *k;
	const struct value *items;
	struct decimal number;
	struct buf b = { 0 };
	size_t n;
	bool list;
	bool ok = p != NULL && r != NULL && of->nkeys == 2 && p->n == 1 &&
	    r->n == 1 && p->names[0] == r->names[0] &&
	    p->nodes[0]->nkeys == 1 &&
	    is_word_of_record(m, name_of(m, r->names[0]));

	if (!ok)
		return false;
	k = &p->nodes[0]->keys[0];
	list = k->word->keyword == KEY_ENUM;
	if (!list && k->word->keyword != KEY_CONST)
		return false;
	n = import_choices(k, &items);
	item_put_member(name_of(m, r->names[0]), &b);
	buf_adds(&b, list ? " in {" : " = ");
	for (size_t i = 0; i < n; i++) {
		const struct value *one = &items[i];

		ok = ok && one->type == JSON_STRING && one->text.n > 0 &&
		    slice_trim(one->text).n == one->text.n &&
		    !decimal_read(one->text, m->arena, &number);
		buf_adds(&b, i > 0 ? ", " : "");
		json_put_string(&b, one->text);
	}
	buf_adds(&b, list ? "}" : "");
	*when = arena_slice(m->arena, buf_slice(&b));
	buf_release(&b);
	return ok;
}

static void
import_if(struct importer *m, const struct way *w, const struct key *k)
{
	struct way next = *w;
	struct slice when;

	if (w->field.n > 0 || !condition(m, k->nodes[0], &when)) {
		import_leave(
		    m, w->node, k, "no condition of rules is this schema");
		return;
	}
	if (k->beside[0] != NULL) {
		next.when = import_both(m, w->when, when);
		step(m, w, k->beside[0], k->beside[0]->nodes[0], next);
	}
	if (k->beside[1] != NULL)
		import_leave(m, w->node, k->beside[1],
		    "no condition is true where a member is missing");
}

static void
import_same(struct importer *m, const struct way *w, const struct key *k)
{
	for (size_t i = 0; i < k->n; i++)
		step(m, w, k, k->nodes[i], *w);
}

/* Of what is not described: true, or a schema without a keyword. */
static bool
says_nothing(const struct key *k)
{
	switch (k->word->keyword) {
	case KEY_ADDITIONAL_PROPERTIES:
	case KEY_PROPERTY_NAMES:
	case KEY_UNEVALUATED_ITEMS:
	case KEY_UNEVALUATED_PROPERTIES:
		return k->nodes[0]->always ||
		    (!k->nodes[0]->never && k->nodes[0]->nkeys == 0);
	default:
		return false;
	}
}

static void
import_key(struct importer *m, const struct way *w, const struct key *k)
{
	if (import_value(m, w, k))
		return;
	switch (k->word->keyword) {
	case KEY_REQUIRED:
		import_required(m, w, k);
		break;
	case KEY_DEPENDENT_REQUIRED:
		import_dependent(m, w, k);
		break;
	case KEY_ANY_OF:
	case KEY_ONE_OF:
		import_members(m, w, k);
		break;
	case KEY_IF:
		import_if(m, w, k);
		break;
	case KEY_PROPERTIES:
		import_properties(m, w, k);
		break;
	case KEY_ITEMS:
		import_items(m, w, k);
		break;
	case KEY_REF:
	case KEY_ALL_OF:
		import_same(m, w, k);
		break;
	case KEY_UNIQUE_ITEMS:
		if (k->value->type == JSON_FALSE)
			break;
		import_leave(m, w->node, k, "no rule compares elements");
		break;
	case KEY_THEN: /* with `if` */
	case KEY_ELSE:
	case KEY_MIN_CONTAINS: /* with `contains` */
	case KEY_MAX_CONTAINS:
	case KEY_DEFS:
		break;
	default:
		if (!says_nothing(k))
			import_leave(m, w->node, k, "no rule says this");
	}
}

static void
walk(struct importer *m, const struct way *w)
{
	const struct node *n = w->node;
	const struct row absent = { .field = w->field,
		.check = "absent",
		.says = { { "false", SLICE("") } } };

	if (n->never && w->field.n > 0)
		import_row(m, w, &absent);
	else if (n->never)
		import_leave(m, n, NULL, "no rule refuses a record as such");
	for (size_t i = 0; i < n->nkeys; i++)
		import_key(m, w, &n->keys[i]);
}

bool
schema_import(const struct schema *s, struct schema_import *count,
    struct buf *to, struct err *e)
{
	struct importer m = { .schema = s,
		.count = count,
		.to = to,
		.ids = index_new(),
		.seen = index_new(),
		.arena = arena_new() };
	struct way root = { .node = s->root, .sure = true };

	walk(&m, &root);
	index_free(m.ids);
	index_free(m.seen);
	mem_free(m.again);
	arena_free(m.arena);
	if (!m.over)
		return true;
	if (count->stop != NULL && count->stop->signal != 0)
		return false;
	return err_set(e, ERR_USAGE,
	    "%s: more rows than a rule file may hold, 64 MiB: "
	    "keep it whole with --schema",
	    s->path);
}
