#include "registry/registry.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/lock.h"
#include "io/reader.h"
#include "io/writer.h"
#include "json/value.h"
#include "json/write.h"
#include "registry/ledger.h"

#define FORMAT 1
#define SMALL  ((size_t)1 << 16)

static const struct store_schema schema = { .what = "register",
	.application = 0x6D647872,
	.version = FORMAT,
	.sql =
	    "CREATE TABLE entry(n INTEGER PRIMARY KEY, t INTEGER NOT NULL,"
	    " type TEXT NOT NULL, actor TEXT NOT NULL, asset TEXT,"
	    " bytes BLOB NOT NULL) STRICT;"
	    "CREATE INDEX entry_asset ON entry(asset);"
	    "CREATE TABLE node(level INTEGER, number INTEGER,"
	    " hash BLOB NOT NULL, PRIMARY KEY(level, number))"
	    " STRICT, WITHOUT ROWID;"
	    "CREATE TABLE party(name TEXT PRIMARY KEY, public BLOB NOT NULL"
	    " UNIQUE, roles TEXT NOT NULL, title TEXT, org TEXT,"
	    " revoked INTEGER NOT NULL DEFAULT 0) STRICT;"
	    "CREATE TABLE asset(code TEXT PRIMARY KEY, kind TEXT NOT NULL,"
	    " state TEXT NOT NULL, steward TEXT NOT NULL, submitter TEXT)"
	    " STRICT;"
	    "CREATE TABLE card(asset TEXT NOT NULL REFERENCES asset, key TEXT"
	    " NOT NULL, sub TEXT NOT NULL, json TEXT NOT NULL,"
	    " PRIMARY KEY(asset, key, sub)) STRICT, WITHOUT ROWID;"
	    "CREATE TABLE version(asset TEXT NOT NULL REFERENCES asset,"
	    " n INTEGER NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL,"
	    " bytes INTEGER NOT NULL, stored INTEGER NOT NULL,"
	    " facts TEXT NOT NULL, entry INTEGER NOT NULL,"
	    " PRIMARY KEY(asset, n)) STRICT, WITHOUT ROWID;"
	    "CREATE TABLE part(asset TEXT NOT NULL, version INTEGER NOT NULL,"
	    " place INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT"
	    " NULL, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, stored"
	    " INTEGER NOT NULL, PRIMARY KEY(asset, version, place),"
	    " FOREIGN KEY(asset, version) REFERENCES version)"
	    " STRICT, WITHOUT ROWID;"
	    "CREATE TABLE input(asset TEXT NOT NULL, version INTEGER NOT NULL,"
	    " source TEXT NOT NULL, detail TEXT NOT NULL,"
	    " PRIMARY KEY(asset, version, source, detail))"
	    " STRICT, WITHOUT ROWID;"
	    "CREATE TABLE certificate(no TEXT PRIMARY KEY, asset TEXT NOT"
	    " NULL, version INTEGER NOT NULL, entry INTEGER NOT NULL,"
	    " envelope TEXT NOT NULL) STRICT;" };

const char *
registry_path(struct registry *r, const char *fmt, ...)
{
	char below[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(below, sizeof(below), fmt, args);
	va_end(args);
	return arena_printf(r->arena, "%s/%s", r->folder, below);
}

void
registry_close(struct registry *r)
{
	if (r == NULL)
		return;
	store_close(r->db);
	lock_release(r->lock);
	signer_free(r->log_signer);
	signer_free(r->signer);
	sign_wipe(r->kek, sizeof(r->kek));
	arena_free(r->arena);
	mem_free(r);
}

/* --- keys ---------------------------------------------------------------- */

static bool
write_secret(const char *path, const void *bytes, size_t n, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok =
	    fd >= 0 && write(fd, bytes, n) == (ssize_t)n && fsync(fd) == 0;

	if (!ok)
		err_sys(e, ERR_OUTPUT, "%s", path);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Others must not be able to read a secret. */
static bool
read_secret(const char *path, struct buf *to, struct err *e)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_sys(e, ERR_USAGE, "%s", path);
	if ((st.st_mode & 077) != 0)
		return err_set(
		    e, ERR_USAGE, "%s: others may read it (chmod 600)", path);
	return reader_slurp(path, SMALL, to, e);
}

static bool
load_kek(const char *path, bool make, uint8_t kek[SEAL_KEY], struct err *e)
{
	struct buf text = { 0 };
	bool ok;

	if (make && access(path, F_OK) != 0) {
		sign_random(kek, SEAL_KEY);
		return write_secret(path, kek, SEAL_KEY, e);
	}
	ok = read_secret(path, &text, e);
	if (ok && text.n != SEAL_KEY)
		ok = err_set(e, ERR_USAGE, "%s: holds %zu bytes, not %d", path,
		    text.n, SEAL_KEY);
	if (ok)
		memcpy(kek, text.p, SEAL_KEY);
	sign_wipe(text.p, text.n);
	buf_release(&text);
	return ok;
}

static bool
save_sealed(const char *path, const uint8_t kek[SEAL_KEY], struct slice name,
    const uint8_t secret[SEAL_KEY], struct err *e)
{
	struct buf sealed = { 0 };
	bool ok;

	seal(kek, name, (struct slice){ (const char *)secret, SEAL_KEY },
	    &sealed);
	ok = write_secret(path, sealed.p, sealed.n, e);
	buf_release(&sealed);
	return ok;
}

static bool
load_sealed(const char *path, const uint8_t kek[SEAL_KEY], struct slice name,
    uint8_t secret[SEAL_KEY], struct err *e)
{
	struct buf sealed = { 0 }, plain = { 0 };
	bool ok = read_secret(path, &sealed, e);

	if (!ok)
		e->kind = ERR_INPUT;
	if (ok &&
	    (!unseal(kek, name, buf_slice(&sealed), &plain) ||
		plain.n != SEAL_KEY))
		ok = err_set(e, ERR_INPUT,
		    "%s: damaged, or sealed under "
		    "another key-encryption key",
		    path);
	if (ok)
		memcpy(secret, plain.p, SEAL_KEY);
	if (plain.n > 0)
		sign_wipe(plain.p, plain.n);
	buf_release(&sealed);
	buf_release(&plain);
	return ok;
}

bool
registry_data_key(struct registry *r, struct slice asset, bool make,
    uint8_t key[SEAL_KEY], struct err *e)
{
	const char *path =
	    registry_path(r, "keys/%.*s.key", (int)asset.n, asset.p);

	if (!make || access(path, F_OK) == 0)
		return load_sealed(path, r->kek, asset, key, e);
	sign_random(key, SEAL_KEY);
	return save_sealed(path, r->kek, asset, key, e);
}

/* --- store.json ---------------------------------------------------------- */

static bool
write_settings(struct registry *r, const char *kek, struct err *e)
{
	struct buf b = { 0 };
	bool ok;

	buf_addf(&b, "{\"format\":%d,\"origin\":", FORMAT);
	json_put_string(&b, r->log.name);
	buf_adds(&b, ",\"suite\":\"aes\",\"kek\":");
	json_put_cstring(&b, kek);
	buf_adds(&b, ",\"log\":");
	json_put_string(&b, vkey_text(&r->log, r->arena));
	buf_adds(&b, "}\n");
	ok = writer_put_file(registry_path(r, "store.json"), buf_slice(&b), e);
	buf_release(&b);
	return ok;
}

static bool
read_settings(struct registry *r, const char **kek, struct err *e)
{
	const char *path = registry_path(r, "store.json");
	struct buf text = { 0 };
	const struct value *v = NULL;
	struct slice log;

	if (reader_slurp(path, SMALL, &text, e))
		v = value_parse(r->arena, text.p, text.n, e);
	buf_release(&text);
	if (v == NULL)
		return err_set(e, ERR_INPUT,
		    "%s: is no store (mdx-register "
		    "init makes one)",
		    r->folder);
	if (value_number(value_get(v, "format")) > FORMAT)
		return err_set(
		    e, ERR_INPUT, "%s: made by a newer version", r->folder);
	log = value_text(v, "log", "");
	*kek = arena_slice(r->arena, value_text(v, "kek", "")).p;
	return vkey_parse(log, &r->log, e) ||
	    err_set(e, ERR_INPUT, "%s: damaged", path);
}

/* --- parties ------------------------------------------------------------- */

bool
party_has_role(const struct party *p, const char *role)
{
	struct slice rest = p->roles, word;

	while (slice_next(&rest, ',', &word))
		if (slice_is(word, role))
			return true;
	return false;
}

static void
take_party(struct registry *r, struct statement *s, struct party *p)
{
	struct slice public = statement_blob(s, 1);

	p->name = arena_slice(r->arena, statement_text(s, 0));
	if (public.n == SIGN_PUBLIC)
		vkey_make(&p->key, p->name, (const uint8_t *)public.p);
	p->roles = arena_slice(r->arena, statement_text(s, 2));
	p->revoked = statement_int(s, 3) != 0;
}

bool
registry_party(
    struct registry *r, struct slice name, struct party *p, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT name, public, roles,"
	    " revoked FROM party WHERE name = ?1",
	    e);
	int got = -1;

	if (s != NULL) {
		statement_bind(s, 1, name);
		got = statement_step(s, e);
		if (got == 1)
			take_party(r, s, p);
	}
	statement_free(s);
	if (got == 0)
		err_set(e, ERR_USAGE, "no party '%.*s'", (int)name.n, name.p);
	return got == 1;
}

static bool
find_actor(struct registry *r, struct err *e)
{
	uint8_t public[SIGN_PUBLIC];
	struct statement *s = store_prepare(r->db,
	    "SELECT name, public, roles,"
	    " revoked FROM party WHERE public = ?1",
	    e);
	int got = -1;

	signer_public(r->signer, public);
	if (s != NULL) {
		statement_bind_blob(
		    s, 1, (struct slice){ (const char *)public, SIGN_PUBLIC });
		got = statement_step(s, e);
		if (got == 1)
			take_party(r, s, &r->actor);
	}
	statement_free(s);
	if (got == 0)
		return err_data(e, "denied",
		    "no party has this key (the "
		    "custodian adds one: mdx-register party)");
	if (got == 1 && r->actor.revoked)
		return err_data(e, "denied", "the key of '%.*s' is revoked",
		    (int)r->actor.name.n, r->actor.name.p);
	return got == 1;
}

bool
registry_require(struct registry *r, const char *what, const char *role,
    const char *other, struct err *e)
{
	if (party_has_role(&r->actor, role) ||
	    (other != NULL && party_has_role(&r->actor, other)))
		return true;
	return err_data(e, "denied",
	    "%s needs the role %s%s%s, '%.*s' has "
	    "%.*s",
	    what, role, other == NULL ? "" : " or ", other == NULL ? "" : other,
	    (int)r->actor.name.n, r->actor.name.p, (int)r->actor.roles.n,
	    r->actor.roles.p);
}

/* --- open and init ------------------------------------------------------- */

static struct registry *
new_registry(const char *folder)
{
	struct registry *r = mem_zalloc(sizeof(*r));

	r->arena = arena_new();
	r->folder = arena_printf(r->arena, "%s", folder);
	return r;
}

static bool
open_for_change(struct registry *r, const char *key, const char *kek,
    unsigned wait_ms, struct err *e)
{
	uint8_t secret[SEAL_KEY];
	bool ok;

	r->signer = signer_load(key, e);
	if (r->signer == NULL)
		return false;
	r->lock = lock_take(registry_path(r, "lock"), wait_ms, e);
	if (r->lock == NULL || !load_kek(kek, false, r->kek, e) ||
	    !load_sealed(registry_path(r, "keys/log.key"), r->kek, SLICE("log"),
		secret, e))
		return false;
	r->log_signer = signer_of_secret(secret);
	sign_wipe(secret, sizeof(secret));
	ok = find_actor(r, e);
	return ok && ledger_publish(r, e);
}

struct registry *
registry_open(
    const char *folder, const char *key, unsigned wait_ms, struct err *e)
{
	struct registry *r = new_registry(folder);
	const char *kek = "";

	if (!read_settings(r, &kek, e))
		goto fail;
	r->db = store_open(registry_path(r, "catalogue.db"), &schema,
	    key == NULL ? STORE_READ : STORE_WAL, wait_ms, e);
	if (r->db == NULL)
		goto fail;
	if (key != NULL && !open_for_change(r, key, kek, wait_ms, e))
		goto fail;
	if (key == NULL && kek[0] != '\0' && access(kek, R_OK) == 0 &&
	    !load_kek(kek, false, r->kek, e))
		goto fail;
	return r;

fail:
	registry_close(r);
	return NULL;
}

static bool
make_folders(struct registry *r, struct err *e)
{
	static const char *const below[] = { "packs", "log", "keys", "tmp" };

	if (mkdir(r->folder, 0700) != 0 &&
	    !(errno == EEXIST && rmdir(r->folder) == 0 &&
		mkdir(r->folder, 0700) == 0))
		return err_set(e, ERR_USAGE,
		    "%s: cannot be made, or is there "
		    "and not empty",
		    r->folder);
	for (size_t i = 0; i < sizeof(below) / sizeof(below[0]); i++)
		if (mkdir(registry_path(r, "%s", below[i]), 0700) != 0)
			return err_sys(
			    e, ERR_OUTPUT, "%s/%s", r->folder, below[i]);
	return true;
}

static bool
fill_new(struct registry *r, const char *kek, struct err *e)
{
	uint8_t secret[SEAL_KEY], public[SIGN_PUBLIC];
	bool ok;

	r->log_signer = signer_new();
	signer_public(r->log_signer, public);
	vkey_make(&r->log, r->log.name, public);
	signer_secret(r->log_signer, secret);
	ok = load_kek(kek, true, r->kek, e) &&
	    save_sealed(registry_path(r, "keys/log.key"), r->kek, SLICE("log"),
		secret, e);
	sign_wipe(secret, sizeof(secret));
	if (!ok)
		return false;
	r->db = store_open(
	    registry_path(r, "catalogue.db"), &schema, STORE_WAL, 1000, e);
	return r->db != NULL;
}

static bool
first_entry(struct registry *r, struct err *e)
{
	struct buf body = { 0 };
	uint8_t public[SIGN_PUBLIC];
	struct event event = { .type = "init" };
	bool ok;

	signer_public(r->signer, public);
	vkey_make(&r->actor.key, SLICE("custodian"), public);
	r->actor.name = SLICE("custodian");
	r->actor.roles = SLICE("custodian");
	buf_adds(&body, "{\"origin\":");
	json_put_string(&body, r->log.name);
	buf_adds(&body,
	    ",\"name\":\"custodian\",\"roles\":[\"custodian\"],"
	    "\"vkey\":");
	json_put_string(&body, vkey_text(&r->actor.key, r->arena));
	buf_addc(&body, '}');
	event.body = buf_slice(&body);
	ok = store_begin(r->db, e) &&
	    ledger_add_party(r, &r->actor, NULL, NULL, e) &&
	    ledger_append(r, &event, e) && store_commit(r->db, e) &&
	    ledger_publish(r, e);
	buf_release(&body);
	return ok;
}

bool
registry_init(const char *folder, const char *origin, const char *kek,
    const char *key, struct arena *arena, struct slice *vkey, struct err *e)
{
	struct registry *r = new_registry(folder);
	char absolute[4096];
	bool ok;

	r->log.name = arena_slice(r->arena, slice_of(origin));
	if (kek[0] != '/' && getcwd(absolute, sizeof(absolute)) != NULL)
		kek = arena_printf(r->arena, "%s/%s", absolute, kek);
	r->signer = signer_load(key, e);
	ok = r->signer != NULL && make_folders(r, e) && fill_new(r, kek, e) &&
	    write_settings(r, kek, e) && first_entry(r, e);
	if (ok) {
		struct buf line = { 0 };

		*vkey = arena_slice(arena, vkey_text(&r->log, r->arena));
		buf_add_slice(&line, *vkey);
		buf_addc(&line, '\n');
		ok = writer_put_file(
		    registry_path(r, "log/vkey"), buf_slice(&line), e);
		buf_release(&line);
	}
	registry_close(r);
	return ok;
}
