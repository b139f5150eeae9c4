#include "io/http_part.h"

#include <sys/socket.h>

#include "base/clock.h"
#include "base/mem.h"
#include "io/http_handle.h"

#define WATCH_EVERY ((size_t)16 << 10)
#define CONNECT_MS  30000L
#define PIECE       4096L /* most answers; one is allocated for each request */

static size_t
on_header(char *p, size_t size, size_t n, void *to)
{
	struct transfer *t = to;

	(void)p;
	t->last = t->http->wait.now;
	return size * n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *to)
{
	struct transfer *t = to;
	const struct http_options *o = &t->http->options;

	t->last = t->http->wait.now;
	buf_add(&t->body, p, size * n);
	if (t->body.full)
		t->cut = true;
	if (!t->cut && o->watch != NULL &&
	    t->body.n - t->watched >= WATCH_EVERY) {
		t->watched = t->body.n;
		t->cut = !o->watch(buf_slice(&t->body));
	}
	return t->cut ? 0 : size * n;
}

/* The last word on where a connection goes, whatever led there. */
static curl_socket_t
on_socket(void *from, curlsocktype purpose, struct curl_sockaddr *to)
{
	const struct transfer *t = from;
	const struct address *known =
	    t->http->proxy.base != NULL ? &t->http->proxy : &t->site->address;

	if (purpose != CURLSOCKTYPE_IPCXN || !address_knows(known, &to->addr))
		return CURL_SOCKET_BAD;
	return http_wait_socket(&t->http->wait,
	    socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol));
}

#define SET(option, value)    \
	if (code == CURLE_OK) \
	code = set(c, option, value)

/* What holds for whatever it will send. */
static CURLcode
transfer_setup(struct transfer *t)
{
	const struct http_options *o = &t->http->options;
	CURLcode (*set)(CURL *, CURLoption, ...) = t->http->curl.setopt;
	CURL *c = t->easy;
	CURLcode code =
	    http_handle_guard(c, "http,https", o->ca_file, CONNECT_MS);

	if (t->http->proxy.base != NULL)
		SET(CURLOPT_PROXY, t->http->proxy.base);
	SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
	SET(CURLOPT_OPENSOCKETDATA, t);
	SET(CURLOPT_CLOSESOCKETFUNCTION, http_wait_close);
	SET(CURLOPT_CLOSESOCKETDATA, &t->http->wait);
	SET(CURLOPT_ACCEPT_ENCODING, "gzip");
	SET(CURLOPT_BUFFERSIZE, PIECE);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, t);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, t);
	SET(CURLOPT_PRIVATE, t);
	return code;
}

/*
 * What all requests to the same address have in common is kept by the handle.
 * libcurl keeps the known addresses as well, once it was given them.
 */
static CURLcode
point_at(struct transfer *t, struct http_site *s, const char *path)
{
	CURLcode (*set)(CURL *, CURLoption, ...) = t->http->curl.setopt;
	CURLcode code = CURLE_OK;
	CURL *c = t->easy;
	struct buf url = { 0 };

	mem_free(t->path);
	t->path = mem_string(path, strlen(path));
	buf_addf(&url, "%s%s", s->address.base, path);
	SET(CURLOPT_URL, buf_string(&url));
	SET(CURLOPT_RESOLVE, s->resolve);
	SET(CURLOPT_HTTPHEADER, s->headers);
	buf_release(&url);
	t->site = code == CURLE_OK ? s : NULL;
	return code;
}

CURLcode
transfer_aim(struct transfer *t, struct http_site *s, const char *path,
    struct slice body)
{
	CURLcode (*set)(CURL *, CURLoption, ...) = t->http->curl.setopt;
	CURLcode code = CURLE_OK;
	CURL *c = t->easy;

	if (t->site != s || strcmp(t->path, path) != 0)
		code = point_at(t, s, path);
	if (body.p != NULL) {
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
		SET(CURLOPT_POSTFIELDS, body.p); /* says POST as well */
	} else {
		SET(CURLOPT_HTTPGET, 1L);
	}
	return code;
}

static struct transfer *
transfer_new(struct http *h)
{
	struct transfer *t = mem_zalloc(sizeof(*t));

	t->http = h;
	t->easy = curl_easy_init();
	t->body.ceiling = h->options.body_limit;
	if (t->easy == NULL || transfer_setup(t) == CURLE_OK)
		return t;
	curl_easy_cleanup(t->easy);
	t->easy = NULL;
	return t;
}

void
transfer_free(struct transfer *t)
{
	if (t->easy != NULL)
		curl_easy_cleanup(t->easy);
	buf_release(&t->body);
	mem_free(t->path);
	mem_free(t);
}

struct transfer *
transfer_take(struct http *h)
{
	struct transfer *t = h->idle;

	if (t != NULL)
		h->idle = t->next;
	else
		t = transfer_new(h);
	buf_reset(&t->body);
	t->watched = 0;
	t->cut = false;
	t->began = t->last = clock_ms();
	t->next = t->before = NULL;
	return t;
}
