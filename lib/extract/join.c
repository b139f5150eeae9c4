#include "extract/join.h"

#include "base/buf.h"
#include "base/mem.h"
#include "extract/join_row.h"
#include "extract/key.h"
#include "io/reader.h"
#include "json/scan.h"

#define LARGEST ((size_t)256 << 20)

struct join *
join_new(const struct catalogue *c, struct strings on, struct err *e)
{
	struct join *j;

	if (on.n == 0) {
		err_set(e, ERR_USAGE, "--on names no member");
		return NULL;
	}
	j = mem_zalloc(sizeof(*j));
	j->catalogue = c;
	j->arena = arena_new();
	j->on = on;
	j->keys = index_new();
	return j;
}

void
join_free(struct join *j)
{
	if (j == NULL)
		return;
	index_free(j->keys);
	arena_free(j->arena);
	mem_free(j->known);
	mem_free(j->rows);
	mem_free(j);
}

/* --- files --------------------------------------------------------------- */

static bool
has_key(const struct join *j, const struct columns *c)
{
	size_t keys = 0;

	for (size_t i = 0; i < c->n; i++)
		keys += c->key[i] >= 0;
	return keys >= j->on.n;
}

static bool
has_field(const struct columns *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->d[i] != NULL)
			return true;
	return false;
}

static bool
check_columns(const struct join *j, const struct columns *c, const char *path,
    const char *hint, struct err *e)
{
	if (!has_key(j, c))
		return err_set(e, ERR_USAGE,
		    "%s: no column for the key (--on %.*s)%s", path,
		    (int)j->on.list[0].n, j->on.list[0].p, hint);
	if (!has_field(c))
		return err_set(e, ERR_USAGE,
		    "%s: no column is an L4 indicator of the packs", path);
	return true;
}

static bool
load_csv(struct join *j, const char *path, struct slice text,
    struct table_faults *faults, struct err *e)
{
	static const struct column none[] = { { 0 } };
	struct table *t = table_parse(path, text, none, TABLE_EXTRA, faults, e);
	struct slice *names, *row;
	struct columns c;
	bool ok, fit;

	if (t == NULL)
		return false;
	names = arena_alloc(j->arena, (table_width(t) + 1) * sizeof(*names));
	row = arena_alloc(j->arena, (table_width(t) + 1) * sizeof(*row));
	for (size_t i = 0; i < table_width(t); i++)
		names[i] = arena_slice(j->arena, table_header(t, i));
	join_columns(j, names, table_width(t), &c);
	ok = fit = check_columns(j, &c, path, table_hint(t), e);
	for (size_t r = 0; fit && r < table_rows(t); r++) {
		struct spot at = { path, table_line(t, r), faults, e };

		for (size_t i = 0; i < c.n; i++)
			row[i] = arena_slice(j->arena, table_at(t, r, i));
		ok = join_add_row(j, &c, row, NULL, &at) && ok;
	}
	table_free(t);
	return ok;
}

/* What the records of a file have shown: members of the key, L4 values. */
struct shown {
	bool key, field;
};

static bool
add_record(struct join *j, struct json_scan *scan, struct slice line,
    const struct spot *at, struct shown *shown)
{
	size_t n;
	const struct json_member *m;
	struct slice *names, *values;
	struct json *json;
	struct columns c;
	struct err why;

	line = json_pad(line, j->arena);
	if (!json_scan_object(scan, line.p, line.n, &why))
		return table_fault(
		    at->faults, at->path, at->line, at->e, "%s", why.text);
	m = json_scan_members(scan, &n);
	names = arena_alloc(j->arena, (n + 1) * sizeof(*names));
	values = arena_alloc(j->arena, (n + 1) * sizeof(*values));
	json = arena_alloc(j->arena, (n + 1) * sizeof(*json));
	for (size_t i = 0; i < n; i++) {
		struct json v = { { line.p + m[i].value, m[i].valuen },
			(enum json_type)m[i].type };

		names[i] = json_unescape(
		    (struct slice){ line.p + m[i].key, m[i].keyn }, j->arena);
		json[i] = v;
		values[i] = v.type == JSON_NULL
		    ? SLICE("")
		    : slice_trim(json_text(v, j->arena));
	}
	join_columns(j, names, n, &c);
	for (size_t i = 0; i < n; i++)
		if (c.key[i] >= 0)
			values[i] = key_part(json[i], j->arena);
	shown->key = shown->key || has_key(j, &c);
	shown->field = shown->field || has_field(&c);
	return join_add_row(j, &c, values, json, at);
}

static bool
load_records(struct join *j, const char *path, struct slice text,
    struct table_faults *faults, struct err *e)
{
	struct json_scan *scan = json_scan_new(NULL, 0);
	struct spot at = { path, 0, faults, e };
	struct slice line;
	struct shown shown = { false, false };
	bool ok = true;

	while (slice_next(&text, '\n', &line)) {
		at.line++;
		if (slice_trim(line).n > 0)
			ok = add_record(j, scan, line, &at, &shown) && ok;
	}
	json_scan_free(scan);
	if (ok && shown.field && !shown.key)
		ok = err_set(e, ERR_USAGE,
		    "%s: no record has the key (--on %.*s)", path,
		    (int)j->on.list[0].n, j->on.list[0].p);
	if (!ok)
		e->kind = ERR_USAGE;
	return ok;
}

/* A byte order mark is refused by the reader, which says so. */
static bool
is_ndjson(struct slice text)
{
	if (slice_starts(text, "\xEF\xBB\xBF"))
		text = (struct slice){ text.p + 3, text.n - 3 };
	return text.n > 0 && text.p[0] == '{';
}

bool
join_load(struct join *j, const char *path, struct table_faults *faults,
    struct err *e)
{
	struct buf b = { 0 };
	struct slice text;
	bool ok = reader_slurp(path, LARGEST, &b, e);

	text = slice_trim(buf_slice(&b));
	if (!ok)
		e->kind = ERR_USAGE;
	else if (text.n == 0)
		ok = err_set(e, ERR_USAGE,
		    "%s is empty: leave --join out where nothing was "
		    "followed up",
		    path);
	else if (is_ndjson(text))
		ok = load_records(j, path, buf_slice(&b), faults, e);
	else
		ok = load_csv(j, path, buf_slice(&b), faults, e);
	buf_release(&b);
	return ok;
}

/* --- answers ------------------------------------------------------------- */

size_t
join_rows(const struct join *j)
{
	return j->nrows;
}

struct join_unmet
join_unmet(const struct join *j, const bool *met)
{
	struct join_unmet n = { .rows = j->nrows };

	for (size_t i = 0; i < j->nrows; i++)
		if (!met[i] && n.unmatched++ == 0) {
			n.path = j->rows[i].path;
			n.line = j->rows[i].line;
		}
	return n;
}

/* Whether the record has the object that the row speaks of, if any. */
static bool
has_object(const struct row *r, const struct answers *all)
{
	for (size_t i = 0; r->said[i] != NULL; i++) {
		int g = answers_group(all, r->said[i]->id);

		if (g >= 0 && r->object > all->groups[g].nobjects)
			return false;
	}
	return true;
}

static void
take(const struct cell *c, int g, struct answers *all, struct arena *arena)
{
	struct answer *a = answers_add(all, arena);

	a->d = c->d;
	a->key = c->d->id;
	if (g >= 0) {
		a->group = (unsigned)g;
		a->object = c->object;
		a->key.p += all->groups[g].name.n + 1;
		a->key.n -= all->groups[g].name.n + 1;
	}
	a->engine = ENGINE_JOIN;
	a->status = c->clash ? STATUS_CONFLICT
	    : c->outside     ? STATUS_OUT_OF_RANGE
			     : STATUS_OK;
	if (c->clash)
		a->claimed = c->value;
	else
		a->value = c->value;
	a->evidence = arena_zalloc(arena, sizeof(*a->evidence));
	a->evidence->src = c->src;
}

void
join_find(const struct join *j, const struct slice *key, const bool *wanted,
    struct answers *all, bool *met, struct arena *arena)
{
	struct buf whole = { 0 };
	const struct key *known;
	long number;

	key_put(&whole, key, j->on.n);
	number = index_find(j->keys, buf_slice(&whole));
	buf_release(&whole);
	if (number < 0)
		return;
	known = &j->known[number];
	for (long i = known->last; i >= 0; i = j->rows[i].next)
		met[i] = met[i] || has_object(&j->rows[i], all);
	for (const struct cell *c = known->cells; c != NULL; c = c->next) {
		int g = answers_group(all, c->d->id);

		if ((wanted == NULL || wanted[c->d->number]) &&
		    (g < 0 || c->object <= all->groups[g].nobjects))
			take(c, g, all, arena);
	}
}
