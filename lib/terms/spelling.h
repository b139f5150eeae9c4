/*
 * spelling - pairs of a dagger and an asterisk code (`A17.000+G01*`), found as
 * data spells them.
 *
 * `A17.000†G01*`, blanks between and full-width signs mean the pair, and so
 * does the bare primary code where only one pair has it.  Codes that are no
 * pairs are not kept: they have one spelling.  Built once, then const.
 */
#ifndef TERMS_SPELLING_H
#define TERMS_SPELLING_H

#include <stddef.h>

#include "base/slice.h"

struct spellings;

struct spellings *spellings_new(void);
void		 spellings_free(struct spellings *);	/* NULL is allowed */
/* The number is the caller's; a code may come again with the same. */
void		 spellings_add(struct spellings *, struct slice code,
		    size_t number);
/* -1 where no pair, or more than one, is spelled so. */
long		 spellings_find(const struct spellings *, struct slice code);

#endif
