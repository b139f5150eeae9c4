/*
 * numbered - outputs that come one after the other: `%n` in a path stands for
 * a running number of six digits.
 */
#ifndef RECORD_NUMBERED_H
#define RECORD_NUMBERED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct run_options;

/*
 * --rotate as it was typed (64M, 15m), or NULL: sets the run's options, and
 * the last number by the files that are there.  ERR_USAGE where it does not
 * go with the output's name: `%n` must stand in it once, behind the last slash.
 */
bool		 numbered_check(struct run_options *, const char *rotate,
		    struct err *);
/* The path of a number; owned by the caller (mem_free). */
char		*numbered_path(const char *pattern, uint64_t number);
/* The highest number that a file has; 0: none. */
bool		 numbered_last(const char *pattern, uint64_t *, struct err *);

#endif
