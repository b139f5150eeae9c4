#include "record/flow.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "io/reader.h"
#include "record/bare.h"
#include "record/first.h"

/*
 * A batch goes round a ring: filled by the reader, worked by a worker, drained
 * by the reader's thread in the order of filling.
 *
 *	FREE -> FULL -> BUSY -> DONE -> FREE
 *
 * The ring has two batches a worker: one under work and one waiting, which
 * bounds memory and makes a slow output hold the reader back.
 */
enum state { FREE, FULL, BUSY, DONE };

struct reject {
	struct place place;
	struct slice raw;
	struct err why;
};

struct batch {
	enum state state;
	struct block block;
	const char *uri;
	struct buf out;
	uint64_t in, emitted;
	struct reject *rejects;
	size_t nrejects, rejects_room;
	const char **skips; /* one reason a skipped record */
	size_t nskips, skips_room;
	struct err fatal;
};

struct worker {
	struct flow *flow;
	struct record *record;
	struct err why;  /* all zero between records */
	struct buf bare; /* a bare line as a record */
	void *state;
	pthread_t thread;
};

struct flow {
	struct run *run;
	const struct stage *stage;
	struct batch *ring;
	size_t nring, head, tail; /* fill at head, drain at tail */
	struct worker *workers;
	unsigned nworkers, nthreads;
	size_t next;   /* the batch that a worker takes next */
	uint64_t left; /* lines that are still to be read */
	bool closing;
	pthread_mutex_t lock;
	pthread_cond_t filled, worked;
};

bool
stage_open(const struct stage *s, void **worker, struct err *e)
{
	*worker = s->open == NULL ? s->shared : s->open(s->shared, e);
	return s->open == NULL || *worker != NULL;
}

void
stage_close(const struct stage *s, void *worker)
{
	if (s->close != NULL)
		s->close(s->shared, worker);
}

void
flow_emit(struct job *j, struct slice line)
{
	buf_add_slice(j->out, line);
	buf_addc(j->out, '\n');
	++*j->emitted;
}

static void
keep_reject(struct batch *b, const struct place *at, struct slice raw,
    const struct err *why)
{
	b->rejects = mem_room(
	    b->rejects, b->nrejects, &b->rejects_room, sizeof(*b->rejects));
	b->rejects[b->nrejects++] =
	    (struct reject){ .place = *at, .raw = raw, .why = *why };
}

static void
keep_skip(struct batch *b, const char *reason)
{
	b->skips =
	    mem_room(b->skips, b->nskips, &b->skips_room, sizeof(*b->skips));
	b->skips[b->nskips++] = reason;
}

/* What a reject keeps of a line that is too long. */
static struct slice
beginning(struct slice line)
{
	size_t n = line.n < 256 ? line.n : 256;
	size_t whole = utf8_valid_prefix(line.p, n);

	return (struct slice){ line.p, n - whole < 4 ? whole : n };
}

static bool
too_long(uint64_t n, size_t limit, struct err *e)
{
	return err_data(e, "limit_record",
	    "line of %llu bytes, more than %zu (--max-record raises it)",
	    (unsigned long long)n, limit);
}

/* One line through scan and stage; false where the run must end. */
static bool
work_line(struct worker *w, struct batch *b, struct slice line,
    const struct place *at)
{
	struct job job = {
		.place = *at, .out = &b->out, .emitted = &b->emitted
	};
	struct err *e = &w->why;
	size_t limit = run_options(w->flow->run)->max_record;
	enum verdict verdict = RECORD_SET_ASIDE;
	struct slice text = line;

	b->in++;
	if (line.n > limit)
		too_long(line.n, limit, e);
	else if (bare_line(w->flow->stage->bare, &text, &w->bare, e) &&
	    record_read(w->record, text, e))
		verdict = w->flow->stage->record(w->state, w->record, &job, e);
	switch (verdict) {
	case RECORD_PASS:
		record_write(w->record, &b->out);
		buf_addc(&b->out, '\n');
		b->emitted++;
		break;
	case RECORD_TAKEN:
		break;
	case RECORD_SKIP:
		keep_skip(b, job.reason);
		break;
	case RECORD_SET_ASIDE:
		keep_reject(b, at, line.n > limit ? beginning(line) : line, e);
		break;
	case RECORD_STOP:
		b->fatal = *e;
		return false;
	}
	if (e->kind != ERR_NONE)
		*e = (struct err){ 0 };
	return true;
}

static bool
is_blank(struct slice line)
{
	for (size_t i = 0; i < line.n; i++)
		if (strchr(" \t\r", line.p[i]) == NULL || line.p[i] == '\0')
			return false;
	return true;
}

static void
work_batch(struct worker *w, struct batch *b)
{
	const char *p = b->block.text, *end = p + b->block.n;
	struct place at = {
		.uri = b->uri, .line = b->block.line, .from = b->block.offset
	};

	buf_reset(&b->out);
	b->in = b->emitted = 0;
	b->nrejects = b->nskips = 0;
	b->fatal.kind = ERR_NONE;
	if (b->block.cut) {
		struct err e = { 0 };

		b->in = 1;
		at.to = at.from + b->block.whole;
		too_long(
		    b->block.whole, run_options(w->flow->run)->max_record, &e);
		keep_reject(
		    b, &at, beginning((struct slice){ p, b->block.n }), &e);
		return;
	}
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		struct slice line = slice_span(p, lf == NULL ? end : lf);

		p = lf == NULL ? end : lf + 1;
		at.to = at.from + line.n;
		if (is_blank(line)) {
			b->in++;
			keep_skip(b, "blank_line");
		} else if (!work_line(w, b, line, &at)) {
			return;
		}
		at.from += line.n + 1;
		at.line++;
	}
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct flow *f = w->flow;

	pthread_mutex_lock(&f->lock);
	for (;;) {
		struct batch *b = &f->ring[f->next % f->nring];

		if (b->state != FULL || f->next == f->head) {
			if (f->closing)
				break;
			pthread_cond_wait(&f->filled, &f->lock);
			continue;
		}
		f->next++;
		b->state = BUSY;
		pthread_mutex_unlock(&f->lock);
		work_batch(w, b);
		pthread_mutex_lock(&f->lock);
		b->state = DONE;
		pthread_cond_signal(&f->worked);
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

/* The results of a batch into the run. */
static bool
drain(struct flow *f, struct batch *b, struct err *e)
{
	run_count(f->run, b->in);
	if (b->out.n > 0 &&
	    !run_write(f->run, buf_slice(&b->out), b->emitted, e))
		return false;
	for (size_t i = 0; i < b->nskips; i++)
		run_skip(f->run, b->skips[i], 1);
	for (size_t i = 0; i < b->nrejects; i++) {
		struct reject *r = &b->rejects[i];

		if (!run_set_aside(f->run, &r->place, r->raw, &r->why, e))
			return false;
	}
	if (b->fatal.kind != ERR_NONE) {
		*e = b->fatal;
		return false;
	}
	return true;
}

/* Takes the oldest batch out of the ring; waits for it. */
static bool
drain_oldest(struct flow *f, struct err *e)
{
	struct batch *b = &f->ring[f->tail % f->nring];
	bool ok;

	pthread_mutex_lock(&f->lock);
	while (b->state != DONE)
		pthread_cond_wait(&f->worked, &f->lock);
	pthread_mutex_unlock(&f->lock);
	ok = drain(f, b, e);
	pthread_mutex_lock(&f->lock);
	b->state = FREE;
	pthread_mutex_unlock(&f->lock);
	f->tail++;
	return ok;
}

static bool
oldest_is_done(struct flow *f)
{
	bool done;

	pthread_mutex_lock(&f->lock);
	done = f->tail < f->head && f->ring[f->tail % f->nring].state == DONE;
	pthread_mutex_unlock(&f->lock);
	return done;
}

static bool
pause_stage(struct flow *f, struct err *e)
{
	if (f->stage->pause != NULL && f->nthreads == 0 &&
	    !f->stage->pause(f->workers[0].state, e))
		return false;
	return run_flush(f->run, e);
}

/* Hands a filled batch over; with one job it is worked here. */
static bool
give(struct flow *f, struct batch *b, bool pauses, struct err *e)
{
	if (f->nthreads == 0) {
		work_batch(&f->workers[0], b);
		return drain(f, b, e) && (!pauses || pause_stage(f, e));
	}
	pthread_mutex_lock(&f->lock);
	b->state = FULL;
	f->head++;
	pthread_cond_signal(&f->filled);
	pthread_mutex_unlock(&f->lock);
	while (f->tail < f->head &&
	    (pauses || oldest_is_done(f) || f->head - f->tail == f->nring))
		if (!drain_oldest(f, e))
			return false;
	return !pauses || run_flush(f->run, e);
}

/* A call of the stage between records; what it emits goes out at once. */
static bool
call_stage(struct flow *f, const char *uri, int *wait, struct err *e)
{
	struct batch *b = &f->ring[0];
	struct job job = {
		.place.uri = uri, .out = &b->out, .emitted = &b->emitted
	};
	void *worker = f->workers[0].state;

	buf_reset(&b->out);
	b->emitted = 0;
	if (!(wait != NULL ? f->stage->idle(worker, &job, wait, e)
			   : f->stage->end(worker, &job, e)))
		return false;
	return (b->out.n == 0 ||
		   run_write(f->run, buf_slice(&b->out), b->emitted, e)) &&
	    (wait == NULL || run_flush(f->run, e));
}

/* The stage acts by the clock until there is input, or a signal. */
static bool
idle(struct flow *f, struct reader *r, const char *uri, struct err *e)
{
	while (f->stage->idle != NULL && reader_pauses(r)) {
		int wait = -1;

		if (!call_stage(f, uri, &wait, e))
			return false;
		reader_wait(r, wait);
	}
	return true;
}

static void
show_progress(struct flow *f, struct reader *r, const char *uri)
{
	struct run_progress p = { .records = run_in_count(f->run),
		.set_aside = run_set_aside_count(f->run),
		.done = reader_raw_done(r),
		.size = reader_raw_size(r),
		.place = uri };

	run_progress(f->run, &p);
}

static bool
drain_all(struct flow *f, struct err *e)
{
	while (f->tail < f->head)
		if (!drain_oldest(f, e))
			return false;
	return true;
}

/* One input to its end; false where the run cannot go on. */
static bool
run_one(struct flow *f, const char *uri, bool *stopped, struct err *e)
{
	const struct run_options *o = run_options(f->run);
	uint64_t before = run_in_count(f->run);
	uint8_t digest[DIGEST_SIZE];
	struct err failure = { 0 };
	struct reader *r = reader_open(uri, o->stop, &failure);
	bool ok = true;

	*stopped = o->stop != NULL && o->stop->signal != 0;
	if (r == NULL && *stopped)
		return true; /* while it waited for the other end of a pipe */
	if (r == NULL) {
		run_fail(f->run, &failure);
		return true;
	}
	reader_limit(r, o->max_record);
	if (f->stage->idle != NULL)
		reader_impatient(r);
	if (o->report != NULL)
		reader_hash(r);
	while (ok) {
		struct batch *b = &f->ring[f->head % f->nring];

		ok = idle(f, r, uri, e);
		if (!ok || !reader_block(r, &b->block, &failure))
			break;
		if (b->block.n == 0)
			continue;
		if (!first_lines(&b->block, &f->left))
			break;
		b->uri = uri;
		ok = give(f, b, reader_pauses(r), e);
		show_progress(f, r, uri);
	}
	ok = ok && drain_all(f, e);
	if (failure.kind != ERR_NONE) {
		err_wrap(&failure, "%s", uri);
		run_fail(f->run, &failure);
	}
	if (o->report != NULL)
		reader_digest(r, digest);
	run_input(f->run, uri, reader_bytes(r), run_in_count(f->run) - before,
	    o->report != NULL ? digest : NULL);
	*stopped = reader_stopped(r);
	reader_free(r);
	return ok;
}

static bool
start(struct flow *f, struct err *e)
{
	const struct run_options *o = run_options(f->run);
	unsigned jobs = f->stage->ordered ? 1 : o->jobs;
	sigset_t all, before;

	f->workers = mem_zalloc(jobs * sizeof(*f->workers));
	f->nring = jobs == 1 ? 1 : (size_t)jobs * 2;
	f->ring = mem_zalloc(f->nring * sizeof(*f->ring));
	for (unsigned i = 0; i < jobs; i++) {
		struct worker *w = &f->workers[i];

		w->flow = f;
		if (!stage_open(f->stage, &w->state, e))
			return false;
		w->record = record_new(f->stage->names, o->max_depth);
		f->nworkers++;
	}
	/* Signals are for the reading thread: they end its waits. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (unsigned i = 0; jobs > 1 && i < jobs; i++) {
		if (pthread_create(
			&f->workers[i].thread, NULL, work, &f->workers[i]) != 0)
			break;
		f->nthreads++;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (jobs > 1 && f->nthreads == 0)
		f->nring = 1; /* no thread to be had: work here */
	return true;
}

static void
finish(struct flow *f)
{
	pthread_mutex_lock(&f->lock);
	f->closing = true;
	pthread_cond_broadcast(&f->filled);
	pthread_mutex_unlock(&f->lock);
	for (unsigned i = 0; i < f->nthreads; i++)
		pthread_join(f->workers[i].thread, NULL);
	for (unsigned i = 0; i < f->nworkers; i++) {
		stage_close(f->stage, f->workers[i].state);
		record_free(f->workers[i].record);
		buf_release(&f->workers[i].bare);
	}
	for (size_t i = 0; f->ring != NULL && i < f->nring; i++) {
		block_release(&f->ring[i].block);
		buf_release(&f->ring[i].out);
		mem_free(f->ring[i].rejects);
		mem_free(f->ring[i].skips);
	}
	mem_free(f->ring);
	mem_free(f->workers);
	pthread_mutex_destroy(&f->lock);
	pthread_cond_destroy(&f->filled);
	pthread_cond_destroy(&f->worked);
}

bool
flow_run(struct run *run, char *const *operands, const struct stage *stage,
    struct err *e)
{
	char dash[] = "-", *standard_input[] = { dash, NULL };
	struct flow f = { .run = run, .stage = stage, .left = run_limit(run) };
	bool ok, stopped = false;

	pthread_mutex_init(&f.lock, NULL);
	pthread_cond_init(&f.filled, NULL);
	pthread_cond_init(&f.worked, NULL);
	ok = start(&f, e);
	if (operands == NULL || operands[0] == NULL)
		operands = standard_input;
	for (; ok && !stopped && f.left > 0 && *operands != NULL; operands++)
		ok = run_one(&f, *operands, &stopped, e);
	if (ok && stage->pause != NULL && f.nworkers > 0)
		for (unsigned i = 0; ok && i < f.nworkers; i++)
			ok = stage->pause(f.workers[i].state, e);
	if (ok && stage->end != NULL)
		ok = call_stage(&f, NULL, NULL, e);
	if (!ok)
		run_fail(run, e);
	finish(&f);
	return ok;
}
