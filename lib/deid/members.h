/*
 * members - which members of a record hold a person's own values, by
 * SHARE/deid/members.csv: exact names, and ends of names (`*姓名`) for columns
 * that no map has renamed.  Const once loaded.  Private to lib/deid.
 */
#ifndef DEID_MEMBERS_H
#define DEID_MEMBERS_H

#include "deid/find.h"
#include "io/table.h"
#include "json/scan.h"

struct members;

struct members	*members_load(const char *share, struct table_faults *,
		    struct err *);
void		 members_free(struct members *);	/* NULL is allowed */
bool		 members_find(const struct members *, struct slice name,
		    enum label *);

/*
 * The single values in what a member holds: names of a list are taken apart,
 * `王芳之女` also gives 王芳, and what only stands for a missing name (不详) is
 * none.  In the arena, or slices of the record.
 */
struct values {
	struct known	*list;
	size_t		 n, room;
};

void		 values_add(struct values *, struct json, enum label,
		    struct arena *);

#endif
