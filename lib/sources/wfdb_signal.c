/*
 * Samples out of bytes, format by format.  Those of 12 and 10 bits are packed
 * across bytes:
 *
 *	212  two in three bytes: low 8 of the first | its high 4 (low nibble)
 *	     and the high 4 of the second | low 8 of the second
 *	310  three in two words: bits 1-10 of each word, then the upper five
 *	     bits of the first word below those of the second
 *	311  three in 32 bits, from the low end
 */
#include "sources/wfdb.h"

static const struct wfdb_packing packings[] = {
	{ 8, 1, 1, INT64_MIN },
	{ 16, 1, 2, -32768 },
	{ 24, 1, 3, -8388608 },
	{ 32, 1, 4, INT32_MIN },
	{ 61, 1, 2, -32768 },
	{ 80, 1, 1, -128 },
	{ 160, 1, 2, -32768 },
	{ 212, 2, 3, -2048 },
	{ 310, 3, 4, -512 },
	{ 311, 3, 4, -512 },
};

const struct wfdb_packing *
wfdb_packing(unsigned format)
{
	for (size_t i = 0; i < sizeof(packings) / sizeof(*packings); i++)
		if (packings[i].format == format)
			return &packings[i];
	return NULL;
}

static int64_t
signed_of(uint32_t n, unsigned bits)
{
	int64_t value = n;

	return value >= INT64_C(1) << (bits - 1) ? value - (INT64_C(1) << bits)
						 : value;
}

static uint32_t
little(const unsigned char *p, unsigned bytes)
{
	uint32_t n = 0;

	for (unsigned i = bytes; i-- > 0;)
		n = n << 8 | p[i];
	return n;
}

static int64_t
of_310(const unsigned char *p, unsigned n)
{
	uint32_t first = little(p, 2), second = little(p + 2, 2);

	if (n < 2)
		return signed_of((n == 0 ? first : second) >> 1 & 0x3FF, 10);
	return signed_of(first >> 11 | second >> 11 << 5, 10);
}

int64_t
wfdb_sample(const struct wfdb_packing *how, const char *unit, unsigned n)
{
	const unsigned char *p = (const unsigned char *)unit;

	switch (how->format) {
	case 61:
		return signed_of((uint32_t)(p[0] << 8 | p[1]), 16);
	case 80:
		return p[0] - 128;
	case 160:
		return (int64_t)little(p, 2) - 32768;
	case 212:
		return n == 0
		    ? signed_of((uint32_t)(p[0] | (p[1] & 0x0F) << 8), 12)
		    : signed_of((uint32_t)(p[2] | (p[1] & 0xF0) << 4), 12);
	case 310:
		return of_310(p, n);
	case 311:
		return signed_of(little(p, 4) >> (10 * n) & 0x3FF, 10);
	default:
		return signed_of(little(p, how->bytes), 8 * how->bytes);
	}
}

uint64_t
wfdb_count(const struct wfdb_packing *how, uint64_t n)
{
	/* Two bytes of a unit hold its first sample. */
	return n / how->bytes * how->samples +
	    (how->samples > 1 && n % how->bytes >= 2);
}
