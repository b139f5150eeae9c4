#include "rules/periods.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct period {
	int64_t from, to;
};

struct covered { /* apart from each other, in their order */
	struct period *list;
	size_t n, room;
};

struct periods {
	struct index *keys;
	struct covered *list;
	size_t room;
	uint64_t memory, used;
};

struct periods *
periods_new(uint64_t memory)
{
	struct periods *p = mem_zalloc(sizeof(*p));

	p->keys = index_new();
	p->memory = memory;
	return p;
}

void
periods_free(struct periods *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < index_count(p->keys); i++)
		mem_free(p->list[i].list);
	index_free(p->keys);
	mem_free(p->list);
	mem_free(p);
}

/* The first that ends behind the moment. */
static size_t
first_after(const struct covered *c, int64_t moment)
{
	size_t low = 0, high = c->n;

	/* Mostly they come in their order. */
	if (c->n > 0 && c->list[c->n - 1].to <= moment)
		return c->n;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c->list[middle].to <= moment)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int
add(struct covered *c, struct period p)
{
	size_t at = first_after(c, p.from), end = at;

	if (p.from >= p.to)
		return at < c->n && c->list[at].from < p.from;
	while (end < c->n && c->list[end].from < p.to) {
		if (c->list[end].from < p.from)
			p.from = c->list[end].from;
		if (c->list[end].to > p.to)
			p.to = c->list[end].to;
		end++;
	}
	if (end > at) { /* they become one */
		c->list[at] = p;
		memmove(&c->list[at + 1], &c->list[end],
		    (c->n - end) * sizeof(*c->list));
		c->n -= end - at - 1;
		return 1;
	}
	c->list = mem_room(c->list, c->n, &c->room, sizeof(*c->list));
	memmove(&c->list[at + 1], &c->list[at], (c->n - at) * sizeof(*c->list));
	c->list[at] = p;
	c->n++;
	return 0;
}

int
periods_add(struct periods *p, struct slice key, int64_t from, int64_t to,
    struct err *e)
{
	bool fresh;
	size_t at = index_add(p->keys, key, &fresh), before;
	int overlaps;

	if (fresh) {
		p->list = mem_room(p->list, at, &p->room, sizeof(*p->list));
		p->list[at] = (struct covered){ NULL, 0, 0 };
		p->used += sizeof(*p->list) + 2 * key.n + 16;
	}
	before = p->list[at].room;
	overlaps = add(&p->list[at], (struct period){ from, to });
	p->used += (p->list[at].room - before) * sizeof(struct period);
	if (p->used > p->memory) {
		err_set(e, ERR_OUTPUT,
		    "the periods of overlap rules need more than %llu bytes "
		    "(--memory raises it; --annotate none counts without "
		    "them)",
		    (unsigned long long)p->memory);
		return -1;
	}
	return overlaps;
}
