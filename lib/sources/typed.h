/*
 * typed - options of mdx-ingest as they were typed, made into source_options.
 *
 * Texts are kept by reference.  What is made of them (a secret out of a file,
 * a list of elements) belongs to struct typed, which outlives the options.
 */
#ifndef SOURCES_TYPED_H
#define SOURCES_TYPED_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "sources/source.h"

struct typed {
	/* of the command line, NULL where they are not given */
	const char	*delimiter, *quote, *comment, *ragged;
	const char	*hash, *samples, *timeout;
	const char	*tags, *per;		/* of DICOM */
	const char	*query_file, *secret_file, *password_file;
	bool		 no_spool;
	/* of the environment */
	const char	*home, *secret;
	/* what was made of them */
	struct buf	 query, secret_text, passwords, known_hosts;
	struct buf	 spool_state;
	const char	**password_list;
	struct dicom_tags *elements;
};

/* What can be said before a file is opened.  ERR_USAGE. */
bool	typed_check(const struct typed *, struct source_options *,
	    struct err *);
/*
 * A listener never ends, so it has a run of its own.  How far its spool was
 * delivered is kept by the state, in the spool itself unless told otherwise.
 * ERR_USAGE.
 */
bool	typed_check_listener(struct typed *, char *const *operands,
	    struct source_options *, struct err *);
/* Secrets, a query out of its file, names of elements, --at. */
bool	typed_load(struct typed *, struct source_options *, struct err *);
void	typed_release(struct typed *, struct source_options *);

#endif
