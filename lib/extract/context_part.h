/*
 * context_part - what the files of extract/context share; private to them.
 *
 * context: which cues govern a place; context_ahead: how far one reaches to
 * what stands behind it; context_back: of what before it one is;
 * context_end: what has ended; context_day and context_list: what a sentence,
 * a paragraph or the head of a list says of all in it.
 */
#ifndef EXTRACT_CONTEXT_PART_H
#define EXTRACT_CONTEXT_PART_H

#include "extract/reading.h"

#define CONTEXT_WINDOW 96 /* bytes in which brackets are looked for */

/* The number of the first cue from a place on. */
size_t		 context_first_cue(const struct reading *, uint32_t from);
/* The first clause of a clause's sentence. */
const struct clause *context_sentence(const struct reading *,
		    const struct clause *);
/* Whether the text before a place ends in one of the words. */
static inline bool
context_ends_in(const struct reading *r, uint32_t at, const struct slice *words)
{
	return slice_ends_in(r->view.text.p, at, words) > 0;
}

/* To all of its sentence, unless what stands between leads back from it. */
bool		 context_reaches_all(const struct reading *,
		    const struct hit *cue, const struct clause *, uint32_t from);
/* To what is behind it in its sentence; here: in its own clause. */
bool		 context_reaches_sentence(const struct reading *,
		    const struct hit *cue, const struct clause *, uint32_t from,
		    uint32_t to, bool here);
/* The same, where the sentence goes on to this time. */
bool		 context_reaches_until(const struct reading *,
		    const struct hit *cue, const struct clause *, uint32_t from,
		    uint32_t to);
/* To the next comma, over blanks that part words. */
bool		 context_reaches_comma(const struct reading *,
		    const struct hit *cue, uint32_t from);
/* To the next comma, as far as the same subject is spoken of. */
bool		 context_reaches_clause(const struct reading *,
		    const struct hit *cue, const struct clause *, uint32_t from);

/* "甲流(+) 乙流(-)": a result of its own, that of the next does not reach it. */
bool		 context_is_affirmed(const struct reading *, uint32_t from,
		    uint32_t to);
/* "种植:无": what answers a word denies it. */
bool		 context_answers(const struct reading *, const struct hit *cue,
		    uint32_t to);
/* Back to the beginning of its clause. */
bool		 context_reaches_begin(const struct reading *,
		    const struct hit *cue, uint32_t to);
/* Back to a word that is near: "占位:未见". */
bool		 context_reaches_back(const struct reading *,
		    const struct hit *cue, uint32_t from, uint32_t to);

/* Whether a place names something that can end, and no quantity. */
bool		 context_can_end(const struct reading *, uint32_t from,
		    uint32_t to);
/* Whether a word that tells of an end means another thing of its clause. */
bool		 context_is_of_other(const struct reading *,
		    const struct hit *end, uint32_t from, uint32_t to);

/* Whether a word of its clause puts another thing in a thing's place. */
bool		 context_is_replaced(const struct reading *, uint32_t from,
		    uint32_t to);
/* Whether a clause tells no more than that something ends, or was not done. */
bool		 context_tells_end(const struct reading *,
		    const struct clause *, const struct hit *);
/* An end in the next clause that is of what this one names behind a place. */
const struct hit *context_end_behind(const struct reading *,
		    const struct clause *, uint32_t to);

/* Whether a place tells of a case that may come: P/F<150时. */
bool		 context_is_of_case(const struct reading *,
		    const struct clause *first, uint32_t from);
/* The kinds that the heading of its paragraph says of a clause. */
unsigned	 context_said_of_paragraph(const struct reading *,
		    const struct clause *);
/* Whether a place of a sentence tells of an earlier day than the one reported. */
bool		 context_is_of_earlier_day(const struct reading *,
		    const struct clause *first, uint32_t at);
/* The kinds that the head of a list says of the item that a place is in. */
unsigned	 context_said_of_list(const struct reading *,
		    const struct clause *, uint32_t from);

#endif
