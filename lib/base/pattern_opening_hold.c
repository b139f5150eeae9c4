/*
 * What the matches of a pattern hold.  Of several pieces in a row the one that
 * fewest characters can satisfy tells most, of equal ones the last: the tail of
 * a name (癌, of 腺癌).
 */
#include "base/pattern_opening_part.h"

static void
put(struct signs *s, uint32_t key)
{
	unsigned cell = signs_cell(key);

	s->bits[cell / 64] |= (uint64_t)1 << cell % 64;
}

static void
put_from(struct signs *s, unsigned cell)
{
	memset(s->bits + cell / 64, 0xFF, sizeof(s->bits) - cell / 8);
}

static void
put_all(struct signs *s, const struct signs *more)
{
	for (size_t i = 0; i < SIGNS / 64; i++)
		s->bits[i] |= more->bits[i];
}

static size_t
count(const struct signs *s)
{
	size_t n = 0;

	for (size_t i = 0; i < SIGNS / 64; i++)
		for (uint64_t rest = s->bits[i]; rest != 0; rest &= rest - 1)
			n++;
	return n;
}

void
hold_anything(struct hold *h)
{
	put_from(&h->all, 0);
	h->musts = 0;
}

/* Only a character with a cell of its own can be told not to be there. */
static void
hold_others(struct hold *h, const struct keys *keys)
{
	hold_anything(h);
	for (size_t i = 0; i < keys->n; i++) {
		uint32_t key = opening_first(keys->list[i]);
		unsigned cell = signs_cell(key);

		if (key < 0x80 || (cell >= SIGNS_PLAIN && cell < SIGNS_SHARED))
			h->all.bits[cell / 64] &= ~((uint64_t)1 << cell % 64);
	}
}

void
hold_one(struct hold *h, const struct keys *keys, bool others)
{
	bool told = !others;

	if (others)
		hold_others(h, keys);
	for (size_t i = 0; i < keys->n && !others; i++) {
		uint32_t key = opening_first(keys->list[i]);

		if (key == OPENING_ANY)
			hold_anything(h);
		else if (key == OPENING_HAN)
			put_from(&h->all, SIGNS_SHARED);
		else if (key != 0)
			put(&h->all, key);
		told &= key != OPENING_ANY && key != OPENING_HAN && key != 0;
	}
	h->must = h->all;
	h->musts = told ? count(&h->must) : 0;
}

void
hold_join(struct hold *a, const struct hold *b)
{
	if (b->musts > 0 && (a->musts == 0 || b->musts <= a->musts)) {
		a->must = b->must;
		a->musts = b->musts;
		a->before = a->all;
		put_all(&a->before, &b->before);
	}
	put_all(&a->all, &b->all);
}

void
hold_either(struct hold *a, const struct hold *b)
{
	put_all(&a->all, &b->all);
	put_all(&a->before, &b->before);
	put_all(&a->must, &b->must);
	a->musts = a->musts > 0 && b->musts > 0 ? count(&a->must) : 0;
}
