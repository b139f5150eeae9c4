/*
 * number - the numbers that identify a person, proved by their own rules.
 *
 * All functions take plain ASCII digits; narrowing is the caller's.
 */
#ifndef DEID_NUMBER_H
#define DEID_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* 18 characters: a region, a date that exists, MOD 11-2 (GB 11643). */
bool	number_is_id_18(const char *);
/* 15 digits of the older form: a region and a date of 19xx. */
bool	number_is_id_15(const char *);
/* 15 digits in place to their 18 (room for 18); 15 where they are no id. */
size_t	number_id_18(char *);
bool	number_luhn(const char *, size_t n);

#endif
