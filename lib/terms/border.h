/*
 * border - where a line of several terms can be cut: punctuation, blanks,
 * numbers of a list, words that join.
 *
 * Brackets keep what is in them.  A border is only a possible one ("A并B" may
 * be one name): the caller knows which parts are terms.
 */
#ifndef TERMS_BORDER_H
#define TERMS_BORDER_H

#include <stddef.h>

#include "base/slice.h"

/*
 * The first border at or behind `from` of a text (as written): its place, and
 * in *gap its bytes; the text's length, and 0, where there is none.
 */
size_t	border_find(struct slice text, size_t from, size_t *gap);

#endif
