/*
 * report - a summary as files for people and programs: CSV, JSON, Markdown,
 * the coverage table, and the page (report_html).
 */
#ifndef RULES_REPORT_H
#define RULES_REPORT_H

#include "io/table.h"
#include "rules/summary.h"

/* rule,kind,field,check,severity,n,applicable,fail,error,waived,percent, ... */
void	report_csv(const struct summary *, struct buf *);
/* The same and the score, as one object. */
void	report_json(const struct summary *, struct buf *);
void	report_md(const struct summary *, struct buf *);
/* One row a group, one column a field, cells "99.87%". */
void	report_coverage(const struct summary *, struct buf *);
/* The member "qc" of the run's report. */
void	report_own(const struct summary *, uint64_t quarantined, struct buf *);
/*
 * The whole page: `page` is lib/share/html/qc.html, kinds the table kinds.csv
 * with the columns kind and name_zh.
 */
bool	report_html(const struct summary *, struct slice page,
	    const struct table *kinds, const char *title, struct buf *,
	    struct err *);

/* A: 90 and more, B: 75 and more, C. */
char	report_grade(const struct summary *);

/* --- the coverage table, for those that draw it ------------------------------ */
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
void	report_put_group(struct slice by, struct arena *, struct buf *);

#endif
