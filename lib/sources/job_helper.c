#include "base/mem.h"
#include "io/child.h"
#include "sources/helper.h"
#include "sources/job.h"
#include "sources/kept.h"

/* What the helper writes, as a member of the file: called by its name. */
static bool
read_output(struct job *j, const struct place_of *outer, struct child *child,
    const struct helper *h, struct err *e)
{
	const struct source_options *given = j->options;
	struct source_options options = *given;
	struct input *out = job_hashed(j, input_new(child_read, child));
	struct place_of at = *outer;
	bool ok;

	if (at.nparts < MEMBER_PARTS)
		at.parts[at.nparts++] = h->name;
	at.helped = true;
	if (options.max_member > 0)
		input_limit(out, options.max_member);
	options.format = h->format;
	options.encoding = h->encoding;
	j->options = &options;
	j->depth++;
	ok = job_member(j, &at, out, "", input_peek(out, 1), e);
	j->depth--;
	j->options = given;
	input_free(out);
	return ok;
}

bool
job_helper(struct job *j, const struct place_of *at, struct input *in,
    const struct helper *h, struct err *e)
{
	struct kept *kept = kept_take(in, j->options->spool_dir, e);
	struct child *child;
	struct member m;
	struct err why = { 0 };
	bool ok;

	if (kept == NULL)
		return false;
	job_begin(j, &m, at, in, h->name);
	child = child_start(h->argv, kept_fd(kept), &why);
	ok = child != NULL
	    ? read_output(j, at, child, h, e)
	    : member_reject(&m, &(struct piece){ .bytes = SLICE("") }, &why, e);
	child_free(child);
	kept_free(kept);
	if (!ok) {
		member_release(&m);
		return false;
	}
	member_skip_to(&m, input_bytes(in), "container");
	return member_end(&m, e);
}
