/*
 * utf8_block - 64 bytes of text at once: are they plainly UTF-8?
 *
 * Plainly: of at most three bytes a character and without those that begin by
 * E0, ED or F0 and above, which need a closer look.  SSE2 only (UTF8_BLOCK
 * says whether it is there); without it every text takes the closer look.
 */
#ifndef BASE_UTF8_BLOCK_H
#define BASE_UTF8_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__) && !defined(JSON_PORTABLE)

#include <emmintrin.h>

#define UTF8_BLOCK

/*
 * What the bytes are, as one mask for each question: where a character must go
 * on follows from where those of two and of three bytes begin.  Only bytes of
 * `inside` count; *carry is what the next block has to go on with.
 */
static inline bool
utf8_block(const char *p, uint64_t inside, uint64_t *carry)
{
	uint64_t high = 0, on = 0, three = 0, begin, want;
	__m128i rare = _mm_setzero_si128();

	for (unsigned i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(p + i));
		__m128i odd = _mm_or_si128(
		    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE0)),
			_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xED))),
		    _mm_or_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xEF)),
			_mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(1)),
			    _mm_set1_epi8((char)0xC1))));

		high |= (uint64_t)_mm_movemask_epi8(v) << i;
		on |= (uint64_t)_mm_movemask_epi8(
		    _mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC0))) << i;
		three |= (uint64_t)_mm_movemask_epi8(_mm_and_si128(v,
		    _mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xDF)))) << i;
		rare = _mm_or_si128(rare, _mm_and_si128(v, odd));
	}
	begin = high & ~on & inside;
	want = begin << 1 | (three & inside) << 2 | *carry;
	*carry = begin >> 63 | (three & inside) >> 62;
	return _mm_movemask_epi8(rare) == 0 && want == (on & inside);
}

#endif

/* Bytes from the start that are plainly UTF-8, in whole characters. */
static inline size_t
utf8_blocks(const char *p, size_t n)
{
	size_t done = 0;

#ifdef UTF8_BLOCK
	uint64_t carry = 0;

	while (n - done >= 64 && utf8_block(p + done, UINT64_MAX, &carry))
		done += 64;
	/* The last character may go on behind, and is looked at again. */
	for (int back = 0; back < 3 && done > 0; back++)
		if (((unsigned char)p[--done] & 0xC0) != 0x80)
			break;
#else
	(void)p;
	(void)n;
#endif
	return done;
}

#endif
