/*
 * hl7_take - the bytes of one message as a record or a reject.
 *
 * What frames messages differs (a file's lines, frames on a wire); what a
 * message becomes does not.
 */
#ifndef SOURCES_HL7_TAKE_H
#define SOURCES_HL7_TAKE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/slice.h"
#include "sources/member.h"

struct hl7_taker;

struct hl7_taker *hl7_taker_new(struct member *);
void	hl7_taker_free(struct hl7_taker *);	/* NULL is allowed */
/*
 * One message; cr: CR ends its segments, else LF does.  Writes its record (or
 * parts, with --split) or sets it aside.  False where the run cannot go on.
 */
bool	hl7_take(struct hl7_taker *, struct piece *, bool cr, struct err *);
/* Messages that were no rejects so far. */
uint64_t hl7_taken(const struct hl7_taker *);

bool	hl7_is_delimiter(char);
/* Three letters or digits and a delimiter, or the name alone. */
bool	hl7_is_segment(struct slice);
/* Without the bytes of an MLLP frame (VT, FS) and line feeds in front. */
struct slice hl7_unframed(struct slice);
bool	hl7_is_blank(struct slice);

#endif
