/*
 * charset - the encoding of one member's text, row by row.
 *
 * A byte order mark or --encoding settles it.  Else each row is read strictly
 * as UTF-8 or as GB18030.  A row that could be both (which takes a few
 * characters that are two bytes long in both) is what the rows before it were,
 * or with none before, what the text turned out to be that the caller could
 * show: a whole file where there is one, some MiB of a stream.  A row that is
 * neither is refused.  A member with rows of both kinds is mixed, and the
 * manifest says so.
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
	bool		 recoded;	/* rows come as UTF-8 (sources/recode) */
	struct encoding	*gb, *other;	/* opened when first needed */
	struct buf	 text;		/* what charset_decode made */
	uint64_t	 utf8, gb18030;	/* rows that were not plain ASCII */
};

/* declared: a name that iconv knows, or NULL.  ERR_USAGE. */
bool		 charset_init(struct charset *, const char *declared,
		    struct err *);
void		 charset_release(struct charset *);
/* Looks at the beginning of the member. */
void		 charset_judge(struct charset *, struct slice head);
/* What the text says of itself; false for a name that nobody knows. */
bool		 charset_declare(struct charset *, const char *name);
/* Whether bytes that may be UTF-8 or GB18030 say which of them they are. */
bool		 charset_is_telling(struct slice head);
/* Whether the trail bytes of GB18030 are to be expected in raw bytes. */
bool		 charset_is_gb(const struct charset *);
/* Whether text cannot be cut before it is decoded. */
bool		 charset_needs_recoding(const struct charset *);
/*
 * The row in UTF-8, valid until the next call: the slice itself where it
 * needs no change.  *name says what it was read as.  ERR_DATA, encoding.
 */
bool		 charset_decode(struct charset *, struct slice raw,
		    struct slice *text, const char **name, struct err *);
/*
 * For who checks UTF-8 anyway: whether a row that is valid would be taken as
 * such, and the name of one that was found to be.
 */
bool		 charset_takes_utf8(const struct charset *);
const char	*charset_took_utf8(struct charset *, struct slice raw);
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
/* The same for a path, each part of it by itself. */
void		 charset_path_text(const char *path, struct buf *);
/* As a JSON string. */
void		 charset_path_json(const char *path, struct buf *);

#endif
