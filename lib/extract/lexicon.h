/*
 * lexicon - a value set out of approved mappings: the codes are the standard
 * names of terms/NAME.csv (mdx-terms(5)), the spellings these and the local
 * terms that mean them.
 *
 * Of a term with several rows the first counts.
 */
#ifndef EXTRACT_LEXICON_H
#define EXTRACT_LEXICON_H

#include "catalogue/catalogue.h"
#include "extract/settings.h"

/* name is kept; all else is copied into the arena.  ERR_USAGE. */
bool		 lexicon_parse(struct lexicon *, struct slice name,
		    const char *path, struct slice text, struct arena *,
		    struct table_faults *, struct err *);
bool		 lexicon_load(struct lexicon *, struct slice name,
		    const char *path, struct arena *, struct table_faults *,
		    struct err *);

/*
 * The value set `name` of a row: of its pack's extract.json, of the pack's
 * terms/NAME.csv, or of another pack's, core's first.  NULL, and a fault of
 * the row, where there is none.
 */
const struct lexicon *lexicon_find(struct catalogue *,
		    const struct settings *, const struct indicator *,
		    struct slice name, struct arena *, struct table_faults *,
		    struct err *);

#endif
