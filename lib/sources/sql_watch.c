/*
 * A server that has gone away without a word, or is busy with a bad plan,
 * keeps a call waiting for ever, and a driver's call does not end by a signal.
 * A thread of its own looks at the clock and at the signal while a call is
 * under way, and cancels it; that is the one thing that ODBC lets another
 * thread do.
 */
#include <time.h>

#include "base/clock.h"
#include "sources/sql_handle.h"

#define LOOKS_MS 100
#define MOST_MS  (INT64_C(600) * 1000) /* for one page or piece of a result */

/*
 * Waits for a while; the lock is held.  Nobody wakes it for a call: there are
 * as many as rows.
 */
static void
doze(struct sql_watch *w)
{
	int64_t until = clock_wall_ms() + LOOKS_MS;
	struct timespec t = { .tv_sec = (time_t)(until / 1000),
		.tv_nsec = (long)(until % 1000) * 1000000 };

	pthread_cond_timedwait(&w->moved, &w->lock, &t);
}

static void *
look(void *arg)
{
	struct sql *s = arg;
	struct sql_watch *w = &s->watch;

	pthread_mutex_lock(&w->lock);
	while (!w->over) {
		bool late = w->busy && clock_ms() - w->began_ms > MOST_MS;
		bool stopped =
		    w->busy && w->stop != NULL && w->stop->signal != 0;

		if ((late || stopped) && !w->told) {
			w->told = true;
			s->f.SQLCancel(s->stmt);
		}
		doze(w);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* Without the thread calls may wait; they are right all the same. */
void
sql_watch_start(struct sql *s, const struct stop *stop)
{
	struct sql_watch *w = &s->watch;

	w->stop = stop;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->moved, NULL);
	w->runs = pthread_create(&w->thread, NULL, look, s) == 0;
}

void
sql_watch_end(struct sql *s)
{
	struct sql_watch *w = &s->watch;

	if (!w->runs)
		return;
	pthread_mutex_lock(&w->lock);
	w->over = true;
	pthread_cond_signal(&w->moved);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->moved);
	pthread_mutex_destroy(&w->lock);
	w->runs = false;
}

static void
set_busy(struct sql *s, bool busy)
{
	struct sql_watch *w = &s->watch;

	if (!w->runs)
		return;
	pthread_mutex_lock(&w->lock);
	w->busy = busy;
	w->told = false;
	if (busy)
		w->began_ms = clock_ms();
	pthread_mutex_unlock(&w->lock);
}

void
sql_busy(struct sql *s)
{
	set_busy(s, true);
}

void
sql_idle(struct sql *s)
{
	set_busy(s, false);
}
