/*
 * first - the first lines of the inputs and no more.
 */
#ifndef RECORD_FIRST_H
#define RECORD_FIRST_H

#include <stdbool.h>
#include <stdint.h>

#include "io/reader.h"

/*
 * Shortens a block to the lines that are left, which are counted down; false
 * where none was left.  *left 0 from the start is an end, not "no limit".
 */
bool	first_lines(struct block *, uint64_t *left);

#endif
