/*
 * sheet - what typing in full-width signs and spreadsheets do to the cells of
 * a rule.  Signs are folded where only their ASCII form means anything; damage
 * is told with its line, never guessed back.
 */
#ifndef RULES_SHEET_H
#define RULES_SHEET_H

#include "rules/rule.h"

/* Folds the cells of the row, in the set's arena. */
void	sheet_fold(struct ruleset *, struct rule_row *);
/* False where a spreadsheet has changed a cell. */
bool	sheet_check(struct ruleset *, const struct rule_row *, struct err *);
/* The members of a value set, without blanks; an empty one is none. */
bool	sheet_next_member(struct slice *rest, struct slice *member);

#endif
