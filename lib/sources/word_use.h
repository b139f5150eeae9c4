/*
 * word_use - what kind a column is likely of, by the words of its name.
 *
 * A word speaks for the kinds whose names use it often, a rare one loudly, and
 * the words of a name together: 手术 and 开始 are of surgery, 输血 and 开始 of
 * transfusion.  So a name that no kind has is still heard.
 *
 * Built once, then const and shared.
 */
#ifndef SOURCES_WORD_USE_H
#define SOURCES_WORD_USE_H

#include <stdbool.h>
#include <stddef.h>

#include "sources/thesaurus.h"

struct word_use;

struct word_use	*word_use_new(void);
void		 word_use_free(struct word_use *);	/* NULL is allowed */
/* A column of that kind may have a name of these words. */
void		 word_use_learn(struct word_use *, size_t kind,
		    const struct wording *);
/*
 * Divides the points among the kinds by how likely each is, into a tally that
 * has a place for every kind; false where nobody uses any of the words.
 */
bool		 word_use_cast(const struct word_use *, const struct wording *,
		    unsigned points, unsigned *tally);

#endif
