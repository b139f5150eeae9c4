/*
 * extract - the stage of mdx-extract: a record in, its indicators on it.
 *
 * Levels in their order: L1 from members, L2 from text, L4 by join, L3 by
 * computing.  The tables (struct extract) are const once opened and shared by
 * all workers; what a worker counts is added up at the end.
 */
#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H

#include "base/buf.h"
#include "extract/answer.h"
#include "extract/candidate.h"
#include "extract/derive.h"
#include "extract/filled.h"
#include "extract/join.h"
#include "extract/guide.h"
#include "extract/reading.h"
#include "extract/text.h"
#include "record/flow.h"

enum extract_output {
	OUTPUT_RECORDS, OUTPUT_TABLE, OUTPUT_EXPLAIN,
	OUTPUT_FLAT,		/* a CSV row a record */
	OUTPUT_LONG		/* a line an indicator */
};

enum sheet_form {
	SHEET_TSV, SHEET_CSV, SHEET_MD, SHEET_TEXT
};

/*
 * Which rows of --join and --corrections have met a record; see unmet.  Each
 * worker has its own, added up when it closes.
 */
struct extract_met {
	bool		*joined;	/* rows of join */
	unsigned char	*rows;		/* of filled: ROW_MET, ROW_USED */
};

struct extract {
	const struct guide *guide;
	struct index	*names;		/* from record_names */
	const struct doctype *doc;	/* --doc, or NULL */
	struct strings	 text;		/* --text */
	const bool	*wanted;	/* one an indicator; NULL: all */
	const struct join *join;	/* or NULL */
	struct strings	 on;		/* members of the key */
	const struct filled *filled;	/* --corrections, or NULL */
	const struct derive *derive;
	bool		 plain;		/* --plain: no match is asked */
	bool		 trace, all_rows;
	enum extract_output output;
	enum sheet_form	 form;
	/* Counts of the run, written when workers close. */
	uint64_t	 matched, not_matched, no_text, courses;
	uint64_t	 corrected, unapplied;	/* of filled */
	uint64_t	 fields[STATUS_COUNT];
	struct extract_met met;
};

/* A record between its text and what is computed: the rules have answered. */
struct extract_work {
	const struct doctype *type;	/* NULL: no document */
	struct text	 text;
	struct reading	 reading;
	struct candidates found;
	struct answers	 answers;
};

/*
 * The stage in two halves, for who asks somebody else in between; worker is
 * the stage's.  False where the run cannot go on.
 */
bool		 extract_begin(void *worker, struct record *,
		    struct extract_work *, struct err *);
enum verdict	 extract_finish(void *worker, struct record *,
		    struct extract_work *, struct job *, struct err *);

/* Fills what follows from the guide and the options above. */
struct stage	 extract_stage(struct extract *);
/* Frees what the stage has made; the tables are the caller's. */
void		 extract_release(struct extract *);
/* The report's member "extract", JSON behind what is in the buffer. */
void		 extract_report(const struct extract *, struct buf *);
/*
 * Over whole files, each one record {"text": ...}: UTF-8 or GB18030.  Like
 * flow_run with one worker.
 */
bool		 extract_plain(struct run *, char *const *operands,
		    const struct stage *, struct err *);

#endif
