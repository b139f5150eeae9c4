/*
 * kind - what sort of record a source holds, by lib/share/kinds.csv.
 *
 * Proofs in order: a code (hl7:ORU^R01, fhir:Observation[laboratory],
 * cda:11502-2, dicom:CT), the columns, the names of sheet and file.  A
 * hospital's own rows are asked all before any shipped one: theirs are proved
 * by columns where every set of aliases is met (most sets win), or by a name.
 * Then the columns vote (see votes and tally), to which shipped rows that are
 * met and the names add.  A tie is no proof: it gives "other" and the
 * candidates.  A kind may have further rows, for tables of another shape.
 * Loaded once, then const and shared.
 */
#ifndef SOURCES_KIND_H
#define SOURCES_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct kinds;

struct kind_proof {
	const char	*kind;		/* never NULL; "other" without a proof */
	const char	*by;		/* option codes columns names tie none */
	const char	*tied[2];	/* the candidates of a tie */
};

/*
 * path: the shipped table; own: a hospital's rows, asked before them, or NULL.
 * ERR_USAGE.
 */
struct kinds	*kinds_load(const char *path, const char *thesaurus,
		    const char *own, struct err *);
void		 kinds_free(struct kinds *);	/* NULL is allowed */

/* The kind of that name as a string of the table's, or NULL. */
const char	*kinds_find(const struct kinds *, const char *name);
/* By this code, but for own rows that tell another kind by the names. */
struct kind_proof kinds_of_code(const struct kinds *, struct slice code,
		    const char *const *names);
/* By columns, then by names (innermost first, NULL at the end). */
struct kind_proof kinds_of_table(const struct kinds *, const struct slice *columns,
		    size_t ncolumns, const char *const *names);
struct kind_proof kinds_of_names(const struct kinds *,
		    const char *const *names);
/* The table of --list kinds: one JSON object a kind, a line each. */
void		 kinds_print(const struct kinds *, struct buf *);

#endif
