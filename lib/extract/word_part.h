/*
 * word_part - what single words tell, as its files share it; private to them.
 *
 * word_code: the spelling of a code; word_announced: whether a clause beside
 * its own announces one; word_assert: a yes or no; word: which of them a word
 * is, and the texts that go to the end of their clause.
 */
#ifndef EXTRACT_WORD_PART_H
#define EXTRACT_WORD_PART_H

#include "extract/finder.h"

/* "切缘:近端(-),远端(-),环周(+)": each item is of the head of its list. */
bool		 word_is_listed(const struct reading *, const struct clause *,
		    uint32_t field);
/* "瓣膜反流：二尖瓣轻度，三尖瓣轻度": in a clause of the sentence before. */
bool		 word_announced_before(const struct finder *,
		    const struct clause *, const struct hit *code,
		    uint32_t field);
/*
 * "左肺下叶体积缩小,内见实变": of what is counted, also in the next clause of
 * the sentence that says nothing of another place.
 */
bool		 word_announced_after(const struct finder *,
		    const struct clause *, uint32_t field);

/*
 * A spelling belongs to the anchor of its clause, if the field has any, and
 * not to a word that keeps it off and stands no farther away; but a denial
 * governs all members of a list.
 */
void		 word_code(struct finder *, const struct hit *,
		    const struct word *);
/*
 * "右肺:上叶、下叶", what is counted in parts: a second part is of the first
 * that was said last in its sentence, or of both (双肺) that the word stands
 * for.
 */
void		 word_parts(struct finder *, const struct hit *,
		    const struct word *);

/*
 * A denial whose sentence so far names no section is of the whole: it counts
 * for fields of any section.
 */
void		 word_assertion(struct finder *, const struct hit *,
		    const struct word *);

#endif
