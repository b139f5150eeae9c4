/*
 * extract - what the verbs of mdx-extract share.  Each file beside this one
 * holds the verbs of a kind, with the options that are theirs alone.
 */
#ifndef MDX_EXTRACT_EXTRACT_H
#define MDX_EXTRACT_EXTRACT_H

#include "base/arena.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "extract/guide.h"
#include "extract/settings.h"
#include "record/run.h"

/* Options that several kinds of verbs read, as they were typed. */
struct shared_options {
	const char	*doc, *on;
};

extern struct shared_options shared;
extern const struct tool extract_tool;

/* Lives until the program ends. */
struct arena	*setup_arena(void);
/* The parts of a list between commas, none for NULL. */
struct strings	 setup_parts(const char *list);
/* The members of --on, else the usual one; a name that is no key is misuse. */
struct strings	 setup_keys(void);
/* The packs that were named, or core alone. */
struct catalogue *setup_catalogue(struct err *);
/* That, and what its texts are read by; no pack is misuse. */
const struct guide *setup_guide(struct err *);
void		 setup_release(void);

/* What a verb does with its run. */
struct work {
	void		*ctx;
	bool		 (*run)(void *ctx, struct run *, char **operands,
			    struct err *);
	/* The report's member "extract", as JSON; may be NULL. */
	void		 (*account)(const void *ctx, struct buf *);
	/* Whose tables the report lists; may be NULL. */
	const struct catalogue *tables;
};

/* The run from its beginning to its end: the exit status. */
int	work_run(const struct work *, char **operands, struct err *);
/* A run that writes the buffer, which ends with it. */
int	work_print(struct buf *, struct err *);

/* The verbs: exit statuses. */
int	verb_records(char **operands, struct err *);	/* without a verb */
int	verb_prompt(char **operands, struct err *);
int	verb_explain(char **operands, struct err *);
int	verb_tune(char **operands, struct err *);
int	verb_batch(char **operands, struct err *);
int	verb_check(char **operands, struct err *);
int	verb_schema(char **operands, struct err *);
int	verb_form(char **operands, struct err *);
int	verb_gather(char **operands, struct err *);
int	verb_review(char **operands, struct err *);
int	verb_eval(char **operands, struct err *);
int	verb_cache(char **operands, struct err *);

extern const struct opt record_opts[];		/* of the first screen */
extern const struct opt record_more_opts[];
extern const struct opt form_opts[], review_opts[], eval_opts[];

#endif
