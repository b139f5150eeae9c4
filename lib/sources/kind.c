#include "sources/kind.h"

#include <fnmatch.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/table.h"
#include "json/write.h"

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
	struct index **sets; /* each: the aliases of one column */
	size_t nsets;
	const char **patterns;
	size_t npatterns;
	bool own;
};

struct kinds {
	struct table *tables[2]; /* a hospital's own first; may be NULL */
	struct arena *arena;
	struct row *rows;
	size_t nrows, room;
	struct index *codes;
	size_t *code_row;
	size_t code_room;
};

/* Names of columns are compared without width, case and blanks. */
static struct slice
folded(struct arena *a, struct slice s)
{
	char *to = arena_alloc(a, s.n * 2 + 4);
	size_t n = 0;

	for (const char *p = s.p, *end = s.p + s.n; p < end;) {
		uint32_t c = utf8_narrow(utf8_next(&p, end));

		if (c == ' ' || c == '\t' || c == 0xFEFF)
			continue;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		n += utf8_put(to + n, c);
	}
	return (struct slice){ to, n };
}

static void
add_sets(struct kinds *k, struct row *r, struct slice cell)
{
	struct slice set, alias;
	size_t room = 0;

	while (slice_next(&cell, ';', &set)) {
		r->sets = mem_room(r->sets, r->nsets, &room, sizeof(*r->sets));
		r->sets[r->nsets] = index_new();
		while (slice_next(&set, '|', &alias))
			index_add(r->sets[r->nsets],
			    folded(k->arena, slice_trim(alias)), NULL);
		r->nsets++;
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
		struct slice name = table_cell(t, i, KIND);
		struct row r = { .own = own };

		if (!add_codes(k, t, i, table_cell(t, i, CODES), e))
			return false;
		r.kind = arena_string(k->arena, name.p, name.n);
		add_sets(k, &r, table_cell(t, i, COLUMNS));
		add_patterns(k, &r, table_cell(t, i, NAMES));
		k->rows =
		    mem_room(k->rows, k->nrows, &k->room, sizeof(*k->rows));
		k->rows[k->nrows++] = r;
	}
	return true;
}

struct kinds *
kinds_load(const char *path, const char *own, struct err *e)
{
	const char *paths[2] = { own, path };
	struct kinds *k = mem_zalloc(sizeof(*k));

	k->arena = arena_new();
	k->codes = index_new();
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
			index_free(k->rows[i].sets[s]);
		mem_free(k->rows[i].sets);
		mem_free(k->rows[i].patterns);
	}
	mem_free(k->rows);
	mem_free(k->code_row);
	index_free(k->codes);
	arena_free(k->arena);
	table_free(k->tables[0]);
	table_free(k->tables[1]);
	mem_free(k);
}

const char *
kinds_find(const struct kinds *k, const char *name)
{
	for (size_t i = 0; i < k->nrows; i++)
		if (strcmp(k->rows[i].kind, name) == 0)
			return k->rows[i].kind;
	return NULL;
}

const char *
kinds_of_code(const struct kinds *k, struct slice code)
{
	long i = index_find(k->codes, code);

	return i < 0 ? NULL : k->rows[k->code_row[i]].kind;
}

static bool
meets_columns(const struct row *r, const struct slice *columns, size_t n)
{
	for (size_t s = 0; s < r->nsets; s++) {
		size_t i = 0;

		while (i < n && index_find(r->sets[s], columns[i]) < 0)
			i++;
		if (i == n)
			return false;
	}
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

/* A hospital's own rows win over the shipped ones, whatever these prove. */
static struct kind_proof
by_columns(const struct kinds *k, const struct slice *columns, size_t n)
{
	const struct row *best = NULL, *tie = NULL;

	for (size_t i = 0; i < k->nrows; i++) {
		const struct row *r = &k->rows[i];

		if (!meets_columns(r, columns, n) ||
		    (best != NULL && best->own && !r->own))
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

struct kind_proof
kinds_of_names(const struct kinds *k, const char *const *names)
{
	const struct row *best = NULL, *tie = NULL;

	for (; *names != NULL && best == NULL; names++) {
		for (size_t i = 0; i < k->nrows; i++) {
			const struct row *r = &k->rows[i];

			if (!meets_name(r, *names) ||
			    (best != NULL && best->own && !r->own))
				continue;
			if (best == NULL)
				best = r;
			else if (strcmp(r->kind, best->kind) != 0)
				tie = r;
		}
	}
	return settled(best, tie, "names");
}

struct kind_proof
kinds_of_table(const struct kinds *k, const struct slice *columns, size_t n,
    const char *const *names)
{
	struct arena *a = arena_new();
	struct slice *plain = arena_alloc(a, (n + 1) * sizeof(*plain));
	struct kind_proof proof;

	for (size_t i = 0; i < n; i++)
		plain[i] = folded(a, columns[i]);
	proof = by_columns(k, plain, n);
	if (strcmp(proof.by, "none") == 0)
		proof = kinds_of_names(k, names);
	arena_free(a);
	return proof;
}

void
kinds_print(const struct kinds *k, struct buf *b)
{
	static const char *const keys[] = { "kind", "group", "name_zh",
		"name_en", "codes", "columns", "names", "note" };

	for (int t = 0; t < 2; t++) {
		for (size_t i = 0;
		     k->tables[t] != NULL && i < table_rows(k->tables[t]);
		     i++) {
			buf_addc(b, '{');
			for (size_t c = KIND; c <= NOTE; c++) {
				struct slice s = table_cell(k->tables[t], i, c);

				if (s.n == 0)
					continue;
				json_put_key(b, keys[c]);
				json_put_string(b, s);
			}
			buf_adds(b, "}\n");
		}
	}
}
