/*
 * judge_parts - the judge of records as its files share it; private to them.
 *
 * judge_value: what a check says of one value; judge_rule: what a rule says of
 * the record, over all values of its field; judge: one record and all rules.
 */
#ifndef RULES_JUDGE_PARTS_H
#define RULES_JUDGE_PARTS_H

#include "base/buf.h"
#include "rules/join.h"
#include "rules/judge.h"
#include "rules/key_judge.h"
#include "rules/keyword_judge.h"

struct slot {
	uint64_t epoch; /* of the record that it was read for */
	uint32_t row;   /* ... and, of a look-up, of the row joined */
	struct cells cells;
};

struct judge {
	struct scope scope; /* first: a scope is its judge */
	const struct plan *plan;
	struct key_judge keys;
	struct joins *joins;
	struct record *record;
	struct slot *slots;
	uint64_t epoch;
	bool again; /* a member is there twice */
	struct json element;
	bool inside;
	struct verdict_of *list;
	size_t n, room;
	struct slice *places;
	size_t nplaces, places_room;
	struct buf text;
	struct err fault; /* why the last rule could not be evaluated */
	size_t asked;     /* test whose fault is wanted */
	struct keyword_judge keywords;
	struct filter **filters; /* of jq rules, made when first needed */
};

/* One check of one value; false where keys cannot be noted (ERR_OUTPUT). */
bool		 judge_value(struct judge *, const struct test *, struct datum *,
		    enum outcome *, struct err *);
/* A missing value that the rule says fails: so noted among its keys, too. */
enum outcome	 judge_breaks_missing(struct judge *, const struct test *);
/* One rule of the plan; its verdict, if it applies, is added to the list. */
bool		 judge_test(struct judge *, size_t number, struct err *);

#endif
