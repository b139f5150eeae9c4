/*
 * result - what a laboratory writes where a number is expected: `5.60`,
 * `<0.5`, `3-5`, `1:80`, `3+`, `5.6mmol/L`, `阴性`, `0.05(阴性)`, `>^100`.
 *
 * Digits stay as they were written.  What is no result in this sense is text,
 * and that is no error.  result.c has the grammar, result_words.c the words.
 */
#ifndef MAPPING_RESULT_H
#define MAPPING_RESULT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

enum result_kind {
	RESULT_TEXT,
	RESULT_NUMBER,		/* number, perhaps op, unit, flag and code */
	RESULT_RANGE,		/* low and high */
	RESULT_TITRE,		/* 1:80 -> number 80, perhaps op */
	RESULT_CODE		/* neg pos weak trace, perhaps a grade */
};

struct result {
	enum result_kind kind;
	struct slice	 number, low, high;	/* JSON numbers */
	const char	*op;			/* < > <= >= or NULL */
	const char	*code;			/* or NULL */
	unsigned	 grade;			/* 1-4, 0: none */
	const char	*flag;			/* H L A or NULL */
	struct slice	 unit;			/* what stands behind the number */
};

void	result_parse(struct slice text, struct arena *, struct result *);
/* A reference range: 3.9-6.1, <5.0, >=40; false for words. */
bool	result_range(struct slice text, struct arena *, struct slice *low,
	    struct slice *high);
/*
 * One whole number or decimal as JSON; thousands commas, full width, a sign
 * and a power of ten (1.2×10^3) are read.  False for anything else.
 */
bool	result_number(struct slice text, struct arena *, struct slice *json);
/* The same with something behind it, which is no blank: 100mg, 2 片. */
bool	result_quantity(struct slice text, struct arena *, struct slice *json,
	    struct slice *behind);

#endif
