/*
 * keep - what a person has said stands when the tool runs again.
 *
 * An entry of engine `hand` in `_mdx.extract` outlives the run: its answer
 * takes the value that the record has, and the entry byte for byte, whatever
 * the rules, a model, a join or an expression would say now.
 */
#ifndef EXTRACT_KEEP_H
#define EXTRACT_KEEP_H

#include "extract/answer.h"
#include "json/scan.h"

/* indicators, entries: of the record as it came. */
void	keep_hand(struct answers *, const struct catalogue *,
	    struct json indicators, struct json entries, struct arena *);

#endif
