/*
 * scan - one pass over a line of JSON that checks all of RFC 8259 and says
 * where the members of its object lie.
 *
 * Nothing is decoded or copied: a member is two spans into the line, a number
 * keeps its digits, a string its escapes.  Spans of the line are valid as long
 * as the line is.  A scanner belongs to one thread; names are const once built
 * and may be shared.
 *
 * A byte order mark is no part of a line: it is refused.  A lone surrogate in
 * an escape is accepted (RFC 8259, 8.2), and passes on as it came.
 *
 * The text need not end in NUL, but JSON_SLACK bytes behind it must be
 * readable (blocks of io/reader have them; see json_pad).
 */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/slice.h"

#define JSON_SLACK	64
#define JSON_DEPTH	512	/* the default ceiling of nesting */
#define JSON_NO_FIELD	UINT32_MAX

enum json_type {
	JSON_NONE,		/* no value: what a failed look-up answers */
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json_member {
	uint32_t	 key, keyn;	/* between the quotes, as written */
	uint32_t	 value, valuen;	/* as written, quotes included */
	uint32_t	 field;		/* number among the names, or JSON_NO_FIELD */
	uint8_t		 type;		/* enum json_type */
	bool		 key_escaped;	/* the key holds a backslash */
	bool		 escaped;	/* the value is a string with a backslash */
	bool		 again;		/* an earlier member has the same key */
};

struct json_scan;

/*
 * names: the members that the caller will ask for by number, or NULL.  The
 * index must outlive the scanner.  depth 0 means JSON_DEPTH.
 */
struct json_scan *json_scan_new(const struct index *names, unsigned depth);
void		 json_scan_free(struct json_scan *);	/* NULL is allowed */

/*
 * Scans a line that must be one object, blanks around it allowed.  False with
 * an ERR_DATA of code json_syntax, json_depth or encoding, and a text that
 * names the byte (from 1) and what was expected.
 */
bool		 json_scan_object(struct json_scan *, const char *, size_t n,
		    struct err *);
/* The members of the last object, in their order. */
const struct json_member *json_scan_members(const struct json_scan *,
		    size_t *count);
/* The first member with the name of this number, or NULL. */
const struct json_member *json_scan_field(const struct json_scan *,
		    size_t field);

/*
 * Any one value with blanks around it; the same errors; needs no scanner, but
 * the slack.  A ceiling of nesting above 65,536 is taken as that.
 */
bool		 json_check(const char *, size_t n, unsigned depth,
		    struct err *);

/*
 * Walking inside a value that has been checked; it needs no slack.  Nothing here fails: what is
 * not there is JSON_NONE.  A struct json is a plain value.
 */
struct json {
	struct slice	 text;		/* as written; strings with their quotes */
	enum json_type	 type;
};

struct json_walk {
	const char	*p, *end;
};

struct json	 json_of(struct slice checked);
struct json_walk json_enter(struct json);	/* an object or array; else empty */
bool		 json_next_element(struct json_walk *, struct json *);
/* The key is as written, between the quotes. */
bool		 json_next_member(struct json_walk *, struct slice *key,
		    struct json *);
/* The first member of an object with this name; keys with escapes are known. */
struct json	 json_get(struct json object, const char *name);
/* The same for n names in one walk. */
void		 json_pick(struct json object, const char *const names[],
		    size_t n, struct json out[]);
/* By RFC 6901 pointer, "" being the value itself. */
struct json	 json_pointer(struct json, struct slice pointer);
size_t		 json_length(struct json);	/* of elements or members */

/*
 * The characters of a string value (with its quotes), in UTF-8: the slice of
 * the line itself where it has no escape, else decoded into the arena.  A lone
 * surrogate becomes U+FFFD.  For a value that is no string: its spelling.
 */
struct slice	 json_text(struct json, struct arena *);
/* The same for a key or string between its quotes. */
struct slice	 json_unescape(struct slice raw, struct arena *);
/*
 * The next code point of a raw key or string, escapes decoded; JSON_LONE for
 * half of a surrogate pair.  *p < end; it moves behind what it read.
 */
#define JSON_LONE	UINT32_MAX
uint32_t	 json_next_code(const char **p, const char *end);
/* Whether the raw key (as written) is this name. */
bool		 json_key_is(struct slice raw, struct slice name);

/* A copy with JSON_SLACK readable bytes behind it, in the arena. */
struct slice	 json_pad(struct slice, struct arena *);

#endif
