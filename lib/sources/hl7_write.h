/*
 * hl7_write - a message in its segments, as JSON (mdx-record(5), "HL7 v2").
 */
#ifndef SOURCES_HL7_WRITE_H
#define SOURCES_HL7_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "sources/hl7_field.h"
#include "sources/member.h"

/* False with ERR_DATA, hl7_header, where MSH lacks its delimiters. */
bool	hl7_open(struct hl7_message *, const struct hl7_segment *, size_t n,
	    struct arena *, struct err *);
/* The object without its closing brace. */
void	hl7_write_message(const struct hl7_message *, struct buf *);
/* How many records --split makes of it. */
size_t	hl7_parts(const struct hl7_message *);
/* A record a part; they share the message's piece. */
bool	hl7_write_parts(const struct hl7_message *, struct member *,
	    const struct piece *, struct err *);

#endif
