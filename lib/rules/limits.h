/*
 * limits - the tables of check `reference`: what a value may be, by the item
 * that it is of, its unit, and the patient's sex and age.
 *
 *	test,unit,sex,age_low,age_high,low,high
 *	GLU,mmol/L,,,,0.3,120
 *	HGB,g/L,男,18,,60,220
 *
 * Columns of other names select: they are members of the record.  A row of a
 * rule file with such a table becomes one rule for each item, guarded by the
 * selectors, so that the index of the plan leads a record to its item.  The
 * limits of an item exclude one another: no value is judged by two rows.
 * Normative in mdx-rules(5).  Const once made; the rule set owns them.
 */
#ifndef RULES_LIMITS_H
#define RULES_LIMITS_H

#include "rules/expr.h"
#include "rules/rule.h"

struct limits;

/* Whose value it is; n 0, NULL: not known. */
struct subject {
	struct slice	 unit;
	struct datum	*sex, *age;
};

/* Adds the rules that `like`, whose arg is `@FILE`, stands for. */
bool	limits_expand(struct ruleset *, const struct rule *like,
	    struct err *);
bool	limits_parse(struct ruleset *, const struct rule *like, const char *path,
	    struct slice text, struct err *);
bool	limits_use_sex(const struct limits *);
bool	limits_use_age(const struct limits *);
/*
 * NOT_APPLICABLE where the value is no number, or what a row asks for is not
 * known; FAULT where no row is for this unit, sex and age.
 */
enum outcome limits_judge(const struct limits *, struct datum *value,
	    const struct subject *, struct arena *);
/* The first row as it stands: an empty slice where it says nothing. */
struct limits_row {
	struct slice	 unit, sex, age_low, age_high, low, high;
};

struct limits_row limits_first(const struct limits *);
/* An age between two rows of one unit and sex that no row is for; n 0: none. */
struct slice	 limits_gap(const struct limits *);
void		 limits_units(const struct limits *,
		    void (*each)(void *, struct slice unit), void *ctx);
/* A line for each row: "g/L 男 [18,) -> [60,220]". */
void	limits_put(const struct limits *, const char *indent, struct buf *);

#endif
