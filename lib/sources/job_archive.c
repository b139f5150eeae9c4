#include <string.h>

#include "io/archive.h"
#include "sources/format.h"
#include "sources/job.h"
#include "sources/kept.h"
#include "sources/job_beside.h"
#include "sources/manifest.h"

#define HEAD 512 /* bytes that tell how an archive can be read */

static ssize_t
member_block(void *ctx, const char **block, struct err *e)
{
	return unpack_read(ctx, block, e);
}

static bool
read_file_member(
    struct job *j, struct unpack *u, const struct place_of *at, struct err *e)
{
	struct input *in = job_hashed(j, input_new(member_block, u));
	const char *name = at->nparts > 0 ? at->parts[at->nparts - 1] : at->uri;
	bool ok;

	ok = job_bytes(j, at, in, name, e);
	input_free(in);
	return ok;
}

static bool
take_member(struct job *j, struct unpack *u, const struct unpack_member *um,
    const struct place_of *outer, struct err *e)
{
	static const char *const reasons[] = { [UNPACK_FOLDER] = "folder",
		[UNPACK_LINK] = "link",
		[UNPACK_SPECIAL] = "special" };
	struct place_of at = *outer;
	struct buf name = { 0 };
	struct err why = { 0 };

	charset_name_text(um->name, &name);
	if (at.nparts < MEMBER_PARTS && !unpack_is_raw(u))
		at.parts[at.nparts++] = arena_string(j->arena, name.p, name.n);
	buf_release(&name);
	switch (um->kind) {
	case UNPACK_FILE:
		return read_file_member(j, u, &at, e);
	case UNPACK_LOCKED:
		err_data(&why, "encrypted",
		    "is encrypted (--password-file tries passwords)");
		return job_account(j, &at, "unknown", NULL, &why, e);
	default:
		return job_account(
		    j, &at, "unknown", reasons[um->kind], NULL, e);
	}
}

/*
 * The archive's own line comes behind those of its members.  A broken header
 * is a reject of the archive; one that ends it decides the status.
 */
static bool
read_members(struct job *j, struct unpack *u, const struct place_of *at,
    struct member *m, struct err *e)
{
	struct unpack_member um;
	unsigned faults = 0;

	for (;;) {
		struct err why = { 0 };
		struct piece nothing = { .from = m->at,
			.to = m->at,
			.next = m->at,
			.bytes = SLICE("") };
		int got = unpack_next(u, &um, &why);

		if (got == 0)
			return true;
		if (got > 0) {
			if (!take_member(j, u, &um, at, e))
				return false;
			if (j->keep.again)
				return true;
			continue;
		}
		if (m->input != NULL && input_failed(m->input, NULL))
			return true;
		m->incomplete = true;
		if (why.kind != ERR_DATA) {
			struct buf label = { 0 };

			member_label(at, &label);
			err_wrap(&why, "%s", buf_string(&label));
			buf_release(&label);
			return sink_fail(&j->sink, &why, e);
		}
		if (!member_reject(m, &nothing, &why, e))
			return false;
		if (++faults > 100 || strncmp(why.code, "limit_", 6) == 0)
			return true;
	}
}

bool
job_refuse_nesting(struct job *j, const struct place_of *at, struct err *e)
{
	struct err why = { 0 };

	err_data(&why, "limit_nesting",
	    "more than %u archives in one another (--max-nesting raises the "
	    "limit)",
	    job_nesting(j->options));
	return job_account(j, at, "archive", NULL, &why, e);
}

/* path: a regular file that libarchive may seek in; else the input is read. */
bool
job_archive(struct job *j, const struct place_of *at, struct input *in,
    const char *path, uint64_t size, struct err *e)
{
	struct unpack_source source = { .read = input_next, .ctx = in };
	struct unpack_limits limits = { .nesting = job_nesting(j->options),
		.ratio = j->options->max_ratio,
		.member = j->options->max_member,
		.total = j->options->max_total,
		.members = j->options->max_members,
		.passwords = j->options->passwords };
	struct kept *kept = NULL;
	struct beside *outer = j->beside;
	struct unpack *u;
	struct member m;
	struct err why = { 0 };
	const char *block;
	bool ok = true;

	if (j->depth >= job_nesting(j->options))
		return job_refuse_nesting(j, at, e);
	job_begin(j, &m, at, path == NULL ? in : NULL, "archive");
	if (path == NULL)
		limits.raw = unpack_is_compressed(input_peek(in, HEAD));
	if (path == NULL && unpack_must_seek(input_peek(in, HEAD))) {
		kept = kept_take(in, j->options->spool_dir, e);
		if (kept == NULL) {
			member_release(&m);
			return false;
		}
	}
	if (path != NULL)
		u = unpack_open_file(path, &limits, &why);
	else if (kept != NULL)
		u = kept_unpack(kept, &limits, &why);
	else
		u = unpack_open(&source, &limits, &why);
	j->depth++;
	j->beside = beside_new(at);
	if (u != NULL)
		ok = read_members(j, u, at, &m, e) &&
		    (j->keep.again || beside_end(j, e));
	else if (path != NULL || !input_failed(in, NULL))
		ok = member_reject(
		    &m, &(struct piece){ .bytes = SLICE("") }, &why, e);
	unpack_free(u);
	kept_free(kept);
	beside_free(j->beside);
	j->beside = outer;
	j->depth--;
	if (!ok && !m.enough) {
		member_release(&m);
		return false;
	}
	while (path == NULL && input_next(in, &block, &why) > 0)
		continue;
	member_skip_to(&m, path == NULL ? input_bytes(in) : size, "container");
	return member_end(&m, e);
}
