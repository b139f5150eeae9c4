#include "terms/fold.h"

#include "base/buf.h"
#include "base/tokenizer.h"
#include "terms/traditional.h"

#define WIDTH 3 /* bytes of every character of the table */

static uint32_t
character(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 16 | (uint32_t)u[1] << 8 | u[2];
}

/*
 * The pair of a traditional character, or NULL.  Nearly every character asked
 * for is simplified already, so each halving is a choice of two addresses and
 * no branch that could be guessed wrong.
 */
static const char *
find_pair(uint32_t wanted)
{
	const char(*at)[2 * WIDTH + 1] = traditional;
	size_t left = sizeof(traditional) / sizeof(*traditional);

	while (left > 1) {
		size_t half = left / 2;

		at = character(at[half]) <= wanted ? at + half : at;
		left -= half;
	}
	return character(*at) == wanted ? *at : NULL;
}

/* In place: both forms have the same width. */
static void
simplify(struct buf *b)
{
	for (size_t i = 0; i + WIDTH <= b->n; i++) {
		const char *pair;

		if ((b->p[i] & 0xF0) != 0xE0)
			continue;
		pair = find_pair(character(b->p + i));
		if (pair != NULL)
			memcpy(b->p + i, pair + WIDTH, WIDTH);
		i += WIDTH - 1;
	}
}

struct slice
fold_term(struct slice term, struct arena *arena)
{
	struct buf b = { 0 };
	struct slice folded;

	if (term.n == 0)
		return SLICE("");
	fold_name(term, &b);
	simplify(&b);
	folded = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return folded;
}
