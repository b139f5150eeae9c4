/*
 * consult - what the rules left open, asked of a model: the pieces of a
 * record's question (extract/inquiry), its answers proved (extract/proof),
 * voted on (extract/ballot) and joined with the rules'.
 */
#ifndef EXTRACT_CONSULT_H
#define EXTRACT_CONSULT_H

#include "extract/answer.h"
#include "extract/choose.h"
#include "extract/inquiry.h"
#include "model/client.h"

struct consult {
	struct asking	 asking;
	struct wordings	*wordings;
	struct client	*client;
	bool		 use_rules;	/* where the service is down: go on */
	/*
	 * Counts: keys that are no indicator, records that were asked about,
	 * records without an answer.
	 */
	uint64_t	 unknown, asked, failed;
};

struct question;	/* lives in the record's arena */

/*
 * Asks; NULL where nothing is open.  Reading, candidates, answers and sources
 * must live until consult_merge.
 */
struct question	*consult_ask(struct consult *, const struct reading *,
		    const struct candidates *, struct answers *,
		    const struct source *, size_t nsources);
/* Works for up to so long; false where the cache fails. */
bool		 consult_work(struct consult *, unsigned ms, struct err *);
bool		 question_is_done(const struct question *);
/* Whether the run has stopped before it was answered. */
bool		 question_is_held(const struct question *);
/* Puts what was answered, and what failed, into the answers. */
void		 consult_merge(struct consult *, struct question *);
/* The report's member "llm", JSON behind what is in the buffer. */
void		 consult_report(const struct consult *, struct buf *);

#endif
