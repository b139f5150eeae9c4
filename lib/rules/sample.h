/*
 * sample - a text that a pattern matches, found from its spelling: for lint,
 * which asks whether there is any, and for the cases that test writes.
 *
 * It knows literals, classes, groups, alternatives and repetitions.  Anchors
 * are taken to stand where they belong.  What looks around or back it does not
 * know.
 */
#ifndef RULES_SAMPLE_H
#define RULES_SAMPLE_H

#include "base/buf.h"
#include "base/slice.h"

#define SAMPLE_VARIANTS 8

/*
 * One text of the language, into the buffer (emptied first); variants differ
 * in the alternatives taken.  False where the pattern says more than is known.
 */
bool	sample_of(struct slice pattern, unsigned variant, struct buf *);

#endif
