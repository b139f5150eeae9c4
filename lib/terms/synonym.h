/*
 * synonym - words of equal sense: a text in one word for each sense, for
 * comparing it only.
 *
 * A row of synonyms.csv is `word,same`: each of the words in `same` (parted by
 * `;`) reads as `word`, the one that national lists use.  The longest word
 * that fits is taken, from left to right.  A word that begins or ends with a
 * letter or digit fits only where no further one stands beside it: CA is not
 * in CA125.  The format is in mdx-terms(5).  Const once loaded.
 */
#ifndef TERMS_SYNONYM_H
#define TERMS_SYNONYM_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

struct synonyms;

struct synonyms	*synonyms_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
/* Of the text that was parsed; of NULL that of nothing. */
void		 synonyms_digest(const struct synonyms *,
		    uint8_t[DIGEST_SIZE]);
void		 synonyms_free(struct synonyms *);	/* NULL is allowed */
/*
 * The folded text rewritten; itself where no word of it has another, else in
 * the buffer, which is emptied before.  NULL synonyms change nothing.
 */
struct slice	 synonyms_text(const struct synonyms *, struct slice folded,
		    struct buf *);

#endif
