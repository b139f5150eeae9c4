#include "record/run.h"

#include <sys/stat.h>

#include <signal.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "record/numbered.h"
#include "record/run_part.h"

const struct run_options *
run_options(const struct run *r)
{
	return &r->options;
}

uint64_t
run_limit(const struct run *r)
{
	return r->options.limit == 0 ? UINT64_MAX : r->options.limit;
}

/* Whether two paths name one file; what is no regular file may be shared. */
static bool
same_file(const char *a, const char *b)
{
	struct stat x, y;

	if (a == NULL || b == NULL)
		return false;
	if (stat(a, &x) != 0 || stat(b, &y) != 0)
		return strcmp(a, b) == 0;
	return S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
	    x.st_ino == y.st_ino;
}

/* The one that is renamed last would take the place of the other. */
bool
run_two_files(const char *option, const char *path, const char *option2,
    const char *path2, struct err *e)
{
	return !same_file(path, path2) ||
	    err_set(e, ERR_USAGE, "%s: %s and %s are one file; name two", path2,
		option, option2);
}

bool
run_apart(const struct run_options *o, const char *option, const char *path,
    struct err *e)
{
	return run_two_files("--output", o->output, option, path, e) &&
	    run_two_files("--rejects", o->rejects, option, path, e) &&
	    run_two_files("--report", o->report, option, path, e);
}

bool
run_all_apart(const struct run_options *o, const char *const files[][2],
    size_t n, char *const *operands, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (!run_apart(o, files[i][0], files[i][1], e))
			return false;
		for (size_t k = 0; k < i; k++)
			if (!run_two_files(files[k][0], files[k][1],
				files[i][0], files[i][1], e))
				return false;
		for (char *const *p = operands; *p != NULL; p++)
			if (strcmp(*p, "-") != 0 && same_file(files[i][1], *p))
				return err_set(e, ERR_USAGE,
				    "%s: %s would take the place of an input",
				    *p, files[i][0]);
	}
	return true;
}

static bool
check_files(const struct run_options *o, struct err *e)
{
	return run_two_files(
		   "--output", o->output, "--rejects", o->rejects, e) &&
	    run_two_files("--output", o->output, "--report", o->report, e) &&
	    run_two_files("--rejects", o->rejects, "--report", o->report, e);
}

struct run *
run_open(const struct run_options *options, struct err *e)
{
	struct run *r = mem_zalloc(sizeof(*r));

	r->options = *options;
	if (r->options.jobs == 0)
		r->options.jobs = 1;
	if (r->options.max_record == 0)
		r->options.max_record = (size_t)16 << 20;
	r->arena = arena_new();
	r->reasons = index_new();
	r->began = clock_ms();
	if (!check_files(options, e))
		goto fail;
	if (run_rotates(r) && !numbered_last(options->output, &r->number, e))
		goto fail;
	if (r->number < options->last_number)
		r->number = options->last_number;
	if (!options->no_output && !run_open_output(r, e))
		goto fail;
	if (options->report != NULL)
		r->digest = digest_new();
	if (options->rejects != NULL) {
		r->rejects = options->append
		    ? writer_open_append(options->rejects, e)
		    : writer_open(options->rejects, e);
		if (r->rejects == NULL)
			goto fail;
	}
	/* Opened now: a missing folder is found before the night's work. */
	if (options->report != NULL) {
		r->report = writer_open(options->report, e);
		if (r->report == NULL)
			goto fail;
	}
	return r;

fail:
	run_free(r);
	return NULL;
}

void
run_free(struct run *r)
{
	if (r == NULL)
		return;
	writer_free(r->output);
	writer_free(r->rejects);
	writer_free(r->report);
	digest_free(r->digest);
	mem_free(r->path);
	arena_free(r->arena);
	index_free(r->reasons);
	mem_free(r->inputs);
	mem_free(r->skipped);
	buf_release(&r->line);
	mem_free(r);
}

void
run_say(struct run *r, struct slice text)
{
	if (r->options.say == NULL)
		return;
	buf_reset(&r->line);
	buf_add_slice(&r->line, text);
	r->options.say(buf_string(&r->line));
}

void
run_skip(struct run *r, const char *reason, uint64_t n)
{
	bool fresh;
	size_t i, room = r->skipped_room;

	if (n == 0)
		return;
	i = index_add(r->reasons, slice_of(reason), &fresh);
	if (fresh) {
		r->skipped =
		    mem_room(r->skipped, i, &room, sizeof(*r->skipped));
		r->skipped_room = room;
		r->skipped[i] = 0;
	}
	r->skipped[i] += n;
}

void
run_count(struct run *r, uint64_t records)
{
	r->in += records;
}

void
run_fail(struct run *r, const struct err *why)
{
	/* A full disk is met again when the output is closed. */
	bool again = strcmp(r->failed.text, why->text) == 0;

	if (r->failed.kind == ERR_NONE || why->kind > r->failed.kind)
		r->failed = *why;
	r->status = err_worse(r->status, (int)why->kind);
	r->fell_short = r->fell_short && why->kind < ERR_OUTPUT;
	if (strcmp(why->code, "closed_pipe") == 0)
		r->closed_pipe = true;
	else if (!again)
		run_say(r, slice_of(why->text));
}

void
run_fall_short(struct run *r, const struct err *why)
{
	bool good = r->status < (int)ERR_OUTPUT;

	run_fail(r, why);
	r->fell_short = good;
}

void
run_note(struct run *r, struct slice line)
{
	if (!r->options.quiet)
		run_say(r, line);
}

void
run_progress(struct run *r, const struct run_progress *p)
{
	if (r->options.progress != NULL)
		r->options.progress(p);
}

void
run_own(struct run *r, struct slice json)
{
	r->own = arena_slice(r->arena, json);
}

void
run_refuse(struct run *r, const struct err *why)
{
	r->refused = *why;
	r->status = err_worse(r->status, (int)ERR_DATA);
}

void
run_discard(struct run *r)
{
	r->discarded = true;
}

int
run_status(const struct run *r)
{
	return r->status;
}

uint64_t
run_in_count(const struct run *r)
{
	return r->in;
}

uint64_t
run_set_aside_count(const struct run *r)
{
	return r->set_aside;
}

uint64_t
run_skip_count(const struct run *r, const char *reason)
{
	long i = index_find(r->reasons, slice_of(reason));

	return i < 0 ? 0 : r->skipped[i];
}

uint64_t
run_out_count(const struct run *r)
{
	return r->out;
}

/* The status that a signal asks for; for endless inputs SIGTERM is the end. */
static int
signal_status(const struct run *r)
{
	return r->options.stop == NULL || r->options.stop->signal == 0
	    ? 0
	    : 128 + r->options.stop->signal;
}

int
run_end(struct run *r, struct err *e)
{
	struct err first = { 0 };
	bool whole;
	int status;

	if (run_has_too_many_rejects(r))
		r->status = err_worse(r->status, (int)ERR_DATA);
	run_name_rest(r);
	whole = !r->discarded && (r->status < 4 || r->fell_short) &&
	    r->status != (int)ERR_USAGE &&
	    (signal_status(r) == 0 || r->options.stream);
	if (r->rejects != NULL && !writer_commit(r->rejects, &first))
		run_fail(r, &first);
	if (r->output != NULL && !r->closed_pipe) {
		if (r->options.output == NULL || whole) {
			if (!run_commit_output(r, &first))
				run_fail(r, &first);
		}
	}
	status = signal_status(r) != 0 ? signal_status(r) : r->status;
	if (r->closed_pipe)
		status = 128 + SIGPIPE;
	if (r->options.report != NULL && !run_write_report(r, status, &first)) {
		run_fail(r, &first);
		status = err_worse(status, r->status);
	}
	if (e != NULL && r->refused.kind != ERR_NONE)
		*e = r->refused;
	return status;
}
