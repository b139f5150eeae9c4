/*
 * extract.json from its root on: what it may have, and where each goes.
 */
#include "extract/settings.h"

#include "base/buf.h"
#include "extract/settings_part.h"
#include "io/reader.h"

#define LARGEST ((size_t)16 << 20)

/* Each may name those before it, so that no circle can be written. */
static void
list(struct parse *p, struct slice name, const struct value *v)
{
	struct strings words = member_words_of(p, v, "lists");

	p->s->lists[p->s->nlists++] = (struct section_words){ name, words };
}

static void
context(struct parse *p, const struct value *v, struct strings out[CUE_KINDS])
{
	if (v == NULL || !member_object(p, v, "context", cue_names))
		return;
	for (size_t i = 0; i < CUE_KINDS; i++)
		out[i] = member_words(p, v, cue_names[i]);
}

static const char *const pick_names[] = { "agree", "first", "last", "largest",
	"smallest", "sum", "total", "worst", "count", "before", "list", NULL };

/* {"first": ["sbp"]}: ways to pick, each with the indicators it is for. */
static void
picks_here(struct parse *p, struct document_settings *d, const struct value *v)
{
	if (!member_object(p, v, "pick", pick_names))
		return;
	for (size_t i = 0; pick_names[i] != NULL; i++)
		d->picks[i] = member_strings(p, v, pick_names[i]);
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
	if (!member_object(p, v, "document", known))
		return;
	d->id = member_text(p, v, "id");
	if (d->id.n == 0)
		SETTINGS_FAULT(p, v, "a document needs an id");
	match = value_get(v, "match");
	if (match != NULL && member_object(p, match, "match", conditions)) {
		d->kinds = member_strings(p, match, "kind");
		d->where = member_text(p, match, "where");
	}
	d->text = member_strings(p, v, "text");
	d->opening = member_text(p, v, "opening");
	d->passing = member_strings(p, v, "passing");
	d->events = member_strings(p, v, "events");
	d->needs = member_strings(p, v, "needs");
	if (value_get(v, "pick") != NULL)
		picks_here(p, d, value_get(v, "pick"));
	d->table = member_strings(p, v, "table");
	d->sections = member_lists(p, v, "sections", &d->nsections);
	d->subjects = member_lists(p, v, "subjects", &d->nsubjects);
	context(p, value_get(v, "context"), d->cues);
	d->ignore = member_strings(p, v, "ignore");
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
	if (!member_object(p, v, "group", known))
		return;
	identify = member_strings(p, v, "identify");
	if (identify.n > 2)
		SETTINGS_FAULT(p, v, "'identify' takes one indicator or two");
	for (size_t i = 0; i < identify.n && i < 2; i++)
		g->identify[i] = identify.list[i];
	g->named = member_truth(p, v, "named");
	g->split = member_strings(p, v, "split");
	g->exclude = member_words(p, v, "exclude");
	g->gone = member_words(p, v, "gone");
	max = value_get(v, "max");
	if (max != NULL) {
		unsigned long long n = 0;

		if (max->type != JSON_NUMBER || !slice_number(max->text, &n) ||
		    n < 1 || n > 32)
			SETTINGS_FAULT(
			    p, max, "'max' must be a number from 1 to 32");
		else
			g->max = (size_t)n;
	}
}

/* The number of the member's word among those known; 0 where it is left out. */
static size_t
choice(struct parse *p, const struct value *v, const char *name,
    const char *const *known)
{
	struct slice word = member_text(p, v, name);

	for (size_t i = 0; word.n > 0 && known[i] != NULL; i++)
		if (slice_is(word, known[i]))
			return i;
	if (word.n > 0)
		SETTINGS_FAULT(
		    p, v, "unknown %s '%.*s'", name, (int)word.n, word.p);
	return 0;
}

/* A mask of the kinds of context that the member lists. */
static unsigned
kinds(struct parse *p, const struct value *v, const char *name)
{
	struct strings list = member_strings(p, v, name);
	unsigned mask = 0;

	for (size_t i = 0; i < list.n; i++) {
		size_t k = 0;

		while (k < CUE_KINDS && !slice_is(list.list[i], cue_names[k]))
			k++;
		if (k == CUE_KINDS)
			SETTINGS_FAULT(p, v, "%s: unknown context '%.*s'", name,
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

	if (v == NULL || !member_object(p, v, name, NULL))
		return;
	if (v->count != 1) {
		SETTINGS_FAULT(p, v, "'%s' has one member", name);
		return;
	}
	*key = v->keys[0];
	*list = member_strings_of(p, &v->items[0], name);
}

static void
rated(struct parse *p, struct rated_settings *r, const struct value *v)
{
	static const char *const known[] = { "names", "prefix", "as", "other",
		"none", NULL };

	if (!member_object(p, v, "rated", known))
		return;
	r->names = member_words(p, v, "names");
	r->prefix = member_words(p, v, "prefix");
	r->as = member_words(p, v, "as");
	r->other = member_words(p, v, "other");
	r->none = member_words(p, v, "none");
	if (r->names.n == 0 || r->as.n == 0)
		SETTINGS_FAULT(p, v, "'rated' needs 'names' and 'as'");
}

/* {"毛霉目": ["根霉", "横梗霉"]}: names, and what each may mean. */
static void
names_of_kinds(struct parse *p, struct field_settings *f, const struct value *v)
{
	if (v == NULL || !member_object(p, v, "kinds", NULL))
		return;
	f->kinds = arena_alloc(p->arena, (v->count + 1) * sizeof(*f->kinds));
	for (size_t i = 0; i < v->count; i++)
		f->kinds[f->nkinds++] = (struct kind_settings){ v->keys[i],
			member_words_of(p, &v->items[i], "kinds") };
}

static void
field(struct parse *p, struct slice id, const struct value *v)
{
	static const char *const known[] = { "pick", "bare", "own", "unitless",
		"panel", "counts", "vague", "past", "with", "despite",
		"measure", "prefer", "strong", "weak", "total", "parts",
		"chain", "links", "tests", "neighbours", "ratio", "upper",
		"empties", "whole", "while", "grows", "columns", "halves",
		"rated", "shown", "alone", "implied", "again", "beside",
		"carried", "same", "kinds", NULL };
	static const char *const measures[] = { "whole", "ratio.part",
		"ratio.whole", NULL };
	struct field_settings *f = &p->s->fields[p->s->nfields++];

	*f = (struct field_settings){ .id = id, .line = v->line };
	if (!member_object(p, v, "field", known))
		return;
	f->bare = member_truth(p, v, "bare");
	f->own = member_truth(p, v, "own");
	f->counts = member_text(p, v, "counts");
	f->vague = member_words(p, v, "vague");
	f->past = member_text(p, v, "past");
	f->with = member_text(p, v, "with");
	f->ratio = member_text(p, v, "ratio");
	f->despite = kinds(p, v, "despite");
	f->panel = member_truth(p, v, "panel");
	f->unitless = member_truth(p, v, "unitless");
	f->upper = member_truth(p, v, "upper");
	f->prefer = member_strings(p, v, "prefer");
	f->strong = member_words(p, v, "strong");
	f->weak = member_words(p, v, "weak");
	f->alone = member_words(p, v, "alone");
	f->chain = member_text(p, v, "chain");
	f->links = member_words(p, v, "links");
	f->tests = member_words(p, v, "tests");
	f->again = member_words(p, v, "again");
	names_of_kinds(p, f, value_get(v, "kinds"));
	f->shown = member_words(p, v, "shown");
	f->neighbours = member_words(p, v, "neighbours");
	f->total = member_words(p, v, "total");
	f->empties = member_words(p, v, "empties");
	f->whole = member_words(p, v, "whole");
	f->grows = member_words(p, v, "grows");
	f->columns = member_words(p, v, "columns");
	named(p, v, "while", &f->while_id, &f->while_codes);
	named(p, v, "implied", &f->implied, &f->implied_by);
	named(p, v, "same", &f->same_id, &f->same_words);
	f->carried = member_strings(p, v, "carried");
	named(p, v, "beside", &f->beside_id, &f->beside_codes);
	if (value_get(v, "rated") != NULL)
		rated(p, &f->rated, value_get(v, "rated"));
	f->parts = member_strings(p, v, "parts");
	if (f->parts.n != 0 && f->parts.n != 2)
		SETTINGS_FAULT(p, v, "'parts' takes two lexicons");
	f->halves = member_strings(p, v, "halves");
	if (f->halves.n != 0 && f->halves.n != 2)
		SETTINGS_FAULT(p, v, "'halves' takes two lexicons");
	f->pick = (enum pick)choice(p, v, "pick", pick_names);
	f->part = (enum part)choice(p, v, "measure", measures);
}

static void
each(struct parse *p, const struct value *root, const char *name,
    void (*read)(struct parse *, struct slice, const struct value *))
{
	const struct value *v = value_get(root, name);

	if (v == NULL || !member_object(p, v, name, NULL))
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
		SETTINGS_FAULT(p, v, "'documents' must be an array");
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
	struct parse p = { s, path, arena, faults, e, true };
	struct value *root;
	struct err why = { 0 };

	*s = (struct settings){ 0 };
	root = value_parse(arena, json, n, &why);
	if (root == NULL)
		return table_fault(faults, path, 0, e, "%s", why.text);
	if (!member_object(&p, root, "extract.json", known))
		return false;
	s->lists = room_for(&p, root, "lists", sizeof(*s->lists));
	each(&p, root, "lists", list);
	documents(&p, value_get(root, "documents"));
	s->groups = room_for(&p, root, "groups", sizeof(*s->groups));
	each(&p, root, "groups", group);
	s->lexicons = room_for(&p, root, "lexicons", sizeof(*s->lexicons));
	each(&p, root, "lexicons", settings_add_lexicon);
	s->fields = room_for(&p, root, "fields", sizeof(*s->fields));
	each(&p, root, "fields", field);
	context(&p, value_get(root, "context"), s->cues);
	s->examples = member_text(&p, root, "examples");
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

const struct section_words *
settings_list(const struct settings *s, struct slice name)
{
	for (size_t i = 0; i < s->nlists; i++)
		if (slice_eq(s->lists[i].name, name))
			return &s->lists[i];
	return NULL;
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
