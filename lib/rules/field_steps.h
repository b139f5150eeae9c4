/*
 * field_steps - a path, compiled; private to field and compose.
 */
#ifndef RULES_FIELD_STEPS_H
#define RULES_FIELD_STEPS_H

#include "rules/field.h"

enum step_kind { STEP_KEY, STEP_AT, STEP_EACH, STEP_INDICATOR };

struct step {
	enum step_kind kind;
	struct slice name;
	size_t at;
};

#endif
