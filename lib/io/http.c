#include "io/http.h"

#include <stdio.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "io/address.h"
#include "io/http_wait.h"

#define WATCH_EVERY ((size_t)16 << 10)
#define CONNECT_MS  30000L

struct http_site {
	struct http_site *next;
	struct address address;
	struct curl_slist *headers, *resolve;
};

/* One request; kept for the next one when it is over. */
struct transfer {
	struct http *http;
	struct http_site *site;
	CURL *easy;
	void *tag;
	struct buf body;
	size_t watched;
	long began, last; /* ms: sent, and last sign of life */
	bool cut;
	struct transfer *next;
};

struct http {
	struct http_options options;
	CURLM *multi;
	struct http_wait wait;
	struct address proxy; /* base NULL: none */
	struct http_site *sites;
	struct transfer *active, *idle;
	struct transfer *given; /* whose body the caller reads */
	size_t nactive;
};

struct http *
http_new(const struct http_options *options, struct err *e)
{
	CURLM *multi = http_handle_open(e);
	struct http *h;

	if (multi == NULL)
		return NULL;
	h = mem_zalloc(sizeof(*h));
	h->options = *options;
	h->multi = multi;
	if (!http_wait_begin(&h->wait, multi, e)) {
		http_free(h);
		return NULL;
	}
	if (options->proxy == NULL ||
	    (address_parse(options->proxy, &h->proxy, e) &&
		address_resolve(&h->proxy, options->external, e)))
		return h;
	err_wrap(e, "proxy");
	http_free(h);
	return NULL;
}

static void
site_free(struct http_site *s)
{
	curl_slist_free_all(s->headers);
	curl_slist_free_all(s->resolve);
	address_release(&s->address);
	mem_free(s);
}

static void
transfers_free(struct http *h, struct transfer *list)
{
	for (struct transfer *t = list, *next; t != NULL; t = next) {
		next = t->next;
		if (t->easy != NULL) {
			curl_multi_remove_handle(h->multi, t->easy);
			curl_easy_cleanup(t->easy);
		}
		buf_release(&t->body);
		mem_free(t);
	}
}

void
http_free(struct http *h)
{
	if (h == NULL)
		return;
	transfers_free(h, h->active);
	transfers_free(h, h->given);
	transfers_free(h, h->idle);
	for (struct http_site *s = h->sites, *next; s != NULL; s = next) {
		next = s->next;
		site_free(s);
	}
	http_handle_close(h->multi);
	http_wait_end(&h->wait);
	address_release(&h->proxy);
	mem_free(h);
}

/*
 * Adds "HOST:PORT:ADDRESS,..." to the list, which keeps libcurl from
 * asking a second time.  NULL, with the list freed, where memory is out.
 */
static struct curl_slist *
add_resolved(struct curl_slist *list, const struct address *a)
{
	struct curl_slist *longer;
	struct buf b = { 0 };
	char text[128];

	buf_addf(&b, "%s:%u:", a->host, a->port);
	for (size_t i = 0; i < a->count; i++) {
		const struct sockaddr *sa =
		    (const struct sockaddr *)&a->known[i];

		if (!address_print(sa, text, sizeof(text)))
			continue;
		buf_addf(&b, sa->sa_family == AF_INET6 ? "%s[%s]" : "%s%s",
		    b.p[b.n - 1] == ':' ? "" : ",", text);
	}
	longer = curl_slist_append(list, buf_string(&b));
	buf_release(&b);
	if (longer == NULL)
		curl_slist_free_all(list);
	return longer;
}

static bool
add_header(struct http_site *s, const char *line)
{
	struct curl_slist *list = curl_slist_append(s->headers, line);

	if (list != NULL)
		s->headers = list;
	return list != NULL;
}

static bool
add_key(struct http_site *s, const char *key)
{
	struct buf b = { 0 };
	bool done;

	buf_addf(&b, "Authorization: Bearer %s", key);
	done = add_header(s, buf_string(&b));
	memset(b.p, 0, b.n);
	buf_release(&b);
	return done;
}

struct http_site *
http_site(struct http *h, const char *base, const char *key, struct err *e)
{
	struct http_site *s = mem_zalloc(sizeof(*s));

	if (!address_parse(base, &s->address, e) ||
	    !address_resolve(&s->address, h->options.external, e))
		goto fail;
	s->resolve = add_resolved(NULL, &s->address);
	if (s->resolve != NULL && h->proxy.base != NULL)
		s->resolve = add_resolved(s->resolve, &h->proxy);
	/* "Expect:" takes away a round trip that few servers understand. */
	if (s->resolve == NULL || !add_header(s, "Expect:") ||
	    !add_header(s, "Content-Type: application/json") ||
	    (key != NULL && !add_key(s, key))) {
		err_set(e, ERR_OUTPUT, "out of memory");
		goto fail;
	}
	s->next = h->sites;
	h->sites = s;
	return s;

fail:
	site_free(s);
	return NULL;
}

const char *
http_site_url(const struct http_site *s)
{
	return s->address.base;
}

static size_t
on_header(char *p, size_t size, size_t n, void *to)
{
	struct transfer *t = to;

	(void)p;
	t->last = clock_ms();
	return size * n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *to)
{
	struct transfer *t = to;
	const struct http_options *o = &t->http->options;

	t->last = clock_ms();
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
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* What holds for whatever it will send. */
static CURLcode
transfer_setup(struct transfer *t)
{
	const struct http_options *o = &t->http->options;
	CURL *c = t->easy;
	CURLcode code =
	    http_handle_guard(c, "http,https", o->ca_file, CONNECT_MS);

#define SET(option, value)    \
	if (code == CURLE_OK) \
	code = curl_easy_setopt(c, option, value)

	if (t->http->proxy.base != NULL) {
		SET(CURLOPT_PROXY, t->http->proxy.base);
		SET(CURLOPT_NOPROXY, "");
	}
	SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
	SET(CURLOPT_OPENSOCKETDATA, t);
	SET(CURLOPT_ACCEPT_ENCODING, "gzip");
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, t);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, t);
	SET(CURLOPT_PRIVATE, t);
	return code;
}

/* What is of this one request. */
static CURLcode
transfer_aim(struct transfer *t, const char *url, struct slice body)
{
	CURL *c = t->easy;
	CURLcode code = CURLE_OK;

	SET(CURLOPT_URL, url);
	SET(CURLOPT_RESOLVE, t->site->resolve);
	SET(CURLOPT_HTTPHEADER, t->site->headers);
	if (body.p != NULL) {
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
		SET(CURLOPT_POSTFIELDS, body.p);
		SET(CURLOPT_POST, 1L);
	} else {
		SET(CURLOPT_HTTPGET, 1L);
	}
#undef SET
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

static struct transfer *
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
	t->next = NULL;
	return t;
}

bool
http_send(struct http *h, struct http_site *s, const char *path,
    struct slice body, void *tag, struct err *e)
{
	struct transfer *t = transfer_take(h);
	struct buf url = { 0 };
	CURLcode code = CURLE_OUT_OF_MEMORY;

	t->site = s;
	t->tag = tag;
	buf_addf(&url, "%s%s", s->address.base, path);
	if (t->easy != NULL)
		code = transfer_aim(t, buf_string(&url), body);
	buf_release(&url);
	if (code != CURLE_OK ||
	    curl_multi_add_handle(h->multi, t->easy) != CURLM_OK) {
		t->next = h->idle;
		h->idle = t;
		return err_set(e, ERR_OUTPUT, "%s: %s", s->address.base,
		    curl_easy_strerror(code));
	}
	t->next = h->active;
	h->active = t;
	h->nactive++;
	return true;
}

size_t
http_active(const struct http *h)
{
	return h->nactive;
}

static enum http_end
end_of(const struct transfer *t, CURLcode code)
{
	if (t->cut)
		return HTTP_CUT;
	switch (code) {
	case CURLE_OK:
		return HTTP_ANSWERED;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return HTTP_UNREACHED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return HTTP_UNTRUSTED;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_SLOW;
	default:
		return HTTP_BROKEN;
	}
}

/* Takes it off the active ones; its body lives until the next call. */
static void
hand_out(
    struct http *h, struct transfer *t, enum http_end end, struct http_reply *r)
{
	struct transfer **at = &h->active;
	curl_off_t after = 0;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	h->nactive--;
	*r = (struct http_reply){ .tag = t->tag, .end = end };
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &r->status);
	curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &after);
	r->retry_after = after > 0 ? (long)after : -1;
	r->body = buf_slice(&t->body);
	curl_multi_remove_handle(h->multi, t->easy);
	t->next = NULL;
	h->given = t;
}

static bool
find_ended(struct http *h, struct http_reply *r)
{
	struct transfer *t = NULL;
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(h->multi, &left)) != NULL)
		if (m->msg == CURLMSG_DONE) {
			CURLcode code = m->data.result;

			curl_easy_getinfo(
			    m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
			hand_out(h, t, end_of(t, code), r);
			return true;
		}
	return false;
}

static bool
find_late(struct http *h, struct http_reply *r)
{
	long now = clock_ms();

	for (struct transfer *t = h->active; t != NULL; t = t->next)
		if (now - t->last >= (long)h->options.idle_ms ||
		    now - t->began >= (long)h->options.total_ms) {
			hand_out(h, t, HTTP_SLOW, r);
			return true;
		}
	return false;
}

bool
http_next(struct http *h, unsigned wait_ms, struct http_reply *r)
{
	int64_t until = clock_ms() + (int64_t)wait_ms;

	if (h->given != NULL) {
		h->given->next = h->idle;
		h->idle = h->given;
		h->given = NULL;
	}
	http_wait_step(&h->wait, 0);
	for (;;) {
		long left;

		if (find_ended(h, r) || find_late(h, r))
			return true;
		left = (long)(until - clock_ms());
		if (left <= 0)
			return false;
		/* Short enough for the idle time to be noticed. */
		http_wait_step(&h->wait, left < 100 ? left : 100);
	}
}
