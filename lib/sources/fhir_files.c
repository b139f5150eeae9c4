#include "sources/fhir_files.h"

#include <stdio.h>
#include <string.h>

#include "sources/net_source.h"

#define LINE_MOST ((size_t)1 << 20) /* a longer one is more than one reject */

struct file {
	struct buf url;
	struct place_of at;
	const char *key; /* of the state */
	bool done;
};

static bool
open_file(struct export *x, struct json entry, const char *what, uint64_t nth,
    struct file *f, struct err *why)
{
	struct json url = json_get(entry, "url");
	struct slice type = json_text(json_get(entry, "type"), x->arena);

	memset(f, 0, sizeof(*f));
	f->at.uri = x->shown;
	f->at.parts[0] = arena_printf(x->arena, "%s %llu%s%.*s", what,
	    (unsigned long long)nth, type.n > 0 ? " " : "",
	    type.n > 64 ? 64 : (int)type.n, type.p);
	f->at.nparts = f->at.unchained = 1;
	if (url.type != JSON_STRING)
		return err_set(why, ERR_SERVICE,
		    "the export names a file without an address");
	if (!net_lead(
		buf_string(&x->status), json_text(url, x->arena), &f->url, why))
		return false;
	f->key = arena_printf(x->arena, "file %s", buf_string(&f->url));
	return true;
}

static bool
was_read(struct export *x, struct file *f, struct err *e)
{
	struct buf ignored = { 0 };
	bool ok = state_get(
	    x->job->state, x->scope, slice_of(f->key), &ignored, &f->done, e);

	buf_release(&ignored);
	return ok;
}

static bool
keep(struct export *x, const struct file *f, struct err *e)
{
	return job_keep(x->job, x->scope, slice_of(f->key), SLICE("read"), e) &&
	    job_settle(x->job, false, e);
}

/* --- files of resources -------------------------------------------------- */

/* The server says how many there are: fewer is a loss. */
static bool
check_count(struct export *x, const struct file *f, struct json entry,
    uint64_t came, bool *whole, struct err *e)
{
	struct json count = json_get(entry, "count");
	struct err why = { 0 };
	unsigned long long n;

	if (count.type != JSON_NUMBER || !slice_number(count.text, &n) ||
	    n == came)
		return true;
	*whole = false;
	err_set(&why, ERR_INPUT,
	    "the server announced %llu resources, %llu came", n,
	    (unsigned long long)came);
	err_wrap(&why, "%s", f->at.parts[0]);
	return net_fail(x->job, x->shown, &why, e);
}

static bool
read_body(struct export *x, struct file *f, struct json entry, bool *whole,
    struct err *e)
{
	struct net_ask ask = { .url = buf_string(&f->url),
		.accept = "application/fhir+ndjson",
		.anonymous = x->open_files };
	uint64_t before = x->job->sink.given;
	enum net_came came = NET_CUT;
	struct err why = { 0 };
	struct net_body body;
	bool ok, all;

	if (net_body_open(&body, x->net, &ask, &why)) {
		ok = net_read_body(
		    x->net, &f->at, &body, "export.ndjson", &came, e);
		x->down = came == NET_DOWN;
	} else {
		x->down = why.kind == ERR_SERVICE || net_has_stopped(x->net);
		err_wrap(&why, "%s", f->at.parts[0]);
		ok = net_fail(x->job, x->shown, &why, e);
	}
	net_body_release(&body);
	all = ok && came == NET_CAME;
	if (all && !x->job->options->inspect)
		ok = check_count(
			 x, f, entry, x->job->sink.given - before, &all, e) &&
		    (!all || keep(x, f, e));
	*whole = *whole && all;
	return ok;
}

/* --- files of errors ----------------------------------------------------- */

static bool
reject_line(struct member *m, struct slice line, size_t next, struct err *e)
{
	struct piece p = { .from = m->at, .line = m->line++, .bytes = line };
	struct err why = { 0 };

	p.to = p.from + line.n;
	p.next = p.from + next;
	if (slice_trim(line).n == 0) {
		member_skip(m, &p, "blank_line");
		return true;
	}
	err_data(&why, "export_error",
	    "the server could not export something (the reject holds what it "
	    "says)");
	return member_reject(m, &p, &why, e);
}

/* Each line is an OperationOutcome: something that is missing. */
static bool
read_errors(
    struct export *x, struct file *f, struct net_body *body, struct err *e)
{
	struct input *in = job_hashed(x->job, input_new(net_body_block, body));
	struct member m;
	struct slice s;
	bool ok = true;

	x->job->depth = 0;
	job_begin(x->job, &m, &f->at, in, "fhir");
	while (ok && (s = input_peek(in, 1)).n > 0) {
		const char *lf = memchr(s.p, '\n', s.n);
		size_t had;

		while (lf == NULL && s.n < LINE_MOST) {
			had = s.n;
			s = input_peek(in, had + 1);
			if (s.n == had)
				break;
			lf = memchr(s.p + had, '\n', s.n - had);
		}
		if (lf != NULL)
			s = slice_span(s.p, lf);
		ok = reject_line(&m, s, s.n + (lf != NULL), e);
		input_take(in, s.n + (lf != NULL));
	}
	if (ok) {
		x->down = input_failed(in, NULL);
		ok = member_end(&m, e);
	} else {
		member_release(&m);
	}
	input_free(in);
	return ok;
}

static bool
read_error_file(struct export *x, struct file *f, bool *whole, struct err *e)
{
	struct net_ask ask = { .url = buf_string(&f->url),
		.accept = "application/fhir+ndjson",
		.anonymous = x->open_files };
	struct err why = { 0 };
	struct net_body body;
	bool ok;

	if (net_body_open(&body, x->net, &ask, &why)) {
		ok = read_errors(x, f, &body, e);
	} else {
		x->down = true;
		err_wrap(&why, "%s", f->at.parts[0]);
		ok = net_fail(x->job, x->shown, &why, e);
	}
	net_body_release(&body);
	*whole = *whole && !x->down;
	return ok && (x->down || keep(x, f, e));
}

/* --- all of them --------------------------------------------------------- */

enum { OUTPUT, ERRORS, DELETED };

static bool
read_entry(struct export *x, struct json entry, int kind, uint64_t nth,
    bool *whole, struct err *e)
{
	static const char *const names[] = { "output", "error", "deleted" };
	struct err why = { 0 };
	struct file f;
	bool ok;

	if (!open_file(x, entry, names[kind], nth, &f, &why)) {
		*whole = false;
		ok = net_fail(x->job, x->shown, &why, e);
	} else if (kind == DELETED) {
		ok = job_account(x->job, &f.at, "unknown", "deleted", NULL, e);
	} else if (!was_read(x, &f, e)) {
		ok = false;
	} else if (f.done) {
		ok =
		    job_account(x->job, &f.at, "unknown", "unchanged", NULL, e);
	} else if (kind == OUTPUT) {
		ok = read_body(x, &f, entry, whole, e);
	} else {
		ok = read_error_file(x, &f, whole, e);
	}
	buf_release(&f.url);
	return ok;
}

bool
fhir_files_read(
    struct export *x, struct json answer, bool *whole, struct err *e)
{
	static const char *const lists[] = { "output", "error", "deleted" };
	bool ok = true;

	*whole = true;
	for (int kind = OUTPUT; ok && kind <= DELETED; kind++) {
		struct json_walk walk =
		    json_enter(json_get(answer, lists[kind]));
		struct json entry;
		uint64_t nth = 0;

		while (ok && !x->down && json_next_element(&walk, &entry))
			ok = read_entry(x, entry, kind, ++nth, whole, e);
	}
	*whole = *whole && !x->down;
	return ok;
}
