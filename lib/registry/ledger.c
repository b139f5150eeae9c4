#include "registry/ledger.h"

#include <sys/stat.h>

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/mem.h"
#include "io/reader.h"
#include "io/writer.h"
#include "json/scan.h"
#include "json/write.h"

#define LONGEST 65535 /* of an entry in a bundle */

/* --- the tree's hashes in the catalogue ---------------------------------- */

static bool
get_hash(void *ctx, unsigned level, uint64_t number, struct tree_hash *hash,
    struct err *e)
{
	struct registry *r = ctx;
	struct statement *s = store_prepare(
	    r->db, "SELECT hash FROM node WHERE level = ?1 AND number = ?2", e);
	bool ok = false;

	if (s == NULL)
		return false;
	statement_bind_int(s, 1, level);
	statement_bind_int(s, 2, (int64_t)number);
	if (statement_step(s, e) == 1) {
		struct slice blob = statement_blob(s, 0);

		ok = blob.n == DIGEST_SIZE;
		if (ok)
			memcpy(hash->bytes, blob.p, DIGEST_SIZE);
	}
	statement_free(s);
	return ok ||
	    err_data(e, "forged", "log: no hash %llu of level %u",
		(unsigned long long)number, level);
}

static bool
put_hash(void *ctx, unsigned level, uint64_t number,
    const struct tree_hash *hash, struct err *e)
{
	struct registry *r = ctx;
	struct statement *s =
	    store_prepare(r->db, "INSERT INTO node VALUES(?1, ?2, ?3)", e);
	bool ok;

	if (s == NULL)
		return false;
	statement_bind_int(s, 1, level);
	statement_bind_int(s, 2, (int64_t)number);
	statement_bind_blob(
	    s, 3, (struct slice){ (const char *)hash->bytes, DIGEST_SIZE });
	ok = statement_run(s, e);
	statement_free(s);
	return ok;
}

static struct tree_store
tree_of(struct registry *r)
{
	return (struct tree_store){ r, get_hash, put_hash };
}

static bool
one_number(struct registry *r, const char *sql, int64_t *out, struct err *e)
{
	struct statement *s = store_prepare(r->db, sql, e);
	int got = s == NULL ? -1 : statement_step(s, e);

	if (got == 1)
		*out = statement_int(s, 0);
	statement_free(s);
	return got == 1;
}

bool
ledger_size(struct registry *r, uint64_t *size, struct err *e)
{
	int64_t n = 0;

	if (!one_number(r, "SELECT coalesce(max(n) + 1, 0) FROM entry", &n, e))
		return false;
	*size = (uint64_t)n;
	return true;
}

bool
ledger_root(
    struct registry *r, uint64_t size, struct tree_hash *root, struct err *e)
{
	struct tree_store t = tree_of(r);

	return tree_root(&t, size, root, e);
}

/* --- an event ------------------------------------------------------------ */

/* The later of the wall clock and the last entry's: times never fall. */
static bool
next_time(struct registry *r, int64_t *t, struct err *e)
{
	int64_t last = 0;

	*t = (int64_t)time(NULL);
	if (!one_number(r, "SELECT coalesce(max(t), 0) FROM entry", &last, e))
		return false;
	if (last > *t)
		*t = last;
	return true;
}

static void
put_event(struct registry *r, const struct event *v, int64_t t, struct buf *b)
{
	struct date date = date_of_seconds(t, 0);
	char text[DATE_TEXT];

	date_print(&date, text);
	buf_addf(b, "{\"v\":1,\"n\":%llu,\"t\":", (unsigned long long)v->n);
	json_put_cstring(b, text);
	json_put_key(b, "type");
	json_put_cstring(b, v->type);
	json_put_key(b, "actor");
	json_put_string(b, r->actor.name);
	if (v->asset.n > 0) {
		json_put_key(b, "asset");
		json_put_string(b, v->asset);
	}
	if (v->to.n > 0) {
		json_put_key(b, "from");
		json_put_string(b, v->from);
		json_put_key(b, "to");
		json_put_string(b, v->to);
	}
	json_put_key(b, "body");
	buf_add_slice(b, v->body.n > 0 ? v->body : SLICE("{}"));
	buf_addc(b, '}');
}

/* The entry: the canonical event with the signature of who acts. */
static bool
make_entry(struct registry *r, const struct event *v, int64_t t,
    struct buf *entry, struct err *e)
{
	struct buf event = { 0 }, canonical = { 0 }, pae = { 0 }, raw = { 0 };
	uint8_t sig[SIGN_SIZE];
	struct slice padded;
	bool ok;

	put_event(r, v, t, &event);
	padded = json_pad(buf_slice(&event), r->arena);
	ok = json_canonical(padded, &canonical, e);
	if (ok) {
		dsse_pae(&pae, EVENT_TYPE, buf_slice(&canonical));
		signer_sign(r->signer, buf_slice(&pae), sig);
		buf_adds(&raw, "{\"event\":");
		buf_add_slice(&raw, buf_slice(&canonical));
		buf_adds(&raw, ",\"sig\":[{\"key\":");
		json_put_string(&raw, vkey_label(&r->actor.key, r->arena));
		buf_adds(&raw, ",\"sig\":\"");
		note_base64(&raw, sig, sizeof(sig));
		buf_adds(&raw, "\"}]}");
		ok = json_canonical(
		    json_pad(buf_slice(&raw), r->arena), entry, e);
	}
	if (ok && entry->n > LONGEST)
		ok = err_set(e, ERR_USAGE,
		    "the text of this change is longer than %d bytes", LONGEST);
	buf_release(&event);
	buf_release(&canonical);
	buf_release(&pae);
	buf_release(&raw);
	return ok;
}

bool
ledger_append(struct registry *r, struct event *v, struct err *e)
{
	struct tree_store tree = tree_of(r);
	struct buf entry = { 0 };
	struct tree_hash leaf;
	struct statement *s = NULL;
	int64_t t = 0;
	bool ok;

	ok = ledger_size(r, &v->n, e) && next_time(r, &t, e) &&
	    make_entry(r, v, t, &entry, e);
	if (ok) {
		s = store_prepare(r->db,
		    "INSERT INTO entry VALUES(?1, ?2, ?3, ?4, ?5, ?6)", e);
		ok = s != NULL;
	}
	if (ok) {
		statement_bind_int(s, 1, (int64_t)v->n);
		statement_bind_int(s, 2, t);
		statement_bind(s, 3, slice_of(v->type));
		statement_bind(s, 4, r->actor.name);
		if (v->asset.n > 0)
			statement_bind(s, 5, v->asset);
		else
			statement_bind_null(s, 5);
		statement_bind_blob(s, 6, buf_slice(&entry));
		ok = statement_run(s, e);
	}
	if (ok) {
		tree_leaf(buf_slice(&entry), &leaf);
		ok = tree_append(&tree, v->n, &leaf, e);
	}
	statement_free(s);
	buf_release(&entry);
	return ok;
}

bool
ledger_add_party(struct registry *r, const struct party *p, const char *title,
    const char *org, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "INSERT INTO party(name,"
	    " public, roles, title, org) VALUES(?1, ?2, ?3, ?4, ?5)"
	    " ON CONFLICT(name) DO UPDATE SET public = excluded.public,"
	    " roles = excluded.roles, title = excluded.title,"
	    " org = excluded.org, revoked = 0",
	    e);
	bool ok;

	if (s == NULL)
		return false;
	statement_bind(s, 1, p->name);
	statement_bind_blob(
	    s, 2, (struct slice){ (const char *)p->key.public, SIGN_PUBLIC });
	statement_bind(s, 3, p->roles);
	statement_bind(s, 4, slice_of(title == NULL ? "" : title));
	statement_bind(s, 5, slice_of(org == NULL ? "" : org));
	ok = statement_run(s, e);
	statement_free(s);
	return ok;
}

/* --- publishing ---------------------------------------------------------- */

static bool
make_parents(const char *path, struct err *e)
{
	char *copy = mem_string(path, strlen(path)), *p = copy;
	bool ok = true;

	while (ok && (p = strchr(p + 1, '/')) != NULL) {
		*p = '\0';
		ok = mkdir(copy, 0755) == 0 || errno == EEXIST;
		if (!ok)
			err_sys(e, ERR_OUTPUT, "%s", copy);
		*p = '/';
	}
	mem_free(copy);
	return ok;
}

static bool
tile_bytes(struct registry *r, int level, uint64_t number, unsigned width,
    struct buf *b, struct err *e)
{
	struct tree_hash hash;

	for (unsigned i = 0; i < width; i++) {
		if (!get_hash(r, 8 * (unsigned)level, number * TILE_WIDTH + i,
			&hash, e))
			return false;
		buf_add(b, hash.bytes, DIGEST_SIZE);
	}
	return true;
}

/* Each entry behind its length of two bytes, high one first. */
static bool
bundle_bytes(struct registry *r, uint64_t number, unsigned width, struct buf *b,
    struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT bytes FROM entry"
	    " WHERE n >= ?1 AND n < ?2 ORDER BY n",
	    e);
	int got;

	if (s == NULL)
		return false;
	statement_bind_int(s, 1, (int64_t)(number * TILE_WIDTH));
	statement_bind_int(s, 2, (int64_t)(number * TILE_WIDTH + width));
	while ((got = statement_step(s, e)) == 1) {
		struct slice entry = statement_blob(s, 0);

		buf_addc(b, (char)(entry.n >> 8));
		buf_addc(b, (char)(entry.n & 0xFF));
		buf_add_slice(b, entry);
	}
	statement_free(s);
	return got == 0;
}

static bool
log_bytes(struct registry *r, int level, uint64_t number, unsigned width,
    struct buf *b, struct err *e)
{
	return level < 0 ? bundle_bytes(r, number, width, b, e)
			 : tile_bytes(r, level, number, width, b, e);
}

static const char *
log_path(struct registry *r, int level, uint64_t number, unsigned width)
{
	struct buf b = { 0 };
	const char *path;

	tile_path(&b, level, number, width);
	path = registry_path(r, "log/%s", buf_string(&b));
	buf_release(&b);
	return path;
}

/* What is there already is left alone; verify says where it differs. */
static bool
write_tile(struct registry *r, int level, uint64_t number, unsigned width,
    struct err *e)
{
	const char *path = log_path(r, level, number, width);
	struct buf b = { 0 };
	bool ok;

	if (access(path, F_OK) == 0)
		return true;
	ok = make_parents(path, e) &&
	    log_bytes(r, level, number, width, &b, e) &&
	    writer_put_file(path, buf_slice(&b), e);
	buf_release(&b);
	return ok;
}

/*
 * Calls back for every tile and bundle that a tree of this size has and one of
 * the old size had not: full ones that were completed, and the last partial.
 */
static bool
each_tile(struct registry *r, uint64_t old, uint64_t size,
    bool (*each)(struct registry *, int, uint64_t, unsigned, struct err *),
    struct err *e)
{
	for (int level = -1; level < 8; level++) {
		unsigned shift = level < 0 ? 0 : 8 * (unsigned)level;
		uint64_t have = size >> shift, from = old >> shift;

		if (have == 0)
			break;
		for (uint64_t n = from / TILE_WIDTH; n * TILE_WIDTH < have;
		     n++) {
			uint64_t width = have - n * TILE_WIDTH;

			if (width > TILE_WIDTH)
				width = TILE_WIDTH;
			if (!each(r, level, n, (unsigned)width, e))
				return false;
		}
	}
	return true;
}

static void
put_checkpoint(struct registry *r, uint64_t size, const struct tree_hash *root,
    struct buf *b)
{
	buf_add_slice(b, r->log.name);
	buf_addf(b, "\n%llu\n", (unsigned long long)size);
	note_base64(b, root->bytes, DIGEST_SIZE);
	buf_addc(b, '\n');
}

/* The size that the published checkpoint speaks of; 0 where there is none. */
static uint64_t
published_size(struct registry *r, struct buf *note, struct slice *text)
{
	const char *path = registry_path(r, "log/checkpoint");
	struct slice rest, origin, size;
	unsigned long long n;

	if (access(path, F_OK) != 0 ||
	    !reader_slurp(path, 1 << 16, note, NULL) ||
	    !note_open(buf_slice(note), &r->log, text))
		return 0;
	rest = *text;
	if (!slice_next(&rest, '\n', &origin) ||
	    !slice_next(&rest, '\n', &size) || !slice_number(size, &n))
		return 0;
	return n;
}

bool
ledger_checkpoint(struct registry *r, struct buf *note, struct err *e)
{
	struct tree_hash root;
	struct buf text = { 0 };
	uint64_t size = 0;
	bool ok = ledger_size(r, &size, e) && ledger_root(r, size, &root, e);

	if (ok) {
		put_checkpoint(r, size, &root, &text);
		note_sign(buf_slice(&text), &r->log, r->log_signer, note);
	}
	buf_release(&text);
	return ok;
}

bool
ledger_publish(struct registry *r, struct err *e)
{
	struct buf note = { 0 };
	struct slice text;
	uint64_t size = 0, old = published_size(r, &note, &text);
	bool ok = ledger_size(r, &size, e);

	buf_reset(&note);
	if (ok && size > old)
		ok = each_tile(r, old, size, write_tile, e) &&
		    ledger_checkpoint(r, &note, e) &&
		    writer_put_file(registry_path(r, "log/checkpoint"),
			buf_slice(&note), e);
	buf_release(&note);
	return ok;
}

bool
ledger_proof(struct registry *r, uint64_t n, struct buf *to, struct err *e)
{
	struct tree_store tree = tree_of(r);
	struct buf hashes = { 0 };
	uint64_t size = 0;
	bool ok =
	    ledger_size(r, &size, e) && tree_prove(&tree, n, size, &hashes, e);

	if (ok) {
		buf_addf(to, "c2sp.org/tlog-proof@v1\nindex %llu\n",
		    (unsigned long long)n);
		for (size_t i = 0; i < hashes.n; i += DIGEST_SIZE) {
			note_base64(to, hashes.p + i, DIGEST_SIZE);
			buf_addc(to, '\n');
		}
		buf_addc(to, '\n');
		ok = ledger_checkpoint(r, to, e);
	}
	buf_release(&hashes);
	return ok;
}

bool
ledger_each(struct registry *r,
    bool (*each)(void *, uint64_t, struct slice, struct err *), void *ctx,
    struct err *e)
{
	struct statement *s =
	    store_prepare(r->db, "SELECT n, bytes FROM entry ORDER BY n", e);
	int got = -1;

	while (s != NULL && (got = statement_step(s, e)) == 1)
		if (!each(ctx, (uint64_t)statement_int(s, 0),
			statement_blob(s, 1), e)) {
			got = -1;
			break;
		}
	statement_free(s);
	return got == 0;
}

/* --- verifying ----------------------------------------------------------- */

/*
 * The replay: parties as they were at each entry, so that a role taken away
 * later does not hurt what was signed before.
 */
struct replay {
	struct registry *registry;
	struct arena *arena;   /* of one entry */
	struct arena *lasting; /* of the parties */
	struct party parties[4096];
	size_t nparties;
	uint64_t next;
};

static struct party *
replay_party(struct replay *p, struct slice name)
{
	for (size_t i = 0; i < p->nparties; i++)
		if (slice_eq(p->parties[i].name, name))
			return &p->parties[i];
	return NULL;
}

static bool
replay_add(struct replay *p, struct json body, struct err *e)
{
	struct slice name = json_text(json_get(body, "name"), p->arena);
	struct slice text = json_text(json_get(body, "vkey"), p->arena);
	struct party *to = replay_party(p, name);

	if (to == NULL) {
		if (p->nparties == sizeof(p->parties) / sizeof(p->parties[0]))
			return err_set(
			    e, ERR_INPUT, "more than %zu parties", p->nparties);
		to = &p->parties[p->nparties++];
	}
	to->name = arena_slice(p->lasting, name);
	return vkey_parse(arena_slice(p->lasting, text), &to->key, e);
}

static bool
check_signature(struct replay *p, struct json entry, struct err *e)
{
	struct json event = json_get(entry, "event");
	struct json sig = json_pointer(entry, SLICE("/sig/0"));
	struct slice actor = json_text(json_get(event, "actor"), p->arena);
	struct slice label = json_text(json_get(sig, "key"), p->arena);
	struct party *party = replay_party(p, actor);
	struct buf bytes = { 0 }, pae = { 0 };
	bool ok;

	ok = party != NULL &&
	    slice_eq(label, vkey_label(&party->key, p->arena)) &&
	    note_unbase64(json_text(json_get(sig, "sig"), p->arena), &bytes) &&
	    bytes.n == SIGN_SIZE;
	if (ok) {
		dsse_pae(&pae, EVENT_TYPE, event.text);
		ok = sign_verify(party->key.public, buf_slice(&pae),
		    (const uint8_t *)bytes.p);
	}
	buf_release(&bytes);
	buf_release(&pae);
	return ok || err_data(e, "forged", "signature is not that of a party");
}

static bool
check_entry(void *ctx, uint64_t n, struct slice bytes, struct err *e)
{
	struct replay *p = ctx;
	struct tree_hash leaf, stored;
	struct json entry, event, type;
	struct slice padded;
	bool ok;

	arena_reset(p->arena);
	padded = json_pad(bytes, p->arena);
	if (!json_check(padded.p, padded.n, 0, e))
		return err_data(e, "forged", "log: entry %llu is no JSON",
		    (unsigned long long)n);
	entry = json_of(padded);
	event = json_get(entry, "event");
	type = json_get(event, "type");
	tree_leaf(bytes, &leaf);
	ok = n == p->next && get_hash(p->registry, 0, n, &stored, e) &&
	    (memcmp(leaf.bytes, stored.bytes, DIGEST_SIZE) == 0 ||
		err_data(
		    e, "forged", "bytes do not have the hash of the tree"));
	if (ok &&
	    (slice_is(type.text, "\"init\"") ||
		slice_is(type.text, "\"party\"")))
		ok = replay_add(p, json_get(event, "body"), e);
	ok = ok && check_signature(p, entry, e);
	p->next++;
	if (!ok && e->text[0] == '\0')
		err_data(e, "forged", "entries are not in a row");
	return ok || err_wrap(e, "log: entry %llu", (unsigned long long)n);
}

static bool
compare_tile(struct registry *r, int level, uint64_t number, unsigned width,
    struct err *e)
{
	const char *path = log_path(r, level, number, width);
	struct buf want = { 0 }, have = { 0 };
	bool ok = log_bytes(r, level, number, width, &want, e);

	if (ok &&
	    (!reader_slurp(path, 32 << 20, &have, NULL) ||
		!slice_eq(buf_slice(&want), buf_slice(&have))))
		ok = err_data(e, "forged",
		    "%s: missing, or not what the "
		    "entries give",
		    path + strlen(r->folder) + 1);
	buf_release(&want);
	buf_release(&have);
	return ok;
}

static bool
check_checkpoint(struct registry *r, uint64_t size, struct err *e)
{
	struct buf note = { 0 }, want = { 0 };
	struct tree_hash root;
	struct slice text = { "", 0 };
	uint64_t published = published_size(r, &note, &text);
	bool ok = true;

	if (published > size)
		ok = err_data(e, "rollback",
		    "log: the checkpoint speaks of "
		    "%llu entries, the catalogue has %llu",
		    (unsigned long long)published, (unsigned long long)size);
	else if (published < size)
		ok = err_data(e, "forged",
		    "log: the checkpoint is missing, "
		    "older than the catalogue, or not signed by the log");
	if (ok)
		ok = ledger_root(r, size, &root, e);
	if (ok) {
		put_checkpoint(r, size, &root, &want);
		if (!slice_eq(buf_slice(&want), text))
			ok = err_data(e, "fork",
			    "log: the checkpoint has "
			    "another root for %llu entries",
			    (unsigned long long)size);
	}
	buf_release(&note);
	buf_release(&want);
	return ok;
}

/* The inner hashes, computed anew from the leaves. */
static bool
check_nodes(struct registry *r, uint64_t size, struct err *e)
{
	struct tree_hash hash, left, right;

	for (unsigned level = 1; size >> level > 0; level++)
		for (uint64_t n = 0; n < size >> level; n++) {
			uint8_t both[1 + 2 * DIGEST_SIZE] = { 1 };

			if (!get_hash(r, level, n, &hash, e) ||
			    !get_hash(r, level - 1, 2 * n, &left, e) ||
			    !get_hash(r, level - 1, 2 * n + 1, &right, e))
				return false;
			memcpy(both + 1, left.bytes, DIGEST_SIZE);
			memcpy(
			    both + 1 + DIGEST_SIZE, right.bytes, DIGEST_SIZE);
			digest_bytes(both, sizeof(both), left.bytes);
			if (memcmp(left.bytes, hash.bytes, DIGEST_SIZE) != 0)
				return err_data(e, "forged",
				    "log: hash %llu "
				    "of level %u is wrong",
				    (unsigned long long)n, level);
		}
	return true;
}

bool
ledger_verify(struct registry *r, uint64_t *entries, struct err *e)
{
	struct replay *p = mem_zalloc(sizeof(*p));
	bool ok;

	p->registry = r;
	p->arena = arena_new();
	p->lasting = arena_new();
	ok = ledger_each(r, check_entry, p, e);
	*entries = p->next;
	ok = ok && check_nodes(r, *entries, e) &&
	    check_checkpoint(r, *entries, e) &&
	    each_tile(r, 0, *entries, compare_tile, e);
	arena_free(p->arena);
	arena_free(p->lasting);
	mem_free(p);
	return ok;
}
