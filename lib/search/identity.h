/*
 * identity - whether a record still shows who its patient is: a resident
 * identity number with its right check character, or a mobile number.
 *
 * The last look before a record enters an index.  Finding and masking is the
 * work of mdx-normalize; this only refuses.
 */
#ifndef SEARCH_IDENTITY_H
#define SEARCH_IDENTITY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

/* In a text; full-width digits count as digits. */
bool	identity_in_text(struct slice);
/* In any string or number of a checked record. */
bool	identity_in_record(struct slice line, struct arena *);

#endif
