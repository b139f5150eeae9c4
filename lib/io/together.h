/*
 * together - files of one folder that change all at once or not at all.
 *
 * A new file lies hidden beside the old one until all are on disk; then a
 * list of them, `.commit`, appears by a rename, which is the moment of the
 * change, and the files follow.  A process that died before that moment left
 * nothing that counts, one that died behind it is finished by the next one to
 * come, be it a writer or a reader.  Writers keep each other out by the lock
 * `.lock`.
 */
#ifndef IO_TOGETHER_H
#define IO_TOGETHER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/slice.h"

#define TOGETHER_WAIT	10000	/* ms for the lock */

struct together;

/*
 * Makes the folder where it is missing, takes its lock (ERR_SERVICE names the
 * process that holds it) and finishes what another left behind.
 */
struct together	*together_begin(const char *folder, struct err *);
/* Takes away what was not committed; lets go of the lock.  NULL is allowed. */
void		 together_free(struct together *);

/*
 * The new text of a file, "name" or "subfolder/name"; the last one counts.
 * ERR_OUTPUT: nothing has changed.
 */
bool		 together_put(struct together *, const char *name,
		    struct slice text, struct err *);
bool		 together_commit(struct together *, struct err *);

/* For readers: finishes a change that is past its moment, if there is one. */
bool		 together_settle(const char *folder, struct err *);

#endif
