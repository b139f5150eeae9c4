/*
 * The groups of a profile.  Twice as many as the ceiling may be held before
 * those with the largest digests are put together; see rules/surplus.h.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "rules/profile_parts.h"
#include "rules/surplus.h"

static int
by_digest(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static struct profile_group *
group_named(struct profile *p, struct slice name)
{
	bool fresh;
	size_t at = index_add(p->group_names, name, &fresh);

	if (fresh) {
		p->groups = mem_room(
		    p->groups, at, &p->groups_room, sizeof(*p->groups));
		p->groups[at] =
		    (struct profile_group){ .digest = sample_digest(name) };
		p->nkept++;
	}
	return &p->groups[at];
}

struct tellers *
profile_tellers(struct profile_group *g, size_t node)
{
	if (node >= g->n) {
		size_t n = node + 1 > 2 * g->n ? node + 1 : 2 * g->n;

		g->list = mem_resize(g->list, n, sizeof(*g->list));
		memset(g->list + g->n, 0, (n - g->n) * sizeof(*g->list));
		g->n = n;
	}
	return &g->list[node];
}

void
profile_count_kind(struct profile_group *g, size_t kind, uint64_t n)
{
	if (kind >= g->nkinds) {
		g->kinds = mem_resize(g->kinds, kind + 1, sizeof(*g->kinds));
		memset(g->kinds + g->nkinds, 0,
		    (kind + 1 - g->nkinds) * sizeof(*g->kinds));
		g->nkinds = kind + 1;
	}
	g->kinds[kind] += n;
	g->records += n;
}

void
profile_release_group(struct profile_group *g)
{
	mem_free(g->list);
	mem_free(g->kinds);
	g->list = NULL;
	g->kinds = NULL;
	g->n = g->nkinds = 0;
}

void
profile_join_group(struct profile_group *to, const struct profile_group *from,
    size_t nodes, const size_t *map, const size_t *kinds)
{
	for (size_t i = 0; i < from->nkinds; i++)
		profile_count_kind(
		    to, kinds == NULL ? i : kinds[i], from->kinds[i]);
	for (size_t i = 0; i < from->n && i < nodes; i++) {
		size_t at = map == NULL ? i : map[i];
		struct tellers *t;

		if (at == SIZE_MAX)
			continue;
		t = profile_tellers(to, at);
		for (unsigned k = 0; k < PRESENCE_COUNT; k++)
			t->counts[k] += from->list[i].counts[k];
	}
}

static struct profile_group *
surplus_group(struct profile *p)
{
	struct profile_group *g = group_named(p, p->surplus);

	p->nkept -= g->digest != 0;
	g->digest = 0; /* the smallest: it always stays */
	return g;
}

static void
fold(struct profile *p, size_t group)
{
	struct profile_group *to = surplus_group(p);

	profile_join_group(to, &p->groups[group], p->nnodes, NULL, NULL);
	profile_release_group(&p->groups[group]);
	p->groups[group].folded = true;
	p->nkept--;
}

void
profile_hide_groups(struct profile *p, uint64_t least)
{
	size_t n = index_count(p->group_names);

	for (size_t i = 0; i < n; i++)
		if (!p->groups[i].folded && p->groups[i].digest != 0 &&
		    p->groups[i].records < least)
			fold(p, i);
}

/* Puts all but those with the smallest digests together. */
void
profile_prune(struct profile *p)
{
	size_t n = index_count(p->group_names), kept = 0;
	uint64_t *list;

	if (p->nkept <= p->most)
		return;
	surplus_group(p);
	n = index_count(p->group_names);
	list = mem_alloc((n + 1) * sizeof(*list));
	for (size_t i = 0; i < n; i++)
		if (!p->groups[i].folded && p->groups[i].digest != 0)
			list[kept++] = p->groups[i].digest;
	qsort(list, kept, sizeof(*list), by_digest);
	p->limit = p->most == 0 ? 0 : list[p->most - 1];
	p->limited = p->folded = true;
	mem_free(list);
	for (size_t i = 0; i < n; i++)
		if (!p->groups[i].folded && p->groups[i].digest > p->limit)
			fold(p, i);
}

struct profile_group *
profile_find_group(struct profile *p, struct slice name)
{
	long at = index_find(p->group_names, name);

	if (at >= 0 && !p->groups[at].folded)
		return &p->groups[at];
	if (slice_eq(name, p->surplus) || at >= 0 ||
	    (p->limited && sample_digest(name) > p->limit))
		return surplus_group(p);
	if (p->nkept >= 2 * p->most)
		profile_prune(p);
	if (p->limited && sample_digest(name) > p->limit)
		return surplus_group(p);
	return group_named(p, name);
}
