#include "rules/drift.h"

#include <math.h>
#include <string.h>

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

/* Both are sorted; what one lacks has the count 0 there. */
bool
bins_drift(const struct bins *now, const struct bins *before, double *psi)
{
	double m = (double)bins_count(now), n = (double)bins_count(before);
	size_t i = 0, k = 0, all = 0;
	double sum = 0;

	if (m < DRIFT_LEAST || n < DRIFT_LEAST)
		return false;
	for (size_t j = 0; j < before->n; j++) {
		size_t at = place(now, before->list[j].label);

		all += at == now->n ||
		    !slice_eq(now->list[at].label, before->list[j].label);
	}
	all += now->n;
	while (i < now->n || k < before->n) {
		int o = i == now->n ? 1
		    : k == before->n
		    ? -1
		    : slice_cmp(now->list[i].label, before->list[k].label);
		double x = o <= 0 ? (double)now->list[i++].n : 0;
		double y = o >= 0 ? (double)before->list[k++].n : 0;
		double a = (x + 0.5) / (m + 0.5 * (double)all);
		double b = (y + 0.5) / (n + 0.5 * (double)all);

		sum += (a - b) * log(a / b);
	}
	*psi = sum;
	return true;
}
