/*
 * schema_import_parts - a row, and the way to the value that it is about;
 * private to the files of schema_import.
 */
#ifndef RULES_SCHEMA_IMPORT_PARTS_H
#define RULES_SCHEMA_IMPORT_PARTS_H

#include "rules/schema_import.h"
#include "rules/schema_parts.h"

struct way {
	const struct node *node;
	const struct way *above;
	unsigned	 depth;
	struct slice	 field;		/* n 0: the record */
	unsigned	 each;		/* arrays on the way */
	struct slice	 when;		/* leads to the schema, or n 0 */
	struct slice	 exists;	/* the value, or its array, is there */
	bool		 sure;		/* types keep other values out */
};

struct importer {
	const struct schema *schema;
	struct schema_import *count;
	struct buf	*to;
	struct index	*ids;
	unsigned	*again;		/* how often each was asked for */
	size_t		 again_room;
	struct index	*seen;		/* what has been walked, and how */
	size_t		 spent;		/* bytes, about */
	bool		 over;		/* nothing more is written */
	struct arena	*arena;
};

struct row {
	struct slice	 field, arg, when;
	const char	*check;
	const struct key *key;		/* that it says; NULL: its node */
	struct row_words {		/* of the keywords that it says */
		const char *keyword;
		struct slice words;
	}		 says[2];
};

/* --- schema_import_row.c */
/* Counts what is made; false where it is over. */
bool		 import_spend(struct importer *, size_t bytes);
/* key NULL: the node is left out. */
void		 import_leave(struct importer *, const struct node *,
		    const struct key *, const char *why);
void		 import_row(struct importer *, const struct way *,
		    const struct row *);
/* A row about the value itself: the record is none. */
void		 import_say(struct importer *, const struct way *,
		    const struct key *, const struct row *);
/* Both conditions; one of them may be n 0. */
struct slice	 import_both(struct importer *, struct slice, struct slice);

/* --- schema_import_value.c: keywords about one value; false for others. */
bool		 import_value(struct importer *, const struct way *,
		    const struct key *);
/* The values that enum or const lets in. */
size_t		 import_choices(const struct key *, const struct value **);
/* Whether its type lets in nothing but this, and null where allowed. */
bool		 import_is_typed(const struct node *, enum json_type,
		    bool or_null);

#endif
