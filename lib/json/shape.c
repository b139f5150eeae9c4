#include "json/shape.h"

#include "json/scan.h"

/*
 * What an input can make a scanner remember: the trie stays within some 300
 * KiB, and a key that is not known costs at most so many comparisons.
 */
#define MOST_SHAPES 4096
#define MOST_OTHERS 8
#define LONGEST_KEY 256

struct shape *
shape_add(struct shapes *all, struct shape *at, struct slice key)
{
	struct shape **place = &at->next, *s;
	char first[16] = { 0 }, mask[16] = { 0 };
	size_t n = key.n + 1; /* with its quote */

	for (unsigned i = 0; *place != NULL; i++) {
		if (i == MOST_OTHERS)
			return NULL;
		place = &(*place)->other;
	}
	if (all->count == MOST_SHAPES || key.n > LONGEST_KEY)
		return NULL;
	s = arena_zalloc(all->arena, sizeof(*s));
	if (n > sizeof(first)) {
		s->tail = arena_dup(
		    all->arena, key.p + sizeof(first), n - sizeof(first));
		n = sizeof(first);
	}
	memcpy(first, key.p, n);
	memset(mask, 0xFF, n);
	memcpy(s->word, first, sizeof(s->word));
	memcpy(s->mask, mask, sizeof(s->mask));
	s->keyn = (uint16_t)key.n;
	s->field = JSON_NO_FIELD;
	all->count++;
	return *place = s;
}
