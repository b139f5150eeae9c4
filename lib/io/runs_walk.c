/*
 * A heap of cursors, one a run and one for what is in memory.
 */
#include <string.h>

#include "base/mem.h"
#include "io/overflow.h"
#include "io/runs.h"
#include "io/runs_parts.h"
#include "io/runs_sort.h"

struct cursor {
	size_t from;
	const struct run *run; /* NULL: what is in memory */
	uint64_t next, n;      /* entries of the run */
	const uint8_t *now;
	uint8_t *window;
	size_t at, have; /* entries of the window */
};

struct runs_walk {
	struct cursor *heap; /* the smallest first */
	size_t n, size;
	bool begun;
};

struct runs_walk *
runs_walk_new(struct runs *const *list, size_t n)
{
	struct runs_walk *w = mem_zalloc(sizeof(*w));
	size_t room = 0;

	for (size_t i = 0; i < n; i++)
		room += list[i]->nruns + 1;
	w->heap = mem_zalloc((room + 1) * sizeof(*w->heap));
	w->size = n == 0 ? 0 : list[0]->size;
	for (size_t i = 0; i < n; i++) {
		struct runs *r = list[i];

		for (size_t k = 0; k < r->nruns; k++)
			w->heap[w->n++] = (struct cursor){ .from = i,
				.run = &r->runs[k],
				.n = r->runs[k].n,
				.window = mem_alloc(RUNS_WINDOW) };
		runs_sort(r->entries, r->n, r->size);
		w->heap[w->n++] = (struct cursor){
			.from = i, .window = r->entries, .have = r->n
		};
	}
	return w;
}

static void
close_cursor(struct cursor *c)
{
	if (c->run != NULL)
		mem_free(c->window);
}

void
runs_walk_free(struct runs_walk *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->n; i++)
		close_cursor(&w->heap[i]);
	mem_free(w->heap);
	mem_free(w);
}

/* Moves on; now NULL at the end. */
static bool
move(const struct runs_walk *w, struct cursor *c, struct err *e)
{
	c->now = NULL;
	if (c->at == c->have && c->run != NULL && c->next < c->n) {
		size_t most = RUNS_WINDOW / w->size;

		c->have =
		    c->n - c->next < most ? (size_t)(c->n - c->next) : most;
		c->at = 0;
		if (!overflow_get(c->run->fd, c->window, c->have * w->size,
			c->run->start + c->next * w->size, e))
			return false;
		c->next += c->have;
	}
	if (c->at < c->have)
		c->now = c->window + c->at++ * w->size;
	return true;
}

static bool
is_before(const struct runs_walk *w, size_t a, size_t b)
{
	const struct cursor *x = &w->heap[a], *y = &w->heap[b];
	int o = memcmp(x->now, y->now, w->size);

	return o != 0 ? o < 0 : x->from < y->from;
}

static void
sink(struct runs_walk *w, size_t i)
{
	for (;;) {
		size_t least = i, left = 2 * i + 1;
		struct cursor c;

		if (left < w->n && is_before(w, left, least))
			least = left;
		if (left + 1 < w->n && is_before(w, left + 1, least))
			least = left + 1;
		if (least == i)
			return;
		c = w->heap[i];
		w->heap[i] = w->heap[least];
		w->heap[least] = c;
		i = least;
	}
}

/* The cursor moves on, or goes where it has ended. */
static bool
advance(struct runs_walk *w, size_t i, struct err *e)
{
	if (!move(w, &w->heap[i], e))
		return false;
	if (w->heap[i].now == NULL) {
		close_cursor(&w->heap[i]);
		w->heap[i] = w->heap[--w->n];
	}
	return true;
}

static bool
begin(struct runs_walk *w, struct err *e)
{
	w->begun = true;
	for (size_t i = w->n; i-- > 0;)
		if (!advance(w, i, e))
			return false;
	for (size_t i = w->n / 2; i-- > 0;)
		sink(w, i);
	return true;
}

const uint8_t *
runs_next(struct runs_walk *w, size_t *from, struct err *e)
{
	if (!w->begun) {
		if (!begin(w, e))
			return NULL;
	} else if (w->n > 0) {
		if (!advance(w, 0, e))
			return NULL;
		if (w->n > 0)
			sink(w, 0);
	}
	if (w->n == 0)
		return NULL;
	*from = w->heap[0].from;
	return w->heap[0].now;
}
