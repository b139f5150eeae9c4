/*
 * thesaurus - the words that names of columns are made of, however spelled.
 *
 * lib/share/thesaurus.csv has a word in each row, with all that means the same
 * in a column's name: 医生, 医师, doctor, doct.  A name is cut into words at its
 * separators, humps and digits (visitNo, VISIT_NO), and between these into
 * the longest words that the table knows.  What it does not know is a word of
 * its own.  Plain words (编码, 姓名, flag) are left out; a name of common words
 * alone (科室, 状态, 创建时间) may be of any table.
 *
 * Built once, then const and shared.
 */
#ifndef SOURCES_THESAURUS_H
#define SOURCES_THESAURUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct thesaurus;

enum {
	THESAURUS_WORDS = 12,		/* of a name; what follows is left out */
	THESAURUS_NAME = 96		/* bytes of a name that are looked at */
};

/* The words of a name that are not plain: in order of number, each once. */
struct wording {
	uint32_t	id[THESAURUS_WORDS];
	size_t		n;
	bool		 unknown;	/* a word of it is none of the table */
	bool		 tells;		/* not all are common ones */
};

/* ERR_USAGE where a word is in two rows; path is for messages. */
struct thesaurus	*thesaurus_parse(const char *path, struct slice text,
			    struct err *);
struct thesaurus	*thesaurus_load(const char *path, struct err *);
void		 thesaurus_free(struct thesaurus *);	/* NULL is allowed */
/* What it does not know becomes a word of the table. */
void		 thesaurus_learn(struct thesaurus *, struct slice name,
		    struct wording *);
/* Its spellings, from 0, and the word of each. */
size_t		 thesaurus_spellings(const struct thesaurus *);
struct slice	 thesaurus_spelling(const struct thesaurus *, size_t,
		    uint32_t *word);
/* Adds a word, if it is not plain. */
void		 thesaurus_put(const struct thesaurus *, uint32_t word,
		    struct wording *);
void		 thesaurus_cut(const struct thesaurus *, struct slice name,
		    struct wording *);

#endif
