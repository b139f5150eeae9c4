/*
 * ucum_term - the grammar of unit terms, over a table of atoms.  Private to
 * lib/terms: ucum.h is the way in.
 */
#ifndef TERMS_UCUM_TERM_H
#define TERMS_UCUM_TERM_H

#include "base/hash.h"
#include "terms/ucum.h"

struct atom {
	struct slice	 code, name;
	struct slice	 value, of;	/* 1 code = value of */
	struct slice	 function;	/* of a special unit */
	bool		 metric, arbitrary, special;
	enum { RAW, UNDERWAY, READY } state;
	const char	*path;
	uint64_t	 line;
	struct unit	 unit;
};

struct ucum {
	struct arena	*arena;
	struct index	*codes;
	struct atom	*atoms;
};

struct unit	ucum_unity(void);
/* Works out what an atom is made of; ERR_USAGE says why it cannot. */
bool		ucum_resolve(const struct ucum *, struct atom *, struct err *);
/*
 * The whole of the code.  display, which may be NULL, takes its words.  False
 * leaves *e as it is, but for an atom that cannot be resolved.
 */
bool		ucum_read(const struct ucum *, struct slice code,
		    struct arena *, struct unit *, struct buf *display,
		    struct err *e);

#endif
