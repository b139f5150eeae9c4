/*
 * second_reader - a model's proposals for the terms of a review file.
 *
 * It sees a scrubbed term and its numbered candidates, and answers with
 * numbers among them; anything else is no answer.  A proposal fills `pick` and
 * is signed by nobody: the term stays for a person.  Most frequent terms are
 * asked for first, so that a budget goes where it helps most.
 */
#ifndef MAPPING_SECOND_READER_H
#define MAPPING_SECOND_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "deid/find.h"
#include "model/client.h"
#include "terms/review.h"

struct second_reader {
	struct client	*client;
	struct slice	 model;
	const struct deid_words *words;	/* for the scrub */

	uint64_t	 asked, proposed, none, failed;
};

/*
 * ERR_SERVICE where the server is down or a budget is spent: what was answered
 * until then is in the review.
 */
bool	second_reader_run(struct second_reader *, struct review *,
	    struct err *);

struct second_reader_options {
	struct client_options client;	/* but for its key */
	const char	*model;		/* NULL: the server's only one */
	const char	*key_path;	/* NULL: key, which may be NULL, too */
	const char	*key;
};

/* The same from the opening of the client to its end. */
bool	second_reader_ask(const struct second_reader_options *,
	    const struct deid_words *, struct review *, struct err *);

#endif
