#include "extract/hand.h"

#include "base/buf.h"
#include "extract/typed.h"
#include "json/write.h"

/* --- what stands --------------------------------------------------------- */

bool
hand_split(
    struct slice path, struct slice *group, size_t *object, struct slice *key)
{
	const char *end = path.p + path.n;
	unsigned long long n;

	for (const char *p = path.p; p < end; p++) {
		const char *q = p + 1;

		while (*p == '.' && q < end && *q >= '0' && *q <= '9')
			q++;
		if (*p != '.' || q == p + 1 || q + 1 >= end || *q != '.')
			continue;
		if (!slice_number(slice_span(p + 1, q), &n) || n == 0)
			return false;
		*group = slice_span(path.p, p);
		*object = (size_t)n;
		*key = slice_span(q + 1, end);
		return true;
	}
	return false;
}

static struct json
get(struct json object, struct slice name, struct arena *arena)
{
	return json_get(object, arena_string(arena, name.p, name.n));
}

struct json
hand_at(struct json indicators, struct slice path, struct arena *arena)
{
	struct json none = { { "", 0 }, JSON_NONE }, v;
	struct json_walk walk;
	struct slice group, key;
	size_t object;

	if (indicators.type != JSON_OBJECT)
		return none;
	v = get(indicators, path, arena);
	if (v.type != JSON_NONE || !hand_split(path, &group, &object, &key))
		return v;
	v = get(indicators, group, arena);
	if (v.type != JSON_ARRAY)
		return none;
	walk = json_enter(v);
	while (json_next_element(&walk, &v))
		if (--object == 0)
			return v.type == JSON_OBJECT ? get(v, key, arena)
						     : none;
	return none;
}

struct json
hand_entry(struct json entries, struct slice path, struct arena *arena)
{
	struct json_walk walk = json_enter(entries);
	struct json one;

	while (entries.type == JSON_ARRAY && json_next_element(&walk, &one))
		if (slice_eq(json_text(json_get(one, "path"), arena), path))
			return one;
	return (struct json){ { "", 0 }, JSON_NONE };
}

/* --- what is said -------------------------------------------------------- */

/* Without a row the type is that of what stands, or was claimed. */
static enum indicator_type
type_of(struct json v, struct json unit)
{
	switch (v.type) {
	case JSON_ARRAY:
		return TYPE_DIMS;
	case JSON_NUMBER:
	case JSON_OBJECT:
		return TYPE_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return TYPE_BOOL;
	default:
		return unit.type == JSON_STRING ? TYPE_NUMBER : TYPE_TEXT;
	}
}

static bool
confirmed(struct json entry, struct json value, struct slice *json)
{
	struct json claimed = json_get(entry, "claimed");
	bool several = slice_is(json_get(entry, "status").text, "\"conflict\"");

	*json = value.text;
	if (value.type != JSON_NONE && value.type != JSON_NULL)
		return true;
	*json = claimed.type == JSON_NONE ? SLICE("null") : claimed.text;
	return !several;
}

/* What was claimed; of a conflict, which lists alternatives, the first. */
static struct json
one_claimed(struct json entry)
{
	struct json claimed = json_get(entry, "claimed");
	struct json_walk walk = json_enter(claimed);

	if (claimed.type == JSON_ARRAY &&
	    slice_is(json_get(entry, "status").text, "\"conflict\""))
		json_next_element(&walk, &claimed);
	return claimed;
}

bool
hand_value(const struct filled_row *row, const struct indicator *d,
    struct json entry, struct json value, struct arena *arena,
    struct slice *json, struct err *e)
{
	struct json stands = value;
	struct indicator guessed = { 0 };

	if (row->reviewer.n == 0)
		return err_data(e, "no_reviewer",
		    "new_value is filled, but reviewer is not");
	if (slice_is(row->new_value, "-")) {
		*json = SLICE("null");
		return true;
	}
	if (slice_is(row->new_value, "=")) {
		if (confirmed(entry, value, json))
			return true;
		return err_data(e, "bad_value",
		    "several values were claimed: write the right one");
	}
	if (d == NULL) {
		if (stands.type == JSON_NONE || stands.type == JSON_NULL)
			stands = one_claimed(entry);
		guessed.type = type_of(stands, json_get(entry, "unit"));
		d = &guessed;
	}
	*json = typed_value(row->new_value, d, arena);
	return json->n > 0 ||
	    err_data(e, "bad_value", "new_value is not of type %s",
		indicator_type_name(d->type));
}

/* --- into the record ----------------------------------------------------- */

static struct hand *
change_of(struct hand *list, size_t n, struct slice path)
{
	for (size_t i = 0; i < n; i++)
		if (slice_eq(list[i].path, path))
			return &list[i];
	return NULL;
}

/* An object of a group; members that nobody had are added to it. */
static void
put_object(struct buf *b, struct json object, struct slice prefix,
    struct hand *list, size_t n, struct arena *arena)
{
	struct json_walk walk = json_enter(object);
	struct json value;
	struct slice key;

	buf_addc(b, '{');
	while (json_next_member(&walk, &key, &value)) {
		struct slice name = json_unescape(key, arena);
		struct hand *h = change_of(list, n,
		    slice_of(arena_printf(arena, "%.*s%.*s", (int)prefix.n,
			prefix.p, (int)name.n, name.p)));

		if (h != NULL)
			h->done = true;
		json_put_member(b, key, h != NULL ? h->value : value.text);
	}
	for (size_t i = 0; prefix.n > 0 && i < n; i++) {
		struct slice path = list[i].path;

		if (list[i].done || path.n <= prefix.n ||
		    memcmp(path.p, prefix.p, prefix.n) != 0)
			continue;
		list[i].done = true;
		json_put_key_slice(
		    b, slice_span(path.p + prefix.n, path.p + path.n));
		buf_add_slice(b, list[i].value);
	}
	buf_addc(b, '}');
}

/* Whether a change that is still to be made gives the object a value. */
static bool
gives_value(const struct hand *list, size_t n, struct slice prefix)
{
	for (size_t i = 0; i < n; i++)
		if (!list[i].done && list[i].path.n > prefix.n &&
		    memcmp(list[i].path.p, prefix.p, prefix.n) == 0 &&
		    !slice_is(list[i].value, "null"))
			return true;
	return false;
}

static void
put_array(struct buf *b, struct json array, struct slice name,
    struct hand *list, size_t n, struct arena *arena)
{
	struct json_walk walk = json_enter(array);
	struct json one;
	size_t i = 1;

	buf_addc(b, '[');
	for (; json_next_element(&walk, &one); i++) {
		json_put_comma(b);
		if (one.type == JSON_OBJECT)
			put_object(b, one,
			    slice_of(arena_printf(
				arena, "%.*s.%zu.", (int)name.n, name.p, i)),
			    list, n, arena);
		else
			buf_add_slice(b, one.text);
	}
	/* One that was only thought to be there, and is. */
	for (;; i++) {
		struct slice prefix = slice_of(
		    arena_printf(arena, "%.*s.%zu.", (int)name.n, name.p, i));

		if (!gives_value(list, n, prefix))
			break;
		json_put_comma(b);
		put_object(b, json_of(SLICE("{}")), prefix, list, n, arena);
	}
	buf_addc(b, ']');
}

struct slice
hand_values(
    struct json indicators, struct hand *list, size_t n, struct arena *arena)
{
	struct json_walk walk = json_enter(indicators);
	struct buf b = { 0 };
	struct json value;
	struct slice key, text, group;
	size_t object;

	buf_addc(&b, '{');
	while (indicators.type == JSON_OBJECT &&
	    json_next_member(&walk, &key, &value)) {
		struct slice name = json_unescape(key, arena);
		struct hand *h = change_of(list, n, name);

		if (h != NULL) {
			h->done = true;
			json_put_member(&b, key, h->value);
		} else if (value.type == JSON_ARRAY) {
			json_put_member(&b, key, SLICE(""));
			put_array(&b, value, name, list, n, arena);
		} else {
			json_put_member(&b, key, value.text);
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (list[i].done ||
		    hand_split(list[i].path, &group, &object, &key))
			continue;
		json_put_key_slice(&b, list[i].path);
		buf_add_slice(&b, list[i].value);
	}
	buf_addc(&b, '}');
	text = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

/* What was said before, or claimed where nothing could stand. */
static struct slice
former(struct json entry)
{
	struct json value = json_get(entry, "value"),
		    claimed = json_get(entry, "claimed");

	if (value.type != JSON_NONE && value.type != JSON_NULL)
		return value.text;
	return claimed.type == JSON_NONE ? SLICE("null") : claimed.text;
}

bool
hand_said(struct json entry)
{
	return slice_is(json_get(entry, "engine").text, "\"hand\"");
}

/* Said before by the same person: nothing has changed. */
static bool
stands_already(struct json entry, const struct hand *h, struct arena *arena)
{
	return hand_said(entry) &&
	    slice_eq(json_get(entry, "value").text, h->value) &&
	    slice_eq(json_text(json_get(entry, "by"), arena), h->by);
}

static void
put_entry(
    struct buf *b, const struct hand *h, struct json old, struct arena *arena)
{
	json_put_comma(b);
	if (old.type != JSON_NONE && stands_already(old, h, arena)) {
		buf_add_slice(b, old.text);
		return;
	}
	buf_addc(b, '{');
	json_put_filled(b, "path", h->path);
	json_put_key(b, "value");
	buf_add_slice(b, h->value);
	json_put_filled(b, "unit", h->unit);
	buf_adds(b, ",\"engine\":\"hand\"");
	json_put_filled(b, "by", h->by);
	buf_adds(b, ",\"status\":\"ok\",\"claimed\":");
	buf_add_slice(b, former(old));
	buf_addc(b, '}');
}

struct slice
hand_entries(struct json entries, struct hand *list, size_t n,
    struct slice reviewed_by, struct arena *arena)
{
	struct json none = { { "", 0 }, JSON_NONE }, one;
	struct json_walk walk = json_enter(entries);
	struct buf b = { 0 };
	struct slice text;

	for (size_t i = 0; i < n; i++)
		list[i].done = false;
	buf_addc(&b, '[');
	while (entries.type == JSON_ARRAY && json_next_element(&walk, &one)) {
		struct slice path = json_text(json_get(one, "path"), arena);
		struct hand *h = change_of(list, n, path);

		if (h != NULL) {
			h->done = true;
			put_entry(&b, h, one, arena);
		} else if (reviewed_by.n == 0 ||
		    !slice_is(path, HAND_REVIEWED)) {
			json_put_comma(&b);
			buf_add_slice(&b, one.text);
		}
	}
	for (size_t i = 0; i < n; i++)
		if (!list[i].done)
			put_entry(&b, &list[i], none, arena);
	if (reviewed_by.n > 0) {
		json_put_comma(&b);
		buf_adds(&b,
		    "{\"path\":\"" HAND_REVIEWED
		    "\",\"engine\":\"hand\",\"status\":\"ok\"");
		json_put_filled(&b, "by", reviewed_by);
		buf_addc(&b, '}');
	}
	buf_addc(&b, ']');
	text = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return text;
}
