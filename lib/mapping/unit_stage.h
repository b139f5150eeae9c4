/*
 * unit_stage - the verb `unit`: records with `unit`, and perhaps `value`, `to`
 * and `analyte`, gain what the unit means and the converted value.
 */
#ifndef MAPPING_UNIT_STAGE_H
#define MAPPING_UNIT_STAGE_H

#include "record/flow.h"
#include "terms/unit.h"

/* names: from record_names. */
struct stage	 unit_stage(const struct units *, const struct index *names);

#endif
