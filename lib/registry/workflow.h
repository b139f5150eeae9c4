/*
 * workflow - which step leads from which state to which, and whose signature
 * it needs: a table (policies/register/workflow.csv), not code.
 *
 * Four eyes: the key that submitted an asset never approves it.
 */
#ifndef REGISTRY_WORKFLOW_H
#define REGISTRY_WORKFLOW_H

#include "registry/asset.h"

struct workflow;

/* ERR_USAGE with file and line. */
struct workflow	*workflow_load(const char *path, struct err *);
void		 workflow_free(struct workflow *);	/* NULL is allowed */

/*
 * Takes the step that the verb (submit, approve, return) means for the asset
 * as it is.  The receipt is appended.  ERR_DATA: code wrong_state, denied,
 * four_eyes, or incomplete with everything that is missing named at once.
 */
bool		 workflow_step(const struct workflow *, struct registry *,
		    const struct asset *, const char *verb,
		    const char *reason /* NULL: none */, struct buf *receipt,
		    struct err *);

#endif
