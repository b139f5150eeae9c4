/*
 * A body that breaks off is asked for from where it stood, but only if it is
 * still the same: by Range with If-Range where the server gave something to
 * compare (a strong ETag, or a date), else from its beginning, and what was
 * read before must come again byte for byte (its digest is kept).
 */
#include <string.h>

#include "base/mem.h"
#include "sources/net.h"

#define PROGRESS ((uint64_t)64 << 10) /* bytes that make up for a break */

static void
keep_header(const struct net_answer *a, const char *name, struct buf *to)
{
	buf_reset(to);
	buf_add_slice(to, fetch_header(a->fetch, name));
	buf_string(to);
}

bool
net_body_open(struct net_body *b, struct net *n, const struct net_ask *ask,
    struct err *why)
{
	memset(b, 0, sizeof(*b));
	b->net = n;
	b->ask = *ask;
	b->seen = digest_new();
	if (!net_open(n, ask, &b->answer, why))
		return false;
	keep_header(&b->answer, "etag", &b->etag);
	keep_header(&b->answer, "last-modified", &b->modified);
	b->size = fetch_size(b->answer.fetch);
	b->time = fetch_time(b->answer.fetch);
	b->ask.etag = b->ask.modified = NULL;
	return true;
}

void
net_body_release(struct net_body *b)
{
	net_answer_release(&b->answer);
	buf_release(&b->etag);
	buf_release(&b->modified);
	digest_free(b->seen);
	memset(b, 0, sizeof(*b));
}

/* Whether the answer begins at the byte we want. */
static bool
begins_at(const struct net_body *b)
{
	struct slice range = fetch_header(b->answer.fetch, "content-range");
	unsigned long long from;
	const char *dash;

	if (!slice_starts(range, "bytes "))
		return false;
	range = slice_span(range.p + strlen("bytes "), range.p + range.n);
	dash = memchr(range.p, '-', range.n);
	return dash != NULL && slice_number(slice_span(range.p, dash), &from) &&
	    from == b->got;
}

static bool
has_changed(const struct net_body *b, struct err *e)
{
	return err_set(e, ERR_INPUT,
	    "it changed on the server after %llu bytes had been read (run "
	    "again to read it anew)",
	    (unsigned long long)b->got);
}

/* The whole again: what we have is read over. */
static bool
read_over(struct net_body *b, struct err *e)
{
	uint8_t old[DIGEST_SIZE], new[DIGEST_SIZE];
	struct digest *d = digest_new();
	uint64_t left = b->got;
	const char *block = "";
	size_t n = 0, take;

	while (left > 0 && (n = fetch_block(b->answer.fetch, &block)) > 0) {
		take = n < left ? n : (size_t)left;
		digest_add(d, block, take);
		left -= take;
		b->rest = (struct slice){ block + take, n - take };
	}
	digest_peek(d, new);
	digest_free(d);
	digest_peek(b->seen, old);
	if (left > 0 && fetch_ended(b->answer.fetch) != FETCH_DONE) {
		b->rest.n = 0;
		return true; /* broken off again: the next attempt */
	}
	if (left == 0 && memcmp(old, new, sizeof(old)) == 0)
		return true;
	return has_changed(b, e);
}

static bool
resume(struct net_body *b, struct err *e)
{
	struct net *n = b->net;
	bool http = strncmp(n->first.scheme, "http", 4) == 0;

	if (b->got - b->safe >= PROGRESS)
		b->breaks = 0;
	b->safe = b->got;
	if (b->breaks++ >= n->options->retries)
		return err_set(e, ERR_SERVICE,
		    "the connection broke off after %llu bytes (%s)",
		    (unsigned long long)b->got, fetch_why(b->answer.fetch));
	if (!net_pause(n, net_growing_pause(b->breaks)))
		return n->job->broken.kind != ERR_NONE
		    ? (*e = n->job->broken, false)
		    : err_set(e, ERR_INPUT, "interrupted");
	net_answer_release(&b->answer);
	b->ask.from = b->got;
	b->ask.same = NULL;
	if (b->etag.n > 0 && !slice_starts(buf_slice(&b->etag), "W/"))
		b->ask.same = buf_string(&b->etag);
	else if (b->modified.n > 0)
		b->ask.same = buf_string(&b->modified);
	if (!net_open(n, &b->ask, &b->answer, e))
		return n->refused == 416 ? has_changed(b, e) : false;
	if (b->got == 0)
		return true;
	if (b->answer.status == 206)
		return begins_at(b) || has_changed(b, e);
	if (http)
		return read_over(b, e);
	fetch_head(b->answer.fetch);
	return b->size < 0 || fetch_size(b->answer.fetch) < 0 ||
	    (uint64_t)b->size ==
	    b->got + (uint64_t)fetch_size(b->answer.fetch) ||
	    has_changed(b, e);
}

ssize_t
net_body_block(void *body, const char **block, struct err *e)
{
	struct net_body *b = body;
	size_t n = b->rest.n;

	*block = b->rest.p;
	b->rest.n = 0;
	while (n == 0 && (n = fetch_block(b->answer.fetch, block)) == 0) {
		switch (fetch_ended(b->answer.fetch)) {
		case FETCH_DONE:
			return 0;
		case FETCH_UNREACHED:
		case FETCH_BROKEN:
		case FETCH_SLOW:
			if (!resume(b, e))
				return -1;
			n = b->rest.n;
			*block = b->rest.p;
			b->rest.n = 0;
			break;
		case FETCH_STOPPED:
			err_set(e, ERR_INPUT, "interrupted");
			return -1;
		case FETCH_MISSING:
			err_set(e, ERR_INPUT,
			    "there is no such file, or it "
			    "is not for us");
			return -1;
		default:
			err_set(e, ERR_SERVICE, "the server refuses (%s)",
			    fetch_why(b->answer.fetch));
			return -1;
		}
	}
	digest_add(b->seen, *block, n);
	b->got += n;
	return (ssize_t)n;
}
