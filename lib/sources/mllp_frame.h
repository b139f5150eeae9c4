/*
 * mllp_frame - the minimal lower layer protocol of HL7 (HL7 v2 transport,
 * release 1): a message stands between VT (0x0B) and FS CR (0x1C 0x0D).
 *
 * Bytes are added as they come and pieces taken out until there is none.  A
 * message beyond the limit is not held: its size comes when its end does.
 */
#ifndef SOURCES_MLLP_FRAME_H
#define SOURCES_MLLP_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum mllp_kind {
	MLLP_MESSAGE,		/* bytes: what stands between VT and FS CR */
	MLLP_OUTSIDE,		/* bytes before a VT */
	MLLP_LONG		/* bytes: the beginning of it */
};

struct mllp_piece {
	enum mllp_kind	 kind;
	struct slice	 bytes;		/* valid until bytes are added */
	uint64_t	 whole;		/* bytes on the wire, frame included */
};

struct mllp {
	struct buf	 held;
	size_t		 at;		/* of the next piece in held */
	size_t		 looked;	/* no end before this */
	bool		 inside;
	uint64_t	 dropped;	/* of a long message, beyond the head */
};

void	mllp_release(struct mllp *);
void	mllp_add(struct mllp *, struct slice);
bool	mllp_next(struct mllp *, size_t limit, struct mllp_piece *);
/* Bytes that wait for the rest of their frame. */
uint64_t mllp_held(const struct mllp *);
/* At the end of a connection: what was held, as bytes. */
struct slice mllp_rest(struct mllp *);

#endif
