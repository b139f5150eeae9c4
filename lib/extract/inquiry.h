/*
 * inquiry - what a model is asked about one record: the fields that are open,
 * in pieces that a model can hold.
 *
 * A long list of fields is asked in several lists, a long text in several
 * windows that overlap, each of them once a vote; each piece is one request.
 * Everything lives in the record's arena.
 */
#ifndef EXTRACT_INQUIRY_H
#define EXTRACT_INQUIRY_H

#include "extract/answer.h"
#include "extract/claim.h"
#include "extract/guide.h"
#include "extract/reading.h"
#include "extract/wording.h"
#include "model/chat.h"
#include "model/redact.h"

#define INQUIRY_FIELDS	40		/* of one request */
#define INQUIRY_TEXT	24000		/* bytes of text of one request */
#define INQUIRY_OVERLAP	600		/* bytes at most that two windows share */

struct asking {			/* const for a run */
	const struct guide *guide;
	struct slice	 model;
	enum chat_mode	 mode;
	const struct deid_words *words;	/* redaction; NULL: none */
	const bool	*only;		/* by indicator number; NULL: what is open */
	bool		 all;		/* every indicator */
	struct slice	 temperature;	/* a JSON number; n 0: 0 */
	uint64_t	 seed;		/* of the first vote; then counted up */
	unsigned	 votes;		/* at least 1 */
};

/* One request, and what became of it (extract/consult). */
struct piece {
	struct piece	*next;
	struct inquiry	*of;
	unsigned	 vote;		/* from 0 */
	bool		*fields;	/* one a field of the document type */
	struct slice	 text;
	bool		 answered, reasoned;
	struct slice	 why;		/* not answered: a word */
	struct claim	*claims;
	size_t		 nclaims;
};

struct inquiry {
	const struct reading *reading;
	struct redacted	 redacted;
	bool		*fields;	/* of all pieces */
	unsigned	 votes;
	struct piece	*pieces;	/* by vote, window, list */
};

/* NULL where nothing is open. */
struct inquiry	*inquiry_new(const struct asking *, const struct reading *,
		    const struct answers *);
/* As inquiry_new, for the fields that are true. */
struct inquiry	*inquiry_of(const struct asking *, const struct reading *,
		    const bool *fields);
/* wordings: used where the same fields were asked before; NULL: none kept. */
void		 piece_prompt(const struct asking *, struct wordings *,
		    const struct piece *, struct chat_prompt *);
/*
 * Leaves one half of its fields in the piece; the piece of the others, behind
 * it.  NULL where there is only one.
 */
struct piece	*piece_halve(struct piece *);

#endif
