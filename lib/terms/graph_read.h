/*
 * graph_read - a line into statements of a batch: a record by graph.csv, a
 * line of an entity or a relation as it is.
 *
 * A record is told from one that came before by `_mdx.id`, else by the digest
 * of its bytes.  Lines of a graph are not told apart: they always add up.
 * Private to lib/terms.
 */
#ifndef TERMS_GRAPH_READ_H
#define TERMS_GRAPH_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "catalogue/catalogue.h"
#include "record/flow.h"
#include "terms/graph_batch.h"
#include "terms/graph_table.h"

/* Members that are asked for by themselves. */
enum graph_member {
	GRAPH_PATIENT, GRAPH_VISIT, GRAPH_ID, GRAPH_TYPE, GRAPH_NAME,
	GRAPH_SYSTEM, GRAPH_VERSION, GRAPH_CODE, GRAPH_ALIASES, GRAPH_COUNT,
	GRAPH_UNDECLARED, GRAPH_SUBJECT, GRAPH_PREDICATE, GRAPH_OBJECT,
	GRAPH_SOURCE, GRAPH_FIRST, GRAPH_LAST, GRAPH_MEMBERS
};

struct graph_reader {
	const struct graph_table *table;
	const struct catalogue *catalogue;
	struct graph_batch *batch;
	bool		 patients;	/* they and their visits are kept */
	bool		 derive;	/* visits are of use though not kept */
	size_t		 members[GRAPH_MEMBERS];
	bool		*dates;		/* members that are dates, by number */
	size_t		 ndates;
	uint64_t	 records, entities, relations;	/* lines taken */
};

/* The other members are set; names: of members, gets what is asked for. */
void		 graph_reader_init(struct graph_reader *, struct index *names);
void		 graph_reader_release(struct graph_reader *);

/* Whether entities of this type stand for one patient. */
bool		 graph_is_person(struct slice type);

/*
 * RECORD_TAKEN; RECORD_SKIP as "seen", "nothing" or "patients"; or set aside
 * with the codes graph_code, graph_line and date.
 */
enum verdict	 graph_read(struct graph_reader *, struct record *,
		    struct job *, struct err *);

#endif
