/*
 * bytes - unsigned numbers out of bytes, in both orders.
 */
#ifndef SOURCES_BYTES_H
#define SOURCES_BYTES_H

#include <stdint.h>

static inline uint64_t
bytes_le(const char *p, int n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | (unsigned char)p[n];
	return v;
}

static inline uint64_t
bytes_be(const char *p, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

#endif
