/*
 * question - what a user types, as words to look for.
 *
 * In a question "..." must occur and -word must not; nothing else is syntax.
 * A number behind a hyphen is text: -5 is no word that must not occur.
 */
#ifndef SEARCH_QUESTION_H
#define SEARCH_QUESTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/slice.h"

#define QUESTION_MAX	((size_t)64 << 10)

struct term {
	struct slice	 text;		/* folded, as the tokenizer writes it */
	double		 weight;	/* 1, for a pair of characters 0.5 */
	bool		 marks;		/* worth showing where it stands */
	uint64_t	 passages;	/* filled by rank: that hold it */
	double		 idf;
};

struct question {
	struct arena	*arena;		/* owns all of it */
	struct slice	 text;		/* as typed */
	struct term	*terms;
	size_t		 nterms;
	struct index	*words;		/* text of a term -> its number */
	struct slice	*must, *must_not;	/* folded */
	size_t		 nmust, nmust_not;
};

/*
 * ERR_USAGE for an empty one; ERR_DATA, code "limit_record" over QUESTION_MAX,
 * "encoding" where it is not UTF-8.  With plain, words that only ask (多少, 怎么)
 * are left out, unless there is nothing else: no record answers by them, but
 * titles that are questions themselves are ranked better with them.
 */
struct question	*question_parse(struct slice, bool plain, struct err *);
void		 question_free(struct question *);	/* NULL is allowed */

#endif
