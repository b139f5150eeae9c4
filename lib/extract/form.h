/*
 * form - what people enter by hand (L4): a table to fill in, and the data
 * dictionary of REDCap that describes the same fields.
 *
 * Names are what REDCap accepts: lower case, digits and `_`, at most 26
 * characters, a letter first (lesion.fu_size: lesion_fu_size).  The filled
 * table, or REDCap's own export, comes back by --join (extract/join).
 */
#ifndef EXTRACT_FORM_H
#define EXTRACT_FORM_H

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "extract/guide.h"
#include "extract/settings.h"
#include "record/run.h"

#define FORM_NAME 26

/* The name of an id, with its NUL; false where it has none. */
bool		 form_name(struct slice id, char out[FORM_NAME + 1]);
/* Two L4 ids of the packs that fall together in one name: ERR_USAGE. */
bool		 form_check(const struct catalogue *, struct err *);
/*
 * The 18 columns of a REDCap data dictionary, one row an L4 indicator, the key
 * first.
 */
bool		 form_dictionary(const struct guide *, struct strings on,
		    struct buf *, struct err *);
/*
 * The table over the records of the operands: one row a key, and one more an
 * object of a repeating group; what is known is filled in.
 */
bool		 form_run(struct run *, char *const *operands,
		    const struct guide *, struct strings on, struct err *);

#endif
