/*
 * fhir_outcome - what can be told of an answer of a FHIR server without a
 * word of its text, which may speak of a patient.
 */
#ifndef SOURCES_FHIR_OUTCOME_H
#define SOURCES_FHIR_OUTCOME_H

#include "base/arena.h"
#include "base/slice.h"

/* The type of the resource, in the arena; n 0: it is none. */
struct slice	 fhir_type(struct slice body, struct arena *);
/* The code of the first issue ("throttled"), or NULL. */
const char	*fhir_issue(struct slice body, struct arena *);
/* The link of a Bundle with relation next; p NULL: none. */
struct slice	 fhir_next(struct slice body, struct arena *);

#endif
