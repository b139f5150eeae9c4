/*
 * ucum - the Unified Code for Units of Measure: atoms, prefixes, the grammar.
 *
 * A unit is an exact fraction of base units: nothing passes through a double
 * but the curve of a logarithmic unit.  `mol` is a dimension of its own, so
 * that no number crosses from mole to mass by accident, and each arbitrary
 * unit ([iU]) is one too.  The table of atoms is built once and then const.
 * After the UCUM specification, version 2.2; ucum_term.c holds the grammar.
 */
#ifndef TERMS_UCUM_H
#define TERMS_UCUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "terms/scale.h"

enum {
	DIM_LENGTH, DIM_TIME, DIM_MASS, DIM_ANGLE, DIM_TEMPERATURE, DIM_CHARGE,
	DIM_LUMINOUS, DIM_AMOUNT, DIM_COUNT
};

#define ARBITRARY_KINDS	2	/* in one unit: [CFU]/[iU] */

struct ucum;
struct atom;

struct unit {
	struct decimal	 num, den;	/* in base units; den > 0 */
	int8_t		 dim[DIM_COUNT];
	struct {
		const struct atom *atom;	/* NULL: no more of them */
		int8_t	 power;
	}		 arbitrary[ARBITRARY_KINDS];
	const struct scale *scale;	/* of a special unit, else NULL */
	struct decimal	 times, per;	/* of a special unit: 1/10 in dB */
};

/*
 * The table share/terms/ucum.csv: see mdx-terms(5).  A hospital's own of the
 * same form (or NULL) comes first: path has what it lacks.
 */
struct ucum	*ucum_load(const char *own, const char *path,
		    struct table_faults *, struct err *);
struct ucum	*ucum_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
void		 ucum_free(struct ucum *);	/* NULL is allowed */

/*
 * A unit by its case-sensitive code; "" is unity.  ERR_DATA, code not_ucum.
 * What the unit holds lives in the arena.
 */
bool		 ucum_unit(const struct ucum *, struct slice code,
		    struct arena *, struct unit *, struct err *);
/*
 * The same in words: `(kilogram) * (meter ^ 2) / (second)`; false where the
 * code is no unit.
 */
bool		 ucum_display(const struct ucum *, struct slice code,
		    struct arena *, struct buf *);
/* "L-3.N", the letters L T M A K Q F N; "1" for none. */
struct slice	 ucum_dimension(const struct unit *, struct arena *);
bool		 unit_same_dimension(const struct unit *, const struct unit *);
bool		 unit_same_arbitrary(const struct unit *, const struct unit *);
/* Equal in every respect: one unit in two spellings. */
bool		 unit_is_same(const struct unit *, const struct unit *,
		    struct arena *);
/* The power of the arbitrary unit of this code; 0 where it has none. */
int		 unit_arbitrary_power(const struct unit *, struct slice code);

#endif
