/*
 * encoding - strict transcoding to UTF-8, through iconv.
 *
 * GB18030 goes by a table that is built from iconv itself when the encoding is
 * opened (several times faster, the same characters); GB2312, GBK and CP936
 * are read as GB18030.  Its byte 0x80 is taken for the euro sign, which iconv
 * refuses and hospitals write, and counted.  An encoding is not shared
 * between threads.
 */
#ifndef IO_ENCODING_H
#define IO_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct encoding;

/* Any name that iconv knows; ERR_USAGE for another. */
struct encoding	*encoding_open(const char *name, struct err *);
void		 encoding_close(struct encoding *);	/* NULL is allowed */
/* "utf-8", "gb18030", or the name as given in lower case. */
const char	*encoding_name(const struct encoding *);

/*
 * Appends the UTF-8 of text to out.  Strict: the first bad byte ends it with
 * ERR_DATA, code "encoding"; *used (may be NULL) is then its offset.  With
 * `final` false, a character cut off at the end is left over instead, and
 * *used says how much was taken.
 */
bool		 encoding_decode(struct encoding *, struct slice text,
		    bool final, struct buf *out, size_t *used, struct err *);
/*
 * As much text as fits into room bytes of UTF-8 at `to`, in whole characters;
 * returns how much was taken, *made is what came of it.  A unit that is no
 * character is one byte FF.  With `final` false, one that is cut off at the
 * end is left.  Not for UTF-8 and GB18030, which are cut before decoding.
 */
size_t		 encoding_recode(struct encoding *, struct slice text,
		    bool final, char *to, size_t room, size_t *made);
/* Bytes of its smallest unit: 4 of UTF-32, 2 of UTF-16, else 1. */
size_t		 encoding_unit(const char *name);
/* UTF-8 to this encoding; ERR_DATA where it has no such character. */
bool		 encoding_encode(struct encoding *, struct slice text,
		    struct buf *out, struct err *);
/* How often 0x80 was read as a euro sign so far. */
uint64_t	 encoding_euros(const struct encoding *);

/* How many bytes from the start are valid GB18030 (0x80 counts as valid). */
size_t		 encoding_gb18030_prefix(const char *, size_t n);

/*
 * What a text is, strictly: by its BOM (*bom bytes, may be NULL), else UTF-8,
 * else GB18030, else NULL.  UTF-16 without BOM is told by its zero bytes, and
 * has to be plain text then.
 * Never a statistical guess.
 */
const char	*encoding_detect(struct slice, size_t *bom);

#endif
