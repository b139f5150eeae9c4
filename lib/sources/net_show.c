/*
 * What of an operand may be seen: in records, messages, the manifest, the
 * report and the state.  A user name goes, and the value of a parameter that
 * by its name or its characters holds a secret; its name stays.
 */
#include <string.h>
#include <strings.h>

#include "sources/net.h"

static const char *const secret_words[] = { "token", "secret", "passw", "pwd",
	"signature", "credential", "apikey", "api_key", "api-key",
	"subscription-key", "authorization", "jwt", "session", NULL };
static const char *const secret_names[] = { "key", "sig", "auth", "pass",
	"awsaccesskeyid", "user", "username", "login", NULL };

static bool
contains(struct slice s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0)
			return true;
	return false;
}

static bool
holds_secret(
    struct slice name, struct slice value, const struct source_options *o)
{
	struct buf plain = { 0 };
	struct slice v;
	bool yes;

	for (const char *const *w = secret_words; *w != NULL; w++)
		if (contains(name, *w))
			return true;
	for (const char *const *w = secret_names; *w != NULL; w++)
		if (name.n == strlen(*w) && contains(name, *w))
			return true;
	http_url_decode(&plain, value, true);
	v = buf_slice(&plain);
	yes = v.n > 0 &&
	    ((o->secret != NULL && slice_is(v, o->secret)) ||
		(o->user != NULL && slice_is(v, o->user)));
	buf_release(&plain);
	return yes;
}

static void
show_query(struct slice query, const struct source_options *o, struct buf *to)
{
	struct slice pair;
	char before = '?';

	while (slice_next(&query, '&', &pair)) {
		const char *equals = memchr(pair.p, '=', pair.n);
		struct slice name = pair;

		if (equals != NULL)
			name = slice_span(pair.p, equals);
		buf_addc(to, before);
		before = '&';
		if (equals != NULL &&
		    holds_secret(
			name, slice_span(equals + 1, pair.p + pair.n), o))
			pair = slice_span(pair.p, equals + 1);
		buf_add_slice(to, pair);
	}
}

void
net_show(const char *operand, const struct source_options *o, struct buf *to)
{
	struct slice s = slice_of(operand), host;
	const char *from = slice_find(s, SLICE("://")), *query, *at, *mark;

	if (from == NULL) {
		buf_adds(to, operand);
		return;
	}
	from += strlen("://");
	mark = memchr(from, '#', strlen(from));
	if (mark != NULL)
		s = slice_span(operand, mark);
	query = memchr(from, '?', (size_t)(s.p + s.n - from));
	host = slice_span(from, query == NULL ? s.p + s.n : query);
	at = memchr(host.p, '/', host.n);
	if (at != NULL)
		host.n = (size_t)(at - host.p);
	buf_add_slice(to, slice_span(operand, from));
	for (size_t i = host.n; i-- > 0;)
		if (host.p[i] == '@') {
			from += i + 1;
			break;
		}
	buf_add_slice(to, slice_span(from, query == NULL ? s.p + s.n : query));
	if (query != NULL)
		show_query(slice_span(query + 1, s.p + s.n), o, to);
}
