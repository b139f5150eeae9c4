/*
 * merge - how the lines of a summary add up; between merge.c and surplus.c.
 */
#ifndef RULES_MERGE_H
#define RULES_MERGE_H

#include "rules/summary.h"

/* Each adds the second to the first. */
void	merge_add_counts(struct summary *, struct count_line *,
	    const struct count_line *);
void	merge_add_group(struct summary *, struct group_line *,
	    const struct group_line *);
void	merge_add_field(struct summary *, struct field_line *,
	    const struct field_line *);

#endif
