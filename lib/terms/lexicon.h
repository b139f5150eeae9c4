/*
 * lexicon - entries with their names, laid out flat: found by code, by folded
 * name, and by the grams that names share with a text.
 *
 * A name that several entries bear stands once and knows all of them (its
 * senses).  The parts are the sections of an image (image.h), so that a list
 * that was compiled once is mapped and used as it is:
 *
 *	entries   code, display, how many names before (called)
 *	names     folded text, the same in words of one sense (synonym.h), how
 *	          many senses before
 *	senses    entries of the names, one name after the other
 *	called    names of the entries, one entry after the other
 *	grams     sorted by key: how many postings before, weight
 *	postings  names that have the gram, ascending
 *	codes     open addressing: entries by code
 *	folded    open addressing: names by text
 *	lengths   of the names as vectors of grams
 *	text      the bytes
 *
 * Entries, names and grams end with one more that only closes the last range.
 * A gram's weight is its squared idf, 1 + ln((1+n)/(1+names with it)); grams
 * are those of a name in words of one sense.  Const once open.
 */
#ifndef TERMS_LEXICON_H
#define TERMS_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "terms/image.h"
#include "terms/synonym.h"

#define LEXICON_PARTS	10
#define LEXICON_NONE	UINT32_MAX

struct lexicon_entry {
	uint32_t	 code, ncode, display, ndisplay, called;
};

struct lexicon_name {
	uint32_t	 text, ntext, plain, nplain, senses;
};

struct lexicon_gram {
	uint32_t	 key, postings;
	float		 weight;
};

struct lexicon {
	const struct lexicon_entry *entries;
	const struct lexicon_name *names;
	const struct lexicon_gram *grams;
	const uint32_t	*senses, *called, *postings, *codes, *folded;
	const float	*lengths;
	const char	*text;
	size_t		 ntext;
	uint32_t	 nentries, nnames, ngrams, ncodes, nfolded;
	float		 rare;		/* weight of a gram that no name has */
};

/* Making: entries get their numbers in order. */
struct lexicon_maker;

struct lexicon_maker *lexicon_maker_new(const struct synonyms *);
void		 lexicon_maker_free(struct lexicon_maker *);
uint32_t	 lexicon_maker_entry(struct lexicon_maker *, struct slice code,
		    struct slice display);
/* One more name of an entry; folded.  LEXICON_NONE where it is empty. */
uint32_t	 lexicon_maker_name(struct lexicon_maker *, uint32_t entry,
		    struct slice folded);
/* A further text that the owner refers to; where it begins. */
uint32_t	 lexicon_maker_text(struct lexicon_maker *, struct slice);
/* The parts, owned by the maker. */
void		 lexicon_maker_parts(struct lexicon_maker *,
		    struct slice parts[LEXICON_PARTS]);

/* Checks every number of the parts; ERR_INPUT where one is out of bounds. */
bool		 lexicon_open(struct lexicon *,
		    const struct slice parts[LEXICON_PARTS], struct err *);

/* Where a text's slot is sought first: stands in files, so it never changes. */
uint32_t	 lexicon_slot(struct slice);

/* LEXICON_NONE where there is none. */
uint32_t	 lexicon_find_code(const struct lexicon *, struct slice);
uint32_t	 lexicon_find_name(const struct lexicon *, struct slice folded);
const struct lexicon_gram *lexicon_gram(const struct lexicon *, uint32_t key);

static inline bool
lexicon_holds(const struct lexicon *l, uint32_t at, uint32_t n)
{
	return at <= l->ntext && n <= l->ntext - at;
}

static inline struct slice
lexicon_code(const struct lexicon *l, uint32_t entry)
{
	return (struct slice){ l->text + l->entries[entry].code,
		l->entries[entry].ncode };
}

static inline struct slice
lexicon_display(const struct lexicon *l, uint32_t entry)
{
	return (struct slice){ l->text + l->entries[entry].display,
		l->entries[entry].ndisplay };
}

static inline struct slice
lexicon_name(const struct lexicon *l, uint32_t name)
{
	return (struct slice){ l->text + l->names[name].text,
		l->names[name].ntext };
}

static inline struct slice
lexicon_plain(const struct lexicon *l, uint32_t name)
{
	return (struct slice){ l->text + l->names[name].plain,
		l->names[name].nplain };
}

#endif
