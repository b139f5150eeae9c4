/*
 * clock - milliseconds, of the clock that only goes on and of the one that
 * says what time it is.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Since some beginning; for spans of time. */
int64_t	clock_ms(void);
/* Since 1970; whoever keeps the machine may set it. */
int64_t	clock_wall_ms(void);

#endif
