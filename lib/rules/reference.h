/*
 * reference - a stream that rules look records up in, by one of its members:
 * `foreign_key person.person_id`, `person(person_id).birth_date`.
 *
 * A plan names what its rules read; reference_load reads it, once, before the
 * first record, and keeps only the members that are read.  Then it is const
 * and shared by all workers.
 *
 * Keys are kept as the first 96 bits of the SHA-256 of their text: with 10^8
 * keys the chance that any two are taken for one is below 10^-13.
 */
#ifndef RULES_REFERENCE_H
#define RULES_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "json/scan.h"

#define KEY_DIGEST	12	/* bytes */

struct runs;
struct overflow;

struct reference {
	struct slice	 name, key;	/* "person", "person_id" */
	struct slice	*members;	/* that rules read */
	size_t		 nmembers, room;
	struct runs	*rows;		/* one entry a key; NULL: not loaded */
	struct overflow	*values;
	uint64_t	 nrows;		/* with a key */
	uint64_t	 nkeyless;
	/* As a database sees it: only what is null is missing.  Such a one may
	 * have no file, and lack the key or members (NULL: nothing). */
	bool		 plain;
	bool		*lacks;		/* key, then members */
};

/* The rows of one key. */
struct reference_rows {
	uint32_t	 n;		/* 0: there is none */
	uint32_t	 differing;	/* bits of the members whose values do */
	uint64_t	 at;
};

struct reference_options {
	const char	*const *files;	/* "NAME=FILE", NULL at the end */
	const char	*folder;	/* of NAME.ndjson and such, or NULL */
	uint64_t	 memory;	/* for all of them */
	const char	*spill;		/* folder for what is beyond it */
	/* Told of each file that was read; may be NULL. */
	void		(*note)(void *ctx, const char *path,
			    const uint8_t digest[DIGEST_SIZE]);
	void		*ctx;
};

/* The first KEY_DIGEST bytes of the text's digest. */
void		 reference_digest(struct digest *, struct slice text,
		    uint8_t to[KEY_DIGEST]);

struct reference *reference_new(struct slice name, struct slice key,
		    struct arena *);
void		 reference_release(struct reference *);
/* The number of a member, added where it is new. */
size_t		 reference_member(struct reference *, struct slice path);
/*
 * Reads the files of all of them.  ERR_USAGE: no file is named, or two, or it
 * has no such member; ERR_INPUT: it cannot be read.
 */
bool		 reference_load(struct reference *const *, size_t n,
		    const struct reference_options *, struct err *);

/* Whether the rows say different things of a member. */
bool		 reference_differs(const struct reference_rows *,
		    size_t member);
/* Both may be called by several threads.  False: what was spilled is gone. */
bool		 reference_find(const struct reference *,
		    const uint8_t key[KEY_DIGEST], struct reference_rows *,
		    struct err *);
/* The value of a member in row i of them, in the arena. */
bool		 reference_value(const struct reference *,
		    const struct reference_rows *, size_t i, size_t member,
		    struct arena *, struct json *, struct err *);

/* --- between reference.c and reference_load.c ---------------------------------- */

/* Rows as they are read, before those of one key are put together. */
struct reference_loading {
	struct reference *to;
	struct runs	*rows;		/* key, offset of the values */
	struct overflow	*values;
	bool		*seen;		/* key, then members: in some row */
	struct digest	*digest;
};

/*
 * Adds a row: the JSON of its members, { "", 0 } where one is not there.  key:
 * trimmed, not missing.
 */
bool		 reference_add(struct reference_loading *, struct slice key,
		    const struct slice *values, struct err *);
/* Puts the rows of one key together; the reference can be asked. */
bool		 reference_settle(struct reference_loading *, uint64_t memory,
		    const char *spill, struct err *);

#endif
