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

struct codemap;
struct mappings;
struct systems;
struct model;
struct synonyms;
struct terms;
struct vocabulary;

struct terms	*terms_new(void);
void		 terms_free(struct terms *);	/* NULL is allowed */

/*
 * Compiled forms of the tables that are read from here on stand in .index of
 * this folder, which is made where it can be.  Without it nothing is kept.
 */
void		 terms_keep_compiled(struct terms *, const char *folder);
/*
 * A folder of vocabularies (SYSTEM@VERSION.csv) and code maps
 * (S@VERSION+T@VERSION.csv), versions in their natural order; of a system the
 * list read last counts.  partial as in vocabulary.h.
 */
bool		 terms_add_vocabularies(struct terms *, const char *folder,
		    bool partial, struct table_faults *, struct err *);
/*
 * A folder of approved mappings FIELD[-anything].csv; later ones win.  name
 * tells its compiled forms from those of other folders.  offered: shipped with
 * the tools, not signed by the hospital.
 */
bool		 terms_add_mappings(struct terms *, const char *folder,
		    const char *name, bool offered, struct table_faults *,
		    struct err *);
bool		 terms_add_mapping(struct terms *, const char *path,
		    struct table_faults *, struct err *);
/* The kinds of specimens, specimens.csv. */
bool		 terms_add_specimens(struct terms *, const char *path,
		    struct table_faults *, struct err *);
/* Words of one sense (synonym.h); before the vocabularies. */
bool		 terms_add_synonyms(struct terms *, const char *path,
		    struct table_faults *, struct err *);
/*
 * A folder of models FIELD.SYSTEM.mdxl, after the vocabularies.  ERR_INPUT
 * where one is damaged.
 */
bool		 terms_add_models(struct terms *, const char *folder,
		    struct err *);
/* Each table that was read, for the report. */
void		 terms_tables(const struct terms *,
		    void (*)(void *, const char *path,
		    const uint8_t[DIGEST_SIZE]), void *);
/*
 * Checks that approved codes exist; all tables must be there.  A mapping that
 * is only offered is not used where the hospital's list lacks its code.
 */
bool		 terms_check(struct terms *, struct table_faults *,
		    struct err *);
/* Says which form codes have; kept by reference, may be NULL. */
void		 terms_set_systems(struct terms *, const struct systems *);
/* Whether `system` or `system@version` is loaded. */
bool		 terms_knows(const struct terms *, struct slice system);
/* The list of `system` that counts, or of `system@version`; or NULL. */
const struct vocabulary *terms_list(const struct terms *, struct slice system);
/* All that were read, in this order. */
size_t		 terms_lists(const struct terms *);
const struct vocabulary *terms_list_at(const struct terms *, size_t);
size_t		 terms_maps(const struct terms *);
const struct codemap *terms_map_at(const struct terms *, size_t);
const struct synonyms *terms_synonyms(const struct terms *);
/* What was learned of a field for `system` or `system@version`, or NULL. */
const struct model *terms_model(const struct terms *, struct slice field,
		    struct slice system);
const struct mappings *terms_mappings(const struct terms *);
/*
 * The map from one edition (with its version) to `system` or `system@version`,
 * or NULL; *back: it is asked against its direction.
 */
const struct codemap *terms_map(const struct terms *, struct slice from,
		    struct slice from_version, struct slice to, bool *back);

enum term_status {
	TERM_APPROVED, TERM_EXACT, TERM_AUTO, TERM_REVIEW, TERM_NONE,
	TERM_UNMAPPED
};

const char	*term_status_name(enum term_status);

struct term_query {
	struct slice	 field;		/* diagnosis */
	struct slice	 term;		/* as written */
	struct slice	 unit, specimen, code;	/* n 0: not known */
	struct slice	 unit_code;	/* what the unit means in UCUM; or n 0 */
	const struct slice *systems;	/* the first is matched, others follow */
	size_t		 nsystems;
};

struct term_code {
	struct slice	 code, display, system, version;
	const char	*method;	/* approved code exact alias map, and of
					   finder.h learned similar */
	double		 p;		/* set by finder.h */
};

/* A system that was asked for and has no certain code. */
struct term_gap {
	struct slice	 system;
	const char	*reason;	/* no_code_map tied retired_code ... */
	struct term_code *candidates;
	size_t		 ncandidates;
};

struct term_answer {
	enum term_status status;
	const char	*reason;	/* of review and unmapped, else NULL */
	struct term_code *codes, *candidates;
	size_t		 ncodes, ncandidates;
	struct term_gap	*gaps;		/* further systems without a code */
	size_t		 ngaps;
	struct slice	 system, version;	/* asked first; by finder.h */
	bool		 disagrees;	/* the code of the data is another one */
};

/* One code in another edition. */
#define TERMS_FOLLOWED 64

struct term_edition {
	const char	*reason;	/* why it is for a person, or NULL */
	struct term_code *codes;	/* the code, or those to choose from */
	size_t		 ncodes;
};

/* system may name a version; without display only a code map decides. */
void		 terms_follow(const struct terms *, const struct term_code *from,
		    struct slice system, struct arena *,
		    struct term_edition *);

/* The answer's arrays live in the arena, its texts in the terms. */
void		 terms_find(const struct terms *, const struct term_query *,
		    struct arena *, struct term_answer *);

#endif
