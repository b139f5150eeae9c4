#include "extract/course.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/mem.h"
#include "extract/course_merge.h"
#include "json/write.h"

struct course {
	struct strings on;
	struct index *names;
	struct record *record;
	struct arena *arena;
	struct course_piece *pieces;
	size_t n, room;
	struct slice *keys; /* JSON, as the first piece has them */
};

struct course *
course_new(struct strings on, unsigned depth)
{
	struct course *c = mem_zalloc(sizeof(*c));

	c->on = on;
	c->names = record_names();
	index_add(c->names, SLICE("indicators"), NULL);
	for (size_t i = 0; i < on.n; i++)
		index_add(c->names, on.list[i], NULL);
	c->record = record_new(c->names, depth);
	c->arena = arena_new();
	c->keys = mem_zalloc((on.n + 1) * sizeof(*c->keys));
	return c;
}

void
course_free(struct course *c)
{
	if (c == NULL)
		return;
	record_free(c->record);
	index_free(c->names);
	arena_free(c->arena);
	mem_free(c->pieces);
	mem_free(c->keys);
	mem_free(c);
}

void
course_reset(struct course *c)
{
	arena_reset(c->arena);
	c->n = 0;
}

static struct json
member(const struct course *c, struct slice name)
{
	long field = index_find(c->names, name);

	return record_value(c->record, record_field(c->record, (size_t)field));
}

/* The record without `_mdx`. */
static struct slice
element(struct course *c)
{
	struct buf b = { 0 };
	const struct json_member *trail = record_field(c->record, 0);
	struct slice text;

	if (trail != NULL)
		record_drop(c->record, trail);
	record_write(c->record, &b);
	text = arena_slice(c->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

/* `_mdx.id`; of a record without one, a digest of the record. */
static struct slice
identity(struct course *c, struct slice line)
{
	struct slice id = record_id(c->record);
	uint8_t digest[DIGEST_SIZE];
	char name[DIGEST_ID + 1];

	if (id.n > 0)
		return arena_slice(c->arena, id);
	digest_bytes(line.p, line.n, digest);
	digest_id(digest, name);
	return arena_slice(c->arena, slice_of(name));
}

bool
course_add(
    struct course *c, struct slice line, bool timed, int64_t at, struct err *e)
{
	struct slice padded = json_pad(line, c->arena), kind;
	struct course_piece *p;

	if (!record_read(c->record, padded, e))
		return false;
	c->pieces = mem_room(c->pieces, c->n, &c->room, sizeof(*c->pieces));
	p = &c->pieces[c->n++];
	*p = (struct course_piece){ .timed = timed, .at = at };
	kind = record_kind(c->record);
	p->kind = kind.n > 0 ? arena_slice(c->arena, kind) : SLICE("other");
	p->id = identity(c, line);
	p->indicators = member(c, SLICE("indicators"));
	p->trail = record_trail(c->record, "extract");
	p->deid = record_trail(c->record, "deid");
	for (size_t i = 0; c->n == 1 && i < c->on.n; i++)
		c->keys[i] = member(c, c->on.list[i]).text;
	p->element = element(c);
	return true;
}

struct kind {
	struct slice name;
	struct course_piece *first, *last;
};

static int
by_name(const void *a, const void *b)
{
	const struct kind *x = a, *y = b;

	return slice_cmp(x->name, y->name);
}

/* The pieces in lists by kind, in the order of the kinds' names. */
static struct kind *
sort_kinds(struct course *c, size_t *n)
{
	struct index *seen = index_new();
	struct kind *list = arena_zalloc(c->arena, (c->n + 1) * sizeof(*list));

	for (size_t i = 0; i < c->n; i++) {
		struct course_piece *p = &c->pieces[i];
		struct kind *k = &list[index_add(seen, p->kind, NULL)];

		p->next = NULL;
		p->place = k->last == NULL ? 0 : k->last->place + 1;
		if (k->last == NULL)
			*k = (struct kind){ p->kind, p, p };
		else
			k->last = k->last->next = p;
	}
	*n = index_count(seen);
	index_free(seen);
	qsort(list, *n, sizeof(*list), by_name);
	return list;
}

static void
put_gathered(struct course *c, struct buf *b)
{
	size_t n;
	const struct kind *kinds = sort_kinds(c, &n);

	json_put_key(b, "gathered");
	buf_addc(b, '{');
	for (size_t k = 0; k < n; k++) {
		json_put_key_slice(b, kinds[k].name);
		buf_addc(b, '[');
		for (const struct course_piece *p = kinds[k].first; p != NULL;
		     p = p->next) {
			json_put_comma(b);
			buf_add_slice(b, p->element);
		}
		buf_addc(b, ']');
	}
	buf_addc(b, '}');
}

static enum course_deid
put_trail(const struct course *c, struct slice entries, struct buf *b)
{
	enum course_deid claim;
	struct buf deid = { 0 };
	struct digest *d = digest_new();
	uint8_t digest[DIGEST_SIZE];
	char id[DIGEST_ID + 1];

	for (size_t i = 0; i < c->n; i++) {
		digest_add(d, c->pieces[i].id.p, c->pieces[i].id.n);
		digest_add(d, "\n", 1);
	}
	digest_take(d, digest);
	digest_free(d);
	digest_id(digest, id);
	json_put_key(b, "_mdx");
	buf_adds(b, "{\"id\":");
	json_put_cstring(b, id);
	buf_adds(b, ",\"kind\":\"course\"");
	claim = course_deid(c->pieces, c->n, &deid);
	if (deid.n > 0)
		json_put_member(b, SLICE("deid"), buf_slice(&deid));
	buf_release(&deid);
	buf_adds(b, ",\"from\":[");
	for (size_t i = 0; i < c->n; i++) {
		json_put_comma(b);
		json_put_string(b, c->pieces[i].id);
	}
	buf_addc(b, ']');
	if (entries.n > 2) {
		json_put_key(b, "extract");
		buf_add_slice(b, entries);
	}
	buf_addc(b, '}');
	return claim;
}

enum course_deid
course_write(struct course *c, struct buf *b)
{
	struct buf values = { 0 }, entries = { 0 };
	enum course_deid claim;

	buf_addc(b, '{');
	for (size_t i = 0; i < c->on.n; i++) {
		json_put_key_slice(b, c->on.list[i]);
		buf_add_slice(b, c->keys[i]);
	}
	put_gathered(c, b);
	course_merge(c->pieces, c->n, c->arena, &values, &entries);
	if (values.n > 2) {
		json_put_key(b, "indicators");
		buf_add_slice(b, buf_slice(&values));
	}
	claim = put_trail(c, buf_slice(&entries), b);
	buf_addc(b, '}');
	buf_release(&values);
	buf_release(&entries);
	return claim;
}
