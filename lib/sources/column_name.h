/*
 * column_name - what stands in the name of a column: the name, what is in
 * brackets, what a letter before it leaves, and pinyin initials with and without
 * their ends.
 */
#ifndef SOURCES_COLUMN_NAME_H
#define SOURCES_COLUMN_NAME_H

#include <stddef.h>

#include "base/slice.h"

enum { COLUMN_NAME = 96 };	/* bytes that are looked at */

/*
 * 体温(℃) is 体温 and ℃, YZ(一助) is YZ and 一助; without the number of a data
 * element before it (DE04.10.188.00体温).  The slices are of the text.
 */
struct column_name {
	char		text[2 * COLUMN_NAME];
	struct slice	outer, inner;
};

void	column_name_split(struct column_name *, struct slice name);
/* The letters and digits, in lower case; 0 where it is not wholly ASCII. */
size_t	column_name_letters(struct slice, char to[static COLUMN_NAME]);
/*
 * What is behind a letter that says the sort of column, as in c_name, n_age and
 * d_birth; of no length where there is none.
 */
struct slice	column_name_untyped(struct slice);
/*
 * Initials without 病人 or 患者 before and without an ending that says nothing;
 * a day and an hour are both a time.  Returns the length, 0 where nothing was
 * cut; never more than n.
 */
size_t	column_name_bare(const char *initials, size_t n, char *to);

#endif
