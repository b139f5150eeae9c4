/*
 * edge_parts - between the files of edge.
 */
#ifndef RULES_EDGE_PARTS_H
#define RULES_EDGE_PARTS_H

#include "rules/edge.h"

struct preparer {
	const struct plan *plan;
	const struct test *test;
	struct arena	*arena;
	void		(*take)(void *, const struct edge *);
	void		*ctx;
};

/* The rule's own value, as JSON. */
struct edge	 edge_start(const struct preparer *, bool good,
		    const char *what, struct slice json);
struct slice	 edge_quoted(const struct preparer *, struct slice text);
/* The next number of so many places as this one has, up or down. */
struct slice	 edge_beside(const struct preparer *, const struct decimal *,
		    bool up);
void		 edge_number(struct preparer *, bool good, const char *what,
		    struct slice json);
/* What lies at a bound and beside it; nothing for one of dates. */
void		 edge_bound(struct preparer *, const struct bound *, bool low,
		    void (*value)(struct preparer *, bool good, const char *what,
		    struct slice number));

/* Of checks that look at more than the value itself. */
void	edge_unit(struct preparer *);
void	edge_compare(struct preparer *);
void	edge_members(struct preparer *);
void	edge_map(struct preparer *);
void	edge_limit(struct preparer *);

#endif
