/*
 * What leaves: the output, under its name whole or not at all, or one file
 * after the other.
 */
#include <assert.h>
#include <limits.h>

#include "base/clock.h"
#include "base/mem.h"
#include "record/numbered.h"
#include "record/run_part.h"

bool
run_open_output(struct run *r, struct err *e)
{
	const char *path = r->options.output;

	if (run_rotates(r)) {
		mem_free(r->path);
		r->path = numbered_path(path, ++r->number);
		path = r->path;
	}
	r->output = writer_open(path, e);
	return r->output != NULL;
}

bool
run_write(struct run *r, struct slice lines, uint64_t records, struct err *e)
{
	assert(r->output != NULL);
	r->out += records;
	if (lines.n == 0)
		return true;
	if (run_rotates(r) && writer_bytes(r->output) == 0)
		r->since = clock_ms();
	r->bytes += lines.n;
	if (r->digest != NULL)
		digest_add(r->digest, lines.p, lines.n);
	return writer_add(r->output, lines, e);
}

bool
run_flush(struct run *r, struct err *e)
{
	if (r->output != NULL && !writer_flush(r->output, e))
		return false;
	if (r->rejects == NULL)
		return true;
	return r->options.append && r->delivery != NULL
	    ? writer_sync(r->rejects, e)
	    : writer_flush(r->rejects, e);
}

void
run_deliver(struct run *r, const struct run_delivery *delivery)
{
	r->delivery = delivery;
}

bool
run_renames(const struct run *r)
{
	return r->output != NULL && writer_temporary(r->output) != NULL;
}

bool
run_rejects_safe(const struct run *r)
{
	return r->rejects == NULL || r->set_aside == 0 ||
	    writer_temporary(r->rejects) == NULL;
}

/*
 * The account of what was delivered moves on with the output.  An output that
 * failed in any part (a full disk under the rejects) is not delivered; nor is
 * an empty file of a row of them.
 */
bool
run_commit_output(struct run *r, struct err *e)
{
	const struct run_delivery *d = r->delivery;
	bool empty = run_rotates(r) && writer_bytes(r->output) == 0;
	const char *path = r->path == NULL ? r->options.output : r->path;

	if (d != NULL && run_renames(r) && !empty &&
	    (!writer_settle(r->output, e) ||
		(r->path != NULL && d->number != NULL &&
		    !d->number(d->ctx, r->number, e)) ||
		!d->before(d->ctx, writer_temporary(r->output), path, e)))
		return false;
	return (empty || writer_commit(r->output, e)) &&
	    (d == NULL || r->status == (int)ERR_OUTPUT || d->after(d->ctx, e));
}

/* --- rotation ------------------------------------------------------------ */

bool
run_rotates(const struct run *r)
{
	return r->options.rotate_bytes > 0 || r->options.rotate_seconds > 0;
}

int
run_rotation_wait(const struct run *r)
{
	int64_t age, most = (int64_t)r->options.rotate_seconds * 1000;

	if (most == 0 || writer_bytes(r->output) == 0)
		return -1;
	age = clock_ms() - r->since;
	if (age >= most)
		return 0;
	return most - age > INT_MAX ? INT_MAX : (int)(most - age);
}

bool
run_rotation_due(const struct run *r)
{
	uint64_t most = r->options.rotate_bytes;

	return (most > 0 && writer_bytes(r->output) >= most) ||
	    run_rotation_wait(r) == 0;
}

bool
run_rotate(struct run *r, struct err *e)
{
	if (writer_bytes(r->output) == 0)
		return true;
	if ((r->rejects != NULL && !writer_sync(r->rejects, e)) ||
	    !run_commit_output(r, e))
		return false;
	writer_free(r->output);
	return run_open_output(r, e);
}
