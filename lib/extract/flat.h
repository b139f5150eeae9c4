/*
 * flat - a record's indicators for who has no use for nested JSON: one CSV row
 * a record (--flat), or one NDJSON line an indicator (--long).
 *
 * A flat row is `_mdx.id`, the members of the key, then the indicators of the
 * packs as named, those of a group with the values of its objects joined by
 * `; `.  A long line is the entry of `_mdx.extract` with the id and the key in
 * front.
 */
#ifndef EXTRACT_FLAT_H
#define EXTRACT_FLAT_H

#include "extract/extract.h"

/* The head of the CSV file, with its line feed. */
void		 flat_head(const struct extract *, struct buf *);
/* values: the object `indicators` as it is now. */
void		 flat_row(const struct extract *, struct record *,
		    struct slice values, struct job *);
void		 flat_long(const struct extract *, struct record *,
		    const struct answers *, struct job *);

/* Writes the head where this is the run's output. */
bool		 flat_begin(struct run *, const struct extract *, struct err *);

#endif
