#include "extract/merge.h"

#include "base/buf.h"
#include "json/write.h"

static struct slice
json_or_null(struct slice value)
{
	return value.n == 0 ? SLICE("null") : value;
}

static struct slice
value_of(const struct answer *a)
{
	return json_or_null(a->value);
}

/* --- indicators ---------------------------------------------------------- */

static bool
is_of(const struct answer *a, unsigned group, unsigned object)
{
	return a->object == object && a->group == group;
}

static bool
has_key(const struct answers *all, unsigned group, unsigned object,
    struct slice raw_key)
{
	for (size_t i = 0; i < all->n; i++)
		if (is_of(&all->list[i], group, object) &&
		    json_key_is(raw_key, all->list[i].key))
			return true;
	return false;
}

/* One object of a group; what other runs left in it stays. */
static void
put_object(struct buf *b, const struct answers *all, unsigned group,
    unsigned object, struct json old)
{
	struct json_walk walk = json_enter(old);
	struct json value;
	struct slice key;

	json_put_comma(b);
	buf_addc(b, '{');
	for (size_t i = 0; i < all->n; i++) {
		if (!is_of(&all->list[i], group, object))
			continue;
		json_put_member(b, all->list[i].key, value_of(&all->list[i]));
	}
	while (json_next_member(&walk, &key, &value))
		if (!has_key(all, group, object, key))
			json_put_member(b, key, value.text);
	buf_addc(b, '}');
}

static void
put_group(
    struct buf *b, const struct answers *all, unsigned group, struct json old)
{
	struct json_walk walk = json_enter(old);
	struct json element = { { "", 0 }, JSON_NONE };
	unsigned n = all->groups[group].nobjects;

	/* Where the text was not asked, objects of an earlier run stand. */
	if (!all->groups[group].asked && json_length(old) > n)
		n = (unsigned)json_length(old);
	buf_addc(b, '[');
	for (unsigned i = 1; i <= n; i++) {
		if (!json_next_element(&walk, &element))
			element = (struct json){ { "", 0 }, JSON_NONE };
		put_object(b, all, group, i, element);
	}
	buf_addc(b, ']');
}

/* Whether anything was asked or found of the group. */
static bool
is_written(const struct answers *all, unsigned group)
{
	bool is = all->groups[group].asked;

	for (size_t i = 0; i < all->n && !is; i++)
		is = all->list[i].object > 0 && all->list[i].group == group;
	return is;
}

static bool
has_group(const struct answers *all)
{
	for (unsigned g = 0; g < all->ngroups; g++)
		if (is_written(all, g))
			return true;
	return false;
}

/* The group that the key names, or -1. */
static int
named_group(const struct answers *all, struct slice raw_key)
{
	for (unsigned g = 0; g < all->ngroups; g++)
		if (json_key_is(raw_key, all->groups[g].name) &&
		    is_written(all, g))
			return (int)g;
	return -1;
}

static const struct answer *
named(const struct answers *all, struct slice raw_key)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].object == 0 &&
		    json_key_is(raw_key, all->list[i].d->id))
			return &all->list[i];
	return NULL;
}

static bool
is_there(struct json indicators, struct slice name, struct arena *arena)
{
	return indicators.type == JSON_OBJECT &&
	    json_get(indicators, arena_string(arena, name.p, name.n)).type !=
	    JSON_NONE;
}

static void
put_old(struct buf *b, const struct answers *all, struct slice key,
    struct json value)
{
	int group = named_group(all, key);
	const struct answer *a = group < 0 ? named(all, key) : NULL;

	json_put_comma(b);
	buf_addc(b, '"');
	buf_add_slice(b, key);
	buf_adds(b, "\":");
	if (group >= 0)
		put_group(b, all, (unsigned)group, value);
	else if (a != NULL)
		buf_add_slice(b, value_of(a));
	else
		buf_add_slice(b, value.text);
}

struct slice
merge_values(struct record *r, const struct json_member *member,
    const struct answers *all)
{
	struct arena *arena = record_arena(r);
	struct json old = record_value(r, member), value;
	struct json_walk walk = json_enter(old);
	struct buf b = { 0 };
	struct slice key, text;

	buf_addc(&b, '{');
	while (json_next_member(&walk, &key, &value))
		put_old(&b, all, key, value);
	for (unsigned g = 0; g < all->ngroups; g++) {
		struct slice name = all->groups[g].name;

		if (!is_written(all, g) || is_there(old, name, arena))
			continue;
		json_put_key_slice(&b, name);
		put_group(&b, all, g, (struct json){ { "", 0 }, JSON_NONE });
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct answer *a = &all->list[i];

		if (a->object > 0 || is_there(old, a->d->id, arena))
			continue;
		json_put_member(&b, a->d->id, value_of(a));
	}
	buf_addc(&b, '}');
	text = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

/* --- _mdx.extract -------------------------------------------------------- */

static void
put_text(struct buf *b, const char *name, struct slice s)
{
	if (s.n == 0)
		return;
	json_put_key(b, name);
	json_put_string(b, s);
}

static void
put_evidence(struct buf *b, const struct evidence *e)
{
	put_text(b, "src", e->src);
	if (!e->has_span)
		return;
	json_put_key(b, "span");
	buf_addc(b, '[');
	json_put_uint(b, e->span.from);
	buf_addc(b, ',');
	json_put_uint(b, e->span.to);
	buf_addc(b, ']');
	put_text(b, "quote", e->quote);
}

static void
put_more(struct buf *b, const struct evidence *e)
{
	if (e == NULL)
		return;
	json_put_key(b, "more");
	buf_addc(b, '[');
	for (; e != NULL; e = e->next) {
		json_put_comma(b);
		buf_addc(b, '{');
		put_evidence(b, e);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

/* The id needs no escape: it is letters, digits, dots, lines and strokes. */
static void
put_rule(struct buf *b, const struct indicator *d, unsigned rule)
{
	json_put_key(b, "rule");
	buf_addc(b, '"');
	buf_add_slice(b, d->id);
	if (rule > 0) {
		buf_addc(b, '#');
		json_put_uint(b, rule);
	}
	buf_addc(b, '"');
}

static void
put_rivals(struct buf *b, const struct answer *a)
{
	if (a->rivals == NULL)
		return;
	json_put_key(b, "also");
	buf_addc(b, '[');
	for (const struct rival *c = a->rivals; c != NULL; c = c->next) {
		json_put_comma(b);
		buf_addc(b, '{');
		json_put_member(b, SLICE("value"), json_or_null(c->value));
		put_rule(b, a->d, c->rule);
		put_evidence(b, c->place);
		json_put_key(b, "why");
		json_put_cstring(b, c->why);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

/* What is computed rests on all its operands: it has no place of its own. */
void
merge_entry(struct buf *b, const struct answers *all, const struct answer *a)
{
	bool derived = a->engine == ENGINE_JQ;

	if (a->entry.n > 0) { /* between its braces, as it came */
		json_put_comma(b);
		buf_add_slice(
		    b, (struct slice){ a->entry.p + 1, a->entry.n - 2 });
		return;
	}
	json_put_key(b, "path");
	buf_addc(b, '"');
	answer_put_path(b, all, a);
	buf_addc(b, '"');
	json_put_member(b, SLICE("value"), value_of(a));
	put_text(b, "unit", a->d->unit);
	if (a->evidence != NULL && !derived)
		put_evidence(b, a->evidence);
	json_put_key(b, "engine");
	json_put_cstring(b, engine_name(a->engine));
	if (a->engine == ENGINE_RULE && a->status != STATUS_ABSENT)
		put_rule(b, a->d, a->rule);
	put_text(b, "model", a->model);
	put_text(b, "by", a->by);
	json_put_key(b, "status");
	json_put_cstring(b, status_name(a->status));
	if (a->claimed.n > 0) {
		json_put_key(b, "claimed");
		buf_add_slice(b, a->claimed);
	}
	put_text(b, "why", a->why);
	if (a->evidence != NULL)
		put_more(b, derived ? a->evidence : a->evidence->next);
	put_rivals(b, a);
}

static bool
asked(const struct answers *all, const struct indicator *d, struct slice path)
{
	int g;

	for (size_t i = 0; i < all->n; i++)
		if (d != NULL ? all->list[i].d == d
			      : slice_eq(all->list[i].d->id, path))
			return true;
	/* A group without objects has no answers, but was looked for. */
	g = d == NULL || d->level != 2 ? -1 : answers_group(all, d->id);
	return g >= 0 && all->groups[g].asked && all->groups[g].nobjects == 0;
}

struct entry {
	size_t order; /* of the catalogue; unknown ones last */
	struct json text;
	const struct answer *answer; /* NULL: kept from before */
};

static size_t
gather_entries(struct record *r, const struct answers *all,
    const struct catalogue *c, bool trace, struct entry **list)
{
	struct arena *arena = record_arena(r);
	struct json old = record_trail(r, "extract");
	struct json element = { { "", 0 }, JSON_NONE };
	struct json_walk walk = json_enter(old);
	size_t n = 0;

	*list = arena_alloc(
	    arena, (all->n + json_length(old) + 1) * sizeof(**list));
	for (size_t i = 0; i < all->n; i++)
		if (trace || all->list[i].status != STATUS_ABSENT)
			(*list)[n++] = (struct entry){ all->list[i].d->number,
				element, &all->list[i] };
	while (old.type == JSON_ARRAY && json_next_element(&walk, &element)) {
		struct slice path = json_text(json_get(element, "path"), arena);
		const struct indicator *d = answer_row(c, path, arena);

		if (!asked(all, d, path))
			(*list)[n++] =
			    (struct entry){ d == NULL ? SIZE_MAX : d->number,
				    element, NULL };
	}
	return n;
}

static void
sort_entries(struct entry *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct entry e = list[i];
		size_t k = i;

		for (; k > 0 && list[k - 1].order > e.order; k--)
			list[k] = list[k - 1];
		list[k] = e;
	}
}

static struct slice
merge_trail(struct record *r, const struct answers *all,
    const struct catalogue *c, bool trace)
{
	struct entry *list;
	size_t n = gather_entries(r, all, c, trace, &list);
	struct buf b = { 0 };
	struct slice text;

	if (n == 0 && record_trail(r, "extract").type == JSON_NONE)
		return SLICE("");
	sort_entries(list, n);
	buf_addc(&b, '[');
	for (size_t i = 0; i < n; i++) {
		json_put_comma(&b);
		if (list[i].answer == NULL) {
			buf_add_slice(&b, list[i].text.text);
			continue;
		}
		buf_addc(&b, '{');
		merge_entry(&b, all, list[i].answer);
		buf_addc(&b, '}');
	}
	buf_addc(&b, ']');
	text = arena_slice(record_arena(r), buf_slice(&b));
	buf_release(&b);
	return text;
}

struct merged
merge(struct record *r, const struct json_member *member,
    const struct answers *all, const struct catalogue *c, bool trace)
{
	struct merged m = { SLICE(""), SLICE("") };

	if (all->n == 0 && !has_group(all))
		return m;
	m.values = merge_values(r, member, all);
	m.trail = merge_trail(r, all, c, trace);
	return m;
}

void
merge_write(
    struct record *r, const struct json_member *member, const struct merged *m)
{
	if (m->values.n > 0 && member == NULL)
		record_add(r, NULL, SLICE("indicators"), m->values);
	else if (m->values.n > 0)
		record_set(r, member, m->values);
	if (m->trail.n > 0)
		record_set_trail(r, "extract", m->trail);
}
