/*
 * wfdb_beside - files that belong to a header of WFDB and are read with it.
 */
#ifndef SOURCES_WFDB_BESIDE_H
#define SOURCES_WFDB_BESIDE_H

#include <stdbool.h>

#include "sources/source.h"

/*
 * Whether the file is a signal file that a header of its folder names, or the
 * annotations of one (.dat, .atr).
 */
bool	wfdb_claims(const char *path);
/* What becomes of such a file by itself: a skip, `with_header`. */
extern const struct source_format wfdb_beside;

#endif
