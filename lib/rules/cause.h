/*
 * cause - the rules that fail, as a person would look for what is wrong: those
 * that fail on one and the same set of records are one cause, and a rule that
 * fails nearly everything, or one department alone, is as likely to be wrong
 * as the data.
 */
#ifndef RULES_CAUSE_H
#define RULES_CAUSE_H

#include "rules/parts.h"

enum doubt {
	DOUBT_NONE,
	DOUBT_ALL,		/* 9 of 10 fail, of 20 at least */
	DOUBT_ONE		/* 10 or more, all in one of three departments
				   that has at most half of what applied */
};

struct cause {
	const struct rule_lines **rules;	/* the gravest first */
	size_t		 n;
	enum doubt	 doubt;			/* of the first */
	const struct part *only;		/* DOUBT_ONE: the department */
};

struct causes {
	struct cause	*list;		/* the gravest first, then the most */
	size_t		 n;
};

/* In the arena; the parts are the summary's by department. */
void	causes_find(const struct summary *, const struct parts *,
	    struct arena *, struct causes *);

#endif
