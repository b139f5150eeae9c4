/*
 * ftp, ftps and sftp: a file, or a folder with all that is below it.
 *
 * A folder is walked as one on disk is: names in the order of their bytes,
 * links not followed.  One folder's names are in memory at a time and level.
 */
#include <string.h>

#include "base/mem.h"
#include "sources/charset.h"
#include "sources/ftp_list.h"
#include "sources/net_source.h"

#define LEVELS    64
#define LIST_MOST ((size_t)64 << 20)

struct remote {
	struct net *net;
	struct job *job;
	const char *shown; /* of a folder without its last slash */
	struct buf base;   /* URL of the operand */
	const char *list;  /* command; "" is LIST */
	bool sftp;
};

/* Names are bytes there; here they are text. */
static const char *
text_of(struct arena *a, const char *name)
{
	struct buf b = { 0 };
	const char *text;

	charset_name_text(slice_of(name), &b);
	text = arena_string(a, buf_slice(&b).p, b.n);
	buf_release(&b);
	return text;
}

static bool
read_file(struct remote *r, const char *url, const struct place_of *at,
    const char *name, const char *mark, bool *down, struct err *e)
{
	struct net_ask ask = { .url = url };
	enum net_came came = NET_CUT;
	struct err why = { 0 };
	struct net_body body;
	bool ok, known = false;

	*down = false;
	if (!net_is_known(r->job, at->uri, slice_of(mark), &known, e))
		return false;
	if (known)
		return job_account(r->job, at, "unknown", "unchanged", NULL, e);
	if (net_body_open(&body, r->net, &ask, &why)) {
		ok = net_read_body(r->net, at, &body, name, &came, e);
		*down = came == NET_DOWN;
	} else {
		*down = why.kind == ERR_SERVICE || net_has_stopped(r->net);
		ok = net_fail(r->job, at->uri, &why, e);
	}
	net_body_release(&body);
	if (ok && came == NET_CAME)
		ok = net_keep(r->job, at->uri, slice_of(mark), e);
	return ok;
}

/* The size and time of a file that is named itself; "" where not said. */
static bool
look_at(struct remote *r, struct buf *mark)
{
	struct net_ask ask = { .url = buf_string(&r->base), .head_only = true };
	struct net_answer a = { 0 };
	struct err ignored = { 0 };

	if (r->job->state == NULL || r->sftp ||
	    !net_open(r->net, &ask, &a, &ignored))
		return !net_has_stopped(r->net);
	while (fetch_ended(a.fetch) == FETCH_OPEN) {
		const char *block;

		if (fetch_block(a.fetch, &block) == 0)
			break;
	}
	if (fetch_time(a.fetch) >= 0)
		buf_addf(mark, "%lld %lld", (long long)fetch_size(a.fetch),
		    (long long)fetch_time(a.fetch));
	net_answer_release(&a);
	return true;
}

/* --- folders ------------------------------------------------------------- */

static bool
fetch_list(struct remote *r, const char *url, struct buf *text, struct err *why)
{
	struct net_ask ask = { .url = url, .list = r->list };
	struct net_answer a = { 0 };
	bool ok = net_slurp(r->net, &ask, LIST_MOST, &a, text, why);

	if (!ok && r->list[0] != '\0' && why->kind == ERR_INPUT &&
	    !net_has_stopped(r->net)) {
		/* A server without MLSD. */
		memset(why, 0, sizeof(*why));
		buf_reset(text);
		ask.list = "";
		ok = net_slurp(r->net, &ask, LIST_MOST, &a, text, why);
		if (ok)
			r->list = "";
	}
	net_answer_release(&a);
	return ok;
}

static bool
account_link(
    struct remote *r, const struct place_of *at, bool link, struct err *e)
{
	return job_account(
	    r->job, at, "unknown", link ? "link" : "special", NULL, e);
}

/* below: the path below the operand, as bytes; "" or with a slash behind. */
static bool
walk_folder(struct remote *r, const char *below, unsigned level, bool *down,
    struct err *e)
{
	struct arena *a = arena_new();
	struct ftp_list list = { 0 };
	struct buf url = { 0 }, text = { 0 };
	struct err why = { 0 };
	bool ok = true;

	buf_add_slice(&url, buf_slice(&r->base));
	http_url_encode(&url, slice_of(below), "/");
	if (fetch_list(r, buf_string(&url), &text, &why)) {
		ftp_list_parse(buf_slice(&text), a, &list);
		if (list.odd > 0)
			err_set(&why, ERR_INPUT,
			    "%zu lines of the list of files make no sense; "
			    "they are not read",
			    list.odd);
	} else {
		*down = why.kind == ERR_SERVICE || net_has_stopped(r->net);
	}
	if (why.kind != ERR_NONE)
		ok = net_fail(r->job,
		    arena_printf(a, "%s/%s", r->shown, text_of(a, below)), &why,
		    e);
	for (size_t i = 0; ok && !*down && i < list.n; i++) {
		struct ftp_entry *en = &list.entries[i];
		const char *path = arena_printf(a, "%s%s", below, en->name);
		struct place_of at = { .walked = text_of(a, path) };

		at.uri = arena_printf(a, "%s/%s", r->shown, at.walked);
		buf_reset(&url);
		buf_add_slice(&url, buf_slice(&r->base));
		http_url_encode(&url, slice_of(path), "/");
		if (en->kind == FTP_FILE)
			ok = read_file(r, buf_string(&url), &at, en->name,
			    en->mark, down, e);
		else if (en->kind == FTP_FOLDER && level < LEVELS)
			ok = walk_folder(r, arena_printf(a, "%s/", path),
			    level + 1, down, e);
		else
			ok = account_link(r, &at, en->kind == FTP_LINK, e);
	}
	ftp_list_release(&list);
	buf_release(&url);
	buf_release(&text);
	arena_free(a);
	return ok;
}

bool
net_ftp_read(struct job *j, const char *uri, struct err *e)
{
	struct remote r = { .job = j, .shown = net_shown(j, uri) };
	struct place_of at = { .uri = r.shown };
	struct buf mark = { 0 };
	struct err why = { 0 };
	bool ok = true, down = false;
	size_t n = strlen(r.shown);

	r.net = net_new(j, uri, &why);
	if (r.net == NULL)
		return net_fail(j, r.shown, &why, e);
	r.sftp = strcmp(r.net->first.scheme, "sftp") == 0;
	r.list = r.sftp ? "" : "MLSD";
	http_url_put(&r.net->first, &r.base);
	if (n > 0 && r.shown[n - 1] == '/') {
		r.shown = arena_string(j->arena, r.shown, n - 1);
		ok = walk_folder(&r, "", 0, &down, e);
	} else if (look_at(&r, &mark)) {
		ok = read_file(&r, buf_string(&r.base), &at,
		    net_name(j->arena, r.net->first.path), buf_string(&mark),
		    &down, e);
	}
	net_free(r.net);
	buf_release(&r.base);
	buf_release(&mark);
	return ok;
}
