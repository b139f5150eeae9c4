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
 * it, or it is empty or too long.
 */
bool	secret_load(const char *path, struct buf *, struct err *);
/* The text with every occurrence of the secret as `***`, behind the buffer. */
void	secret_scrub(struct slice text, const char *secret, struct buf *);

#endif
