/*
 * panel_part - how a panel of stains and genes is read, as its files share it;
 * private to them.
 *
 * panel_name: the names in the text; panel_result: a result as it is written;
 * panel_context: whether it is of this specimen and of now; panel_tissue: the
 * words for tissue beside; panel: the values.
 */
#ifndef EXTRACT_PANEL_PART_H
#define EXTRACT_PANEL_PART_H

#include "extract/panel.h"

struct stain { /* a name of the panel in the text */
	uint32_t from, to;
	size_t hit; /* the first of those at this place */
};

struct panel {
	struct candidates *out;
	const struct reading *r;
	struct stain *stains;
	size_t n;
};

bool		 panel_is_name(const struct panel *, const struct hit *);
/* Fills the stains: the longest name at each place, CK5/6, not CK5. */
void		 panel_names(struct panel *);
/* Where what is said of a name ends at the latest. */
uint32_t	 panel_end_of(const struct panel *, size_t stain);

/* The kinds of context that a result at [from,to) has by what is beside it. */
unsigned	 panel_context(const struct panel *, uint32_t from,
		    uint32_t to);

#endif
