/*
 * part - a line of several terms, cut where one may end: at punctuation, at
 * numbers of a list, and at 伴, 并, 合并, 及.  Guesses, for finding candidates
 * only: the whole line is always looked at too.
 */
#ifndef TERMS_PART_H
#define TERMS_PART_H

#include <stddef.h>

#include "base/slice.h"

#define PART_MOST	8

/* The parts of a folded line, at most PART_MOST; the last has the rest. */
size_t	part_list(struct slice folded, struct slice to[PART_MOST]);

#endif
