/*
 * row - one line of indicators.csv, read and proved.
 */
#ifndef CATALOGUE_ROW_H
#define CATALOGUE_ROW_H

#include "base/arena.h"
#include "base/err.h"
#include "catalogue/indicator.h"
#include "io/table.h"

/* The columns of indicators.csv with their Chinese aliases. */
extern const struct column row_columns[];

/* Fills *d; everything in it is owned by the arena. */
bool	row_read(const struct table *, size_t row, struct arena *,
	    struct indicator *d, struct table_faults *, struct err *);
/* Whether two rows agree in every column that decides a value or a rule. */
bool	row_same(const struct indicator *, const struct indicator *);

#endif
