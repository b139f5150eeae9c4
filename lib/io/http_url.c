#include "io/http_url.h"

#include <curl/curl.h>
#include <string.h>

#include "base/mem.h"

static const struct {
	const char *scheme;
	unsigned port;
} schemes[] = { { "http", 80 }, { "https", 443 }, { "ftp", 21 },
	{ "ftps", 990 }, { "sftp", 22 } };

static unsigned
own_port(const char *scheme)
{
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strcmp(schemes[i].scheme, scheme) == 0)
			return schemes[i].port;
	return 0;
}

/* A part as a string of ours; NULL where the URL has none. */
static char *
part_of(CURLU *u, CURLUPart what, unsigned flags)
{
	char *text = NULL, *copy;

	if (curl_url_get(u, what, &text, flags) != CURLUE_OK || text == NULL)
		return NULL;
	copy = mem_string(text, strlen(text));
	curl_free(text);
	return copy;
}

static void
lower(char *s)
{
	for (; *s != '\0'; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
}

/* What two parsers could read in two ways is refused. */
static bool
is_plain(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7F || *p == '\\')
			return false;
	return strstr(text, ":///") == NULL;
}

bool
http_url_parse(const char *text, struct http_url *to, struct err *e)
{
	CURLU *u = curl_url();
	unsigned long long port;
	char *number;
	bool ok = u != NULL && is_plain(text) &&
	    curl_url_set(u, CURLUPART_URL, text, CURLU_PATH_AS_IS) == CURLUE_OK;

	memset(to, 0, sizeof(*to));
	if (ok) {
		to->scheme = part_of(u, CURLUPART_SCHEME, 0);
		to->host = part_of(u, CURLUPART_HOST, 0);
		to->user = part_of(u, CURLUPART_USER, CURLU_URLDECODE);
		to->password = part_of(u, CURLUPART_PASSWORD, CURLU_URLDECODE);
		to->path = part_of(u, CURLUPART_PATH, 0);
		to->query = part_of(u, CURLUPART_QUERY, 0);
		number = part_of(u, CURLUPART_PORT, 0);
		ok = to->scheme != NULL && to->host != NULL &&
		    to->path != NULL && own_port(to->scheme) != 0;
		if (ok) {
			lower(to->scheme);
			lower(to->host);
			to->port = own_port(to->scheme);
			if (number != NULL &&
			    slice_number(slice_of(number), &port))
				to->port = (unsigned)port;
		}
		mem_free(number);
	}
	curl_url_cleanup(u);
	if (ok)
		return true;
	http_url_release(to);
	return err_set(e, ERR_USAGE,
	    "no address of the form scheme://host/path (blanks are %%20)");
}

static void
forget(char *secret)
{
	if (secret != NULL)
		memset(secret, 0, strlen(secret));
	mem_free(secret);
}

void
http_url_release(struct http_url *u)
{
	mem_free(u->scheme);
	mem_free(u->host);
	mem_free(u->user);
	forget(u->password);
	mem_free(u->path);
	mem_free(u->query);
	memset(u, 0, sizeof(*u));
}

void
http_url_put_host(const struct http_url *u, struct buf *b)
{
	buf_adds(b, u->host);
	if (u->port != own_port(u->scheme))
		buf_addf(b, ":%u", u->port);
}

/* What is no ASCII goes out as %XX. */
static void
put_bytes(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x80)
			buf_addc(b, *s);
		else
			buf_addf(b, "%%%02X", (unsigned char)*s);
}

void
http_url_put(const struct http_url *u, struct buf *b)
{
	buf_addf(b, "%s://", u->scheme);
	http_url_put_host(u, b);
	put_bytes(b, u->path);
	if (u->query != NULL) {
		buf_addc(b, '?');
		put_bytes(b, u->query);
	}
}

bool
http_url_join(
    const char *base, struct slice reference, struct buf *to, struct err *e)
{
	CURLU *u = curl_url();
	char *text = mem_string(reference.p, reference.n), *whole = NULL;
	bool ok = u != NULL && memchr(reference.p, '\0', reference.n) == NULL &&
	    curl_url_set(u, CURLUPART_URL, base, CURLU_PATH_AS_IS) ==
		CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, text, CURLU_URLENCODE) ==
		CURLUE_OK &&
	    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK;

	if (ok)
		buf_adds(to, whole);
	else
		err_set(e, ERR_SERVICE,
		    "the server names a next address that is none");
	curl_free(whole);
	curl_url_cleanup(u);
	mem_free(text);
	return ok;
}

bool
http_url_trusts(const struct http_url *a, const struct http_url *b)
{
	if (strcmp(a->host, b->host) != 0)
		return false;
	if (strcmp(a->scheme, b->scheme) == 0)
		return a->port == b->port;
	return strcmp(a->scheme, "http") == 0 && a->port == 80 &&
	    strcmp(b->scheme, "https") == 0 && b->port == 443;
}

/* --- encoding ------------------------------------------------------------ */

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~", c) != NULL);
}

void
http_url_encode(struct buf *b, struct slice s, const char *also)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (is_unreserved(c) || (c != '\0' && strchr(also, c) != NULL))
			buf_addc(b, c);
		else
			buf_addf(b, "%%%02X", (unsigned char)c);
	}
}

static int
hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void
http_url_decode(struct buf *b, struct slice s, bool plus)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' && i + 2 < s.n && hex_of(s.p[i + 1]) >= 0 &&
		    hex_of(s.p[i + 2]) >= 0) {
			buf_addc(b,
			    (char)(hex_of(s.p[i + 1]) << 4 |
				hex_of(s.p[i + 2])));
			i += 2;
		} else {
			buf_addc(b, plus && s.p[i] == '+' ? ' ' : s.p[i]);
		}
	}
}

/* --- queries ------------------------------------------------------------- */

static bool
is_named(struct slice pair, const char *name, struct slice *value)
{
	const char *equals = memchr(pair.p, '=', pair.n);
	struct slice key = equals == NULL ? pair : slice_span(pair.p, equals);
	struct buf plain = { 0 };
	bool same;

	http_url_decode(&plain, key, true);
	same = slice_is(buf_slice(&plain), name);
	buf_release(&plain);
	if (same && value != NULL)
		*value = equals == NULL
		    ? (struct slice){ "", 0 }
		    : slice_span(equals + 1, pair.p + pair.n);
	return same;
}

struct slice
http_query_get(const char *query, const char *name)
{
	struct slice rest = slice_of(query), pair, value;

	while (query != NULL && slice_next(&rest, '&', &pair))
		if (is_named(pair, name, &value))
			return value;
	return (struct slice){ NULL, 0 };
}

void
http_query_set(
    const char *query, const char *name, struct slice value, struct buf *to)
{
	struct slice rest = slice_of(query), pair;
	bool done = false, first = true;

	while (query != NULL && slice_next(&rest, '&', &pair)) {
		bool mine = is_named(pair, name, NULL);

		if (mine && done)
			continue;
		if (!first)
			buf_addc(to, '&');
		first = false;
		if (!mine) {
			buf_add_slice(to, pair);
			continue;
		}
		done = true;
		http_url_encode(to, slice_of(name), "");
		buf_addc(to, '=');
		http_url_encode(to, value, "");
	}
	if (done)
		return;
	if (!first)
		buf_addc(to, '&');
	http_url_encode(to, slice_of(name), "");
	buf_addc(to, '=');
	http_url_encode(to, value, "");
}
