/*
 * Keywords about one value, where a check looks at the same values.
 */
#include "base/ecma.h"
#include "rules/expr.h"
#include "rules/schema_import_parts.h"

/* Lengths and patterns of rules look at numbers too. */
#define UNTYPED "the type beside it is not string"

bool
import_is_typed(const struct node *n, enum json_type type, bool or_null)
{
	const struct key *k = schema_key(n, KEY_TYPE);

	return k != NULL &&
	    (k->types == TYPE_BIT(type) ||
		(or_null &&
		    k->types == (TYPE_BIT(type) | TYPE_BIT(JSON_NULL))));
}

static void
say(struct importer *m, const struct way *w, const struct key *k,
    const char *check, struct slice arg, struct slice words)
{
	const struct row r = { .field = w->field,
		.arg = arg,
		.check = check,
		.key = k,
		.says = { { k->word->name, words } } };

	import_say(m, w, k, &r);
}

static void
import_type(struct importer *m, const struct way *w, const struct key *k)
{
	static const struct {
		unsigned bits;
		const char *name;
	} types[] = { { INTEGER_BIT, "integer" },
		{ TYPE_BIT(JSON_NUMBER), "number" },
		{ TYPE_BIT(JSON_NUMBER) | INTEGER_BIT, "number" },
		{ TYPE_BIT(JSON_STRING), "string" },
		{ TYPE_BIT(JSON_TRUE) | TYPE_BIT(JSON_FALSE), "boolean" },
		{ TYPE_BIT(JSON_ARRAY), "array" },
		{ TYPE_BIT(JSON_OBJECT), "object" },
		{ TYPE_BIT(JSON_NUMBER) | TYPE_BIT(JSON_STRING) |
			TYPE_BIT(JSON_TRUE) | TYPE_BIT(JSON_FALSE),
		    "scalar" } };
	unsigned bits = k->types & ~TYPE_BIT(JSON_NULL);

	if (w->field.n == 0 && (bits & TYPE_BIT(JSON_OBJECT)) != 0)
		return; /* a record is nothing else */
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].bits == bits) {
			say(m, w, k, "type", slice_of(types[i].name),
			    slice_of(types[i].name));
			return;
		}
	import_leave(m, w->node, k, "no type of rules is this choice");
}

/* An array behind const is one value. */
size_t
import_choices(const struct key *k, const struct value **items)
{
	bool list = k->word->keyword == KEY_ENUM;

	*items = list ? k->value->items : k->value;
	return list ? k->value->count : 1;
}

/* Texts that may stand between bars. */
static bool
list_texts(const struct key *k, struct buf *to)
{
	const struct value *items;
	size_t n = import_choices(k, &items);

	for (size_t i = 0; i < n; i++) {
		struct slice text = items[i].text;

		if (items[i].type == JSON_NULL)
			continue;
		if (items[i].type != JSON_STRING || text.n == 0 ||
		    slice_trim(text).n != text.n ||
		    memchr(text.p, '|', text.n) != NULL ||
		    slice_find(text, SLICE("｜")) != NULL || text.p[0] == '@' ||
		    slice_starts(text, "＠") ||
		    memchr(text.p, '\n', text.n) != NULL)
			return false;
		if (to->n > 0)
			buf_addc(to, '|');
		buf_add_slice(to, text);
	}
	return to->n > 0;
}

static void
import_choice(struct importer *m, const struct way *w, const struct key *k)
{
	const struct row text = { .field = w->field,
		.arg = SLICE("string"),
		.check = "type",
		.key = k,
		.says = { { "type", SLICE("string") } } };
	struct buf b = { 0 };

	if (list_texts(k, &b)) {
		/* To a value set a number is its spelling. */
		if (schema_key(w->node, KEY_TYPE) == NULL)
			import_say(m, w, k, &text);
		say(m, w, k, "enum", arena_slice(m->arena, buf_slice(&b)),
		    arena_slice(m->arena, buf_slice(&b)));
	} else
		import_leave(m, w->node, k,
		    "a value set is of texts without bars and blanks at the "
		    "ends");
	buf_release(&b);
}

static void
import_pattern(struct importer *m, const struct way *w, const struct key *k)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	/* It has been read before. */
	ecma_pattern(k->value->text, &b, &e);
	if (b.n == 0)
		import_leave(m, w->node, k, "an empty pattern says nothing");
	else if (!import_is_typed(w->node, JSON_STRING, true))
		import_leave(m, w->node, k, UNTYPED);
	else
		say(m, w, k, "regex", arena_slice(m->arena, buf_slice(&b)),
		    k->value->text);
	buf_release(&b);
}

/* Of the two keywords for one end of an interval the stronger cannot be told
 * by their place: the second is left out. */
struct end {
	const struct key *at;
	bool open;
};

static struct end
end_of(struct importer *m, const struct way *w, enum keyword closed,
    enum keyword open)
{
	const struct key *a = schema_key(w->node, closed);
	const struct key *b = open == closed ? NULL : schema_key(w->node, open);

	if (a != NULL && b != NULL)
		import_leave(
		    m, w->node, b, "an interval has one bound at each end");
	return a != NULL ? (struct end){ a, false } : (struct end){ b, true };
}

static struct slice
bound(const struct end *e)
{
	return e->at == NULL ? SLICE("") : e->at->value->text;
}

/* Both ends as one interval: of the keywords the first one makes it. */
static void
import_interval(struct importer *m, const struct way *w, const struct key *k,
    const char *check, const enum keyword ends[4])
{
	struct row r = { .field = w->field, .check = check };
	struct resolver with = { .arena = m->arena };
	struct interval interval;
	struct end low, high;
	struct err e = { 0 };
	struct slice from, to;
	size_t n = 0;

	for (size_t i = 0; i < w->node->nkeys; i++)
		for (size_t j = 0; j < 4; j++)
			if (w->node->keys[i].word->keyword == ends[j]) {
				if (&w->node->keys[i] != k)
					return;
				i = w->node->nkeys - 1;
				break;
			}
	if (ends[0] == KEY_MIN_LENGTH &&
	    !import_is_typed(w->node, JSON_STRING, true)) {
		import_leave(m, w->node, k, UNTYPED);
		return;
	}
	low = end_of(m, w, ends[0], ends[2]);
	high = end_of(m, w, ends[1], ends[3]);
	r.key = low.at != NULL ? low.at : high.at;
	from = bound(&low);
	to = bound(&high);
	if (low.at != NULL)
		r.says[n++] = (struct row_words){ low.at->word->name, from };
	if (high.at != NULL)
		r.says[n++] = (struct row_words){ high.at->word->name, to };
	r.arg = slice_of(arena_printf(m->arena, "%s%.*s,%.*s%s",
	    low.at != NULL && low.open ? "(" : "[", (int)from.n, from.p,
	    (int)to.n, to.p, high.at != NULL && high.open ? ")" : "]"));
	if (interval_parse(r.arg, &with, &interval, &e))
		import_say(m, w, k, &r);
	else
		import_leave(m, w->node, k, "its interval is empty");
}

/* The nearest, `date`, takes dates with a time. */
static void
import_format(struct importer *m, const struct way *w, const struct key *k)
{
	if (k->format != NULL)
		import_leave(m, w->node, k, "no check is this format");
}

bool
import_value(struct importer *m, const struct way *w, const struct key *k)
{
	static const enum keyword numbers[] = { KEY_MINIMUM, KEY_MAXIMUM,
		KEY_EXCLUSIVE_MINIMUM, KEY_EXCLUSIVE_MAXIMUM };
	static const enum keyword lengths[] = { KEY_MIN_LENGTH, KEY_MAX_LENGTH,
		KEY_MIN_LENGTH, KEY_MAX_LENGTH };
	static const enum keyword counts[] = { KEY_MIN_ITEMS, KEY_MAX_ITEMS,
		KEY_MIN_ITEMS, KEY_MAX_ITEMS };

	switch (k->word->keyword) {
	case KEY_TYPE:
		import_type(m, w, k);
		return true;
	case KEY_ENUM:
	case KEY_CONST:
		import_choice(m, w, k);
		return true;
	case KEY_MINIMUM:
	case KEY_MAXIMUM:
	case KEY_EXCLUSIVE_MINIMUM:
	case KEY_EXCLUSIVE_MAXIMUM:
		import_interval(m, w, k, "range", numbers);
		return true;
	case KEY_MIN_LENGTH:
	case KEY_MAX_LENGTH:
		import_interval(m, w, k, "length", lengths);
		return true;
	case KEY_MIN_ITEMS:
	case KEY_MAX_ITEMS:
		import_interval(m, w, k, "count", counts);
		return true;
	case KEY_PATTERN:
		import_pattern(m, w, k);
		return true;
	case KEY_FORMAT:
		import_format(m, w, k);
		return true;
	default:
		return false;
	}
}
