/*
 * One schema at one value, and the keywords that look at the value alone.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "rules/schema_run.h"

/* Schemas inside each other while judging: a stack of some 2 MiB at most. */
#define DEEPEST 4000

bool
schema_step(struct schema_run *r, uint64_t n)
{
	r->steps += n;
	if (r->lost == NULL && r->steps > r->most)
		r->lost = "judging it takes too many steps";
	return r->lost == NULL;
}

enum says
schema_unknown(const struct at *a, const char *why)
{
	a->run->why = why;
	return SAYS_UNKNOWN;
}

bool
schema_enter(const struct at *a)
{
	if (a->item->entered)
		return a->run->lost == NULL;
	if (item_enter(&a->run->make, a->item))
		return schema_step(a->run, a->item->n);
	if (a->run->lost == NULL)
		a->run->lost = "it holds more values than are judged";
	return false;
}

void
schema_note(const struct at *a, size_t rule, enum says o, uint32_t name)
{
	struct schema_run *r = a->run;
	struct state *s;

	if (!a->loud || rule == NO_RULE)
		return;
	s = &r->states[rule];
	if (s->epoch != r->epoch)
		*s = (struct state){ .epoch = r->epoch };
	if (o == SAYS_UNKNOWN)
		s->fault = r->lost != NULL ? r->lost : r->why;
	if (o != SAYS_NO)
		return;
	s->failed = true;
	r->places = mem_room(
	    r->places, r->nplaces, &r->places_room, sizeof(*r->places));
	r->places[r->nplaces++] = (struct place_of_rule){ rule, a->item, name };
}

/* --- the members of the value at hand --------------------------------------------- */

struct item *
schema_member(const struct at *a, uint32_t name)
{
	struct schema_run *r = a->run;
	const struct mark *m = &r->marks[name];

	if (r->marked != a->item) {
		r->marked = a->item;
		r->stamp++;
		schema_step(r, a->item->n);
		for (uint32_t i = 0; i < a->item->n; i++)
			if (a->item->items[i].name != NO_NAME)
				r->marks[a->item->items[i].name] =
				    (struct mark){ r->stamp, i };
	}
	return m->stamp == r->stamp ? &a->item->items[m->at] : NULL;
}

/* --- numbers and texts ------------------------------------------------------------- */

static enum says
yes(bool is)
{
	return is ? SAYS_YES : SAYS_NO;
}

static enum says
judge_type(const struct at *a, const struct key *k)
{
	struct facts *f;

	if ((k->types & TYPE_BIT(a->item->json.type)) != 0)
		return SAYS_YES;
	if (a->item->json.type != JSON_NUMBER || (k->types & INTEGER_BIT) == 0)
		return SAYS_NO;
	f = item_facts(&a->run->make, a->item);
	if (!f->is_number)
		return schema_unknown(a, "a number is beyond all bounds");
	return yes(decimal_is_integer(&f->number));
}

static enum says
judge_number(const struct at *a, const struct key *k)
{
	struct facts *f = item_facts(&a->run->make, a->item);
	int order;

	if (!f->is_number)
		return schema_unknown(a, "a number is beyond all bounds");
	if (k->word->keyword == KEY_MULTIPLE_OF)
		return yes(decimal_is_multiple(&f->number, &k->number));
	order = decimal_cmp(&f->number, &k->number);
	switch (k->word->keyword) {
	case KEY_MAXIMUM:
		return yes(order <= 0);
	case KEY_EXCLUSIVE_MAXIMUM:
		return yes(order < 0);
	case KEY_MINIMUM:
		return yes(order >= 0);
	default:
		return yes(order > 0);
	}
}

static enum says
judge_pattern(const struct at *a, const struct key *k)
{
	struct facts *f = item_facts(&a->run->make, a->item);
	struct err why = { 0 };
	int found;

	if (f->lone)
		return schema_unknown(
		    a, "a text holds half of a surrogate pair");
	schema_step(a->run, f->text.n / 16);
	found = pattern_search(k->pattern, f->text, 0, NULL, &why);
	return found < 0 ? schema_unknown(a, "the pattern was given up")
			 : yes(found > 0);
}

/* --- values ------------------------------------------------------------------------ */

static enum says
judge_choice(const struct at *a, const struct key *k)
{
	struct items *make = &a->run->make;
	uint64_t hash = item_hash(make, a->item);
	size_t low = 0, high = k->nchoices;

	if (make->full || make->odd)
		return schema_unknown(a,
		    make->full ? "it holds more values than are judged"
			       : "a number is beyond all bounds");
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (k->choices[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < k->nchoices && k->choices[low].hash == hash; low++)
		if (item_equal(
			make, a->item, (struct item *)&k->choices[low].item))
			return SAYS_YES;
	return SAYS_NO;
}

struct hashed {
	uint64_t hash;
	struct item *item;
};

static int
by_hash(const void *a, const void *b)
{
	const struct hashed *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Only what has the same hash is compared. */
static bool
has_equal(const struct at *a, struct hashed *list, uint32_t n)
{
	qsort(list, n, sizeof(*list), by_hash);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = i + 1; k < n && list[k].hash == list[i].hash;
		     k++)
			if (!schema_step(a->run, 1) ||
			    item_equal(
				&a->run->make, list[i].item, list[k].item))
				return true;
	return false;
}

static enum says
judge_unique(const struct at *a)
{
	struct items *make = &a->run->make;
	struct hashed *list;
	bool twice;

	if (!schema_enter(a))
		return SAYS_UNKNOWN;
	list = mem_alloc((a->item->n + 1) * sizeof(*list));
	for (uint32_t i = 0; i < a->item->n; i++) {
		struct item *one = &a->item->items[i];

		list[i] = (struct hashed){ item_hash(make, one), one };
	}
	twice = has_equal(a, list, a->item->n);
	mem_free(list);
	if (make->full || make->odd || a->run->lost != NULL)
		return schema_unknown(a,
		    make->odd ? "a number is beyond all bounds"
			      : "it holds more values than are judged");
	return yes(!twice);
}

/* --- members and elements ------------------------------------------------------------ */

static enum says
judge_size(const struct at *a, const struct key *k)
{
	uint64_t n;

	if (a->item->json.type == JSON_STRING) {
		n = item_length(&a->run->make, a->item);
	} else {
		if (!schema_enter(a))
			return SAYS_UNKNOWN;
		n = a->item->n;
	}
	switch (k->word->keyword) {
	case KEY_MAX_LENGTH:
	case KEY_MAX_ITEMS:
	case KEY_MAX_PROPERTIES:
		return yes(n <= k->count);
	default:
		return yes(n >= k->count);
	}
}

/* Each that lacks has a place of its own. */
static enum says
judge_required(
    const struct at *a, const struct key *k, const struct names *names)
{
	enum says o = SAYS_YES;

	for (size_t i = 0; i < names->n; i++)
		if (schema_member(a, names->list[i]) == NULL) {
			schema_note(a, k->rule, SAYS_NO, names->list[i]);
			o = SAYS_NO;
		}
	return o;
}

static enum says
judge_dependent(const struct at *a, const struct key *k)
{
	enum says o = SAYS_YES;

	for (size_t i = 0; i < k->n; i++)
		if (schema_member(a, k->names[i]) != NULL &&
		    judge_required(a, k, &k->lists[i]) == SAYS_NO)
			o = SAYS_NO;
	return o;
}

static enum says
judge_members(const struct at *a, const struct key *k)
{
	const struct names names = { k->names, k->n };
	enum says o;

	if (!schema_enter(a)) {
		schema_note(a, k->rule, SAYS_UNKNOWN, NO_NAME);
		return SAYS_UNKNOWN;
	}
	o = k->word->keyword == KEY_REQUIRED ? judge_required(a, k, &names)
					     : judge_dependent(a, k);
	if (o == SAYS_YES)
		schema_note(a, k->rule, o, NO_NAME);
	return o;
}

static enum says
look(const struct at *a, const struct key *k)
{
	switch (k->word->keyword) {
	case KEY_TYPE:
		return judge_type(a, k);
	case KEY_ENUM:
	case KEY_CONST:
		return judge_choice(a, k);
	case KEY_PATTERN:
		return judge_pattern(a, k);
	case KEY_FORMAT:
		return k->format == NULL
		    ? SAYS_YES
		    : yes(k->format->test(
			  item_facts(&a->run->make, a->item)->text));
	case KEY_UNIQUE_ITEMS:
		return k->value->type == JSON_TRUE ? judge_unique(a) : SAYS_YES;
	case KEY_MULTIPLE_OF:
	case KEY_MAXIMUM:
	case KEY_EXCLUSIVE_MAXIMUM:
	case KEY_MINIMUM:
	case KEY_EXCLUSIVE_MINIMUM:
		return judge_number(a, k);
	default:
		return judge_size(a, k);
	}
}

enum says
schema_assert(const struct at *a, const struct key *k)
{
	enum says o;

	if (k->word->keyword == KEY_REQUIRED ||
	    k->word->keyword == KEY_DEPENDENT_REQUIRED)
		return judge_members(a, k);
	o = look(a, k);
	schema_note(a, k->rule, o, NO_NAME);
	return o;
}

/* --- one schema ------------------------------------------------------------------------ */

static bool
is_choice(enum keyword k)
{
	return k == KEY_ANY_OF || k == KEY_ONE_OF;
}

/*
 * What unevaluated keywords look at is settled before; where a choice failed,
 * nobody knows what it would have looked at, and the value is wrong anyway.
 */
static enum says
judge_keys(const struct at *a)
{
	unsigned type = TYPE_BIT(a->item->json.type);
	enum says all = SAYS_YES;
	bool open = false;

	for (size_t i = 0; i < a->node->nkeys; i++) {
		const struct key *k = &a->node->keys[i];
		enum keyword kind = k->word->keyword;
		enum says o;

		if (kind >= KEY_THEN)
			break;
		if ((k->word->types & type) == 0 ||
		    (kind >= KEY_UNEVALUATED_ITEMS && open))
			continue;
		o = kind < KEY_REF ? schema_assert(a, k) : schema_apply(a, k);
		open = open || o == SAYS_UNKNOWN ||
		    (o == SAYS_NO && is_choice(kind));
		if (o == SAYS_NO)
			all = SAYS_NO;
		else if (o == SAYS_UNKNOWN && all == SAYS_YES)
			all = SAYS_UNKNOWN;
		if (all == SAYS_NO && !a->loud)
			break;
	}
	return all;
}

static bool
enter_scope(struct schema_run *r, size_t resource)
{
	if (r->nscope > 0 && r->scope[r->nscope - 1] == resource)
		return false;
	r->scope =
	    mem_room(r->scope, r->nscope, &r->scope_room, sizeof(*r->scope));
	r->scope[r->nscope++] = resource;
	return true;
}

static bool
is_container(const struct item *i)
{
	return i->json.type == JSON_OBJECT || i->json.type == JSON_ARRAY;
}

enum says
schema_judge_node(struct schema_run *r, const struct node *n, struct item *i,
    struct seen *seen, bool loud)
{
	struct at a = { r, n, i, seen, loud };
	struct seen own;
	bool counts = n->counts && is_container(i), entered;
	enum says o;

	if (n->always)
		return SAYS_YES;
	if (n->never) {
		schema_note(&a, n->rule, SAYS_NO, NO_NAME);
		return SAYS_NO;
	}
	if (r->depth == DEEPEST && r->lost == NULL)
		r->lost = "it nests deeper than is judged";
	if (!schema_step(r, 1))
		return SAYS_UNKNOWN;
	if (counts) {
		if (!seen_start(&own, &a))
			return SAYS_UNKNOWN;
		a.seen = &own;
	}
	entered = enter_scope(r, n->resource);
	r->depth++;
	o = judge_keys(&a);
	r->depth--;
	r->nscope -= entered;
	if (counts) {
		if (seen != NULL && (o == SAYS_YES || loud))
			seen_join(seen, &own);
		seen_release(&own);
	}
	return o;
}
