/*
 * The series of a watch: a table by key whose places are used again.
 */
#include "base/hash.h"
#include "base/mem.h"
#include "rules/watch_parts.h"

static void
link_series(struct watch *w, uint32_t slot)
{
	struct series *s = &w->list[slot];
	uint32_t *bucket = &w->buckets[s->hash & (w->nbuckets - 1)];

	s->next = *bucket;
	*bucket = slot + 1;
}

static void
grow(struct watch *w)
{
	mem_free(w->buckets);
	w->nbuckets = w->nbuckets == 0 ? 64 : 2 * w->nbuckets;
	w->buckets = mem_zalloc(w->nbuckets * sizeof(*w->buckets));
	for (size_t i = 0; i < w->nlist; i++)
		if (w->list[i].number != 0)
			link_series(w, (uint32_t)i);
}

struct series *
watch_find(struct watch *w, struct slice key)
{
	uint64_t hash = hash_bytes(key.p, key.n);
	uint32_t at =
	    w->nbuckets == 0 ? 0 : w->buckets[hash & (w->nbuckets - 1)];

	for (; at != 0; at = w->list[at - 1].next)
		if (w->list[at - 1].hash == hash &&
		    slice_eq(w->list[at - 1].key, key))
			return &w->list[at - 1];
	return NULL;
}

struct series *
watch_make(struct watch *w, struct slice key)
{
	uint32_t slot = w->free - 1;
	struct series *s;

	if (w->free == 0) {
		w->list =
		    mem_room(w->list, w->nlist, &w->room, sizeof(*w->list));
		slot = (uint32_t)w->nlist++;
	} else {
		w->free = w->list[slot].next;
	}
	s = &w->list[slot];
	*s = (struct series){ .number = ++w->numbers,
		.key = { mem_dup(key.p, key.n), key.n },
		.hash = hash_bytes(key.p, key.n) };
	w->used++;
	w->counts.series++;
	if (w->used > w->nbuckets)
		grow(w);
	else
		link_series(w, slot);
	return s;
}

static void
release(struct series *s)
{
	for (size_t i = 0; i < s->ntracks; i++)
		window_release(&s->tracks[i].state);
	mem_free(s->tracks);
	mem_free((void *)s->key.p);
}

void
watch_drop(struct watch *w, struct series *s)
{
	uint32_t slot = (uint32_t)(s - w->list);
	uint32_t *at = &w->buckets[s->hash & (w->nbuckets - 1)];

	while (*at != slot + 1)
		at = &w->list[*at - 1].next;
	*at = s->next;
	release(s);
	*s = (struct series){ .next = w->free };
	w->free = slot + 1;
	w->used--;
}

void
watch_drop_all(struct watch *w)
{
	for (size_t i = 0; i < w->nlist; i++)
		if (w->list[i].number != 0)
			release(&w->list[i]);
	mem_free(w->list);
	mem_free(w->buckets);
}

/* A series has a few rules: they are looked through. */
struct track *
watch_track(struct series *s, uint32_t test)
{
	for (size_t i = 0; i < s->ntracks; i++)
		if (s->tracks[i].test == test)
			return &s->tracks[i];
	s->tracks =
	    mem_room(s->tracks, s->ntracks, &s->room, sizeof(*s->tracks));
	s->tracks[s->ntracks] = (struct track){ .test = test };
	return &s->tracks[s->ntracks++];
}
