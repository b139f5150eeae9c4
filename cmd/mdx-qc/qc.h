/*
 * qc - what the verbs of mdx-qc share.  Each file beside this one holds a verb
 * or a few of a kind, with the options that are theirs alone.
 *
 * qc holds the options as they were typed; qc_load makes catalogue, rules and
 * plan of them, which live until qc_release.
 */
#ifndef MDX_QC_QC_H
#define MDX_QC_QC_H

#include "catalogue/catalogue.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "rules/plan.h"
#include "rules/report.h"

struct qc_options {
	struct opt_list	 rule_files, schemas;
	const char	*schema_at;
	bool		 schema_formats;
	bool		 rules_only;
	const char	*only, *scene, *level, *now, *zone;
	const char	*kind, *kind_from, *by, *id;
	struct opt_list	 refs;		/* NAME=FILE */
	const char	*ref_dir, *spill, *state;
	uint64_t	 memory;
	uint64_t	 max_groups;
	const char	*fail_on;	/* a severity, or never */
	bool		 fail_on_na, allow_empty;
};

struct qc_tables {
	struct catalogue *catalogue;	/* NULL: --rules-only */
	struct identity	*identity;	/* of verbs that read records */
	struct ruleset	*rules;
	struct plan	*plan;
	struct table_faults faults;
};

extern struct qc_options qc;
extern struct qc_tables qc_tables;
extern const struct tool qc_tool;

/* What is wrong with rules has been said where it is false. */
bool		 qc_load(enum ruleset_use, struct err *);
/* The same, with the rules of -r that are off. */
bool		 qc_load_drafts(struct err *);
/* The same without a rule where the user wants no packs'. */
bool		 qc_load_for_profile(struct err *);
/* No rule, but what names in rules mean. */
bool		 qc_load_names(struct err *);
/* The folder for what memory does not hold. */
const char	*qc_spill(void);
/* The references of --ref and --ref-dir; note: see reference_options. */
bool		 qc_load_references(void (*note)(void *, const char *,
		    const uint8_t[DIGEST_SIZE]), void *ctx, struct err *);
void		 qc_release(void);
/* --now, or today. */
struct date	 qc_now(void);
/* --kind-from name; misuse where it says something else, or --kind is given. */
bool		 qc_kind_from_name(void);
/* Misuse of the option where the text names no severity. */
enum severity	 qc_severity(const char *option, const char *text);
/* Says which rules could not be evaluated, if any: they judged nothing. */
void		 qc_say_errors(const struct summary *);
/* Whether the counts are within the thresholds; else *e says what is not. */
bool		 qc_within(const struct summary *, struct err *);
/* Says how many records are not in a group of their own, if any. */
void		 qc_say_surplus(const struct summary *);
/* Says the faults, which stand for *e from then on; false. */
bool		 qc_faulty(struct err *);
/* Writes the buffer to a file (`-`: standard output) and releases it. */
bool		 qc_put(const char *path, struct buf *, struct err *);
bool		 qc_put_summary(const struct summary *, const char *path,
		    struct err *);
/* The tables that decide, into the report. */
void		 qc_note_tables(struct run *);
void		 qc_note_table(void *run, const char *path,
		    const uint8_t digest[DIGEST_SIZE]);
/* lib/share/kinds.csv: kind and name_zh are its first columns. */
struct table	*qc_kinds(struct err *);

/* Misuse where an option is given that is check's alone. */
void		 qc_refuse_of_check(const char *verb);

/* The verbs: exit statuses. */
int	qc_check(char **operands);
int	qc_merge(char **operands);
int	qc_report(char **operands);
int	qc_diff(char **operands);
int	qc_profile(char **operands);
int	qc_rules(char **operands);
int	qc_lint(char **operands);
int	qc_test(char **operands);
int	qc_explain(char **operands);
int	qc_watch(char **operands);
int	qc_import(char **operands);

extern const struct opt qc_check_opts[], qc_report_opts[], qc_rules_opts[],
    qc_lint_opts[], qc_test_opts[], qc_explain_opts[],
    qc_watch_opts[], qc_profile_opts[];

#endif
