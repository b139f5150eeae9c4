/*
 * hand - what a person says of the indicators of a record, put into it: the
 * value, and an entry of engine `hand` that keeps the former one.
 */
#ifndef EXTRACT_HAND_H
#define EXTRACT_HAND_H

#include "base/arena.h"
#include "base/err.h"
#include "catalogue/catalogue.h"
#include "extract/filled.h"
#include "json/scan.h"

/* The path of the entry that says that a record is reviewed. */
#define HAND_REVIEWED "*"

struct hand {
	struct slice	 path;
	struct slice	 value;		/* JSON */
	struct slice	 unit, by;
	bool		 done;
};

/*
 * The JSON of a filled row: `=` is what stands or was claimed, `-` is null,
 * else the value by the indicator's type.  d NULL: the type is told by what
 * stands there.  ERR_DATA: `bad_value`; `no_reviewer`.
 */
bool		 hand_value(const struct filled_row *,
		    const struct indicator *d, struct json entry,
		    struct json value, struct arena *, struct slice *json,
		    struct err *);
/* `lesion.2.power` into lesion, 2 and power; false: it is no such path. */
bool		 hand_split(struct slice path, struct slice *group,
		    size_t *object, struct slice *key);
/* Whether a person has written the entry. */
bool		 hand_said(struct json entry);
/* The value of a path (`lesion.2.power`), or JSON_NONE. */
struct json	 hand_at(struct json indicators, struct slice path,
		    struct arena *);
/* The entry of a path, or JSON_NONE. */
struct json	 hand_entry(struct json entries, struct slice path,
		    struct arena *);
/* `indicators` and `_mdx.extract` with the changes; in the arena. */
struct slice	 hand_values(struct json indicators, struct hand *, size_t n,
		    struct arena *);
struct slice	 hand_entries(struct json entries, struct hand *, size_t n,
		    struct slice reviewed_by, struct arena *);

#endif
