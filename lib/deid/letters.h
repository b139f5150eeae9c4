/*
 * letters - a text as code points with their bytes: full width is narrowed,
 * what has no width is left out.  And the finders that share it.  Private to
 * lib/deid.
 *
 * A finder looks at one position and says which letters it takes, if any.  What
 * stands before the position is context.
 */
#ifndef DEID_LETTERS_H
#define DEID_LETTERS_H

#include "base/utf8.h"
#include "deid/find.h"

struct letters {
	uint32_t	*code;		/* n, and zeros behind them */
	uint32_t	*at;		/* byte of each, and the end */
	size_t		 n;
	size_t		 last;	/* behind what was found so far */
};

#define LETTERS_SLACK	8		/* zeros behind the last letter */

struct finding {
	size_t		 from, to;	/* letters */
	enum label	 label;
	const char	*rule;
	struct date	 date;
};

/* By their place in SHARE/deid/titles.csv, and the other tables there. */
enum word_kind {
	WORD_LABEL,	/* field names: a name stands behind them */
	WORD_ROLE,	/* 患者: a name may */
	WORD_AFTER,	/* 主任: a name may stand before it */
	WORD_SUFFIX,	/* 姐: the same, where the word ends with it */
	WORD_KIN,
	WORD_BEFORE,	/* 由: words before a name */
	WORD_THEN,	/* 签字: words behind one */
	WORD_THING,	/* 综合征: what no person's name stands before */
	WORD_NUMBER,	/* 住院号 */
	WORD_WARD,	/* ICU, 床: a bed's number may be the next field */
	WORD_OTHER,	/* 标本号: its number is no person's */
	WORD_TOWARD,	/* 转至: words before a hospital */
	WORD_HOSPITAL,	/* 医院: ends of names of hospitals */
	WORD_INSTITUTE,	/* 人民: parts of them */
	WORD_VAGUE,	/* 当地: whose name it is not */
	WORD_PLACE,
	WORD_LEAD,	/* 住: letters before an address */
	WORD_REGION,	/* 市: marks of the parts of an address */
	WORD_ROAD,
	WORD_UNIT,
	WORD_PLATE,	/* first letters of plates */
	WORD_SURNAME,
	WORD_GIVEN,	/* letters of given names */
	WORD_TELLING,	/* those of them that findings hardly use */
	WORD_NEVER,	/* letters that given names have not */
	WORD_FOREIGN,	/* letters of names that are spelled by sound */
	WORD_KEEP,
	WORD_KINDS
};

#define WORD_MOST 12

struct word {
	uint32_t	 code[WORD_MOST];
	uint8_t		 n;
	uint8_t		 kind;
	uint8_t		 label;
	bool		 common;	/* of a name, and no other word */
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
is_upper(uint32_t c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
is_han(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

/* 0 to 9 for 〇 to 九, also as they are spoken and drawn (幺, ○); else -1. */
static inline int
han_digit(uint32_t c)
{
	if (c == 0x25CB) /* ○ */
		return 0;
	return c == 0x5E7A ? 1 : utf8_han_digit(c); /* 幺 */
}

static inline bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t';
}

static inline bool
is_line_end(uint32_t c)
{
	return c == '\n' || c == '\r';
}

static inline bool
is_hyphen(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static inline bool
is_dot(uint32_t c)
{
	return c == 0xB7 || c == 0x2022 || c == 0x30FB || c == 0x2027;
}

static inline size_t
behind_blanks(const struct letters *l, size_t at)
{
	while (is_blank(l->code[at]))
		at++;
	return at;
}

/* Neither a letter nor a dot inside a name. */
static inline bool
is_end(uint32_t c)
{
	return !is_han(c) && !is_dot(c);
}

static inline bool
found_at(struct finding *f, size_t from, size_t to, enum label label,
    const char *rule)
{
	*f = (struct finding){
		.from = from, .to = to, .label = label, .rule = rule
	};
	return true;
}

/*
 * Words by their first letter, then kind, the longest first: first[] says where
 * those of a letter begin, kinds[] which kinds there are (bits), ones[] those
 * of one letter, pairs[] those of two letters and more by a hash of the first
 * two, and a key of each is looked at before the word itself.
 */
#define WORD_PAIRS 16384
struct word_key {
	uint8_t		 kind, n;
	uint16_t	 second;	/* letter, 0 where there is none */
	uint16_t	 run;		/* words from here on of this letter and kind */
};

struct deid_words {
	struct word	*list;
	struct word_key	*keys;
	size_t		 n, room;
	uint16_t	*first;		/* 65537: of letters up to U+FFFF */
	uint32_t	*kinds;		/* 65536 */
	uint32_t	*ones;		/* 65536 */
	uint32_t	*pairs;		/* WORD_PAIRS */
};

#define KIND(kind) (1u << (kind))

/* Bits of the kinds of words that begin with this letter. */
static inline uint32_t
words_kinds(const struct deid_words *w, uint32_t letter)
{
	return letter < 0x10000 ? w->kinds[letter] : 0;
}

static inline size_t
words_pair(uint32_t first, uint32_t second)
{
	return ((first * 0x9E3779B1u) ^ (second * 0x85EBCA6Bu)) >> 18;
}

/* What words_at does where there may be one. */
const struct word *words_search(const struct deid_words *,
	    const struct letters *, size_t at, enum word_kind);

/* The longest word of this kind at the position, or NULL. */
static inline const struct word *
words_at(const struct deid_words *w, const struct letters *l, size_t at,
    enum word_kind kind)
{
	uint32_t c = l->code[at];

	if ((words_kinds(w, c) & KIND(kind)) == 0)
		return NULL;
	return (w->ones[c] | w->pairs[words_pair(c, l->code[at + 1])]) &
		KIND(kind)
	    ? words_search(w, l, at, kind)
	    : NULL;
}

/* Full width, other scripts' digits and other blanks to their ASCII forms. */
uint32_t letters_plain(uint32_t code);
void	letters_of(struct slice text, struct arena *, struct letters *);
/* 一三八〇〇…: seven or more become digits, in place. */
void	letters_count_off(struct letters *, size_t at);

/* At a digit, '+' or '('. */
bool	find_number(const struct letters *, size_t at, struct finding *);
/* What proves itself: cards by check digit, phones by form. */
bool	find_proven(const struct letters *, size_t at, struct finding *);
bool	find_phone(const struct letters *, size_t at, struct finding *);
bool	is_beside_bed(uint32_t letter);
bool	find_bed(const struct letters *, size_t at, struct finding *);
bool	find_ward_bed(const struct deid_words *, const struct letters *,
	    size_t at, struct finding *);
bool	find_date(const struct letters *, size_t at, struct finding *);
/* At a Chinese numeral. */
bool	find_counted(const struct letters *, size_t at, struct finding *);
bool	find_age(const struct letters *, size_t at, struct finding *);
bool	find_internet_address(const struct letters *, size_t at,
	    struct finding *);
bool	find_mail(const struct letters *, size_t at, struct finding *);
bool	find_url(const struct letters *, size_t at, struct finding *);
/* Behind a label of WORD_NUMBER. */
bool	find_labelled(const struct deid_words *, const struct letters *,
	    size_t at, struct finding *);
bool	find_name(const struct deid_words *, const struct letters *,
	    size_t at, struct finding *);
/* A number behind the end of a name, in its row. */
bool	find_beside(const struct letters *, size_t at, size_t name,
	    struct finding *);
/* The same before a name; from last on. */
bool	find_before(const struct letters *, size_t name, size_t last,
	    struct finding *);
/* Of find_name: a name that nothing before it announces. */
bool	find_alone(const struct deid_words *, const struct letters *,
	    size_t at, struct finding *);
/* Plates and addresses from their start; hospitals from their end back. */
bool	find_place(const struct deid_words *, const struct letters *,
	    size_t at, size_t last, struct finding *);
/* Behind the parts of an address; the position itself where there are none. */
size_t	find_address_end(const struct deid_words *, const struct letters *,
	    size_t at);
/* Behind the label at the position and what may stand behind one. */
bool	label_at(const struct deid_words *, const struct letters *, size_t at,
	    enum word_kind, const struct word **, size_t *behind);

struct known_letters {
	struct letters	*values;
	size_t		 n;
	uint64_t	 first;		/* bits of first letters, modulo 64 */
};

void	known_letters_of(const struct known *, size_t n, struct arena *,
	    struct known_letters *);
bool	find_known(const struct letters *, const struct known *,
	    const struct known_letters *, size_t at, struct finding *);

static inline uint32_t
lower(uint32_t c)
{
	return c >= 'A' && c <= 'Z' ? c | 32 : c;
}

/* Whether one of the values may begin with this letter. */
static inline bool
known_may_begin(const struct known_letters *k, uint32_t c)
{
	return (k->first & 1ull << (lower(c) & 63)) != 0;
}

#endif
