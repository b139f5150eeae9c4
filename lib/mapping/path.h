/*
 * path - where a column of map.csv stands in a record: a member (`性别`), or a
 * place inside one (`OBX.3.2`, `segments[0].3`).
 *
 * A member that is literally called so comes first.  Objects are entered by
 * key, arrays by [n] from 0, or by their first element where none is given.
 * What a path needs is found once, when the map is read.
 */
#ifndef MAPPING_PATH_H
#define MAPPING_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/slice.h"
#include "record/record.h"

struct step {
	struct slice	 key;		/* n 0: by index */
	size_t		 index;
};

struct path {
	struct slice	 text;
	size_t		 whole, head;	/* numbers of names */
	struct step	*steps;
	size_t		 nsteps;	/* 0: a plain name */
};

/* The text must live as long; false for an empty step or bad brackets. */
bool		 path_parse(struct slice, struct index *names, struct arena *,
		    struct path *);
/*
 * The value, and the member it is or stands in; *inside says which.  JSON_NONE
 * where there is none.
 */
struct json	 path_value(const struct path *, const struct record *,
		    const struct json_member **member, bool *inside);
struct slice	 path_text(const struct path *, struct record *);

/* Columns of one meaning, `标本|标本类型`: a record has one of them. */
struct paths {
	struct path	*list;
	size_t		 n;
};

bool		 paths_parse(struct slice, struct index *names, struct arena *,
		    struct paths *);
/* The first that the record has, else the first. */
const struct path *paths_there(const struct paths *, const struct record *);
struct slice	 paths_text(const struct paths *, struct record *);

#endif
