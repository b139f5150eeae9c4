/*
 * people - the file of --known: the own values of patients, one record each,
 * by the member that the policy's @patient names.  Const once loaded; of each
 * line only those values are kept.  Private to lib/deid.
 */
#ifndef DEID_PEOPLE_H
#define DEID_PEOPLE_H

#include "deid/members.h"
#include "deid/policy.h"

struct people;

/* A line that is no record is ERR_USAGE: a half-read list would leak. */
struct people	*people_load(const char *path, const struct policy *,
		    const struct members *, struct err *);
void		 people_free(struct people *);	/* NULL is allowed */
/* The values of a patient, by the folded id, behind those in the list. */
void		 people_add(const struct people *, struct slice folded,
		    struct values *);

#endif
