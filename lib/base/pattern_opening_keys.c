/*
 * Sets of openings: how characters and runs are added, and how one set is put
 * before another.
 */
#include "base/mem.h"
#include "base/pattern_opening_part.h"

#define MOST   1024   /* openings of a pattern */
#define LONG_S 0x17F  /* of another case: s, S */
#define KELVIN 0x212A /* k, K */
#define BEFORE (UINT64_MAX << 32)

void
opening_add(struct reader *r, struct keys *o, uint64_t one)
{
	size_t low = 0, high = o->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (o->list[mid] < one)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < o->n && o->list[low] == one)
		return;
	if (o->n == MOST) {
		r->lost = true;
		return;
	}
	o->list = mem_room(o->list, o->n, &o->room, sizeof(*o->list));
	memmove(o->list + low + 1, o->list + low,
	    (o->n++ - low) * sizeof(*o->list));
	o->list[low] = one;
}

void
opening_add_all(struct reader *r, struct keys *o, const struct keys *more)
{
	for (size_t i = 0; i < more->n; i++)
		opening_add(r, o, more->list[i]);
}

void
opening_add_key(struct reader *r, struct keys *o, uint32_t key)
{
	opening_add(r, o, key << 16);
}

void
opening_add_char(struct reader *r, struct keys *o, uint32_t c)
{
	bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

	opening_add_key(r, o, opening_key(c));
	if (r->caseless && letter) {
		opening_add_key(r, o, opening_key(c ^ 0x20));
		opening_add_key(
		    r, o, OPENING_OTHER); /* K is also the kelvin's sign */
	} else if (r->caseless && (c == LONG_S || c == KELVIN)) {
		opening_add_key(r, o, c == KELVIN ? 'k' : 's');
		opening_add_key(r, o, c == KELVIN ? 'K' : 'S');
	}
}

void
opening_add_nothing(struct reader *r, struct keys *o)
{
	opening_add(r, o, 0);
}

static bool
is_digit_key(uint32_t key)
{
	return key >= '0' && key <= '9';
}

void
opening_add_digits(
    struct reader *r, struct keys *o, uint64_t one, unsigned shift)
{
	for (uint64_t digit = '0'; digit <= '9'; digit++)
		opening_add(r, o, one | digit << shift);
	opening_add(r, o, one | (uint64_t)OPENING_OTHER << shift);
}

/* A first key, which may be that of a run, and the key behind it. */
static void
add_pair(struct reader *r, struct keys *o, uint64_t one, uint32_t second)
{
	if (opening_first(one) == OPENING_RUN &&
	    (is_digit_key(second) || second == OPENING_RUN))
		opening_add(r, o, one | OPENING_ANY);
	else if (second == OPENING_RUN)
		opening_add_digits(r, o, one, 0);
	else
		opening_add(r, o, one | second);
}

void
opening_join(struct reader *r, struct keys *a, const struct keys *b)
{
	struct keys out = { 0 };

	for (size_t i = 0; i < a->n; i++) {
		uint64_t one = a->list[i];

		if ((one & 0xFFFF) != 0)
			opening_add(r, &out, one);
		for (size_t k = 0; k < b->n && (one & 0xFFFF) == 0; k++)
			if (opening_first(one) != 0)
				add_pair(
				    r, &out, one, opening_first(b->list[k]));
			else
				opening_add(r, &out,
				    one == 0 ? b->list[k]
					     : one | (b->list[k] & ~BEFORE));
	}
	mem_free(a->list);
	*a = out;
}
