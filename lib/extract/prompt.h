/*
 * prompt - what a model is told and asked about one text: the stable part
 * first (role, fields, form of the answer), the report last between fences
 * that its own digest makes, so that no report can close them.
 */
#ifndef EXTRACT_PROMPT_H
#define EXTRACT_PROMPT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "extract/guide.h"

/* wanted: one entry a field of the document type; NULL: all. */
void	prompt_system(const struct doctype *, const bool *wanted, struct buf *);
void	prompt_user(struct slice text, struct buf *);

#endif
