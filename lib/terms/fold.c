#include "terms/fold.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/tokenizer.h"
#include "terms/traditional.h"

#define WIDTH 3 /* bytes of every character of the table */

static int
by_character(const void *key, const void *pair)
{
	return memcmp(key, pair, WIDTH);
}

/* In place: both forms have the same width. */
static void
simplify(struct buf *b)
{
	for (size_t i = 0; i + WIDTH <= b->n; i++) {
		const char *pair;

		if ((b->p[i] & 0xF0) != 0xE0)
			continue;
		pair = bsearch(b->p + i, traditional,
		    sizeof(traditional) / sizeof(*traditional),
		    sizeof(*traditional), by_character);
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

	fold_name(term, &b);
	simplify(&b);
	folded = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return folded;
}
