#include "sources/net_source.h"

#include <string.h>

const char *
net_shown(struct job *j, const char *uri)
{
	struct buf b = { 0 };
	const char *shown;

	net_show(uri, j->options, &b);
	shown = arena_string(j->arena, b.p, b.n);
	buf_release(&b);
	return shown;
}

bool
net_fail(struct job *j, const char *shown, const struct err *why, struct err *e)
{
	struct err told = *why;

	if (j->broken.kind != ERR_NONE) {
		*e = j->broken;
		return false;
	}
	if (told.kind == ERR_DATA)
		told.kind = ERR_INPUT;
	err_wrap(&told, "%.*s", (int)strcspn(shown, "?"), shown);
	return sink_fail(&j->sink, &told, e);
}

const char *
net_name(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf b = { 0 };
	const char *name;

	http_url_decode(&b, slice_of(slash == NULL ? path : slash + 1), false);
	name = arena_string(a, buf_slice(&b).p, b.n);
	buf_release(&b);
	return name;
}

bool
net_uri_check(const char *uri, const struct source_options *o, struct err *e)
{
	const char *plus = strchr(uri, '+'), *colon = strchr(uri, ':'), *at;
	struct buf shown = { 0 };
	struct http_url u;
	bool ok;

	if (plus != NULL && plus < colon)
		uri = plus + 1;
	net_show(uri, o, &shown);
	ok = strncmp(uri, "s3://", 5) == 0 ? uri[5] != '\0' && uri[5] != '/'
					   : http_url_parse(uri, &u, e);
	if (!ok && e->text[0] == '\0')
		err_set(
		    e, ERR_USAGE, "no bucket is named (s3://BUCKET/PREFIX)");
	if (ok && strncmp(uri, "s3://", 5) != 0) {
		ok = u.password == NULL ||
		    err_set(e, ERR_USAGE,
			"a password does not belong in an address (--secret "
			"FILE, or MDX_SECRET in the environment)");
		http_url_release(&u);
	}
	/* In what cannot be parsed a password may hold anything. */
	if (!ok && (at = strrchr(buf_string(&shown), '@')) != NULL)
		err_wrap(e, "%s", at + 1);
	else if (!ok)
		err_wrap(e, "%s", buf_string(&shown));
	buf_release(&shown);
	return ok;
}

/* --- the state ----------------------------------------------------------- */

bool
net_is_known(struct job *j, const char *uri, struct slice value, bool *known,
    struct err *e)
{
	struct buf kept = { 0 };
	bool ok;

	*known = false;
	if (j->state == NULL || value.n == 0)
		return true;
	ok = state_get(j->state, "net", slice_of(uri), &kept, known, e);
	*known = *known && slice_eq(buf_slice(&kept), value);
	buf_release(&kept);
	return ok;
}

bool
net_keep(struct job *j, const char *uri, struct slice value, struct err *e)
{
	if (j->state == NULL || value.n == 0 || j->options->inspect)
		return true;
	return job_keep(j, "net", slice_of(uri), value, e) &&
	    job_settle(j, false, e);
}

/* --- members ------------------------------------------------------------- */

bool
net_read_body(struct net *n, const struct place_of *at, struct net_body *b,
    const char *name, enum net_came *came, struct err *e)
{
	struct job *j = n->job;
	struct input *in = job_hashed(j, input_new(net_body_block, b));
	struct err why = { 0 };
	bool ok;

	j->depth = 0;
	j->size =
	    b->size > 0 && b->answer.status != 206 ? (uint64_t)b->size : 0;
	ok = job_bytes(j, at, in, name, e);
	j->size = 0;
	*came = NET_CAME;
	if (ok && input_failed(in, &why)) {
		*came = why.kind == ERR_SERVICE || net_has_stopped(n) ? NET_DOWN
								      : NET_CUT;
		/* Within an archive it was taken for an archive that is cut. */
		if (why.kind == ERR_SERVICE && run_status(j->run) < ERR_SERVICE)
			ok = net_fail(j, at->uri, &why, e);
	}
	if (ok && j->broken.kind != ERR_NONE) {
		*e = j->broken;
		ok = false;
	}
	if (ok && (ok = sink_write(&j->sink, e)))
		run_input(j->run, at->uri, input_bytes(in),
		    totals_source(j->totals), NULL);
	input_free(in);
	return ok;
}

static ssize_t
given_bytes(void *ctx, const char **block, struct err *e)
{
	struct slice *s = ctx;
	ssize_t n = (ssize_t)s->n;

	(void)e;
	*block = s->p;
	s->n = 0;
	return n;
}

bool
net_read_bytes(struct job *j, const struct place_of *at, struct slice bytes,
    const char *name, struct err *e)
{
	uint64_t n = bytes.n;
	struct input *in = job_hashed(j, input_new(given_bytes, &bytes));
	bool ok;

	j->depth = 0;
	ok = job_bytes(j, at, in, name, e) && sink_write(&j->sink, e);
	if (ok)
		run_input(j->run, at->uri, n, totals_source(j->totals), NULL);
	input_free(in);
	return ok;
}
