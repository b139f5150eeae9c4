/*
 * graph_run - the verb `graph` to its end: the tables' names and terms, the
 * files that must differ, and the counts.
 */
#ifndef MAPPING_GRAPH_RUN_H
#define MAPPING_GRAPH_RUN_H

#include <stdbool.h>

#include "mapping/tables.h"
#include "record/run.h"
#include "terms/graph.h"

struct graph_run_options {
	const struct tables *tables;
	const struct run_options *run;
	struct graph_options graph;	/* but for what the tables have */
	bool		 stats;		/* to the output, or where lines go
					   there to tell */
	void		(*tell)(struct slice line);
};

/* The exit status. */
int		 graph_run_all(const struct graph_run_options *,
		    char **operands, struct err *);

#endif
