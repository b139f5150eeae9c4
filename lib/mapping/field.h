/*
 * field - one value through one rule: dates, numbers, value sets, results.
 *
 * The outcome says what the field becomes and what stands beside it; it
 * changes no record.  A value that its type cannot read is no fault: it stays,
 * with the reason in `unmapped`.
 */
#ifndef MAPPING_FIELD_H
#define MAPPING_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "json/filter.h"
#include "json/scan.h"
#include "mapping/decide.h"
#include "mapping/map.h"
#include "mapping/recall.h"
#include "record/record.h"

#define FIELD_MORE 6

struct outcome {
	struct slice	 json;		/* p NULL: as it was */
	const char	*unmapped;	/* why a person is needed, or NULL */
	struct {
		const char *suffix;	/* "_op": F_op */
		struct slice json;
	}		 more[FIELD_MORE];
	size_t		 nmore;
	struct slice	 trail;		/* more of norm.F, n 0: none */
	const struct decision *decision;	/* of a term, else NULL */
	const struct unit_decision *unit;	/* of a result, else NULL */
	struct slice	 unit_text;	/* the spelling it is from */
	struct slice	 low, high;	/* of a result: a range for indicators */
};

/* As a value that stays as it is; `more` counts by nmore alone. */
static inline void
outcome_reset(struct outcome *o)
{
	static const struct slice none = { NULL, 0 };

	o->json = o->trail = o->unit_text = o->low = o->high = none;
	o->unmapped = NULL;
	o->nmore = 0;
	o->decision = NULL;
	o->unit = NULL;
}

/* What is the same for all fields of a worker. */
struct fields {
	struct decisions *decisions;
	struct recall	*recall;
	struct filter	**filters;	/* one a rule, made when first used */
	int		 zone;		/* minutes, or DATE_NO_ZONE */
	struct slice	 unit;		/* that the record's result was converted
					   to; n 0: as it is written */
};

/*
 * value: of the column, already known not to be a null spelling.  item: the
 * name of the test, for local units.  False only where a jq expression of the
 * table cannot be compiled (ERR_USAGE).
 */
bool	field_convert(struct fields *, const struct rule *, struct record *,
	    struct json value, struct slice text, struct slice item,
	    struct outcome *, struct err *);

/* Nothing is set where the value reads the same as before. */
static inline void
outcome_set(struct outcome *o, struct json before, struct slice json)
{
	if (!slice_eq(before.text, json))
		o->json = json;
}

/* A member beside the field: F with the suffix. */
static inline void
outcome_more(struct outcome *o, const char *suffix, struct slice json)
{
	if (o->nmore == FIELD_MORE)
		return;
	o->more[o->nmore].suffix = suffix;
	o->more[o->nmore++].json = json;
}

/* A JSON string in the arena. */
struct slice	field_string(struct arena *, struct slice text);

#endif
