/*
 * dicomweb: QIDO-RS, page by page.
 *
 * A server may give fewer answers at a time than it is asked for, so the next
 * page begins behind those that came, and the last page is the empty one.
 */
#include <string.h>

#include "base/mem.h"
#include "json/scan.h"
#include "sources/net_pages.h"
#include "sources/qido.h"

#define AT_A_TIME "500"

static ssize_t
given(void *ctx, const char **block, struct err *e)
{
	struct slice *s = ctx;
	ssize_t n = (ssize_t)s->n;

	(void)e;
	*block = s->p;
	s->n = 0;
	return n;
}

static bool
take_page(struct pages *p, const struct place_of *at, struct slice page,
    struct err *e)
{
	struct job *j = p->net->job;
	struct slice bytes = page;
	struct input *in = job_hashed(j, input_new(given, &bytes));
	struct member m;
	bool ok;

	p->paging.step = json_length(json_of(json_pad(page, p->arena)));
	j->depth = 0;
	job_begin(j, &m, at, in, "qido");
	if (charset_init(&m.charset, NULL, e) && qido_read(&m, e)) {
		ok = member_end(&m, e);
	} else if (m.enough) {
		ok = member_end(&m, e);
	} else {
		member_release(&m);
		ok = false;
	}
	if (ok)
		run_input(
		    j->run, at->uri, page.n, totals_source(j->totals), NULL);
	input_free(in);
	return ok;
}

/* What comes instead of a page is no answer. */
static bool
check_page(struct pages *p, struct slice page, struct err *why)
{
	struct err ignored = { 0 };
	struct slice s = json_pad(page, p->arena);

	return (json_check(s.p, s.n, 0, &ignored) &&
		   json_of(s).type == JSON_ARRAY) ||
	    err_set(why, ERR_SERVICE,
		"the answer is no list of the DICOM JSON model (is this the "
		"address of QIDO-RS?)");
}

bool
net_qido_read(struct job *j, const char *uri, struct err *e)
{
	struct pages p = { .shown = net_shown(j, uri),
		.name = "qido",
		.accept = "application/dicom+json",
		.take = take_page,
		.check = check_page };
	struct err why = { 0 };
	struct buf query = { 0 };
	bool ok;

	p.net = net_new(j, strchr(uri, '+') + 1, &why);
	if (p.net == NULL)
		return net_fail(j, p.shown, &why, e);
	p.one = http_query_get(p.net->first.query, "limit").p != NULL;
	p.paging.how = PAGES_OFFSET;
	p.paging.name = SLICE("offset");
	p.paging.step = 1; /* set by each page */
	if (!p.one) {
		http_query_set(
		    p.net->first.query, "limit", SLICE(AT_A_TIME), &query);
		mem_free(p.net->first.query);
		p.net->first.query = mem_string(query.p, query.n);
	}
	http_url_put(&p.net->first, &p.url);
	ok = pages_read(&p, e);
	buf_release(&query);
	net_free(p.net);
	return ok;
}
