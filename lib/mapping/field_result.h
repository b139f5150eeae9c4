/*
 * field_result - what a laboratory wrote, in the unit that its row wants, for
 * field.  Private to lib/mapping.
 */
#ifndef MAPPING_FIELD_RESULT_H
#define MAPPING_FIELD_RESULT_H

#include "mapping/field.h"

void	field_result(struct fields *, const struct rule *, struct record *,
	    struct json, struct slice text, struct slice item,
	    struct outcome *);

#endif
