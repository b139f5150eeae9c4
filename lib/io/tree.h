/*
 * tree - an XML document of bounded size in an arena, for the formats that
 * have to look at a place twice.
 */
#ifndef IO_TREE_H
#define IO_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct node {
	const char	*name;		/* as written; NULL: text */
	const char	*local;		/* without its prefix */
	const char	**attributes;	/* name, value, ..., NULL */
	struct slice	 text;		/* of a text node */
	struct node	*parent, *child, *last, *next;
};

/* encoding: NULL, or what overrides the document.  Errors are io/xml's. */
struct node	*tree_parse(struct slice, const char *encoding, struct arena *,
		    struct err *);

/* The same by events of io/xml, as long as one element is open. */
struct tree_growing {
	struct arena	*arena;
	struct node	*root, *open;
};

bool	tree_start(void *growing, const char *name, const char *const *attr,
	    uint64_t offset, struct err *);
bool	tree_end(void *growing, const char *name, uint64_t offset,
	    struct err *);
bool	tree_characters(void *growing, struct slice, uint64_t offset,
	    struct err *);

/* All of these take NULL for a node and then answer NULL or nothing. */
const struct node *tree_child(const struct node *, const char *local);
/* Down a path such as "recordTarget/patientRole/id". */
const struct node *tree_path(const struct node *, const char *path);
const char	*tree_attribute(const struct node *, const char *name);
/* In document order within top, top first; NULL at the end. */
const struct node *tree_next(const struct node *, const struct node *top);
bool		 tree_is(const struct node *, const char *local);
/* All characters in it, behind what is in the buffer. */
void		 tree_text(const struct node *, struct buf *);

#endif
