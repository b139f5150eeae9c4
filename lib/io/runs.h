/*
 * runs - entries of one size in the order of their bytes, more of them than
 * memory holds.
 *
 * Entries are kept in memory up to a ceiling; then they are sorted and leave
 * as a run, in a nameless file of a folder.  Of a run there stay in memory a
 * filter (ten bits an entry) and the beginning of every 128th entry, so that
 * asking for a key that is not there costs no read, and for another one read
 * a run.  When there are sixteen runs they become one.
 *
 * Belongs to one thread while entries are added; runs_find alone may be called
 * by several.
 */
#ifndef IO_RUNS_H
#define IO_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define RUNS_SIZE	64	/* the longest entry */

struct runs;

/*
 * Entries of `size` bytes.  Those that begin with the same `key` bytes can be
 * asked for; key 0: nobody asks.
 */
struct runs	*runs_new(size_t size, size_t key, uint64_t memory,
		    const char *folder);
/* n sorted entries behind an offset of a file; takes the descriptor over. */
struct runs	*runs_of_file(int fd, uint64_t offset, uint64_t n, size_t size);
void		 runs_free(struct runs *);	/* NULL is allowed */
/* ERR_OUTPUT where the folder takes no more. */
bool		 runs_add(struct runs *, const void *entry, struct err *);
/* 1: an entry that begins with the key was copied; 0: none; -1: *e. */
int		 runs_find(const struct runs *, const void *key, void *entry,
		    struct err *);
uint64_t	 runs_count(const struct runs *);

/*
 * All entries of some runs in their order.  Nothing can be added or asked for
 * after that.
 */
struct runs_walk;

struct runs_walk *runs_walk_new(struct runs *const *, size_t n);
void		 runs_walk_free(struct runs_walk *);	/* NULL is allowed */
/*
 * The next entry, valid until the next call, and which of the runs it is
 * from; NULL at the end, or with *e set.
 */
const uint8_t	*runs_next(struct runs_walk *, size_t *from, struct err *);

#endif
