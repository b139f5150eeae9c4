/*
 * sheet - the two-column table of a record, 项目 and 内容, for people.
 */
#ifndef EXTRACT_SHEET_H
#define EXTRACT_SHEET_H

#include "extract/extract.h"

/* Emits the lines; after another table an empty one first. */
void		 sheet(const struct extract *, const struct doctype *,
		    const struct answers *, bool again, struct job *,
		    struct arena *);

#endif
