/*
 * compose - a record made up of values at paths: the reverse of field.
 *
 *	compose_put(c, "diagnosis[].code", "\"E11\"") ->
 *	{"diagnosis":[{"code":"E11"}]}
 *
 * An element of an array is the first one.  Everything lives in the arena.
 */
#ifndef RULES_COMPOSE_H
#define RULES_COMPOSE_H

#include "base/buf.h"
#include "rules/field.h"

struct compose;

/* names: those that the fields were parsed with. */
struct compose	*compose_new(const struct index *names, struct arena *);
/*
 * JSON at the place of the field; n 0 removes it.  False where a value and a
 * container would stand at one place.
 */
bool		 compose_put(struct compose *, const struct field *,
		    struct slice json);
/* The same for a path from the record on. */
bool		 compose_put_path(struct compose *, struct slice path,
		    struct slice json);
void		 compose_write(const struct compose *, struct buf *);

#endif
