/*
 * profile - what one server software does its own way: how it is known by its
 * list of models, how strongly JSON can be asked of it, and what it calls the
 * ceiling of an answer.
 *
 * A table, const.  The cache's keys do not depend on it: moving to another
 * server costs nothing.
 */
#ifndef MODEL_PROFILE_H
#define MODEL_PROFILE_H

#include "base/slice.h"
#include "model/chat.h"

struct profile {
	const char	*name;
	const char	*owner;		/* `owned_by` in /models begins so */
	enum chat_mode	 strongest;
	const char	*ceiling;	/* the member for max_tokens */
	bool		 seeds;		/* takes the member `seed` */
};

/* By name; NULL where there is none (auto is none). */
const struct profile *profile_find(struct slice name);
/* By the owner of a model; NULL where it tells nothing. */
const struct profile *profile_owner(struct slice owner);
/* What is taken where nothing is known. */
extern const struct profile profile_usual;
/* All names, for messages. */
extern const char profile_names[];

#endif
