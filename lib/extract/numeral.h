/*
 * numeral - small numbers in Chinese characters: 半 三 十五 二十 廿 一百二十.
 */
#ifndef EXTRACT_NUMERAL_H
#define EXTRACT_NUMERAL_H

#include <stddef.h>

#include "base/slice.h"

/*
 * The number that the text begins with, up to 99, times two (半 is 1);
 * *n its bytes.  0 where there is none.
 */
unsigned	 numeral_at(struct slice text, size_t *n);

#endif
