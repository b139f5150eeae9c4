/*
 * review - the terms that a person must decide, and the file that asks.
 *
 * One line a distinct term, most frequent first, in the columns of
 * mdx-terms(5); a spreadsheet opens it (BOM, CRLF) and no cell of it is taken
 * for a formula.  Each worker counts in a review of its own; they are merged
 * at the end, so that the file does not depend on the number of workers.
 */
#ifndef TERMS_REVIEW_H
#define TERMS_REVIEW_H

#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "terms/terms.h"

struct review;

struct review	*review_new(void);
void		 review_free(struct review *);	/* NULL is allowed */

/* The row of a term, made if it is new; its count is not changed. */
size_t		 review_row(struct review *, struct slice field,
		    const struct term_query *, const struct term_answer *);
void		 review_count(struct review *, size_t row);
void		 review_merge(struct review *into, const struct review *);
/*
 * The approved answers whose code is gone (INVALID_TARGET) come first, with
 * what the code map proposes; a term that was counted stands there once.
 */
void		 review_add_stale(struct review *, const struct terms *);
size_t		 review_size(const struct review *);

/* A row's term as written, and its candidates as "code|display|p". */
struct slice	 review_term(const struct review *, size_t row);
size_t		 review_candidates(const struct review *, size_t row,
		    const struct slice **);
/* The rows in the order of the file, in the arena. */
const size_t	*review_order(const struct review *, struct arena *);
/* Fills pick, for a person to sign. */
void		 review_propose(struct review *, size_t row,
		    struct slice pick, const char *method);

/*
 * Takes names and numbers of persons out of the terms; scrub appends to the
 * buffer.  No record has what is left of such a term, so that nothing is
 * proposed for it, and its note says that it cannot be approved.
 */
void		 review_scrub(struct review *,
		    void (*scrub)(void *, struct slice, struct buf *),
		    void *ctx);
/* The file's text. */
void		 review_text(const struct review *, struct buf *);

#endif
