/*
 * mllp_answer - the acknowledgement of a message (HL7 v2, chapter 2.9.2,
 * original mode): AA for what begins with MSH, AR for what does not.
 */
#ifndef SOURCES_MLLP_ANSWER_H
#define SOURCES_MLLP_ANSWER_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/slice.h"

/* Whether the frame's content begins with MSH and a delimiter. */
bool	mllp_is_message(struct slice);
/*
 * The framed answer behind what is in the buffer.  It speaks with the
 * message's own delimiters and names its control id; serial makes its own.
 */
void	mllp_answer(struct buf *, struct slice message, time_t now,
	    uint64_t serial);

#endif
