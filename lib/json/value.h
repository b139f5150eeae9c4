/*
 * value - a JSON document as a tree, for tables, policies and answers: what is
 * small and read once.  Records never pass through here.
 */
#ifndef JSON_VALUE_H
#define JSON_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "json/scan.h"

struct value {
	enum json_type	 type;
	struct slice	 text;		/* string decoded; number as written */
	struct slice	 source;	/* the whole spelling, in the arena */
	unsigned	 line;		/* where it begins, from 1 */
	size_t		 count;		/* elements or members */
	struct value	*items;		/* elements, or values of members */
	struct slice	*keys;		/* of members, decoded */
};

/*
 * The document with everything in the arena (the text is copied).  Duplicate
 * keys are refused.  ERR_USAGE, with "LINE: " before the text.
 */
struct value	*value_parse(struct arena *, const char *, size_t n,
		    struct err *);
/* The member, or NULL; also for a value that is no object, or NULL. */
const struct value *value_get(const struct value *, const char *name);
/* The text of a string member, or the fallback. */
struct slice	 value_text(const struct value *, const char *name,
		    const char *fallback);
double		 value_number(const struct value *);

#endif
