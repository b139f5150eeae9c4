/*
 * What a look behind tells of the character before a match.
 */
#include "base/mem.h"
#include "base/pattern_opening_part.h"

/* The last character of a plain row of them and of classes. */
struct last {
	struct keys keys;
	bool others; /* any but these */
	size_t n;    /* characters of the row */
};

static bool
read_row(struct reader *ahead, struct last *last)
{
	while (ahead->p < ahead->end && *ahead->p != ')') {
		last->keys.n = 0;
		last->others = false;
		last->n++;
		if (strchr("(|?*+{", *ahead->p) != NULL)
			return false;
		if (opening_takes(ahead, "["))
			last->others = opening_members(ahead, &last->keys);
		else
			opening_atom(ahead, &last->keys);
	}
	return last->n > 0 && !ahead->lost;
}

/* Only what is one key alone can be told not to stand there. */
static void
exclude(const struct keys *keys, struct before *set)
{
	for (size_t i = 0; i < keys->n; i++) {
		uint32_t key = opening_first(keys->list[i]);

		if (key < 0x80)
			set->has[key] = false;
		else if (key == OPENING_HAN)
			set->has[BEFORE_HAN] = false;
	}
}

/* False where anything may be among the keys. */
static bool
include(const struct keys *keys, struct before *set)
{
	for (size_t i = 0; i < keys->n; i++) {
		uint32_t key = opening_first(keys->list[i]);

		if (key == 0 || key == OPENING_ANY)
			return false;
		set->has[key == OPENING_HAN ? BEFORE_HAN
					    : opening_before(key)] = true;
	}
	return true;
}

/* 0 where there is no room for one more. */
static uint64_t
number_of(struct reader *r, const struct before *set)
{
	for (size_t i = 0; i < r->nsets; i++)
		if (memcmp(&r->sets[i], set, sizeof(*set)) == 0)
			return i + 1;
	if (r->nsets == OPENING_BEFORES)
		return 0;
	r->sets[r->nsets] = *set;
	return ++r->nsets;
}

uint64_t
opening_look_behind(struct reader *r, bool denies)
{
	struct reader ahead = *r;
	struct last last = { 0 };
	struct before set = { .has = { false } };
	bool told = read_row(&ahead, &last) && (!denies || last.n == 1);

	if (told && denies == last.others) {
		told = include(&last.keys, &set);
	} else if (told) {
		for (size_t i = 0; i < BEFORE_KINDS; i++)
			set.has[i] = true;
		exclude(&last.keys, &set);
	}
	set.has[0] = denies;
	set.has[BEFORE_OTHER] |= denies;
	mem_free(last.keys.list);
	return told ? number_of(r, &set) : 0;
}
