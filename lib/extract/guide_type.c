/*
 * A document type out of a pack: the fields that stand in it and what each has
 * to do with others, its groups, and the lists that name them.
 */
#include "extract/guide_part.h"

static uint32_t
mask_of(const struct section_words *list, size_t n, struct slice name)
{
	for (size_t i = 0; i < n; i++)
		if (slice_eq(list[i].name, name))
			return (uint32_t)1 << i;
	return 0;
}

uint32_t
doctype_section(const struct document_settings *how, struct slice name)
{
	return how == NULL ? 0 : mask_of(how->sections, how->nsections, name);
}

/* The sections and subjects of `a,b`, as masks. */
static void
named_places(struct building *b, const struct indicator *d, struct slice rest,
    struct field *f)
{
	const struct document_settings *how = b->doctype->how;
	struct slice name;

	while (slice_next(&rest, ',', &name)) {
		bool other = slice_starts(slice_trim(name), "!");
		struct slice bare = slice_trim(name);
		uint32_t section, subject;

		if (other)
			bare = (struct slice){ bare.p + 1, bare.n - 1 };
		section = other ? 0 : doctype_section(how, bare);
		subject = how == NULL
		    ? 0
		    : mask_of(how->subjects, how->nsubjects, bare);

		if (section == 0 && subject == 0)
			BUILD_FAULT(b, d,
			    "source: '%.*s' has no section '%.*s'",
			    (int)b->doctype->id.n, b->doctype->id.p,
			    (int)name.n, name.p);
		f->sections |= section;
		if (other)
			f->others |= subject;
		else
			f->subjects |= subject;
	}
}

/*
 * Whether the row's source (`doc:section,subject;doc`) lets it stand in this
 * type, and in which sections, of which subjects.
 */
static bool
stands_in(struct building *b, const struct indicator *d, struct field *f)
{
	struct slice rest = d->source, one;

	f->sections = f->subjects = f->others = 0;
	if (rest.n == 0)
		return true;
	while (slice_next(&rest, ';', &one)) {
		const char *colon = memchr(one.p, ':', one.n);
		struct slice doc =
		    colon == NULL ? one : slice_span(one.p, colon);

		if (!slice_eq(slice_trim(doc), b->doctype->id))
			continue;
		if (colon != NULL)
			named_places(
			    b, d, slice_span(colon + 1, one.p + one.n), f);
		return true;
	}
	return false;
}

/* The group of an id's first part, taken into the type; -1 where none is. */
static int
group_of(struct building *b, struct slice id, struct slice *key)
{
	struct doctype *t = b->doctype;

	for (size_t i = 0; i < b->settings->ngroups; i++) {
		const struct group_settings *g = &b->settings->groups[i];
		size_t k = 0;

		if (id.n <= g->name.n || id.p[g->name.n] != '.' ||
		    memcmp(id.p, g->name.p, g->name.n) != 0)
			continue;
		*key = slice_span(id.p + g->name.n + 1, id.p + id.n);
		while (k < t->ngroups && t->groups[k].how != g)
			k++;
		if (k == t->ngroups)
			t->groups[t->ngroups++] = (struct group){ .how = g };
		return (int)k;
	}
	return -1;
}

const struct field *
doctype_field(const struct doctype *t, struct slice id)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (slice_eq(t->fields[i].d->id, id))
			return &t->fields[i];
	return NULL;
}

/* The code that a field names; NULL where it names none. */
static const struct field *
code_of(struct building *b, const struct field *f, const char *member,
    struct slice id)
{
	const struct field *code = doctype_field(b->doctype, id);

	if (id.n > 0 && (code == NULL || code->d->type != TYPE_CODE))
		BUILD_FAULT(b, f->d,
		    "extract.json: %s: no indicator '%.*s' of type code",
		    member, (int)id.n, id.p);
	return code;
}

/* A member must name an indicator of the document type; TYPE_COUNT: of any type. */
static void
need_field(struct building *b, const struct field *f, const char *member,
    struct slice id, enum indicator_type type)
{
	const struct field *other = doctype_field(b->doctype, id);

	if (other == NULL || (type != TYPE_COUNT && other->d->type != type))
		BUILD_FAULT(b, f->d, "extract.json: %s: no indicator '%.*s'%s",
		    member, (int)id.n, id.p,
		    type == TYPE_COUNT ? "" : " of this type");
}

/* The fields and the group that a field has to do with. */
static void
relate(struct building *b, struct field *f)
{
	struct doctype *t = b->doctype;

	f->counts = -1;
	for (size_t i = 0; i < t->ngroups && f->how.counts.n > 0; i++)
		if (slice_eq(t->groups[i].how->name, f->how.counts))
			f->counts = (int)i;
	if (f->how.counts.n > 0 && f->counts < 0)
		BUILD_FAULT(b, f->d, "extract.json: counts: no group '%.*s'",
		    (int)f->how.counts.n, f->how.counts.p);
	if (f->how.pick == PICK_LIST && f->d->type != TYPE_TEXT)
		BUILD_FAULT(b, f->d, "extract.json: pick: list is for texts");
	if (f->how.neighbours.n > 0 &&
	    (f->group < 0 || t->groups[f->group].how->identify[0].n == 0))
		BUILD_FAULT(b, f->d,
		    "extract.json: neighbours: no group with an identity");
	f->ratio = doctype_field(t, f->how.ratio);
	if (f->how.ratio.n > 0)
		need_field(b, f, "ratio", f->how.ratio, f->d->type);
	f->past = doctype_field(t, f->how.past);
	if (f->how.past.n > 0)
		need_field(b, f, "past", f->how.past, f->d->type);
	if (f->how.same_id.n > 0)
		need_field(b, f, "same", f->how.same_id, f->d->type);
	for (size_t i = 0; i < f->how.carried.n; i++)
		need_field(b, f, "carried", f->how.carried.list[i], TYPE_COUNT);
	f->goes_with = code_of(b, f, "while", f->how.while_id);
	f->beside = code_of(b, f, "beside", f->how.beside_id);
	f->with = doctype_field(t, f->how.with);
	if (f->how.with.n > 0 &&
	    (f->with == NULL || f->d->type != TYPE_BOOL || f->group >= 0 ||
		f->with->group >= 0))
		BUILD_FAULT(b, f->d,
		    "extract.json: with: takes a bool and an indicator, "
		    "neither in a group, and not '%.*s'",
		    (int)f->how.with.n, f->how.with.p);
}

static size_t *
field_list(struct building *b, struct strings ids, const char *what,
    unsigned line, const char *path, size_t *n)
{
	size_t *list = arena_alloc(b->arena, (ids.n + 1) * sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < ids.n; i++) {
		const struct field *f = doctype_field(b->doctype, ids.list[i]);

		if (f != NULL)
			list[(*n)++] = (size_t)(f - b->doctype->fields);
		else
			b->ok = table_fault(b->faults, path, line, b->e,
			    "%s: '%.*s' is no L2 indicator of '%.*s'", what,
			    (int)ids.list[i].n, ids.list[i].p,
			    (int)b->doctype->id.n, b->doctype->id.p);
	}
	return list;
}

/* What a document type picks otherwise than the pack. */
static void
picks_here(
    struct building *b, const struct document_settings *how, const char *path)
{
	for (size_t way = 0; way <= PICK_LIST; way++) {
		size_t n,
		    *list = field_list(
			b, how->picks[way], "pick", how->line, path, &n);

		for (size_t i = 0; i < n; i++)
			b->doctype->fields[list[i]].how.pick = (enum pick)way;
	}
}

static void
list_bare(struct building *b)
{
	struct doctype *t = b->doctype;

	t->bare = arena_alloc(b->arena, (t->nfields + 1) * sizeof(*t->bare));
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].how.bare)
			t->bare[t->nbare++] = (uint32_t)i;
}

static void
add_fields(struct building *b)
{
	struct doctype *t = b->doctype;
	size_t count = catalogue_count(b->catalogue), room = 0;

	t->groups = arena_zalloc(
	    b->arena, (b->settings->ngroups + 1) * sizeof(*t->groups));
	for (size_t i = 0; i < count; i++) {
		const struct indicator *d = catalogue_at(b->catalogue, i);
		const struct field_settings *how;
		struct field fresh = { .d = d }, *f;

		if (d->pack != t->pack || d->level != 2 ||
		    !stands_in(b, d, &fresh))
			continue;
		t->fields = arena_room(
		    b->arena, t->fields, t->nfields, &room, sizeof(*f));
		f = &t->fields[t->nfields++];
		*f = fresh;
		f->key = d->id;
		f->group = group_of(b, d->id, &f->key);
		how = settings_field(b->settings, d->id);
		if (how != NULL)
			f->how = *how;
		for (size_t k = 0; k < f->how.prefer.n; k++)
			f->preferred |=
			    doctype_section(t->how, f->how.prefer.list[k]);
	}
	/* A word of no field says 0, which there must be. */
	if (t->nfields == 0)
		t->fields = arena_zalloc(b->arena, sizeof(*t->fields));
	/* Words point at fields: only now do they stay where they are. */
	for (size_t i = 0; i < t->nfields; i++)
		field_build(b, &t->fields[i]);
	for (size_t i = 0; i < t->nfields; i++) {
		relate(b, &t->fields[i]);
		t->topical |= t->fields[i].subjects != 0 ||
		    (t->fields[i].others != 0 && t->fields[i].how.weak.n > 0);
	}
	list_bare(b);
}

/* The field that tells the objects of a group apart, or NULL. */
static struct field *
identity_of(struct building *b, const struct group_settings *g,
    struct slice name, const char *path)
{
	struct slice id;
	const struct field *f;

	if (name.n == 0)
		return NULL;
	id = slice_of(arena_printf(b->arena, "%.*s.%.*s", (int)g->name.n,
	    g->name.p, (int)name.n, name.p));
	f = doctype_field(b->doctype, id);
	if (f != NULL && (f->d->type == TYPE_CODE || f->ncodes > 0))
		return &b->doctype->fields[f - b->doctype->fields];
	b->ok = table_fault(b->faults, path, g->line, b->e,
	    "group '%.*s': identify: no L2 code '%.*s'", (int)g->name.n,
	    g->name.p, (int)id.n, id.p);
	return NULL;
}

static void
build_group(struct building *b, struct group *group, const char *path)
{
	const struct group_settings *g = group->how;

	group->identify = identity_of(b, g, g->identify[0], path);
	group->also = identity_of(b, g, g->identify[1], path);
	group->labels =
	    arena_zalloc(b->arena, (g->split.n + 1) * sizeof(*group->labels));
	for (size_t i = 0; i < g->split.n; i++) {
		struct slice s = g->split.list[i];
		long p;

		if (slice_starts(s, "re:"))
			s = (struct slice){ s.p + 3, s.n - 3 };
		p = build_pattern(b, s, "split", g->line);
		if (p >= 0)
			group->labels[group->nlabels++] = p;
	}
}

/* The mask of the sections that a list of the document type names. */
static uint32_t
sections_of(struct building *b, const struct document_settings *how,
    struct strings names, const char *list, const char *path)
{
	uint32_t mask = 0;

	for (size_t i = 0; i < names.n; i++) {
		struct slice name = names.list[i];

		if (doctype_section(how, name) == 0)
			b->ok = table_fault(b->faults, path, how->line, b->e,
			    "%s: no section '%.*s'", list, (int)name.n, name.p);
		mask |= doctype_section(how, name);
	}
	return mask;
}

void
doctype_build(struct building *b, struct doctype *t, const char *path,
    const struct document_settings *how, size_t pack)
{
	*t = (struct doctype){ .pack = pack, .how = how };
	t->id = how != NULL
	    ? how->id
	    : slice_of(catalogue_pack(b->catalogue, pack)->name);
	t->matcher = matcher_new();
	t->patterns = pattern_set_new();
	b->doctype = t;
	add_fields(b);
	for (size_t i = 0; i < t->ngroups; i++)
		build_group(b, &t->groups[i], path);
	if (how != NULL) {
		picks_here(b, how, path);
		t->text = how->text;
		t->opening = doctype_section(how, how->opening);
		if (how->opening.n > 0 && t->opening == 0)
			b->ok = table_fault(b->faults, path, how->line, b->e,
			    "opening: no section '%.*s'", (int)how->opening.n,
			    how->opening.p);
		t->passing = sections_of(b, how, how->passing, "passing", path);
		t->events = sections_of(b, how, how->events, "events", path);
		t->table = field_list(
		    b, how->table, "table", how->line, path, &t->ntable);
		t->needs = field_list(
		    b, how->needs, "needs", how->line, path, &t->nneeds);
	}
	doctype_words(b);
	matcher_build(t->matcher);
}
