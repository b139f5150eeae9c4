/*
 * ucum - the Unified Code for Units of Measure: atoms, prefixes, the grammar.
 *
 * A unit is an exact fraction of base units: nothing passes through a double.
 * `mol` is a dimension of its own, so that no number crosses from mole to mass
 * by accident, and each arbitrary unit ([iU]) is one too.  The table of atoms
 * is built once and then const.
 */
#ifndef TERMS_UCUM_H
#define TERMS_UCUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

enum {
	DIM_LENGTH, DIM_TIME, DIM_MASS, DIM_ANGLE, DIM_TEMPERATURE, DIM_CHARGE,
	DIM_LUMINOUS, DIM_AMOUNT, DIM_COUNT
};

struct ucum;
struct atom;

struct unit {
	struct decimal	 num, den;	/* in base units; den > 0 */
	struct decimal	 offset;	/* added to a value first: Cel, [degF] */
	int8_t		 dim[DIM_COUNT];
	const struct atom *arbitrary;	/* at most one kind, or NULL */
	int8_t		 arbitrary_power;
	bool		 affine;	/* offset counts */
	const struct atom *special;	/* only to itself: [pH], dB, or NULL */
};

/* The table share/terms/ucum.csv: see mdx-terms(5). */
struct ucum	*ucum_load(const char *path, struct table_faults *,
		    struct err *);
struct ucum	*ucum_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
void		 ucum_free(struct ucum *);	/* NULL is allowed */

/*
 * A unit by its case-sensitive code; "" is unity.  ERR_DATA, code not_ucum.
 * What the unit holds lives in the arena.
 */
bool		 ucum_unit(const struct ucum *, struct slice code,
		    struct arena *, struct unit *, struct err *);
/* "L-3.N", the letters L T M A K Q F N; "1" for none. */
struct slice	 ucum_dimension(const struct unit *, struct arena *);
bool		 unit_same_dimension(const struct unit *, const struct unit *);

#endif
