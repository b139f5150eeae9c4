/*
 * mapped - the codes of a system that mappings name, where no list of it was
 * imported: each with its display and the terms that mean it, as a lexicon to
 * find candidates in.
 *
 * Not the whole list: a code that it lacks may exist.  Built once, then const.
 */
#ifndef TERMS_MAPPED_H
#define TERMS_MAPPED_H

#include "terms/lexicon.h"
#include "terms/terms.h"

struct mapped;

/*
 * `system`, of which the latest version counts, or `system@version`; NULL
 * where no mapping has a code of it.  The terms must outlive it.
 */
struct mapped	*mapped_new(const struct terms *, struct slice system);
void		 mapped_free(struct mapped *);	/* NULL is allowed */
struct slice	 mapped_system(const struct mapped *);
struct slice	 mapped_version(const struct mapped *);
const struct lexicon *mapped_lexicon(const struct mapped *);

#endif
