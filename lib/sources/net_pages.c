#include "sources/net_pages.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "json/scan.h"

/* --- where the next page is ---------------------------------------------- */

/* `<URL>; rel="next"; title=x, <URL>; ...` (RFC 8288) */
struct slice
pages_link_next(struct slice rest)
{
	while (rest.n > 0) {
		const char *open = memchr(rest.p, '<', rest.n), *close, *p;
		const char *end = rest.p + rest.n;
		struct slice url, parameters, one;
		bool quoted = false;

		if (open == NULL)
			break;
		close = memchr(open, '>', (size_t)(end - open));
		if (close == NULL)
			break;
		url = slice_span(open + 1, close);
		for (p = close + 1; p < end && (quoted || *p != ','); p++)
			quoted ^= *p == '"';
		parameters = slice_span(close + 1, p);
		rest = slice_span(p < end ? p + 1 : p, end);
		while (slice_next(&parameters, ';', &one)) {
			one = slice_trim(one);
			if (one.n < 4 || strncasecmp(one.p, "rel=", 4) != 0)
				continue;
			one = slice_span(one.p + 4, one.p + one.n);
			if (one.n >= 2 && one.p[0] == '"')
				one = (struct slice){ one.p + 1, one.n - 2 };
			if (one.n == 4 && strncasecmp(one.p, "next", 4) == 0)
				return url;
		}
	}
	return (struct slice){ NULL, 0 };
}

struct slice
pages_pointer(struct slice page, struct slice pointer, struct arena *a)
{
	struct err ignored = { 0 };
	struct json value;
	struct slice text;

	page = json_pad(page, a);
	if (!json_check(page.p, page.n, 0, &ignored))
		return (struct slice){ NULL, 0 };
	value = json_pointer(json_of(page), pointer);
	if (value.type != JSON_STRING && value.type != JSON_NUMBER)
		return (struct slice){ NULL, 0 };
	text = json_text(value, a);
	return text.n == 0 ? (struct slice){ NULL, 0 } : text;
}

static void
set_parameter(struct pages *p, struct slice name, struct slice value)
{
	const char *url = buf_string(&p->url), *query = strchr(url, '?');
	char *key = arena_string(p->arena, name.p, name.n);
	struct buf next = { 0 };

	buf_add(&next, url, strcspn(url, "?"));
	buf_addc(&next, '?');
	http_query_set(query == NULL ? NULL : query + 1, key, value, &next);
	buf_release(&p->url);
	p->url = next;
}

static void
set_number(struct pages *p)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%llu", p->value);

	set_parameter(p, p->paging.name, (struct slice){ digits, (size_t)n });
}

static unsigned long long
parameter_number(
    struct pages *p, struct slice name, unsigned long long otherwise)
{
	const char *query = strchr(buf_string(&p->url), '?');
	unsigned long long n;
	struct slice value;

	if (query == NULL)
		return otherwise;
	value =
	    http_query_get(query + 1, arena_string(p->arena, name.p, name.n));
	return value.p != NULL && slice_number(value, &n) ? n : otherwise;
}

/* url becomes the next page's; *more says whether there is one. */
static bool
step_by_reference(
    struct pages *p, struct slice reference, bool *more, struct err *why)
{
	struct buf next = { 0 };

	*more = reference.p != NULL;
	if (!*more)
		return true;
	if (p->paging.how == PAGES_JSON && p->paging.name.n > 0) {
		set_parameter(p, p->paging.name, reference);
		return true;
	}
	if (!net_lead(buf_string(&p->url), reference, &next, why)) {
		buf_release(&next);
		return false;
	}
	buf_release(&p->url);
	p->url = next;
	return true;
}

static bool
step(struct pages *p, struct slice page, bool *more, struct err *why)
{
	*more = !p->one;
	if (p->one)
		return true;
	if (p->paging.how == PAGES_NUMBER || p->paging.how == PAGES_OFFSET) {
		p->value += p->paging.how == PAGES_NUMBER ? 1 : p->paging.step;
		set_number(p);
		return true;
	}
	return step_by_reference(p,
	    p->next != NULL ? p->next(p, page)
			    : pages_pointer(page, p->paging.pointer, p->arena),
	    more, why);
}

static bool
is_new(struct pages *p, struct err *why)
{
	uint64_t h = hash_bytes(p->url.p, p->url.n);
	bool fresh;

	index_add(
	    p->seen, (struct slice){ (const char *)&h, sizeof(h) }, &fresh);
	return fresh ||
	    err_set(why, ERR_SERVICE,
		"page %llu leads back to a page that was there before",
		(unsigned long long)p->number);
}

/* --- pages --------------------------------------------------------------- */

/* The first page has the operand's own place, the others are named. */
static void
place_page(struct pages *p, struct place_of *at)
{
	*at = (struct place_of){ .uri = p->shown };
	if (p->number > 1) {
		at->parts[0] = arena_printf(
		    p->arena, "page %llu", (unsigned long long)p->number);
		at->nparts = at->unchained = 1;
	}
}

static bool
read_page(struct pages *p, bool *empty, struct err *e)
{
	struct job *j = p->net->job;
	uint64_t before = j->sink.given;
	struct place_of at;
	bool ok;

	place_page(p, &at);
	if (p->text.n == 0)
		ok = job_account(j, &at, "unknown", "no_content", NULL, e);
	else if (p->take != NULL)
		ok = p->take(p, &at, buf_slice(&p->text), e);
	else
		ok = net_read_bytes(j, &at, buf_slice(&p->text), p->name, e);
	*empty = j->sink.given == before;
	return ok;
}

static bool
is_repeated(struct pages *p, struct err *why)
{
	uint8_t digest[DIGEST_SIZE];
	bool same;

	digest_bytes(buf_slice(&p->text).p, p->text.n, digest);
	same = p->number > 1 && p->text.n > 0 &&
	    memcmp(digest, p->last, sizeof(digest)) == 0;
	memcpy(p->last, digest, sizeof(digest));
	if (same)
		err_set(why, ERR_SERVICE,
		    "page %llu is the one before it once more (does the server "
		    "know the parameter '%.*s'?)",
		    (unsigned long long)p->number, (int)p->paging.name.n,
		    p->paging.name.p);
	return same;
}

/* One page held whole; *more: there is another.  False with why or e. */
static bool
next_page(struct pages *p, bool *more, struct err *why, struct err *e)
{
	struct net_ask ask = { .url = buf_string(&p->url),
		.accept = p->accept };
	size_t limit = run_options(p->net->job->run)->max_record;
	bool counted =
	    p->paging.how == PAGES_NUMBER || p->paging.how == PAGES_OFFSET;
	struct net_answer a = { 0 };
	bool ok, empty = false;

	*more = false;
	buf_reset(&p->text);
	ok = net_slurp(p->net, &ask, limit, &a, &p->text, why);
	net_answer_release(&a);
	if (!ok && p->paging.how == PAGES_NUMBER && p->number > 1 &&
	    p->net->refused == 404) {
		memset(why, 0, sizeof(*why));
		return true;
	}
	if (!ok && p->explain != NULL)
		p->explain(p, why);
	if (!ok || (counted && is_repeated(p, why)))
		return true;
	if (p->check != NULL && p->text.n > 0 &&
	    !p->check(p, buf_slice(&p->text), why))
		return true;
	if (!read_page(p, &empty, e))
		return false;
	if (p->text.n == 0 || (counted && empty) ||
	    p->net->job->options->inspect)
		return true;
	*more = step(p, buf_slice(&p->text), more, why) && *more;
	if (*more && !is_new(p, why))
		*more = false;
	return true;
}

static bool
begin(struct pages *p, struct err *why)
{
	if (p->paging.how == PAGES_OFFSET && p->paging.step == 0) {
		p->paging.step = parameter_number(p, p->paging.limit, 0);
		if (p->paging.step == 0)
			return err_set(why, ERR_USAGE,
			    "--next: the address has no number in '%.*s' "
			    "(give one: offset:PARAM,100)",
			    (int)p->paging.limit.n, p->paging.limit.p);
	}
	if (p->paging.how == PAGES_NUMBER || p->paging.how == PAGES_OFFSET) {
		p->value = parameter_number(
		    p, p->paging.name, p->paging.how == PAGES_NUMBER);
		if (!p->one)
			set_number(p);
	}
	return is_new(p, why);
}

bool
pages_read(struct pages *p, struct err *e)
{
	struct job *j = p->net->job;
	struct err why = { 0 };
	bool more, ok = true;

	p->arena = arena_new();
	p->seen = index_new();
	p->number = 1;
	more = begin(p, &why);
	while (ok && more && why.kind == ERR_NONE) {
		ok = next_page(p, &more, &why, e);
		if (ok && j->broken.kind != ERR_NONE) {
			*e = j->broken;
			ok = false;
		}
		/* What is finished leaves before the next one is asked for. */
		ok = ok && sink_flush(&j->sink, e);
		arena_reset(p->arena);
		p->number++;
	}
	if (ok && why.kind != ERR_NONE)
		ok = net_fail(j, p->shown, &why, e);
	arena_free(p->arena);
	index_free(p->seen);
	buf_release(&p->url);
	buf_release(&p->text);
	return ok;
}
