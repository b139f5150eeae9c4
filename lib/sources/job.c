#include "sources/job.h"

#include <string.h>

#include "base/mem.h"
#include "io/archive.h"
#include "sources/charset.h"
#include "sources/format.h"
#include "sources/helper.h"
#include "sources/job_beside.h"
#include "sources/manifest.h"
#include "sources/wfdb_beside.h"

#define HEAD    ((size_t)64 << 10)
#define NESTING 8
#define RATIO   250

unsigned
job_nesting(const struct source_options *o)
{
	return o->max_nesting == 0 ? NESTING : o->max_nesting;
}

/* The manifest has the digest of every member. */
struct input *
job_hashed(const struct job *j, struct input *in)
{
	if (j->sink.manifest != NULL)
		input_hash(in);
	return in;
}

/* --- the state ----------------------------------------------------------- */

bool
job_keep(struct job *j, const char *scope, struct slice key, struct slice value,
    struct err *e)
{
	return j->state == NULL ||
	    (sink_write(&j->sink, e) &&
		state_put(j->state, scope, key, value, e));
}

bool
job_settle(struct job *j, bool now, struct err *e)
{
	return sink_settle(&j->sink, now, e);
}

/* --- one member ---------------------------------------------------------- */

void
job_begin(struct job *j, struct member *m, const struct place_of *at,
    struct input *in, const char *format)
{
	member_begin(m, j->options, &j->sink, j->totals, at, in, format);
	m->live = j->live && j->depth == 0;
	m->spare_core = j->spare_core && !m->live;
	m->judged = j->judged && at->nparts == 0;
	m->judged_gb = j->judged_gb;
	m->judged_cr = j->judged_cr;
	m->size = at->nparts == 0 && j->depth == 0 ? j->size : 0;
	m->file = at->nparts == 0 && j->depth == 0 && j->file;
	m->beside =
	    j->beside != NULL && beside_is_over(j->beside) ? j->beside : NULL;
	j->members++;
}

bool
job_account(struct job *j, const struct place_of *at, const char *format,
    const char *reason, const struct err *why, struct err *e)
{
	struct piece nothing = { .bytes = SLICE("") };
	struct member m;

	job_begin(j, &m, at, NULL, format);
	if (why == NULL) {
		member_skip(&m, &nothing, reason);
	} else if (!member_reject(&m, &nothing, why, e) && !m.enough) {
		member_release(&m);
		return false;
	}
	return member_end(&m, e);
}

/* Bytes that no reader knows: one reject with the beginning of them. */
static bool
set_unknown_aside(struct member *m, const struct helper *h, struct err *e)
{
	struct slice head = input_peek(m->input, HEAD);
	struct piece p = { 0 };
	struct err why = { 0 }, ignored = { 0 };
	const char *block;
	char *kept;
	bool ok;

	if (head.n > HEAD)
		head.n = HEAD;
	kept = mem_dup(head.p, head.n);
	p.bytes = (struct slice){ kept, head.n };
	while (input_next(m->input, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(m->input);
	if (h != NULL)
		err_data(&why, "needs_helper",
		    "is read by another program only (--helper %s allows it)",
		    h->name);
	else
		err_data(&why, "unknown_format",
		    "neither text nor a format that is known (--format names "
		    "one, --exclude leaves it out)");
	ok = input_failed(m->input, NULL) ? member_reject_cut(m, &p, e)
					  : member_reject(m, &p, &why, e);
	mem_free(kept);
	return ok;
}

/* An export that wrote nothing is the commonest silent failure. */
static bool
account_empty(struct job *j, struct member *m, const char *name, struct err *e)
{
	struct piece nothing = { .bytes = SLICE("") };
	const char *base = strrchr(name, '/');
	struct err why = { 0 };

	if (input_failed(m->input, NULL) || j->live)
		return true;
	if (strcmp(base == NULL ? name : base + 1, "_SUCCESS") == 0 ||
	    job_is_marker(j, name)) {
		member_skip(m, &nothing, "marker");
		return true;
	}
	err_data(&why, "empty", "has no bytes at all");
	return member_reject(m, &nothing, &why, e);
}

/*
 * What tells the format.  Standard input that may be live shows its first
 * line, however its writer cuts it up; other bytes are there for the asking.
 */
static struct slice
head_of(struct job *j, struct input *in)
{
	bool step = j->live || j->head_only;
	struct slice s = input_peek(in, step && j->depth == 0 ? 1 : HEAD);
	const char *lf;

	if (!j->live || j->depth > 0)
		return s;
	while ((lf = memchr(s.p, '\n', s.n)) == NULL && s.n < HEAD &&
	    memchr(s.p, '\r', s.n) == NULL) {
		size_t had = s.n;

		s = input_peek(in, had + 1);
		if (s.n == had)
			return s;
	}
	if (unpack_looks_like(s) || memchr(s.p, '\0', s.n) != NULL)
		return input_peek(in, HEAD);
	if (lf != NULL)
		s.n = (size_t)(lf + 1 - s.p);
	return s;
}

/* What a member looks like that --format says is something else. */
static const char *
unlike(const struct source_options *o, const struct source_format *forced,
    struct slice head, const char *name)
{
	const struct source_format *told;

	if (o->format == NULL || forced->is == NULL || forced->is(head))
		return NULL;
	told = format_of(head, name, o->encoding);
	return told == NULL ? "" : told == forced ? NULL : told->name;
}

bool
job_member(struct job *j, const struct place_of *at, struct input *in,
    const char *name, struct slice head, struct err *e)
{
	const struct source_options *o = j->options;
	const struct source_format *f = NULL;
	const struct helper *h = NULL;
	struct member m;
	bool ok, taken = false;

	if (o->format != NULL)
		f = source_format_find(o->format);
	else if ((h = helpers_find(o->helpers, head, name, true)) == NULL &&
	    (f = format_of(head, name, o->encoding)) == NULL)
		h = helpers_find(o->helpers, head, name, false);
	/* Who names a delimiter means a table, whatever it looks like. */
	if (o->tabular && f != NULL && f->read == text_read &&
	    at->nparts == 0 && at->walked == NULL)
		f = source_format_find("csv");
	if (h != NULL && h->allowed)
		return job_helper(j, at, in, h, e);
	if (o->format == NULL && j->file && at->nparts == 0 &&
	    wfdb_claims(at->uri))
		f = &wfdb_beside;
	if (head.n > 0 && !beside_takes(j, at, in, f, &taken, e))
		return false;
	if (taken)
		return true;
	job_begin(
	    j, &m, at, in, head.n == 0 || f == NULL ? "unknown" : f->name);
	m.unlike = unlike(o, f, head, name);
	if (!charset_init(&m.charset, j->options->encoding, e))
		return false;
	if (head.n == 0)
		ok = account_empty(j, &m, name, e);
	else if (f == NULL)
		ok = set_unknown_aside(&m, h, e);
	else
		ok = f->read(&m, e);
	input_alone(in);
	if (ok || m.enough)
		return member_end(&m, e);
	member_release(&m);
	return false;
}

/* --- whatever it is ------------------------------------------------------ */

bool
job_bytes(struct job *j, const struct place_of *at, struct input *in,
    const char *name, struct err *e)
{
	unsigned ratio =
	    j->options->max_ratio == 0 ? RATIO : j->options->max_ratio;
	struct slice head;
	enum codec codec;
	bool ok;

	if (job_is_excluded(j, at, true))
		return job_account(j, at, "unknown", "excluded", NULL, e);
	head = input_peek(in, j->growing != NULL ? 1 : CODEC_MAGIC);
	codec = codec_detect(head.p, head.n);
	if (codec != CODEC_PLAIN) {
		struct input *inner;

		if (j->depth >= job_nesting(j->options))
			return job_refuse_nesting(j, at, e);
		inner = job_hashed(j, input_decoded(in, codec, ratio));
		j->depth++;
		ok = job_bytes(j, at, inner, name, e);
		j->depth--;
		input_free(inner);
		return ok;
	}
	if (j->options->max_member > 0)
		input_limit(in, j->options->max_member);
	head = head_of(j, in);
	if (format_is_archive(head, j->options))
		return job_archive(j, at, in, NULL, 0, e);
	if (job_is_excluded(j, at, false))
		return job_account(j, at, "unknown", "excluded", NULL, e);
	return job_member(j, at, in, name, head, e);
}
