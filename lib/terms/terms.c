#include "terms/terms.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "io/reader.h"
#include "terms/fold.h"
#include "terms/mapping.h"
#include "terms/vocabulary.h"

#define MAX_TABLE ((size_t)256 << 20)

struct source {
	char *path;
	uint8_t digest[DIGEST_SIZE];
};

struct terms {
	struct vocabulary **lists;
	size_t nlists, lists_room;
	struct mappings *mappings;
	struct source *sources;
	size_t nsources, sources_room;
};

static const char *const status_names[] = { "approved", "exact", "review",
	"none", "unmapped" };

const char *
term_status_name(enum term_status status)
{
	return status_names[status];
}

struct terms *
terms_new(void)
{
	struct terms *t = mem_zalloc(sizeof(*t));

	t->mappings = mappings_new();
	return t;
}

void
terms_free(struct terms *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->nlists; i++)
		vocabulary_free(t->lists[i]);
	for (size_t i = 0; i < t->nsources; i++)
		mem_free(t->sources[i].path);
	mem_free(t->lists);
	mem_free(t->sources);
	mappings_free(t->mappings);
	mem_free(t);
}

static bool
read_table(struct terms *t, const char *path, struct buf *text, struct err *e)
{
	struct source *s;

	if (!reader_slurp(path, MAX_TABLE, text, e)) {
		e->kind = ERR_USAGE;
		return false;
	}
	t->sources = mem_room(
	    t->sources, t->nsources, &t->sources_room, sizeof(*t->sources));
	s = &t->sources[t->nsources++];
	s->path = mem_string(path, strlen(path));
	digest_bytes(text->p, text->n, s->digest);
	return true;
}

static bool
add_vocabulary(struct terms *t, const char *path, bool partial,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { 0 };
	struct vocabulary *v = NULL;

	if (read_table(t, path, &text, e))
		v = vocabulary_parse(
		    path, buf_slice(&text), partial, faults, e);
	buf_release(&text);
	if (v == NULL)
		return false;
	t->lists =
	    mem_room(t->lists, t->nlists, &t->lists_room, sizeof(*t->lists));
	t->lists[t->nlists++] = v;
	return true;
}

bool
terms_add_mapping(struct terms *t, const char *path,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { 0 };
	bool ok = read_table(t, path, &text, e) &&
	    mappings_add(t->mappings, path, buf_slice(&text), faults, e);

	buf_release(&text);
	return ok;
}

/* Names of a folder come in any order; ours is that of their bytes. */
static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
each_file(const char *folder, bool vocabulary,
    bool (*add)(void *, const char *, struct err *), void *ctx, struct err *e)
{
	DIR *d = opendir(folder);
	struct arena *arena;
	const struct dirent *f;
	char **paths = NULL;
	size_t n = 0, room = 0;
	bool ok = true;

	if (d == NULL && errno == ENOENT)
		return true;
	if (d == NULL)
		return err_sys(e, ERR_USAGE, "%s", folder);
	arena = arena_new();
	while ((f = readdir(d)) != NULL) {
		size_t len = strlen(f->d_name);
		bool at = strchr(f->d_name, '@') != NULL;

		if (f->d_name[0] == '.' || len < 5 || at != vocabulary ||
		    strcmp(f->d_name + len - 4, ".csv") != 0 ||
		    strchr(f->d_name, '+') != NULL)
			continue;
		paths = mem_room(paths, n, &room, sizeof(*paths));
		paths[n++] = arena_printf(arena, "%s/%s", folder, f->d_name);
	}
	closedir(d);
	if (n > 0)
		qsort(paths, n, sizeof(*paths), by_name);
	for (size_t i = 0; i < n; i++)
		ok = add(ctx, paths[i], e) && ok;
	mem_free(paths);
	arena_free(arena);
	return ok;
}

struct adding {
	struct terms *terms;
	bool partial;
	struct table_faults *faults;
};

static bool
one_vocabulary(void *ctx, const char *path, struct err *e)
{
	struct adding *a = ctx;

	return add_vocabulary(a->terms, path, a->partial, a->faults, e);
}

static bool
one_mapping(void *ctx, const char *path, struct err *e)
{
	struct adding *a = ctx;

	return terms_add_mapping(a->terms, path, a->faults, e);
}

bool
terms_add_vocabularies(struct terms *t, const char *folder, bool partial,
    struct table_faults *faults, struct err *e)
{
	struct adding a = { t, partial, faults };

	return each_file(folder, true, one_vocabulary, &a, e);
}

bool
terms_add_mappings(struct terms *t, const char *folder,
    struct table_faults *faults, struct err *e)
{
	struct adding a = { t, false, faults };

	return each_file(folder, false, one_mapping, &a, e);
}

void
terms_tables(const struct terms *t,
    void (*tell)(void *, const char *, const uint8_t[DIGEST_SIZE]), void *ctx)
{
	for (size_t i = 0; i < t->nsources; i++)
		tell(ctx, t->sources[i].path, t->sources[i].digest);
}

/* `icd10-yb` or `icd10-yb@2.0`; the list that was read last counts. */
static const struct vocabulary *
list_of(const struct terms *t, struct slice system)
{
	const char *at = memchr(system.p, '@', system.n);
	struct slice name = at == NULL ? system : slice_span(system.p, at);
	struct slice version = at == NULL
	    ? (struct slice){ NULL, 0 }
	    : slice_span(at + 1, system.p + system.n);

	for (size_t i = t->nlists; i-- > 0;) {
		const struct vocabulary *v = t->lists[i];

		if (slice_eq(vocabulary_system(v), name) &&
		    (version.p == NULL ||
			slice_eq(vocabulary_version(v), version)))
			return v;
	}
	return NULL;
}

bool
terms_knows(const struct terms *t, struct slice system)
{
	return list_of(t, system) != NULL;
}

static bool
check_one(void *ctx, const struct mapping *m, struct table_faults *faults,
    struct err *e)
{
	const struct terms *t = ctx;

	for (size_t i = 0; i < m->ncodes; i++) {
		const struct mapping_code *c = &m->codes[i];
		const struct vocabulary *v = list_of(t, c->system);

		if (v != NULL && !vocabulary_partial(v) &&
		    slice_eq(vocabulary_version(v), c->version) &&
		    vocabulary_code(v, c->code) == NULL)
			return table_fault(faults, c->path, c->line, e,
			    "code '%.*s' is not in %.*s@%.*s", (int)c->code.n,
			    c->code.p, (int)c->system.n, c->system.p,
			    (int)c->version.n, c->version.p);
	}
	return true;
}

bool
terms_check(const struct terms *t, struct table_faults *faults, struct err *e)
{
	return mappings_each(
	    t->mappings, check_one, (void *)(uintptr_t)t, faults, e);
}

/* --- finding ------------------------------------------------------------- */

static void
add_code(struct term_code **list, size_t *n, struct arena *arena,
    const struct term_code *code)
{
	struct term_code *grown;

	for (size_t i = 0; i < *n; i++)
		if (slice_eq((*list)[i].code, code->code) &&
		    slice_eq((*list)[i].system, code->system))
			return;
	grown = arena_alloc(arena, (*n + 1) * sizeof(**list));
	if (*n > 0)
		memcpy(grown, *list, *n * sizeof(**list));
	grown[*n] = *code;
	*list = grown;
	++*n;
}

static void
add_entry(struct term_code **list, size_t *n, struct arena *arena,
    const struct vocabulary *v, const struct entry *entry, const char *method)
{
	const struct term_code code = { entry->code, entry->name,
		vocabulary_system(v), vocabulary_version(v), method };

	add_code(list, n, arena, &code);
}

static void
refuse(struct term_answer *a, enum term_status status, const char *reason)
{
	a->status = status;
	a->reason = reason;
	a->ncodes = 0;
}

/* 1: a person has signed it; a row for the unit or specimen beats others. */
static bool
by_approval(const struct terms *t, const struct term_query *q,
    struct slice folded, struct arena *arena, struct term_answer *a)
{
	const struct mapping *m = mappings_find(t->mappings, q->field, folded,
	    fold_term(q->unit, arena), fold_term(q->specimen, arena));

	if (m == NULL)
		return false;
	a->status = m->ncodes == 0 ? TERM_NONE : TERM_APPROVED;
	a->codes = arena_alloc(arena, (m->ncodes + 1) * sizeof(*a->codes));
	for (size_t i = 0; i < m->ncodes; i++) {
		const struct mapping_code *c = &m->codes[i];

		a->codes[a->ncodes++] = (struct term_code){ c->code, c->display,
			c->system, c->version, "approved" };
	}
	return true;
}

/*
 * 2: a code in the data.  Copied rows carry old codes: where name and code
 * disagree a person decides.  A list that is not whole cannot say that a code
 * is wrong.
 */
static bool
by_code(const struct vocabulary *v, const struct term_query *q,
    struct slice folded, struct arena *arena, struct term_answer *a)
{
	const struct entry *entry, *named[TERMS_CANDIDATES];
	size_t n;

	if (q->code.n == 0)
		return false;
	entry = vocabulary_code(v, slice_trim(q->code));
	if (entry == NULL) {
		if (!vocabulary_partial(v))
			refuse(a, TERM_REVIEW, "invalid_code");
		return !vocabulary_partial(v);
	}
	if (folded.n == 0 || vocabulary_calls(v, entry, folded)) {
		add_entry(&a->codes, &a->ncodes, arena, v, entry, "code");
		a->status = TERM_EXACT;
		return true;
	}
	n = vocabulary_named(v, folded, named, TERMS_CANDIDATES);
	if (n == 0) {
		/* the list does not know the words: nothing disagrees */
		add_entry(
		    &a->candidates, &a->ncandidates, arena, v, entry, "code");
		refuse(a, TERM_REVIEW, "code_name_disagree");
		return true;
	}
	add_entry(&a->candidates, &a->ncandidates, arena, v, entry, "code");
	for (size_t i = 0; i < n && i < TERMS_CANDIDATES; i++)
		add_entry(&a->candidates, &a->ncandidates, arena, v, named[i],
		    "alias");
	refuse(a, TERM_REVIEW, "code_name_disagree");
	return true;
}

/* 3: an exact name or alias; a name that two codes share goes to review. */
static bool
by_name_or_alias(const struct vocabulary *v, struct slice folded,
    struct arena *arena, struct term_answer *a)
{
	const struct entry *named[TERMS_CANDIDATES];
	size_t n = vocabulary_named(v, folded, named, TERMS_CANDIDATES);

	if (n == 0)
		return false;
	if (n == 1) {
		bool name = slice_eq(fold_term(named[0]->name, arena), folded);

		add_entry(&a->codes, &a->ncodes, arena, v, named[0],
		    name ? "exact" : "alias");
		a->status = TERM_EXACT;
		return true;
	}
	for (size_t i = 0; i < n && i < TERMS_CANDIDATES; i++)
		add_entry(&a->candidates, &a->ncandidates, arena, v, named[i],
		    "alias");
	refuse(a, TERM_REVIEW, "tied");
	return true;
}

/* Where the next part ends, and how many bytes the border between has. */
static size_t
border(struct slice s, size_t *gap)
{
	static const char *const marks[] = { ",", ";", "+", "伴", "合并",
		"并" };

	for (size_t i = 1; i < s.n; i++)
		for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
			if (slice_starts(
				(struct slice){ s.p + i, s.n - i }, marks[k])) {
				*gap = strlen(marks[k]);
				return i;
			}
	*gap = 0;
	return s.n;
}

/* "1.", "2)" in front of a part; no code of a term begins so. */
static struct slice
unnumbered(struct slice s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	if (i > 0 && i < 3 && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ')'))
		return (struct slice){ s.p + i + 1, s.n - i - 1 };
	return s;
}

/* A part by itself: an approved mapping, or an exact name. */
static bool
part_known(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct slice part, struct arena *arena,
    struct term_answer *one)
{
	*one = (struct term_answer){ 0 };
	if (by_approval(t, q, part, arena, one))
		return one->status == TERM_APPROVED;
	return v != NULL && by_name_or_alias(v, part, arena, one) &&
	    one->status == TERM_EXACT;
}

/*
 * The bytes of the first part, which is the shortest run up to a border that
 * is known ("A并B" may be one name), 0 where none is; *skip is the border.
 */
static size_t
first_part(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct slice rest, struct arena *arena,
    struct term_answer *one, size_t *skip)
{
	for (size_t at = 0; at < rest.n;) {
		size_t gap;

		at += border((struct slice){ rest.p + at, rest.n - at }, &gap);
		*skip = gap;
		if (part_known(t, q, v,
			unnumbered((struct slice){ rest.p, at }), arena, one))
			return at;
		at += gap;
	}
	return 0;
}

/* 4: several terms in one line, only if every part is known by itself. */
static bool
by_parts(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct slice folded, struct arena *arena,
    struct term_answer *a)
{
	struct term_answer parts = { 0 };
	struct slice rest = folded;

	while (rest.n > 0) {
		struct term_answer one;
		size_t skip = 0;
		size_t n = first_part(t, q, v, rest, arena, &one, &skip);

		if (n == 0)
			return false;
		for (size_t i = 0; i < one.ncodes; i++)
			add_code(
			    &parts.codes, &parts.ncodes, arena, &one.codes[i]);
		rest = (struct slice){ rest.p + n + skip, rest.n - n - skip };
	}
	if (parts.ncodes == 0)
		return false;
	a->codes = parts.codes;
	a->ncodes = parts.ncodes;
	a->status = TERM_EXACT;
	for (size_t i = 0; i < a->ncodes; i++)
		if (strcmp(a->codes[i].method, "approved") != 0)
			return true;
	a->status = TERM_APPROVED;
	return true;
}

/* The other editions: an equal folded name, where no approval said more. */
static void
follow(const struct terms *t, const struct term_query *q, struct arena *arena,
    struct term_answer *a)
{
	size_t first = a->ncodes;

	a->missing = arena_alloc(arena, q->nsystems * sizeof(*a->missing));
	for (size_t s = 1; s < q->nsystems; s++) {
		const struct vocabulary *v = list_of(t, q->systems[s]);
		bool all = v != NULL;

		for (size_t i = 0; all && i < first; i++) {
			const struct entry *named[TERMS_CANDIDATES];

			all = vocabulary_named(v,
				  fold_term(a->codes[i].display, arena), named,
				  TERMS_CANDIDATES) == 1;
			if (all)
				add_entry(&a->codes, &a->ncodes, arena, v,
				    named[0], "exact");
		}
		if (!all)
			a->missing[a->nmissing++] = q->systems[s];
	}
}

void
terms_find(const struct terms *t, const struct term_query *q,
    struct arena *arena, struct term_answer *a)
{
	struct slice folded = fold_term(q->term, arena);
	const struct vocabulary *v =
	    q->nsystems == 0 ? NULL : list_of(t, q->systems[0]);

	*a = (struct term_answer){ .status = TERM_UNMAPPED,
		.reason = "no_candidate" };
	if (by_approval(t, q, folded, arena, a)) {
		a->reason = NULL;
		return;
	}
	if ((v == NULL || !by_code(v, q, folded, arena, a)) &&
	    (v == NULL || !by_name_or_alias(v, folded, arena, a)) &&
	    !by_parts(t, q, v, folded, arena, a))
		return;
	if (a->status == TERM_REVIEW)
		return;
	a->reason = NULL;
	if (a->status == TERM_EXACT)
		follow(t, q, arena, a);
}
