/*
 * graph_line - a line of a graph, an entity or a relation, into a batch as it
 * is.  For graph_read; verdicts and codes are described there.
 */
#ifndef TERMS_GRAPH_LINE_H
#define TERMS_GRAPH_LINE_H

#include "terms/graph_read.h"

enum verdict	 graph_line_entity(struct graph_reader *, struct record *,
		    struct job *, struct err *);
enum verdict	 graph_line_relation(struct graph_reader *, struct record *,
		    struct job *, struct err *);

#endif
