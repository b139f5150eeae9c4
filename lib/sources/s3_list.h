/*
 * s3_list - the answer to ListObjectsV2: a page of keys, and how to go on.
 */
#ifndef SOURCES_S3_LIST_H
#define SOURCES_S3_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

struct s3_object {
	const char	*key;		/* decoded */
	const char	*etag;		/* as the server writes it, or "" */
	uint64_t	 size;
};

struct s3_list {
	struct s3_object *objects;	/* in the heap */
	size_t		 n, room;
	const char	*next;		/* continuation token; NULL: the last */
};

/* Strings are in the arena.  ERR_SERVICE for what is no such answer. */
bool	s3_list_parse(struct slice xml, struct arena *, struct s3_list *,
	    struct err *);
void	s3_list_release(struct s3_list *);
/* The code of an answer that refuses, in the arena; NULL: it has none. */
const char *s3_error_code(struct slice xml, struct arena *);

#endif
