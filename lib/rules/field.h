/*
 * field - where a rule finds its value: a path, compiled once, and the values
 * that it leads to in one record.
 *
 *	dept   diagnosis[].code   indicators["lesion.power"]   /a/0/b   _mdx.kind
 *
 * A path through `[]` leads to one value for each element.  A value is missing
 * where there is no member, null, blank text or a placeholder; an element that
 * is not there is one missing value, an empty array is none at all.
 */
#ifndef RULES_FIELD_H
#define RULES_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/hash.h"
#include "json/scan.h"
#include "record/record.h"

enum presence {
	VALUE_THERE,
	VALUE_ABSENT,
	VALUE_NULL,
	VALUE_EMPTY,
	VALUE_PLACEHOLDER,
	PRESENCE_COUNT
};

struct datum {
	struct json	 json;
	struct slice	 text;		/* characters of a scalar, trimmed */
	enum presence	 presence;
	size_t		 at[2];		/* elements on the way, from 0 */
	unsigned	 nat;
	bool		 plain;		/* of a plain field */
	struct json	 holder;	/* the object it stands in */
	signed char	 is_number, is_date;	/* 0: not yet asked */
	struct decimal	 number;
	struct date	 date;
};

struct cells {
	struct datum	*list;
	size_t		 n;
	bool		 fault;		/* looked up where there is no one row */
};

struct step;

struct field {
	struct slice	 path;		/* as written */
	size_t		 member;	/* among the names of the record */
	const struct step *steps;
	size_t		 nsteps;
	bool		 in_indicators;
	bool		 plain;		/* as a database sees it: only what is
					   not there or null is missing, and no
					   blank is cut off */
	size_t		 lookup;	/* number of the plan's look-up and 1 */
	uint32_t	 allowed;	/* placeholders that are values here */
};

/*
 * Compiles a path; its first name is added to `names` (NULL: the path starts
 * in an element, not in the record).  in_indicators: the path is the id of an
 * indicator of L2-L4.  ERR_USAGE.
 */
bool	field_parse(struct slice path, bool in_indicators,
	    struct index *names, struct arena *, struct field *, struct err *);
/* The name of a member on its way, from 0; n 0 behind the last.  names: as
 * above, not NULL. */
struct slice field_name(const struct field *, const struct index *names,
	    size_t number);
/* The member it starts from, without a path: `a` of `a.b[].c`. */
struct slice field_root(struct slice path);

/* The values in a record; `again` where a member is there twice. */
void	field_read(const struct field *, struct record *, bool again,
	    struct arena *, struct cells *);
/* The same from an element. */
void	field_read_in(const struct field *, struct json element,
	    struct arena *, struct cells *);
/* The place of one value: "diagnosis[2].code". */
void	field_put_place(const struct field *, const struct datum *,
	    struct buf *);

/* The bit of a placeholder, 0 for other text. */
uint32_t field_placeholder(struct slice text);
bool	datum_missing(const struct datum *);
/* A number, or text that is one; a date or date-time in ISO form. */
bool	datum_number(struct datum *, struct arena *);
bool	datum_date(struct datum *);
/* A string, number or boolean: what has a text. */
bool	datum_scalar(const struct datum *);
/* What a scalar is known by: its text, of 1.0 and 1e0 that of 1. */
struct slice datum_key(struct datum *, struct arena *);

#endif
