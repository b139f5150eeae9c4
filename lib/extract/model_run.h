/*
 * model_run - a run of mdx-extract that has to do with a model: live, or one
 * of those that only foresee what would be asked.
 */
#ifndef EXTRACT_MODEL_RUN_H
#define EXTRACT_MODEL_RUN_H

#include "extract/extract.h"
#include "extract/inquiry.h"
#include "extract/tune.h"
#include "mapping/limit.h"
#include "model/settings.h"

enum model_task {
	TASK_LIVE,		/* records, the model asked */
	TASK_PROMPT,		/* the first request's body */
	TASK_FORECAST,		/* what it would come to */
	TASK_EMIT,		/* batch files, in the run's output as folder */
	TASK_TUNE		/* samples, likewise with a split */
};

struct model_run {
	enum model_task	 task;
	struct model_settings *settings;
	struct asking	 asking;	/* but for the model and the words */
	bool		 redact;
	bool		 use_rules;	/* where the service is down: go on */
	struct limit	 max_failed;	/* records without an answer */
	struct tune_split split;	/* but for its folder */
};

/* share: where the words of redaction are.  Returns the exit status. */
int		 model_run(const struct run_options *, char **operands,
		    struct extract *, struct model_run *, const char *share,
		    struct err *);

#endif
