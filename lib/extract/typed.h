/*
 * typed - what a person typed into a cell, as the JSON of an indicator.
 *
 * Numbers are in the catalogue's unit, dimensions "12x9x8", booleans 是/否,
 * yes/no, true/false or 1/0 (REDCap's yesno), codes any of their spellings or
 * what typed_code says.
 */
#ifndef EXTRACT_TYPED_H
#define EXTRACT_TYPED_H

#include "base/arena.h"
#include "catalogue/indicator.h"
#include "json/scan.h"

/*
 * n 0 where the text breaks the row's type: what is typed for dimensions is one
 * measure and nothing else, but for 约 before it.
 */
struct slice	 typed_value(struct slice text, const struct indicator *,
		    struct arena *);
/*
 * The same of an array or object: of numbers for dimensions, {"min","max"} for
 * a number; n 0 for others.
 */
struct slice	 typed_json(struct json, const struct indicator *,
		    struct arena *);
/* Whether a number of the value is outside the row's range. */
bool		 typed_outside(struct slice json, const struct indicator *,
		    struct arena *);
/*
 * The way back: a JSON value as it would be typed; "" for null.  Codes are as
 * typed_code has them, or, without an indicator, as they are.
 */
struct slice	 typed_text(struct json, const struct indicator *,
		    struct arena *);
/*
 * How a form spells the i-th code: as it is, or, where it is no ASCII, by its
 * number from 1.
 */
struct slice	 typed_code(const struct indicator *, size_t i,
		    struct arena *);
/* Whether a spreadsheet must not take what is typed for a number or date. */
bool		 typed_is_text(const struct indicator *);

#endif
