#include "io/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"

static bool
all_of(struct slice s, const char *also)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9'))
			continue;
		if (c == '\0' || strchr(also, c) == NULL)
			return false;
	}
	return true;
}

/* Cuts "host", "host:port" or "[v6]:port"; *port stays where none is given. */
static bool
cut_host(struct slice s, struct slice *host, unsigned *port)
{
	unsigned long long number;
	const char *colon;

	if (s.n > 0 && s.p[0] == '[') {
		const char *close = memchr(s.p, ']', s.n);

		if (close == NULL)
			return false;
		*host = slice_span(s.p + 1, close);
		if (!all_of(*host, ":."))
			return false;
		s = slice_span(close + 1, s.p + s.n);
		colon = s.p;
		if (s.n > 0 && *colon != ':')
			return false;
	} else {
		colon = memchr(s.p, ':', s.n);
		*host = slice_span(s.p, colon == NULL ? s.p + s.n : colon);
		if (!all_of(*host, ".-_"))
			return false;
		s = colon == NULL ? (struct slice){ "", 0 }
				  : slice_span(colon, s.p + s.n);
	}
	if (host->n == 0 || host->n > 255)
		return false;
	if (s.n == 0)
		return true;
	if (!slice_number(slice_span(s.p + 1, s.p + s.n), &number) ||
	    number == 0 || number > 65535)
		return false;
	*port = (unsigned)number;
	return true;
}

bool
address_parse(const char *url, struct address *a, struct err *e)
{
	struct slice rest = slice_of(url), host, path = { "", 0 };
	const char *slash;

	memset(a, 0, sizeof(*a));
	if (slice_starts(rest, "http://"))
		a->port = 80;
	else if (slice_starts(rest, "https://"))
		a->port = 443;
	else
		return err_set(e, ERR_USAGE,
		    "'%s': a URL begins with http:// or https://", url);
	rest.n -= strlen(a->port == 80 ? "http://" : "https://");
	rest.p += strlen(a->port == 80 ? "http://" : "https://");
	if (memchr(rest.p, '@', rest.n) != NULL)
		return err_set(e, ERR_USAGE,
		    "a URL must not hold a user name or '@'; a key comes from "
		    "a file");
	slash = memchr(rest.p, '/', rest.n);
	if (slash != NULL) {
		path = slice_span(slash, rest.p + rest.n);
		rest = slice_span(rest.p, slash);
	}
	if (!cut_host(rest, &host, &a->port) || !all_of(path, "/._~-"))
		return err_set(e, ERR_USAGE,
		    "'%s' is no URL of the form http://host:port/path", url);
	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	a->base = mem_string(url,
	    path.n > 0 ? (size_t)(path.p + path.n - url)
		       : (size_t)(rest.p + rest.n - url));
	a->host = mem_string(host.p, host.n);
	return true;
}

void
address_release(struct address *a)
{
	mem_free(a->base);
	mem_free(a->host);
	memset(a, 0, sizeof(*a));
}

static bool
v4_is_private(uint32_t ip)
{
	return ip >> 24 == 127 || ip >> 24 == 10 || ip >> 20 == 0xAC1 ||
	    ip >> 16 == 0xC0A8 || ip >> 16 == 0xA9FE;
}

bool
address_is_private(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		return v4_is_private(ntohl(in.sin_addr.s_addr));
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in;
		const uint8_t *b = in.sin6_addr.s6_addr;

		memcpy(&in, sa, sizeof(in));
		if (IN6_IS_ADDR_V4MAPPED(&in.sin6_addr))
			return v4_is_private((uint32_t)b[12] << 24 |
			    (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 |
			    b[15]);
		return IN6_IS_ADDR_LOOPBACK(&in.sin6_addr) ||
		    (b[0] & 0xFE) == 0xFC ||
		    (b[0] == 0xFE && (b[1] & 0xC0) == 0x80);
	}
	return false;
}

bool
address_print(const struct sockaddr *sa, char *to, size_t n)
{
	socklen_t size = sa->sa_family == AF_INET ? sizeof(struct sockaddr_in)
						  : sizeof(struct sockaddr_in6);

	return getnameinfo(
		   sa, size, to, (socklen_t)n, NULL, 0, NI_NUMERICHOST) == 0;
}

bool
address_resolve(struct address *a, bool external, struct err *e)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	char service[8];
	int code;

	snprintf(service, sizeof(service), "%u", a->port);
	code = getaddrinfo(a->host, service, &hints, &list);
	if (code != 0)
		return err_set(e, ERR_SERVICE, "%s: host '%s': %s", a->base,
		    a->host, gai_strerror(code));
	a->count = 0;
	for (struct addrinfo *i = list; i != NULL; i = i->ai_next) {
		if (i->ai_family != AF_INET && i->ai_family != AF_INET6)
			continue;
		if (!external && !address_is_private(i->ai_addr)) {
			freeaddrinfo(list);
			return err_set(e, ERR_USAGE,
			    "%s: '%s' is not on this machine or a private "
			    "network; nothing is sent there",
			    a->base, a->host);
		}
		if (a->count < ADDRESS_MOST)
			memcpy(
			    &a->known[a->count++], i->ai_addr, i->ai_addrlen);
	}
	freeaddrinfo(list);
	if (a->count == 0)
		return err_set(e, ERR_SERVICE, "%s: host '%s' has no address",
		    a->base, a->host);
	return true;
}

static bool
same(const struct sockaddr *x, const struct sockaddr *y)
{
	struct sockaddr_in a, b;
	struct sockaddr_in6 c, d;

	if (x->sa_family != y->sa_family)
		return false;
	if (x->sa_family == AF_INET) {
		memcpy(&a, x, sizeof(a));
		memcpy(&b, y, sizeof(b));
		return a.sin_port == b.sin_port &&
		    a.sin_addr.s_addr == b.sin_addr.s_addr;
	}
	memcpy(&c, x, sizeof(c));
	memcpy(&d, y, sizeof(d));
	return c.sin6_port == d.sin6_port &&
	    memcmp(&c.sin6_addr, &d.sin6_addr, sizeof(c.sin6_addr)) == 0;
}

bool
address_knows(const struct address *a, const struct sockaddr *sa)
{
	if (sa->sa_family != AF_INET && sa->sa_family != AF_INET6)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (same((const struct sockaddr *)&a->known[i], sa))
			return true;
	return false;
}
