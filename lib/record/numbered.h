/*
 * numbered - outputs that come one after the other: `%n` in a path stands for
 * a running number of six digits.
 */
#ifndef RECORD_NUMBERED_H
#define RECORD_NUMBERED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Whether `%n` stands in it: once, behind the last slash. */
bool		 numbered_is(const char *pattern);
/* The path of a number; owned by the caller (mem_free). */
char		*numbered_path(const char *pattern, uint64_t number);
/* The highest number that a file has; 0: none. */
bool		 numbered_last(const char *pattern, uint64_t *, struct err *);

#endif
