/*
 * record - one line of a stream, and the changes that a stage makes to it.
 *
 * The line is scanned once; what a stage does not change leaves byte for byte.
 * Members are found by numbers that the stage asked for when it was set up
 * (record_names).  Everything a stage makes lives in the record's arena, which
 * is emptied for the next record.  A record belongs to one worker.
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "json/scan.h"

struct record;

/*
 * An index for the names of members; `_mdx` is in it already, as number 0.
 * Add names with index_add before the first record.
 */
struct index	*record_names(void);

/* names must come from record_names and outlive the record; depth 0: 512. */
struct record	*record_new(const struct index *names, unsigned depth);
void		 record_free(struct record *);	/* NULL is allowed */

/*
 * The next line (without its line feed, JSON_SLACK readable bytes behind it,
 * alive as long as the record is used).  Errors are those of
 * json_scan_object.
 */
bool		 record_read(struct record *, struct slice line, struct err *);

struct slice	 record_line(const struct record *);
struct arena	*record_arena(struct record *);

/* --- reading ----------------------------------------------------------- */

/* The first member with this number, or NULL. */
const struct json_member *record_field(const struct record *, size_t number);
/* All members in their order. */
const struct json_member *record_members(const struct record *, size_t *count);
struct slice	 record_key(const struct record *, const struct json_member *);
/* JSON_NONE for NULL. */
struct json	 record_value(const struct record *,
		    const struct json_member *);
/* The characters of a string member, the spelling of another; n 0 for NULL. */
struct slice	 record_text(struct record *, const struct json_member *);
/* A member of `_mdx`. */
struct json	 record_trail(const struct record *, const char *name);
/* `_mdx.kind` and `_mdx.id`; n 0 where there is none. */
struct slice	 record_kind(struct record *);
struct slice	 record_id(struct record *);

/* --- changing ----------------------------------------------------------
 * Texts are JSON, kept by reference until the record is written: put them
 * into the arena.  Changes to one member add up (renamed and set).
 */
void		 record_set(struct record *, const struct json_member *,
		    struct slice json);
void		 record_rename(struct record *, const struct json_member *,
		    struct slice name);
void		 record_drop(struct record *, const struct json_member *);
/*
 * A new member directly behind one, in the order of the calls; behind NULL: as
 * the last one, but before `_mdx`.
 */
void		 record_add(struct record *, const struct json_member *behind,
		    struct slice name, struct slice json);
/* Sets, adds (as the last) or, with n 0, removes a member of `_mdx`. */
void		 record_set_trail(struct record *, const char *name,
		    struct slice json);
bool		 record_changed(const struct record *);
/* The record as it is now, without a line feed, behind what is in the buffer. */
void		 record_write(struct record *, struct buf *);

#endif
