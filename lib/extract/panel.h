/*
 * panel - the results of stains and genes: "ER（+，约90%）", "CK7、CK20均（-）",
 * "HER2（4B5）2+", "EGFR L858R突变", "阳性：TTF-1、NapsinA".
 *
 * A result belongs to the name it stands behind, and to those listed with it;
 * what is in brackets behind a name and is no result is the clone.  Fields of
 * type mark, percents that take the anchors of one (`=id`), and those whose
 * settings say `panel` are read here and nowhere else.
 */
#ifndef EXTRACT_PANEL_H
#define EXTRACT_PANEL_H

#include "extract/candidate.h"

void		 panel_find(struct candidates *, const struct reading *);

#endif
