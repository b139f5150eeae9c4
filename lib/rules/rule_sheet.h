/*
 * rule_sheet - what typing in full-width signs and spreadsheets do to the cells
 * of a rule.  Signs are folded where only their ASCII form means anything; damage
 * is told with its line, never guessed back.
 */
#ifndef RULES_RULE_SHEET_H
#define RULES_RULE_SHEET_H

#include "rules/rule.h"

/* Folds the cells of the row, in the set's arena. */
void	rule_fold_row(struct ruleset *, struct rule_row *);
/* False where a spreadsheet has changed a cell. */
bool	rule_check_row(struct ruleset *, const struct rule_row *, struct err *);
/* The members of a value set, without blanks; an empty one is none. */
bool	rule_next_member(struct slice *rest, struct slice *member);

#endif
