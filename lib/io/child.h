/*
 * child - another program that reads a file and writes what it found, in a
 * small cage: the file on standard input, 2 GiB of memory, 60 s of processor
 * time, no network, no environment, no descriptor but the three.
 *
 * The network is taken away by a filter on system calls (seccomp), which needs
 * no privilege; where the system has none, the child is not started.
 */
#ifndef IO_CHILD_H
#define IO_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

struct child;

/*
 * argv[0] is looked for in /usr/local/bin, /usr/bin and /bin, or is a path.
 * input: read from its beginning; stays the caller's.  ERR_DATA, code
 * helper_failed, where it cannot be started.
 */
struct child	*child_start(char *const *argv, int input, struct err *);
/* What is left of it is killed.  NULL is allowed. */
void		 child_free(struct child *);
/*
 * Its next output: a size, 0 at its good end, -1 with ERR_DATA, code
 * helper_failed, where it fails, is killed, or says nothing for two minutes.
 * The signature is that of input_block.
 */
ssize_t		 child_read(void *child, const char **block, struct err *);
/* The path of a program that can be run, on the heap; NULL: there is none. */
char		*child_find(const char *name);

#endif
