/*
 * put - records into a new version.  Each input becomes a part: its lines go
 * through the one loop, are counted, and are sealed into a pack as they come.
 * The version, its parts and the ledger entry are one transaction at the end;
 * packs that a crash leaves without a version are found by nobody.
 */
#include "registry/asset.h"

#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "io/reader.h"
#include "json/scan.h"
#include "json/write.h"
#include "record/flow.h"
#include "registry/ledger.h"
#include "registry/pack_file.h"

#define FIELDS 4096 /* more different members are not told apart */

struct part {
	struct slice name;
	const char *path; /* of the pack, in tmp/ */
	struct pack_facts facts;
};

struct putting {
	struct registry *registry;
	const struct put *put;
	struct asset asset;
	uint8_t key[SEAL_KEY];
	const char *uri; /* the input of the open part */
	struct pack_writer *pack;
	struct part *parts;
	size_t nparts, room;
	uint64_t rows, bytes, stored, without_deid;
	struct index *fields, *kinds;
	uint64_t *filled, *of_kind;
	size_t filled_room, kind_room;
	struct buf line;
	char sha256[65]; /* of the manifest */
	struct slice qc_score;
};

/* --- the records --------------------------------------------------------- */

static struct slice
part_name(struct registry *r, const char *uri)
{
	const char *slash = strrchr(uri, '/');
	struct slice s = slice_of(slash == NULL ? uri : slash + 1);
	static const char *const ends[] = { ".zst", ".gz", ".xz", ".bz2" };

	if (slice_is(s, "-"))
		return SLICE("records.ndjson");
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t n = strlen(ends[i]);

		if (s.n > n && memcmp(s.p + s.n - n, ends[i], n) == 0)
			s.n -= n;
	}
	return arena_slice(r->arena, s);
}

static bool
end_part(struct putting *p, struct err *e)
{
	struct part *part;
	bool ok;

	if (p->pack == NULL)
		return true;
	part = &p->parts[p->nparts - 1];
	ok = pack_end(p->pack, &part->facts, e);
	pack_free(p->pack);
	p->pack = NULL;
	p->rows += part->facts.lines;
	p->bytes += part->facts.bytes;
	return ok;
}

static bool
begin_part(struct putting *p, const char *uri, struct err *e)
{
	struct part *part;

	if (!end_part(p, e))
		return false;
	p->parts = mem_room(p->parts, p->nparts, &p->room, sizeof(*p->parts));
	part = &p->parts[p->nparts];
	*part = (struct part){ .name = part_name(p->registry, uri) };
	part->path = registry_path(
	    p->registry, "tmp/%ld-%zu.pack", (long)getpid(), p->nparts);
	p->pack = pack_new(part->path, p->key, p->asset.code, e);
	if (p->pack == NULL)
		return false;
	p->nparts++;
	p->uri = uri;
	return true;
}

static void
count_in(struct index *x, uint64_t **counts, size_t *room, struct slice name)
{
	bool fresh;
	size_t i;

	if (index_count(x) >= FIELDS && index_find(x, name) < 0)
		return;
	i = index_add(x, name, &fresh);
	if (fresh) {
		*counts = mem_room(*counts, i, room, sizeof(**counts));
		(*counts)[i] = 0;
	}
	(*counts)[i]++;
}

static void
count_facts(struct putting *p, struct record *r)
{
	size_t n;
	const struct json_member *m = record_members(r, &n);
	struct slice kind = record_kind(r);

	for (size_t i = 0; i < n; i++) {
		struct slice key = record_key(r, &m[i]);

		if (m[i].type == JSON_NULL || slice_is(key, "_mdx") ||
		    (m[i].type == JSON_STRING && m[i].valuen == 2))
			continue;
		count_in(p->fields, &p->filled, &p->filled_room, key);
	}
	count_in(p->kinds, &p->of_kind, &p->kind_room,
	    kind.n > 0 ? kind : SLICE("other"));
	p->without_deid += record_trail(r, "deid").type == JSON_NONE;
}

static enum verdict
take_record(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct putting *p = worker;

	if ((p->uri == NULL || p->uri != job->place.uri) &&
	    !begin_part(p, job->place.uri, e))
		return RECORD_STOP;
	count_facts(p, r);
	buf_reset(&p->line);
	buf_add_slice(&p->line, record_line(r));
	buf_addc(&p->line, '\n');
	return pack_add(p->pack, buf_slice(&p->line), e) ? RECORD_TAKEN
							 : RECORD_STOP;
}

/* --- reports of the other tools ------------------------------------------ */

/*
 * A report vouches for a part where its output is that part, or where its
 * output is an input of another report given.
 */
static bool
vouches(struct putting *p, struct json report, const struct json *all, size_t n)
{
	struct slice out = json_pointer(report, SLICE("/out/sha256")).text;
	struct json input;

	if (out.n != 66)
		return false;
	out = (struct slice){ out.p + 1, 64 };
	for (size_t i = 0; i < p->nparts; i++)
		if (slice_is(out, p->parts[i].facts.sha256))
			return true;
	for (size_t i = 0; i < n; i++) {
		struct json_walk walk = json_enter(json_get(all[i], "inputs"));

		while (json_next_element(&walk, &input))
			if (slice_find(json_get(input, "sha256").text, out) !=
			    NULL)
				return true;
	}
	return false;
}

static bool
read_report(
    struct putting *p, const char *path, struct json *report, struct err *e)
{
	struct buf text = { 0 };
	struct slice padded;
	unsigned long long status = 0;

	if (!reader_slurp(path, 64 << 20, &text, e)) {
		buf_release(&text);
		return err_data(e, "upstream", "%s: no report there", path);
	}
	padded = json_pad(slice_trim(buf_slice(&text)), p->registry->arena);
	buf_release(&text);
	if (!json_check(padded.p, padded.n, 0, e) ||
	    json_get(json_of(padded), "tool").type != JSON_STRING)
		return err_data(e, "upstream", "%s: is no report", path);
	*report = json_of(padded);
	if (!slice_number(json_get(*report, "status").text, &status) ||
	    status >= 3)
		return err_data(e, "upstream",
		    "%s: that run failed with "
		    "status %llu",
		    path, status);
	return true;
}

static bool
check_reports(struct putting *p, struct err *e)
{
	const char *paths[64];
	struct json all[64];
	size_t n = 0;

	if (p->put->qc != NULL)
		paths[n++] = p->put->qc;
	for (size_t i = 0; p->put->runs != NULL && p->put->runs[i] != NULL;
	     i++) {
		if (n == 64)
			return err_set(e, ERR_USAGE, "more than 64 reports");
		paths[n++] = p->put->runs[i];
	}
	for (size_t i = 0; i < n; i++)
		if (!read_report(p, paths[i], &all[i], e))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!vouches(p, all[i], all, n))
			return err_data(e, "upstream",
			    "%s: speaks of other "
			    "data than what was read",
			    paths[i]);
	if (p->put->qc != NULL)
		p->qc_score = json_pointer(all[0], SLICE("/qc/score")).text;
	return true;
}

/* --- the version --------------------------------------------------------- */

static void
put_facts(const struct putting *p, struct buf *b)
{
	buf_addf(b,
	    "{\"rows\":%llu,\"bytes\":%llu,\"parts\":%zu,"
	    "\"without_deid\":%llu,\"kinds\":{",
	    (unsigned long long)p->rows, (unsigned long long)p->bytes,
	    p->nparts, (unsigned long long)p->without_deid);
	for (size_t i = 0; i < index_count(p->kinds); i++) {
		json_put_key_slice(b, index_name(p->kinds, i));
		json_put_uint(b, p->of_kind[i]);
	}
	buf_adds(b, "},\"fields\":{");
	/* Keys stand as their records wrote them: escapes stay escapes. */
	for (size_t i = 0; i < index_count(p->fields); i++) {
		json_put_comma(b);
		buf_addc(b, '"');
		buf_add_slice(b, index_name(p->fields, i));
		buf_addf(b, "\":%llu", (unsigned long long)p->filled[i]);
	}
	buf_addc(b, '}');
	if (p->qc_score.n > 0) {
		json_put_key(b, "qc_score");
		buf_add_slice(b, p->qc_score);
	}
	buf_addc(b, '}');
}

static bool
make_manifest(struct putting *p, uint64_t version, struct err *e)
{
	struct buf b = { 0 }, canonical = { 0 };
	uint8_t d[DIGEST_SIZE];
	char hex[65];
	bool ok;

	buf_adds(&b, "{\"asset\":");
	json_put_string(&b, p->asset.code);
	buf_addf(
	    &b, ",\"version\":%llu,\"parts\":[", (unsigned long long)version);
	for (size_t i = 0; i < p->nparts; i++) {
		const struct part *part = &p->parts[i];

		json_put_comma(&b);
		buf_adds(&b, "{\"name\":");
		json_put_string(&b, part->name);
		digest_hex(part->facts.tree.bytes, hex);
		buf_addf(&b,
		    ",\"sha256\":\"%s\",\"bytes\":%llu,\"lines\":"
		    "%llu,\"tree\":\"%s\"}",
		    part->facts.sha256, (unsigned long long)part->facts.bytes,
		    (unsigned long long)part->facts.lines, hex);
	}
	buf_adds(&b, "]}");
	ok = json_canonical(
	    json_pad(buf_slice(&b), p->registry->arena), &canonical, e);
	if (ok) {
		digest_bytes(canonical.p, canonical.n, d);
		digest_hex(d, p->sha256);
	}
	buf_release(&b);
	buf_release(&canonical);
	return ok;
}

/* Whether the newest version has the same parts under the same names. */
static bool
is_unchanged(struct putting *p, struct err *e)
{
	struct statement *s = store_prepare(p->registry->db,
	    "SELECT name,"
	    " sha256 FROM part WHERE asset = ?1 AND version = ?2"
	    " ORDER BY place",
	    e);
	size_t i = 0;
	bool same = p->asset.version > 0;

	if (s == NULL)
		return false;
	statement_bind(s, 1, p->asset.code);
	statement_bind_int(s, 2, (int64_t)p->asset.version);
	for (; statement_step(s, e) == 1; i++)
		same = same && i < p->nparts &&
		    slice_eq(statement_text(s, 0), p->parts[i].name) &&
		    slice_is(statement_text(s, 1), p->parts[i].facts.sha256);
	statement_free(s);
	return same && i == p->nparts;
}

/* packs/NN/SHA256-of-code-and-raw.pack: equal bytes of two assets differ. */
static const char *
pack_place(struct registry *r, struct slice code, const char *sha256)
{
	char name[160], hex[65];
	uint8_t d[DIGEST_SIZE];
	int n = snprintf(
	    name, sizeof(name), "%.*s/%s", (int)code.n, code.p, sha256);

	digest_bytes(name, (size_t)n, d);
	digest_hex(d, hex);
	return registry_path(r, "packs/%.2s/%s.pack", hex, hex);
}

static bool
move_part(struct putting *p, struct part *part, struct err *e)
{
	const char *to =
	    pack_place(p->registry, p->asset.code, part->facts.sha256);
	char folder[4096];

	snprintf(
	    folder, sizeof(folder), "%.*s", (int)(strrchr(to, '/') - to), to);
	if (access(to, F_OK) == 0) {
		unlink(part->path);
		return true;
	}
	if ((mkdir(folder, 0700) != 0 && errno != EEXIST) ||
	    rename(part->path, to) != 0)
		return err_sys(e, ERR_OUTPUT, "%s", to);
	return true;
}

static bool
insert_parts(struct putting *p, uint64_t version, struct err *e)
{
	struct statement *s = store_prepare(p->registry->db,
	    "INSERT INTO part VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", e);
	bool ok = s != NULL;

	for (size_t i = 0; ok && i < p->nparts; i++) {
		const struct part *part = &p->parts[i];

		statement_bind(s, 1, p->asset.code);
		statement_bind_int(s, 2, (int64_t)version);
		statement_bind_int(s, 3, (int64_t)i);
		statement_bind(s, 4, part->name);
		statement_bind(s, 5, slice_of(part->facts.sha256));
		statement_bind_int(s, 6, (int64_t)part->facts.bytes);
		statement_bind_int(s, 7, (int64_t)part->facts.lines);
		statement_bind_int(s, 8, (int64_t)part->facts.stored);
		ok = statement_run(s, e);
	}
	statement_free(s);
	return ok;
}

static bool
insert_version(
    struct putting *p, uint64_t version, uint64_t entry, struct err *e)
{
	struct statement *s = store_prepare(p->registry->db,
	    "INSERT INTO version VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", e);
	struct buf facts = { 0 };
	bool ok = s != NULL;

	put_facts(p, &facts);
	if (ok) {
		statement_bind(s, 1, p->asset.code);
		statement_bind_int(s, 2, (int64_t)version);
		statement_bind(s, 3, slice_of(p->sha256));
		statement_bind_int(s, 4, (int64_t)p->rows);
		statement_bind_int(s, 5, (int64_t)p->bytes);
		statement_bind_int(s, 6, (int64_t)p->stored);
		statement_bind(s, 7, buf_slice(&facts));
		statement_bind_int(s, 8, (int64_t)entry);
		ok = statement_run(s, e);
	}
	statement_free(s);
	buf_release(&facts);
	return ok;
}

static bool
insert_asset(struct putting *p, struct err *e)
{
	struct statement *s;
	bool ok;

	if (p->asset.state.n > 0)
		return true;
	p->asset.state = SLICE("draft");
	s = store_prepare(p->registry->db,
	    "INSERT INTO asset(code, kind,"
	    " state, steward) VALUES(?1, ?2, 'draft', ?3)",
	    e);
	if (s == NULL)
		return false;
	statement_bind(s, 1, p->asset.code);
	statement_bind(
	    s, 2, slice_of(p->put->kind == NULL ? "dataset" : p->put->kind));
	statement_bind(s, 3, p->registry->actor.name);
	ok = statement_run(s, e);
	statement_free(s);
	if (ok && p->put->title != NULL) {
		struct buf json = { 0 };

		json_put_cstring(&json, p->put->title);
		s = store_prepare(p->registry->db,
		    "INSERT INTO card VALUES(?1, 'title', '', ?2)", e);
		ok = s != NULL;
		if (ok) {
			statement_bind(s, 1, p->asset.code);
			statement_bind(s, 2, buf_slice(&json));
			ok = statement_run(s, e);
		}
		statement_free(s);
		buf_release(&json);
	}
	return ok;
}

static bool
commit_version(struct putting *p, struct event *event, struct err *e)
{
	uint64_t version = p->asset.version + 1;
	struct buf body = { 0 };
	bool ok;

	for (size_t i = 0; i < p->nparts; i++) {
		p->stored += p->parts[i].facts.stored;
		if (!move_part(p, &p->parts[i], e))
			return false;
	}
	if (!make_manifest(p, version, e))
		return false;
	buf_addf(&body,
	    "{\"version\":%llu,\"sha256\":\"%s\",\"rows\":%llu,"
	    "\"bytes\":%llu",
	    (unsigned long long)version, p->sha256, (unsigned long long)p->rows,
	    (unsigned long long)p->bytes);
	if (p->asset.state.n == 0 && p->put->title != NULL) {
		json_put_key(&body, "title");
		json_put_cstring(&body, p->put->title);
	}
	buf_addc(&body, '}');
	event->body = buf_slice(&body);
	ok = store_begin(p->registry->db, e) && insert_asset(p, e) &&
	    ledger_append(p->registry, event, e) &&
	    insert_version(p, version, event->n, e) &&
	    insert_parts(p, version, e) && store_commit(p->registry->db, e);
	if (!ok)
		store_rollback(p->registry->db);
	buf_release(&body);
	p->asset.version = version;
	return ok && ledger_publish(p->registry, e);
}

/* --- which asset --------------------------------------------------------- */

static bool
find_by_title(struct putting *p, struct err *e)
{
	struct statement *s = store_prepare(p->registry->db,
	    "SELECT asset"
	    " FROM card WHERE key = 'title' AND json = ?1",
	    e);
	struct buf json = { 0 };
	int got = -1;

	if (s == NULL)
		return false;
	json_put_cstring(&json, p->put->title);
	statement_bind(s, 1, buf_slice(&json));
	got = statement_step(s, e);
	if (got == 1)
		p->asset.code =
		    arena_slice(p->registry->arena, statement_text(s, 0));
	statement_free(s);
	buf_release(&json);
	return got >= 0;
}

static bool
choose_asset(struct putting *p, struct err *e)
{
	struct registry *r = p->registry;
	struct err none = { 0 };

	p->asset.code = p->put->code;
	if (p->asset.code.n == 0 && p->put->title == NULL)
		return err_set(
		    e, ERR_USAGE, "put needs an asset's code or --title");
	if (p->asset.code.n == 0 && !find_by_title(p, e))
		return false;
	if (p->asset.code.n == 0) {
		struct statement *s =
		    store_prepare(r->db, "SELECT count(*) + 1 FROM asset", e);

		if (s == NULL || statement_step(s, e) != 1) {
			statement_free(s);
			return false;
		}
		p->asset.code = slice_of(arena_printf(
		    r->arena, "a-%06lld", (long long)statement_int(s, 0)));
		statement_free(s);
	}
	if (asset_find(r, p->asset.code, &p->asset, &none))
		return slice_eq(p->asset.steward, r->actor.name) ||
		    err_data(e, "denied",
			"only its steward '%.*s' puts "
			"'%.*s'",
			(int)p->asset.steward.n, p->asset.steward.p,
			(int)p->asset.code.n, p->asset.code.p);
	return p->put->title != NULL ||
	    err_set(e, ERR_USAGE, "a new asset needs --title");
}

static void
put_receipt(const struct putting *p, const struct event *event, bool fresh,
    uint64_t set_aside, struct buf *b)
{
	buf_addc(b, '{');
	if (fresh)
		buf_addf(b, "\"entry\":%llu", (unsigned long long)event->n);
	json_put_key(b, "type");
	buf_adds(b, "\"put\"");
	json_put_key(b, "asset");
	json_put_string(b, p->asset.code);
	buf_addf(b, ",\"version\":%llu,\"new\":%s,\"state\":",
	    (unsigned long long)p->asset.version, fresh ? "true" : "false");
	json_put_string(b, p->asset.state);
	buf_addf(b,
	    ",\"parts\":%zu,\"rows\":%llu,\"bytes\":%llu,\"stored\":"
	    "%llu,\"sha256\":",
	    p->nparts, (unsigned long long)p->rows,
	    (unsigned long long)p->bytes, (unsigned long long)p->stored);
	json_put_cstring(b, p->sha256);
	buf_addf(b, ",\"set_aside\":%llu}", (unsigned long long)set_aside);
}

static bool
too_many(const struct run *run)
{
	const struct run_options *o = run_options(run);
	uint64_t n = run_set_aside_count(run);

	return o->percent ? n * 100 > o->max_rejects * run_in_count(run)
			  : n > o->max_rejects;
}

static bool
take_inputs(struct putting *p, struct run *run, struct err *e)
{
	struct index *names = record_names();
	struct stage stage = { .names = names,
		.shared = p,
		.ordered = true,
		.record = take_record };
	bool ok = flow_run(run, p->put->inputs, &stage, e) && end_part(p, e);

	index_free(names);
	if (!ok)
		return false;
	if (run_status(run) >= 3)
		return err_set(e, (enum err_kind)run_status(run),
		    "no version is made: an input failed");
	if (too_many(run))
		return err_data(e, "set_aside",
		    "no version is made: too "
		    "many lines are no records (%llu)",
		    (unsigned long long)run_set_aside_count(run));
	if (p->nparts == 0)
		return err_data(e, "empty",
		    "no version is made: there is no "
		    "record");
	return true;
}

static void
clean_up(struct putting *p)
{
	pack_free(p->pack);
	for (size_t i = 0; i < p->nparts; i++)
		unlink(p->parts[i].path);
	sign_wipe(p->key, sizeof(p->key));
	index_free(p->fields);
	index_free(p->kinds);
	mem_free(p->parts);
	mem_free(p->filled);
	mem_free(p->of_kind);
	buf_release(&p->line);
}

bool
asset_put(struct registry *r, struct run *run, const struct put *put,
    struct buf *receipt, struct err *e)
{
	struct putting p = { .registry = r,
		.put = put,
		.fields = index_new(),
		.kinds = index_new() };
	struct event event = { .type = "put" };
	bool ok, fresh = false;

	ok = registry_require(r, "put", "steward", NULL, e) &&
	    choose_asset(&p, e) &&
	    registry_data_key(r, p.asset.code, true, p.key, e) &&
	    take_inputs(&p, run, e) && check_reports(&p, e);
	if (ok) {
		event.asset = p.asset.code;
		fresh = !is_unchanged(&p, e);
		ok = fresh ? commit_version(&p, &event, e)
			   : make_manifest(&p, p.asset.version, e);
	}
	if (ok)
		put_receipt(
		    &p, &event, fresh, run_set_aside_count(run), receipt);
	clean_up(&p);
	return ok;
}

const char *
asset_pack_path(struct registry *r, struct slice code, struct slice sha256)
{
	char hex[65];

	snprintf(hex, sizeof(hex), "%.*s", (int)sha256.n, sha256.p);
	return pack_place(r, code, hex);
}
