/*
 * terms - from what a hospital wrote to the codes of published lists.
 *
 * The stages of this version: an approved mapping, a code given in the data,
 * an exact name or alias, and a line of several terms each of which is known.
 * What is not certain is left to a person.  Built once, then const.  Formats:
 * mdx-terms(5).
 */
#ifndef TERMS_TERMS_H
#define TERMS_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

#define TERMS_CANDIDATES 5

struct terms;

struct terms	*terms_new(void);
void		 terms_free(struct terms *);	/* NULL is allowed */

/*
 * A folder of vocabularies (SYSTEM@VERSION.csv), of which the one read last
 * counts; partial as in vocabulary.h.
 */
bool		 terms_add_vocabularies(struct terms *, const char *folder,
		    bool partial, struct table_faults *, struct err *);
/* A folder of approved mappings FIELD[-anything].csv; later ones win. */
bool		 terms_add_mappings(struct terms *, const char *folder,
		    struct table_faults *, struct err *);
bool		 terms_add_mapping(struct terms *, const char *path,
		    struct table_faults *, struct err *);
/* Each table that was read, for the report. */
void		 terms_tables(const struct terms *,
		    void (*)(void *, const char *path,
		    const uint8_t[DIGEST_SIZE]), void *);
/* Checks that approved codes exist; all tables must be there. */
bool		 terms_check(const struct terms *, struct table_faults *,
		    struct err *);
/* Whether `system` or `system@version` is loaded. */
bool		 terms_knows(const struct terms *, struct slice system);

enum term_status {
	TERM_APPROVED, TERM_EXACT, TERM_REVIEW, TERM_NONE, TERM_UNMAPPED
};

const char	*term_status_name(enum term_status);

struct term_query {
	struct slice	 field;		/* diagnosis */
	struct slice	 term;		/* as written */
	struct slice	 unit, specimen, code;	/* n 0: not known */
	const struct slice *systems;	/* the first is matched, others follow */
	size_t		 nsystems;
};

struct term_code {
	struct slice	 code, display, system, version;
	const char	*method;	/* approved code exact alias */
};

struct term_answer {
	enum term_status status;
	const char	*reason;	/* of review and unmapped, else NULL */
	struct term_code *codes, *candidates;
	size_t		 ncodes, ncandidates;
	struct slice	*missing;	/* further systems without a code */
	size_t		 nmissing;
};

/* The answer's arrays live in the arena, its texts in the terms. */
void		 terms_find(const struct terms *, const struct term_query *,
		    struct arena *, struct term_answer *);

#endif
