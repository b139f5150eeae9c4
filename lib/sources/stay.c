#include "sources/stay.h"

#include <sys/stat.h>

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/duration.h"
#include "io/codec.h"
#include "sources/arrivals.h"
#include "sources/growing.h"
#include "sources/own.h"
#include "sources/scheme.h"

#define SETTLE 5000
#define UNSETTLED \
	100 /* ms: something is written that the state does not know */

/* --- options ------------------------------------------------------------- */

static bool
check_operand(const struct source_options *o, const char *path, struct err *e)
{
	const char *option = o->watch ? "--watch" : "--follow";
	struct stat st;
	bool there = stat(path, &st) == 0;

	if (strcmp(path, "-") == 0 || scheme_of(path) != NULL)
		return err_set(e, ERR_USAGE, "%s: '%s' is no %s", option, path,
		    o->watch ? "folder" : "file");
	if (o->watch && there && !S_ISDIR(st.st_mode))
		return err_set(e, ERR_USAGE,
		    "--watch: '%s' is no folder (--follow stays with a "
		    "growing file)",
		    path);
	if (o->follow && there && S_ISDIR(st.st_mode))
		return err_set(e, ERR_USAGE,
		    "--follow: '%s' is a folder (--watch takes files that "
		    "arrive in it)",
		    path);
	return true;
}

bool
stay_check(struct source_options *o, const char *settle, char *const *operands,
    struct err *e)
{
	o->settle_ms = SETTLE;
	if (o->watch && o->follow)
		return err_set(e, ERR_USAGE,
		    "--watch takes finished files and --follow growing ones; "
		    "name one of them");
	if (settle != NULL && !o->watch)
		return err_set(e, ERR_USAGE, "--settle is for --watch");
	if (settle != NULL && !duration_parse(slice_of(settle), &o->settle_ms))
		return err_set(e, ERR_USAGE,
		    "--settle: '%s' is no time (5s, 500ms, 2m)", settle);
	if (o->done != NULL &&
	    (o->done[0] == '\0' || strchr(o->done, '/') != NULL))
		return err_set(e, ERR_USAGE,
		    "--done: '%s' is no suffix (.done, .ok)", o->done);
	if (o->done != NULL && o->follow)
		return err_set(e, ERR_USAGE,
		    "--done: a finished file does not grow; it is for --watch");
	if (!o->watch && !o->follow)
		return true;
	if (o->inspect)
		return err_set(
		    e, ERR_USAGE, "--inspect looks once and does not stay");
	if (operands[0] == NULL)
		return err_set(e, ERR_USAGE, "%s: no %s is named",
		    o->watch ? "--watch" : "--follow",
		    o->watch ? "folder" : "file");
	for (; *operands != NULL; operands++)
		if (!check_operand(o, *operands, e))
			return false;
	return true;
}

bool
stay_check_appended(
    bool append, const char *option, const char *path, struct err *e)
{
	return !append || path == NULL || codec_of_name(path) == CODEC_PLAIN ||
	    err_set(e, ERR_USAGE,
		"%s: '%s' grows while this runs and cannot be compressed; "
		"give it a plain name",
		option, path);
}

/* --- watched folders ----------------------------------------------------- */

/* Nothing to read for now: what was done is delivered. */
static bool
pause_watch(struct job *j, struct arrivals *a, struct err *e)
{
	if (!sink_flush(&j->sink, e) || !sink_settle(&j->sink, true, e))
		return false;
	arrivals_wait(a, run_options(j->run)->stop, run_rotation_wait(j->run));
	return true;
}

bool
stay_watch(struct job *j, char *const *operands, struct err *e)
{
	struct arrivals *a =
	    arrivals_new(operands, j->options->settle_ms, j->options->done);
	struct walked source;
	bool ok = true;

	sink_begin(&j->sink, 0);
	while (ok && !sink_stopped(&j->sink)) {
		if (!arrivals_next(a, j->arena, &source, &j->again)) {
			ok = pause_watch(j, a, e);
			continue;
		}
		/* An account of its own output would be more of it. */
		if (own_is(run_options(j->run), j->options, source.uri)) {
			arrivals_done(a, false);
			arena_reset(j->arena);
			continue;
		}
		ok = job_source(j, &source, e) &&
		    sink_settle(&j->sink, false, e);
		arrivals_done(a, j->keep.fresh);
		arena_reset(j->arena);
	}
	arrivals_free(a);
	return ok && sink_end(&j->sink, e);
}

/* --- growing files ------------------------------------------------------- */

/*
 * All that came is out, and the state knows it.  Pieces that are still muted
 * stand in a file that is shorter than it was.
 */
static bool
deliver(struct job *j, struct err *e)
{
	struct member *m = j->keep.member;

	return sink_write(&j->sink, e) && (m == NULL || keep_position(m, e)) &&
	    sink_flush(&j->sink, e) && sink_settle(&j->sink, false, e) &&
	    sink_rest(&j->sink, e);
}

static ssize_t
next_lines(void *ctx, const char **block, struct err *e)
{
	struct job *j = ctx;
	ssize_t got;

	for (;;) {
		int wait = run_renames(j->run) ? -1 : UNSETTLED;

		if (sink_stopped(&j->sink)) {
			err_set(e, ERR_INPUT, "interrupted");
			return -1;
		}
		got = growing_next(j->growing, block, e);
		if (got != 0 || growing_ended(j->growing) != GROWING_ON ||
		    keep_is_short(&j->keep))
			return got;
		if (!deliver(j, &j->broken)) {
			*e = j->broken;
			return -1;
		}
		if (run_rotates(j->run))
			wait = run_rotation_wait(j->run);
		growing_wait(j->growing, wait);
	}
}

/* It ends by a signal, or where another file takes its name. */
bool
stay_read(struct job *j, const struct place_of *at, struct err *e)
{
	const struct run_options *o = run_options(j->run);
	struct err why = { 0 };
	struct input *in;
	bool ok;

	j->growing = growing_open(at->uri, o->max_record, o->stop, &why);
	if (j->growing == NULL)
		return sink_stopped(&j->sink) || sink_fail(&j->sink, &why, e);
	in = job_hashed(j, input_new(next_lines, j));
	ok = job_bytes(j, at, in, at->uri, e);
	if (ok && j->broken.kind != ERR_NONE) {
		*e = j->broken;
		ok = false;
	}
	ok = ok && sink_write(&j->sink, e);
	if (ok && !j->keep.again)
		run_input(j->run, at->uri, input_bytes(in),
		    totals_source(j->totals), NULL);
	if (ok && growing_ended(j->growing) != GROWING_ON && !j->keep.again)
		ok = keep_replaced(
		    &j->keep, growing_ended(j->growing) == GROWING_CUT, e);
	input_free(in);
	growing_free(j->growing);
	j->growing = NULL;
	return ok;
}

static void
say_absent(struct job *j, const char *path)
{
	struct buf line = { 0 };

	buf_addf(&line, "%s: is not there yet, waiting for it", path);
	if (run_options(j->run)->say != NULL)
		run_options(j->run)->say(buf_string(&line));
	buf_release(&line);
}

bool
stay_follow(struct job *j, const char *path, struct err *e)
{
	struct walked source = { .uri = path };
	bool ok = true;

	while (ok && !sink_stopped(&j->sink)) {
		if (access(path, F_OK) != 0)
			say_absent(j, path);
		ok = job_source(j, &source, e);
		arena_reset(j->arena);
	}
	return ok && sink_end(&j->sink, e);
}
