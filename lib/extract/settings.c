#include "extract/settings.h"

#include "base/brace.h"
#include "base/buf.h"
#include "base/hash.h"
#include "io/reader.h"

#define LARGEST    ((size_t)16 << 20)
#define MOST_LISTS 30 /* sections or subjects of a document type */

struct parse {
	struct settings *s;
	const char *path;
	struct section_words *lists; /* that words may name as @NAME */
	size_t nlists;
	struct arena *arena;
	struct table_faults *faults;
	struct err *e;
	bool ok;
};

#define FAULT(p, v, ...)        \
	((p)->ok = table_fault( \
	     (p)->faults, (p)->path, (v)->line, (p)->e, __VA_ARGS__))

/* Refuses members that mean nothing: a typing slip must not go unheard. */
static bool
object(struct parse *p, const struct value *v, const char *what,
    const char *const *known)
{
	if (v->type != JSON_OBJECT)
		return FAULT(p, v, "%s must be an object", what);
	for (size_t i = 0; known != NULL && i < v->count; i++) {
		const char *near = NULL;
		bool found = false;

		for (size_t j = 0; known[j] != NULL && !found; j++)
			found = slice_is(v->keys[i], known[j]);
		if (found)
			continue;
		near = slice_suggest(v->keys[i], known);
		FAULT(p, &v->items[i], "%s: unknown member '%.*s'%s%s%s", what,
		    (int)v->keys[i].n, v->keys[i].p,
		    near == NULL ? "" : " (did you mean '",
		    near == NULL ? "" : near, near == NULL ? "" : "'?)");
	}
	return true;
}

static struct slice
text(struct parse *p, const struct value *v, const char *name)
{
	const struct value *m = value_get(v, name);

	if (m == NULL)
		return SLICE("");
	if (m->type != JSON_STRING) {
		FAULT(p, m, "'%s' must be a string", name);
		return SLICE("");
	}
	return m->text;
}

static bool
truth(struct parse *p, const struct value *v, const char *name)
{
	const struct value *m = value_get(v, name);

	if (m != NULL && m->type != JSON_TRUE && m->type != JSON_FALSE)
		FAULT(p, m, "'%s' must be true or false", name);
	return m != NULL && m->type == JSON_TRUE;
}

static struct strings
strings_of(struct parse *p, const struct value *m, const char *name)
{
	struct strings out = { 0 };
	struct slice *list;

	if (m == NULL)
		return out;
	if (m->type != JSON_ARRAY) {
		FAULT(p, m, "'%s' must be an array of strings", name);
		return out;
	}
	list = arena_alloc(p->arena, (m->count + 1) * sizeof(*list));
	out.list = list;
	for (size_t i = 0; i < m->count; i++) {
		if (m->items[i].type != JSON_STRING || m->items[i].text.n == 0)
			FAULT(p, &m->items[i],
			    "'%s' must hold strings that are not empty", name);
		else
			list[out.n++] = m->items[i].text;
	}
	return out;
}

static struct strings
strings(struct parse *p, const struct value *v, const char *name)
{
	return strings_of(p, value_get(v, name), name);
}

/* The words of the list that "@name" names; n 0 where there is none. */
static struct strings
named_list(struct parse *p, const struct value *m, struct slice word)
{
	struct slice name = { word.p + 1, word.n - 1 };

	for (size_t i = 0; i < p->nlists; i++)
		if (slice_eq(p->lists[i].name, name))
			return p->lists[i].words;
	FAULT(p, m, "no list '%.*s'", (int)name.n, name.p);
	return (struct strings){ 0 };
}

/* What one entry of a list stands for: a named list, or words in braces. */
static struct strings
entry_words(struct parse *p, const struct value *m, const char *name,
    struct slice entry)
{
	struct strings out;

	if (entry.p[0] == '@')
		return named_list(p, m, entry);
	out.list = brace_expand(entry, p->arena, &out.n);
	if (out.list == NULL)
		FAULT(p, m, "%s: '%.*s' stands for more than %d words", name,
		    (int)entry.n, entry.p, BRACE_MOST);
	return out;
}

/* A list of words, with all that its entries stand for in their places. */
static struct strings
words_of(struct parse *p, const struct value *m, const char *name)
{
	struct strings in = strings_of(p, m, name);
	struct slice *list = NULL;
	size_t n = 0, room = 0;

	for (size_t i = 0; i < in.n; i++) {
		struct strings all = entry_words(p, m, name, in.list[i]);

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

static struct strings
words(struct parse *p, const struct value *v, const char *name)
{
	return words_of(p, value_get(v, name), name);
}

/* An object of names, each with its words; at most one a bit of a mask. */
static struct section_words *
word_lists(struct parse *p, const struct value *v, const char *name, size_t *n)
{
	const struct value *m = value_get(v, name);
	struct section_words *list;

	*n = 0;
	if (m == NULL || !object(p, m, name, NULL))
		return NULL;
	if (m->count > MOST_LISTS)
		FAULT(p, m, "more than %d %s", MOST_LISTS, name);
	list = arena_alloc(p->arena, (m->count + 1) * sizeof(*list));
	for (size_t i = 0; i < m->count && i < MOST_LISTS; i++)
		list[(*n)++] = (struct section_words){ m->keys[i],
			words_of(p, &m->items[i], name) };
	return list;
}

/* Each may name those before it, so that no circle can be written. */
static void
list(struct parse *p, struct slice name, const struct value *v)
{
	struct strings words = words_of(p, v, "lists");

	p->lists[p->nlists++] = (struct section_words){ name, words };
}

static void
context(struct parse *p, const struct value *v, struct strings out[CUE_KINDS])
{
	if (v == NULL || !object(p, v, "context", cue_names))
		return;
	for (size_t i = 0; i < CUE_KINDS; i++)
		out[i] = words(p, v, cue_names[i]);
}

static const char *const pick_names[] = { "agree", "first", "last", "largest",
	"smallest", "sum", "total", "worst", "count", "before", "list", NULL };

/* {"first": ["sbp"]}: ways to pick, each with the indicators it is for. */
static void
picks_here(struct parse *p, struct document_settings *d, const struct value *v)
{
	if (!object(p, v, "pick", pick_names))
		return;
	for (size_t i = 0; pick_names[i] != NULL; i++)
		d->picks[i] = strings(p, v, pick_names[i]);
}

static void
document(struct parse *p, const struct value *v)
{
	static const char *const known[] = { "id", "match", "text", "sections",
		"subjects", "opening", "passing", "events", "needs", "table",
		"context", "ignore", "pick", NULL };
	static const char *const conditions[] = { "kind", "where", NULL };
	struct document_settings *d = &p->s->documents[p->s->ndocuments++];
	const struct value *match;

	*d = (struct document_settings){ .line = v->line };
	if (!object(p, v, "document", known))
		return;
	d->id = text(p, v, "id");
	if (d->id.n == 0)
		FAULT(p, v, "a document needs an id");
	match = value_get(v, "match");
	if (match != NULL && object(p, match, "match", conditions)) {
		d->kinds = strings(p, match, "kind");
		d->where = text(p, match, "where");
	}
	d->text = strings(p, v, "text");
	d->opening = text(p, v, "opening");
	d->passing = strings(p, v, "passing");
	d->events = strings(p, v, "events");
	d->needs = strings(p, v, "needs");
	if (value_get(v, "pick") != NULL)
		picks_here(p, d, value_get(v, "pick"));
	d->table = strings(p, v, "table");
	d->sections = word_lists(p, v, "sections", &d->nsections);
	d->subjects = word_lists(p, v, "subjects", &d->nsubjects);
	context(p, value_get(v, "context"), d->cues);
	d->ignore = strings(p, v, "ignore");
}

static void
group(struct parse *p, struct slice name, const struct value *v)
{
	static const char *const known[] = { "identify", "named", "split",
		"exclude", "gone", "max", NULL };
	struct group_settings *g = &p->s->groups[p->s->ngroups++];
	struct strings identify;
	const struct value *max;

	*g =
	    (struct group_settings){ .name = name, .max = 32, .line = v->line };
	if (!object(p, v, "group", known))
		return;
	identify = strings(p, v, "identify");
	if (identify.n > 2)
		FAULT(p, v, "'identify' takes one indicator or two");
	for (size_t i = 0; i < identify.n && i < 2; i++)
		g->identify[i] = identify.list[i];
	g->named = truth(p, v, "named");
	g->split = strings(p, v, "split");
	g->exclude = words(p, v, "exclude");
	g->gone = words(p, v, "gone");
	max = value_get(v, "max");
	if (max != NULL) {
		unsigned long long n = 0;

		if (max->type != JSON_NUMBER || !slice_number(max->text, &n) ||
		    n < 1 || n > 32)
			FAULT(p, max, "'max' must be a number from 1 to 32");
		else
			g->max = (size_t)n;
	}
}

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

/* A key with braces is as many codes; one told again has more spellings. */
static void
lexicon(struct parse *p, struct slice name, const struct value *v)
{
	struct lexicon *l = &p->s->lexicons[p->s->nlexicons++];
	struct index *names;
	size_t room = 0;

	*l = (struct lexicon){ .name = name };
	if (!object(p, v, "lexicon", NULL))
		return;
	names = index_new();
	for (size_t i = 0; i < v->count; i++) {
		struct strings keys =
		    entry_words(p, &v->items[i], "lexicon", v->keys[i]);
		struct strings more = words_of(p, &v->items[i], "lexicon");

		for (size_t k = 0; k < keys.n; k++)
			spell(p, code_of(p, l, names, &room, keys.list[k]),
			    brace_first(v->keys[i], k, keys.n), more);
	}
	index_free(names);
	if (l->codes == NULL)
		l->codes = arena_zalloc(p->arena, sizeof(*l->codes));
}

/* The number of the member's word among those known; 0 where it is left out. */
static size_t
choice(struct parse *p, const struct value *v, const char *name,
    const char *const *known)
{
	struct slice word = text(p, v, name);

	for (size_t i = 0; word.n > 0 && known[i] != NULL; i++)
		if (slice_is(word, known[i]))
			return i;
	if (word.n > 0)
		FAULT(p, v, "unknown %s '%.*s'", name, (int)word.n, word.p);
	return 0;
}

/* A mask of the kinds of context that the member lists. */
static unsigned
kinds(struct parse *p, const struct value *v, const char *name)
{
	struct strings list = strings(p, v, name);
	unsigned mask = 0;

	for (size_t i = 0; i < list.n; i++) {
		size_t k = 0;

		while (k < CUE_KINDS && !slice_is(list.list[i], cue_names[k]))
			k++;
		if (k == CUE_KINDS)
			FAULT(p, v, "%s: unknown context '%.*s'", name,
			    (int)list.list[i].n, list.list[i].p);
		else
			mask |= 1u << k;
	}
	return mask;
}

/* {"vent": ["有创"]}: one name, and what goes with it. */
static void
named(struct parse *p, const struct value *parent, const char *name,
    struct slice *key, struct strings *list)
{
	const struct value *v = value_get(parent, name);

	if (v == NULL || !object(p, v, name, NULL))
		return;
	if (v->count != 1) {
		FAULT(p, v, "'%s' has one member", name);
		return;
	}
	*key = v->keys[0];
	*list = strings_of(p, &v->items[0], name);
}

static void
rated(struct parse *p, struct rated_settings *r, const struct value *v)
{
	static const char *const known[] = { "names", "prefix", "as", "other",
		"none", NULL };

	if (!object(p, v, "rated", known))
		return;
	r->names = words(p, v, "names");
	r->prefix = words(p, v, "prefix");
	r->as = words(p, v, "as");
	r->other = words(p, v, "other");
	r->none = words(p, v, "none");
	if (r->names.n == 0 || r->as.n == 0)
		FAULT(p, v, "'rated' needs 'names' and 'as'");
}

static void
field(struct parse *p, struct slice id, const struct value *v)
{
	static const char *const known[] = { "pick", "bare", "own", "unitless",
		"panel", "counts", "vague", "past", "with", "despite",
		"measure", "prefer", "strong", "weak", "total", "parts",
		"chain", "links", "tests", "neighbours", "ratio", "upper",
		"empties", "whole", "while", "grows", "columns", "halves",
		"rated", "shown", "alone", "implied", "again", NULL };
	static const char *const measures[] = { "whole", "ratio.part",
		"ratio.whole", NULL };
	struct field_settings *f = &p->s->fields[p->s->nfields++];

	*f = (struct field_settings){ .id = id, .line = v->line };
	if (!object(p, v, "field", known))
		return;
	f->bare = truth(p, v, "bare");
	f->own = truth(p, v, "own");
	f->counts = text(p, v, "counts");
	f->vague = words(p, v, "vague");
	f->past = text(p, v, "past");
	f->with = text(p, v, "with");
	f->ratio = text(p, v, "ratio");
	f->despite = kinds(p, v, "despite");
	f->panel = truth(p, v, "panel");
	f->unitless = truth(p, v, "unitless");
	f->upper = truth(p, v, "upper");
	f->prefer = strings(p, v, "prefer");
	f->strong = words(p, v, "strong");
	f->weak = words(p, v, "weak");
	f->alone = words(p, v, "alone");
	f->chain = text(p, v, "chain");
	f->links = words(p, v, "links");
	f->tests = words(p, v, "tests");
	f->again = words(p, v, "again");
	f->shown = words(p, v, "shown");
	f->neighbours = words(p, v, "neighbours");
	f->total = words(p, v, "total");
	f->empties = words(p, v, "empties");
	f->whole = words(p, v, "whole");
	f->grows = words(p, v, "grows");
	f->columns = words(p, v, "columns");
	named(p, v, "while", &f->while_id, &f->while_codes);
	named(p, v, "implied", &f->implied, &f->implied_by);
	if (value_get(v, "rated") != NULL)
		rated(p, &f->rated, value_get(v, "rated"));
	f->parts = strings(p, v, "parts");
	if (f->parts.n != 0 && f->parts.n != 2)
		FAULT(p, v, "'parts' takes two lexicons");
	f->halves = strings(p, v, "halves");
	if (f->halves.n != 0 && f->halves.n != 2)
		FAULT(p, v, "'halves' takes two lexicons");
	f->pick = (enum pick)choice(p, v, "pick", pick_names);
	f->part = (enum part)choice(p, v, "measure", measures);
}

static void
each(struct parse *p, const struct value *root, const char *name,
    void (*read)(struct parse *, struct slice, const struct value *))
{
	const struct value *v = value_get(root, name);

	if (v == NULL || !object(p, v, name, NULL))
		return;
	for (size_t i = 0; i < v->count; i++)
		read(p, v->keys[i], &v->items[i]);
}

static void *
room_for(
    struct parse *p, const struct value *root, const char *name, size_t size)
{
	const struct value *v = value_get(root, name);

	return arena_alloc(p->arena, ((v == NULL ? 0 : v->count) + 1) * size);
}

static void
documents(struct parse *p, const struct value *v)
{
	if (v == NULL)
		return;
	if (v->type != JSON_ARRAY) {
		FAULT(p, v, "'documents' must be an array");
		return;
	}
	p->s->documents =
	    arena_alloc(p->arena, (v->count + 1) * sizeof(*p->s->documents));
	for (size_t i = 0; i < v->count; i++)
		document(p, &v->items[i]);
}

bool
settings_parse(struct settings *s, const char *path, const char *json, size_t n,
    struct arena *arena, struct table_faults *faults, struct err *e)
{
	static const char *const known[] = { "lists", "documents", "groups",
		"lexicons", "fields", "context", "examples", "llm", NULL };
	struct parse p = { s, path, NULL, 0, arena, faults, e, true };
	struct value *root;
	struct err why = { 0 };

	*s = (struct settings){ 0 };
	root = value_parse(arena, json, n, &why);
	if (root == NULL)
		return table_fault(faults, path, 0, e, "%s", why.text);
	if (!object(&p, root, "extract.json", known))
		return false;
	p.lists = room_for(&p, root, "lists", sizeof(*p.lists));
	each(&p, root, "lists", list);
	documents(&p, value_get(root, "documents"));
	s->groups = room_for(&p, root, "groups", sizeof(*s->groups));
	each(&p, root, "groups", group);
	s->lexicons = room_for(&p, root, "lexicons", sizeof(*s->lexicons));
	each(&p, root, "lexicons", lexicon);
	s->fields = room_for(&p, root, "fields", sizeof(*s->fields));
	each(&p, root, "fields", field);
	context(&p, value_get(root, "context"), s->cues);
	s->examples = text(&p, root, "examples");
	s->llm = value_get(root, "llm");
	return p.ok;
}

bool
settings_load(struct settings *s, const char *path, struct arena *arena,
    struct table_faults *faults, struct err *e)
{
	struct buf b = { 0 };
	bool ok;

	if (!reader_slurp(path, LARGEST, &b, e)) {
		e->kind = ERR_USAGE;
		return false;
	}
	ok = settings_parse(s, path, b.p, b.n, arena, faults, e);
	buf_release(&b);
	return ok;
}

const struct lexicon *
settings_lexicon(const struct settings *s, struct slice name)
{
	for (size_t i = 0; i < s->nlexicons; i++)
		if (slice_eq(s->lexicons[i].name, name))
			return &s->lexicons[i];
	return NULL;
}

const struct field_settings *
settings_field(const struct settings *s, struct slice id)
{
	for (size_t i = 0; i < s->nfields; i++)
		if (slice_eq(s->fields[i].id, id))
			return &s->fields[i];
	return NULL;
}
