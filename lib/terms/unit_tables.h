/*
 * unit_tables - what unit.c reads and convert.c uses.  Private to lib/terms.
 */
#ifndef TERMS_UNIT_TABLES_H
#define TERMS_UNIT_TABLES_H

#include "base/hash.h"
#include "terms/analyte.h"
#include "terms/unit.h"

/*
 * Spellings are found behind the folded item and a bar: "白细胞|G/L", and
 * "|G/L" for any item.  Case is folded only in the last try, where one unit
 * alone fits.
 */
struct spellings {
	struct index	*keys;
	struct slice	*codes;		/* n 0: several units fit */
	size_t		 room;
};

struct units {
	struct ucum	*ucum;
	struct analytes	*analytes;
	struct arena	*arena;
	struct spellings exact, folded;
};

#endif
