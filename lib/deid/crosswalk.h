/*
 * crosswalk - which value a pseudonym stands for, for who may lead back from
 * one to the other.  Kept only where it is asked for; rows are distinct, so it
 * grows with the values and not with the records.
 *
 * One worker fills one; they are merged afterwards.
 */
#ifndef DEID_CROSSWALK_H
#define DEID_CROSSWALK_H

#include "base/err.h"
#include "base/slice.h"

struct crosswalk;

struct crosswalk *crosswalk_new(void);
void		 crosswalk_free(struct crosswalk *);	/* NULL is allowed */
void		 crosswalk_add(struct crosswalk *, struct slice domain,
		    const char *pseudonym, struct slice original);
void		 crosswalk_merge(struct crosswalk *to,
		    const struct crosswalk *from);
/* CSV `domain,pseudonym,original`, sorted; mode 0600. */
bool		 crosswalk_write(const struct crosswalk *, const char *path,
		    struct err *);

#endif
