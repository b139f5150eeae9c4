/*
 * schema_uri - URIs and references to them, RFC 3986: parts, and one resolved
 * against another.  Nothing is fetched.
 */
#ifndef RULES_SCHEMA_URI_H
#define RULES_SCHEMA_URI_H

#include "base/arena.h"
#include "base/slice.h"

struct uri {			/* with their signs; n 0 where not there */
	struct slice	 scheme, authority, path, query, fragment;
};

struct uri	 uri_split(struct slice);
/* The second against the first, without a fragment (5.2). */
struct slice	 uri_resolve(struct slice base, struct slice, struct arena *);

#endif
