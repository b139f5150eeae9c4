#include "rules/due.h"

#include <stdbool.h>

#include "base/mem.h"

static bool
before(const struct due *a, const struct due *b)
{
	if (a->at != b->at)
		return a->at < b->at;
	if (a->series != b->series)
		return a->series < b->series;
	return a->test < b->test;
}

void
dues_push(struct dues *d, struct due new)
{
	size_t i = d->n;

	d->list = mem_room(d->list, d->n, &d->room, sizeof(*d->list));
	d->n++;
	for (; i > 0 && before(&new, &d->list[(i - 1) / 2]); i = (i - 1) / 2)
		d->list[i] = d->list[(i - 1) / 2];
	d->list[i] = new;
}

const struct due *
dues_first(const struct dues *d)
{
	return d->n == 0 ? NULL : &d->list[0];
}

struct due
dues_pop(struct dues *d)
{
	struct due first = d->list[0], last = d->list[--d->n];
	size_t i = 0;

	for (;;) {
		size_t child = 2 * i + 1;

		if (child + 1 < d->n &&
		    before(&d->list[child + 1], &d->list[child]))
			child++;
		if (child >= d->n || !before(&d->list[child], &last))
			break;
		d->list[i] = d->list[child];
		i = child;
	}
	d->list[i] = last;
	return first;
}

void
dues_release(struct dues *d)
{
	mem_free(d->list);
}
