/*
 * write - JSON out: new values, and changes spliced into an old line.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/* A quoted string; only `"`, `\` and control characters are escaped. */
void		 json_put_string(struct buf *, struct slice);
void		 json_put_cstring(struct buf *, const char *);
/*
 * The key with its colon, and a comma before it unless it is the first.  A
 * name of the program's own holds nothing to escape; the slice may.
 */
void		 json_put_key(struct buf *, const char *name);
void		 json_put_key_slice(struct buf *, struct slice name);
/* The member with this text; nothing where the text is empty. */
void		 json_put_filled(struct buf *, const char *name, struct slice);
/* A member as it stood: key between its quotes as written, value JSON. */
void		 json_put_member(struct buf *, struct slice raw_key,
		    struct slice value);
void		 json_put_uint(struct buf *, unsigned long long);
void		 json_put_int(struct buf *, long long);
/* A comma unless the last byte is `{`, `[`, `:` or `,`, or nothing is there. */
void		 json_put_comma(struct buf *);

/*
 * Changes to a line: each replaces the bytes [from,to) by text; two never
 * overlap.  Insertions (from == to) at one place stand in the order of adding.
 * Texts are kept by reference until the edit is written or reset.
 */
struct edit_change {
	size_t		 from, to;
	struct slice	 text;
};

struct edit {
	struct edit_change *changes;
	size_t		 count, room;
};

void		 edit_release(struct edit *);
void		 edit_reset(struct edit *);
void		 edit_replace(struct edit *, size_t from, size_t to,
		    struct slice text);
/* The line with its changes behind what is in the buffer. */
void		 edit_write(struct edit *, struct slice line, struct buf *);

/*
 * The canonical form of RFC 8785 of a checked value.  ERR_USAGE for what has
 * none: an integer that a double rounds, a number beyond a double, a duplicate
 * key, a lone surrogate, more than JSON_DEPTH levels.
 */
bool		 json_canonical(struct slice value, struct buf *, struct err *);

#endif
