#include "sources/fhir_export.h"

#include <string.h>

#include "base/mem.h"
#include "sources/fhir_files.h"
#include "sources/net_source.h"

#define DONE_SCOPE "fhir exports to delete"

/* --- asking for it ------------------------------------------------------- */

static void
kick_off_url(const struct net *n, struct slice since, struct buf *url)
{
	const struct net_options *o = n->options;
	struct http_url base = n->first;
	char *path = mem_string(base.path, strlen(base.path));
	size_t end = strlen(path);

	while (end > 0 && path[end - 1] == '/')
		path[--end] = '\0';
	base.path = path;
	base.query = NULL;
	http_url_put(&base, url);
	mem_free(path);
	if (strcmp(o->export, "patient") == 0) {
		buf_adds(url, "/Patient");
	} else if (strncmp(o->export, "group/", 6) == 0) {
		buf_adds(url, "/Group/");
		http_url_encode(url, slice_of(o->export + 6), "");
	}
	buf_adds(url, "/$export?_outputFormat=application%2Ffhir%2Bndjson");
	if (since.n > 0) {
		buf_adds(url, "&_since=");
		http_url_encode(url, since, "");
	}
	if (o->types != NULL) {
		buf_adds(url, "&_type=");
		http_url_encode(url, slice_of(o->types), ",");
	}
}

/* Not sent twice where it may have arrived: it would be a second export. */
static bool
kick_off(struct export *x, struct slice since, struct err *why)
{
	struct net_ask ask = { .accept = "application/fhir+json",
		.more = "Prefer: respond-async",
		.once = true };
	struct net_answer a = { 0 };
	struct buf url = { 0 };
	struct slice where;
	bool ok;

	kick_off_url(x->net, since, &url);
	ask.url = buf_string(&url);
	ok = net_open(x->net, &ask, &a, why);
	if (!ok)
		fhir_explain(x->net, x->arena, why);
	if (ok) {
		where = fetch_header(a.fetch, "content-location");
		buf_reset(&x->status);
		ok = a.status == 202 && where.p != NULL
		    ? net_lead(buf_string(&a.url), where, &x->status, why)
		    : err_set(why, ERR_SERVICE,
			  "the server does not say where its export will be "
			  "(HTTP %ld; does it support $export?)",
			  a.status);
	}
	net_answer_release(&a);
	buf_release(&url);
	return ok &&
	    state_note(x->job->state, x->scope, SLICE("status"),
		buf_slice(&x->status), why);
}

/* --- waiting for it ------------------------------------------------------ */

/* *gone: the server knows nothing of it (any more), or has given it up. */
static bool
wait_for(struct export *x, struct buf *answer, bool *gone, struct err *why)
{
	struct net_ask ask = { .url = buf_string(&x->status),
		.accept = "application/json" };
	size_t limit = run_options(x->job->run)->max_record;
	long refused;

	*gone = false;
	for (unsigned polls = 1;; polls++) {
		struct net_answer a = { 0 };
		int64_t wait = -1;

		buf_reset(answer);
		if (!net_slurp(x->net, &ask, limit, &a, answer, why))
			break;
		if (a.status != 202) {
			net_answer_release(&a);
			return true;
		}
		if (fetch_retry_after(a.fetch) >= 0)
			wait = (int64_t)fetch_retry_after(a.fetch) * 1000;
		net_answer_release(&a);
		if (wait < 0 || wait > 3600000)
			wait = net_growing_pause(polls);
		if (!net_pause(x->net, wait))
			return err_set(why, ERR_INPUT, "interrupted");
	}
	fhir_explain(x->net, x->arena, why);
	refused = x->net->refused;
	*gone = refused == 500 ||
	    (refused >= 400 && refused < 500 && refused != 401 &&
		refused != 403 && refused != 429);
	return false;
}

static bool
forget(struct export *x, struct err *e)
{
	return state_note(
	    x->job->state, x->scope, SLICE("status"), SLICE(""), e);
}

/* The status of an export, begun now or before, up to its answer. */
static bool
obtain(
    struct export *x, struct slice since, struct buf *answer, struct err *why)
{
	bool before = x->status.n > 0, gone = false;
	struct err ignored = { 0 };

	if (!before && !kick_off(x, since, why))
		return false;
	if (wait_for(x, answer, &gone, why))
		return true;
	if (!gone || !forget(x, &ignored))
		return false;
	if (!before)
		return false;
	/* One of an earlier run has expired: a new one takes its place. */
	memset(why, 0, sizeof(*why));
	return kick_off(x, since, why) && wait_for(x, answer, &gone, why);
}

/* --- the end of it ------------------------------------------------------- */

static bool
close_export(struct export *x, struct json answer, struct err *e)
{
	struct slice time =
	    json_text(json_get(answer, "transactionTime"), x->arena);
	struct buf base = { 0 };
	bool ok;

	http_url_put(&x->net->first, &base);
	ok = sink_write(&x->job->sink, e) &&
	    state_clear(x->job->state, x->scope, e) &&
	    job_keep(x->job, x->scope, SLICE("since"), time, e) &&
	    job_keep(x->job, DONE_SCOPE, buf_slice(&x->status),
		buf_slice(&base), e) &&
	    job_settle(x->job, true, e);
	buf_release(&base);
	return ok;
}

static bool
read_export(
    struct export *x, struct slice since, struct err *why, struct err *e)
{
	struct buf text = { 0 };
	struct json answer = { .type = JSON_NONE };
	struct slice padded;
	bool ok = true, whole = false;

	if (!obtain(x, since, &text, why)) {
		buf_release(&text);
		return true;
	}
	padded = json_pad(buf_slice(&text), x->arena);
	buf_release(&text);
	if (json_check(padded.p, padded.n, 0, why))
		answer = json_of(padded);
	if (answer.type != JSON_OBJECT) {
		err_set(why, ERR_SERVICE,
		    "the answer to the export is no list of files");
		return true;
	}
	x->open_files =
	    json_get(answer, "requiresAccessToken").type == JSON_FALSE;
	ok = fhir_files_read(x, answer, &whole, e);
	if (ok && whole && !x->job->options->inspect)
		ok = close_export(x, answer, e);
	return ok;
}

static const char *
scope_of(struct net *n, const char *shown)
{
	uint8_t digest[DIGEST_SIZE];
	char id[DIGEST_ID + 1];
	struct buf b = { 0 };

	buf_addf(&b, "%s\n%s\n%s", shown, n->options->export,
	    n->options->types == NULL ? "" : n->options->types);
	digest_bytes(b.p, b.n, digest);
	digest_id(digest, id);
	buf_release(&b);
	return arena_printf(n->job->arena, "fhir export %s", id);
}

bool
fhir_export_read(struct net *n, const char *shown, struct err *e)
{
	struct export x = { .net = n, .job = n->job, .shown = shown };
	struct err why = { 0 };
	struct buf since = { 0 };
	bool ok, found;

	x.scope = scope_of(n, shown);
	x.arena = arena_new();
	ok = state_get(n->job->state, x.scope, SLICE("status"), &x.status,
		 &found, e) &&
	    state_get(
		n->job->state, x.scope, SLICE("since"), &since, &found, e) &&
	    read_export(&x, buf_slice(&since), &why, e);
	if (ok && why.kind != ERR_NONE)
		ok = net_fail(n->job, shown, &why, e);
	buf_release(&x.status);
	buf_release(&since);
	arena_free(x.arena);
	return ok;
}

/* --- after the run ------------------------------------------------------- */

struct settling_exports {
	struct job job;
	struct source_options options;
	struct buf done; /* status addresses, each with a NUL behind */
	struct err why;
};

static bool
delete_one(struct settling_exports *s, const char *status, const char *base)
{
	struct net_ask ask = { .url = status, .method = "DELETE" };
	struct net_answer a = { 0 };
	struct net *n = net_new(&s->job, base, &s->why);
	bool ok = n != NULL && net_open(n, &ask, &a, &s->why);

	if (!ok && n != NULL && (n->refused == 404 || n->refused == 410)) {
		memset(&s->why, 0, sizeof(s->why));
		ok = true;
	}
	if (!ok)
		err_wrap(&s->why,
		    "%.*s: the export could not be deleted, the next run tries "
		    "again",
		    (int)strcspn(base, "?"), base);
	net_answer_release(&a);
	net_free(n);
	return ok;
}

static bool
visit(void *ctx, struct slice status, struct slice base, struct err *e)
{
	struct settling_exports *s = ctx;
	char *url = mem_string(status.p, status.n);
	char *first = mem_string(base.p, base.n);

	(void)e;
	if (delete_one(s, url, first))
		buf_add(&s->done, url, strlen(url) + 1);
	mem_free(url);
	mem_free(first);
	return true;
}

bool
fhir_export_settle(struct run *run, const struct source_options *o,
    struct state *state, struct err *e)
{
	struct settling_exports s = { .options = *o };
	struct slice rest, status;
	bool ok;

	if (state == NULL)
		return true;
	s.options.net.retries = 0;
	s.options.net.rate = NULL;
	s.job = (struct job){ .run = run, .options = &s.options };
	ok = state_each(state, DONE_SCOPE, visit, &s, e);
	rest = buf_slice(&s.done);
	while (ok && slice_next(&rest, '\0', &status))
		ok = state_drop(state, DONE_SCOPE, status, e);
	if (ok && s.done.n > 0)
		ok = state_commit(state, e);
	buf_release(&s.done);
	if (ok && s.why.kind != ERR_NONE) {
		*e = s.why;
		return false;
	}
	return ok;
}
