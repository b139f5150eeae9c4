/*
 * The card: entries of two levels, key and sub-key, each with its JSON.  A
 * change is a patch that names what it changes and nothing else, so that a
 * nightly put never wipes a person's words.
 */
#include "registry/asset.h"

#include <stdio.h>

#include "json/scan.h"
#include "json/write.h"
#include "registry/ledger.h"

enum shape { A_TEXT, A_LIST, AN_OBJECT, A_LEVEL, ANYTHING };

static const struct {
	const char *name;
	enum shape shape;
} known[] = {
	{ "title", A_TEXT },
	{ "title_en", A_TEXT },
	{ "summary", A_TEXT },
	{ "keywords", A_LIST },
	{ "dept", A_TEXT },
	{ "owner", A_TEXT },
	{ "contact", A_TEXT },
	{ "source", AN_OBJECT },
	{ "industry", A_TEXT },
	{ "scenario", A_TEXT },
	{ "algorithm", A_TEXT },
	{ "update", A_TEXT },
	{ "coverage", AN_OBJECT },
	{ "category", A_TEXT },
	{ "level", A_LEVEL },
	{ "level43697", A_TEXT },
	{ "identifiers", A_LIST },
	{ "sample", ANYTHING },
	{ "licence", A_TEXT },
	{ "price", ANYTHING },
	{ "outside", A_LIST },
	{ "cost", A_LIST },
	{ "model", AN_OBJECT },
};

#define NKNOWN (sizeof(known) / sizeof(known[0]))

static bool
find_known(struct slice key, enum shape *shape, struct err *e)
{
	const char *names[NKNOWN + 1], *near;

	if (slice_starts(key, "x_")) {
		*shape = ANYTHING;
		return true;
	}
	for (size_t i = 0; i < NKNOWN; i++) {
		names[i] = known[i].name;
		if (slice_is(key, known[i].name)) {
			*shape = known[i].shape;
			return true;
		}
	}
	names[NKNOWN] = NULL;
	near = slice_suggest(key, names);
	if (near != NULL)
		return err_set(e, ERR_USAGE,
		    "a card has no '%.*s' (did you "
		    "mean '%s'?)",
		    (int)key.n, key.p, near);
	return err_set(e, ERR_USAGE,
	    "a card has no '%.*s' (own members begin "
	    "with x_)",
	    (int)key.n, key.p);
}

struct slice
card_get(struct registry *r, struct slice code, const char *key,
    const char *sub, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT json FROM card"
	    " WHERE asset = ?1 AND key = ?2 AND sub = ?3",
	    e);
	struct slice json = { "", 0 };

	if (s == NULL)
		return json;
	statement_bind(s, 1, code);
	statement_bind(s, 2, slice_of(key));
	statement_bind(s, 3, slice_of(sub));
	if (statement_step(s, e) == 1)
		json = arena_slice(r->arena, statement_text(s, 0));
	statement_free(s);
	return json;
}

bool
card_put(struct registry *r, struct slice code, struct buf *b, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT key, sub, json FROM"
	    " card WHERE asset = ?1 ORDER BY key, sub",
	    e);
	char open[64] = "";
	int got;

	if (s == NULL)
		return false;
	statement_bind(s, 1, code);
	buf_addc(b, '{');
	while ((got = statement_step(s, e)) == 1) {
		struct slice key = statement_text(s, 0);
		struct slice sub = statement_text(s, 1);

		if (open[0] != '\0' && !slice_is(key, open)) {
			buf_addc(b, '}');
			open[0] = '\0';
		}
		if (sub.n > 0 && open[0] == '\0') {
			json_put_key_slice(b, key);
			buf_addc(b, '{');
			snprintf(open, sizeof(open), "%.*s", (int)key.n, key.p);
		}
		json_put_key_slice(b, sub.n > 0 ? sub : key);
		buf_add_slice(b, statement_text(s, 2));
	}
	buf_adds(b, open[0] != '\0' ? "}}" : "}");
	statement_free(s);
	return got == 0;
}

static bool
store_one(struct registry *r, struct slice code, struct slice key,
    struct slice sub, struct slice json, struct err *e)
{
	struct statement *s;
	bool ok;

	s = store_prepare(r->db,
	    json.n == 0
		? "DELETE FROM card WHERE asset = ?1 AND key = ?2 AND sub = ?3"
		: "INSERT INTO card VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO "
		  "UPDATE"
		  " SET json = excluded.json",
	    e);
	if (s == NULL)
		return false;
	statement_bind(s, 1, code);
	statement_bind(s, 2, key);
	statement_bind(s, 3, sub);
	if (json.n > 0)
		statement_bind(s, 4, json);
	ok = statement_run(s, e);
	statement_free(s);
	return ok;
}

/* --- one word of describe ------------------------------------------------ */

struct change {
	struct slice key, sub, json;
	bool append;
};

static bool
check_shape(const struct change *c, enum shape shape, struct err *e)
{
	struct json v = json_of(c->json);
	const char *want = NULL;

	if (c->sub.n > 0)
		want = shape == AN_OBJECT || shape == ANYTHING
		    ? NULL
		    : "has no members";
	else if (shape == A_TEXT && v.type != JSON_STRING)
		want = "is a text";
	else if (shape == A_LIST && !c->append && v.type != JSON_ARRAY)
		want = "is a list";
	else if (shape == AN_OBJECT && v.type != JSON_OBJECT)
		want = "is an object";
	else if (shape == A_LEVEL &&
	    !(v.text.n == 1 && v.text.p[0] >= '1' && v.text.p[0] <= '5'))
		want = "is a number from 1 to 5";
	if (want != NULL)
		return err_set(
		    e, ERR_USAGE, "'%.*s' %s", (int)c->key.n, c->key.p, want);
	return true;
}

static bool
parse_change(
    struct registry *r, const char *word, struct change *c, struct err *e)
{
	struct slice s = slice_of(word), left, value;
	const char *eq = memchr(s.p, '=', s.n), *dot;
	bool json = false;
	struct buf quoted = { 0 };
	enum shape shape = ANYTHING;

	if (eq == NULL || eq == s.p)
		return err_set(e, ERR_USAGE,
		    "'%s' is neither KEY=TEXT nor "
		    "KEY:=JSON nor KEY+=JSON",
		    word);
	left = slice_span(s.p, eq);
	value = slice_span(eq + 1, s.p + s.n);
	*c = (struct change){ .append = eq[-1] == '+' };
	json = eq[-1] == ':' || c->append;
	left.n -= json;
	dot = memchr(left.p, '.', left.n);
	c->key = dot == NULL ? left : slice_span(left.p, dot);
	c->sub = dot == NULL ? (struct slice){ "", 0 }
			     : slice_span(dot + 1, left.p + left.n);
	if (!find_known(c->key, &shape, e))
		return false;
	if (json) {
		c->json = json_pad(slice_trim(value), r->arena);
		if (!json_check(c->json.p, c->json.n, 0, e)) {
			e->kind = ERR_USAGE;
			return err_wrap(e, "'%.*s'", (int)left.n, left.p);
		}
	} else {
		json_put_string(&quoted, value);
		c->json = json_pad(buf_slice(&quoted), r->arena);
		buf_release(&quoted);
	}
	return check_shape(c, shape, e);
}

static struct slice
appended(struct registry *r, struct slice code, const struct change *c,
    struct err *e)
{
	char key[64], sub[64];
	struct slice old;
	struct buf b = { 0 };

	snprintf(key, sizeof(key), "%.*s", (int)c->key.n, c->key.p);
	snprintf(sub, sizeof(sub), "%.*s", (int)c->sub.n, c->sub.p);
	old = card_get(r, code, key, sub, e);
	if (old.n > 1)
		buf_add(&b, old.p, old.n - 1);
	else
		buf_addc(&b, '[');
	json_put_comma(&b);
	buf_add_slice(&b, c->json);
	buf_addc(&b, ']');
	old = arena_slice(r->arena, buf_slice(&b));
	buf_release(&b);
	return old;
}

/* An object is kept member by member, so that one can be changed alone. */
static bool
apply_object(struct registry *r, struct slice code, const struct change *c,
    struct err *e)
{
	struct json_walk walk = json_enter(json_of(c->json));
	struct slice key;
	struct json value;

	while (json_next_member(&walk, &key, &value))
		if (!store_one(r, code, c->key, json_unescape(key, r->arena),
			value.text, e))
			return false;
	return true;
}

static bool
apply(struct registry *r, struct slice code, const struct change *c,
    struct err *e)
{
	if (c->append)
		return store_one(
		    r, code, c->key, c->sub, appended(r, code, c, e), e);
	if (c->sub.n == 0 && json_of(c->json).type == JSON_OBJECT)
		return apply_object(r, code, c, e);
	if (slice_is(c->json, "null"))
		return store_one(r, code, c->key, c->sub, SLICE(""), e);
	return store_one(r, code, c->key, c->sub, c->json, e);
}

static void
put_patch(struct buf *body, const struct change *c)
{
	struct buf name = { 0 };

	buf_add_slice(&name, c->key);
	if (c->sub.n > 0) {
		buf_addc(&name, '.');
		buf_add_slice(&name, c->sub);
	}
	if (c->append)
		buf_addc(&name, '+');
	json_put_key_slice(body, buf_slice(&name));
	buf_add_slice(body, c->json);
	buf_release(&name);
}

bool
card_describe(struct registry *r, const struct asset *a, char *const *words,
    uint64_t *entry, struct err *e)
{
	struct event event = { .type = "describe", .asset = a->code };
	struct buf body = { 0 };
	bool ok = true;

	if (!slice_eq(a->steward, r->actor.name) &&
	    !party_has_role(&r->actor, "office"))
		return err_data(e, "denied",
		    "only the steward '%.*s' and the "
		    "office describe '%.*s'",
		    (int)a->steward.n, a->steward.p, (int)a->code.n, a->code.p);
	buf_adds(&body, "{\"patch\":{");
	ok = store_begin(r->db, e);
	for (; ok && *words != NULL; words++) {
		struct change c = { 0 };

		ok = parse_change(r, *words, &c, e) && apply(r, a->code, &c, e);
		if (ok)
			put_patch(&body, &c);
	}
	buf_adds(&body, "}}");
	event.body = buf_slice(&body);
	ok = ok && ledger_append(r, &event, e) && store_commit(r->db, e);
	if (!ok)
		store_rollback(r->db);
	*entry = event.n;
	buf_release(&body);
	return ok && ledger_publish(r, e);
}
