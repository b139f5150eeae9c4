/*
 * graph - the verb `graph`: records, terms and lines of other graphs become
 * entities and relations, as lines, as an SQLite file, or both.
 *
 * One pass in bounded memory; the same records again change nothing.  Lines of
 * a graph cannot be told apart and add up: a run that has some is kept whole
 * or not at all.  The format is mdx-graph(5).
 */
#ifndef TERMS_GRAPH_H
#define TERMS_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "catalogue/catalogue.h"
#include "record/run.h"
#include "terms/terms.h"

/* All is kept by reference; lists end in NULL and may be NULL. */
struct graph_options {
	const char	*share;
	struct catalogue *catalogue;
	const struct terms *terms;
	struct index	*names;		/* of members; gets what is asked */
	const char	*const *vocabularies;	/* S or S@V */
	const char	*entities, *relations, *db;	/* files, or NULL */
	bool		 lines;		/* both into the run's output, too */
	bool		 counts;	/* graph_stats is asked for */
	bool		 derive;
	uint64_t	 support;	/* of what is derived */
	bool		 patients;	/* they and their visits are kept */
	size_t		 batch;		/* bytes; 0: as many as are best */
};

struct graph;

/* Reads its tables and opens the file: before the run, and before a record. */
struct graph	*graph_open(const struct graph_options *, struct err *);
void		 graph_free(struct graph *);	/* NULL is allowed */
/*
 * Over the operands; failures are in the run's status.  Its member `normalize`
 * says what was taken, with the counts where they are asked for.
 */
void		 graph_run(struct graph *, struct run *, char *const *operands);
/* The counts, one JSON object; n 0 where the run did not come so far. */
struct slice	 graph_stats(const struct graph *);

#endif
