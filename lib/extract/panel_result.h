/*
 * panel_result - the result of a stain or gene as it is written: "+", "2+",
 * "(中等强度,约60%)", "阴性"; and the clone that stands before it.  Private to
 * extract/panel.
 */
#ifndef EXTRACT_PANEL_RESULT_H
#define EXTRACT_PANEL_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "extract/view.h"

enum outcome {
	OUTCOME_NONE, OUTCOME_PLUS, OUTCOME_MINUS, OUTCOME_BOTH
};

struct panel_result {
	enum outcome	 outcome;
	unsigned	 pluses;	/* 3: "3+" or "+++" */
	bool		 zero;		/* of scores; it has no outcome */
	uint32_t	 from, to;
};

/* The first result of [from,to); a lone zero is one of scores only. */
struct panel_result panel_result(const struct view *, uint32_t from,
		    uint32_t to);
/*
 * "PTEN缺失", "MLH1、PMS2均表达", "P53(突变型)": a word for what became of a protein
 * directly behind its name.
 */
struct panel_result panel_result_told(const struct view *, uint32_t from,
		    uint32_t to);
/* "阳性：CK7、TTF-1": what is said before a list that nothing follows. */
struct panel_result panel_result_before(const struct view *, uint32_t at);
/* "表达CK7、TTF-1", "不表达P40": what a verb says of the list behind it. */
struct panel_result panel_result_of_verb(const struct view *, uint32_t at);
/* "(SP1)", "(8G7G3/1)", "(克隆号SP263)": its end, or where it began. */
uint32_t	 panel_skip_clone(const struct view *, uint32_t from,
		    uint32_t to);
/* Whether only signs of a list stand between two places. */
bool		 panel_is_list(const struct view *, uint32_t from, uint32_t to);

/* The byte at a place, or 0 outside the text. */
int		 panel_byte(const struct view *, uint32_t at);
bool		 panel_is_digit(int);
bool		 panel_is_letter(int);
/* Which of the words stands there, or NULL. */
const char	*panel_begins(const struct view *, uint32_t at,
		    const char *const *words);

/*
 * Whether the words of a clause before a name are of tissue beside the tumour
 * (癌旁, 正常导管), of which a result is none of this specimen's.
 */
bool		 panel_of_other_tissue(struct slice before);

#endif
