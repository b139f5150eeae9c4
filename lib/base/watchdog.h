/*
 * watchdog - stops a piece of work that takes more CPU time than it may.
 *
 * A thread of its own looks at the clock of the thread that works, a few times
 * a second; it is started with the first piece of work.  Time of the CPU, not
 * of the wall, so that neither a busy machine nor a suspended one changes what
 * comes of a run.  One piece of work at a time.
 */
#ifndef BASE_WATCHDOG_H
#define BASE_WATCHDOG_H

struct watchdog;

/* stop is called in the watchdog's thread, once, while the work goes on. */
struct watchdog	*watchdog_new(unsigned milliseconds, void (*stop)(void *),
		    void *ctx);
void		 watchdog_free(struct watchdog *);	/* NULL is allowed */
/* The calling thread begins its work; it has ended it. */
void		 watchdog_begin(struct watchdog *);
void		 watchdog_end(struct watchdog *);

#endif
