/*
 * dqd - the rule tables of OHDSI/DataQualityDashboard (Apache-2.0, 2.8.4) as
 * rules of ours: what each check counts, and when it is not applicable, is
 * said by rules with missing=null (mdx-rules(5)).
 *
 * Four CSV files name them: the types of check, each with the filter that says
 * which rows of the tables, fields or concepts it is for, and these three.
 * Columns are found by name.  All faults are gathered with file and line.
 */
#ifndef RULES_DQD_H
#define RULES_DQD_H

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

enum dqd_table { DQD_TABLE, DQD_FIELD, DQD_CONCEPT, DQD_CHECKS, DQD_TABLES };

struct dqd_file {
	const char	*path;		/* for messages */
	struct slice	 text;
};

/* Appends the rules as NDJSON.  ERR_USAGE; nothing is appended then. */
bool	dqd_parse(const struct dqd_file[DQD_TABLES], struct table_faults *,
	    struct buf *to, struct err *);
/*
 * The same from a folder that holds one file *_Table_Level.csv,
 * *_Field_Level.csv, *_Concept_Level.csv and *_Check_Descriptions.csv each;
 * where it holds those of several versions, `path` is the folder and what the
 * names begin with.
 */
bool	dqd_load(const char *path, struct table_faults *, struct buf *to,
	    struct err *);

#endif
