/*
 * field_time - dates, times and ages, for field.  Private to lib/mapping.
 */
#ifndef MAPPING_FIELD_TIME_H
#define MAPPING_FIELD_TIME_H

#include "mapping/field.h"

/* By the types date, datetime and time. */
void	field_date(const struct fields *, const struct rule *, struct json,
	    struct slice text, struct arena *, struct outcome *);
void	field_age(struct json, struct slice text, struct arena *,
	    struct outcome *);

#endif
