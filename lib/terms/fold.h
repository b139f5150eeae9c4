/*
 * fold - one form of a term for comparison (fold_name of base/tokenizer, and
 * traditional characters as simplified ones), in an arena; the term itself is
 * never changed.
 */
#ifndef TERMS_FOLD_H
#define TERMS_FOLD_H

#include "base/arena.h"
#include "base/slice.h"

struct slice	fold_term(struct slice, struct arena *);

#endif
