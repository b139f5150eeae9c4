/*
 * expr_token - the words of the small languages; private to expr.
 */
#ifndef RULES_EXPR_TOKEN_H
#define RULES_EXPR_TOKEN_H

#include "rules/expr.h"

#define EXPR_DEPTH 64

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,		/* a name, path, constant, number or date */
	TOKEN_STRING,		/* in quotes, decoded */
	TOKEN_SIGN		/* one of the signs, in `sign` */
};

struct token {
	enum token_kind	 kind;
	struct slice	 text;
	char		 sign;		/* of two: 'g' >=, 'l' <=, 'n' != */
	const char	*at;
};

/* arithmetic: + - * / are signs, not part of words (dates excepted). */
struct lexer {
	const char	*p, *end, *start;
	struct token	 now;
	bool		 arithmetic;
	unsigned	 depth;
	struct resolver	*with;
};

/* strchr would find the NUL that ends the set. */
static inline bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

void	expr_start(struct lexer *, struct slice, bool arithmetic,
	    struct resolver *);
/* Reads the next token into `now`. */
void	expr_next(struct lexer *);
bool	expr_is(const struct lexer *, char sign);
bool	expr_is_word(const struct lexer *, const char *);
bool	expr_accept(struct lexer *, char sign);
/* "expected X at character N"; false. */
bool	expr_expected(const struct lexer *, const char *what, struct err *);
/* Arithmetic from the token at hand (comparison.c); NULL: *e. */
struct expr *expr_sum(struct lexer *, struct err *);
/* "[a,b)" from the sign that opens it. */
bool	expr_interval(struct lexer *, struct interval *, struct err *);

#endif
