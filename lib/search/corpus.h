/*
 * corpus - an index file, mdx-ask-index(5): records, their passages, the words
 * of the passages, values of indicators.
 *
 * FTS5 is used as an inverted index only: words are looked up by binding them
 * against its vocabulary, so that nothing a user types is ever its syntax.
 * One process writes; any number may read meanwhile.
 */
#ifndef SEARCH_CORPUS_H
#define SEARCH_CORPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/store.h"

#define CORPUS_WAIT	10000	/* ms for another writer */

struct corpus {
	struct store	*store;
	uint64_t	 passages, characters;	/* when it was opened */
	struct statement *frequency, *postings, *passage, *record;
};

enum corpus_mode {
	CORPUS_READ,
	CORPUS_WRITE,
	CORPUS_CHECK		/* as WRITE, but the file must exist */
};

/*
 * identified: whether the user allows an index of identified records.  Making
 * one with it marks the file and keeps it from other users; a marked one opens
 * only with it, an unmarked one is never written with it (ERR_USAGE).
 */
struct corpus	*corpus_open(const char *path, enum corpus_mode,
		    bool identified, struct err *);
void		 corpus_close(struct corpus *);	/* NULL is allowed */

/* How many passages hold a word, as the tokenizer writes it; -1 with *e. */
int64_t		 corpus_frequency(struct corpus *, struct slice word,
		    struct err *);

/*
 * SQLite's own check, that of the words, and that records, passages and totals
 * agree; ERR_INPUT with the first finding.
 */
bool		 corpus_check(struct corpus *, struct err *);
/* One object: records, passages, characters, words, kinds, identified. */
bool		 corpus_stats(struct corpus *, struct buf *, struct err *);

#endif
