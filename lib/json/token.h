/*
 * token - the tokens of RFC 8259, checked byte by byte.
 *
 * Every function takes the first byte of a token and answers the byte behind
 * it, or NULL after noting in the text what is wrong and where.  The bytes
 * behind the end of the text are readable but mean nothing; to keep the common
 * path short a token may be read from them.  Whoever takes the next step
 * therefore asks whether the end has been passed.
 *
 * Private to lib/json.
 */
#ifndef JSON_TOKEN_H
#define JSON_TOKEN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "json/scan.h"
#include "json/step.h"

struct text {
	const char	*begin, *end;
	const char	*bad;		/* where it fails */
	const char	*expected;	/* what should stand there */
	const char	*code;		/* of the reject */
	unsigned	 depth;		/* the ceiling of nesting */
	bool		 utf8;		/* known to be valid UTF-8 throughout */
};

/* depth 0 means JSON_DEPTH. */
void		 text_init(struct text *, const char *, size_t, unsigned depth);
/* Whether only blanks follow; `rest` is missing where p is beyond the end. */
bool		 text_ends(struct text *, const char *p, const char *rest);
/* Whether it is one value with blanks around it. */
bool		 text_check(struct text *);

/* Notes the failure and answers NULL. */
const char	*text_fail(struct text *, const char *at, const char *expected);
const char	*text_fail_utf8(struct text *, const char *at);
const char	*text_fail_depth(struct text *, const char *at);
/* Says what the text has noted; answers false. */
bool		 text_err(const struct text *, struct err *);

/* The byte behind the array or object at p, which stands inside so many. */
const char	*text_container(struct text *, const char *p, unsigned above);
/* The rest of a string from a byte that is not plain; part of token_string. */
const char	*text_string(struct text *, const char *p, bool *escaped);

static inline const char *
token_blanks(const struct text *t, const char *p)
{
	unsigned n = JSON_STEP;

	if ((unsigned char)*p > ' ')
		return p;
	while (n == JSON_STEP && p < t->end)
		p += n = step_blanks(p);
	return p < t->end ? p : t->end;
}

/* p is behind the opening quote; *escaped is set, never cleared. */
static inline const char *
token_string(struct text *t, const char *p, bool *escaped)
{
	unsigned n;

	if (t->utf8)
		while ((n = step_verbatim(p)) == JSON_STEP && p < t->end)
			p += n;
	else
		while ((n = step_plain(p)) == JSON_STEP && p < t->end)
			p += n;
	p += n;
	return *p == '"' && p < t->end ? p + 1 : text_string(t, p, escaped);
}

static inline const char *
token_digits(struct text *t, const char *p)
{
	const char *first = p;
	unsigned n = JSON_STEP;

	while (n == JSON_STEP && p < t->end)
		p += n = step_digits(p);
	if (p > t->end)
		p = t->end;
	return p > first ? p : text_fail(t, p, "a digit");
}

static inline const char *
token_number(struct text *t, const char *p)
{
	p += *p == '-';
	if (*p == '0')
		p++;
	else if ((p = token_digits(t, p)) == NULL)
		return NULL;
	if (*p == '.' && p < t->end && (p = token_digits(t, p + 1)) == NULL)
		return NULL;
	if ((*p | 0x20) == 'e' && p < t->end) {
		p++;
		p += *p == '+' || *p == '-';
		p = token_digits(t, p);
	}
	return p;
}

static inline const char *
token_word(struct text *t, const char *p, const char *word, size_t n)
{
	return memcmp(p, word, n) == 0 ? p + n : text_fail(t, p, "a value");
}

/*
 * A value that holds no others; what it is goes to *type, and *escaped is set
 * for a string with a backslash.
 */
static inline const char *
token_scalar(struct text *t, const char *p, uint8_t *type, bool *escaped)
{
	switch (*p) {
	case '"':
		*type = JSON_STRING;
		return token_string(t, p + 1, escaped);
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		*type = JSON_NUMBER;
		return token_number(t, p);
	case 't':
		*type = JSON_TRUE;
		return token_word(t, p, "true", 4);
	case 'f':
		*type = JSON_FALSE;
		return token_word(t, p, "false", 5);
	case 'n':
		*type = JSON_NULL;
		return token_word(t, p, "null", 4);
	default:
		return text_fail(t, p, "a value");
	}
}

/* Any value, inside so many containers. */
static inline const char *
token_value(struct text *t, const char *p, unsigned above, uint8_t *type,
    bool *escaped)
{
	if (*p != '{' && *p != '[')
		return token_scalar(t, p, type, escaped);
	*type = *p == '{' ? JSON_OBJECT : JSON_ARRAY;
	return text_container(t, p, above);
}

#endif
