/*
 * hl7_field - fields, components and escapes of a message, as JSON.
 */
#ifndef SOURCES_HL7_FIELD_H
#define SOURCES_HL7_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "sources/encodings.h"

struct hl7_segment {
	struct slice	 text;		/* without its end */
};

struct hl7_message {
	const struct hl7_segment *segments;
	size_t		 n;
	struct arena	*arena;
	char		 field, component, repeat, escape, sub;
	struct slice	 code;		/* ORU^R01 */
	struct encodings *encodings;	/* for what escapes hold; or NULL */
	bool		 gb;		/* the message is GB18030 */
};

/* Field n of a segment, from 1; of MSH, field 1 is the delimiter itself. */
struct slice	hl7_field(const struct hl7_message *, struct slice segment,
		    size_t n);
/* Part n, from 1, of what the delimiter parts. */
struct slice	hl7_component(struct slice, char delimiter, size_t n);
/* A string with its escapes undone. */
void	hl7_put_text(const struct hl7_message *, struct buf *, struct slice);
/* An object of the fields by number, empty ones left out. */
void	hl7_put_segment(const struct hl7_message *, struct buf *,
	    struct slice segment, bool with_id);

#endif
