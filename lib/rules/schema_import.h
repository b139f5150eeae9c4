/*
 * schema_import - a JSON Schema as rows of a rule file, as far as rows can say
 * it.
 *
 * A row is written where it says the same of every value that is there: null,
 * blank text and placeholders are missing to rules, and a text that is a
 * number counts as one; that is the difference, and it is for all rows.  What
 * no row says is handed out, keyword by keyword, and nothing in its stead.  A
 * name that the catalogue gives to another place is written in quotes.
 */
#ifndef RULES_SCHEMA_IMPORT_H
#define RULES_SCHEMA_IMPORT_H

#include "io/stop.h"
#include "rules/rule.h"

struct schema_import {
	const struct ruleset *names;	/* what the rows are to be read with */
	const struct stop *stop;	/* or NULL */
	size_t		 rules, left;
	struct table_faults *said;	/* what is left out, with place */
};

/*
 * NDJSON behind what is in the buffer.  ERR_USAGE where references make more
 * rows than a rule file may hold; false without an error where it was stopped.
 */
bool	schema_import(const struct schema *, struct schema_import *,
	    struct buf *to, struct err *);

#endif
