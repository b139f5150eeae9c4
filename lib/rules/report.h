/*
 * report - a summary as files for people and programs: CSV, JSON, JUnit,
 * Markdown, the coverage table, what changed between two, and the page
 * (report_html).
 */
#ifndef RULES_REPORT_H
#define RULES_REPORT_H

#include "io/table.h"
#include "rules/history.h"
#include "rules/waiver.h"

enum language { LANGUAGE_BOTH, LANGUAGE_ZH, LANGUAGE_EN };

struct report {			/* what is wanted, and what stands beside */
	unsigned	 good, fair;	/* least scores of 甲 and 乙, hundredths */
	enum language	 language;
	const char	*title;		/* of the page; NULL: its own */
	const struct table *kinds;	/* kinds.csv: kind, name_zh; of the page */
	const struct waivers *waivers;	/* NULL: none */
	const struct trend *trend;	/* NULL: no history */
};

#define REPORT_DEFAULTS { .good = 9000, .fair = 7500 }

/* rule,kind,field,check,severity,n,applicable,fail,error,waived,percent, ... */
void	report_csv(const struct summary *, const struct report *, struct buf *);
/* The same and the score, as one object. */
void	report_json(const struct summary *, const struct report *,
	    struct buf *);
void	report_md(const struct summary *, const struct report *, struct buf *);
/* One test case a rule, for what shows the tests of software. */
void	report_junit(const struct summary *, const struct report *,
	    struct buf *);
/* One row a group, one column a field, cells "99.87%". */
void	report_coverage(const struct summary *, const struct report *,
	    struct buf *);
/* The member "qc" of the run's report. */
void	report_own(const struct summary *, const struct report *,
	    uint64_t quarantined, struct buf *);
/* CSV: the rules whose standing is another, and by how much. */
void	report_diff(const struct summary *before, const struct summary *now,
	    struct buf *);
/* The whole page: `page` is lib/share/html/qc.html. */
bool	report_html(const struct summary *, const struct report *,
	    struct slice page, struct buf *, struct err *);

/* 0, 1, 2: 甲 乙 丙; the names in Chinese and English. */
unsigned	 report_grade(const struct report *, unsigned score);
const char	*grade_name_zh(unsigned grade);
const char	*grade_name(unsigned grade);
/* The rules with failures, or a stream outside of theirs, the gravest first, then the most; in the arena. */
const struct rule_lines **report_failing(const struct summary *,
	    struct arena *, size_t *n);
/* The share of the good among those that could be judged; of a stream that is
 * measured there is none. */
void	report_put_passed(struct buf *, const struct rule_lines *);

/* --- the coverage table, for those that draw it (coverage.c) ---------------- */
struct coverage_cell {
	uint64_t	 there, n;
};

struct coverage {
	struct slice	*columns, *titles;	/* fields */
	size_t		 ncolumns;
	struct slice	*rows;			/* JSON of by */
	size_t		 nrows;
	struct coverage_cell *cells;		/* row by row */
};

/* In the arena.  kind: of these records alone, or NULL. */
void	coverage_make(const struct summary *, const struct slice *kind,
	    struct arena *, struct coverage *);
/* The values of a group, for people: "呼吸一科 · 2024-01", "全部". */
void	report_put_group(struct slice by, bool en, struct arena *,
	    struct buf *);

#endif
