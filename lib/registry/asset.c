#include "registry/asset.h"

#include "json/scan.h"
#include "json/write.h"
#include "registry/ledger.h"
#include "registry/pack_file.h"

bool
asset_is_code(struct slice s)
{
	if (s.n == 0 || s.n > 64 || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') ||
			(s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
			return false;
	return true;
}

static void
take_asset(struct registry *r, struct statement *s, struct asset *a)
{
	a->code = arena_slice(r->arena, statement_text(s, 0));
	a->kind = arena_slice(r->arena, statement_text(s, 1));
	a->state = arena_slice(r->arena, statement_text(s, 2));
	a->steward = arena_slice(r->arena, statement_text(s, 3));
	a->submitter = statement_is_null(s, 4)
	    ? SLICE("")
	    : arena_slice(r->arena, statement_text(s, 4));
	a->version = (uint64_t)statement_int(s, 5);
}

#define ASSETS                                                  \
	"SELECT code, kind, state, steward, submitter, (SELECT" \
	" coalesce(max(n), 0) FROM version WHERE asset = code) FROM asset"

static bool
suggest(struct registry *r, struct slice code, struct err *e)
{
	struct statement *s = store_prepare(
	    r->db, "SELECT code FROM asset ORDER BY code LIMIT 1000", NULL);
	const char *names[1001], *near;
	size_t n = 0;

	while (s != NULL && n < 1000 && statement_step(s, NULL) == 1)
		names[n++] = arena_slice(r->arena, statement_text(s, 0)).p;
	names[n] = NULL;
	statement_free(s);
	near = slice_suggest(code, names);
	if (near != NULL)
		return err_set(e, ERR_USAGE,
		    "no asset '%.*s' (did you mean "
		    "'%s'?)",
		    (int)code.n, code.p, near);
	return err_set(e, ERR_USAGE, "no asset '%.*s'", (int)code.n, code.p);
}

bool
asset_find(
    struct registry *r, struct slice code, struct asset *a, struct err *e)
{
	struct statement *s =
	    store_prepare(r->db, ASSETS " WHERE code = ?1", e);
	int got;

	if (s == NULL)
		return false;
	statement_bind(s, 1, code);
	got = statement_step(s, e);
	if (got == 1)
		take_asset(r, s, a);
	statement_free(s);
	return got == 1 || (got == 0 && suggest(r, code, e));
}

/* One level of the card beside the columns of the tables. */
static void
put_card_member(
    struct registry *r, struct slice code, const char *key, struct buf *b)
{
	struct slice json = card_get(r, code, key, "", NULL);

	json_put_key(b, key);
	buf_add_slice(b, json.n > 0 ? json : SLICE("null"));
}

static void
put_counts(struct registry *r, const struct asset *a, struct buf *b)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT rows, bytes FROM"
	    " version WHERE asset = ?1 AND n = ?2",
	    NULL);
	int64_t rows = 0, bytes = 0;

	if (s != NULL) {
		statement_bind(s, 1, a->code);
		statement_bind_int(s, 2, (int64_t)a->version);
		if (statement_step(s, NULL) == 1) {
			rows = statement_int(s, 0);
			bytes = statement_int(s, 1);
		}
	}
	statement_free(s);
	json_put_key(b, "rows");
	json_put_int(b, rows);
	json_put_key(b, "bytes");
	json_put_int(b, bytes);
}

bool
asset_list(struct registry *r, bool (*each)(void *, struct slice, struct err *),
    void *ctx, struct err *e)
{
	struct statement *s = store_prepare(r->db, ASSETS " ORDER BY code", e);
	struct buf b = { 0 };
	int got = -1;

	while (s != NULL && (got = statement_step(s, e)) == 1) {
		struct asset a;

		take_asset(r, s, &a);
		buf_reset(&b);
		buf_adds(&b, "{\"asset\":");
		json_put_string(&b, a.code);
		put_card_member(r, a.code, "title", &b);
		json_put_key(&b, "kind");
		json_put_string(&b, a.kind);
		put_card_member(r, a.code, "level", &b);
		json_put_key(&b, "state");
		json_put_string(&b, a.state);
		json_put_key(&b, "version");
		json_put_uint(&b, a.version);
		put_counts(r, &a, &b);
		put_card_member(r, a.code, "dept", &b);
		json_put_key(&b, "steward");
		json_put_string(&b, a.steward);
		buf_adds(&b, "}\n");
		if (!each(ctx, buf_slice(&b), e)) {
			got = -1;
			break;
		}
	}
	statement_free(s);
	buf_release(&b);
	return got == 0;
}

static bool
put_facts(
    struct registry *r, const struct asset *a, struct buf *b, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT facts, sha256,"
	    " entry FROM version WHERE asset = ?1 AND n = ?2",
	    e);
	int got;

	if (s == NULL)
		return false;
	statement_bind(s, 1, a->code);
	statement_bind_int(s, 2, (int64_t)a->version);
	got = statement_step(s, e);
	json_put_key(b, "version");
	json_put_uint(b, a->version);
	if (got == 1) {
		json_put_key(b, "sha256");
		json_put_string(b, statement_text(s, 1));
		json_put_key(b, "facts");
		buf_add_slice(b, statement_text(s, 0));
	}
	statement_free(s);
	return got >= 0;
}

static bool
put_certificates(
    struct registry *r, const struct asset *a, struct buf *b, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT no, version, entry"
	    " FROM certificate WHERE asset = ?1 ORDER BY no",
	    e);
	int got;

	if (s == NULL)
		return false;
	statement_bind(s, 1, a->code);
	json_put_key(b, "certificates");
	buf_addc(b, '[');
	while ((got = statement_step(s, e)) == 1) {
		json_put_comma(b);
		buf_adds(b, "{\"no\":");
		json_put_string(b, statement_text(s, 0));
		buf_addf(b, ",\"version\":%lld,\"entry\":%lld}",
		    (long long)statement_int(s, 1),
		    (long long)statement_int(s, 2));
	}
	buf_addc(b, ']');
	statement_free(s);
	return got == 0;
}

static bool
put_history(
    struct registry *r, const struct asset *a, struct buf *b, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT bytes FROM entry"
	    " WHERE asset = ?1 ORDER BY n",
	    e);
	int got;

	if (s == NULL)
		return false;
	statement_bind(s, 1, a->code);
	json_put_key(b, "history");
	buf_addc(b, '[');
	while ((got = statement_step(s, e)) == 1) {
		struct json event = json_get(
		    json_of(json_pad(statement_blob(s, 0), r->arena)), "event");
		static const char *const names[] = { "n", "t", "type", "actor",
			"from", "to" };

		json_put_comma(b);
		buf_addc(b, '{');
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			struct json v = json_get(event, names[i]);

			if (v.type == JSON_NONE)
				continue;
			json_put_key(b, names[i]);
			buf_add_slice(b, v.text);
		}
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
	statement_free(s);
	return got == 0;
}

bool
asset_show(
    struct registry *r, const struct asset *a, struct buf *b, struct err *e)
{
	bool ok;

	buf_adds(b, "{\"asset\":");
	json_put_string(b, a->code);
	json_put_key(b, "kind");
	json_put_string(b, a->kind);
	json_put_key(b, "state");
	json_put_string(b, a->state);
	json_put_key(b, "steward");
	json_put_string(b, a->steward);
	json_put_key(b, "card");
	ok = card_put(r, a->code, b, e) && put_facts(r, a, b, e) &&
	    put_certificates(r, a, b, e) && put_history(r, a, b, e);
	buf_addc(b, '}');
	return ok;
}

/* --- verify -------------------------------------------------------------- */

struct check {
	struct slice name, sha256, code;
	int64_t version, bytes, lines;
};

static bool
check_part(struct registry *r, const struct check *c, const uint8_t *key,
    struct err *e)
{
	const char *path = asset_pack_path(r, c->code, c->sha256);
	struct pack_facts facts;

	if (!pack_read(path, key, c->code, NULL, NULL, &facts, e))
		return false;
	if (!slice_is(c->sha256, facts.sha256) ||
	    facts.bytes != (uint64_t)c->bytes ||
	    facts.lines != (uint64_t)c->lines)
		return err_data(e, "damaged",
		    "part '%.*s' is not what was "
		    "put",
		    (int)c->name.n, c->name.p);
	return true;
}

static bool
check_asset(struct registry *r, const struct asset *a, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT name, sha256,"
	    " version, bytes, lines FROM part WHERE asset = ?1"
	    " ORDER BY version, place",
	    e);
	uint8_t key[SEAL_KEY];
	int got = -1;

	if (s != NULL && registry_data_key(r, a->code, false, key, e)) {
		statement_bind(s, 1, a->code);
		while ((got = statement_step(s, e)) == 1) {
			struct check c = { statement_text(s, 0),
				statement_text(s, 1), a->code,
				statement_int(s, 2), statement_int(s, 3),
				statement_int(s, 4) };

			if (!check_part(r, &c, key, e)) {
				err_wrap(
				    e, "version %lld", (long long)c.version);
				got = -1;
				break;
			}
		}
		sign_wipe(key, sizeof(key));
	}
	statement_free(s);
	return got == 0;
}

static void
put_verdict(struct buf *b, const char *check, const struct asset *a,
    const struct err *e)
{
	buf_reset(b);
	buf_adds(b, "{\"check\":");
	json_put_cstring(b, check);
	if (a != NULL) {
		json_put_key(b, "asset");
		json_put_string(b, a->code);
		json_put_key(b, "version");
		json_put_uint(b, a->version);
	}
	buf_addf(b, ",\"ok\":%s", e->kind == ERR_NONE ? "true" : "false");
	if (e->kind != ERR_NONE) {
		buf_adds(b, ",\"error\":{\"code\":");
		json_put_cstring(b, e->kind == ERR_DATA ? e->code : "damaged");
		buf_adds(b, ",\"message\":");
		json_put_cstring(b, e->text);
		buf_addc(b, '}');
	}
	buf_adds(b, "}\n");
}

bool
asset_verify(struct registry *r, struct slice code,
    bool (*each)(void *, struct slice, struct err *), void *ctx, unsigned *bad,
    struct err *e)
{
	struct statement *s = store_prepare(
	    r->db, ASSETS " WHERE ?1 = '' OR code = ?1 ORDER BY code", e);
	struct buf b = { 0 };
	struct err hurt = { 0 };
	uint64_t entries;
	int got = -1;

	if (s == NULL)
		return false;
	statement_bind(s, 1, code);
	while ((got = statement_step(s, e)) == 1) {
		struct asset a;

		take_asset(r, s, &a);
		hurt.kind = ERR_NONE;
		*bad += !check_asset(r, &a, &hurt);
		put_verdict(&b, "asset", &a, &hurt);
		if (!each(ctx, buf_slice(&b), e)) {
			got = -1;
			break;
		}
	}
	statement_free(s);
	if (got == 0) {
		hurt.kind = ERR_NONE;
		*bad += !ledger_verify(r, &entries, &hurt);
		put_verdict(&b, "log", NULL, &hurt);
		got = each(ctx, buf_slice(&b), e) ? 0 : -1;
	}
	buf_release(&b);
	return got == 0;
}
