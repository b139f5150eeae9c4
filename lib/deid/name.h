/*
 * name - whether a name begins at a position.  Private to lib/deid.
 *
 * A surname alone proves nothing: how much of a name it must be depends on what
 * stands before it.
 */
#ifndef DEID_NAME_H
#define DEID_NAME_H

#include "deid/letters.h"

enum proof {
	PROOF_FIELD,	/* behind 姓名：: anything short is one */
	PROOF_ROLE,	/* behind 患者, 其妻 */
	PROOF_WORD,	/* behind 由, 请 */
	PROOF_NONE	/* between marks, with 签字 and such behind it */
};

/* How many letters, 0 for none. */
size_t	name_at(const struct deid_words *, const struct letters *, size_t at,
	    enum proof);
/* The same for 阿卜杜拉·买买提 only. */
size_t	name_dotted(const struct deid_words *, const struct letters *,
	    size_t at, enum proof);
/* Nothing of a name can go on here. */
bool	name_is_over(const struct deid_words *, const struct letters *,
	    size_t at);
/* Letters of given names; letters that are not known to be in none. */
bool	name_is_given(const struct deid_words *, const struct letters *,
	    size_t from, size_t to);
bool	name_may_be_given(const struct deid_words *, const struct letters *,
	    size_t from, size_t to);

#endif
