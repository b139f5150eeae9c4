/*
 * roles - which member of a record is its patient, visit, time or department:
 * the table roles.csv, `kind,role,members`.
 *
 * Rows of the very kind come first, then those of its family (`image-*`),
 * then those of every kind (`*`); in each the members stand best first.
 * Built once, then const.
 */
#ifndef SEARCH_ROLES_H
#define SEARCH_ROLES_H

#include "base/err.h"
#include "base/slice.h"
#include "record/record.h"

enum role { ROLE_PATIENT, ROLE_VISIT, ROLE_TIME, ROLE_DEPT, ROLES };

struct roles;

/* ERR_USAGE for a table that cannot be trusted.  Adds names to the index. */
struct roles	*roles_load(const char *path, struct index *names,
		    struct err *);
void		 roles_free(struct roles *);	/* NULL is allowed */
/* The first member that is filled; n 0 where none is. */
struct slice	 roles_value(const struct roles *, struct record *, enum role);

#endif
