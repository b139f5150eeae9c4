/*
 * recode - a member's text as UTF-8, where it cannot be cut before decoding.
 *
 * In UTF-16 and UTF-32 a line feed is no byte of its own, and the second byte
 * of a character of Big5 or Shift_JIS may be a backslash or a bar.  Such text
 * is decoded below its reader, who sees an input of UTF-8 and counts its
 * offsets; a bad unit is one byte FF there, which UTF-8 never has, so that its
 * row is refused.  The account is kept in the member's own bytes: these are
 * held until the piece they belong to is accounted for, and found again by
 * decoding them a second time.  One recode belongs to one thread.
 */
#ifndef SOURCES_RECODE_H
#define SOURCES_RECODE_H

#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "sources/input.h"

struct recode;

/*
 * Takes over what is left of the input from offset `start`, which both ways of
 * counting have in common.  A piece is at most max_record bytes of UTF-8.
 * ERR_USAGE for an encoding that nobody knows.
 */
struct recode	*recode_new(struct input *, const char *encoding,
		    uint64_t start, uint64_t max_record, struct err *);
void		 recode_free(struct recode *);	/* NULL is allowed */
/* The UTF-8, as long as the recode lives. */
struct input	*recode_input(struct recode *);
/*
 * The offset in the member's own bytes for one in the UTF-8; not before the
 * last one that was let go.
 */
uint64_t	 recode_place(struct recode *, uint64_t text);
/* The own bytes of so much UTF-8; valid until more of the input is read. */
struct slice	 recode_bytes(struct recode *, uint64_t from, uint64_t to);
/* What stands before is accounted for. */
void		 recode_let_go(struct recode *, uint64_t text);

#endif
