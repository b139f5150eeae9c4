/*
 * exact - the records that hold a string, as a scan over their original text
 * would find them: byte for byte, across the borders of passages.
 *
 * Where the string holds two Chinese characters side by side (or one), the
 * index says which records may have it; else every record is read.  Either
 * way each answer is proved on the text itself.
 */
#ifndef SEARCH_EXACT_H
#define SEARCH_EXACT_H

#include "search/rank.h"

/*
 * A hit for each record, or with search->passages for each member, whose text
 * is the passages that the first place touches; its score is the number of
 * places (in the record, or the member).
 */
bool		 exact_find(const struct search *, struct slice needle,
		    struct hits *, struct err *);
/* The places of the string in a text. */
size_t		 exact_marks(struct slice needle, struct slice text,
		    struct arena *, struct mark **);

#endif
