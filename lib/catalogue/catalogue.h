/*
 * catalogue - the packs of a run put together: one dictionary behind all six
 * tools (contract, section 5).
 *
 * `core` comes first, then the packs as named.  A pack's name is looked up in
 * SHARE/packs; a name with a slash is a folder.  Built once, then const: any
 * number of threads may share one.
 */
#ifndef CATALOGUE_CATALOGUE_H
#define CATALOGUE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "catalogue/indicator.h"
#include "io/table.h"

struct catalogue;

struct pack {
	const char	*name;		/* the folder's last part */
	const char	*folder;
};

/*
 * packs: names or folders, NULL at the end (may be NULL).  say: gets each
 * fault, one line "packs/x/indicators.csv:17: unknown type 'nmber' ..."; all
 * faults of all packs are found before it fails with ERR_USAGE.  May be NULL.
 */
struct catalogue *catalogue_load(const char *share, const char *const *packs,
		    bool with_core, void (*say)(const char *), struct err *);
/*
 * The same for who proves tables: what is sound of the packs, never NULL, and
 * every fault in the list.
 */
struct catalogue *catalogue_prove(const char *share, const char *const *packs,
		    bool with_core, struct table_faults *);
void		 catalogue_free(struct catalogue *);	/* NULL is allowed */

size_t		 catalogue_count(const struct catalogue *);
const struct indicator *catalogue_at(const struct catalogue *, size_t);
/* By id, else NULL. */
const struct indicator *catalogue_find(const struct catalogue *, struct slice);
/* By id, name_zh or a synonym that only one row has, else NULL. */
const struct indicator *catalogue_named(const struct catalogue *,
		    struct slice);

size_t		 catalogue_packs(const struct catalogue *);
const struct pack *catalogue_pack(const struct catalogue *, size_t);
/*
 * The path of a pack's file such as "rules.csv", owned by the catalogue, or
 * NULL where the pack has none.
 */
const char	*catalogue_file(struct catalogue *, size_t pack,
		    const char *name);
/* Calls back for each table that was read, for the run's report. */
void		 catalogue_tables(const struct catalogue *,
		    void (*)(void *, const char *path,
		    const uint8_t digest[DIGEST_SIZE]), void *);

#endif
