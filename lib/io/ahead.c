#include "io/ahead.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

#define BLOCKS 8

struct block {
	char *p;
	size_t room;
	ssize_t n;
	struct err why; /* n < 0 */
};

/*
 * Blocks are numbered for ever; number i lies in ring[i % BLOCKS].  Those from
 * `taken` to `put` are read and not yet let go of.
 */
struct ahead {
	ahead_source *source;
	void *ctx;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct block ring[BLOCKS];
	size_t put, taken;
	bool held;    /* block `taken` is in the caller's hands */
	bool stop;    /* the thread shall end */
	bool stopped; /* it has, and was joined */
};

/* --- the second thread --------------------------------------------------- */

static void
fill(struct ahead *a, struct block *b)
{
	const char *p = NULL;

	b->n = a->source(a->ctx, &p, &b->why);
	if (b->n <= 0)
		return;
	if ((size_t)b->n > b->room) {
		b->room = (size_t)b->n;
		b->p = mem_resize(b->p, b->room, 1);
	}
	memcpy(b->p, p, (size_t)b->n);
}

static void *
read_on(void *arg)
{
	struct ahead *a = arg;
	bool more = true;

	pthread_mutex_lock(&a->lock);
	while (more) {
		struct block *b = &a->ring[a->put % BLOCKS];

		while (a->put - a->taken == BLOCKS && !a->stop)
			pthread_cond_wait(&a->moved, &a->lock);
		if (a->stop)
			break;
		pthread_mutex_unlock(&a->lock);
		fill(a, b);
		pthread_mutex_lock(&a->lock);
		more = b->n > 0;
		a->put++;
		pthread_cond_signal(&a->moved);
	}
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

/* --- the caller's -------------------------------------------------------- */

struct ahead *
ahead_new(ahead_source *source, void *ctx)
{
	struct ahead *a = mem_zalloc(sizeof(*a));

	a->source = source;
	a->ctx = ctx;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->moved, NULL);
	a->stopped = pthread_create(&a->thread, NULL, read_on, a) != 0;
	if (!a->stopped)
		return a;
	ahead_free(a);
	return NULL;
}

void
ahead_stop(struct ahead *a)
{
	if (a->stopped)
		return;
	pthread_mutex_lock(&a->lock);
	a->stop = true;
	pthread_cond_signal(&a->moved);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
	a->stopped = true;
}

void
ahead_free(struct ahead *a)
{
	if (a == NULL)
		return;
	ahead_stop(a);
	for (size_t i = 0; i < BLOCKS; i++)
		mem_free(a->ring[i].p);
	pthread_cond_destroy(&a->moved);
	pthread_mutex_destroy(&a->lock);
	mem_free(a);
}

ssize_t
ahead_next(struct ahead *a, const char **block, struct err *e)
{
	struct block *b;

	pthread_mutex_lock(&a->lock);
	if (a->held) {
		a->held = false;
		a->taken++;
		pthread_cond_signal(&a->moved);
	}
	while (a->put == a->taken && !a->stopped)
		pthread_cond_wait(&a->moved, &a->lock);
	a->held = a->put > a->taken;
	b = &a->ring[a->taken % BLOCKS];
	pthread_mutex_unlock(&a->lock);
	if (!a->held)
		return a->source(a->ctx, block, e);
	if (b->n < 0)
		*e = b->why;
	*block = b->p;
	return b->n;
}
