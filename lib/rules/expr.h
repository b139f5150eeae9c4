/*
 * expr - the small languages in the cells of a rule: conditions (`when`,
 * `where`), arithmetic (`compare`), and intervals.  Normative in mdx-rules(5).
 *
 * Conditions are three-valued: what compares with something missing, or with
 * a value of another type, is unknown.  Numbers are exact decimals; two dates
 * are compared as far as both are known, so that a day is never before a time
 * of that day.  Trees live in an arena and are const once parsed.
 */
#ifndef RULES_EXPR_H
#define RULES_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/field.h"

/* The patterns of conditions: theirs who parsed them, and freed together. */
struct patterns {
	struct pattern	**list;
	size_t		 n, room;
};

void	patterns_release(struct patterns *);

/* What names mean while parsing: the number of a field. */
struct resolver {
	bool		(*field)(void *ctx, struct slice path, size_t *number,
			    struct err *);
	void		*ctx;
	/* "person.person_id", after `in`: its number; NULL: refused */
	bool		(*reference)(void *ctx, struct slice name,
			    size_t *number, struct err *);
	struct arena	*arena;
	struct patterns	*patterns;	/* NULL: `matches` is refused */
	bool		 uses_now;	/* set where `now` is read */
};

/* What evaluating needs. */
struct scope {
	struct arena	*arena;
	const struct cells *(*cells)(struct scope *, size_t field);
	/* Whether the value is a key of the reference. */
	bool		(*has_key)(struct scope *, size_t reference,
			    struct datum *);
	int		 zone;		/* minutes east, of times without one */
	struct date	 now;
};

/* --- intervals ------------------------------------------------------------ */
struct bound {
	bool		 there, open, now, is_date;
	struct decimal	 number;
	struct date	 date;
};

struct interval {
	struct bound	 low, high;
};

/* "[0,14)", "(0,]", "[1900-01-01,now]".  ERR_USAGE, also where it is empty. */
bool	interval_parse(struct slice, struct resolver *, struct interval *,
	    struct err *);
bool	interval_holds_number(const struct interval *, const struct decimal *);
bool	interval_holds_date(const struct interval *, const struct date *,
	    const struct scope *);
bool	interval_holds_count(const struct interval *, size_t n);
/* Nothing lies within; something lies within both.  `now` may be any day. */
bool	interval_is_empty(const struct interval *);
bool	interval_meet(const struct interval *, const struct interval *);

/* <0, 0, >0, as far as both are known. */
int	expr_date_cmp(const struct date *, const struct date *, int zone);

/* --- conditions ----------------------------------------------------------- */
enum truth { FALSE_, TRUE_, UNKNOWN };

struct cond;

struct cond *cond_parse(struct slice, struct resolver *, struct err *);
/* A pattern's limit sets *e and gives UNKNOWN. */
enum truth cond_eval(const struct cond *, struct scope *, struct err *);
/*
 * A field that must equal one of some constants for the condition to hold, for
 * the index of the plan: how many there are, 0 where there is no such field.
 */
size_t	cond_guard(const struct cond *, size_t *field,
	    const struct slice **constants);

/* --- comparisons ----------------------------------------------------------- */
struct comparison;

enum outcome { PASS, FAIL, NOT_APPLICABLE, FAULT };

/* "OP expression [~ tolerance]" */
struct comparison *comparison_parse(struct slice, struct resolver *,
	    struct err *);
/* Two expressions; UNKNOWN: one is missing, or they are of two types. */
struct expr;

enum truth expr_test(char op, const struct expr *, const struct expr *,
	    struct scope *, struct err *);
/* NOT_APPLICABLE: something is missing or of the wrong type. */
enum outcome comparison_eval(const struct comparison *, struct datum *left,
	    struct scope *, struct err *);

/* 30s, 5m, 24h, 7d, 2w; to a hundred million of them. */
bool	expr_duration(struct slice, long long *seconds);

/* Full-width signs to ASCII outside of quoted strings; in the arena. */
struct slice expr_fold(struct slice, struct arena *);

#endif
