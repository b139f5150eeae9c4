/*
 * outer - what can be known of a source before it is read: whether it is a
 * regular file, its digest, and the encoding of the whole of it.
 *
 * One pass over a regular file answers both; it is left out where the file is
 * too large for src.sha256 and no text, or where only its head is read.
 */
#ifndef SOURCES_OUTER_H
#define SOURCES_OUTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "sources/source.h"

struct outer {
	bool		 live;		/* no regular file */
	bool		 file;		/* a regular file, not standard input */
	bool		 plain;		/* a regular file that is not compressed */
	bool		 sqlite;	/* and is an SQLite file */
	bool		 archive;	/* and is an archive that can seek */
	bool		 head_only;	/* what is behind its head stays unread */
	bool		 hashed;	/* for src.sha256 or the report */
	bool		 known;		/* the digest is of the whole file */
	uint8_t		 digest[DIGEST_SIZE];
	bool		 judged, gb;	/* all seen; GB18030 rather than UTF-8 */
	bool		 cr;		/* and there is a carriage return */
	uint64_t	 size;
};

/*
 * What cannot be opened is left for the reader to say.  report: the run writes
 * one; second: a second thread may help.
 */
void	outer_look(struct outer *, const char *path,
	    const struct source_options *, bool report, bool second);

#endif
