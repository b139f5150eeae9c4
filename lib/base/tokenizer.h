/*
 * tokenizer - words and Chinese bigrams with their places, and folding.
 *
 * No dictionary: a CJK run becomes overlapping pairs (甲状腺 -> 甲状 状腺; a
 * run of one is itself), Latin words and numbers stay whole (HbA1c, CA19-9,
 * 5.3cm), and scripts part where they meet.  The same text gives the same
 * tokens everywhere; index and query must both use it.
 */
#ifndef BASE_TOKENIZER_H
#define BASE_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum token_kind {
	TOKEN_WORD,		/* letters and digits that stand together */
	TOKEN_PAIR,		/* two CJK characters, or a run of only one */
	TOKEN_SINGLE,		/* each CJK character, with TOKEN_SINGLES */
	TOKEN_PART		/* a piece of a compound word, behind it */
};

enum {
	TOKEN_SINGLES = 1,	/* single characters, too */
	TOKEN_PARTS = 2		/* ca19 and 9 of CA19-9, 5.3 and cm of 5.3cm */
};

struct token {
	enum token_kind	 kind;
	struct slice	 text;	/* folded; valid during the call */
	size_t		 from, to;	/* bytes of the original */
};

/* Returns false to stop. */
typedef bool	token_take(void *ctx, const struct token *);

/* False where take stopped it.  Invalid bytes part tokens. */
bool	tokenize(struct slice text, unsigned flags, token_take *, void *ctx);

/*
 * Folding, for comparison only: width, case, compatibility forms (Ⅱ ii, ㎎ mg,
 * ² 2, ﬁ fi), kinds of brackets, quotes, dashes and blanks; runs of blanks are
 * one, none at the ends.  Appends to out.
 */
void	fold_text(struct slice, struct buf *out);
/* As fold_text, and without any blank: for names. */
void	fold_name(struct slice, struct buf *out);
/* Whether two names are the same when folded. */
bool	fold_same(struct slice, struct slice);
/*
 * One code point folded to at most FOLD_MAX others; returns their number, 0
 * where it vanishes (zero-width).
 */
#define FOLD_MAX	4
size_t	fold_code(uint32_t code, uint32_t out[FOLD_MAX]);

#endif
