/*
 * expression - what can be told of a jq expression from its tokens.
 *
 * It finds what is refused (input from elsewhere, the clock, the environment,
 * integers that libjq would round) and which top-level members of a record
 * are read.  It is no parser: whether the expression is jq at all is libjq's
 * to say.  Private to lib/json.
 */
#ifndef JSON_EXPRESSION_H
#define JSON_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/hash.h"

/*
 * Adds the members read to the index; *any is set where the expression may
 * read any of them.  False with ERR_USAGE for what is refused.
 */
bool	 expression_read(const char *, struct index *members, bool *any,
	    struct err *);

#endif
