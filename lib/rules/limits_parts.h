/*
 * limits_parts - between the files of limits.
 */
#ifndef RULES_LIMITS_PARTS_H
#define RULES_LIMITS_PARTS_H

#include "rules/limits.h"

enum {
	LIMIT_UNIT,
	LIMIT_SEX,
	LIMIT_AGE_LOW,
	LIMIT_AGE_HIGH,
	LIMIT_LOW,
	LIMIT_HIGH,
	LIMIT_COLUMNS
};

/* One row; age is [low,high), the value [low,high]. */
struct limit {
	struct slice cells[LIMIT_COLUMNS];
	enum sex sex;
	struct interval age, value;
	uint64_t line;
	const struct limit *next;
};

struct limits {
	const struct limit *first;
	struct limit *last;
};

/* Two rows of an item that no value can be under because of unit or sex. */
bool	limits_exclude(const struct limit *, const struct limit *);

#endif
