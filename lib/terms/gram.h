/*
 * gram - a folded term as characters and pairs of characters that stand
 * together, each once, in ascending order.
 *
 * A character is the low 16 bits of a code point: what lies beyond the basic
 * plane is rare and may share a number.  A gram is (first << 16 | second), a
 * single character has no first.
 */
#ifndef TERMS_GRAM_H
#define TERMS_GRAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

#define GRAM_CHARACTERS	256	/* of a term; the rest is not looked at */
#define GRAM_MOST	((size_t)2 * GRAM_CHARACTERS)

size_t	gram_characters(struct slice folded, uint16_t to[GRAM_CHARACTERS]);
size_t	gram_list(struct slice folded, uint32_t to[GRAM_MOST]);

#endif
