/*
 * lock - one process at a time, by a lock that the kernel lets go when its
 * holder dies.
 *
 * The lock file keeps the holder's process id and stays behind when the lock
 * is released: removing it would let two holders in.
 */
#ifndef IO_LOCK_H
#define IO_LOCK_H

#include <sys/types.h>

#include "base/err.h"

struct lock;

/*
 * Waits at most so many milliseconds.  ERR_SERVICE names the holder's process
 * id; a lock file that cannot be made is ERR_OUTPUT.
 */
struct lock	*lock_take(const char *path, unsigned wait_ms, struct err *);
void		 lock_release(struct lock *);	/* NULL is allowed */

/* Who holds a kernel lock of any sort on this file; 0 if nobody is seen. */
pid_t		 lock_holder(const char *path);

#endif
