/*
 * spill - lines of a source that wait for their turn in a file without a name,
 * so that a worker need not wait with them.
 *
 * The file is made when the first lines come and stands in the folder of
 * --spool-dir; its pages belong to the system, not to the process.
 */
#ifndef SOURCES_SPILL_H
#define SOURCES_SPILL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "record/run.h"

struct spill {
	const char	*folder;	/* NULL: /tmp */
	int		 fd;		/* -1: none */
	uint64_t	 bytes, records;	/* that wait */
};

void	spill_init(struct spill *, const char *folder);
void	spill_release(struct spill *);
/* Whole lines behind those that wait.  False: no room, nothing was taken. */
bool	spill_add(struct spill *, struct slice lines, uint64_t records);
/* Hands all that waits to the run. */
bool	spill_write(struct spill *, struct run *, struct err *);

#endif
