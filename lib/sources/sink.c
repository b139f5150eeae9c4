#include "sources/sink.h"

#include <time.h>

#include "base/mem.h"
#include "sources/state.h"

#define ENOUGH  ((size_t)256 << 10)
#define WAITING ((size_t)8 << 20)
#define PAUSE   100 /* ms at least between two commits of the state */
#define SHARE   20  /* a commit takes one part in so many of the time */

void
turns_init(struct turns *t)
{
	memset(t, 0, sizeof(*t));
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->moved, NULL);
}

void
turns_release(struct turns *t)
{
	pthread_mutex_destroy(&t->lock);
	pthread_cond_destroy(&t->moved);
}

static bool
is_open(const struct sink *s)
{
	return s->turns->freely ? !s->turns->taken : s->turns->now == s->ticket;
}

static bool
take_turn(struct sink *s, bool wait, struct err *e)
{
	bool broken;

	if (s->mine)
		return true;
	pthread_mutex_lock(&s->turns->lock);
	while ((wait || s->turns->freely) && !s->turns->broken && !is_open(s))
		pthread_cond_wait(&s->turns->moved, &s->turns->lock);
	broken = s->turns->broken;
	if (broken)
		*e = s->turns->why;
	s->mine = !broken && is_open(s);
	s->turns->taken |= s->mine;
	pthread_mutex_unlock(&s->turns->lock);
	return !broken;
}

void
turns_break(struct turns *t, const struct err *e)
{
	pthread_mutex_lock(&t->lock);
	if (!t->broken)
		t->why = *e;
	t->broken = true;
	pthread_cond_broadcast(&t->moved);
	pthread_mutex_unlock(&t->lock);
}

bool
sink_give_up(struct sink *s, const struct err *e)
{
	turns_break(s->turns, e);
	return false;
}

void
sink_init(struct sink *s, struct run *run, struct turns *turns,
    struct writer *manifest)
{
	memset(s, 0, sizeof(*s));
	s->run = run;
	s->turns = turns;
	s->manifest = manifest;
	s->hasher = digest_new();
}

void
sink_begin(struct sink *s, uint64_t ticket)
{
	s->ticket = ticket;
	s->mine = false;
	s->instances = 0;
}

bool
sink_end(struct sink *s, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	pthread_mutex_lock(&s->turns->lock);
	s->turns->now++;
	s->turns->taken = false;
	s->mine = false;
	pthread_cond_broadcast(&s->turns->moved);
	pthread_mutex_unlock(&s->turns->lock);
	return true;
}

bool
sink_rest(struct sink *s, struct err *e)
{
	return !s->turns->freely || !s->mine || sink_end(s, e);
}

void
sink_release(struct sink *s)
{
	buf_release(&s->out);
	digest_free(s->hasher);
	encodings_release(&s->encodings);
}

bool
sink_write(struct sink *s, struct err *e)
{
	if (!take_turn(s, true, e))
		return false;
	if (s->out.n > 0 &&
	    !run_write(s->run, buf_slice(&s->out), s->records, e))
		return sink_give_up(s, e);
	s->records = 0;
	buf_reset(&s->out);
	return true;
}

bool
sink_ready(struct sink *s, struct err *e)
{
	if (s->out.n < ENOUGH)
		return true;
	if (!take_turn(s, s->out.n >= WAITING, e))
		return false;
	return !s->mine || sink_write(s, e);
}

bool
sink_flush(struct sink *s, struct err *e)
{
	if (!take_turn(s, false, e))
		return false;
	if (!s->mine)
		return true;
	if (!sink_write(s, e))
		return false;
	return run_flush(s->run, e) || sink_give_up(s, e);
}

bool
sink_reject(struct sink *s, const struct place *at, struct slice raw,
    const struct err *why, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	return run_set_aside(s->run, at, raw, why, e) || sink_give_up(s, e);
}

bool
sink_manifest(struct sink *s, struct slice line, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	return s->manifest == NULL || writer_add(s->manifest, line, e) ||
	    sink_give_up(s, e);
}

bool
sink_fail(struct sink *s, const struct err *why, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	s->failures++;
	run_fail(s->run, why);
	return true;
}

/* --- good places to stop ------------------------------------------------- */

bool
sink_stopped(const struct sink *s)
{
	const struct stop *stop = run_options(s->run)->stop;

	return stop != NULL && stop->signal != 0;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * What was set aside must be in its place before the state says that it was
 * read: where the rejects appear at the end, so does that.
 */
static bool
may_commit(const struct sink *s)
{
	return s->state != NULL && !run_renames(s->run) &&
	    run_rejects_safe(s->run);
}

bool
sink_is_due(const struct sink *s)
{
	int64_t pause = s->settling->took_ms * SHARE;

	if (run_rotates(s->run))
		return run_rotation_due(s->run);
	return may_commit(s) &&
	    now_ms() - s->settling->last_ms >= (pause > PAUSE ? pause : PAUSE);
}

static bool
commit(struct sink *s, struct err *e)
{
	int64_t began = now_ms();

	if (!run_flush(s->run, e) || !state_commit(s->state, e))
		return false;
	s->settling->last_ms = now_ms();
	s->settling->took_ms = s->settling->last_ms - began;
	return true;
}

bool
sink_settle(struct sink *s, bool now, struct err *e)
{
	if (s->state == NULL && !run_rotates(s->run))
		return true;
	if (!sink_write(s, e))
		return false;
	if (!sink_is_due(s) && (!now || run_rotates(s->run) || !may_commit(s)))
		return true;
	if (s->manifest != NULL && !writer_flush(s->manifest, e))
		return sink_give_up(s, e);
	if (run_rotates(s->run) ? run_rotate(s->run, e) : commit(s, e))
		return true;
	return sink_give_up(s, e);
}
