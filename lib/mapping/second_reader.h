/*
 * second_reader - a model's proposals for terms that need a person.
 *
 * It sees a scrubbed term and its numbered candidates, and answers with
 * numbers among them; anything else is no answer.  What it proposes is signed
 * by nobody: the term stays for a person.
 */
#ifndef MAPPING_SECOND_READER_H
#define MAPPING_SECOND_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "deid/find.h"
#include "model/settings.h"
#include "terms/review.h"

struct second_reader {
	struct client	*client;
	struct slice	 model;
	const struct deid_words *words;	/* for the scrub */

	uint64_t	 asked, proposed, none, failed;
};

/* The settings and the words must outlive it. */
bool	second_reader_open(struct second_reader *, struct model_settings *,
	    const struct deid_words *, struct err *);
void	second_reader_close(struct second_reader *);

/*
 * A term and its candidates, each "code|display|p".  The answer of the client
 * has the tag; the arena must live until then.
 */
void	second_reader_ask(struct second_reader *, struct slice term,
	    const struct slice *candidates, size_t n, void *tag,
	    struct arena *);
/*
 * The candidates out of n that it means, numbered from 0, each once; false
 * where it was not asked or gave no answer.
 */
bool	second_reader_take(struct second_reader *,
	    const struct client_answer *, size_t n, struct arena *,
	    size_t **picks, size_t *npicks);

/*
 * All terms of a review, from the opening of the client to its end; a proposal
 * fills `pick`.  Most frequent terms are asked for first, so that a budget
 * goes where it helps most.  ERR_SERVICE where the server is down or a budget
 * is spent: what was answered until then is in the review.
 */
bool	second_reader_review(struct model_settings *,
	    const struct deid_words *, struct review *, struct err *);

#endif
