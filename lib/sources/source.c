#include "sources/source.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/encoding.h"
#include "sources/dicom_group.h"
#include "sources/dicom_text.h"
#include "sources/database_read.h"
#include "sources/fhir_export.h"
#include "sources/job.h"
#include "sources/net_options.h"
#include "sources/scheme.h"
#include "sources/state.h"
#include "sources/stay.h"
#include "sources/walk.h"

bool
source_check(const struct source_options *o, struct err *e)
{
	const char *names[32];
	struct charset c;
	size_t n = 0;

	for (const struct source_format *f = source_formats; f->name != NULL;
	     f++)
		names[n++] = f->name;
	names[n] = NULL;
	if (o->format != NULL && source_format_find(o->format) == NULL) {
		const char *near = slice_suggest(slice_of(o->format), names);

		if (near == NULL)
			return err_set(e, ERR_USAGE,
			    "unknown format '%s' (--list formats shows them)",
			    o->format);
		return err_set(e, ERR_USAGE,
		    "unknown format '%s' (did you mean '%s'?)", o->format,
		    near);
	}
	if (o->header != NULL && o->header[0] == '\0')
		return err_set(e, ERR_USAGE,
		    "--header: no name is given (yes, no, or NAME,...)");
	if (o->kind != NULL && kinds_find(o->kinds, o->kind) == NULL)
		return err_set(e, ERR_USAGE,
		    "unknown kind '%s' (--list kinds shows them)", o->kind);
	/* What a state or a finished file holds would lack the counts. */
	if (o->dicom.per != PER_INSTANCE &&
	    (o->state != NULL || o->watch || o->follow))
		return err_set(e, ERR_USAGE,
		    "--per series and study count over one whole run: not with "
		    "--state, --watch or --follow");
	if (!charset_init(&c, o->encoding, e))
		return false;
	charset_release(&c);
	if (o->dicom.charset != NULL && !dicom_text_knows(o->dicom.charset, e))
		return false;
	return database_check(o, e) && net_options_check(o, e);
}

static bool
unknown_scheme(const char *operand, struct err *e)
{
	int n = (int)(strstr(operand, "://") - operand);

	return err_set(e, ERR_USAGE,
	    "unknown kind of source '%.*s:' (mdx-ingest(1) has them)",
	    n > 20 ? 20 : n, operand);
}

bool
source_check_operands(
    char *const *operands, const struct source_options *o, struct err *e)
{
	for (; operands != NULL && *operands != NULL; operands++) {
		const struct source_scheme *s = scheme_of(*operands);

		if (s != NULL && s->check != NULL && !s->check(*operands, o, e))
			return false;
		if (s == NULL && strstr(*operands, "://") != NULL &&
		    access(*operands, F_OK) != 0)
			return unknown_scheme(*operands, e);
	}
	return true;
}

/* --- workers ------------------------------------------------------------- */

struct pool {
	struct run *run;
	const struct source_options *options;
	char *const *operands;
	struct walk *walk;
	struct writer *manifest;
	struct totals *totals;
	struct dicom_group *group; /* NULL: each image is a record */
	struct state *state;
	struct settling settling;
	struct turns turns;
	pthread_mutex_t lock; /* of the walk */
	uint64_t tickets;
	bool over;
	unsigned busy; /* workers with a source */
	bool spare_core;
	struct err why; /* the run cannot go on */
};

static bool
told_to_stop(const struct pool *p)
{
	const struct stop *stop = run_options(p->run)->stop;

	return stop != NULL && stop->signal != 0;
}

/*
 * Second threads are for cores that no worker needs: with every worker at a
 * source of its own they would only stand in the way.
 */
static bool
next_source(struct pool *p, struct job *j, struct walked *to, uint64_t *ticket)
{
	bool found;

	pthread_mutex_lock(&p->lock);
	found =
	    !p->over && !told_to_stop(p) && walk_next(p->walk, j->arena, to);
	p->over = !found;
	*ticket = p->tickets;
	p->tickets += found;
	p->busy += found;
	j->spare_core =
	    p->spare_core && 2 * p->busy <= run_options(p->run)->jobs;
	pthread_mutex_unlock(&p->lock);
	return found;
}

static void
source_done(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->busy--;
	pthread_mutex_unlock(&p->lock);
}

static void
job_init(struct job *j, struct pool *p)
{
	*j = (struct job){ .run = p->run,
		.options = p->options,
		.totals = p->totals,
		.spare_core = p->spare_core,
		.state = p->state,
		.keep = { .state = p->options->inspect ? NULL : p->state },
		.arena = arena_new() };
	sink_init(
	    &j->sink, p->run, &p->turns, p->manifest, p->options->spool_dir);
	j->sink.state = p->state;
	j->sink.settling = &p->settling;
	j->sink.keep = &j->keep;
	j->sink.group = p->group;
}

static void
job_release(struct job *j)
{
	sink_release(&j->sink);
	keep_release(&j->keep);
	arena_free(j->arena);
}

static void
give_up(struct pool *p, const struct err *e)
{
	pthread_mutex_lock(&p->lock);
	p->over = true;
	if (p->why.kind == ERR_NONE)
		p->why = *e;
	pthread_mutex_unlock(&p->lock);
}

static void *
work(void *arg)
{
	struct pool *p = arg;
	struct job job;
	struct walked source;
	struct err e = { 0 };
	uint64_t ticket;

	job_init(&job, p);
	while (next_source(p, &job, &source, &ticket)) {
		sink_begin(&job.sink, ticket);
		if (!job_source(&job, &source, &e) ||
		    !job_settle(&job, false, &e) || !sink_end(&job.sink, &e)) {
			give_up(p, &e);
			break;
		}
		source_done(p);
		arena_reset(job.arena);
	}
	job_release(&job);
	return NULL;
}

static void
watch(struct pool *p, char *const *operands)
{
	struct job job;
	struct err e = { 0 };

	job_init(&job, p);
	if (!stay_watch(&job, operands, &e))
		give_up(p, &e);
	job_release(&job);
}

/* A thread for each growing file; with turns as they come. */
static void *
follow(void *arg)
{
	struct pool *p = arg;
	struct job job;
	struct err e = { 0 };
	const char *path;

	pthread_mutex_lock(&p->lock);
	path = p->operands[p->tickets++];
	pthread_mutex_unlock(&p->lock);
	job_init(&job, p);
	if (!stay_follow(&job, path, &e))
		give_up(p, &e);
	job_release(&job);
	return NULL;
}

/* Runs on `n` threads and waits for them; false where none could be made. */
static bool
run_threads(struct pool *p, void *(*task)(void *), unsigned n, bool all)
{
	pthread_t *threads = mem_alloc(n * sizeof(*threads));
	unsigned started = 0;

	while (started < n &&
	    pthread_create(&threads[started], NULL, task, p) == 0)
		started++;
	if (all && started < n) {
		struct err e = { 0 };

		err_set(&e, ERR_OUTPUT, "cannot follow %u files at once", n);
		give_up(p, &e);
		turns_break(&p->turns, &e);
	}
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	mem_free(threads);
	return started > 0;
}

static void
work_together(struct pool *p)
{
	unsigned jobs = run_options(p->run)->jobs, files = 0;

	p->spare_core = jobs > 1 && !p->options->inspect;
	if (p->options->watch) {
		watch(p, p->operands);
	} else if (p->options->follow) {
		p->turns.freely = true;
		while (p->operands[files] != NULL)
			files++;
		run_threads(p, follow, files, true);
	} else if (jobs == 1 || !walk_is_many(p->operands) ||
	    p->options->inspect || !run_threads(p, work, jobs, false)) {
		work(p);
	}
}

/* What was gathered over all sources comes behind them. */
static bool
write_groups(struct pool *p, struct err *e)
{
	struct sink sink;
	bool ok;

	if (p->group == NULL)
		return true;
	sink_init(&sink, p->run, &p->turns, p->manifest, p->options->spool_dir);
	sink.settling = &p->settling;
	sink_begin(&sink, p->turns.now);
	ok = dicom_group_write(p->group, &sink, p->totals, e) &&
	    sink_end(&sink, e);
	sink_release(&sink);
	return ok;
}

static void
report(struct pool *p)
{
	struct buf b = { 0 };

	totals_report(p->totals, &b);
	run_own(p->run, buf_slice(&b));
	buf_release(&b);
}

bool
source_settle(struct run *run, const struct source_options *o,
    struct state *state, struct err *e)
{
	return fhir_export_settle(run, o, state, e);
}

bool
source_is_endless(char *const *operands, const struct source_options *o)
{
	if (o->watch || o->follow)
		return true;
	for (; operands != NULL && *operands != NULL; operands++) {
		const struct source_scheme *s = scheme_of(*operands);

		if (s != NULL && s->endless)
			return true;
	}
	return false;
}

bool
source_run(struct run *run, char *const *operands,
    const struct source_options *options, struct state *state, struct err *e)
{
	char dash[] = "-", *standard_input[] = { dash, NULL };
	struct pool p = { .run = run, .options = options, .state = state };
	bool ok = false;

	if (operands == NULL || operands[0] == NULL)
		operands = standard_input;
	if (options->manifest != NULL) {
		p.manifest = run_options(run)->append
		    ? writer_open_append(options->manifest, e)
		    : writer_open(options->manifest, e);
		if (p.manifest == NULL) {
			run_fail(run, e);
			return false;
		}
	}
	p.operands = operands;
	if (options->dicom.per != PER_INSTANCE && !options->inspect &&
	    (p.group = dicom_group_new(options, e)) == NULL) {
		run_fail(run, e);
		writer_free(p.manifest);
		return false;
	}
	p.walk = walk_new(operands);
	p.totals = totals_new();
	pthread_mutex_init(&p.lock, NULL);
	turns_init(&p.turns);
	work_together(&p);
	if (p.why.kind != ERR_NONE)
		*e = p.why;
	else
		ok = write_groups(&p, e) &&
		    (p.manifest == NULL || writer_commit(p.manifest, e));
	if (!ok)
		run_fail(run, e);
	report(&p);
	dicom_group_free(p.group);
	turns_release(&p.turns);
	pthread_mutex_destroy(&p.lock);
	totals_free(p.totals);
	walk_free(p.walk);
	writer_free(p.manifest);
	return ok;
}
