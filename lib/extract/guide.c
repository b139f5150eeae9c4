/*
 * The packs of a run, each with its settings, its document types and the rows
 * of gathered records; and what is asked of them.
 */
#include "extract/guide.h"

#include "base/mem.h"
#include "extract/guide_part.h"
#include "extract/lexicon.h"

struct guide {
	struct arena *arena;
	const struct catalogue *catalogue;
	struct settings *settings; /* one a pack */
	const char **examples;     /* a path a pack, or NULL */
	struct doctype *types;
	size_t n;
	struct series_plan *series;
	struct strings groups;
	struct table_faults faults;
};

void
guide_free(struct guide *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++) {
		struct doctype *t = &p->types[i];

		matcher_free(t->matcher);
		mem_free(t->words);
		pattern_set_free(t->patterns);
	}
	series_plan_free(p->series);
	table_faults_release(&p->faults);
	arena_free(p->arena);
	mem_free(p->types);
	mem_free(p);
}

static bool
has_section(const struct settings *s, struct slice name)
{
	for (size_t i = 0; i < s->ndocuments; i++)
		if (doctype_section(&s->documents[i], name) != 0)
			return true;
	return false;
}

/* Names in fields that no row and no document type has are typing slips. */
static void
check_fields(struct guide *p, struct building *b, const char *path)
{
	for (size_t i = 0; i < b->settings->nfields; i++) {
		const struct field_settings *f = &b->settings->fields[i];

		if (catalogue_find(p->catalogue, f->id) == NULL)
			b->ok = table_fault(b->faults, path, f->line, b->e,
			    "fields: no indicator '%.*s'", (int)f->id.n,
			    f->id.p);
		for (size_t k = 0; k < f->prefer.n; k++)
			if (!has_section(b->settings, f->prefer.list[k]))
				b->ok = table_fault(b->faults, path, f->line,
				    b->e, "prefer: no document has '%.*s'",
				    (int)f->prefer.list[k].n,
				    f->prefer.list[k].p);
	}
}

static void
add_series(struct guide *p, struct building *b, const struct indicator *d)
{
	struct slice set = series_set(d->source);
	const struct lexicon *l = NULL;
	struct err why = { 0 };

	if (set.n > 0) {
		l = lexicon_find(b->catalogue, b->settings, d, set, b->arena,
		    b->faults, b->e);
		if (l == NULL) {
			b->ok = false;
			return;
		}
	}
	if (!series_plan_add(p->series, d, l, &why))
		BUILD_FAULT(b, d, "%s", why.text);
}

static void
add_pack_series(struct guide *p, struct building *b, size_t pack)
{
	for (size_t i = 0; i < catalogue_count(p->catalogue); i++) {
		const struct indicator *d = catalogue_at(p->catalogue, i);

		if (d->pack == pack && d->level == 1 && !d->identifying &&
		    series_is(d->source))
			add_series(p, b, d);
	}
}

static bool
has_text_rows(const struct catalogue *c, size_t pack)
{
	for (size_t i = 0; i < catalogue_count(c); i++)
		if (catalogue_at(c, i)->pack == pack &&
		    catalogue_at(c, i)->level == 2)
			return true;
	return false;
}

static bool
add_pack(struct guide *p, struct catalogue *c, size_t pack, struct err *e)
{
	const char *json = catalogue_file(c, pack, "extract.json");
	struct settings *s = &p->settings[pack];
	struct building b = { c, s, NULL, p->arena,
		catalogue_file(c, pack, "indicators.csv"), &p->faults, e,
		true };
	size_t n = 1;

	*s = (struct settings){ 0 };
	if (json != NULL) {
		if (!settings_load(s, json, p->arena, &p->faults, e))
			return false;
		if (s->ndocuments > 0)
			n = s->ndocuments;
	}
	if (s->examples.n > 0) {
		const char *name =
		    arena_string(p->arena, s->examples.p, s->examples.n);

		p->examples[pack] = catalogue_file(c, pack, name);
		if (p->examples[pack] == NULL)
			b.ok = table_fault(&p->faults, json, 0, e,
			    "examples: no file '%s'", name);
	}
	add_pack_series(p, &b, pack);
	if (s->ndocuments == 0 && !has_text_rows(c, pack))
		return b.ok;
	p->types = mem_resize(p->types, p->n + n, sizeof(*p->types));
	for (size_t i = 0; i < n; i++)
		doctype_build(&b, &p->types[p->n++],
		    json == NULL ? b.path : json,
		    s->ndocuments == 0 ? NULL : &s->documents[i], pack);
	check_fields(p, &b, json);
	return b.ok;
}

static void
list_groups(struct guide *p, size_t packs)
{
	struct slice *list;
	size_t n = 0;

	for (size_t i = 0; i < packs; i++)
		n += p->settings[i].ngroups;
	list = arena_alloc(p->arena, (n + 1) * sizeof(*list));
	p->groups.list = list;
	for (size_t i = 0; i < packs; i++)
		for (size_t k = 0; k < p->settings[i].ngroups; k++) {
			struct slice name = p->settings[i].groups[k].name;
			size_t j = 0;

			while (j < p->groups.n && !slice_eq(list[j], name))
				j++;
			if (j == p->groups.n)
				list[p->groups.n++] = name;
		}
}

struct guide *
guide_new(struct catalogue *c, void (*say)(const char *), struct err *e)
{
	struct guide *p = mem_zalloc(sizeof(*p));
	size_t packs = catalogue_packs(c);
	bool ok = true;

	p->arena = arena_new();
	p->series = series_plan_new();
	p->catalogue = c;
	p->settings = arena_zalloc(p->arena, packs * sizeof(*p->settings));
	p->examples = arena_zalloc(p->arena, packs * sizeof(*p->examples));
	for (size_t i = 0; i < packs; i++)
		if (!add_pack(p, c, i, e))
			ok = false;
	list_groups(p, packs);
	if (ok)
		return p;
	if (p->faults.n > 1) {
		table_faults_say(&p->faults, say);
		err_set(e, ERR_USAGE, "%zu faults in the packs", p->faults.n);
	}
	guide_free(p);
	return NULL;
}

const struct catalogue *
guide_catalogue(const struct guide *p)
{
	return p->catalogue;
}

size_t
guide_count(const struct guide *p)
{
	return p->n;
}

const struct doctype *
guide_at(const struct guide *p, size_t i)
{
	return &p->types[i];
}

const struct doctype *
guide_find(const struct guide *p, struct slice id)
{
	for (size_t i = 0; i < p->n; i++)
		if (slice_eq(p->types[i].id, id))
			return &p->types[i];
	return NULL;
}

const struct series_plan *
guide_series(const struct guide *p)
{
	return p->series;
}

struct slice
guide_group(const struct guide *p, const struct indicator *d)
{
	const struct settings *s = &p->settings[d->pack];

	for (size_t i = 0; i < s->ngroups; i++) {
		struct slice name = s->groups[i].name;

		if (d->id.n > name.n && d->id.p[name.n] == '.' &&
		    memcmp(d->id.p, name.p, name.n) == 0)
			return name;
	}
	return SLICE("");
}

struct strings
guide_groups(const struct guide *p)
{
	return p->groups;
}

const struct value *
guide_llm(const struct guide *p, const struct doctype *t)
{
	return p->settings[t->pack].llm;
}

const char *
guide_examples(const struct guide *p, const struct doctype *t)
{
	return p->examples[t->pack];
}

void
guide_summary(const struct guide *p, struct buf *b)
{
	const struct catalogue *c = p->catalogue;

	for (size_t k = 0; k < catalogue_packs(c); k++) {
		size_t n[5] = { 0 };

		for (size_t i = 0; i < catalogue_count(c); i++)
			if (catalogue_at(c, i)->pack == k)
				n[catalogue_at(c, i)->level]++;
		buf_addf(b, "%s: L1 %zu, L2 %zu, L3 %zu, L4 %zu\n",
		    catalogue_pack(c, k)->name, n[1], n[2], n[3], n[4]);
	}
	for (size_t i = 0; i < p->n; i++)
		buf_addf(b, "%.*s: %zu L2 indicators from text\n",
		    (int)p->types[i].id.n, p->types[i].id.p,
		    p->types[i].nfields);
}
