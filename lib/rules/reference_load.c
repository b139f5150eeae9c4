#include <sys/types.h>

#include <ctype.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/reader.h"
#include "io/runs.h"
#include "io/overflow.h"
#include "io/table.h"
#include "json/write.h"
#include "rules/field.h"
#include "rules/reference.h"

/* One file and what is read from it: several keys may be. */
struct source {
	const char *path;
	struct reader *reader;
	struct reference_loading *loads;
	size_t n;
	uint64_t line;
};

/* --- NDJSON ---------------------------------------------------------------------- */

struct reading {
	struct field *fields; /* key and members of each load, one after the
				 other */
	struct record *record;
	struct slice *values;
};

static size_t
most_members(const struct source *s)
{
	size_t most = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->loads[i].to->nmembers > most)
			most = s->loads[i].to->nmembers;
	return most;
}

static bool
parse_fields(const struct source *s, struct index *names, struct arena *a,
    struct reading *to, struct err *e)
{
	size_t at = 0, n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += 1 + s->loads[i].to->nmembers;
	to->fields = arena_alloc(a, n * sizeof(*to->fields));
	to->values =
	    arena_alloc(a, (most_members(s) + 1) * sizeof(*to->values));
	for (size_t i = 0; i < s->n; i++) {
		const struct reference *r = s->loads[i].to;

		if (!field_parse(r->key, false, names, a, &to->fields[at], e))
			return false;
		to->fields[at++].plain = r->plain;
		for (size_t k = 0; k < r->nmembers; k++)
			if (!field_parse(r->members[k], false, names, a,
				&to->fields[at++], e))
				return false;
	}
	return true;
}

/* Of several values none is the one. */
static struct slice
value_in(const struct field *f, struct record *r)
{
	struct cells c;

	field_read(f, r, false, record_arena(r), &c);
	return c.n == 1 && c.list[0].presence != VALUE_ABSENT
	    ? c.list[0].json.text
	    : SLICE("");
}

static bool
take_record(struct source *s, struct reading *r, struct err *e)
{
	const struct field *f = r->fields;
	struct arena *a = record_arena(r->record);

	for (size_t i = 0; i < s->n; i++) {
		struct reference_loading *l = &s->loads[i];
		const struct field *key = f++;
		struct cells c;

		for (size_t k = 0; k < l->to->nmembers; k++) {
			r->values[k] = value_in(f++, r->record);
			l->seen[k + 1] = l->seen[k + 1] || r->values[k].n > 0;
		}
		field_read(key, r->record, false, a, &c);
		for (size_t k = 0; k < c.n; k++) {
			l->seen[0] =
			    l->seen[0] || c.list[k].presence != VALUE_ABSENT;
			if (datum_missing(&c.list[k]) ||
			    !datum_scalar(&c.list[k])) {
				l->to->nkeyless++;
				continue;
			}
			if (!reference_add(
				l, datum_key(&c.list[k], a), r->values, e))
				return false;
		}
	}
	return true;
}

static bool
read_lines(struct source *s, struct reading *r, struct err *e)
{
	struct block b = { 0 };
	struct err why = { 0 };
	bool ok = true;

	while (ok && reader_block(s->reader, &b, e)) {
		struct slice rest = { b.text, b.n }, line;

		s->line = b.line - 1;
		if (b.cut)
			ok = err_set(e, ERR_INPUT, "the line is too long");
		while (ok && slice_next(&rest, '\n', &line)) {
			s->line++;
			if (slice_trim(line).n == 0)
				continue;
			if (record_read(r->record, line, &why))
				ok = take_record(s, r, e);
			else
				ok = err_set(e, ERR_INPUT, "%s", why.text);
		}
	}
	block_release(&b);
	return ok && e->kind == ERR_NONE;
}

static bool
read_ndjson(struct source *s, struct err *e)
{
	struct arena *a = arena_new();
	struct index *names = record_names();
	struct reading r = { 0 };
	bool ok = parse_fields(s, names, a, &r, e);

	if (ok) {
		r.record = record_new(names, 0);
		ok = read_lines(s, &r, e);
	}
	record_free(r.record);
	index_free(names);
	arena_free(a);
	return ok;
}

/* --- tables ---------------------------------------------------------------------- */

static ssize_t
read_bytes(void *reader, char *to, size_t room, struct err *e)
{
	return reader_read(reader, to, room, e);
}

#define NO_COLUMN SIZE_MAX

/* Databases do not tell PERSON_ID from person_id. */
static bool
is_column(struct slice header, struct slice name, bool any_case)
{
	header = slice_trim(header);
	if (!any_case)
		return slice_eq(header, name);
	if (header.n != name.n)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (tolower((unsigned char)header.p[i]) !=
		    tolower((unsigned char)name.p[i]))
			return false;
	return true;
}

/* The columns of key and members of each load, one after the other. */
static size_t *
find_columns(
    struct source *s, const struct slice *header, size_t n, struct arena *a)
{
	size_t *columns, at = 0, all = 0;

	for (size_t i = 0; i < s->n; i++)
		all += 1 + s->loads[i].to->nmembers;
	columns = arena_alloc(a, all * sizeof(*columns));
	for (size_t i = 0; i < s->n; i++) {
		struct reference_loading *l = &s->loads[i];

		for (size_t m = 0; m <= l->to->nmembers; m++, at++) {
			struct slice name =
			    m == 0 ? l->to->key : l->to->members[m - 1];

			columns[at] = NO_COLUMN;
			for (size_t c = 0; c < n; c++)
				if (is_column(header[c], name, l->to->plain)) {
					columns[at] = c;
					l->seen[m] = true;
				}
		}
	}
	return columns;
}

/* An empty cell is null. */
static struct slice
cell_json(struct slice cell, struct buf *b, struct arena *a)
{
	if (cell.n == 0)
		return SLICE("null");
	buf_reset(b);
	json_put_string(b, cell);
	return arena_slice(a, buf_slice(b));
}

static struct slice
cell_at(const struct slice *cells, size_t n, size_t column, bool plain)
{
	if (column >= n)
		return SLICE("");
	return plain ? cells[column] : slice_trim(cells[column]);
}

static bool
take_row(struct source *s, const struct slice *cells, size_t n,
    const size_t *columns, struct slice *values, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < s->n; i++) {
		struct reference_loading *l = &s->loads[i];
		bool plain = l->to->plain;
		struct slice key = cell_at(cells, n, *columns++, plain);
		struct buf b = { 0 };

		for (size_t m = 0; m < l->to->nmembers; m++)
			values[m] = cell_json(
			    cell_at(cells, n, *columns++, plain), &b, a);
		buf_release(&b);
		if (key.n == 0 || (!plain && field_placeholder(key) != 0))
			l->to->nkeyless++;
		else if (!reference_add(l, key, values, e))
			return false;
	}
	return true;
}

static struct slice
without_mark(struct slice text)
{
	return slice_starts(text, "\xEF\xBB\xBF")
	    ? (struct slice){ text.p + 3, text.n - 3 }
	    : text;
}

static bool
read_rows(struct source *s, struct framer *framer, struct splitter *splitter,
    struct err *e)
{
	struct arena *table = arena_new(), *row = arena_new();
	struct slice *values =
	    arena_alloc(table, (most_members(s) + 1) * sizeof(*values));
	const size_t *columns = NULL;
	const struct slice *cells;
	struct frame f;
	struct err why = { 0 };
	size_t n;
	bool ok;

	while ((ok = framer_next(framer, &f, e)) && f.kind != FRAME_END) {
		s->line = f.line;
		if (f.kind == FRAME_BAD)
			ok = err_set(e, ERR_INPUT, "%s", f.why);
		if (ok && f.kind != FRAME_RECORD)
			continue;
		if (ok && columns == NULL)
			f.bytes = without_mark(f.bytes);
		if (ok && !splitter_cut(splitter, f.bytes, &cells, &n, &why))
			ok = err_set(e, ERR_INPUT, "%s", why.text);
		if (!ok)
			break;
		arena_reset(row);
		if (columns == NULL)
			columns = find_columns(s, cells, n, table);
		else if (!(ok = take_row(s, cells, n, columns, values, row, e)))
			break;
	}
	arena_free(table);
	arena_free(row);
	return ok;
}

static bool
read_table(struct source *s, const struct dialect *d, struct err *e)
{
	struct framer *framer = framer_new(d, read_bytes, s->reader);
	struct splitter *splitter = splitter_new(d);
	bool ok = read_rows(s, framer, splitter, e);

	framer_free(framer);
	splitter_free(splitter);
	return ok;
}

/* --- files ----------------------------------------------------------------------- */

static bool
ends_with(struct slice s, const char *end)
{
	size_t n = strlen(end);

	return s.n >= n && memcmp(s.p + s.n - n, end, n) == 0;
}

static bool
read_source(struct source *s, struct err *e)
{
	struct slice name = slice_of(s->path);

	if (ends_with(name, ".gz"))
		name.n -= 3;
	else if (ends_with(name, ".zst"))
		name.n -= 4;
	if (ends_with(name, ".csv"))
		return read_table(s, &dialect_csv, e);
	if (ends_with(name, ".tsv"))
		return read_table(s, &dialect_tsv, e);
	return read_ndjson(s, e);
}

/* "person=FILE": its name, n 0 where that is not what it says. */
static struct slice
name_in(const char *text)
{
	const char *is = strchr(text, '=');

	return is == NULL || is[1] == '\0' ? SLICE("") : slice_span(text, is);
}

/* NULL without *e: none is named. */
static const char *
path_of(struct slice name, const struct reference_options *o, struct arena *a,
    struct err *e)
{
	static const char *const ends[] = { "ndjson", "csv", "tsv" };
	static const char *const more[] = { "", ".gz", ".zst" };
	const char *found = NULL;

	for (const char *const *f = o->files; f != NULL && *f != NULL; f++)
		if (slice_eq(name_in(*f), name))
			return strchr(*f, '=') + 1;
	for (size_t i = 0; o->folder != NULL && i < 9; i++) {
		const char *path = arena_printf(a, "%s/%.*s.%s%s", o->folder,
		    (int)name.n, name.p, ends[i / 3], more[i % 3]);

		if (access(path, F_OK) != 0)
			continue;
		if (found != NULL) {
			err_set(e, ERR_USAGE,
			    "reference '%.*s' is there twice: '%s' and '%s'",
			    (int)name.n, name.p, found, path);
			return NULL;
		}
		found = path;
	}
	return found;
}

static void
note_lacking(const struct reference_loading *l)
{
	struct reference *r = l->to;

	if (r->nrows + r->nkeyless == 0)
		return;
	r->lacks = mem_zalloc((r->nmembers + 1) * sizeof(*r->lacks));
	for (size_t m = 0; m <= r->nmembers; m++)
		r->lacks[m] = !l->seen[m];
}

/* A member that no row has is a slip of the pen, unless there are no rows. */
static bool
check_seen(const struct source *s, struct err *e)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct reference_loading *l = &s->loads[i];

		if (l->to->plain) {
			note_lacking(l);
			continue;
		}
		if (s->line == 0)
			continue;
		for (size_t m = 0; m <= l->to->nmembers; m++) {
			struct slice name =
			    m == 0 ? l->to->key : l->to->members[m - 1];

			if (!l->seen[m] && (m == 0 || l->to->nrows > 0))
				return err_set(e, ERR_USAGE,
				    "reference '%.*s': no '%.*s' in '%s'",
				    (int)l->to->name.n, l->to->name.p,
				    (int)name.n, name.p, s->path);
		}
	}
	return true;
}

static bool
load_source(struct source *s, uint64_t memory,
    const struct reference_options *o, struct err *e)
{
	uint8_t digest[DIGEST_SIZE];
	bool ok;

	s->reader = reader_open(s->path, NULL, e);
	if (s->reader == NULL)
		return false;
	reader_hash(s->reader);
	ok = read_source(s, e);
	if (!ok && s->line > 0 && e->kind == ERR_INPUT)
		err_wrap(e, "%s:%llu", s->path, (unsigned long long)s->line);
	if (ok && o->note != NULL) {
		reader_digest(s->reader, digest);
		o->note(o->ctx, s->path, digest);
	}
	reader_free(s->reader);
	if (!ok || !check_seen(s, e))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (!reference_settle(&s->loads[i], memory, o->spill, e))
			return false;
	return true;
}

static void
start(struct reference_loading *l, struct reference *r, uint64_t memory,
    const struct reference_options *o, struct arena *a)
{
	*l = (struct reference_loading){ .to = r,
		.rows = runs_new(KEY_DIGEST + 8, 0, memory, o->spill),
		.values = overflow_new(memory, o->spill),
		.seen = arena_zalloc(a, r->nmembers + 1),
		.digest = digest_new() };
}

/* Whether only rules of tables read it. */
static bool
all_plain(struct reference *const *list, size_t n, struct slice name)
{
	for (size_t i = 0; i < n; i++)
		if (slice_eq(list[i]->name, name) && !list[i]->plain)
			return false;
	return true;
}

static bool
load_named(struct reference *const *list, size_t n, size_t first,
    const struct reference_options *o, struct err *e)
{
	struct slice name = list[first]->name;
	struct arena *a = arena_new();
	struct source s = { .path = path_of(name, o, a, e) };
	uint64_t memory = o->memory / n / 3;
	bool ok = s.path != NULL;

	if (!ok && e->kind == ERR_NONE && all_plain(list, n, name)) {
		arena_free(a);
		return true;
	}
	if (!ok && e->kind == ERR_NONE)
		err_set(e, ERR_USAGE,
		    "rules read the reference '%.*s', and no file is named for "
		    "it (--ref %.*s=FILE)",
		    (int)name.n, name.p, (int)name.n, name.p);
	s.loads = arena_alloc(a, n * sizeof(*s.loads));
	for (size_t i = first; ok && i < n; i++)
		if (slice_eq(list[i]->name, name))
			start(&s.loads[s.n++], list[i], memory, o, a);
	ok = ok && load_source(&s, memory, o, e);
	for (size_t i = 0; i < s.n; i++) {
		runs_free(s.loads[i].rows);
		overflow_free(s.loads[i].values);
		digest_free(s.loads[i].digest);
	}
	arena_free(a);
	return ok;
}

static bool
check_files(const char *const *files, struct err *e)
{
	for (size_t i = 0; files != NULL && files[i] != NULL; i++) {
		struct slice name = name_in(files[i]);

		if (name.n == 0)
			return err_set(e, ERR_USAGE,
			    "--ref '%s': write NAME=FILE", files[i]);
		for (size_t k = 0; k < i; k++)
			if (slice_eq(name_in(files[k]), name))
				return err_set(e, ERR_USAGE,
				    "--ref '%s': '%.*s' has a file already "
				    "(--ref %s)",
				    files[i], (int)name.n, name.p, files[k]);
	}
	return true;
}

bool
reference_load(struct reference *const *list, size_t n,
    const struct reference_options *o, struct err *e)
{
	if (!check_files(o->files, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		bool again = false;

		for (size_t k = 0; k < i && !again; k++)
			again = slice_eq(list[k]->name, list[i]->name);
		if (!again && !load_named(list, n, i, o, e))
			return false;
	}
	return true;
}
