/*
 * duration - spans of time as people type them: 30, 1.5s, 200ms, 15m, 2h, 1d.
 */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* A bare number is of seconds; false for what is none, or over 100 years. */
bool	duration_parse(struct slice, int64_t *ms);

#endif
