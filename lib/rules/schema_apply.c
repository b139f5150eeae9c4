/*
 * The keywords that apply schemas: to the same value, to members, to elements.
 */
#include "rules/schema_run.h"

#define FEW 16 /* properties that are looked up in the value, not it in them */

/* --- the same value -------------------------------------------------------------------- */

static enum says
both(enum says a, enum says b)
{
	if (a == SAYS_NO || b == SAYS_NO)
		return SAYS_NO;
	return a == SAYS_YES ? b : a;
}

/* A schema of a choice: what it looked at counts where it holds. */
static enum says
try(const struct at *a, const struct node *n)
{
	struct seen own;
	enum says o;

	if (a->seen == NULL)
		return schema_judge_node(a->run, n, a->item, NULL, false);
	if (!seen_start(&own, a))
		return SAYS_UNKNOWN;
	o = schema_judge_node(a->run, n, a->item, &own, false);
	if (o == SAYS_YES)
		seen_join(a->seen, &own);
	seen_release(&own);
	return o;
}

static enum says
apply_all(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES;

	for (size_t i = 0; i < k->n && (o != SAYS_NO || a->loud); i++)
		o = both(o,
		    schema_judge_node(
			a->run, k->nodes[i], a->item, a->seen, a->loud));
	return o;
}

static enum says
apply_any(const struct at *a, const struct key *k)
{
	enum says o, found = SAYS_NO;

	for (size_t i = 0; i < k->n; i++) {
		o = try(a, k->nodes[i]);
		if (o == SAYS_YES || (o == SAYS_UNKNOWN && found == SAYS_NO))
			found = o;
		if (found == SAYS_YES && a->seen == NULL)
			break;
	}
	schema_note(a, k->rule, found, NO_NAME);
	return found;
}

static enum says
apply_one(const struct at *a, const struct key *k)
{
	size_t hold = 0, unknown = 0;
	enum says o;

	for (size_t i = 0; i < k->n && hold < 2; i++) {
		o = try(a, k->nodes[i]);
		hold += o == SAYS_YES;
		unknown += o == SAYS_UNKNOWN;
	}
	o = hold > 1      ? SAYS_NO
	    : unknown > 0 ? SAYS_UNKNOWN
	    : hold == 1   ? SAYS_YES
			  : SAYS_NO;
	schema_note(a, k->rule, o, NO_NAME);
	return o;
}

static enum says
apply_not(const struct at *a, const struct key *k)
{
	enum says o =
	    schema_judge_node(a->run, k->nodes[0], a->item, NULL, false);

	if (o != SAYS_UNKNOWN)
		o = o == SAYS_YES ? SAYS_NO : SAYS_YES;
	schema_note(a, k->rule, o, NO_NAME);
	return o;
}

/* Schemas that are false are rules wherever they might be reached. */
static void
note_false(const struct at *a, const struct key *k)
{
	for (size_t i = 0; a->loud && k != NULL && k->forbids && i < k->n; i++)
		schema_note(a, k->nodes[i]->rule, SAYS_YES, NO_NAME);
}

static enum says
apply_if(const struct at *a, const struct key *k)
{
	const struct key *next;
	enum says o = try(a, k->nodes[0]);

	if (o == SAYS_UNKNOWN)
		return o;
	note_false(a, k->beside[0]);
	note_false(a, k->beside[1]);
	next = k->beside[o == SAYS_YES ? 0 : 1];
	return next == NULL ? SAYS_YES : apply_all(a, next);
}

/* What the outermost schema that has this anchor puts in its place. */
static const struct node *
dynamic(const struct schema_run *r, const struct key *k)
{
	for (size_t s = 0; s < r->nscope; s++)
		for (size_t i = 1; i < k->n; i++)
			if (k->nodes[i]->resource == r->scope[s])
				return k->nodes[i];
	return k->nodes[0];
}

static enum says
apply_reference(const struct at *a, const struct key *k)
{
	const struct node *to = k->nodes[0];

	if (k->dynamic) {
		schema_step(a->run, a->run->nscope * k->n);
		to = dynamic(a->run, k);
	}
	return schema_judge_node(a->run, to, a->item, a->seen, a->loud);
}

static enum says
apply_dependent(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES;

	note_false(a, k);
	for (size_t i = 0; i < k->n && (o != SAYS_NO || a->loud); i++)
		if (schema_member(a, k->names[i]) != NULL)
			o = both(o,
			    schema_judge_node(a->run, k->nodes[i], a->item,
				a->seen, a->loud));
	return o;
}

#define REFERENCES 16 /* that are followed for what they say of the value */

/* Rules about a value of which it is unknown whether the schema is for it. */
static void
note_unknown(const struct at *a, const struct node *n, unsigned depth)
{
	if (!a->loud || depth == REFERENCES)
		return;
	if (n->never)
		schema_note(a, n->rule, SAYS_UNKNOWN, NO_NAME);
	for (size_t i = 0; i < n->nkeys; i++) {
		const struct key *k = &n->keys[i];

		schema_note(a, k->rule, SAYS_UNKNOWN, NO_NAME);
		if (k->word->keyword == KEY_REF ||
		    k->word->keyword == KEY_DYNAMIC_REF)
			note_unknown(a, k->nodes[0], depth + 1);
	}
}

/* --- members --------------------------------------------------------------------------- */

/* A schema at a member or element, which is looked at from then on. */
static enum says
inside(const struct at *a, const struct node *n, uint32_t i)
{
	seen_add(a->seen, i);
	return schema_judge_node(a->run, n, &a->item->items[i], NULL, a->loud);
}

const struct node *
schema_property(const struct key *k, uint32_t name)
{
	size_t low = 0, high = k == NULL || name == NO_NAME ? 0 : k->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (k->names[middle] == name)
			return k->nodes[middle];
		if (k->names[middle] < name)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* All are found before the first is judged, which may look into others. */
static enum says
apply_few(const struct at *a, const struct key *k)
{
	struct item *found[FEW];
	enum says o = SAYS_YES;

	for (size_t i = 0; i < k->n; i++)
		found[i] = schema_member(a, k->names[i]);
	for (size_t i = 0; i < k->n && (o != SAYS_NO || a->loud); i++)
		if (found[i] != NULL)
			o = both(o,
			    inside(a, k->nodes[i],
				(uint32_t)(found[i] - a->item->items)));
	return o;
}

static enum says
apply_properties(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES;

	note_false(a, k);
	if (k->n <= FEW && k->n < a->item->n)
		return apply_few(a, k);
	for (uint32_t i = 0; i < a->item->n && (o != SAYS_NO || a->loud); i++) {
		const struct node *n =
		    schema_property(k, a->item->items[i].name);

		if (n != NULL)
			o = both(o, inside(a, n, i));
	}
	return o;
}

static enum says
matches(const struct at *a, const struct pattern *p, const struct item *i)
{
	struct err why = { 0 };
	int found;

	if (i->lone)
		return schema_unknown(
		    a, "a name holds half of a surrogate pair");
	found = pattern_search(p, i->key, 0, NULL, &why);
	schema_step(a->run, 1);
	if (found < 0)
		return schema_unknown(a, "the pattern was given up");
	return found > 0 ? SAYS_YES : SAYS_NO;
}

static enum says
apply_patterns(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES, hit;

	note_false(a, k);
	for (uint32_t i = 0; i < a->item->n; i++)
		for (size_t p = 0; p < k->n && (o != SAYS_NO || a->loud); p++) {
			hit = matches(a, k->patterns[p], &a->item->items[i]);
			if (hit == SAYS_UNKNOWN) {
				note_unknown(a, k->nodes[p], 0);
				o = both(o, hit);
			} else if (hit == SAYS_YES)
				o = both(o, inside(a, k->nodes[p], i));
		}
	return o;
}

/* Whether properties or patternProperties beside it are for the member. */
static enum says
is_named(const struct at *a, const struct key *k, const struct item *i)
{
	const struct key *patterns = k->beside[1];
	enum says o = SAYS_NO, hit;

	if (schema_property(k->beside[0], i->name) != NULL)
		return SAYS_YES;
	for (size_t p = 0; patterns != NULL && p < patterns->n; p++) {
		hit = matches(a, patterns->patterns[p], i);
		if (hit == SAYS_YES)
			return hit;
		o = hit == SAYS_UNKNOWN ? hit : o;
	}
	return o;
}

static enum says
apply_additional(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES, named;

	note_false(a, k);
	for (uint32_t i = 0; i < a->item->n && (o != SAYS_NO || a->loud); i++) {
		named = is_named(a, k, &a->item->items[i]);
		if (named == SAYS_UNKNOWN) {
			note_unknown(a, k->nodes[0], 0);
			o = both(o, named);
		} else if (named == SAYS_NO)
			o = both(o, inside(a, k->nodes[0], i));
	}
	return o;
}

static enum says
apply_names(const struct at *a, const struct key *k)
{
	struct arena *arena = a->run->make.arena;
	enum says o = SAYS_YES;

	note_false(a, k);
	for (uint32_t i = 0; i < a->item->n && (o != SAYS_NO || a->loud); i++) {
		struct item *name =
		    arena_dup(arena, &a->item->items[i], sizeof(*name));

		name->json.type = JSON_STRING;
		name->facts = NULL;
		name->items = NULL;
		name->entered = false;
		name->is_name = true;
		o = both(o,
		    schema_judge_node(
			a->run, k->nodes[0], name, NULL, a->loud));
	}
	return o;
}

/* --- elements -------------------------------------------------------------------------- */

static enum says
apply_prefix(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES;

	note_false(a, k);
	for (uint32_t i = 0;
	     i < a->item->n && i < k->n && (o != SAYS_NO || a->loud); i++)
		o = both(o, inside(a, k->nodes[i], i));
	return o;
}

static enum says
apply_items(const struct at *a, const struct key *k)
{
	size_t from = k->beside[0] == NULL ? 0 : k->beside[0]->n;
	enum says o = SAYS_YES;

	note_false(a, k);
	for (size_t i = from; i < a->item->n && (o != SAYS_NO || a->loud); i++)
		o = both(o, inside(a, k->nodes[0], (uint32_t)i));
	return o;
}

/* Whether so many hold, of which so many more may. */
static enum says
is_within(uint64_t hold, uint64_t unknown, uint64_t least, uint64_t most)
{
	if (hold > most || hold + unknown < least)
		return SAYS_NO;
	return hold >= least && hold + unknown <= most ? SAYS_YES
						       : SAYS_UNKNOWN;
}

static enum says
apply_contains(const struct at *a, const struct key *k)
{
	const struct key *min = k->beside[0], *max = k->beside[1];
	uint64_t least = min == NULL ? 1 : min->count;
	uint64_t most = max == NULL ? UINT64_MAX : max->count;
	uint64_t hold = 0, unknown = 0;
	enum says few, many;

	for (uint32_t i = 0; i < a->item->n; i++) {
		enum says o = schema_judge_node(
		    a->run, k->nodes[0], &a->item->items[i], NULL, false);

		hold += o == SAYS_YES;
		unknown += o == SAYS_UNKNOWN;
		if (o == SAYS_YES)
			seen_add(a->seen, i);
		if (a->seen == NULL && max == NULL && hold >= least)
			break;
	}
	few = is_within(hold, unknown, least, UINT64_MAX);
	many = is_within(hold, unknown, 0, most);
	schema_note(a, min == NULL ? k->rule : min->rule, few, NO_NAME);
	if (max != NULL)
		schema_note(a, max->rule, many, NO_NAME);
	return both(few, many);
}

static enum says
apply_unevaluated(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES;

	note_false(a, k);
	for (uint32_t i = 0; i < a->item->n && (o != SAYS_NO || a->loud); i++)
		if (!seen_has(a->seen, i))
			o = both(o, inside(a, k->nodes[0], i));
	return o;
}

enum says
schema_apply(const struct at *a, const struct key *k)
{
	if (k->word->keyword >= KEY_DEPENDENT_SCHEMAS && !schema_enter(a))
		return SAYS_UNKNOWN;
	switch (k->word->keyword) {
	case KEY_REF:
	case KEY_DYNAMIC_REF:
		return apply_reference(a, k);
	case KEY_ALL_OF:
		return apply_all(a, k);
	case KEY_ANY_OF:
		return apply_any(a, k);
	case KEY_ONE_OF:
		return apply_one(a, k);
	case KEY_NOT:
		return apply_not(a, k);
	case KEY_IF:
		return apply_if(a, k);
	case KEY_DEPENDENT_SCHEMAS:
		return apply_dependent(a, k);
	case KEY_PROPERTIES:
		return apply_properties(a, k);
	case KEY_PATTERN_PROPERTIES:
		return apply_patterns(a, k);
	case KEY_ADDITIONAL_PROPERTIES:
		return apply_additional(a, k);
	case KEY_PROPERTY_NAMES:
		return apply_names(a, k);
	case KEY_PREFIX_ITEMS:
		return apply_prefix(a, k);
	case KEY_ITEMS:
		return apply_items(a, k);
	case KEY_CONTAINS:
		return apply_contains(a, k);
	default:
		return apply_unevaluated(a, k);
	}
}
