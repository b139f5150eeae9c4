/*
 * One line of JSON, the ids, the entries; all of it under one digest, which
 * the summary of the shard carries.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/mem.h"
#include "io/overflow.h"
#include "io/reader.h"
#include "io/runs.h"
#include "io/writer.h"
#include "json/value.h"
#include "json/write.h"
#include "rules/keys.h"
#include "rules/keys_parts.h"

#define FORMAT       "mdx-qc-keys/2"
#define LONGEST_HEAD ((size_t)64 << 20)
#define WINDOW       (64u << 10)

/* Shards have names of any sort: the file has the digest of it. */
static const char *
path_of(const char *folder, struct slice shard, struct arena *a)
{
	uint8_t digest[DIGEST_SIZE];
	char id[DIGEST_ID + 1];

	digest_bytes(shard.p, shard.n, digest);
	digest_id(digest, id);
	return arena_printf(a, "%s/%s.keys", folder, id);
}

/* --- writing ---------------------------------------------------------------------- */

struct writing {
	struct keys *const *keys;
	size_t n;
	struct index *groups;
	uint32_t **maps; /* of the groups of each of the keys */
	uint64_t *bases; /* of their ids */
	uint64_t ids, entries;
	struct writer *to;
};

static void
number_all(struct writing *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct keys *k = w->keys[i];
		size_t n = index_count(k->groups);

		w->maps[i] = mem_zalloc((n + 1) * sizeof(**w->maps));
		for (size_t g = 0; g < n; g++)
			w->maps[i][g] = (uint32_t)index_add(
			    w->groups, index_name(k->groups, g), NULL);
		w->bases[i] = w->ids;
		w->ids += k->ids_size;
		w->entries += runs_count(k->notes);
	}
}

static bool
put_head(struct writing *w, struct slice logic, struct err *e)
{
	struct buf b = { 0 };
	bool ok;

	buf_adds(&b, "{\"format\":\"" FORMAT "\",\"logic\":");
	json_put_string(&b, logic);
	json_put_key(&b, "spans");
	buf_adds(&b, w->keys[0]->spans ? "true" : "false");
	json_put_key(&b, "ids");
	json_put_uint(&b, w->ids);
	json_put_key(&b, "entries");
	json_put_uint(&b, w->entries);
	json_put_key(&b, "groups");
	buf_addc(&b, '[');
	for (size_t i = 0; i < index_count(w->groups); i++) {
		json_put_comma(&b);
		json_put_string(&b, index_name(w->groups, i));
	}
	buf_adds(&b, "]}\n");
	ok = writer_add(w->to, buf_slice(&b), e);
	buf_release(&b);
	return ok;
}

static bool
put_ids(struct writing *w, struct err *e)
{
	char window[WINDOW];
	bool ok = true;

	for (size_t i = 0; i < w->n; i++) {
		const struct keys *k = w->keys[i];

		ok = ok && overflow_flush(k->ids, e);
		for (uint64_t at = 0; ok && at < k->ids_size;) {
			size_t n = k->ids_size - at < WINDOW
			    ? (size_t)(k->ids_size - at)
			    : WINDOW;

			ok = overflow_read(k->ids, at, window, n, e) &&
			    writer_add(w->to, (struct slice){ window, n }, e);
			at += n;
		}
	}
	return ok;
}

static bool
put_entries(struct writing *w, struct err *e)
{
	struct runs **list = mem_alloc((w->n + 1) * sizeof(struct runs *));
	bool spans = w->keys[0]->spans, ok = true;
	struct runs_walk *walk;
	const uint8_t *bytes;
	uint8_t to[RUNS_SIZE];
	struct entry n;
	size_t from;

	for (size_t i = 0; i < w->n; i++)
		list[i] = w->keys[i]->notes;
	walk = runs_walk_new(list, w->n);
	while (ok && (bytes = runs_next(walk, &from, e)) != NULL) {
		entry_get(&n, spans, bytes);
		n.group = w->maps[from][n.group];
		if (n.id != NO_ID)
			n.id += w->bases[from];
		entry_put(&n, spans, to);
		ok = writer_add(
		    w->to, (struct slice){ (char *)to, entry_size(spans) }, e);
	}
	runs_walk_free(walk);
	mem_free(list);
	return ok && e->kind == ERR_NONE;
}

bool
keys_write(struct keys *const *keys, size_t n, const char *folder,
    struct slice shard, struct slice logic, struct arena *a,
    struct slice *digest, struct err *e)
{
	struct writing w = { .keys = keys, .n = n, .groups = index_new() };
	uint8_t bytes[DIGEST_SIZE];
	char hex[65];
	bool ok = true;

	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		ok = err_sys(e, ERR_OUTPUT, "--state '%s'", folder);
	w.maps = mem_zalloc((n + 1) * sizeof(uint32_t *));
	w.bases = mem_zalloc((n + 1) * sizeof(*w.bases));
	number_all(&w);
	if (ok)
		w.to = writer_open_mode(path_of(folder, shard, a), 0600, e);
	if (w.to != NULL) {
		writer_hash(w.to);
		ok = put_head(&w, logic, e) && put_ids(&w, e) &&
		    put_entries(&w, e) && writer_commit(w.to, e);
	}
	if (w.to != NULL && ok) {
		writer_digest(w.to, bytes);
		digest_hex(bytes, hex);
		*digest = arena_slice(a, slice_of(hex));
	}
	ok = ok && w.to != NULL;
	writer_free(w.to);
	for (size_t i = 0; i < n; i++)
		mem_free(w.maps[i]);
	mem_free(w.maps);
	mem_free(w.bases);
	index_free(w.groups);
	return ok;
}

/* --- reading ---------------------------------------------------------------------- */

static bool
check_digest(const char *path, struct slice want, uint64_t *size, struct err *e)
{
	struct reader *r = reader_open(path, NULL, e);
	uint8_t digest[DIGEST_SIZE];
	char window[WINDOW], hex[65];
	long n;

	if (r == NULL)
		return false;
	reader_hash(r);
	while ((n = reader_read(r, window, sizeof(window), e)) > 0)
		;
	reader_digest(r, digest);
	*size = reader_bytes(r);
	reader_free(r);
	digest_hex(digest, hex);
	return n == 0 &&
	    (slice_is(want, hex) ||
		err_set(e, ERR_INPUT,
		    "%s: not the keys that the summary was made with", path));
}

static uint64_t
number_of(const struct value *v, const char *name)
{
	const struct value *n = value_get(v, name);
	unsigned long long out = 0;

	if (n != NULL && n->type == JSON_NUMBER)
		slice_number(n->text, &out);
	return out;
}

/* The digest is right, and still nothing is believed. */
static struct keys *
parse_head(const char *path, int fd, uint64_t size, struct slice head,
    struct slice logic, struct arena *a, struct err *e)
{
	struct value *v = value_parse(a, head.p, head.n, e);
	const struct value *groups = value_get(v, "groups");
	const struct value *spans = value_get(v, "spans");
	uint64_t ids = number_of(v, "ids"), n = number_of(v, "entries");
	struct keys *k;
	size_t entry;
	int ids_fd, notes_fd;

	if (v == NULL || groups == NULL || groups->type != JSON_ARRAY ||
	    spans == NULL || !slice_is(value_text(v, "format", ""), FORMAT)) {
		err_set(e, ERR_INPUT, "%s: this is no " FORMAT, path);
		return NULL;
	}
	entry = entry_size(spans->type == JSON_TRUE);
	if (ids > size || n > size / entry ||
	    head.n + 1 + ids + n * entry != size ||
	    !slice_eq(value_text(v, "logic", ""), logic)) {
		err_set(e, ERR_INPUT, "%s: not the keys of these rules", path);
		return NULL;
	}
	ids_fd = dup(fd);
	notes_fd = dup(fd);
	if (ids_fd < 0 || notes_fd < 0) {
		err_sys(e, ERR_INPUT, "%s", path);
		close(ids_fd);
		close(notes_fd);
		return NULL;
	}
	k = mem_zalloc(sizeof(*k));
	k->spans = spans->type == JSON_TRUE;
	k->groups = index_new();
	for (size_t i = 0; i < groups->count; i++)
		index_add(k->groups, groups->items[i].text, NULL);
	k->ids_size = ids;
	k->ids = overflow_of_file(ids_fd, head.n + 1);
	k->notes = runs_of_file(notes_fd, head.n + 1 + ids, n, entry);
	return k;
}

static struct keys *
open_keys(const char *path, uint64_t size, struct slice logic, struct arena *a,
    struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = size < LONGEST_HEAD ? (size_t)size : LONGEST_HEAD;
	struct keys *k = NULL;
	const char *end = NULL;
	char *text = NULL;

	if (fd < 0) {
		err_sys(e, ERR_INPUT, "%s", path);
		return NULL;
	}
	for (size_t room = 0; end == NULL && room < n;) {
		room = 2 * room + WINDOW < n ? 2 * room + WINDOW : n;
		text = mem_resize(text, room + 1, 1);
		if (!overflow_get(fd, text, room, 0, e))
			break;
		end = memchr(text, '\n', room);
	}
	if (end != NULL)
		k = parse_head(
		    path, fd, size, slice_span(text, end), logic, a, e);
	else if (e->kind == ERR_NONE)
		err_set(e, ERR_INPUT, "%s: this is no " FORMAT, path);
	mem_free(text);
	close(fd);
	return k;
}

struct keys *
keys_read(const char *folder, const struct shard *shard, struct slice logic,
    struct err *e)
{
	struct arena *a = arena_new();
	const char *path = path_of(folder, shard->id, a);
	struct keys *k = NULL;
	uint64_t size;

	if (check_digest(path, shard->state, &size, e))
		k = open_keys(path, size, logic, a, e);
	arena_free(a);
	return k;
}
