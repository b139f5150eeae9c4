/*
 * charset - the encoding of one member's text, row by row.
 *
 * A byte order mark or --encoding settles it.  Else the beginning that the
 * caller can show (a whole file where there is one, some MiB of a stream)
 * says which of UTF-8 and GB18030 is tried first; each row is then read
 * strictly as that, or as the other.  A row that is neither is refused.  A
 * member with rows of both kinds is mixed, and the manifest says so.
 */
#ifndef SOURCES_CHARSET_H
#define SOURCES_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct encoding;

struct charset {
	const char	*declared;	/* by option or BOM; NULL: judged */
	bool		 gb_first;
	size_t		 bom;		/* bytes of the mark */
	struct encoding	*gb, *other;	/* opened when first needed */
	struct buf	 text;		/* what charset_decode made */
	uint64_t	 utf8, gb18030;	/* rows that were not plain ASCII */
};

/* declared: a name that iconv knows, or NULL.  ERR_USAGE. */
bool		 charset_init(struct charset *, const char *declared,
		    struct err *);
void		 charset_release(struct charset *);
/* Looks at the beginning of the member; whole says that it is all of it. */
void		 charset_judge(struct charset *, struct slice head, bool whole);
/* Whether the trail bytes of GB18030 are to be expected in raw bytes. */
bool		 charset_is_gb(const struct charset *);
/* Two bytes a character: rows cannot be framed before decoding. */
bool		 charset_is_wide(const struct charset *);
/*
 * The row in UTF-8, valid until the next call: the slice itself where it
 * needs no change.  *name says what it was read as.  ERR_DATA, encoding.
 */
bool		 charset_decode(struct charset *, struct slice raw,
		    struct slice *text, const char **name, struct err *);
/* The name for the manifest: what most rows were. */
const char	*charset_name(const struct charset *);
bool		 charset_is_mixed(const struct charset *);
/* Bytes 0x80 that were read as a euro sign. */
uint64_t	 charset_euros(const struct charset *);

/*
 * A name of a member in whatever encoding: UTF-8, else GB18030, else with
 * %XX for what decodes in no way.  Appended to the buffer.
 */
void		 charset_name_text(struct slice raw, struct buf *);

#endif
