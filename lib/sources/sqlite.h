/*
 * sqlite - an SQLite file as a database: its tables are members.
 *
 * A file is opened where it is, read-only; one that comes from an archive or a
 * pipe is kept in a temporary file while it is read.
 */
#ifndef SOURCES_SQLITE_H
#define SOURCES_SQLITE_H

#include <stdbool.h>

#include "base/err.h"
#include "io/stop.h"
#include "sources/database.h"
#include "sources/job.h"

/*
 * NULL with *e: ERR_INPUT where it is none or damaged, ERR_SERVICE where it is
 * locked for 10 s.  stop may be NULL.
 */
struct database	*sqlite_open(const char *path, const struct stop *,
		    struct err *);

/*
 * Whether an option asks for more than all of its tables, of a file that is
 * one: then it says itself what is new.
 */
bool	sqlite_is_asked(const struct source_options *, const char *path);

/* `sqlite:FILE`. */
bool	sqlite_source(struct job *, const char *uri, struct err *);
/* A file that is one, by its magic; the account is the file's own. */
bool	sqlite_file(struct job *, const struct place_of *, uint64_t size,
	    struct err *);

#endif
