/*
 * cases - tests of rules: records with the rules that they must break, one a
 * line: {"case":"...","record":{...},"expect":["sex:values"],"only":["sex:*"]}
 */
#ifndef RULES_CASES_H
#define RULES_CASES_H

#include "rules/judge.h"

/*
 * Runs the cases of one file and adds TAP lines; *number counts on.  False
 * with *e (ERR_USAGE) where a line is no case.  Failures go to *failed.
 */
bool	cases_run(const struct plan *, const char *name, struct slice text,
	    struct slice kind, size_t *number, size_t *failed, struct buf *,
	    struct err *);

#endif
