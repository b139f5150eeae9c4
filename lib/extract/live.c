#include "extract/live.h"

#include "record/window.h"

struct live {
	struct consult *consult;
	unsigned in_flight;
	void *worker;
};

/* A record and its question. */
struct open {
	struct extract_work work;
	struct question *question;
};

static enum verdict
begin(void *shared, struct record *r, struct job *job, void **waits,
    struct err *e)
{
	struct live *l = shared;
	struct open *o = arena_zalloc(record_arena(r), sizeof(*o));

	if (!extract_begin(l->worker, r, &o->work, e))
		return RECORD_STOP;
	if (o->work.type != NULL)
		o->question =
		    consult_ask(l->consult, &o->work.reading, &o->work.found,
			&o->work.answers, o->work.text.sources, o->work.text.n);
	if (o->question == NULL)
		return extract_finish(l->worker, r, &o->work, job, e);
	*waits = o;
	return RECORD_PASS;
}

static bool
work(void *shared, unsigned ms, struct err *e)
{
	struct live *l = shared;

	return consult_work(l->consult, ms, e);
}

/* A quarter of those under way is kept ready, for answers that come at once. */
static bool
is_busy(const void *shared)
{
	const struct live *l = shared;

	return client_unsent(l->consult->client) > l->in_flight / 4;
}

static bool
is_done(const void *waits)
{
	return question_is_done(((const struct open *)waits)->question);
}

/* What is under way when a run stops is paid for: it goes to the cache. */
static void
settle(struct live *l)
{
	struct err e = { 0 };

	client_hold(l->consult->client);
	while (client_pending(l->consult->client) > 0 &&
	    consult_work(l->consult, 100, &e))
		continue;
}

static enum verdict
finish(
    void *shared, struct record *r, struct job *job, void *waits, struct err *e)
{
	struct live *l = shared;
	struct open *o = waits;

	if (question_is_held(o->question)) {
		settle(l);
		if (!client_stopped(l->consult->client, e))
			err_set(e, ERR_SERVICE, "interrupted");
		return RECORD_STOP;
	}
	consult_merge(l->consult, o->question);
	return extract_finish(l->worker, r, &o->work, job, e);
}

static void
hold(void *shared)
{
	struct live *l = shared;

	client_hold(l->consult->client);
}

/* One whole file after the other: each waits for its own answer. */
static enum verdict
alone(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct live *l = worker;
	void *waits = NULL;
	enum verdict verdict = begin(l, r, job, &waits, e);

	if (waits == NULL)
		return verdict;
	while (!is_done(waits))
		if (!work(l, 100, e))
			return RECORD_STOP;
	return finish(l, r, job, waits, e);
}

bool
extract_live(struct run *run, char *const *operands, struct extract *x,
    struct consult *consult, unsigned in_flight, struct err *e)
{
	struct stage rules = extract_stage(x);
	struct live l = { .consult = consult, .in_flight = in_flight };
	struct window_stage many = { .names = rules.names,
		.shared = &l,
		.most = (size_t)4 * in_flight,
		.begin = begin,
		.work = work,
		.is_done = is_done,
		.finish = finish,
		.is_busy = is_busy,
		.hold = hold };
	struct stage one = {
		.names = rules.names, .shared = &l, .record = alone
	};
	struct err flush = { 0 };
	bool ok;

	l.worker = rules.open(rules.shared, e);
	if (l.worker == NULL)
		return false;
	ok = x->plain ? extract_plain(run, operands, &one, e)
		      : window_run(run, operands, &many, e);
	if (!client_flush(consult->client, &flush)) {
		run_fail(run, &flush);
		ok = false;
	}
	if (ok && client_stopped(consult->client, &flush))
		run_fall_short(run, &flush);
	rules.close(rules.shared, l.worker);
	return ok;
}
