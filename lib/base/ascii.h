/*
 * ascii - what a character is, whatever the locale: digits and letters of
 * ASCII alone.  Takes a byte or a code point; a byte above 0x7F is neither.
 */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool
is_digit(uint32_t c)
{
	return c - '0' < 10;
}

static inline bool
is_letter(uint32_t c)
{
	return (c | 0x20) - 'a' < 26;
}

#endif
