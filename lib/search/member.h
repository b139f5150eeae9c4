/*
 * member - the texts of a record: every string in it with the JSON Pointer
 * (RFC 6901) of its place.  What stands under `_mdx` is no text.
 */
#ifndef SEARCH_MEMBER_H
#define SEARCH_MEMBER_H

#include <stdbool.h>

#include "json/scan.h"

/* path is valid during the call.  Returns false to stop. */
typedef bool	member_take(void *ctx, struct slice path, struct json value);

/* Strings that are not empty, in their order; false where take stopped it. */
bool		member_texts(struct slice line, member_take *, void *ctx);
/*
 * All strings and numbers, for a search for identifiers; of `_mdx` strings
 * only, since its numbers are places and counts.
 */
bool		member_scalars(struct slice line, member_take *, void *ctx);

#endif
