#include "sources/net.h"

#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

#define HOPS       10
#define STALL_MS   60000
#define LONGEST_MS 30000   /* of our own pauses */
#define HOUR_MS    3600000 /* of a pause that the server wants */
#define REFUSAL    ((size_t)64 << 10)

struct net *
net_new(struct job *j, const char *first, struct err *e)
{
	const struct net_options *o = &j->options->net;
	struct fetcher_options fo = { .ca_file = o->ca_file,
		.known_hosts = o->known_hosts,
		.stall_ms = o->timeout_ms == 0 ? STALL_MS : o->timeout_ms,
		.stop = run_options(j->run)->stop };
	struct net *n = mem_zalloc(sizeof(*n));

	n->job = j;
	n->options = o;
	if (!http_url_parse(first, &n->first, e) ||
	    !net_auth_parse(j->options, &n->auth, &n->token_url, e) ||
	    !net_rate_parse(o->rate, &n->apart_ms, e))
		goto fail;
	n->user = j->options->user != NULL ? j->options->user : n->first.user;
	n->secret = j->options->secret;
	if (n->user != NULL && n->secret != NULL && n->auth == NET_ANONYMOUS)
		n->auth = NET_BASIC;
	if (strcmp(n->first.scheme, "sftp") == 0 && o->ca_file != NULL) {
		fo.known_hosts = o->ca_file;
		fo.ca_file = NULL;
	}
	n->fetcher = fetcher_new(&fo, e);
	if (n->fetcher != NULL)
		return n;

fail:
	net_free(n);
	return NULL;
}

void
net_free(struct net *n)
{
	if (n == NULL)
		return;
	fetcher_free(n->fetcher);
	http_url_release(&n->first);
	if (n->token.n > 0)
		memset(n->token.p, 0, n->token.n);
	buf_release(&n->token);
	buf_release(&n->refusal);
	mem_free(n);
}

void
net_answer_release(struct net_answer *a)
{
	fetch_free(a->fetch);
	buf_release(&a->url);
	memset(a, 0, sizeof(*a));
}

/* --- time ---------------------------------------------------------------- */

bool
net_has_stopped(const struct net *n)
{
	const struct stop *s = run_options(n->job->run)->stop;

	return s != NULL && s->signal != 0;
}

/* What is finished leaves before we wait. */
bool
net_pause(struct net *n, int64_t ms)
{
	const struct stop *s = run_options(n->job->run)->stop;
	struct pollfd wake = { .fd = s == NULL ? -1 : s->fd, .events = POLLIN };
	int64_t until = clock_ms() + ms, left;

	if (!sink_flush(&n->job->sink, &n->job->broken))
		return false;
	while (!net_has_stopped(n) && (left = until - clock_ms()) > 0)
		poll(&wake, 1, left > 1000 ? 1000 : (int)left);
	return !net_has_stopped(n);
}

int64_t
net_growing_pause(unsigned tries)
{
	return tries > 6 ? LONGEST_MS : (int64_t)500 << (tries - 1);
}

static bool
keep_apart(struct net *n)
{
	int64_t wait = n->asked + n->apart_ms - clock_ms();

	if (n->apart_ms > 0 && n->asked > 0 && wait > 0 && !net_pause(n, wait))
		return false;
	n->asked = clock_ms();
	return !net_has_stopped(n);
}

/* --- one attempt --------------------------------------------------------- */

static void
put_conditions(const struct net_ask *ask, struct buf *lines)
{
	if (ask->accept != NULL)
		buf_addf(lines, "Accept: %s\n", ask->accept);
	if (ask->more != NULL)
		buf_addf(lines, "%s\n", ask->more);
	if (ask->form.p != NULL)
		buf_adds(
		    lines, "Content-Type: application/x-www-form-urlencoded\n");
	if (ask->etag != NULL && ask->etag[0] != '\0')
		buf_addf(lines, "If-None-Match: %s\n", ask->etag);
	else if (ask->modified != NULL && ask->modified[0] != '\0')
		buf_addf(lines, "If-Modified-Since: %s\n", ask->modified);
	if (ask->from > 0 && ask->same != NULL)
		buf_addf(lines, "Range: bytes=%llu-\nIf-Range: %s\n",
		    (unsigned long long)ask->from, ask->same);
}

/* The lines as libcurl wants them; they are cut up in their place. */
static const char **
lines_of(struct buf *text)
{
	size_t n = 0, at = 0;
	const char **list;

	buf_string(text);
	for (size_t i = 0; i < text->n; i++)
		n += text->p[i] == '\n';
	list = mem_zalloc((n + 1) * sizeof(*list));
	for (size_t i = 0, from = 0; i < text->n; i++)
		if (text->p[i] == '\n') {
			text->p[i] = '\0';
			list[at++] = text->p + from;
			from = i + 1;
		}
	return list;
}

static struct fetch *
attempt(
    struct net *n, const struct net_ask *ask, const char *url, struct err *why)
{
	struct fetch_request r = { .url = url,
		.method = ask->method,
		.body = ask->form,
		.list = ask->list,
		.head_only = ask->head_only };
	struct fetch *f = NULL;
	struct buf lines = { 0 };
	struct http_url u;
	const char **list;
	bool http;

	if (!http_url_parse(url, &u, why))
		return NULL;
	http = strncmp(u.scheme, "http", 4) == 0;
	if (http)
		put_conditions(ask, &lines);
	else
		r.from = ask->from;
	if (!http && http_url_trusts(&n->first, &u)) {
		r.user = n->user;
		r.password = n->auth == NET_CERTIFICATE ? NULL : n->secret;
		if (n->auth == NET_CERTIFICATE && strcmp(u.scheme, "sftp") == 0)
			r.key_file = n->options->secret_file;
	}
	if (n->auth == NET_CERTIFICATE && http_url_trusts(&n->first, &u) &&
	    r.key_file == NULL && !ask->anonymous)
		r.certificate = slice_of(n->secret);
	if (!http || net_identify(n, ask, &u, &lines, why)) {
		list = lines_of(&lines);
		r.headers = list;
		f = fetch_start(n->fetcher, &r, why);
		mem_free(list);
	}
	if (lines.n > 0)
		memset(lines.p, 0, lines.n);
	buf_release(&lines);
	http_url_release(&u);
	return f;
}

/* --- what became of it --------------------------------------------------- */

static bool
fail_by(const struct net *n, const struct fetch *f, struct err *why)
{
	switch (fetch_ended(f)) {
	case FETCH_STOPPED:
		return err_set(why, ERR_INPUT, "interrupted");
	case FETCH_UNREACHED:
		return err_set(why, ERR_SERVICE, "no connection to %s (%s)",
		    n->first.host, fetch_why(f));
	case FETCH_UNTRUSTED:
		return err_set(why, ERR_SERVICE,
		    "the server's %s does not hold (%s)",
		    strcmp(n->first.scheme, "sftp") == 0
			? "host key is not among the known ones, or"
			: "certificate",
		    strcmp(n->first.scheme, "sftp") == 0
			? "--cacert names a file of known hosts"
			: fetch_why(f));
	case FETCH_DENIED:
		return err_set(why, ERR_SERVICE,
		    "the login is refused (--user, --secret)");
	case FETCH_MISSING:
		return err_set(why, ERR_INPUT,
		    "there is no such file or folder, or it is not for us");
	case FETCH_SLOW:
		return err_set(
		    why, ERR_SERVICE, "nothing came for too long (--timeout)");
	default:
		return err_set(why, ERR_SERVICE,
		    "the connection broke off (%s)", fetch_why(f));
	}
}

/* The body of a refusal may say why; its beginning is kept. */
static bool
refuse(struct net *n, struct fetch *f, struct err *why)
{
	const char *block;
	size_t got;

	n->refused = fetch_status(f);
	buf_reset(&n->refusal);
	while (n->refusal.n < REFUSAL && (got = fetch_block(f, &block)) > 0)
		buf_add(&n->refusal, block, got);
	switch (n->refused) {
	case 401:
	case 403:
	case 407:
		return err_set(why, ERR_SERVICE,
		    "the login is refused (HTTP %ld; --auth, --user, "
		    "--secret)",
		    n->refused);
	case 404:
	case 410:
		return err_set(why, ERR_INPUT,
		    "there is no such thing (HTTP "
		    "%ld)",
		    n->refused);
	case 429:
		return err_set(why, ERR_SERVICE,
		    "too many requests (HTTP 429; --rate asks for fewer)");
	default:
		return err_set(why, ERR_SERVICE, "the server answers HTTP %ld",
		    n->refused);
	}
}

static bool
is_redirect(long status)
{
	return status == 301 || status == 302 || status == 303 ||
	    status == 307 || status == 308;
}

bool
net_lead(
    const char *base, struct slice reference, struct buf *to, struct err *why)
{
	struct http_url u;
	bool ok, secure;

	if (!http_url_join(base, reference, to, why))
		return false;
	if (!http_url_parse(buf_string(to), &u, why))
		return err_set(why, ERR_SERVICE,
		    "the server leads to another kind of address");
	secure =
	    strncmp(base, "https:", 6) != 0 || strcmp(u.scheme, "https") == 0;
	ok = strncmp(u.scheme, "http", 4) == 0 && u.user == NULL &&
	    u.password == NULL;
	http_url_release(&u);
	return (ok && secure) ||
	    err_set(why, ERR_SERVICE,
		"the server leads to %s, which is refused",
		secure ? "another kind of address"
		       : "an address without encryption");
}

/* url becomes where the answer leads to. */
static bool
follow(struct fetch *f, struct buf *url, struct err *why)
{
	struct slice to = fetch_header(f, "location");
	struct buf next = { 0 };
	bool ok;

	if (to.p == NULL)
		return err_set(
		    why, ERR_SERVICE, "the server redirects to nowhere");
	ok = net_lead(buf_string(url), to, &next, why);
	if (ok) {
		buf_release(url);
		*url = next;
	} else {
		buf_release(&next);
	}
	return ok;
}

/* --- all attempts -------------------------------------------------------- */

enum verdict { ANSWERED, REFUSED, MOVED, RENEWED, AGAIN };

struct attempts {
	unsigned tries, hops;
	bool renewed;
};

static enum verdict
judge(struct net *n, const struct net_ask *ask, struct fetch *f,
    struct attempts *at)
{
	bool more = at->tries < n->options->retries;
	long status;

	if (!fetch_head(f))
		switch (fetch_ended(f)) {
		case FETCH_UNREACHED:
			return more ? AGAIN : REFUSED;
		case FETCH_BROKEN:
		case FETCH_SLOW:
			return more && !ask->once ? AGAIN : REFUSED;
		default:
			return REFUSED;
		}
	status = fetch_status(f);
	if (status == 0 || status / 100 == 2 ||
	    (status == 304 && (ask->etag != NULL || ask->modified != NULL)))
		return ANSWERED;
	if (is_redirect(status) && ask->method == NULL && ask->form.p == NULL &&
	    at->hops < HOPS)
		return MOVED;
	if (status == 401 && !at->renewed && ask->basic == NULL &&
	    net_renew(n)) {
		at->renewed = true;
		return RENEWED;
	}
	if ((status == 429 || status >= 500) && more &&
	    fetch_retry_after(f) * 1000 <= HOUR_MS)
		return AGAIN;
	return REFUSED;
}

static bool
pause_before(struct net *n, struct fetch *f, struct attempts *at)
{
	long asked = fetch_head(f) ? fetch_retry_after(f) : -1;

	at->tries++;
	return net_pause(n,
	    asked >= 0 ? (int64_t)asked * 1000 : net_growing_pause(at->tries));
}

bool
net_open(struct net *n, const struct net_ask *ask, struct net_answer *a,
    struct err *why)
{
	struct attempts at = { 0 };
	bool over = false, ok = false;

	n->refused = 0;
	buf_adds(&a->url, ask->url);
	while (!over) {
		struct fetch *f;

		if (!keep_apart(n)) {
			err_set(why, ERR_INPUT, "interrupted");
			break;
		}
		f = attempt(n, ask, buf_string(&a->url), why);
		if (f == NULL)
			break;
		switch (judge(n, ask, f, &at)) {
		case ANSWERED:
			a->fetch = f;
			a->status = fetch_status(f);
			return true;
		case MOVED:
			at.hops++;
			over = !follow(f, &a->url, why);
			break;
		case RENEWED:
			break;
		case AGAIN:
			over = !pause_before(n, f, &at);
			if (over)
				err_set(why, ERR_INPUT, "interrupted");
			break;
		default:
			over = true;
			if (fetch_head(f))
				ok = refuse(n, f, why);
			else
				ok = fail_by(n, f, why);
		}
		fetch_free(f);
	}
	net_answer_release(a);
	return ok;
}

bool
net_slurp(struct net *n, const struct net_ask *ask, size_t limit,
    struct net_answer *a, struct buf *to, struct err *why)
{
	struct net_body body;
	const char *block;
	ssize_t got = -1;

	if (!net_body_open(&body, n, ask, why)) {
		net_body_release(&body);
		return false;
	}
	while (to->n <= limit && (got = net_body_block(&body, &block, why)) > 0)
		buf_add(to, block, (size_t)got);
	if (to->n > limit)
		err_data(why, "limit_record",
		    "an answer of more than %zu bytes (--max-record raises "
		    "the limit)",
		    limit);
	if (got == 0) {
		*a = body.answer;
		memset(&body.answer, 0, sizeof(body.answer));
	}
	net_body_release(&body);
	return got == 0;
}
