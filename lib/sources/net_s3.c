/*
 * s3: every object under a prefix, in the order of the list.
 *
 * The list comes in pages of at most 1,000 keys and is not held as a whole.
 * Each object is a file of a walked folder: its place is the operand, a slash
 * and the key below it.
 */
#include <string.h>

#include "base/mem.h"
#include "sources/net_source.h"
#include "sources/s3_list.h"
#include "sources/sigv4.h"

#define LIST_MOST ((size_t)16 << 20)

struct bucket {
	struct net *net;
	struct job *job;
	const char *shown; /* without a slash at the end */
	const char *name;
	char *prefix;    /* decoded */
	struct buf base; /* "https://host/bucket" or "https://bucket.host" */
	struct arena *arena; /* of a page */
};

static const char *
region_of(const struct net_options *o)
{
	return o->aws_region == NULL || o->aws_region[0] == '\0'
	    ? "us-east-1"
	    : o->aws_region;
}

static void
sign(const struct net *n, const char *method, const struct http_url *u,
    struct buf *lines)
{
	const struct net_options *o = n->options;
	bool own = n->user != NULL && n->secret != NULL;
	struct buf host = { 0 };
	struct sigv4 s = { .id = own ? n->user : o->aws_id,
		.secret = own ? n->secret : o->aws_secret,
		.token = own ? NULL : o->aws_token,
		.region = region_of(o),
		.method = method,
		.path = u->path,
		.query = u->query };

	if (s.token != NULL && s.token[0] == '\0')
		s.token = NULL;
	http_url_put_host(u, &host);
	s.host = buf_string(&host);
	sigv4_now(s.time);
	sigv4_sign(&s, lines);
	buf_release(&host);
}

static void
unsigned_request(const struct net *n, const char *method,
    const struct http_url *u, struct buf *lines)
{
	(void)n;
	(void)method;
	(void)u;
	(void)lines;
}

/* What the server says of its refusal is a word, never a key or a value. */
static void
add_code(struct bucket *b, struct err *why)
{
	const char *code = s3_error_code(buf_slice(&b->net->refusal), b->arena);
	size_t n = strlen(why->text);

	if (b->net->refused != 0 && code != NULL &&
	    n + strlen(code) + 4 < sizeof(why->text)) {
		memcpy(why->text + n, " (", 2);
		memcpy(why->text + n + 2, code, strlen(code));
		memcpy(why->text + n + 2 + strlen(code), ")", 2);
	}
}

/* --- one object ---------------------------------------------------------- */

/* The key below the operand; of one that only begins alike its last folder. */
static void
place_object(struct bucket *b, const char *key, struct place_of *at)
{
	size_t n = strlen(b->prefix);

	memset(at, 0, sizeof(*at));
	if (strcmp(key, b->prefix) == 0) {
		at->uri = b->shown;
		return;
	}
	if (n > 0 && b->prefix[n - 1] != '/' && key[n] != '/')
		while (n > 0 && b->prefix[n - 1] != '/')
			n--;
	at->walked = arena_string(b->arena, key + n, strlen(key + n));
	while (at->walked[0] == '/')
		at->walked++;
	if (n == strlen(b->prefix))
		at->uri = arena_printf(b->arena, "%s/%s", b->shown, at->walked);
	else
		at->uri = arena_printf(b->arena, "s3://%s/%.*s%s", b->name,
		    (int)n, b->prefix, at->walked);
}

static bool
read_object(
    struct bucket *b, const struct s3_object *o, bool *down, struct err *e)
{
	struct buf url = { 0 }, mark = { 0 };
	struct net_ask ask = { 0 };
	enum net_came came = NET_CUT;
	struct err why = { 0 };
	struct net_body body;
	struct place_of at;
	bool ok, known = false;

	*down = false;
	place_object(b, o->key, &at);
	if (o->key[0] != '\0' && o->key[strlen(o->key) - 1] == '/' &&
	    o->size == 0)
		return job_account(b->job, &at, "unknown", "folder", NULL, e);
	if (o->etag[0] != '\0')
		buf_addf(
		    &mark, "%s\n%llu", o->etag, (unsigned long long)o->size);
	ok = net_is_known(b->job, at.uri, buf_slice(&mark), &known, e);
	if (ok && known) {
		ok = job_account(b->job, &at, "unknown", "unchanged", NULL, e);
		buf_release(&mark);
		return ok;
	}
	buf_add_slice(&url, buf_slice(&b->base));
	buf_addc(&url, '/');
	http_url_encode(&url, slice_of(o->key), "/");
	ask.url = buf_string(&url);
	if (!ok) {
		buf_release(&url);
		buf_release(&mark);
		return false;
	}
	if (net_body_open(&body, b->net, &ask, &why)) {
		ok = net_read_body(b->net, &at, &body, o->key, &came, e);
		*down = came == NET_DOWN;
	} else {
		add_code(b, &why);
		*down = why.kind == ERR_SERVICE || net_has_stopped(b->net);
		ok = net_fail(b->job, at.uri, &why, e);
	}
	if (ok && came == NET_CAME)
		ok = net_keep(b->job, at.uri, buf_slice(&mark), e);
	net_body_release(&body);
	buf_release(&url);
	buf_release(&mark);
	return ok;
}

/* --- pages of the list --------------------------------------------------- */

static bool
fetch_list(
    struct bucket *b, const char *token, struct s3_list *list, struct err *why)
{
	struct buf query = { 0 }, url = { 0 }, xml = { 0 };
	struct net_answer answer = { 0 };
	struct net_ask ask = { 0 };
	bool ok;

	if (token != NULL) {
		buf_adds(&query, "continuation-token=");
		http_url_encode(&query, slice_of(token), "");
		buf_addc(&query, '&');
	}
	buf_adds(&query, "encoding-type=url&list-type=2&prefix=");
	http_url_encode(&query, slice_of(b->prefix), "");
	buf_addf(&url, "%s%s?", buf_string(&b->base),
	    strchr(buf_string(&b->base) + 8, '/') == NULL ? "/" : "");
	sigv4_query(buf_string(&query), &url);
	ask.url = buf_string(&url);
	ok = net_slurp(b->net, &ask, LIST_MOST, &answer, &xml, why);
	if (!ok)
		add_code(b, why);
	ok = ok && s3_list_parse(buf_slice(&xml), b->arena, list, why);
	net_answer_release(&answer);
	buf_release(&query);
	buf_release(&url);
	buf_release(&xml);
	return ok;
}

static bool
read_listed(struct bucket *b, struct s3_list *list, bool *down, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; ok && !*down && i < list->n; i++)
		ok = read_object(b, &list->objects[i], down, e);
	return ok;
}

static bool
read_bucket(struct bucket *b, struct err *e)
{
	struct s3_list list = { 0 };
	struct err why = { 0 };
	char *token = NULL;
	bool ok = true, down = false;
	uint64_t objects = 0;

	do {
		if (!fetch_list(b, token, &list, &why))
			break;
		mem_free(token);
		token = list.next == NULL
		    ? NULL
		    : mem_string(list.next, strlen(list.next));
		objects += list.n;
		ok = read_listed(b, &list, &down, e) &&
		    sink_flush(&b->job->sink, e);
		arena_reset(b->arena);
	} while (ok && !down && token != NULL);
	if (ok && why.kind == ERR_NONE && objects == 0)
		err_set(&why, ERR_INPUT, "there is no object of that prefix");
	if (ok && why.kind != ERR_NONE)
		ok = net_fail(b->job, b->shown, &why, e);
	mem_free(token);
	s3_list_release(&list);
	return ok;
}

static bool
open_bucket(struct bucket *b, const char *uri, struct err *why)
{
	const struct net_options *o = &b->job->options->net;
	const char *rest = uri + strlen("s3://");
	size_t n = strcspn(rest, "/"), shown = strlen(b->shown);

	b->name = arena_string(b->job->arena, rest, n);
	rest += n + (rest[n] == '/');
	b->prefix = arena_string(b->job->arena, rest, strlen(rest));
	while (shown > 0 && b->shown[shown - 1] == '/')
		shown--;
	b->shown = arena_string(b->job->arena, b->shown, shown);
	if (o->endpoint != NULL) {
		size_t end = strlen(o->endpoint);

		while (end > 0 && o->endpoint[end - 1] == '/')
			end--;
		buf_add(&b->base, o->endpoint, end);
		buf_addf(&b->base, "/%s", b->name);
	} else {
		buf_addf(&b->base, "https://%s.s3.%s.amazonaws.com", b->name,
		    region_of(o));
	}
	b->net = net_new(b->job, buf_string(&b->base), why);
	if (b->net == NULL)
		return false;
	b->net->sign = (b->net->user != NULL && b->net->secret != NULL) ||
		(o->aws_id != NULL && o->aws_secret != NULL)
	    ? sign
	    : unsigned_request;
	return true;
}

bool
net_s3_read(struct job *j, const char *uri, struct err *e)
{
	struct bucket b = { .job = j, .shown = net_shown(j, uri) };
	struct err why = { 0 };
	bool ok;

	b.arena = arena_new();
	if (open_bucket(&b, uri, &why))
		ok = read_bucket(&b, e);
	else
		ok = net_fail(j, b.shown, &why, e);
	net_free(b.net);
	arena_free(b.arena);
	buf_release(&b.base);
	return ok;
}
