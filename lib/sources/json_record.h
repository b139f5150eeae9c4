/*
 * json_record - one JSON value as a record of its member.
 */
#ifndef SOURCES_JSON_RECORD_H
#define SOURCES_JSON_RECORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "json/scan.h"
#include "sources/member.h"

struct document {
	struct member *m;
	struct json_scan *scan;
	struct index *names; /* `_mdx` */
	struct arena *arena; /* of a record */
	struct arena *urls;  /* of an entry */
	struct slice text;   /* the value that was written last */
	struct arena *held;  /* the beginning of a document */
	struct buf flat;     /* a value without its line ends */
	const char *const *path; /* of --at, in its parts; NULL ends it */
	uint64_t hits;       /* values that the path led to */
	bool alone;          /* the value is a document by itself */
	bool over;           /* all was read, and what is wrong was told */
	bool fhir, told;     /* told: the kind by columns is settled */
};

void	document_open(struct document *, struct member *, bool fhir);
void	document_close(struct document *);
/* Whether the bytes are a value; ERR_DATA. */
bool	document_check(struct document *, struct slice, struct err *why);
/*
 * Checks the bytes of a value, blanks around them allowed, and writes it as
 * an object without its closing brace; nothing is written where it fails.
 */
bool	document_object(struct document *, struct slice, const char **encoding,
	    struct buf *, struct err *why);
/* The kind by the names of the members of that object, or by other names. */
void	document_tell(struct document *);
/*
 * Checks the piece's bytes, blanks around them allowed, and writes them as a
 * record or sets them aside.
 */
bool	document_value(struct document *, struct piece *, struct err *);

static inline bool
is_blank_byte(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#endif
