/*
 * schema - a JSON Schema (draft 2020-12), compiled, and what it says of values.
 *
 * Vocabularies core, applicator, validation and unevaluated; format asserts
 * where that is asked for, the rest is annotation.  References stay within the
 * file.  What is not known is refused when the schema is read: no schema is
 * checked by half.  The format is json-schema.org/draft/2020-12; what of it is
 * read how is in mdx-rules(5).
 *
 * Each keyword that can fail is a rule, known by its place in the file.  Those
 * inside not, if, contains, anyOf and oneOf decide about these and are no
 * rules of their own.
 *
 * A schema is const once parsed and may be shared; a run belongs to one
 * worker.  Values are looked at where they lie in the line, each decoded once
 * and only where a keyword asks for it.
 */
#ifndef RULES_SCHEMA_H
#define RULES_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "json/scan.h"
#include "record/record.h"

struct schema;

struct schema_options {
	bool		 formats;	/* format asserts */
	struct slice	 at;		/* where the value stands in a record */
};

/* A keyword that can fail. */
struct schema_rule {
	struct slice	 pointer;	/* of the keyword: /properties/sex/enum */
	struct slice	 keyword;	/* enum; a schema that is false: false */
	struct slice	 field;		/* the value's path; n 0: several */
	struct slice	 title;		/* of its schema, or n 0 */
	struct slice	 arg;		/* what it says, cut where it is long */
	struct slice	 words;		/* the same without quotes */
	uint64_t	 line;
};

/*
 * The path is for messages: `path:line: /pointer/keyword: what, and remedy`,
 * all that is wrong in faults.  ERR_USAGE.
 */
struct schema	*schema_parse(const char *path, struct slice text,
		    const struct schema_options *, struct table_faults *,
		    struct err *);
struct schema	*schema_load(const char *path, const struct schema_options *,
		    struct table_faults *, struct err *);
void		 schema_free(struct schema *);	/* NULL is allowed */

size_t		 schema_count(const struct schema *);
/* In the order of the file. */
const struct schema_rule *schema_rule(const struct schema *, size_t);
/* The `title`, `$id` or, without either, the path. */
struct slice	 schema_name(const struct schema *);
/* The bytes it was made of. */
struct slice	 schema_text(const struct schema *);
/* What a rule says to people: "类型应为 string", "must be of type string". */
void		 schema_message(const struct schema_rule *, bool chinese,
		    struct buf *);

/*
 * What can never hold (a fault), and what says nothing: its place as a pointer.
 */
typedef void	 schema_say(void *ctx, bool fault, uint64_t line,
		    struct slice pointer, const char *what);
void		 schema_lint(const struct schema *, schema_say *, void *ctx);

/* --- values ------------------------------------------------------------------- */
struct schema_run;

/* What one rule came to, over all values of a record. */
struct schema_verdict {
	size_t		 rule;
	bool		 failed;
	const char	*fault;		/* could not be judged: why; or NULL */
	size_t		 first, n;	/* its places, where it failed */
};

struct schema_verdicts {
	const struct schema_verdict *list;	/* in the order of the rules */
	size_t		 n;
	const struct slice *places;	/* "diagnosis[2].code" */
	bool		 failed;
	const char	*fault;		/* of any of them */
};

struct schema_run *schema_run_new(const struct schema *);
void		 schema_run_free(struct schema_run *);	/* NULL is allowed */
/* Forgets what was judged.  All that is made goes into the arena. */
void		 schema_start(struct schema_run *, struct arena *);
/* Judges a value that has been scanned; `place`: where it stands. */
void		 schema_judge(struct schema_run *, struct json,
		    struct slice place);
/* The record's own members: all but `_mdx`. */
void		 schema_judge_record(struct schema_run *, struct record *);
/* What came of it, valid until the next start. */
const struct schema_verdicts *schema_conclude(struct schema_run *);

#endif
