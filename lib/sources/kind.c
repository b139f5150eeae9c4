#include "sources/kind.h"

#include <fnmatch.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "io/table.h"
#include "json/write.h"
#include "sources/alias.h"
#include "sources/initials.h"
#include "sources/tally.h"
#include "sources/votes.h"

enum { KIND, GROUP, NAME_ZH, NAME_EN, CODES, COLUMNS, NAMES, NOTE };

static const struct column layout[] = {
	[KIND] = { "kind", "类别", COLUMN_REQUIRED | COLUMN_FILLED },
	[GROUP] = { "group", "分组", 0 },
	[NAME_ZH] = { "name_zh", "中文名", 0 },
	[NAME_EN] = { "name_en", "英文名", 0 },
	[CODES] = { "codes", "代码", 0 },
	[COLUMNS] = { "columns", "列", 0 },
	[NAMES] = { "names", "名称", 0 },
	[NOTE] = { "note", "说明", 0 },
	{ NULL, NULL, 0 },
};

struct row {
	const char *kind;
	size_t number;         /* of the kind */
	struct aliases **sets; /* each: of one column */
	size_t nsets;
	const char **patterns;
	size_t npatterns;
	bool own;
};

struct kind {
	const char *name;
	bool votes; /* columns speak for it */
};

struct kinds {
	struct table *tables[2]; /* a hospital's own first; may be NULL */
	struct arena *arena;
	struct initials *initials;
	struct votes *votes;
	struct row *rows;
	size_t nrows, room;
	struct index *kinds;
	struct kind *kind; /* each of the index */
	size_t kind_room;
	struct index *codes;
	size_t *code_row;
	size_t code_room;
};

static void
add_voters(struct kinds *k, size_t kind, struct slice set)
{
	struct slice name;

	while (slice_next(&set, '|', &name))
		votes_learn(k->votes, kind, name);
	k->kind[kind].votes = true;
}

static void
add_sets(struct kinds *k, struct row *r, struct slice cell)
{
	struct slice set;
	size_t room = 0;

	while (slice_next(&cell, ';', &set)) {
		if (slice_starts(set, "+")) {
			add_voters(k, r->number,
			    (struct slice){ set.p + 1, set.n - 1 });
			continue;
		}
		r->sets = mem_room(r->sets, r->nsets, &room, sizeof(*r->sets));
		r->sets[r->nsets++] = aliases_new(k->arena, k->initials, set);
	}
}

static void
add_patterns(struct kinds *k, struct row *r, struct slice cell)
{
	struct slice part;
	size_t room = 0;

	while (slice_next(&cell, '|', &part)) {
		part = slice_trim(part);
		r->patterns = mem_room(
		    r->patterns, r->npatterns, &room, sizeof(*r->patterns));
		r->patterns[r->npatterns++] =
		    arena_string(k->arena, part.p, part.n);
	}
}

/* The number of the kind of that name, new or known. */
static size_t
number_of(struct kinds *k, struct slice name)
{
	bool fresh;
	size_t i = index_add(k->kinds, name, &fresh);

	if (fresh) {
		k->kind = mem_room(k->kind, i, &k->kind_room, sizeof(*k->kind));
		k->kind[i] = (struct kind){ .name = arena_string(
						k->arena, name.p, name.n) };
	}
	return i;
}

/* A code that an earlier table or row has stays with it. */
static bool
add_codes(struct kinds *k, const struct table *t, size_t row, struct slice cell,
    struct err *e)
{
	struct slice code;

	while (slice_next(&cell, '|', &code)) {
		bool fresh;
		size_t i;

		code = slice_trim(code);
		if (memchr(code.p, ':', code.n) == NULL)
			return err_set(e, ERR_USAGE,
			    "%s:%llu: code '%.*s' lacks its system (such as "
			    "hl7: or fhir:)",
			    table_path(t),
			    (unsigned long long)table_line(t, row), (int)code.n,
			    code.p);
		i = index_add(k->codes, code, &fresh);
		if (!fresh)
			continue;
		k->code_row = mem_room(
		    k->code_row, i, &k->code_room, sizeof(*k->code_row));
		k->code_row[i] = k->nrows;
	}
	return true;
}

static bool
add_table(struct kinds *k, const struct table *t, bool own, struct err *e)
{
	for (size_t i = 0; i < table_rows(t); i++) {
		struct row r = { .own = own };

		if (!add_codes(k, t, i, table_cell(t, i, CODES), e))
			return false;
		r.number = number_of(k, table_cell(t, i, KIND));
		r.kind = k->kind[r.number].name;
		add_sets(k, &r, table_cell(t, i, COLUMNS));
		add_patterns(k, &r, table_cell(t, i, NAMES));
		k->rows =
		    mem_room(k->rows, k->nrows, &k->room, sizeof(*k->rows));
		k->rows[k->nrows++] = r;
	}
	return true;
}

struct kinds *
kinds_load(
    const char *path, const char *thesaurus, const char *own, struct err *e)
{
	const char *paths[2] = { own, path };
	struct kinds *k = mem_zalloc(sizeof(*k));
	struct thesaurus *words;

	k->arena = arena_new();
	k->codes = index_new();
	k->kinds = index_new();
	k->initials = initials_new(e);
	if (k->initials == NULL ||
	    (words = thesaurus_load(thesaurus, e)) == NULL)
		goto fail;
	k->votes = votes_new(words, k->initials);
	for (int i = 0; i < 2; i++) {
		if (paths[i] == NULL)
			continue;
		k->tables[i] = table_load(paths[i], layout, 0, NULL, e);
		if (k->tables[i] == NULL ||
		    !add_table(k, k->tables[i], i == 0, e))
			goto fail;
	}
	return k;

fail:
	kinds_free(k);
	return NULL;
}

void
kinds_free(struct kinds *k)
{
	if (k == NULL)
		return;
	for (size_t i = 0; i < k->nrows; i++) {
		for (size_t s = 0; s < k->rows[i].nsets; s++)
			aliases_free(k->rows[i].sets[s]);
		mem_free(k->rows[i].sets);
		mem_free(k->rows[i].patterns);
	}
	mem_free(k->rows);
	mem_free(k->code_row);
	mem_free(k->kind);
	index_free(k->kinds);
	index_free(k->codes);
	votes_free(k->votes);
	initials_free(k->initials);
	arena_free(k->arena);
	table_free(k->tables[0]);
	table_free(k->tables[1]);
	mem_free(k);
}

const char *
kinds_find(const struct kinds *k, const char *name)
{
	long i = index_find(k->kinds, slice_of(name));

	return i < 0 ? NULL : k->kind[i].name;
}

static bool
meets_columns(const struct row *r, const struct slice *columns, size_t n)
{
	for (size_t s = 0; s < r->nsets; s++)
		if (!aliases_meet(r->sets[s], columns, n))
			return false;
	return r->nsets > 0;
}

static struct kind_proof
settled(const struct row *best, const struct row *tie, const char *by)
{
	if (best == NULL)
		return (struct kind_proof){ "other", "none", { NULL, NULL } };
	if (tie == NULL)
		return (struct kind_proof){ best->kind, by, { NULL, NULL } };
	return (struct kind_proof){ "other", "tie", { best->kind, tie->kind } };
}

static struct kind_proof
by_columns(
    const struct kinds *k, bool own, const struct slice *columns, size_t n)
{
	const struct row *best = NULL, *tie = NULL;

	for (size_t i = 0; i < k->nrows; i++) {
		const struct row *r = &k->rows[i];

		if (r->own != own || !meets_columns(r, columns, n))
			continue;
		if (best == NULL || r->nsets > best->nsets) {
			best = r;
			tie = NULL;
		} else if (r->nsets == best->nsets &&
		    strcmp(r->kind, best->kind) != 0) {
			tie = r;
		}
	}
	return settled(best, tie, "columns");
}

static bool
meets_name(const struct row *r, const char *name)
{
	for (size_t i = 0; i < r->npatterns; i++)
		if (fnmatch(r->patterns[i], name, 0) == 0)
			return true;
	return false;
}

static struct kind_proof
by_names(const struct kinds *k, bool own, const char *const *names)
{
	const struct row *best = NULL, *tie = NULL;

	for (; *names != NULL && best == NULL; names++) {
		for (size_t i = 0; i < k->nrows; i++) {
			const struct row *r = &k->rows[i];

			if (r->own != own || !meets_name(r, *names))
				continue;
			if (best == NULL)
				best = r;
			else if (strcmp(r->kind, best->kind) != 0)
				tie = r;
		}
	}
	return settled(best, tie, "names");
}

static bool
proves(struct kind_proof proof)
{
	return strcmp(proof.by, "none") != 0;
}

struct kind_proof
kinds_of_names(const struct kinds *k, const char *const *names)
{
	struct kind_proof proof = by_names(k, true, names);

	return proves(proof) ? proof : by_names(k, false, names);
}

/* The kind that a proof is of, if columns may speak for it. */
static long
voted(const struct kinds *k, struct kind_proof proof)
{
	long i = proves(proof) && proof.tied[0] == NULL
	    ? index_find(k->kinds, slice_of(proof.kind))
	    : TALLY_NOBODY;

	return i >= 0 && k->kind[i].votes ? i : TALLY_NOBODY;
}

static struct kind_proof
by_shipped(const struct kinds *k, const struct slice *columns,
    const struct slice *folded, size_t n, const char *const *names)
{
	struct kind_proof name = by_names(k, false, names);
	struct tally t = {
		.votes =
		    mem_zalloc((index_count(k->kinds) + 1) * sizeof(*t.votes)),
		.nkinds = index_count(k->kinds),
		.ncolumns = n,
		.met = voted(k, by_columns(k, false, folded, n)),
		.named = voted(k, name),
	};
	struct verdict v;

	for (size_t i = 0; i < n; i++)
		votes_cast(k->votes, columns[i], t.votes);
	v = tally_settle(&t);
	mem_free(t.votes);
	if (v.outcome == TALLY_TIE)
		return (struct kind_proof){ "other", "tie",
			{ k->kind[v.first].name, k->kind[v.second].name } };
	if (v.outcome == TALLY_COLUMNS)
		return (struct kind_proof){ k->kind[v.first].name, "columns",
			{ NULL, NULL } };
	return name;
}

/*
 * All of a hospital's own rows are asked before any shipped one: its name of a
 * file wins over what the shipped rows make of the columns.
 */
struct kind_proof
kinds_of_table(const struct kinds *k, const struct slice *columns, size_t n,
    const char *const *names)
{
	struct arena *a = arena_new();
	struct slice *folded = arena_alloc(a, (n + 1) * sizeof(*folded));
	struct kind_proof proof;

	for (size_t i = 0; i < n; i++)
		folded[i] = alias_fold(a, columns[i]);
	proof = by_columns(k, true, folded, n);
	if (!proves(proof))
		proof = by_names(k, true, names);
	if (!proves(proof))
		proof = by_shipped(k, columns, folded, n, names);
	arena_free(a);
	return proof;
}

struct kind_proof
kinds_of_code(
    const struct kinds *k, struct slice code, const char *const *names)
{
	long i = index_find(k->codes, code);
	const struct row *r = i < 0 ? NULL : &k->rows[k->code_row[i]];

	if (k->tables[0] != NULL && (r == NULL || !r->own)) {
		struct kind_proof own = by_names(k, true, names);

		if (proves(own))
			return own;
	}
	return settled(r, NULL, "codes");
}

/* Rows that follow a kind's first one say what else its columns may be. */
static void
put_more(const struct table *t, size_t first, struct buf *b)
{
	struct slice kind = table_cell(t, first, KIND);
	size_t n = 0;

	for (size_t i = first + 1; i < table_rows(t); i++) {
		if (!slice_eq(table_cell(t, i, KIND), kind))
			continue;
		if (n++ == 0) {
			json_put_key(b, "or");
			buf_addc(b, '[');
		} else {
			buf_addc(b, ',');
		}
		json_put_string(b, table_cell(t, i, COLUMNS));
	}
	if (n > 0)
		buf_addc(b, ']');
}

static bool
is_first(const struct table *t, size_t row)
{
	for (size_t i = 0; i < row; i++)
		if (slice_eq(table_cell(t, i, KIND), table_cell(t, row, KIND)))
			return false;
	return true;
}

static void
put_row(const struct table *t, size_t row, struct buf *b)
{
	static const char *const keys[] = { "kind", "group", "name_zh",
		"name_en", "codes", "columns", "names", "note" };

	buf_addc(b, '{');
	for (size_t c = KIND; c <= NOTE; c++) {
		struct slice s = table_cell(t, row, c);

		if (s.n > 0) {
			json_put_key(b, keys[c]);
			json_put_string(b, s);
		}
		if (c == COLUMNS)
			put_more(t, row, b);
	}
	buf_adds(b, "}\n");
}

void
kinds_print(const struct kinds *k, struct buf *b)
{
	for (int t = 0; t < 2; t++)
		for (size_t i = 0;
		     k->tables[t] != NULL && i < table_rows(k->tables[t]); i++)
			if (is_first(k->tables[t], i))
				put_row(k->tables[t], i, b);
}
