/*
 * A lexicon of extract.json: codes, each with the ways to spell it.
 */
#include "base/brace.h"
#include "base/hash.h"
#include "extract/settings_part.h"

/* "*奴卡菌" of the code 皮疽诺卡菌, where the first brace has 皮疽. */
static struct slice
spelling(struct parse *p, struct slice s, struct slice first)
{
	const char *star = memchr(s.p, '*', s.n);
	struct slice rest;

	if (star == NULL || first.n == 0)
		return s;
	rest = slice_span(star + 1, s.p + s.n);
	return slice_of(
	    arena_printf(p->arena, "%.*s%.*s%.*s", (int)(star - s.p), s.p,
		(int)first.n, first.p, (int)rest.n, rest.p));
}

/* Adds spellings to a code. */
static void
spell(struct parse *p, struct code *c, struct slice first, struct strings more)
{
	struct slice *all =
	    arena_alloc(p->arena, (c->nspellings + more.n) * sizeof(*all));

	memcpy(all, c->spellings, c->nspellings * sizeof(*all));
	for (size_t i = 0; i < more.n; i++)
		all[c->nspellings + i] = spelling(p, more.list[i], first);
	c->spellings = all;
	c->nspellings += more.n;
}

/* The code of a name, which is its first spelling; made where there is none. */
static struct code *
code_of(struct parse *p, struct lexicon *l, struct index *names, size_t *room,
    struct slice name)
{
	bool fresh;
	size_t i = index_add(names, name, &fresh);

	if (!fresh)
		return &l->codes[i];
	l->codes =
	    arena_room(p->arena, l->codes, l->ncodes, room, sizeof(*l->codes));
	l->codes[l->ncodes++] = (struct code){ .code = name,
		.spellings = arena_dup(p->arena, &name, sizeof(name)),
		.nspellings = 1 };
	return &l->codes[i];
}

void
settings_add_lexicon(struct parse *p, struct slice name, const struct value *v)
{
	struct lexicon *l = &p->s->lexicons[p->s->nlexicons++];
	struct index *names;
	size_t room = 0;

	*l = (struct lexicon){ .name = name };
	if (!member_object(p, v, "lexicon", NULL))
		return;
	names = index_new();
	for (size_t i = 0; i < v->count; i++) {
		struct strings keys =
		    member_entry(p, &v->items[i], "lexicon", v->keys[i]);
		struct strings more =
		    member_words_of(p, &v->items[i], "lexicon");

		for (size_t k = 0; k < keys.n; k++)
			spell(p, code_of(p, l, names, &room, keys.list[k]),
			    brace_first(v->keys[i], k, keys.n), more);
	}
	index_free(names);
	if (l->codes == NULL)
		l->codes = arena_zalloc(p->arena, sizeof(*l->codes));
}
