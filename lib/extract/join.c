#include "extract/join.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/mem.h"
#include "extract/form.h"
#include "extract/key.h"
#include "extract/reading.h"
#include "extract/typed.h"
#include "io/guard.h"
#include "io/reader.h"
#include "json/scan.h"
#include "json/write.h"

#define LARGEST ((size_t)256 << 20)

/* One value of one row; those of one key form a list in file order. */
struct cell {
	struct cell *next;
	const struct indicator *d;
	unsigned object; /* from 1; of a group */
	struct slice value, src, date;
	bool clash;   /* another row of the same date says otherwise */
	bool outside; /* of the indicator's range */
};

struct row {
	long next; /* of its key; -1: the last, or it has none */
	const char *path;
	uint64_t line;
	unsigned object;
	const struct indicator **said; /* NULL behind them */
};

struct key {
	struct cell *cells;
	long last; /* its last row */
};

struct join {
	const struct catalogue *catalogue;
	struct arena *arena;
	struct strings on;
	struct index *keys;
	struct key *known; /* by their number */
	struct row *rows;  /* all of the files */
	size_t room, nrows, rows_room;
};

/* Where a file's columns go. */
struct columns {
	size_t n;
	const struct slice *names;
	const struct indicator **d; /* NULL: not ours */
	long *key;                  /* part of the key, or -1 */
	long instance, date;        /* column, or -1 */
};

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

static bool
means(const struct indicator *d, struct slice name)
{
	char form[FORM_NAME + 1];

	if (slice_eq(d->id, name) || slice_eq(d->name_zh, name) ||
	    (form_name(d->id, form) && slice_is(name, form)))
		return true;
	for (size_t i = 0; i < d->nsynonyms; i++)
		if (slice_eq(d->synonyms[i], name))
			return true;
	return false;
}

static const struct indicator *
indicator_of(const struct join *j, struct slice name)
{
	for (size_t i = 0; i < catalogue_count(j->catalogue); i++) {
		const struct indicator *d = catalogue_at(j->catalogue, i);

		if (d->level == 4 && means(d, name))
			return d;
	}
	return NULL;
}

static bool
one_of(struct slice name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_is(name, *list))
			return true;
	return false;
}

static void
columns_find(const struct join *j, const struct slice *names, size_t n,
    struct columns *c)
{
	static const char *const instances[] = { "redcap_repeat_instance",
		"instance", "lesion", "结节序号", "病灶序号", NULL };
	static const char *const dates[] = { "date", "time", "日期", "随访日期",
		"fu_date", NULL };

	*c = (struct columns){
		.n = n, .names = names, .instance = -1, .date = -1
	};
	c->d = arena_zalloc(j->arena, (n + 1) * sizeof(*c->d));
	c->key = arena_alloc(j->arena, (n + 1) * sizeof(*c->key));
	for (size_t i = 0; i < n; i++) {
		const struct indicator *d =
		    catalogue_named(j->catalogue, names[i]);

		c->key[i] = -1;
		for (size_t k = 0; k < j->on.n; k++)
			if (slice_eq(names[i], j->on.list[k]) ||
			    (d != NULL && slice_eq(d->id, j->on.list[k])))
				c->key[i] = (long)k;
		if (one_of(names[i], instances)) {
			c->instance = (long)i;
			continue;
		}
		if (one_of(names[i], dates))
			c->date = (long)i;
		c->d[i] = indicator_of(j, names[i]);
	}
}

/* --- rows ---------------------------------------------------------------- */

/* The number of a key; a new one has no cell yet. */
static size_t
number_of(struct join *j, const struct slice *parts)
{
	struct buf key = { 0 };
	bool fresh;
	size_t i;

	key_put(&key, parts, j->on.n);
	i = index_add(j->keys, buf_slice(&key), &fresh);
	buf_release(&key);
	if (fresh) {
		j->known = mem_room(j->known, i, &j->room, sizeof(*j->known));
		j->known[i] = (struct key){ NULL, -1 };
	}
	return i;
}

/*
 * Of several rows the latest date wins; of equal ones nobody.  The list is as
 * short as a record has indicators, READING_OBJECTS of each at most.
 */
static void
put(struct join *j, struct cell **list, const struct cell *c)
{
	for (; *list != NULL; list = &(*list)->next) {
		struct cell *old = *list;
		int order;

		if (old->d != c->d || old->object != c->object)
			continue;
		order = slice_cmp(c->date, old->date);
		if (order > 0) {
			struct cell *next = old->next;

			*old = *c;
			old->next = next;
		} else if (order == 0 && !slice_eq(old->value, c->value)) {
			old->clash = true;
		}
		return;
	}
	*list = arena_dup(j->arena, c, sizeof(*c));
}

struct spot {
	const char *path;
	uint64_t line;
	struct table_faults *faults;
	struct err *e;
};

/* What a row says beside its values; false: a fault. */
static bool
read_key(const struct join *j, const struct columns *c,
    const struct slice *values, const struct spot *at, struct slice *parts)
{
	for (size_t i = 0; i < c->n; i++) {
		const char *damage;

		if (c->key[i] < 0)
			continue;
		damage = table_damage(values[i], 0);
		if (damage != NULL)
			return table_fault(at->faults, at->path, at->line,
			    at->e, "%.*s: %s", (int)j->on.list[c->key[i]].n,
			    j->on.list[c->key[i]].p, damage);
		parts[c->key[i]] = key_text(guard_off(values[i]));
	}
	return true;
}

static bool
read_object(const struct columns *c, const struct slice *values,
    const struct spot *at, unsigned *object)
{
	unsigned long long n;
	struct slice text;

	*object = 1;
	if (c->instance < 0)
		return true;
	text = slice_trim(guard_off(values[c->instance]));
	if (text.n == 0)
		return true;
	if (!slice_number(text, &n) || n < 1 || n > READING_OBJECTS)
		return table_fault(at->faults, at->path, at->line, at->e,
		    "%.*s: which object it is must be a whole number from 1 to "
		    "%d",
		    (int)c->names[c->instance].n, c->names[c->instance].p,
		    READING_OBJECTS);
	*object = (unsigned)n;
	return true;
}

static bool
read_date(const struct columns *c, const struct slice *values,
    const struct spot *at, struct arena *a, struct slice *date)
{
	char out[DATE_TEXT];
	struct slice text;
	struct date d;
	struct err e;

	*date = SLICE("");
	if (c->date < 0)
		return true;
	text = slice_trim(guard_off(values[c->date]));
	if (text.n == 0)
		return true;
	if (!date_read(text, NULL, &d, &e))
		return table_fault(at->faults, at->path, at->line, at->e,
		    "%.*s: is no date: write it as 2024-05-06",
		    (int)c->names[c->date].n, c->names[c->date].p);
	*date = arena_slice(a, (struct slice){ out, date_print(&d, out) });
	return true;
}

static bool
read_value(const struct slice *values, const struct json *json, size_t i,
    const struct spot *at, struct arena *a, struct cell *cell)
{
	const struct indicator *d = cell->d;

	cell->value = json != NULL && json[i].type >= JSON_ARRAY
	    ? typed_json(json[i], d, a)
	    : typed_value(guard_off(values[i]), d, a);
	if (cell->value.n == 0)
		return table_fault(at->faults, at->path, at->line, at->e,
		    "'%.*s' is not of type %s", (int)d->id.n, d->id.p,
		    indicator_type_name(d->type));
	cell->outside = typed_outside(cell->value, d, a);
	return true;
}

/* The new row of a key. */
static struct row *
link_row(struct join *j, struct key *key, const struct spot *at)
{
	struct row *row;

	j->rows = mem_room(j->rows, j->nrows, &j->rows_room, sizeof(*j->rows));
	row = &j->rows[j->nrows];
	*row = (struct row){ .next = -1, .path = at->path, .line = at->line };
	if (key != NULL) {
		row->next = key->last;
		key->last = (long)j->nrows;
	}
	j->nrows++;
	return row;
}

/* json: of a record, beside its values; NULL: of a table. */
static bool
add_row(struct join *j, const struct columns *c, const struct slice *values,
    const struct json *json, const struct spot *at)
{
	struct slice *parts = arena_zalloc(j->arena, j->on.n * sizeof(*parts));
	struct cell cell = { .next = NULL };
	struct key *key;
	struct row *row;
	size_t number, n = 0;
	bool ok = read_key(j, c, values, at, parts);

	for (size_t k = 0; ok && k < j->on.n; k++)
		if (parts[k].n == 0) {
			link_row(j, NULL, at);
			return true;
		}
	ok = read_object(c, values, at, &cell.object) && ok;
	ok = read_date(c, values, at, j->arena, &cell.date) && ok;
	if (!ok)
		return false;
	number = number_of(j, parts); /* before: the array may move */
	key = &j->known[number];
	row = link_row(j, key, at);
	row->object = cell.object;
	row->said = arena_alloc(j->arena, (c->n + 1) * sizeof(*row->said));
	cell.src = slice_of(arena_printf(
	    j->arena, "%s:%llu", at->path, (unsigned long long)at->line));
	for (size_t i = 0; i < c->n; i++) {
		if (c->d[i] == NULL || values[i].n == 0)
			continue;
		cell.d = row->said[n++] = c->d[i];
		if (read_value(values, json, i, at, j->arena, &cell))
			put(j, &key->cells, &cell);
		else
			ok = false;
	}
	row->said[n] = NULL;
	return ok;
}

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
	columns_find(j, names, table_width(t), &c);
	ok = fit = check_columns(j, &c, path, table_hint(t), e);
	for (size_t r = 0; fit && r < table_rows(t); r++) {
		struct spot at = { path, table_line(t, r), faults, e };

		for (size_t i = 0; i < c.n; i++)
			row[i] = arena_slice(j->arena, table_at(t, r, i));
		ok = add_row(j, &c, row, NULL, &at) && ok;
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
	columns_find(j, names, n, &c);
	for (size_t i = 0; i < n; i++)
		if (c.key[i] >= 0)
			values[i] = key_part(json[i], j->arena);
	shown->key = shown->key || has_key(j, &c);
	shown->field = shown->field || has_field(&c);
	return add_row(j, &c, values, json, at);
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
