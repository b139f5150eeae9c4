#include "sources/sink.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "sources/state.h"

#define ENOUGH  ((size_t)256 << 10)
#define WAITING ((size_t)1 << 20) /* lines, before they go to a file */
#define DEEDS   ((size_t)8 << 20)
#define PARKED  ((size_t)16 << 20) /* of all sources that ended early */
#define PAUSE   100 /* ms at least between two commits of the state */
#define SHARE   20  /* a commit takes one part in so many of the time */

/* A source that ended before its turn came. */
struct parked {
	struct parked *next;
	uint64_t ticket, records;
	struct buf out, later;
};

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
	while (t->parked != NULL) {
		struct parked *p = t->parked;

		t->parked = p->next;
		buf_release(&p->out);
		buf_release(&p->later);
		mem_free(p);
	}
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
    struct writer *manifest, const char *spool_dir)
{
	memset(s, 0, sizeof(*s));
	s->run = run;
	s->turns = turns;
	s->manifest = manifest;
	s->hasher = digest_new();
	spill_init(&s->spill, spool_dir);
}

void
sink_begin(struct sink *s, uint64_t ticket)
{
	s->ticket = ticket;
	s->mine = false;
	s->instances = 0;
}

/* --- sources that end before their turn ---------------------------------- */

/* With the lock held. */
static void
insert(struct turns *t, struct parked *p)
{
	struct parked **at = &t->parked;

	/* One worker's tickets rise, and thousands may gather behind a slow one. */
	if (t->last != NULL && t->last->ticket < p->ticket)
		at = &t->last->next;
	while (*at != NULL && (*at)->ticket < p->ticket)
		at = &(*at)->next;
	p->next = *at;
	*at = p;
	if (p->next == NULL)
		t->last = p;
	t->parked_bytes += p->out.n + p->later.n;
}

/* False where the turn has come, or too much is parked already. */
static bool
park(struct sink *s)
{
	struct turns *t = s->turns;
	struct parked *p;
	bool room;

	if (s->mine || t->freely || s->state != NULL || s->spill.bytes > 0)
		return false;
	p = mem_zalloc(sizeof(*p));
	pthread_mutex_lock(&t->lock);
	room = !t->broken && !is_open(s) &&
	    t->parked_bytes + s->out.n + s->later.n <= PARKED;
	if (room) {
		p->ticket = s->ticket;
		p->records = s->records;
		p->out = s->out;
		p->later = s->later;
		insert(t, p);
	}
	pthread_mutex_unlock(&t->lock);
	if (!room) {
		mem_free(p);
		return false;
	}
	s->out = s->later = (struct buf){ 0 };
	s->records = 0;
	return true;
}

/* The turn goes to the next; what is parked and has it now is handed out. */
static struct parked *
pass_turn(struct sink *s)
{
	struct turns *t = s->turns;
	struct parked *p;

	pthread_mutex_lock(&t->lock);
	t->now++;
	p = t->parked;
	if (p != NULL && p->ticket == t->now) {
		t->parked = p->next;
		if (t->parked == NULL)
			t->last = NULL;
		t->parked_bytes -= p->out.n + p->later.n;
		s->ticket = p->ticket;
	} else {
		p = NULL;
		t->taken = false;
		s->mine = false;
		pthread_cond_broadcast(&t->moved);
	}
	pthread_mutex_unlock(&t->lock);
	return p;
}

bool
sink_end(struct sink *s, struct err *e)
{
	struct parked *p;

	if (park(s))
		return true;
	if (!sink_write(s, e))
		return false;
	while ((p = pass_turn(s)) != NULL) {
		bool ok;

		buf_release(&s->out);
		buf_release(&s->later);
		s->out = p->out;
		s->later = p->later;
		s->records = p->records;
		mem_free(p);
		ok = sink_write(s, e);
		if (!ok)
			return false;
	}
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
	buf_release(&s->later);
	spill_release(&s->spill);
	digest_free(s->hasher);
	encodings_release(&s->encodings);
}

/* An act, the number of its bytes, and the bytes, one behind the other. */
struct deed {
	sink_act *act;
	size_t n;
};

static bool
do_later(struct sink *s, struct err *e)
{
	const char *p = s->later.p, *end = p + s->later.n;
	struct deed d;

	while (p < end) {
		memcpy(&d, p, sizeof(d));
		p += sizeof(d);
		if (!d.act(s, (struct slice){ p, d.n }, e))
			return sink_give_up(s, e);
		p += d.n;
	}
	buf_reset(&s->later);
	return true;
}

bool
sink_write(struct sink *s, struct err *e)
{
	if (!take_turn(s, true, e))
		return false;
	if (s->spill.bytes > 0 && !spill_write(&s->spill, s->run, e))
		return sink_give_up(s, e);
	if (s->out.n > 0 &&
	    !run_write(s->run, buf_slice(&s->out), s->records, e))
		return sink_give_up(s, e);
	s->records = 0;
	/* Room that only waiting needed is not kept for the next time. */
	if (s->out.room > 4 * ENOUGH)
		buf_release(&s->out);
	buf_reset(&s->out);
	return s->later.n == 0 || do_later(s, e);
}

bool
sink_do(struct sink *s, sink_act *act, struct slice bytes, struct err *e)
{
	struct deed d = { act, bytes.n };

	if (!take_turn(s, s->state != NULL || s->later.n >= DEEDS, e))
		return false;
	if (s->mine)
		return sink_write(s, e) &&
		    (act(s, bytes, e) || sink_give_up(s, e));
	buf_add(&s->later, (const char *)&d, sizeof(d));
	buf_add_slice(&s->later, bytes);
	return true;
}

/* The lines that wait go to the file; false where it has no room. */
static bool
set_by(struct sink *s)
{
	if (!spill_add(&s->spill, buf_slice(&s->out), s->records))
		return false;
	s->records = 0;
	buf_reset(&s->out);
	return true;
}

bool
sink_ready(struct sink *s, struct err *e)
{
	if (s->out.n < ENOUGH)
		return true;
	if (!take_turn(s, false, e))
		return false;
	if (!s->mine && s->out.n < WAITING)
		return true;
	return (!s->mine && set_by(s)) || sink_write(s, e);
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

static bool
add_to_manifest(struct sink *s, struct slice line, struct err *e)
{
	return writer_add(s->manifest, line, e);
}

bool
sink_manifest(struct sink *s, struct slice line, struct err *e)
{
	return s->manifest == NULL || sink_do(s, add_to_manifest, line, e);
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
	    clock_ms() - s->settling->last_ms >=
	    (pause > PAUSE ? pause : PAUSE);
}

static bool
commit(struct sink *s, struct err *e)
{
	int64_t began = clock_ms();

	if (!run_flush(s->run, e) || !state_commit(s->state, e))
		return false;
	s->settling->last_ms = clock_ms();
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
