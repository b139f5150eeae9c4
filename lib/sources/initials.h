/*
 * initials - the pinyin initials of a Chinese name (jyxm for 检验项目), which
 * many hospital systems call their columns by.
 *
 * No table of readings is needed: the common characters of GB2312 (its level
 * 1) stand in the order of their pinyin.  A name with any other character has
 * no initials; one that is read in two ways has those of GB2312's reading.
 */
#ifndef SOURCES_INITIALS_H
#define SOURCES_INITIALS_H

#include "base/slice.h"
#include "io/encoding.h"

/*
 * Writes at most name.n bytes of lower-case ASCII to `to` and returns their
 * number; 0 for a name without initials.  ASCII letters and digits stay.
 */
size_t	initials_of(struct encoding *gb, struct slice name, char *to);

#endif
