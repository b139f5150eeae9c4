/*
 * alias - the names one column goes by, and whether a header has one of them.
 *
 * Names are compared without width, case and blanks, and without a bracket at
 * their end (体温(℃), 姓名（必填）).  A column is told with and without an ending
 * such as 名称, 编码 or _id.  An alias of two or more Chinese characters stands
 * for its pinyin initials too; one with * is a pattern.
 */
#ifndef SOURCES_ALIAS_H
#define SOURCES_ALIAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "sources/initials.h"

struct aliases;

/* From 甲|乙|丙; lives in the arena but for what aliases_free gives back. */
struct aliases	*aliases_new(struct arena *, const struct initials *,
		    struct slice);
void		 aliases_free(struct aliases *);
/* A column's name as it is compared, ended by NUL; .n may be 0. */
struct slice	 alias_fold(struct arena *, struct slice name);
/* Whether one of the folded names is an alias. */
bool		 aliases_meet(const struct aliases *, const struct slice *names,
		    size_t n);

#endif
