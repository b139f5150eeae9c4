/*
 * ruling_row - what one row of a review file or of a table of mappings says.
 * Private to lib/terms.
 */
#ifndef TERMS_RULING_ROW_H
#define TERMS_RULING_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "terms/mapping_format.h"
#include "terms/ruling.h"

struct ruling_row {
	const struct terms *terms;
	struct arena	*arena;		/* of what is read */
	const struct table *t;
	size_t		 i;
	struct table_faults *faults;
	struct err	*e;
};

/* All but the codes; of APPROVED and IGNORED only. */
bool		 ruling_row_read(const struct ruling_row *,
		    enum mapping_status *, struct ruling *);
/* Adds its codes: those picked, or the one that is filled in. */
bool		 ruling_row_codes(const struct ruling_row *, struct ruling *to);
/*
 * Whether the candidates of a review file hold the answer, the first of them
 * or any; false where there are none.
 */
bool		 ruling_row_offers(const struct ruling_row *,
		    const struct ruling *, bool *first, bool *any);
int		 ruled_code_cmp(const struct ruled_code *,
		    const struct ruled_code *);

#endif
