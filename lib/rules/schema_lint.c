/*
 * What of a schema can never hold, and what never says anything.
 */
#include "base/mem.h"
#include "rules/schema_parts.h"

struct schema_linter {
	const struct schema *schema;
	schema_say *say;
	void *ctx;
	bool *reached; /* by a reference, by number of the node */
};

static void
say(struct schema_linter *l, bool fault, const struct node *n,
    const struct key *k, const char *what)
{
	struct buf b = { 0 };

	buf_add_slice(&b, n->pointer);
	if (k != NULL)
		buf_addf(&b, "/%s", k->word->name);
	else if (b.n == 0)
		buf_addc(&b, '/');
	l->say(l->ctx, fault, k == NULL ? n->value->line : k->value->line,
	    buf_slice(&b), what);
	buf_release(&b);
}

/* --- what never holds ------------------------------------------------------------- */

static void
lint_counts(struct schema_linter *l, const struct node *n, enum keyword least,
    enum keyword most)
{
	const struct key *a = schema_key(n, least), *b = schema_key(n, most);

	if (a != NULL && b != NULL && a->count > b->count)
		say(l, true, n, a, "is above the most that is allowed");
}

/* The strictest of the bounds, each with whether it is itself allowed. */
static void
lint_bounds(struct schema_linter *l, const struct node *n)
{
	static const enum keyword lows[] = { KEY_MINIMUM,
		KEY_EXCLUSIVE_MINIMUM };
	static const enum keyword highs[] = { KEY_MAXIMUM,
		KEY_EXCLUSIVE_MAXIMUM };

	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < 2; j++) {
			const struct key *a = schema_key(n, lows[i]);
			const struct key *b = schema_key(n, highs[j]);
			int order;

			if (a == NULL || b == NULL)
				continue;
			order = decimal_cmp(&a->number, &b->number);
			if (order > 0 || (order == 0 && i + j > 0))
				say(l, true, n, a,
				    "no number is within the bounds");
		}
}

static bool
lets_in(const struct key *type, const struct item *i)
{
	if ((type->types & TYPE_BIT(i->json.type)) != 0)
		return true;
	return i->json.type == JSON_NUMBER &&
	    (type->types & INTEGER_BIT) != 0 && i->facts->is_number &&
	    decimal_is_integer(&i->facts->number);
}

static void
lint_choices(struct schema_linter *l, const struct node *n, enum keyword which)
{
	const struct key *k = schema_key(n, which);
	const struct key *type = schema_key(n, KEY_TYPE);
	size_t out = 0;

	if (k == NULL)
		return;
	for (size_t i = 0; type != NULL && i < k->nchoices; i++)
		out += !lets_in(type, &k->choices[i].item);
	if (k->nchoices == 0)
		say(l, true, n, k, "no value is allowed");
	else if (out == k->nchoices)
		say(l, true, n, k, "the type beside it allows none of these");
	else if (out > 0)
		say(l, false, n, k,
		    "the type beside it does not allow all of these");
}

/* A member that must be there and must not. */
static void
lint_required(struct schema_linter *l, const struct node *n)
{
	const struct key *r = schema_key(n, KEY_REQUIRED);
	const struct key *p = schema_key(n, KEY_PROPERTIES);
	const struct key *more = schema_key(n, KEY_ADDITIONAL_PROPERTIES);
	bool closed = more != NULL && more->nodes[0]->never &&
	    schema_key(n, KEY_PATTERN_PROPERTIES) == NULL;

	for (size_t i = 0; r != NULL && i < r->n; i++) {
		const struct node *of = NULL;

		for (size_t k = 0; p != NULL && k < p->n; k++)
			if (p->names[k] == r->names[i])
				of = p->nodes[k];
		if ((of == NULL && closed) || (of != NULL && of->never))
			say(l, true, n, r,
			    "a member that must be there is not allowed");
	}
}

/* --- what says nothing ------------------------------------------------------------- */

static void
lint_effect(struct schema_linter *l, const struct node *n)
{
	const struct key *type = schema_key(n, KEY_TYPE);
	unsigned types = type == NULL ? ANY_TYPE : type->types;

	if ((types & INTEGER_BIT) != 0)
		types |= TYPE_BIT(JSON_NUMBER);
	for (size_t i = 0; i < n->nkeys; i++) {
		const struct key *k = &n->keys[i];
		enum keyword kind = k->word->keyword;

		if (k->word->types != 0 && (k->word->types & types) == 0)
			say(l, false, n, k,
			    "the type beside it leaves it nothing to look at");
		if (kind == KEY_FORMAT && k->format == NULL)
			say(l, false, n, k,
			    "asserts nothing (--schema-formats, or a pattern)");
		if ((kind == KEY_THEN || kind == KEY_ELSE) &&
		    schema_key(n, KEY_IF) == NULL)
			say(l, false, n, k, "says nothing without if");
		if (kind == KEY_IF && k->beside[0] == NULL &&
		    k->beside[1] == NULL)
			say(l, false, n, k,
			    "says nothing without then or else");
		if ((kind == KEY_MIN_CONTAINS || kind == KEY_MAX_CONTAINS) &&
		    schema_key(n, KEY_CONTAINS) == NULL)
			say(l, false, n, k, "says nothing without contains");
	}
}

static void
lint_extensions(struct schema_linter *l, const struct node *n)
{
	for (size_t i = 0; i < n->value->count; i++)
		if (slice_starts(n->value->keys[i], "x-")) {
			say(l, false, n, NULL,
			    "a word that begins with x- asserts nothing");
			return;
		}
}

static bool
is_below(const struct node *n, const struct node *above)
{
	size_t m = above->pointer.n;

	return n->pointer.n > m && n->pointer.p[m] == '/' &&
	    memcmp(n->pointer.p, above->pointer.p, m) == 0;
}

/* Definitions that nothing refers to, nor to what stands in them. */
static void
lint_unused(struct schema_linter *l, const struct node *n)
{
	const struct key *k = schema_key(n, KEY_DEFS);

	for (size_t i = 0; k != NULL && i < k->n; i++) {
		const struct node *d = k->nodes[i];
		bool used = false;

		for (size_t j = d->number; !used && j < l->schema->nnodes &&
		     (l->schema->nodes[j] == d ||
			 is_below(l->schema->nodes[j], d));
		     j++)
			used = l->reached[j];
		if (!used)
			say(l, false, d, NULL, "nothing refers to it");
	}
}

static void
note_references(struct schema_linter *l)
{
	const struct schema *s = l->schema;

	for (size_t i = 0; i < s->nnodes; i++)
		for (size_t j = 0; j < s->nodes[i]->nkeys; j++) {
			const struct key *k = &s->nodes[i]->keys[j];

			if (k->word->keyword != KEY_REF &&
			    k->word->keyword != KEY_DYNAMIC_REF)
				continue;
			for (size_t m = 0; m < k->n; m++)
				l->reached[k->nodes[m]->number] = true;
		}
}

void
schema_lint(const struct schema *s, schema_say *to, void *ctx)
{
	struct schema_linter l = { .schema = s, .say = to, .ctx = ctx };

	l.reached = mem_zalloc(s->nnodes + 1);
	note_references(&l);
	for (size_t i = 0; i < s->nnodes; i++) {
		const struct node *n = s->nodes[i];

		lint_counts(&l, n, KEY_MIN_LENGTH, KEY_MAX_LENGTH);
		lint_counts(&l, n, KEY_MIN_ITEMS, KEY_MAX_ITEMS);
		lint_counts(&l, n, KEY_MIN_PROPERTIES, KEY_MAX_PROPERTIES);
		lint_counts(&l, n, KEY_MIN_CONTAINS, KEY_MAX_CONTAINS);
		lint_bounds(&l, n);
		lint_choices(&l, n, KEY_ENUM);
		lint_choices(&l, n, KEY_CONST);
		lint_required(&l, n);
		lint_effect(&l, n);
		lint_extensions(&l, n);
		lint_unused(&l, n);
	}
	mem_free(l.reached);
}
