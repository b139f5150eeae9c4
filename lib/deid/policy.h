/*
 * policy - what becomes of each member (mdx-deid(5)).  Built once, then const.
 */
#ifndef DEID_POLICY_H
#define DEID_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"
#include "catalogue/catalogue.h"
#include "deid/find.h"
#include "io/table.h"

enum deid_class {
	DEID_KEEP, DEID_DROP, DEID_NULL, DEID_MASK, DEID_HMAC, DEID_SHIFT,
	DEID_YEAR, DEID_AGE, DEID_GENERALISE, DEID_SCAN, DEID_CLASSES
};

enum generalise { BY_REGION, BY_RANGE, BY_PREFIX };

struct deid_rule {
	struct slice	 field;
	enum deid_class	 class;
	struct slice	 domain;	/* hmac */
	unsigned	 head, tail;	/* mask: characters left */
	enum generalise	 by;
	unsigned	 size;		/* generalise */
};

struct policy {
	struct slice	 name, patient;	/* patient n 0: none */
	long		 shift, shift_step;	/* 0: no shift */
	bool		 rescan;	/* @extract rescan */
	bool		 drop_source;	/* @src drop */
	bool		 labels[LABELS];	/* of texts, on unless -LABEL */
	struct slice	*quasi;
	size_t		 nquasi;
	bool		 others_drop;	/* `*` is drop */
	struct deid_rule *rules;
	size_t		 nrules;
};

struct policy	*policy_load(const char *path, const struct catalogue *,
		    struct table_faults *, struct err *);
struct policy	*policy_parse(const char *path, struct slice text,
		    const struct catalogue *, struct table_faults *,
		    struct err *);
void		 policy_free(struct policy *);	/* NULL is allowed */
/* The rule of a member, or that of `*`, or NULL: undeclared. */
const struct deid_rule *policy_rule(const struct policy *, struct slice);
/* Only a rule of this very name, else NULL. */
const struct deid_rule *policy_own_rule(const struct policy *, struct slice);
const char	*deid_class_name(enum deid_class);

#endif
