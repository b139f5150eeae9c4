/*
 * take - a word of a list off the beginning of a text; private to extract.
 */
#ifndef EXTRACT_TAKE_H
#define EXTRACT_TAKE_H

#include <stdbool.h>
#include <string.h>

#include "base/slice.h"

/* Takes the first of the words (NULL behind them) that the text begins with. */
static inline bool
take(struct slice *s, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(*s, words[i])) {
			s->p += strlen(words[i]);
			s->n -= strlen(words[i]);
			return true;
		}
	return false;
}

#endif
