/*
 * What an import does to the approved mappings, of import_part.h.
 */
#include <dirent.h>
#include <stdlib.h>

#include "base/mem.h"
#include "io/reader.h"
#include "terms/fold.h"
#include "terms/import_part.h"

#define LARGEST ((size_t)256 << 20)

/* The approved mappings of one file; false also where there is no such. */
static bool
read_approved(struct import *im, const char *name, struct mapping_rows *rows,
    struct err *e)
{
	struct buf text = { 0 };
	const char *path =
	    arena_printf(im->arena, "%s/approved/%s", im->o->folder, name);
	bool ok = reader_slurp(path, LARGEST, &text, e) &&
	    mapping_rows_read(rows, path, buf_slice(&text), im->faults, e);

	buf_release(&text);
	return ok;
}

static bool
put_approved(struct import *im, const char *name, struct mapping_rows *rows)
{
	struct buf text = { 0 };
	bool ok;

	mapping_rows_sort(rows);
	mapping_rows_text(rows, SLICE(""), &text);
	ok = together_put(im->together,
	    arena_printf(im->arena, "approved/%s", name), buf_slice(&text),
	    im->e);
	buf_release(&text);
	return ok;
}

static bool
is_gone(const struct draft *d, struct slice code)
{
	long i = index_find(d->codes, code);

	return i < 0 || d->rows[i].status != ENTRY_ACTIVE;
}

static bool
mark_file(
    struct import *im, const struct draft *d, const char *name, size_t *marked)
{
	struct mapping_rows rows;
	size_t before = *marked;
	bool ok;

	mapping_rows_init(&rows);
	ok = read_approved(im, name, &rows, im->e);
	for (size_t i = 0; ok && i < rows.n; i++) {
		struct slice *c = rows.list[i].cell;

		if (!mapping_is_approved(&rows.list[i]) ||
		    !slice_eq(c[MAPPING_SYSTEM], d->system) ||
		    slice_is_older_version(d->version, c[MAPPING_VERSION]) ||
		    slice_is(c[MAPPING_RELATION], "none") ||
		    !is_gone(d, c[MAPPING_CODE]))
			continue;
		c[MAPPING_STATUS] = SLICE("INVALID_TARGET");
		++*marked;
	}
	ok = ok && (*marked == before || put_approved(im, name, &rows));
	mapping_rows_release(&rows);
	return ok;
}

bool
import_mark_stale(struct import *im, const struct draft *d, size_t *marked)
{
	DIR *folder =
	    opendir(arena_printf(im->arena, "%s/approved", im->o->folder));
	const struct dirent *f;
	bool ok = true;

	while (folder != NULL && ok && (f = readdir(folder)) != NULL) {
		size_t n = strlen(f->d_name);

		if (f->d_name[0] != '.' && n > 4 &&
		    strcmp(f->d_name + n - 4, ".csv") == 0)
			ok = mark_file(im, d, f->d_name, marked);
	}
	if (folder != NULL)
		closedir(folder);
	return ok;
}

/* One term's answers: field, term, unit and specimen, folded. */
static struct slice
key_of(const struct mapping_row *row, struct arena *a)
{
	const struct slice *c = row->cell;
	struct slice parts[4] = { c[MAPPING_FIELD],
		fold_term(c[MAPPING_TERM], a), fold_term(c[MAPPING_UNIT], a),
		fold_term(c[MAPPING_SPECIMEN], a) };

	return slice_of(arena_printf(a, "%.*s\t%.*s\t%.*s\t%.*s",
	    (int)parts[0].n, parts[0].p, (int)parts[1].n, parts[1].p,
	    (int)parts[2].n, parts[2].p, (int)parts[3].n, parts[3].p));
}

static bool
same_answer(const struct mapping_row *a, const struct mapping_row *b)
{
	static const enum mapping_column what[] = { MAPPING_CODE,
		MAPPING_SYSTEM, MAPPING_VERSION };

	for (size_t i = 0; i < 3; i++)
		if (!slice_eq(a->cell[what[i]], b->cell[what[i]]))
			return false;
	return true;
}

/* Rows of a field by their keys; next: the one before with the same key. */
struct known {
	struct index *keys;
	size_t *last, *next;
};

static void
know_all(struct known *k, const struct mapping_rows *rows, struct arena *a)
{
	k->keys = index_new();
	k->last = arena_alloc(a, (rows->n + 1) * sizeof(*k->last));
	k->next = arena_alloc(a, (rows->n + 1) * sizeof(*k->next));
	for (size_t i = 0; i < rows->n; i++) {
		bool fresh;
		size_t n =
		    index_add(k->keys, key_of(&rows->list[i], a), &fresh);

		k->next[i] = fresh ? SIZE_MAX : k->last[n];
		k->last[n] = i;
	}
}

enum answer { ANSWER_NEW, ANSWER_KNOWN, ANSWER_OTHER };

/* What the rows that are there say to a new one. */
static enum answer
compare_row(const struct known *k, const struct mapping_rows *rows,
    const struct mapping_row *row, struct arena *a)
{
	long n = index_find(k->keys, key_of(row, a));
	bool other = false;

	for (size_t i = n < 0 ? SIZE_MAX : k->last[n]; i != SIZE_MAX;
	     i = k->next[i]) {
		if (same_answer(row, &rows->list[i]))
			return ANSWER_KNOWN;
		other = other || mapping_is_approved(&rows->list[i]);
	}
	return other && mapping_is_approved(row) ? ANSWER_OTHER : ANSWER_NEW;
}

/*
 * The rows of a field beside those that are there.  What both say is one; a
 * term that has another approved answer already is for `learn`, which knows
 * what the dates mean, and is told.
 */
static bool
merge_field(struct import *im, const struct mapping_rows *new,
    struct slice field, size_t *added)
{
	const char *name =
	    arena_printf(im->arena, "%.*s.csv", (int)field.n, field.p);
	struct mapping_rows rows, more;
	struct known known;
	struct err none = { 0 };
	bool ok = true;

	mapping_rows_init(&rows);
	mapping_rows_init(&more);
	if (!read_approved(im, name, &rows, &none) && none.kind == ERR_USAGE) {
		*im->e = none;
		ok = false;
	}
	know_all(&known, &rows, im->arena);
	for (size_t i = 0; i < new->n; i++) {
		const struct mapping_row *row = &new->list[i];

		if (!slice_eq(row->cell[MAPPING_FIELD], field))
			continue;
		switch (compare_row(&known, &rows, row, im->arena)) {
		case ANSWER_NEW:
			*mapping_rows_add(&more, field) = *row;
			++*added;
			break;
		case ANSWER_OTHER:
			ok =
			    table_fault(im->faults, row->path, row->line, im->e,
				"this term has another approved answer in "
				"approved/%s (let 'learn' read the file)",
				name);
			break;
		case ANSWER_KNOWN:
			break;
		}
	}
	for (size_t i = 0; i < more.n; i++)
		*mapping_rows_add(&rows, field) = more.list[i];
	ok = ok && put_approved(im, name, &rows);
	index_free(known.keys);
	mapping_rows_release(&rows);
	mapping_rows_release(&more);
	return ok;
}

/* It becomes the name of a file. */
static bool
is_field(struct slice s, struct import *im)
{
	bool plain = s.n > 0 && s.n <= 64;

	for (size_t i = 0; i < s.n; i++)
		plain = plain &&
		    ((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_');
	return plain ||
	    table_fault(im->faults, im->items[0].path, 0, im->e,
		"'%.*s' is no field (small letters)", (int)s.n, s.p);
}

bool
import_merge_rows(
    struct import *im, const struct mapping_rows *new, size_t *added)
{
	struct index *fields = index_new();
	bool ok = true;

	for (size_t i = 0; i < new->n; i++)
		index_add(fields, new->list[i].cell[MAPPING_FIELD], NULL);
	for (size_t i = 0; i < index_count(fields) && ok; i++)
		ok = is_field(index_name(fields, i), im) &&
		    merge_field(im, new, index_name(fields, i), added);
	index_free(fields);
	return ok;
}
