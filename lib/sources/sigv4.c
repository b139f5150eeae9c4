#include "sources/sigv4.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/digest.h"
#include "base/mem.h"
#include "io/http_url.h"

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

void
sigv4_now(char text[17])
{
	time_t now = time(NULL);
	struct tm t;

	gmtime_r(&now, &t);
	strftime(text, 17, "%Y%m%dT%H%M%SZ", &t);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The name and its value are compared apart: a byte 1 stands between them. */
static char *
canonical_pair(struct slice pair)
{
	const char *equals = memchr(pair.p, '=', pair.n);
	struct slice name = pair, value = { "", 0 };
	struct buf plain = { 0 }, to = { 0 };
	char *text;

	if (equals != NULL) {
		name = slice_span(pair.p, equals);
		value = slice_span(equals + 1, pair.p + pair.n);
	}
	http_url_decode(&plain, name, false);
	http_url_encode(&to, buf_slice(&plain), "");
	buf_addc(&to, '\1');
	buf_reset(&plain);
	http_url_decode(&plain, value, false);
	http_url_encode(&to, buf_slice(&plain), "");
	text = mem_string(to.p, to.n);
	buf_release(&plain);
	buf_release(&to);
	return text;
}

void
sigv4_query(const char *query, struct buf *to)
{
	struct slice rest = slice_of(query), pair;
	char **pairs = NULL;
	size_t n = 0, room = 0;

	while (query != NULL && slice_next(&rest, '&', &pair)) {
		pairs = mem_room(pairs, n, &room, sizeof(*pairs));
		pairs[n++] = canonical_pair(pair);
	}
	if (n > 0)
		qsort(pairs, n, sizeof(*pairs), by_bytes);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(to, '&');
		*strchr(pairs[i], '\1') = '=';
		buf_adds(to, pairs[i]);
		mem_free(pairs[i]);
	}
	mem_free(pairs);
}

static void
put_digest(struct buf *b, struct slice text)
{
	uint8_t d[DIGEST_SIZE];
	char hex[65];

	digest_bytes(text.p, text.n, d);
	digest_hex(d, hex);
	buf_adds(b, hex);
}

static void
step(uint8_t key[DIGEST_SIZE], const char *text, size_t n)
{
	uint8_t next[DIGEST_SIZE];

	digest_hmac(key, DIGEST_SIZE, text, n, next);
	memcpy(key, next, DIGEST_SIZE);
}

static void
signature_of(const struct sigv4 *s, struct slice text, char hex[65])
{
	uint8_t key[DIGEST_SIZE];
	struct buf first = { 0 };

	buf_addf(&first, "AWS4%s", s->secret);
	digest_hmac(first.p, first.n, s->time, 8, key);
	memset(first.p, 0, first.n);
	buf_release(&first);
	step(key, s->region, strlen(s->region));
	step(key, "s3", 2);
	step(key, "aws4_request", strlen("aws4_request"));
	step(key, text.p, text.n);
	digest_hex(key, hex);
}

void
sigv4_sign(const struct sigv4 *s, struct buf *lines)
{
	struct buf names = { 0 }, canonical = { 0 }, text = { 0 };
	struct slice rest = slice_of(s->more), line;
	char hex[65];

	buf_addf(&canonical, "%s\n%s\n%s\nhost:%s\n", s->method, s->path,
	    s->query == NULL ? "" : s->query, s->host);
	buf_adds(&names, "host");
	while (s->more != NULL && slice_next(&rest, '\n', &line)) {
		buf_addc(&names, ';');
		buf_add(&names, line.p, strcspn(line.p, ":"));
	}
	buf_adds(&names, ";x-amz-content-sha256;x-amz-date");
	buf_addf(&canonical,
	    "%sx-amz-content-sha256:" EMPTY "\nx-amz-date:%s\n",
	    s->more == NULL ? "" : s->more, s->time);
	if (s->token != NULL) {
		buf_adds(&names, ";x-amz-security-token");
		buf_addf(&canonical, "x-amz-security-token:%s\n", s->token);
	}
	buf_addf(&canonical, "\n%s\n" EMPTY, buf_string(&names));
	buf_addf(&text, "AWS4-HMAC-SHA256\n%s\n%.8s/%s/s3/aws4_request\n",
	    s->time, s->time, s->region);
	put_digest(&text, buf_slice(&canonical));
	signature_of(s, buf_slice(&text), hex);
	buf_addf(lines,
	    "x-amz-content-sha256: " EMPTY "\nx-amz-date: %s\n"
	    "Authorization: AWS4-HMAC-SHA256 "
	    "Credential=%s/%.8s/%s/s3/aws4_request,SignedHeaders=%s,"
	    "Signature=%s\n",
	    s->time, s->id, s->time, s->region, buf_string(&names), hex);
	if (s->token != NULL)
		buf_addf(lines, "x-amz-security-token: %s\n", s->token);
	buf_release(&names);
	buf_release(&canonical);
	buf_release(&text);
}
