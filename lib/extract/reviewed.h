/*
 * reviewed - what people have settled about a record, in the shape of a
 * model's answer (extract/schema).
 */
#ifndef EXTRACT_REVIEWED_H
#define EXTRACT_REVIEWED_H

#include "extract/inquiry.h"
#include "record/record.h"

/* Whether somebody answers for the record as a whole. */
bool	record_is_reviewed(struct record *);
/*
 * Takes out of fields (one truth a field of the document type) what the
 * record leaves unsettled, or holds without a quote out of its text.
 */
void	reviewed_fields(struct record *, const struct reading *, bool *fields);
/* What the piece should be answered: what its own text proves. */
void	reviewed_answer(struct record *, const struct piece *, struct buf *);

#endif
