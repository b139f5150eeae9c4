/*
 * check - the kinds of check a rule can make, and those that look at one text
 * alone.
 */
#ifndef RULES_CHECK_H
#define RULES_CHECK_H

#include <stdbool.h>

#include "base/date.h"
#include "base/slice.h"

enum check {
	CHECK_REQUIRED, CHECK_ABSENT, CHECK_TYPE, CHECK_LENGTH, CHECK_DIGITS,
	CHECK_REGEX, CHECK_ENUM, CHECK_RANGE, CHECK_DATE, CHECK_PRECISION,
	CHECK_UNIT, CHECK_IDCARD, CHECK_USCC, CHECK_PHONE, CHECK_POSTCODE,
	CHECK_CLEAN, CHECK_NOT_PLACEHOLDER, CHECK_COMPARE, CHECK_ALL_OF,
	CHECK_ANY_OF, CHECK_ONE_OF, CHECK_TOGETHER, CHECK_COUNT, CHECK_MAP,
	CHECK_REFERENCE, CHECK_JQ, CHECK_NEVER,
	CHECK_UNIQUE, CHECK_FOREIGN_KEY, CHECK_OVERLAP, CHECK_SEQUENCE,
	CHECK_COVERS, CHECK_PRESENT,
	CHECK_ROW_COUNT, CHECK_RATE, CHECK_DISTINCT, CHECK_MEAN, CHECK_QUANTILE,
	CHECK_FRESH, CHECK_DRIFT,
	CHECK_SCHEMA,
	CHECK_STEP, CHECK_STUCK, CHECK_GAP, CHECK_HOLD, CHECK_WINDOW,
	CHECK_COMPLETE,		/* the share that holds a field */
	CHECK_DUPLICATE_KEY,	/* built in */
	CHECK_KEYWORD,		/* of --schema */
	CHECK_KINDS
};

enum {				/* traits */
	CHECK_ARG = 1,		/* needs an argument */
	CHECK_NO_FIELD = 2,	/* may stand without a field */
	CHECK_STREAM = 4,	/* of the stream: never an entry in a record */
	CHECK_GENERATED = 8,	/* in no rule file: built in, or generated */
	CHECK_WATCH = 16,	/* of time series: for `watch` alone */
	CHECK_WHOLE = 32,	/* of the record as a whole */
	CHECK_OPEN = 64,	/* settled over all records: rules/keys.h */
	CHECK_MEASURE = 128	/* of the stream's values: rules/gauge.h */
};

const char	*check_name(enum check);
/* Whether it has one of the traits. */
bool		 check_is(enum check, unsigned traits);
/* By name or Chinese alias; false for what is no check in a rule file. */
bool		 check_named(struct slice, enum check *);
/* All that may stand in a rule file, NULL at the end: for suggestions. */
void		 check_names(const char *to[CHECK_KINDS + 1]);

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };

/* As codes of GB/T 2261.1 and words write it. */
enum sex	 check_sex(struct slice);
/* GB 11643: 18 places, real birth date, check digit. */
bool		 check_idcard(struct slice, struct date *birth, enum sex *);
bool		 check_uscc(struct slice);	/* GB 32100 */
bool		 check_phone(struct slice);	/* mobile, landline, 400/800 */
bool		 check_digits(struct slice, size_t n);
/* No U+FFFD, control character, or UTF-8 that was read as something else. */
bool		 check_clean(struct slice);

#endif
