/*
 * systems - the published lists of codes that there are, and the names of the
 * columns in their official files: systems.csv and headers.csv.
 *
 * A header or a word of a title speaks for some systems; what all of them
 * together leave over is the system of the file.  Built once, then const.
 * Formats: mdx-terms(5).
 */
#ifndef TERMS_SYSTEMS_H
#define TERMS_SYSTEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pattern.h"
#include "base/slice.h"
#include "io/table.h"

#define SYSTEMS_MOST	64

struct systems;

struct system {
	struct slice	 name, title, field, uri;
	struct slice	 edition;	/* in force, n 0: not known */
	struct pattern	*codes;		/* NULL: any */
};

enum header_role {
	HEADER_CODE, HEADER_MORE, HEADER_NAME, HEADER_ALIAS, HEADER_ALIASES,
	HEADER_PARENT_CODE, HEADER_PARENT_NAME, HEADER_PARENT, HEADER_STATUS,
	HEADER_VALID_FROM, HEADER_VALID_TO, HEADER_EXTRA, HEADER_VERSION,
	HEADER_CODE_FROM, HEADER_CODE_TO, HEADER_RELATION, HEADER_PREFERRED,
	HEADER_TITLE, HEADER_EDITION, HEADER_ROLES
};

/*
 * The shipped tables, and the hospital's systems.csv on top (folder may be
 * NULL, or have none).
 */
struct systems	*systems_load(const char *share, const char *folder,
		    struct table_faults *, struct err *);
void		 systems_free(struct systems *);	/* NULL is allowed */

size_t		 systems_count(const struct systems *);
const struct system *systems_at(const struct systems *, size_t);
const struct system *systems_find(const struct systems *, struct slice name);
/* By the address that FHIR knows it by. */
const struct system *systems_by_uri(const struct systems *, struct slice uri);

/*
 * The role of a column by its header, HEADER_ROLES for none; *of are the
 * systems it speaks for, one bit each in the order of systems_at.
 */
enum header_role systems_header(const struct systems *, struct slice header,
		    uint64_t *of);
/* The role with this name, for --columns; HEADER_ROLES for none. */
enum header_role systems_role(struct slice name);
/* The systems that a title, or a file's name, can be of. */
uint64_t	 systems_titled(const struct systems *, struct slice title);

#endif
