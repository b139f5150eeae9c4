#include "extract/merge.h"

#include "base/buf.h"
#include "json/write.h"

static void
put_value(struct buf *b, const struct answer *a)
{
	if (a->value.n == 0)
		buf_adds(b, "null");
	else
		buf_add_slice(b, a->value);
}

/* --- indicators ---------------------------------------------------------- */

static bool
of_object(const struct answers *all, unsigned object, struct slice raw_key)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].object == object &&
		    json_key_is(raw_key, all->list[i].key))
			return true;
	return false;
}

/* One object of the group; what other runs left in it stays. */
static void
put_object(
    struct buf *b, const struct answers *all, unsigned object, struct json old)
{
	struct json_walk walk = json_enter(old);
	struct json value;
	struct slice key;

	json_put_comma(b);
	buf_addc(b, '{');
	for (size_t i = 0; i < all->n; i++) {
		if (all->list[i].object != object)
			continue;
		json_put_key_slice(b, all->list[i].key);
		put_value(b, &all->list[i]);
	}
	while (json_next_member(&walk, &key, &value)) {
		if (of_object(all, object, key))
			continue;
		json_put_comma(b);
		buf_addc(b, '"');
		buf_add_slice(b, key);
		buf_adds(b, "\":");
		buf_add_slice(b, value.text);
	}
	buf_addc(b, '}');
}

static void
put_group(struct buf *b, const struct answers *all, struct json old)
{
	struct json_walk walk = json_enter(old);
	struct json element = { { "", 0 }, JSON_NONE };
	unsigned n = all->nobjects;

	/* Where the text was not asked, objects of an earlier run stand. */
	if (!all->group_asked && json_length(old) > n)
		n = (unsigned)json_length(old);
	buf_addc(b, '[');
	for (unsigned i = 1; i <= n; i++) {
		if (!json_next_element(&walk, &element))
			element = (struct json){ { "", 0 }, JSON_NONE };
		put_object(b, all, i, element);
	}
	buf_addc(b, ']');
}

static void
put_member(struct buf *b, const struct answers *all, const struct answer *a,
    struct json old)
{
	if (a == NULL || a->object > 0)
		put_group(b, all, old);
	else
		put_value(b, a);
}

static bool
has_group(const struct answers *all)
{
	bool has = all->group_asked;

	for (size_t i = 0; i < all->n && !has; i++)
		has = all->list[i].object > 0;
	return has;
}

static const struct answer *
named(const struct answers *all, struct slice raw_key, bool *group)
{
	*group = has_group(all) && json_key_is(raw_key, all->group);
	for (size_t i = 0; i < all->n && !*group; i++)
		if (all->list[i].object == 0 &&
		    json_key_is(raw_key, all->list[i].d->id))
			return &all->list[i];
	return NULL;
}

struct slice
merge_values(struct record *r, const struct json_member *member,
    const struct answers *all)
{
	struct json old = record_value(r, member), value;
	struct json_walk walk = json_enter(old);
	bool group, wrote_group = !has_group(all);
	struct buf b = { 0 };
	struct slice key, text;

	buf_addc(&b, '{');
	while (json_next_member(&walk, &key, &value)) {
		const struct answer *a = named(all, key, &group);

		json_put_comma(&b);
		buf_addc(&b, '"');
		buf_add_slice(&b, key);
		buf_adds(&b, "\":");
		if (group || a != NULL)
			put_member(&b, all, a, value);
		else
			buf_add_slice(&b, value.text);
		wrote_group |= group;
	}
	if (!wrote_group) {
		json_put_key_slice(&b, all->group);
		put_group(&b, all, (struct json){ { "", 0 }, JSON_NONE });
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct answer *a = &all->list[i];

		if (a->object > 0 ||
		    json_get(old,
			arena_string(record_arena(r), a->d->id.p, a->d->id.n))
			    .type != JSON_NONE)
			continue;
		json_put_key_slice(&b, a->d->id);
		put_value(&b, a);
	}
	buf_addc(&b, '}');
	text = arena_slice(record_arena(r), buf_slice(&b));
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
	buf_addf(b, "[%u,%u]", e->span.from, e->span.to);
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

/* What is computed rests on all its operands: it has no place of its own. */
static void
put_entry(struct buf *b, const struct answers *all, const struct answer *a,
    struct arena *arena)
{
	bool derived = a->engine == ENGINE_JQ;

	buf_addc(b, '{');
	put_text(b, "path", answer_path(all, a, arena));
	json_put_key(b, "value");
	put_value(b, a);
	put_text(b, "unit", a->d->unit);
	if (a->evidence != NULL && !derived)
		put_evidence(b, a->evidence);
	json_put_key(b, "engine");
	json_put_cstring(b, engine_name(a->engine));
	if (a->engine == ENGINE_RULE && a->status != STATUS_ABSENT) {
		json_put_key(b, "rule");
		if (a->rule > 0)
			json_put_cstring(b,
			    arena_printf(arena, "%.*s#%u", (int)a->d->id.n,
				a->d->id.p, a->rule));
		else
			json_put_string(b, a->d->id);
	}
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
	buf_addc(b, '}');
}

/* `lesion.12.power` is about the row `lesion.power`. */
static const struct indicator *
row_of(const struct catalogue *c, struct slice path, struct arena *arena)
{
	const struct indicator *d = catalogue_find(c, path);
	const char *end = path.p + path.n;

	for (const char *p = path.p; d == NULL && p < end; p++) {
		const char *digits = p + 1, *q = digits;

		if (*p != '.')
			continue;
		while (q < end && *q >= '0' && *q <= '9')
			q++;
		if (q > digits && q < end && *q == '.')
			d = catalogue_find(c,
			    slice_of(arena_printf(arena, "%.*s%.*s",
				(int)(p - path.p), path.p, (int)(end - q), q)));
	}
	return d;
}

static bool
asked(const struct answers *all, const struct indicator *d)
{
	for (size_t i = 0; d != NULL && i < all->n; i++)
		if (all->list[i].d == d)
			return true;
	/* A group without objects has no answers, but was looked for. */
	return d != NULL && d->level == 2 && all->group_asked &&
	    all->nobjects == 0 && answers_groups(all, d->id);
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
		const struct indicator *d = row_of(c, path, arena);

		if (!asked(all, d))
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

static void
merge_trail(struct record *r, const struct answers *all,
    const struct catalogue *c, bool trace)
{
	struct entry *list;
	size_t n = gather_entries(r, all, c, trace, &list);
	struct buf b = { 0 };

	if (n == 0 && record_trail(r, "extract").type == JSON_NONE)
		return;
	sort_entries(list, n);
	buf_addc(&b, '[');
	for (size_t i = 0; i < n; i++) {
		json_put_comma(&b);
		if (list[i].answer == NULL)
			buf_add_slice(&b, list[i].text.text);
		else
			put_entry(&b, all, list[i].answer, record_arena(r));
	}
	buf_addc(&b, ']');
	record_set_trail(
	    r, "extract", arena_slice(record_arena(r), buf_slice(&b)));
	buf_release(&b);
}

void
merge(struct record *r, const struct json_member *member,
    const struct answers *all, const struct catalogue *c, bool trace)
{
	struct slice values;

	if (all->n == 0 && !has_group(all))
		return;
	values = merge_values(r, member, all);
	if (member == NULL)
		record_add(r, NULL, SLICE("indicators"), values);
	else
		record_set(r, member, values);
	merge_trail(r, all, c, trace);
}
