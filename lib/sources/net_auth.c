/*
 * Who we are: a user and password, a token that was given, or one that a
 * server of tokens gives for the client's id and secret (RFC 6749, 4.4).
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "json/scan.h"
#include "sources/net.h"

#define ANSWER   ((size_t)64 << 10)
#define EARLY_MS 10000 /* before a token expires it is renewed */

static void
wipe(struct buf *b)
{
	if (b->p != NULL)
		memset(b->p, 0, b->room);
	buf_release(b);
}

static void
put_basic(struct buf *lines, const char *user, struct slice secret, bool form)
{
	struct buf pair = { 0 };
	char *text;

	if (form)
		http_url_encode(&pair, slice_of(user), "");
	else
		buf_adds(&pair, user);
	buf_addc(&pair, ':');
	if (form)
		http_url_encode(&pair, secret, "");
	else
		buf_add_slice(&pair, secret);
	text = mem_alloc(4 * ((pair.n + 2) / 3) + 1);
	digest_base64(pair.p, pair.n, text);
	buf_addf(lines, "Authorization: Basic %s\n", text);
	memset(text, 0, strlen(text));
	mem_free(text);
	wipe(&pair);
}

/* What the server of tokens answers; lives in n->token. */
static bool
take_token(struct net *n, struct slice answer, struct err *why)
{
	struct arena *a = arena_new();
	struct slice padded = json_pad(answer, a), token, life;
	unsigned long long seconds = 300;
	struct json all = { .type = JSON_NONE }, value;
	struct err ignored = { 0 };

	if (json_check(padded.p, padded.n, 0, &ignored))
		all = json_of(padded);
	value = json_get(all, "access_token");
	token = json_text(value, a);
	life = json_text(json_get(all, "expires_in"), a);
	buf_reset(&n->token);
	if (value.type == JSON_STRING && token.n > 0 &&
	    memchr(token.p, '\n', token.n) == NULL &&
	    memchr(token.p, '\r', token.n) == NULL)
		buf_add_slice(&n->token, token);
	slice_number(life, &seconds);
	if (seconds > 86400)
		seconds = 86400;
	n->token_until = clock_ms() + (int64_t)seconds * 1000;
	n->token_until -= seconds > 30 ? EARLY_MS : 0;
	arena_free(a);
	return n->token.n > 0 ||
	    err_set(why, ERR_SERVICE,
		"--auth oauth2: the answer holds no access_token");
}

static bool
fetch_token(struct net *n, struct err *why)
{
	struct net_ask ask = { .url = n->token_url,
		.form = SLICE("grant_type=client_credentials"),
		.accept = "application/json",
		.basic = n->user };
	struct net_answer a = { 0 };
	struct buf text = { 0 };
	bool ok;

	ok = net_slurp(n, &ask, ANSWER, &a, &text, why) &&
	    take_token(n, buf_slice(&text), why);
	if (!ok && n->refused == 400)
		err_set(why, ERR_SERVICE,
		    "the login is refused (HTTP 400; --user, --secret)");
	if (!ok)
		err_wrap(why, "--auth oauth2");
	wipe(&text);
	net_answer_release(&a);
	return ok;
}

bool
net_identify(struct net *n, const struct net_ask *ask, const struct http_url *u,
    struct buf *lines, struct err *why)
{
	if (ask->basic != NULL) {
		put_basic(lines, ask->basic, slice_of(n->secret), true);
		return true;
	}
	if (ask->anonymous || !http_url_trusts(&n->first, u))
		return true;
	if (n->sign != NULL) {
		n->sign(n, ask->method == NULL ? "GET" : ask->method, u, lines);
		return true;
	}
	switch (n->auth) {
	case NET_BASIC:
		put_basic(lines, n->user,
		    slice_of(n->secret == NULL ? "" : n->secret), false);
		return true;
	case NET_BEARER:
		buf_addf(lines, "Authorization: Bearer %s\n", n->secret);
		return true;
	case NET_OAUTH2:
		if ((n->token.n == 0 || clock_ms() >= n->token_until) &&
		    !fetch_token(n, why))
			return false;
		buf_addf(
		    lines, "Authorization: Bearer %s\n", buf_string(&n->token));
		return true;
	default:
		return true;
	}
}

bool
net_renew(struct net *n)
{
	if (n->auth != NET_OAUTH2 || n->token.n == 0)
		return false;
	buf_reset(&n->token);
	return true;
}
