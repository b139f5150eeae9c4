/*
 * pass - the stage of mdx-qc: judges each record, marks it, counts it, and
 * sends it to the output or to the quarantine.
 */
#ifndef RULES_PASS_H
#define RULES_PASS_H

#include "io/writer.h"
#include "record/flow.h"
#include "rules/keys.h"
#include "rules/tally.h"

struct pass {
	const struct plan *plan;
	struct slice	 kind;		/* of records that carry none */
	bool		 kind_from_name;	/* ... the input's name says it */
	bool		 annotate;
	bool		 no_output;	/* count, write nothing */
	struct writer	*quarantine;	/* NULL: none */
	enum severity	 quarantine_at;
	bool		 digest;	/* name the shard by its content */
	size_t		 samples, groups;
	uint64_t	 memory;	/* for keys */
	const char	*spill;		/* folder for what is beyond it */
	unsigned	 jobs;

	struct key_options key_options;
	struct keys	**keys;		/* of each worker */
	size_t		 nkeys, keys_room;
	struct tally	*tally;		/* added up when the run has ended */
	uint64_t	 quarantined;
};

/* The kind that records of this input have where they carry none. */
struct slice	 pass_kind(const struct pass *, const char *uri);
/* Makes the tally; what is above them must be set. */
void		 pass_start(struct pass *, struct stage *);
/*
 * What the rules that compare records count, into the summary; their keys into
 * the folder `state`, where it is not NULL.
 */
bool		 pass_settle(struct pass *, struct summary *, const char *state,
		    struct err *);
void		 pass_release(struct pass *);
/* The kind that a name tells: "person" of "omop/person.ndjson.gz". */
struct slice	 pass_kind_of_name(const char *uri);

#endif
