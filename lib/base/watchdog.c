#include "base/watchdog.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/mem.h"

#define PERIOD INT64_C(100000000) /* nanoseconds between two looks */

struct watchdog {
	pthread_mutex_t lock;
	pthread_cond_t ending;
	pthread_t thread;
	bool started, ended;
	int64_t limit;
	void (*stop)(void *);
	void *ctx;
	uint64_t turn; /* pieces of work so far */
	bool working;
	clockid_t clock; /* of the thread that works */
};

static int64_t
nanoseconds(clockid_t clock)
{
	struct timespec t;

	if (clock_gettime(clock, &t) != 0)
		return 0;
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void
sleep_locked(struct watchdog *w)
{
	int64_t until = nanoseconds(CLOCK_REALTIME) + PERIOD;
	struct timespec t = { .tv_sec = until / 1000000000,
		.tv_nsec = until % 1000000000 };

	pthread_cond_timedwait(&w->ending, &w->lock, &t);
}

static void *
watch(void *ctx)
{
	struct watchdog *w = ctx;
	uint64_t seen = 0;
	int64_t since = 0;

	pthread_mutex_lock(&w->lock);
	while (!w->ended) {
		if (w->working && w->turn != seen) {
			seen = w->turn;
			since = nanoseconds(w->clock);
		} else if (w->working &&
		    nanoseconds(w->clock) - since > w->limit) {
			w->stop(w->ctx);
			w->working = false;
		}
		sleep_locked(w);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct watchdog *
watchdog_new(unsigned milliseconds, void (*stop)(void *), void *ctx)
{
	struct watchdog *w = mem_zalloc(sizeof(*w));

	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->ending, NULL);
	w->limit = milliseconds * INT64_C(1000000);
	w->stop = stop;
	w->ctx = ctx;
	return w;
}

void
watchdog_free(struct watchdog *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->ended = true;
	pthread_cond_signal(&w->ending);
	pthread_mutex_unlock(&w->lock);
	if (w->started)
		pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->ending);
	pthread_mutex_destroy(&w->lock);
	mem_free(w);
}

/* Signals are for the program's own threads. */
static void
start(struct watchdog *w)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	w->started = pthread_create(&w->thread, NULL, watch, w) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void
watchdog_begin(struct watchdog *w)
{
	pthread_mutex_lock(&w->lock);
	if (!w->started)
		start(w);
	w->turn++;
	w->working = pthread_getcpuclockid(pthread_self(), &w->clock) == 0;
	pthread_mutex_unlock(&w->lock);
}

void
watchdog_end(struct watchdog *w)
{
	pthread_mutex_lock(&w->lock);
	w->working = false;
	pthread_mutex_unlock(&w->lock);
}
