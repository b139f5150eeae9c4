/*
 * verify - whether somebody else's claim (a model's) follows from the text.
 *
 * Nothing of a claim is believed: its quote is looked up in the text, exactly
 * or exactly in the view, and the value is computed again from the words of
 * the quote by the same lexer and the same context that the rules use.  What
 * is kept is the computed value.
 */
#ifndef EXTRACT_VERIFY_H
#define EXTRACT_VERIFY_H

#include "extract/answer.h"
#include "extract/candidate.h"
#include "extract/evidence.h"
#include "json/scan.h"

struct verifier {			/* all belongs to the caller */
	const struct reading *reading;
	const struct candidates *found;	/* of the same reading */
	const struct source *sources;
	size_t		 nsources;
	const struct answers *answers;	/* of the rules: which objects live */
};

struct claim_made {
	const struct field *field;
	unsigned	 object;	/* from 1; 0: not of a group */
	struct json	 value;		/* as the model wrote it */
	const struct slice *quotes;	/* at least one, of the original */
	size_t		 nquotes;
	bool		 absent, uncertain;	/* its `s` */
};

/*
 * Writes status, value, claimed, why and evidence of *out (d, key, object are
 * left alone).  True where the claim stands: ok, negated, uncertain or
 * out_of_range.  Else the status is ungrounded, the claim stands in `claimed`
 * and `why` is one of no_quote, cut_quote, no_value, other_value, other_scope,
 * suspect_text, other_object, other_field.  A claim that stands without one
 * of the field's words in or beside the quote has `why` no_anchor.
 */
bool		 verify(const struct verifier *, const struct claim_made *,
		    struct answer *out);

#endif
