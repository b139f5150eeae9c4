/*
 * rule - one rule of quality, and the set of them that a run applies: those
 * that follow from the catalogue and those of rule files (mdx-rules(5)).
 *
 * A set is built once and then const.  Everything a rule points to belongs to
 * the set's arena, or to the catalogue, which must outlive it.
 */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/slice.h"
#include "catalogue/catalogue.h"
#include "io/table.h"
#include "rules/check.h"
#include "rules/schema.h"

enum severity { SEVERITY_INFO, SEVERITY_WARN, SEVERITY_ERROR, SEVERITY_FATAL };

const char	*severity_name(enum severity);
const char	*severity_name_zh(enum severity);
/* By name or Chinese alias. */
bool		 severity_named(struct slice, enum severity *);

/*
 * What makes a rule that sees a table (missing=null) not applicable; each
 * holds for those behind it too.
 */
enum rule_na {
	NA_NEVER,
	NA_STREAM,		/* the stream is not there */
	NA_EMPTY,		/* it has no record */
	NA_FIELD,		/* no record has the field */
	NA_FILLED,		/* the field is null in every record */
	NA_APPLIED		/* the rule applied to nothing */
};

const char	*rule_na_name(enum rule_na);
bool		 rule_na_named(struct slice, enum rule_na *);

struct rule {
	size_t		 number;	/* in the set, from 0 */
	struct slice	 id;
	bool		 on;
	struct slice	*kinds;		/* none: every record */
	size_t		 nkinds;
	struct slice	 field;		/* resolved: the path in the record */
	bool		 in_indicators;	/* ... or an id under `indicators` */
	struct slice	 title;		/* the field's Chinese name, or n 0 */
	enum check	 check;
	struct slice	 arg, when;
	bool		 missing_fails;
	bool		 as_table;	/* missing=null: as a database sees it */
	enum rule_na	 na;		/* of such a rule */
	bool		 per_value;	/* counts values, not records */
	enum severity	 severity;
	struct slice	 max_fail;	/* "0", "25", "2%" */
	unsigned	 points;	/* thousandths */
	struct slice	 level, dimension, scene, owner, since, until;
	struct slice	 message, message_en, rationale;
	const struct indicator *of;	/* generated from this one, or NULL */
	const struct limits *limits;	/* reference: of its item */
	size_t		 keyword;	/* of --schema: its number there */
	const char	*path;		/* where it stands, for messages */
	uint64_t	 line;
};

struct rule_file {
	const char	*path;
	uint8_t		 digest[DIGEST_SIZE];	/* of what was read: it may be
						   a pipe */
};

struct ruleset {
	struct arena	*arena;
	const struct catalogue *catalogue;	/* NULL: --rules-only */
	struct rule	**rules;	/* those that are on */
	size_t		 n, room;
	struct index	*ids;		/* of all, also of those that are off */
	struct rule	**all;
	size_t		 all_room;
	struct rule_file *files;	/* in the order of reading */
	size_t		 nfiles, files_room;
	struct table_faults *faults;
	struct schema	*schema;	/* --schema, or NULL */
	struct slice	 schema_at;	/* the field it is for, or n 0 */
	bool		 schema_formats;
	bool		 faulty;	/* no plan comes of it */
};

enum ruleset_use { RULES_ALL, RULES_OF_RECORDS, RULES_OF_SERIES };

struct ruleset_options {
	enum ruleset_use use;		/* those of time series are watch's */
	const char	*const *files;	/* -r; NULL at the end; may be NULL */
	const char	*schema;	/* a JSON Schema, or NULL */
	struct schema_options of_schema;
	const char	*only;		/* "ID,sex:*", or NULL */
	const char	*scene, *level;	/* NULL: any */
	bool		 drafts;	/* also those of files that are off */
	struct date	 now;		/* for since and until */
};

/*
 * catalogue NULL: files alone.  All faults are in faults.  A set with faults
 * is returned, so that plan_new finds the rest of them and refuses it.  NULL
 * and ERR_USAGE where no rule is left.
 */
struct ruleset	*ruleset_load(struct catalogue *,
		    const struct ruleset_options *, struct table_faults *,
		    struct err *);
void		 ruleset_free(struct ruleset *);	/* NULL is allowed */
/* One rule file from memory, for tests; `path` also tells csv from ndjson. */
bool		 ruleset_parse(struct ruleset *, const char *path,
		    struct slice text, struct err *);
/* All of them apply, whatever else they say. */
void		 ruleset_use_all(struct ruleset *);
struct ruleset	*ruleset_new(const struct catalogue *, struct table_faults *);
const struct rule *ruleset_find(const struct ruleset *, struct slice id);
/*
 * What a field's name in a rule means: the path, and whether it is an id under
 * `indicators`.  d: the row of the catalogue, or NULL.
 */
void		 ruleset_place(const struct ruleset *, struct slice name,
		    struct slice *path, bool *in_indicators,
		    const struct indicator **d);

/* The path of `@NAME`: beside the file that the rule stands in. */
const char	*rule_beside(const struct rule *, struct slice name,
		    struct arena *);
/* skip, fail or null. */
const char	*rule_missing_name(const struct rule *);
/* Whether it is settled over all records (rules/keys.h). */
bool		 rule_is_open(const struct rule *);
/* Whether the rule looks at records of this kind. */
bool		 rule_of_kind(const struct rule *, struct slice kind);
/* The rule as a line of NDJSON, without line feed, or a row of CSV. */
void		 rule_put_json(const struct rule *, struct buf *);
void		 rule_put_row(const struct rule *, char delimiter,
		    struct buf *);
void		 rule_put_header(char delimiter, struct buf *);

/* --- between rule.c, ruleset.c, generate.c and limits.c -------------------- */

enum {
	RULE_ID, RULE_ON, RULE_KIND, RULE_FIELD, RULE_CHECK, RULE_ARG,
	RULE_WHEN, RULE_MISSING, RULE_SEVERITY, RULE_MAX_FAIL, RULE_POINTS,
	RULE_LEVEL, RULE_DIMENSION, RULE_SCENE, RULE_OWNER, RULE_SINCE,
	RULE_UNTIL, RULE_MESSAGE, RULE_MESSAGE_EN, RULE_RATIONALE, RULE_NA,
	RULE_PER, RULE_COLUMNS
};

extern const struct column rule_columns[];

struct rule_row {
	struct slice	 cells[RULE_COLUMNS];
	const char	*path;
	uint64_t	 line;
	bool		 typed;		/* in a table: a spreadsheet may have
					   had it */
};

/* Fills what the row says into *r; cells that are empty change nothing. */
bool	rule_fill(struct ruleset *, const struct rule_row *, struct rule *,
	    struct err *);
/* A rule of the set, known from now on by its id; false where it is taken. */
bool	ruleset_add(struct ruleset *, const struct rule *, struct err *);
/* The rules that follow from the rows of a pack. */
bool	generate_rules(struct ruleset *, size_t pack, struct err *);
/* The column that an indicator stands in. */
bool	generate_place(const struct indicator *, struct slice *path);

#endif
