/*
 * stop - the wish of a signal to end, as the library sees it.
 *
 * cli/tool sets it from the handlers; readers look at it before they wait.
 * The descriptor becomes readable with the signal, so that a poll wakes up.
 */
#ifndef IO_STOP_H
#define IO_STOP_H

#include <signal.h>

struct stop {
	volatile sig_atomic_t	 signal;	/* 0: go on */
	int			 fd;		/* -1: none */
};

#endif
