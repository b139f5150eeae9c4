/*
 * The clocks of a watch: what is due by the times of the samples, whose time is
 * believed, and what is due by the machine's clock.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "rules/watch_parts.h"

/* --- what is due ------------------------------------------------------------------ */

static int64_t
span_of(const struct watch *w, const struct track *t)
{
	return w->plan->tests[t->test].window->span;
}

void
watch_arm(struct watch *w, const struct series *s, struct track *t)
{
	struct due d = { .at = s->last + w->options->idle,
		.series = s->number,
		.slot = (uint32_t)(s - w->list) };

	if (t == NULL) {
		dues_push(&w->ends, d);
		return;
	}
	d.test = t->test;
	if (!t->due) {
		d.at = t->state.last + span_of(w, t);
		dues_push(&w->dues, d);
		t->due = true;
	}
	if (w->options->live && !t->waits) {
		d.at = s->arrived + span_of(w, t) / 1000;
		dues_push(&w->waits, d);
		t->waits = true;
	}
}

/* NULL where the series has gone since. */
struct series *
watch_of_due(struct watch *w, const struct due *d)
{
	struct series *s = &w->list[d->slot];

	return s->number == d->series ? s : NULL;
}

bool
watch_forget(struct watch *w, struct job *job, struct series *s, int64_t at,
    const char *reason, struct err *e)
{
	for (size_t i = 0; i < s->ntracks; i++) {
		const struct track *t = &s->tracks[i];
		struct window_event v = { .at = at, .since = t->state.since };

		if (t->state.open &&
		    !watch_alert(w, job, s, t->test, &v, reason, e))
			return false;
	}
	w->counts.forgotten++;
	watch_drop(w, s);
	return true;
}

/* A due was set by an older sample: it may have to wait for a newer one. */
static bool
end_series(struct watch *w, struct job *job, struct due d, struct err *e)
{
	struct series *s = watch_of_due(w, &d);

	if (s == NULL)
		return true;
	d.at = s->last + w->options->idle;
	if (d.at < w->clock)
		return watch_forget(w, job, s, d.at, "idle", e);
	dues_push(&w->ends, d);
	return true;
}

static bool
end_gap(struct watch *w, struct job *job, struct due d, struct err *e)
{
	struct series *s = watch_of_due(w, &d);
	struct window_event v;
	struct track *t;

	if (s == NULL)
		return true;
	t = watch_track(s, d.test);
	t->due = false;
	if (t->state.open)
		return true;
	if (window_due(w->plan->tests[d.test].window, &t->state, w->clock, &v))
		return watch_alert(w, job, s, d.test, &v, NULL, e);
	watch_arm(w, s, t);
	return true;
}

bool
watch_go_on(struct watch *w, struct job *job, int64_t to, struct err *e)
{
	bool ok = true;

	if (w->started && to <= w->clock)
		return true;
	w->clock = to;
	w->started = true;
	while (ok) {
		const struct due *gap = dues_first(&w->dues);
		const struct due *last = dues_first(&w->ends);

		if (gap != NULL && gap->at < to &&
		    (last == NULL || gap->at <= last->at))
			ok = end_gap(w, job, dues_pop(&w->dues), e);
		else if (last != NULL && last->at < to)
			ok = end_series(w, job, dues_pop(&w->ends), e);
		else
			break;
	}
	return ok;
}

/* --- the clock ---------------------------------------------------------------------- */

static int
by_time(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/*
 * The lower median of the latest times, that of `own` being `at`.  A series
 * that has sent nothing for many samples of the others has no vote: two leads
 * that were taken off would stop the clock of the third for ever.
 */
static int64_t
median(const struct watch *w, const struct series *own, int64_t at)
{
	int64_t *list = mem_alloc((w->used + 1) * sizeof(*list)), m;
	uint64_t now = w->counts.samples, round = 64 + 16 * w->used;
	size_t n = 0;

	for (size_t i = 0; i < w->nlist; i++)
		if (w->list[i].number != 0 && &w->list[i] != own &&
		    now - w->list[i].sample <= round)
			list[n++] = w->list[i].newest;
	list[n++] = at;
	qsort(list, n, sizeof(*list), by_time);
	m = list[(n - 1) / 2];
	mem_free(list);
	return m;
}

/* The median is taken anew where it matters, and not for every sample. */
bool
watch_believes(struct watch *w, const struct series *own, int64_t at)
{
	w->since_median++;
	if (!w->started || at <= w->clock || w->used == 0 ||
	    at - w->median <= w->options->idle)
		return true;
	if (w->since_median <= w->used / 8)
		return false;
	w->since_median = 0;
	w->median = median(w, own, at);
	return at - w->median <= w->options->idle;
}

/* --- the machine's clock -------------------------------------------------------- */

/* Milliseconds to wait, an hour at most. */
static int
wait_for(int64_t ms)
{
	return ms > 3600000 ? 3600000 : (int)ms + 1;
}

/* What is held back goes on where nothing came for so long. */
static bool
let_go_by_clock(
    struct watch *w, struct job *job, int64_t now, int *wait, struct err *e)
{
	int64_t until = w->heard + w->options->lateness / 1000;

	if (dues_first(&w->order) == NULL)
		return true;
	if (until <= now)
		return watch_let_go(w, job, w->latest, e);
	if (*wait < 0 || until - now < *wait)
		*wait = wait_for(until - now);
	return true;
}

/* The machine's clock: a series that has sent nothing for so long. */
static bool
look_at_gaps(
    struct watch *w, struct job *job, int64_t now, int *wait, struct err *e)
{
	const struct due *first;

	while ((first = dues_first(&w->waits)) != NULL && first->at < now) {
		struct due d = dues_pop(&w->waits);
		struct series *s = watch_of_due(w, &d);
		struct track *t = s == NULL ? NULL : watch_track(s, d.test);
		struct window_event v;

		if (t == NULL)
			continue;
		t->waits = false;
		if (t->state.open)
			continue;
		if (s->arrived + span_of(w, t) / 1000 >= now)
			watch_arm(w, s, t);
		else if (window_due(w->plan->tests[d.test].window, &t->state,
			     t->state.last + span_of(w, t) + 1, &v) &&
		    !watch_alert(w, job, s, d.test, &v, NULL, e))
			return false;
	}
	*wait = first == NULL ? -1 : wait_for(first->at - now);
	return true;
}

bool
watch_look(struct watch *w, struct job *job, int *wait, struct err *e)
{
	int64_t now = clock_ms();

	*wait = -1;
	if (!w->options->live)
		return true;
	return let_go_by_clock(w, job, now, wait, e) &&
	    look_at_gaps(w, job, now, wait, e) &&
	    let_go_by_clock(w, job, now, wait, e);
}
