/*
 * claim - what a model claims: its answer taken apart, one claim an
 * indicator, none of them believed yet.
 */
#ifndef EXTRACT_CLAIM_H
#define EXTRACT_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "extract/guide.h"
#include "json/scan.h"

#define CLAIM_QUOTES	8

enum stance {
	STANCE_PRESENT,
	STANCE_ABSENT,
	STANCE_UNCERTAIN
};

struct claim {
	uint32_t	 field;		/* number in the document type */
	unsigned	 object;	/* of the group, from 1; 0: no group */
	struct json	 value;		/* JSON_NULL: no value */
	struct slice	 quotes[CLAIM_QUOTES];	/* decoded */
	size_t		 nquotes;
	enum stance	 stance;
	bool		 twice;		/* said again: none of them counts */
	bool		 misshapen;	/* no object of v, q and s */
};

/*
 * The claims of a checked object in their order, in the arena; keys that are
 * no indicator of the document type are counted in *unknown.
 */
struct claim	*claims_read(const struct doctype *, struct slice object,
		    struct arena *, size_t *n, size_t *unknown);

#endif
