/*
 * evidence - the place in a record's text that an answer rests on.
 */
#ifndef EXTRACT_EVIDENCE_H
#define EXTRACT_EVIDENCE_H

#include "extract/answer.h"
#include "extract/reading.h"

/* A member whose text is part of the reading; texts are joined by a line. */
struct source {
	struct slice	 pointer;	/* JSON pointer of the member */
	uint32_t	 byte, code;	/* where it begins in the original */
	uint32_t	 bytes, codes;	/* how long it is */
};

/*
 * The bytes [from,to) of the view, in the reading's arena.  A quote never
 * reaches beyond the member that it begins in.  At least one source.
 */
struct evidence	*evidence_at(const struct reading *, const struct source *,
		    size_t nsources, uint32_t from, uint32_t to);
/* The same behind what the answer has. */
void		 evidence_add(struct answer *, const struct reading *,
		    const struct source *, size_t nsources, uint32_t from,
		    uint32_t to);

#endif
