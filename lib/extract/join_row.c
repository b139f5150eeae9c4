#include "extract/join_row.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "extract/form.h"
#include "extract/key.h"
#include "extract/reading.h"
#include "extract/typed.h"
#include "io/guard.h"

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

void
join_columns(const struct join *j, const struct slice *names, size_t n,
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

bool
join_add_row(struct join *j, const struct columns *c,
    const struct slice *values, const struct json *json, const struct spot *at)
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
