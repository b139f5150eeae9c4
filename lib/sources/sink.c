#include "sources/sink.h"

#include "base/mem.h"

#define ENOUGH  ((size_t)256 << 10)
#define WAITING ((size_t)8 << 20)

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
take_turn(struct sink *s, bool wait, struct err *e)
{
	bool broken;

	if (s->mine)
		return true;
	pthread_mutex_lock(&s->turns->lock);
	while (wait && !s->turns->broken && s->turns->now != s->ticket)
		pthread_cond_wait(&s->turns->moved, &s->turns->lock);
	broken = s->turns->broken;
	if (broken)
		*e = s->turns->why;
	s->mine = !broken && s->turns->now == s->ticket;
	pthread_mutex_unlock(&s->turns->lock);
	return !broken;
}

/* The run cannot go on: nobody waits any more. */
static bool
give_up(struct sink *s, const struct err *e)
{
	pthread_mutex_lock(&s->turns->lock);
	if (!s->turns->broken)
		s->turns->why = *e;
	s->turns->broken = true;
	pthread_cond_broadcast(&s->turns->moved);
	pthread_mutex_unlock(&s->turns->lock);
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
}

bool
sink_end(struct sink *s, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	pthread_mutex_lock(&s->turns->lock);
	s->turns->now++;
	s->mine = false;
	pthread_cond_broadcast(&s->turns->moved);
	pthread_mutex_unlock(&s->turns->lock);
	return true;
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
		return give_up(s, e);
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
	return run_flush(s->run, e) || give_up(s, e);
}

bool
sink_reject(struct sink *s, const struct place *at, struct slice raw,
    const struct err *why, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	return run_set_aside(s->run, at, raw, why, e) || give_up(s, e);
}

bool
sink_manifest(struct sink *s, struct slice line, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	return s->manifest == NULL || writer_add(s->manifest, line, e) ||
	    give_up(s, e);
}

bool
sink_fail(struct sink *s, const struct err *why, struct err *e)
{
	if (!sink_write(s, e))
		return false;
	run_fail(s->run, why);
	return true;
}
