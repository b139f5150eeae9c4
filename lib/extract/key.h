/*
 * key - whose a record is: the members that --on names.
 *
 * One rule for all who match records by a key (gather, form, join, review,
 * corrections, tune).  A part of it is a string that is not blank, or a number
 * as it is written; blanks around it do not count, and parts compare as
 * strings: 007 is not 7, and "7" is 7.  A record that lacks a part, or has
 * null, a truth value, an array or an object in its place, has no key.
 */
#ifndef EXTRACT_KEY_H
#define EXTRACT_KEY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "extract/settings.h"
#include "record/record.h"

/* The names of the record that key_of asks for; on: names or JSON pointers. */
void		 key_names(struct index *names, struct strings on);
/* A part out of a table's cell, or out of JSON; n 0: it is none. */
struct slice	 key_text(struct slice);
struct slice	 key_part(struct json, struct arena *);
/* All parts, in the record's arena, or NULL: ERR_DATA, `no_key`. */
struct slice	*key_of(struct record *, const struct index *names,
		    struct strings on, struct err *);

/* The parts as one, each with a NUL behind it, behind what is in the buffer. */
void		 key_put(struct buf *, const struct slice *parts, size_t n);
/*
 * The parts as one cell for people: one alone as it stands, several with a bar
 * between; there a bar or backslash of their own has a backslash before it.
 */
struct slice	 key_shown(const struct slice *parts, size_t n,
		    struct arena *);

#endif
