/*
 * What a member of extract.json holds, with a fault where it is another thing.
 */
#include "base/brace.h"
#include "extract/settings_part.h"

#define MOST_LISTS 30 /* sections or subjects of a document type */

bool
member_object(struct parse *p, const struct value *v, const char *what,
    const char *const *known)
{
	if (v->type != JSON_OBJECT)
		return SETTINGS_FAULT(p, v, "%s must be an object", what);
	for (size_t i = 0; known != NULL && i < v->count; i++) {
		const char *near = NULL;
		bool found = false;

		for (size_t j = 0; known[j] != NULL && !found; j++)
			found = slice_is(v->keys[i], known[j]);
		if (found)
			continue;
		near = slice_suggest(v->keys[i], known);
		SETTINGS_FAULT(p, &v->items[i],
		    "%s: unknown member '%.*s'%s%s%s", what, (int)v->keys[i].n,
		    v->keys[i].p, near == NULL ? "" : " (did you mean '",
		    near == NULL ? "" : near, near == NULL ? "" : "'?)");
	}
	return true;
}

struct slice
member_text(struct parse *p, const struct value *v, const char *name)
{
	const struct value *m = value_get(v, name);

	if (m == NULL)
		return SLICE("");
	if (m->type != JSON_STRING) {
		SETTINGS_FAULT(p, m, "'%s' must be a string", name);
		return SLICE("");
	}
	return m->text;
}

bool
member_truth(struct parse *p, const struct value *v, const char *name)
{
	const struct value *m = value_get(v, name);

	if (m != NULL && m->type != JSON_TRUE && m->type != JSON_FALSE)
		SETTINGS_FAULT(p, m, "'%s' must be true or false", name);
	return m != NULL && m->type == JSON_TRUE;
}

struct strings
member_strings_of(struct parse *p, const struct value *m, const char *name)
{
	struct strings out = { 0 };
	struct slice *list;

	if (m == NULL)
		return out;
	if (m->type != JSON_ARRAY) {
		SETTINGS_FAULT(p, m, "'%s' must be an array of strings", name);
		return out;
	}
	list = arena_alloc(p->arena, (m->count + 1) * sizeof(*list));
	out.list = list;
	for (size_t i = 0; i < m->count; i++) {
		if (m->items[i].type != JSON_STRING || m->items[i].text.n == 0)
			SETTINGS_FAULT(p, &m->items[i],
			    "'%s' must hold strings that are not empty", name);
		else
			list[out.n++] = m->items[i].text;
	}
	return out;
}

struct strings
member_strings(struct parse *p, const struct value *v, const char *name)
{
	return member_strings_of(p, value_get(v, name), name);
}

/* The words of the list that "@name" names; n 0 where there is none. */
static struct strings
named_list(struct parse *p, const struct value *m, struct slice word)
{
	struct slice name = { word.p + 1, word.n - 1 };
	const struct section_words *list = settings_list(p->s, name);

	if (list != NULL)
		return list->words;
	SETTINGS_FAULT(p, m, "no list '%.*s'", (int)name.n, name.p);
	return (struct strings){ 0 };
}

struct strings
member_entry(struct parse *p, const struct value *m, const char *name,
    struct slice entry)
{
	struct strings out;

	if (entry.p[0] == '@')
		return named_list(p, m, entry);
	out.list = brace_expand(entry, p->arena, &out.n);
	if (out.list == NULL)
		SETTINGS_FAULT(p, m, "%s: '%.*s' stands for more than %d words",
		    name, (int)entry.n, entry.p, BRACE_MOST);
	return out;
}

struct strings
member_words_of(struct parse *p, const struct value *m, const char *name)
{
	struct strings in = member_strings_of(p, m, name);
	struct slice *list = NULL;
	size_t n = 0, room = 0;

	for (size_t i = 0; i < in.n; i++) {
		struct strings all = member_entry(p, m, name, in.list[i]);

		for (size_t j = 0; j < all.n; j++) {
			if (all.list[j].n == 0)
				continue;
			list =
			    arena_room(p->arena, list, n, &room, sizeof(*list));
			list[n++] = all.list[j];
		}
	}
	return (struct strings){ list, n };
}

struct strings
member_words(struct parse *p, const struct value *v, const char *name)
{
	return member_words_of(p, value_get(v, name), name);
}

struct section_words *
member_lists(
    struct parse *p, const struct value *v, const char *name, size_t *n)
{
	const struct value *m = value_get(v, name);
	struct section_words *list;

	*n = 0;
	if (m == NULL || !member_object(p, m, name, NULL))
		return NULL;
	if (m->count > MOST_LISTS)
		SETTINGS_FAULT(p, m, "more than %d %s", MOST_LISTS, name);
	list = arena_alloc(p->arena, (m->count + 1) * sizeof(*list));
	for (size_t i = 0; i < m->count && i < MOST_LISTS; i++)
		list[(*n)++] = (struct section_words){ m->keys[i],
			member_words_of(p, &m->items[i], name) };
	return list;
}
