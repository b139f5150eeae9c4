#include "mapping/trail.h"

#include "json/write.h"

void
trail_reset(struct trail *t)
{
	buf_reset(&t->entries);
	buf_reset(&t->unmapped);
	buf_reset(&t->whole);
}

void
trail_release(struct trail *t)
{
	buf_release(&t->entries);
	buf_release(&t->unmapped);
	buf_release(&t->whole);
}

void
trail_add(struct trail *t, const struct entry_of *e)
{
	struct buf *b = &t->entries;

	json_put_comma(b);
	buf_add_slice(b, e->key);
	buf_adds(b, ":{");
	if (e->from.n > 0) {
		buf_adds(b, "\"from\":");
		buf_add_slice(b, e->from);
		buf_addc(b, ',');
	}
	buf_add_slice(b, e->rule);
	if (e->more.n > 0) {
		buf_addc(b, ',');
		buf_add_slice(b, e->more);
	}
	if (e->unmapped != NULL && !e->stated) {
		buf_adds(b, ",\"status\":\"unmapped\",\"reason\":");
		json_put_cstring(b, e->unmapped);
	}
	buf_addc(b, '}');
	if (e->unmapped != NULL) {
		json_put_comma(&t->unmapped);
		buf_add_slice(&t->unmapped, e->key);
	}
}

void
trail_missing(struct trail *t, struct slice field, struct slice system)
{
	struct buf b = { 0 };

	buf_add_slice(&b, field);
	buf_addc(&b, '@');
	buf_add_slice(&b, system);
	json_put_comma(&t->unmapped);
	json_put_string(&t->unmapped, buf_slice(&b));
	buf_release(&b);
}

static void
put_earlier(struct buf *b, struct json norm, struct json *unmapped)
{
	struct json_walk walk = json_enter(norm);
	struct slice key;
	struct json v;

	while (json_next_member(&walk, &key, &v)) {
		if (json_key_is(key, SLICE("unmapped"))) {
			*unmapped = v;
			continue;
		}
		json_put_comma(b);
		buf_addc(b, '"');
		buf_add_slice(b, key);
		buf_adds(b, "\":");
		buf_add_slice(b, v.text);
	}
}

static void
put_unmapped(struct buf *b, const struct trail *t, struct json earlier)
{
	struct json_walk walk = json_enter(earlier);
	struct json v;

	if (t->unmapped.n == 0 && earlier.type != JSON_ARRAY)
		return;
	json_put_key(b, "unmapped");
	buf_addc(b, '[');
	while (json_next_element(&walk, &v)) {
		json_put_comma(b);
		buf_add_slice(b, v.text);
	}
	if (t->unmapped.n > 0) {
		json_put_comma(b);
		buf_add_slice(b, buf_slice(&t->unmapped));
	}
	buf_addc(b, ']');
}

void
trail_write(struct trail *t, struct record *r)
{
	struct json norm, unmapped = { { "", 0 }, JSON_NONE };
	struct buf *b = &t->whole;

	if (t->entries.n == 0 && t->unmapped.n == 0)
		return;
	norm = record_trail(r, "norm");
	buf_addc(b, '{');
	put_earlier(b, norm, &unmapped);
	if (t->entries.n > 0) {
		json_put_comma(b);
		buf_add_slice(b, buf_slice(&t->entries));
	}
	put_unmapped(b, t, unmapped);
	buf_addc(b, '}');
	record_set_trail(r, "norm", buf_slice(b));
}
