/*
 * The groups of a tally, and the ceiling of their number: a heap holds those
 * that are kept, the one with the largest digest on top.
 */
#include "base/mem.h"
#include "json/write.h"
#include "rules/surplus.h"
#include "rules/tally_parts.h"

static void
put_by(const struct plan *p, const struct by *b, struct judge *j,
    struct arena *a, struct buf *to)
{
	const struct cells *c = judge_cells(j, b->field);
	struct datum *d = c->n == 1 ? &c->list[0] : NULL;
	char text[DATE_TEXT];

	json_put_key_slice(to, b->text);
	if (d == NULL || datum_missing(d) || !datum_scalar(d)) {
		buf_adds(to, "null");
	} else if (b->cut == 0) {
		json_put_string(to, d->text);
	} else if (!datum_date(d)) {
		buf_adds(to, "null");
	} else {
		struct date local = d->date;
		size_t n;

		if (local.zone != DATE_NO_ZONE && local.zone != p->zone)
			local = date_of_seconds(
			    date_seconds(&local, p->zone), p->zone);
		n = date_print(&local, text);
		if (n < b->cut)
			buf_adds(to, "null");
		else
			json_put_string(
			    to, arena_slice(a, (struct slice){ text, b->cut }));
	}
}

struct slice
tally_group(const struct plan *p, struct judge *j, struct arena *a)
{
	struct buf b = { 0 };
	struct slice text;

	if (p->nby == 0)
		return SLICE("{}");
	buf_addc(&b, '{');
	for (size_t i = 0; i < p->nby; i++)
		put_by(p, &p->by[i], j, a, &b);
	buf_addc(&b, '}');
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}

/* --- which are kept ------------------------------------------------------------ */

static int
order(const struct tally *t, size_t a, size_t b)
{
	return surplus_order(index_name(t->names, a), t->groups[a].digest,
	    index_name(t->names, b), t->groups[b].digest);
}

static void
swap(struct tally *t, size_t i, size_t k)
{
	size_t old = t->heap[i];

	t->heap[i] = t->heap[k];
	t->heap[k] = old;
}

static void
push(struct tally *t, size_t group)
{
	size_t i = t->nheap++;

	t->heap = mem_room(t->heap, i, &t->heap_room, sizeof(*t->heap));
	t->heap[i] = group;
	for (; i > 0; i = (i - 1) / 2) {
		if (order(t, t->heap[i], t->heap[(i - 1) / 2]) <= 0)
			break;
		swap(t, i, (i - 1) / 2);
	}
}

static size_t
pop(struct tally *t)
{
	size_t top = t->heap[0], i = 0, next;

	t->heap[0] = t->heap[--t->nheap];
	for (; (next = 2 * i + 1) < t->nheap; i = next) {
		if (next + 1 < t->nheap &&
		    order(t, t->heap[next + 1], t->heap[next]) > 0)
			next++;
		if (order(t, t->heap[next], t->heap[i]) <= 0)
			break;
		swap(t, i, next);
	}
	return top;
}

/* --- finding one ----------------------------------------------------------------- */

static size_t
add_group(struct tally *t, struct slice name)
{
	const struct plan *p = t->plan;
	struct group *g;

	index_add(t->names, name, NULL);
	t->groups =
	    mem_room(t->groups, t->ngroups, &t->room, sizeof(*t->groups));
	g = &t->groups[t->ngroups];
	*g = (struct group){ 0 };
	g->kinds = mem_zalloc((index_count(p->kinds) + 1) * sizeof(*g->kinds));
	g->fields = mem_zalloc((p->ntracked + 1) * sizeof(*g->fields));
	g->blocks = mem_zalloc(tally_blocks(t) * sizeof(struct counter *));
	g->gauges = mem_zalloc((p->ngauges + 1) * sizeof(struct gauge *));
	return t->ngroups++;
}

void
tally_release_group(struct tally *t, struct group *g)
{
	for (size_t b = 0; g->blocks != NULL && b < tally_blocks(t); b++)
		mem_free(g->blocks[b]);
	mem_free(g->blocks);
	mem_free(g->gauges);
	mem_free(g->kinds);
	mem_free(g->fields);
	g->blocks = NULL;
	g->gauges = NULL;
	g->kinds = NULL;
	g->fields = NULL;
}

static size_t
surplus(struct tally *t)
{
	long at = index_find(t->names, t->surplus);

	return at >= 0 ? (size_t)at : add_group(t, t->surplus);
}

static void
fold(struct tally *t, size_t group)
{
	size_t to = surplus(t);

	t->folded = true;
	tally_join_group(t, &t->groups[to], &t->groups[group]);
	tally_release_group(t, &t->groups[group]);
	t->groups[group].folded = true;
}

/*
 * Names that were never kept are not remembered: what is depends little on how
 * many there are, and not on their order.
 */
size_t
tally_find_group(struct tally *t, struct slice name)
{
	long at = index_find(t->names, name);
	uint64_t digest;
	size_t group;

	if (at >= 0)
		return t->groups[at].folded ? surplus(t) : (size_t)at;
	if (slice_eq(name, t->surplus)) /* without --by, the only one */
		return surplus(t);
	digest = sample_digest(name);
	if (t->nheap == t->most &&
	    (t->most == 0 ||
		surplus_order(name, digest, index_name(t->names, t->heap[0]),
		    t->groups[t->heap[0]].digest) > 0)) {
		t->folded = true;
		return surplus(t);
	}
	if (t->nheap == t->most)
		fold(t, pop(t));
	group = add_group(t, name);
	t->groups[group].digest = digest;
	push(t, group);
	return group;
}
