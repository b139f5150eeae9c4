/*
 * consult - what the rules left open, asked of a model: one question a
 * record, its answer proved (extract/verify) and joined with the rules'.
 */
#ifndef EXTRACT_CONSULT_H
#define EXTRACT_CONSULT_H

#include "extract/answer.h"
#include "extract/choose.h"
#include "extract/guide.h"
#include "extract/reading.h"
#include "model/client.h"

struct consult {
	const struct guide *guide;
	struct client	*client;
	struct slice	 model;
	enum chat_mode	 mode;
	const struct deid_words *words;	/* redaction; NULL: none */
	const bool	*ask;		/* by indicator number; NULL: what is open */
	bool		 all;		/* ask for every indicator */
	/* Counts: keys that are no indicator, records without an answer. */
	uint64_t	 unknown, failed;
};

struct question;	/* lives in the record's arena */

/* The body of the request, for `prompt`; false where nothing is open. */
bool		 consult_body(const struct consult *, const struct reading *,
		    const struct answers *, struct buf *);
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
