/*
 * take - words of a list off the beginning of a text; private to extract.
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

/* The same for each of them in turn, as they stand in the list. */
static inline bool
take_each(struct slice *s, const char *const *words)
{
	bool found = false;

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(*s, words[i])) {
			s->p += strlen(words[i]);
			s->n -= strlen(words[i]);
			found = true;
		}
	return found;
}

#endif
