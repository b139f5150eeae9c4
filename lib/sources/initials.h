/*
 * initials - the pinyin initials of a Chinese name (jyxm for 检验项目), which
 * many hospital systems call their columns by.
 *
 * No table of readings is needed: the common characters of GB2312 (its level
 * 1) stand in the order of their pinyin.  A name with any other character has
 * no initials; one that is read in two ways has those of GB2312's reading.
 * Const once built, and shared.
 */
#ifndef SOURCES_INITIALS_H
#define SOURCES_INITIALS_H

#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

struct initials;

struct initials	*initials_new(struct err *);
void		 initials_free(struct initials *);	/* NULL is allowed */
/*
 * Writes at most name.n bytes of lower-case ASCII to `to` and returns their
 * number; 0 for a name without initials.  ASCII letters and digits stay.
 */
size_t		 initials_of(const struct initials *, struct slice name,
		    char *to);

#endif
