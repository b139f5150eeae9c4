#include "mapping/undo.h"

#include <string.h>

#include "json/write.h"

#define MOST 64 /* columns of one record that are given back */

struct undo {
	struct record *rec;
	const struct map *map;
	struct json norm;
	struct slice given[MOST]; /* columns that are back already */
	size_t ngiven;
	struct buf kept, unmapped; /* what stays of norm */
};

static const struct json_member *
member_named(const struct record *rec, struct slice name)
{
	size_t n;
	const struct json_member *m = record_members(rec, &n);

	for (size_t i = 0; i < n; i++)
		if (json_key_is(record_key(rec, &m[i]), name))
			return &m[i];
	return NULL;
}

/* The member that a path begins with: `OBX` of `OBX.5`. */
static struct slice
head_of(struct slice column)
{
	size_t n = 0;

	while (n < column.n && column.p[n] != '.' && column.p[n] != '[')
		n++;
	return (struct slice){ column.p, n };
}

/* Whether the column stands in the record under its own name. */
static bool
is_there(const struct undo *u, struct slice field, struct slice column)
{
	struct slice head = head_of(column);

	for (size_t i = 0; i < u->ngiven; i++)
		if (slice_eq(u->given[i], column))
			return true;
	if (slice_eq(field, column))
		return false;
	return member_named(u->rec, column) != NULL ||
	    (!slice_eq(head, field) && member_named(u->rec, head) != NULL);
}

/* Not what came from a column of its own, though it is called so. */
static void
drop_derived(struct undo *u, struct slice field)
{
	static const char *const suffixes[] = { "_codes", "_op", "_low",
		"_high", "_titre", "_code", "_grade", "_flag", "_unit" };

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		const char *name = arena_printf(record_arena(u->rec), "%.*s%s",
		    (int)field.n, field.p, suffixes[i]);
		const struct json_member *m =
		    member_named(u->rec, slice_of(name));

		if (m != NULL && json_get(u->norm, name).type == JSON_NONE)
			record_drop(u->rec, m);
	}
}

/* `年+月+日` and the array of what stood there. */
static void
give_back_parts(struct undo *u, const struct json_member *m,
    struct slice column, struct json from)
{
	struct json_walk walk = json_enter(from);
	struct json v;
	size_t at = 0;

	for (bool first = true; json_next_element(&walk, &v); first = false) {
		struct slice part = { column.p + at, 0 };

		while (at + part.n < column.n && part.p[part.n] != '+')
			part.n++;
		at += part.n + (at + part.n < column.n);
		part = slice_trim(part);
		if (first) {
			record_rename(u->rec, m, part);
			record_set(u->rec, m, v.text);
		} else if (v.type != JSON_NULL) {
			record_add(u->rec, m, part, v.text);
		}
	}
}

static void
give_back(
    struct undo *u, struct slice field, struct slice column, struct json from)
{
	const struct json_member *m = member_named(u->rec, field);

	if (m == NULL)
		return;
	drop_derived(u, field);
	if (is_there(u, field, column)) {
		record_drop(u->rec, m);
		return;
	}
	if (u->ngiven < MOST)
		u->given[u->ngiven++] = column;
	if (from.type == JSON_ARRAY &&
	    memchr(column.p, '+', column.n) != NULL) {
		give_back_parts(u, m, column, from);
		return;
	}
	if (!slice_eq(field, column))
		record_rename(u->rec, m, column);
	if (from.type != JSON_NONE)
		record_set(u->rec, m, from.text);
}

/* An entry of the object `indicators` becomes a column of its own again. */
static void
give_back_indicator(
    struct undo *u, struct slice id, struct slice column, struct json from)
{
	const struct json_member *m = member_named(u->rec, SLICE("indicators"));
	struct json_walk walk = json_enter(record_value(u->rec, m));
	struct json v, was = { { "", 0 }, JSON_NONE };
	struct buf rest = { 0 };
	struct slice key;

	while (json_next_member(&walk, &key, &v)) {
		if (json_key_is(key, id)) {
			was = v;
			continue;
		}
		json_put_comma(&rest);
		buf_addf(&rest, "\"%.*s\":", (int)key.n, key.p);
		buf_add_slice(&rest, v.text);
	}
	if (was.type != JSON_NONE && !is_there(u, id, column)) {
		struct slice text = rest.n == 0
		    ? SLICE("")
		    : slice_of(arena_printf(
			  record_arena(u->rec), "{%.*s}", (int)rest.n, rest.p));

		record_add(u->rec, m, column,
		    from.type != JSON_NONE ? from.text : was.text);
		if (text.n == 0)
			record_drop(u->rec, m);
		else
			record_set(u->rec, m, text);
	}
	buf_release(&rest);
}

/* --- norm ---------------------------------------------------------------- */

static bool
is_companion(struct slice field)
{
	return slice_is(field, "unit") || slice_is(field, "ref_low") ||
	    slice_is(field, "ref_high");
}

static bool
is_ours(const struct undo *u, struct slice field)
{
	if (slice_is(field, "kind") || slice_is(field, "unmapped"))
		return false;
	return is_companion(field) || map_find_field(u->map, field) >= 0;
}

/* Names of norm.unmapped, F or F@system, whose F stays as it is. */
static void
keep_unmapped(struct undo *u, struct json names)
{
	struct json_walk walk = json_enter(names);
	struct json v;

	while (json_next_element(&walk, &v)) {
		struct slice name = json_text(v, record_arena(u->rec));
		const char *at = memchr(name.p, '@', name.n);

		if (at != NULL)
			name.n = (size_t)(at - name.p);
		if (is_ours(u, name))
			continue;
		json_put_comma(&u->unmapped);
		buf_add_slice(&u->unmapped, v.text);
	}
}

static void
undo_entry(struct undo *u, struct slice field, struct json entry)
{
	static const char object[] = "indicators.";
	size_t n = sizeof(object) - 1;
	struct json named = json_get(entry, "column"),
		    from = json_get(entry, "from");
	struct slice column = named.type == JSON_STRING
	    ? json_text(named, record_arena(u->rec))
	    : field;

	if (field.n > n && memcmp(field.p, object, n) == 0)
		give_back_indicator(u,
		    (struct slice){ field.p + n, field.n - n }, column, from);
	else
		give_back(u, field, column, from);
}

static bool
undo_norm(struct undo *u, struct json norm)
{
	struct json_walk walk = json_enter(norm);
	struct slice key;
	struct json v;
	bool any = false;

	while (json_next_member(&walk, &key, &v)) {
		struct slice field = json_unescape(key, record_arena(u->rec));

		if (slice_is(field, "unmapped")) {
			keep_unmapped(u, v);
		} else if (is_ours(u, field)) {
			undo_entry(u, field, v);
			any = true;
		} else {
			json_put_comma(&u->kept);
			buf_addf(&u->kept, "\"%.*s\":", (int)key.n, key.p);
			buf_add_slice(&u->kept, v.text);
		}
	}
	return any;
}

/* What is left of norm; nothing at all where that is nothing. */
static struct slice
rest_of_norm(struct undo *u)
{
	struct buf b = { 0 };
	struct slice s;

	if (u->kept.n == 0 && u->unmapped.n == 0)
		return SLICE("");
	buf_addc(&b, '{');
	buf_add_slice(&b, buf_slice(&u->kept));
	if (u->unmapped.n > 0) {
		json_put_key(&b, "unmapped");
		buf_addc(&b, '[');
		buf_add_slice(&b, buf_slice(&u->unmapped));
		buf_addc(&b, ']');
	}
	buf_addc(&b, '}');
	s = arena_slice(record_arena(u->rec), buf_slice(&b));
	buf_release(&b);
	return s;
}

bool
undo_record(struct record *rec, const struct map *map, struct json norm,
    struct buf *line, bool *undone, struct err *e)
{
	struct undo u = { .rec = rec, .map = map, .norm = norm };

	*undone = norm.type == JSON_OBJECT && undo_norm(&u, norm);
	if (*undone) {
		record_set_trail(rec, "norm", rest_of_norm(&u));
		buf_reset(line);
		record_write(rec, line);
		memset(buf_room(line, JSON_SLACK), 0, JSON_SLACK);
	}
	buf_release(&u.kept);
	buf_release(&u.unmapped);
	return !*undone || record_read(rec, buf_slice(line), e);
}
