/*
 * join - L4: values that were followed up or entered by hand, from a CSV or
 * NDJSON file, matched to records by key.
 *
 * Columns match by id, by the name REDCap has for it, or by name_zh.  The
 * file is read whole; then it is const and may be shared.
 */
#ifndef EXTRACT_JOIN_H
#define EXTRACT_JOIN_H

#include "base/err.h"
#include "catalogue/catalogue.h"
#include "extract/answer.h"
#include "extract/settings.h"
#include "record/record.h"

struct join;

/* on: members that make the key, at least one.  ERR_USAGE. */
struct join	*join_new(const struct catalogue *, struct strings on,
		    struct err *);
void		 join_free(struct join *);	/* NULL is allowed */
bool		 join_load(struct join *, const char *path,
		    struct table_faults *, struct err *);
/* Names of the key's members, to be asked of the record. */
struct strings	 join_on(const struct join *);
/* key: the values of those members, in their order. */
void		 join_find(const struct join *, const struct slice *key,
		    const bool *wanted, struct answers *, struct arena *);

#endif
