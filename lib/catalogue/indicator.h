/*
 * indicator - one row of a pack's indicators.csv (mdx-pack(5)).
 *
 * A plain value that belongs to its catalogue; const once loaded.
 */
#ifndef CATALOGUE_INDICATOR_H
#define CATALOGUE_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum indicator_type {
	TYPE_NUMBER,
	TYPE_INTEGER,
	TYPE_PERCENT,
	TYPE_DIMS,		/* array of numbers */
	TYPE_DURATION,		/* number, in its unit */
	TYPE_DATE,
	TYPE_BOOL,
	TYPE_CODE,		/* one of the values */
	TYPE_MARK,		/* + - and such, or one of the values */
	TYPE_TEXT,
	TYPE_COUNT
};

/* A code with its spellings; the code itself is the first of them. */
struct code {
	struct slice	 code;
	struct slice	*spellings;
	size_t		 nspellings;
};

struct indicator {
	size_t		 number;	/* in the catalogue, from 0 */
	struct slice	 id, name_zh, name_en, group;
	unsigned	 level;		/* 1 to 4 */
	struct slice	*kinds;		/* of records; none: any */
	size_t		 nkinds;
	enum indicator_type type;
	struct slice	 unit;		/* UCUM; n 0: none */
	struct code	*codes;
	size_t		 ncodes;
	struct slice	 values;	/* the cell, where it is `@name` */
	struct slice	 low, high;	/* decimal numbers; n 0: open */
	struct slice	 source, expr, anchors, note;
	struct slice	*synonyms;
	size_t		 nsynonyms;
	bool		 identifying;
	size_t		 pack;		/* number of the pack it came from */
	unsigned	 line;		/* in that pack's indicators.csv */
};

const char	*indicator_type_name(enum indicator_type);
/* Whether records of this kind hold it ("" is a record without a kind). */
bool		 indicator_of_kind(const struct indicator *, struct slice kind);
/* The code that this spelling means, or NULL. */
const struct code *indicator_code(const struct indicator *, struct slice);

#endif
