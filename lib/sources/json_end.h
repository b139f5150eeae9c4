/*
 * json_end - where the next JSON value of a stream ends, by brackets and
 * quotes alone.  What lies between is checked by json/scan afterwards.
 */
#ifndef SOURCES_JSON_END_H
#define SOURCES_JSON_END_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct json_end {
	bool		 gb;		/* bytes are GB18030: trail bytes pass */
	size_t		 at;		/* looked at so far; the end once found */
	size_t		 depth;
	bool		 in_string, escaped;
	bool		 begun;		/* its first byte was seen */
};

/*
 * Goes on where it stood in text, which begins at the value and has grown
 * since.  True: the value ends at `at`.  A number or word that reaches the end
 * of the text may still grow: false, with depth 0.  What was looked at may be
 * let go of: the caller then takes as many bytes off `at` as off the text.
 */
bool	json_end_find(struct json_end *, struct slice text);

/*
 * The string value of a member of the object that text begins with, if it
 * stands in what can be seen; between its quotes, without escapes.
 */
bool	json_end_top_string(struct slice text, const char *name,
	    struct slice *value);

#endif
