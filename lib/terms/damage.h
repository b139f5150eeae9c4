/*
 * damage - what a spreadsheet, or a hand, did to a code.
 *
 * The original cannot be had from the file, so nothing is ever repaired: the
 * cell is refused, with the likely original for the person who will enter it
 * again.  What is likely follows from the system's pattern and from the other
 * codes of the file.
 */
#ifndef TERMS_DAMAGE_H
#define TERMS_DAMAGE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/pattern.h"
#include "base/slice.h"
#include "io/grid.h"

/* How the codes of a file look. */
struct code_form {
	const struct pattern *pattern;	/* NULL: any */
	/* Of codes that are numbers alone: how many have so many digits behind
	   the point, and of those without a point so many in all. */
	size_t		 decimals[16], widths[32];
};

/* Counts a code in; before the first question. */
void		 code_form_count(struct code_form *, struct slice code);

/* A sentence with the remedy, in the arena; NULL: nothing is wrong. */
const char	*code_damage(const struct code_form *, const struct grid_cell *,
		    struct arena *);

#endif
