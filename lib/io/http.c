#include "io/http.h"

#include "base/clock.h"
#include "base/mem.h"
#include "io/http_handle.h"
#include "io/http_part.h"

#define LATE_MS     100 /* between looks for what has been silent for too long */
#define CONNECTIONS 512L /* kept open for later requests */

struct http *
http_new(const struct http_options *options, struct err *e)
{
	CURLM *multi = http_handle_open(e);
	struct http *h;

	if (multi == NULL)
		return NULL;
	h = mem_zalloc(sizeof(*h));
	h->options = *options;
	/* By itself libcurl keeps as many as there are requests, for a moment. */
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, CONNECTIONS);
	h->multi = multi;
	h->wait.events = -1;
	if (!http_curl_find(&h->curl)) {
		err_set(e, ERR_SERVICE, "libcurl lacks a function");
		http_free(h);
		return NULL;
	}
	if (!http_wait_begin(&h->wait, &h->curl, multi, e)) {
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
transfers_free(struct http *h, struct transfer *list)
{
	for (struct transfer *t = list, *next; t != NULL; t = next) {
		next = t->next;
		if (t->easy != NULL)
			h->curl.remove(h->multi, t->easy);
		transfer_free(t);
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
		http_site_free(s);
	}
	http_handle_close(h->multi);
	http_wait_end(&h->wait);
	address_release(&h->proxy);
	mem_free(h);
}

bool
http_send(struct http *h, struct http_site *s, const char *path,
    struct slice body, void *tag, struct err *e)
{
	struct transfer *t = transfer_take(h);
	CURLcode code = CURLE_OUT_OF_MEMORY;

	t->tag = tag;
	if (t->easy != NULL)
		code = transfer_aim(t, s, path, body);
	if (code != CURLE_OK || h->curl.add(h->multi, t->easy) != CURLM_OK) {
		t->next = h->idle;
		h->idle = t;
		return err_set(e, ERR_OUTPUT, "%s: %s", s->address.base,
		    curl_easy_strerror(code));
	}
	t->next = h->active;
	if (h->active != NULL)
		h->active->before = t;
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
	curl_off_t after = 0;

	*(t->before == NULL ? &h->active : &t->before->next) = t->next;
	if (t->next != NULL)
		t->next->before = t->before;
	h->nactive--;
	*r = (struct http_reply){ .tag = t->tag, .end = end };
	h->curl.getinfo(t->easy, CURLINFO_RESPONSE_CODE, &r->status);
	h->curl.getinfo(t->easy, CURLINFO_RETRY_AFTER, &after);
	r->retry_after = after > 0 ? (long)after : -1;
	r->body = buf_slice(&t->body);
	h->curl.remove(h->multi, t->easy);
	t->next = NULL;
	h->given = t;
}

static bool
find_ended(struct http *h, struct http_reply *r)
{
	struct transfer *t = NULL;
	CURLMsg *m;
	int left;

	while ((m = h->curl.read(h->multi, &left)) != NULL)
		if (m->msg == CURLMSG_DONE) {
			CURLcode code = m->data.result;

			h->curl.getinfo(
			    m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
			hand_out(h, t, end_of(t, code), r);
			return true;
		}
	return false;
}

static bool
find_late(struct http *h, struct http_reply *r)
{
	int64_t now = h->wait.now;

	if (now - h->looked < LATE_MS)
		return false;
	for (struct transfer *t = h->active; t != NULL; t = t->next)
		if (now - t->last >= (long)h->options.idle_ms ||
		    now - t->began >= (long)h->options.total_ms) {
			hand_out(h, t, HTTP_SLOW, r);
			return true;
		}
	h->looked = now;
	return false;
}

bool
http_next(struct http *h, unsigned wait_ms, struct http_reply *r)
{
	int64_t until;

	if (h->given != NULL) {
		h->given->next = h->idle;
		h->idle = h->given;
		h->given = NULL;
	}
	/*
	 * What has come is handed out first and the network looked at when it
	 * is used up, so that requests go out in groups: a server that sleeps
	 * is then woken up once for many.
	 */
	if (find_ended(h, r))
		return true;
	until = clock_ms() + (int64_t)wait_ms;
	for (long left = (long)wait_ms;; left = (long)(until - h->wait.now)) {
		http_wait_step(&h->wait, left < LATE_MS ? left : LATE_MS);
		if (find_ended(h, r) || find_late(h, r))
			return true;
		if (h->wait.now >= until)
			return false;
	}
}
