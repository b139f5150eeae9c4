/*
 * keep - how far each file was read, so that the next run goes on behind it.
 *
 * The state has a row for each file (scope `file`): its size, times and inode
 * before it was read, and the digest of what was read; and one for each member
 * in it (scope `member`): the pieces delivered, the offset, and the value of
 * the chain of ids there.  The key is the place: the absolute path, and behind
 * a NUL what stands below a walked operand (ids differ by it); a member's name
 * follows behind another.
 *
 * A file is passed over unread only where size, both times and inode are as
 * kept, and were not so fresh that a second write could hide in one tick of
 * the clock.  Else it is read, and the pieces that were delivered are muted:
 * they run through the reader and the chain, and give nothing.  Where the
 * chain comes out as kept, reading goes on aloud behind it: whatever the
 * format, and with all that the reader learned on the way.  Where it does not,
 * the member was rewritten: as nothing of it has left, the source is read once
 * more, and that member from its beginning.
 *
 * The last piece may have no line end; then it may grow.  It is kept apart as
 * the tail: what stands before it is compared, and the tail is given again
 * only where it is another.
 */
#ifndef SOURCES_KEEP_H
#define SOURCES_KEEP_H

#include <sys/stat.h>

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "sources/state.h"
#include "sources/walk.h"

struct member;
struct piece;

/* Of the source at hand; belongs to one thread. */
struct keep {
	struct state	*state;		/* NULL: nothing is kept */
	bool		 on;		/* for this source */
	struct buf	 here;		/* the working folder */
	struct buf	 place;		/* the key */
	struct stat	 stat;		/* before it was read */
	bool		 fresh;		/* written to a moment ago */
	struct member	*member;	/* the one that is read */
	size_t		 begun;		/* members so far */
	struct buf	 ended;		/* a byte for each: it had its account */
	bool		 again;		/* a member was rewritten: read anew */
	size_t		 anew;		/* which, plus one */
	bool		 cut;		/* the next source is this one, written anew */
	struct err	 broken;	/* the state could not be read */
};

/* Where a member stands behind a piece. */
struct position {
	uint64_t	 nth;		/* pieces */
	uint64_t	 at;
	uint8_t		 chain[DIGEST_SIZE];
};

struct kept {
	struct position	 good;		/* everything before is delivered */
	bool		 tail;		/* and behind it this, without a line end: */
	uint64_t	 from, to;
	uint8_t		 chain[DIGEST_SIZE];	/* behind its first piece */
};

enum muting {
	KEEP_ALOUD,
	KEEP_MUTED,	/* up to was.good, to be compared there */
	KEEP_TAIL,	/* the next piece is to be compared with the tail */
	KEEP_SAME_TAIL,	/* parts of it */
	KEEP_SILENT	/* not this time: it had its account, or will have */
};

/* A member's own, within struct member. */
struct keeping {
	struct keep	*keep;		/* NULL: nothing is kept of it */
	size_t		 ordinal;
	enum muting	 muting;
	bool		 muted;		/* the piece at hand */
	bool		 unchanged;	/* some were */
	bool		 frozen;	/* what follows is not delivered for good */
	bool		 ends;		/* the last piece has a line end */
	uint64_t	 nth, at;	/* behind the last piece */
	uint64_t	 put;		/* nth as it was last kept */
	uint64_t	 group;		/* where pieces that share bytes begin */
	struct kept	 was, now;
	uint8_t		 proof[DIGEST_SIZE];	/* of chains begun before */
	bool		 chained;
};

void	keep_release(struct keep *);
/*
 * A source begins; *unchanged: it is as it was read, and need not be opened.
 * Without a state, or for what is no file, nothing is kept.
 */
bool	keep_source(struct keep *, const struct walked *, bool *unchanged,
	    struct err *);
void	keep_nothing(struct keep *);
/* Whether these are the bytes that were read before; digest may be NULL. */
bool	keep_same(struct keep *, const uint8_t *digest, bool *same,
	    struct err *);
/* It was read to its end. */
bool	keep_source_end(struct keep *, const uint8_t *digest, struct err *);
/* Whether it must be read once more; then it may begin. */
bool	keep_once_more(struct keep *);

/* The name belongs to another file now; cut: or to this one, written anew. */
bool	keep_replaced(struct keep *, bool cut, struct err *);

/* --- for sources/member -------------------------------------------------- */

void	keep_member(struct member *);
/*
 * Around the chain's step; sets muted.  ends: the piece has a line end, or
 * needs none.
 */
void	keep_before(struct member *, const struct piece *);
void	keep_behind(struct member *, const struct piece *, bool ends);
/* The chain begins anew: what it was so far is not forgotten. */
void	keep_chain(struct member *);
/* What comes now will come again. */
void	keep_freeze(struct member *);
/* Whether behind the last piece is a place to go on from. */
bool	keep_can_stop(const struct member *);
/* What was written of the member so far is to be kept; called in turn. */
bool	keep_position(struct member *, struct err *);
/*
 * It ended; whether its account is to be written: not where it had one, or
 * will have one the next time.  keep_member_end keeps what came of it.
 */
bool	keep_member_compare(struct member *);
bool	keep_member_end(struct member *, struct err *);
/* A signal ended the input: what the reader makes of its end is not so. */
bool	keep_is_over(const struct member *);
/* The input pauses for good while pieces are muted: the file is shorter. */
bool	keep_is_short(const struct keep *);

#endif
