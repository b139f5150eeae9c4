/*
 * http and https: one file, or the pages of an API.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "sources/net_pages.h"

/* --- what the state keeps of a file -------------------------------------- */

/* "ETag LF Last-Modified LF size"; empty where the server says nothing. */
static void
put_mark(const struct net_body *b, struct buf *to)
{
	if (b->etag.n == 0 && b->modified.n == 0)
		return;
	buf_add_slice(to, buf_slice(&b->etag));
	buf_addc(to, '\n');
	buf_add_slice(to, buf_slice(&b->modified));
	buf_addf(to, "\n%lld", (long long)b->size);
}

/* The conditions under which it is worth reading again, in the arena. */
static bool
recall(struct job *j, const char *uri, struct net_ask *ask, struct err *e)
{
	struct slice rest, etag, modified;
	struct buf kept = { 0 };
	bool found = false;

	if (j->state != NULL &&
	    !state_get(j->state, "net", slice_of(uri), &kept, &found, e))
		return false;
	rest = buf_slice(&kept);
	if (found && slice_next(&rest, '\n', &etag) &&
	    slice_next(&rest, '\n', &modified)) {
		ask->etag = arena_string(j->arena, etag.p, etag.n);
		ask->modified = arena_string(j->arena, modified.p, modified.n);
	}
	buf_release(&kept);
	return true;
}

/* --- pages that a header names ------------------------------------------- */

static struct slice
next_by_header(const struct net_answer *a)
{
	struct slice header = fetch_header(a->fetch, "link"), next;

	while (header.p != NULL) {
		next = pages_link_next(header);
		if (next.p != NULL)
			return next;
		header = fetch_header_next(a->fetch, "link", header);
	}
	return header;
}

struct chain {
	struct net *net;
	const char *shown, *name;
	struct buf url, next;
	struct index *seen;
	uint64_t number;
};

static bool
find_next(struct chain *c, const struct net_body *b, struct err *why)
{
	struct slice next = next_by_header(&b->answer);
	uint64_t h;
	bool fresh;

	buf_reset(&c->next);
	if (next.p == NULL)
		return true;
	if (!net_lead(buf_string(&c->url), next, &c->next, why)) {
		buf_reset(&c->next);
		return false;
	}
	h = hash_bytes(c->next.p, c->next.n);
	index_add(
	    c->seen, (struct slice){ (const char *)&h, sizeof(h) }, &fresh);
	if (fresh)
		return true;
	buf_reset(&c->next);
	return err_set(why, ERR_SERVICE,
	    "page %llu leads back to a page that was there before",
	    (unsigned long long)c->number);
}

/* One body; why says what is wrong with the way on. */
static bool
read_link(struct chain *c, struct err *why, struct err *e)
{
	struct job *j = c->net->job;
	struct net_ask ask = { .url = buf_string(&c->url) };
	struct place_of at = { .uri = c->shown };
	struct buf mark = { 0 };
	struct net_body body;
	enum net_came came = NET_CAME;
	bool ok = true, alone;

	if (c->number > 1) {
		at.parts[0] = arena_printf(
		    j->arena, "page %llu", (unsigned long long)c->number);
		at.nparts = at.unchained = 1;
	} else if (!recall(j, c->shown, &ask, e)) {
		return false;
	}
	if (!net_body_open(&body, c->net, &ask, why)) {
		net_body_release(&body);
		buf_reset(&c->next);
		return true;
	}
	if (body.answer.status == 304) {
		ok = job_account(j, &at, "unknown", "unchanged", NULL, e);
	} else if (body.answer.status == 204) {
		ok = job_account(j, &at, "unknown", "no_content", NULL, e);
	} else {
		find_next(c, &body, why);
		alone = c->number == 1 && c->next.n == 0;
		put_mark(&body, &mark);
		ok = net_read_body(c->net, &at, &body, c->name, &came, e);
		if (ok && alone && came == NET_CAME && why->kind == ERR_NONE)
			ok = net_keep(j, c->shown, buf_slice(&mark), e);
		if (came != NET_CAME || j->options->inspect)
			buf_reset(&c->next);
	}
	buf_release(&mark);
	net_body_release(&body);
	return ok && sink_flush(&j->sink, e);
}

static bool
read_linked(struct net *n, const char *shown, const char *name, struct err *e)
{
	struct chain c = { .net = n,
		.shown = shown,
		.name = name,
		.seen = index_new(),
		.number = 1 };
	struct err why = { 0 };
	uint64_t h;
	bool ok;

	http_url_put(&n->first, &c.url);
	h = hash_bytes(c.url.p, c.url.n);
	index_add(c.seen, (struct slice){ (const char *)&h, sizeof(h) }, NULL);
	while ((ok = read_link(&c, &why, e)) && c.next.n > 0) {
		struct buf b = c.url;

		c.url = c.next;
		c.next = b;
		c.number++;
	}
	if (ok && why.kind != ERR_NONE)
		ok = net_fail(n->job, shown, &why, e);
	buf_release(&c.url);
	buf_release(&c.next);
	index_free(c.seen);
	return ok;
}

bool
net_http_read(struct job *j, const char *uri, struct err *e)
{
	const char *shown = net_shown(j, uri);
	struct err why = { 0 };
	struct pages p = { .shown = shown };
	bool ok;

	p.net = net_new(j, uri, &why);
	if (p.net == NULL ||
	    !net_paging_parse(j->options->net.next, &p.paging, &why)) {
		net_free(p.net);
		return net_fail(j, shown, &why, e);
	}
	p.name = net_name(j->arena, p.net->first.path);
	if (p.paging.how == PAGES_LINK) {
		ok = read_linked(p.net, shown, p.name, e);
	} else {
		http_url_put(&p.net->first, &p.url);
		ok = pages_read(&p, e);
	}
	net_free(p.net);
	return ok;
}
