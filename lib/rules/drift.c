#include "rules/drift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

/* Where the label stands, or would. */
static size_t
place(const struct bins *b, struct slice label)
{
	size_t low = 0, high = b->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (slice_cmp(b->list[middle].label, label) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
bins_add(struct bins *b, struct arena *a, struct slice label, uint64_t n)
{
	size_t at = place(b, label);

	if (at < b->n && slice_eq(b->list[at].label, label)) {
		b->list[at].n += n;
		return;
	}
	if (b->n == b->room) {
		struct bin *old = b->list;

		b->room = b->room == 0 ? 8 : 2 * b->room;
		b->list = arena_alloc(a, b->room * sizeof(*b->list));
		if (b->n > 0)
			memcpy(b->list, old, b->n * sizeof(*old));
	}
	memmove(&b->list[at + 1], &b->list[at], (b->n - at) * sizeof(*b->list));
	b->list[at] = (struct bin){ label, n };
	b->n++;
}

void
bins_join(struct bins *b, struct arena *a, const struct bins *from)
{
	for (size_t i = 0; i < from->n; i++) {
		size_t at = place(b, from->list[i].label);
		struct slice label = from->list[i].label;

		if (at == b->n || !slice_eq(b->list[at].label, label))
			label = arena_slice(a, label);
		bins_add(b, a, label, from->list[i].n);
	}
}

uint64_t
bins_count(const struct bins *b)
{
	uint64_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += b->list[i].n;
	return n;
}

/* --- the index ---------------------------------------------------------------- */

struct pair { /* of one label: its counts on both sides */
	struct slice label;
	struct decimal number;
	uint64_t now, before;
};

struct pairs_of {
	struct pair *list;
	size_t n;
};

/* Both are sorted; what one lacks has the count 0 there. */
static struct pairs_of
join(const struct bins *now, const struct bins *before, struct arena *a)
{
	struct pairs_of p = {
		arena_alloc(a, (now->n + before->n + 1) * sizeof(*p.list)), 0
	};
	size_t i = 0, k = 0;

	while (i < now->n || k < before->n) {
		int o = i == now->n ? 1
		    : k == before->n
		    ? -1
		    : slice_cmp(now->list[i].label, before->list[k].label);

		p.list[p.n++] = (struct pair){
			.label =
			    o <= 0 ? now->list[i].label : before->list[k].label,
			.now = o <= 0 ? now->list[i].n : 0,
			.before = o >= 0 ? before->list[k].n : 0,
		};
		i += o <= 0;
		k += o >= 0;
	}
	return p;
}

static int
by_number(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return decimal_cmp(&x->number, &y->number);
}

/*
 * Hundreds of numbers with a few values each would differ by chance alone:
 * they are put together to intervals that held a tenth of the values before.
 */
static void
put_together(struct pairs_of *p, uint64_t before, struct arena *a)
{
	struct pair parts[DRIFT_PARTS] = { 0 };
	uint64_t below = 0;
	struct err e;

	err_clear(&e);
	if (p->n <= 2 * DRIFT_PARTS)
		return;
	for (size_t i = 0; i < p->n; i++)
		if (!decimal_parse(p->list[i].label, a, &p->list[i].number, &e))
			return;
	qsort(p->list, p->n, sizeof(*p->list), by_number);
	for (size_t i = 0; i < p->n; i++) {
		size_t at =
		    (size_t)((double)below * DRIFT_PARTS / (double)before);
		struct pair *to =
		    &parts[at < DRIFT_PARTS ? at : DRIFT_PARTS - 1];

		to->now += p->list[i].now;
		to->before += p->list[i].before;
		below += p->list[i].before;
	}
	p->n = 0;
	for (size_t i = 0; i < DRIFT_PARTS; i++)
		if (parts[i].now + parts[i].before > 0)
			p->list[p->n++] = parts[i];
}

bool
bins_drift(const struct bins *now, const struct bins *before, double *psi)
{
	uint64_t m = bins_count(now), n = bins_count(before);
	struct arena *a;
	struct pairs_of p;
	double half, sum = 0;

	if (m < DRIFT_LEAST || n < DRIFT_LEAST)
		return false;
	a = arena_new();
	p = join(now, before, a);
	put_together(&p, n, a);
	if (m < DRIFT_EACH * p.n || n < DRIFT_EACH * p.n) {
		arena_free(a);
		return false;
	}
	half = 0.5 * (double)p.n;
	for (size_t i = 0; i < p.n; i++) {
		double x = ((double)p.list[i].now + 0.5) / ((double)m + half);
		double y =
		    ((double)p.list[i].before + 0.5) / ((double)n + half);

		sum += (x - y) * log(x / y);
	}
	arena_free(a);
	*psi = sum;
	return true;
}
