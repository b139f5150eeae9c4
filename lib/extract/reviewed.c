#include "extract/reviewed.h"

#include "json/scan.h"
#include "json/write.h"

/* The entry of `_mdx.extract` with this path, or JSON_NONE. */
static struct json
entry_of(struct record *r, struct slice path)
{
	struct json list = record_trail(r, "extract"), one;
	struct json_walk walk = json_enter(list);

	while (list.type == JSON_ARRAY && json_next_element(&walk, &one))
		if (slice_eq(json_text(json_get(one, "path"), record_arena(r)),
			path))
			return one;
	return (struct json){ { "", 0 }, JSON_NONE };
}

static bool
says(struct json entry, const char *member, const char *word, struct arena *a)
{
	return slice_is(json_text(json_get(entry, member), a), word);
}

bool
record_is_reviewed(struct record *r)
{
	struct json entry = entry_of(r, SLICE("*"));
	struct arena *a = record_arena(r);

	return says(entry, "engine", "hand", a) &&
	    says(entry, "status", "ok", a) &&
	    json_text(json_get(entry, "by"), a).n > 0;
}

static struct json
indicators_of(struct record *r)
{
	return json_get(json_of(record_line(r)), "indicators");
}

/* The objects of a group in the record. */
static size_t
count_objects(struct record *r, const struct doctype *t, int group)
{
	struct slice name = t->groups[group].how->name;

	return json_length(json_get(
	    indicators_of(r), arena_string(record_arena(r), name.p, name.n)));
}

static struct json
entry_at(struct record *r, const struct doctype *t, const struct field *f,
    size_t object)
{
	struct slice group;

	if (f->group < 0)
		return entry_of(r, f->d->id);
	group = t->groups[f->group].how->name;
	return entry_of(r,
	    slice_of(arena_printf(record_arena(r), "%.*s.%zu.%.*s",
		(int)group.n, group.p, object, (int)f->key.n, f->key.p)));
}

/* Nothing said, or a value whose words stand in the text. */
static bool
is_settled(struct json entry, struct slice text, struct arena *a)
{
	struct json quote = json_get(entry, "quote");

	if (entry.type == JSON_NONE || says(entry, "status", "absent", a))
		return true;
	if (says(entry, "status", "ok", a) &&
	    json_get(entry, "value").type == JSON_NULL)
		return true;
	return quote.type == JSON_STRING &&
	    slice_find(text, json_text(quote, a)) != NULL &&
	    (says(entry, "status", "ok", a) ||
		says(entry, "status", "negated", a) ||
		says(entry, "status", "uncertain", a) ||
		says(entry, "status", "out_of_range", a));
}

void
reviewed_fields(struct record *r, const struct reading *reading, bool *fields)
{
	const struct doctype *t = reading->type;

	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		size_t n = f->group < 0 ? 1 : count_objects(r, t, f->group);

		for (size_t k = 1; fields[i] && k <= n; k++)
			fields[i] = is_settled(entry_at(r, t, f, k),
			    reading->view.original, record_arena(r));
	}
}

/* --- the answer ---------------------------------------------------------- */

/* Whether the quote, as it was sent, stands in the text of the piece. */
static bool
add_quote(
    const struct piece *p, struct json quote, struct buf *b, struct arena *a)
{
	struct slice s = redact_quote(&p->of->redacted, json_text(quote, a), a);

	json_put_comma(b);
	json_put_string(b, s);
	return slice_find(p->text, s) != NULL;
}

/* One quote, or an array of them; false where the text lacks one. */
static bool
put_quotes(
    const struct piece *p, struct json entry, struct buf *b, struct arena *a)
{
	struct json more = json_get(entry, "more"), one;
	struct json_walk walk = json_enter(more);
	bool there;

	if (json_length(more) == 0)
		return add_quote(p, json_get(entry, "quote"), b, a);
	buf_addc(b, '[');
	there = add_quote(p, json_get(entry, "quote"), b, a);
	while (there && json_next_element(&walk, &one))
		there = add_quote(p, json_get(one, "quote"), b, a);
	buf_addc(b, ']');
	return there;
}

static void
put_field(struct record *r, const struct piece *p, const struct field *f,
    size_t object, struct buf *b)
{
	struct arena *a = record_arena(r);
	struct json entry = entry_at(r, p->of->reading->type, f, object);
	bool doubted = says(entry, "status", "uncertain", a);
	struct json value = json_get(entry, doubted ? "claimed" : "value");
	size_t before = b->n;

	if (json_get(entry, "quote").type != JSON_STRING ||
	    (value.type == JSON_NULL && says(entry, "status", "ok", a)))
		return;
	json_put_key_slice(b, f->key);
	buf_adds(b, "{\"v\":");
	buf_add_slice(b, value.type == JSON_NONE ? SLICE("null") : value.text);
	buf_adds(b, ",\"q\":");
	if (!put_quotes(p, entry, b, a)) {
		b->n = before;
		return;
	}
	buf_addf(b, ",\"s\":\"%s\"}",
	    doubted                                   ? "uncertain"
		: says(entry, "status", "negated", a) ? "absent"
						      : "present");
}

static void
put_group(struct record *r, const struct piece *p, int group, struct buf *b)
{
	const struct doctype *t = p->of->reading->type;
	size_t n = count_objects(r, t, group);
	bool asked = false;

	for (size_t i = 0; i < t->nfields; i++)
		asked |= p->fields[i] && t->fields[i].group == group;
	if (!asked || n == 0)
		return;
	json_put_key_slice(b, t->groups[group].how->name);
	buf_addc(b, '[');
	for (size_t k = 1; k <= n; k++) {
		json_put_comma(b);
		buf_addc(b, '{');
		for (size_t i = 0; i < t->nfields; i++)
			if (p->fields[i] && t->fields[i].group == group)
				put_field(r, p, &t->fields[i], k, b);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

void
reviewed_answer(struct record *r, const struct piece *p, struct buf *b)
{
	const struct doctype *t = p->of->reading->type;

	buf_addc(b, '{');
	for (size_t i = 0; i < t->nfields; i++)
		if (p->fields[i] && t->fields[i].group < 0)
			put_field(r, p, &t->fields[i], 1, b);
	for (int g = 0; g < (int)t->ngroups; g++)
		put_group(r, p, g, b);
	buf_addc(b, '}');
}
