#include "sources/s3_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/http_url.h"
#include "io/xml.h"

#define DEEP 8

struct reading {
	struct s3_list *list;
	struct arena *arena;
	struct buf text;
	const char *path[DEEP]; /* names of the elements around */
	size_t depth;
	bool ours, encoded, truncated;
	const char *code;
};

static bool
on_start(void *ctx, const char *name, const char *const *attr, uint64_t offset,
    struct err *e)
{
	struct reading *r = ctx;
	const char *local = xml_local(name);

	(void)attr;
	(void)offset;
	(void)e;
	if (r->depth < DEEP)
		r->path[r->depth] =
		    arena_string(r->arena, local, strlen(local));
	if (r->depth == 0)
		r->ours = strcmp(local, "ListBucketResult") == 0;
	r->depth++;
	buf_reset(&r->text);
	if (r->depth == 2 && strcmp(local, "Contents") == 0) {
		r->list->objects = mem_room(r->list->objects, r->list->n,
		    &r->list->room, sizeof(*r->list->objects));
		r->list->objects[r->list->n++] =
		    (struct s3_object){ .key = "", .etag = "" };
	}
	return true;
}

static bool
on_text(void *ctx, struct slice text, uint64_t offset, struct err *e)
{
	struct reading *r = ctx;

	(void)offset;
	(void)e;
	buf_add_slice(&r->text, text);
	return true;
}

static const char *
text_of(struct reading *r)
{
	return arena_string(r->arena, buf_slice(&r->text).p, r->text.n);
}

static void
take_object(struct reading *r, const char *name)
{
	struct s3_object *o = &r->list->objects[r->list->n - 1];
	unsigned long long size;

	if (strcmp(name, "Key") == 0)
		o->key = text_of(r);
	else if (strcmp(name, "ETag") == 0)
		o->etag = text_of(r);
	else if (strcmp(name, "Size") == 0 &&
	    slice_number(buf_slice(&r->text), &size))
		o->size = size;
}

static bool
on_end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct reading *r = ctx;
	const char *local = xml_local(name);

	(void)offset;
	(void)e;
	r->depth--;
	if (r->depth == 2 && strcmp(r->path[1], "Contents") == 0) {
		take_object(r, local);
	} else if (r->depth == 1) {
		if (strcmp(local, "IsTruncated") == 0)
			r->truncated = slice_is(buf_slice(&r->text), "true");
		else if (strcmp(local, "NextContinuationToken") == 0)
			r->list->next = text_of(r);
		else if (strcmp(local, "EncodingType") == 0)
			r->encoded = slice_is(buf_slice(&r->text), "url");
		else if (strcmp(local, "Code") == 0)
			r->code = text_of(r);
	}
	buf_reset(&r->text);
	return true;
}

static const struct xml_events events = { on_start, on_end, on_text };

static void
decode_keys(struct reading *r)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < r->list->n; i++) {
		struct s3_object *o = &r->list->objects[i];

		buf_reset(&b);
		http_url_decode(&b, slice_of(o->key), true);
		o->key = arena_string(r->arena, buf_slice(&b).p, b.n);
	}
	buf_release(&b);
}

bool
s3_list_parse(
    struct slice xml, struct arena *a, struct s3_list *list, struct err *e)
{
	struct reading r = { .list = list, .arena = a };
	struct err why = { 0 };
	bool ok;

	list->n = 0;
	list->next = NULL;
	ok = xml_parse(xml, &events, &r, &why) && r.ours;
	buf_release(&r.text);
	if (!ok)
		return err_set(e, ERR_SERVICE,
		    "the answer is no list of objects (ListObjectsV2)");
	if (r.encoded)
		decode_keys(&r);
	if (!r.truncated)
		list->next = NULL;
	else if (list->next == NULL)
		return err_set(e, ERR_SERVICE,
		    "the list of objects is cut off and names no "
		    "continuation (ListObjectsV2)");
	return true;
}

void
s3_list_release(struct s3_list *list)
{
	mem_free(list->objects);
	memset(list, 0, sizeof(*list));
}

const char *
s3_error_code(struct slice xml, struct arena *a)
{
	struct s3_list list = { 0 };
	struct reading r = { .list = &list, .arena = a };
	struct err ignored = { 0 };

	xml_parse(xml, &events, &r, &ignored);
	buf_release(&r.text);
	s3_list_release(&list);
	if (r.code == NULL || strlen(r.code) > 64 ||
	    strspn(r.code,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz") != strlen(r.code))
		return NULL;
	return r.code;
}
