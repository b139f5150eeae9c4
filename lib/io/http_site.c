#include "io/http_part.h"

#include <sys/socket.h>

#include "base/mem.h"

void
http_site_free(struct http_site *s)
{
	curl_slist_free_all(s->headers);
	curl_slist_free_all(s->resolve);
	address_release(&s->address);
	mem_free(s);
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
	http_site_free(s);
	return NULL;
}

const char *
http_site_url(const struct http_site *s)
{
	return s->address.base;
}
