/*
 * secret - the password or token of a source, from a file.
 *
 * It is kept out of messages, records, manifests and states by never being
 * part of a uri: whoever needs it takes it from source_options.
 */
#ifndef SOURCES_SECRET_H
#define SOURCES_SECRET_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * The file without the line end behind it; ERR_USAGE where others may read
 * it, or it is empty or too long.  option: for messages.
 */
bool	secret_load(const char *option, const char *path, struct buf *,
	    struct err *);
/* Its lines that are not empty, cut in place; NULL at the end, on the heap. */
const char **secret_lines(struct buf *);
/* The text with every occurrence of the secret as `***`, behind the buffer. */
void	secret_scrub(struct slice text, const char *secret, struct buf *);

#endif
