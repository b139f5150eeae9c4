/*
 * keyword - the rules of a JSON Schema: of --schema each keyword that can fail
 * is one, `schema:/properties/sex/enum`; `schema @file.json` is one as a whole.
 */
#ifndef RULES_KEYWORD_H
#define RULES_KEYWORD_H

#include "rules/plan.h"
#include "rules/schema.h"

/*
 * Adds the rules of the schema, which belongs to the set from then on.  `at`
 * of the options is a field of records.
 */
bool		 keyword_add(struct ruleset *, const char *path,
		    const struct schema_options *, struct err *);
/* The schema of a row, beside its file: "@file.json", "@file.json formats". */
struct schema	*keyword_load(const struct ruleset *, const struct rule *,
		    struct arena *, struct err *);

#endif
