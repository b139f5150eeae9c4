/*
 * eval - how right a run was, against a gold set: the table of
 * `mdx-extract eval`.
 *
 * Gold is NDJSON of {"id","text","indicators","evidence"}; a prediction is a
 * record with `indicators` and `_mdx.extract`, found by `id`, or by `_mdx.id`.
 * A field is one indicator of one record, or of one object of a group; the
 * objects are compared in their order.
 */
#ifndef EXTRACT_EVAL_H
#define EXTRACT_EVAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* The table, or one JSON object, behind what is in the buffer. */
bool		 eval(const char *gold, const char *pred, bool json,
		    struct buf *, struct err *);

#endif
