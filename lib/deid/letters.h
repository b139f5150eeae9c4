/*
 * letters - a text as code points with their bytes; full width is narrowed.
 * And the finders that share it.  Private to lib/deid.
 *
 * A finder looks at one position and answers how many letters it takes, 0 for
 * none.  What stands before the position is context.
 */
#ifndef DEID_LETTERS_H
#define DEID_LETTERS_H

#include "base/utf8.h"
#include "deid/find.h"

struct letters {
	uint32_t	*code;		/* n, and a 0 behind them */
	uint32_t	*at;		/* byte of each, and the end */
	size_t		 n;
};

struct finding {
	size_t		 from, to;	/* letters */
	enum label	 label;
	const char	*rule;
	struct date	 date;
};

enum word_kind {
	WORD_SURNAME, WORD_LABEL, WORD_AFTER, WORD_KIN, WORD_KEEP, WORD_NUMBER
};

#define WORD_MOST 12

struct word {
	uint32_t	 code[WORD_MOST];
	size_t		 n;
	enum word_kind	 kind;
	enum label	 label;
};

static inline bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
is_han(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

/* The longest word of this kind at the position, or NULL. */
const struct word *words_at(const struct deid_words *,
	    const struct letters *, size_t at, enum word_kind);

void	letters_of(struct slice text, struct arena *, struct letters *);
bool	find_number(const struct letters *, size_t at, struct finding *);
bool	find_address_mail(const struct letters *, size_t at,
	    struct finding *);
bool	find_name(const struct deid_words *, const struct letters *,
	    size_t at, struct finding *);

#endif
