/*
 * reading_part - what the files of extract/reading share, and the steps in
 * which a text is taken apart; private to them and to extract/objects.
 */
#ifndef EXTRACT_READING_PART_H
#define EXTRACT_READING_PART_H

#include <stddef.h>

#include "extract/reading.h"

#define READING_LONGEST_SENTENCE	1536	/* bytes */

/* Out of all words that were found, in order, those that live. */
void		 reading_keep_living(struct reading *, struct hit *all,
		    size_t n);
/* Places that are told by halves. */
void		 reading_join_halves(struct reading *);
/* Tables of objects; the units of their columns are told to the numbers. */
void		 reading_find_tables(struct reading *);
/* The labels of the groups' objects: ①, 结节1. */
void		 reading_find_labels(struct reading *);
/* Whether a label begins a statement within what began at from. */
bool		 reading_label_begins(const struct reading *, size_t label,
		    uint32_t from);
/* At marks; then at words, once measures are known. */
void		 reading_cut(struct reading *);
void		 reading_cut_at_words(struct reading *);
void		 reading_mark_sections(struct reading *);
/* Words of subjects side by side are one topic: 二尖瓣、三尖瓣. */
void		 reading_mark_topics(struct reading *);
/* Nothing that contexts are told by changes from here on. */
void		 reading_keep_contexts(struct reading *);
/* The sentence of this time, if others are of earlier days. */
void		 reading_mark_days(struct reading *);
/* The groups' objects, and which of them each clause is about. */
void		 reading_objects(struct reading *);

/* "术前、术后均": words joined by what stands in [from,to) stand for both. */
bool		 reading_coordinated(const struct reading *, uint32_t from,
		    uint32_t to);

/*
 * The number of the first of n elements, in the order of their member `from`,
 * that begins at a place or behind it.
 */
size_t		 reading_first_from(const void *list, size_t size,
		    size_t member, size_t n, uint32_t at);

#define READING_FIRST_FROM(type, list, n, at) \
	reading_first_from( \
	    (list), sizeof(type), offsetof(type, from), (n), (at))

#endif
