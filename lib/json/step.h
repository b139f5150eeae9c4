/*
 * step - the same five questions about the next few bytes, three times over.
 *
 * Portable C answers for 8 bytes in a 64-bit word and is the reference; SSE2
 * and NEON answer for 16.  -DJSON_PORTABLE chooses the reference everywhere.
 * Each function looks at JSON_STEP bytes, which must be readable, and answers
 * how many of them, from the first on, are of the kind it is named for.
 *
 * Private to lib/json.
 */
#ifndef JSON_STEP_H
#define JSON_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8_block.h"

#if defined(__SSE2__) && !defined(JSON_PORTABLE)

#include <emmintrin.h>

#define JSON_STEP 16

static inline __m128i
step_load(const void *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

/* The bytes before the first that is set; all 16 where none is. */
static inline unsigned
step_before(__m128i set)
{
	return (unsigned)__builtin_ctz(
	    (unsigned)_mm_movemask_epi8(set) | 0x10000u);
}

static inline __m128i
step_is(__m128i v, char c)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

/* A signed byte below the blank is a control character or no ASCII at all. */
static inline unsigned
step_plain(const char *p)
{
	__m128i v = step_load(p);

	return step_before(_mm_or_si128(
	    _mm_or_si128(step_is(v, '"'), step_is(v, '\\')),
	    _mm_cmplt_epi8(v, _mm_set1_epi8(' '))));
}

static inline unsigned
step_verbatim(const char *p)
{
	__m128i v = step_load(p);

	return step_before(_mm_or_si128(
	    _mm_or_si128(step_is(v, '"'), step_is(v, '\\')),
	    _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v)));
}

static inline unsigned
step_digits(const char *p)
{
	__m128i v = _mm_sub_epi8(step_load(p), _mm_set1_epi8('0'));

	return step_before(_mm_cmpgt_epi8(
	    _mm_xor_si128(v, _mm_set1_epi8((char)0x80)),
	    _mm_set1_epi8((char)(0x80 + 9))));
}

static inline unsigned
step_blanks(const char *p)
{
	__m128i v = step_load(p);
	__m128i blank = _mm_or_si128(
	    _mm_or_si128(step_is(v, ' '), step_is(v, '\n')),
	    _mm_or_si128(step_is(v, '\t'), step_is(v, '\r')));

	return step_before(step_is(blank, 0));
}

static inline unsigned
step_triples(const char *p)
{
	__m128i v = step_load(p);
	const __m128i mask = _mm_setr_epi8(-16, -64, -64, -16, -64, -64, -16,
	    -64, -64, -16, -64, -64, -16, -64, -64, -1);
	const __m128i want = _mm_setr_epi8(-32, -128, -128, -32, -128, -128,
	    -32, -128, -128, -32, -128, -128, -32, -128, -128, 0);
	__m128i good = _mm_cmpeq_epi8(_mm_and_si128(v, mask), want);
	__m128i edge = _mm_or_si128(
	    step_is(v, (char)0xE0), step_is(v, (char)0xED));
	unsigned n = step_before(
	    _mm_or_si128(_mm_xor_si128(good, _mm_set1_epi8(-1)), edge));

	return n - n % 3;
}

#elif defined(__ARM_NEON) && defined(__aarch64__) && !defined(JSON_PORTABLE)

#include <arm_neon.h>

#define JSON_STEP 16

static inline uint8x16_t
step_load(const void *p)
{
	return vld1q_u8(p);
}

/* Each byte is narrowed to four bits: NEON has no movemask. */
static inline unsigned
step_before(uint8x16_t set)
{
	uint64_t bits = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(
	    vreinterpretq_u16_u8(set), 4)), 0);

	return bits == 0 ? 16 : (unsigned)__builtin_ctzll(bits) >> 2;
}

static inline uint8x16_t
step_is(uint8x16_t v, unsigned char c)
{
	return vceqq_u8(v, vdupq_n_u8(c));
}

static inline unsigned
step_plain(const char *p)
{
	uint8x16_t v = step_load(p);

	return step_before(vorrq_u8(
	    vorrq_u8(step_is(v, '"'), step_is(v, '\\')),
	    vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(' '))));
}

static inline unsigned
step_verbatim(const char *p)
{
	uint8x16_t v = step_load(p);

	return step_before(vorrq_u8(
	    vorrq_u8(step_is(v, '"'), step_is(v, '\\')),
	    vcltq_u8(v, vdupq_n_u8(' '))));
}

static inline unsigned
step_digits(const char *p)
{
	uint8x16_t v = vsubq_u8(step_load(p), vdupq_n_u8('0'));

	return step_before(vcgtq_u8(v, vdupq_n_u8(9)));
}

static inline unsigned
step_blanks(const char *p)
{
	uint8x16_t v = step_load(p);

	return step_before(vmvnq_u8(vorrq_u8(
	    vorrq_u8(step_is(v, ' '), step_is(v, '\n')),
	    vorrq_u8(step_is(v, '\t'), step_is(v, '\r')))));
}

static inline unsigned
step_triples(const char *p)
{
	static const uint8_t mask[16] = { 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0,
		0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xFF };
	static const uint8_t want[16] = { 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80,
		0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0x00 };
	uint8x16_t v = step_load(p);
	uint8x16_t good = vceqq_u8(
	    vandq_u8(v, step_load(mask)), step_load(want));
	unsigned n = step_before(vorrq_u8(vmvnq_u8(good),
	    vorrq_u8(step_is(v, 0xE0), step_is(v, 0xED))));

	return n - n % 3;
}

#else

/*
 * The byte of lowest address is the lowest of the word, whatever the machine.
 * In each of the tests below a borrow can only spoil bytes above the first
 * that is truly set, so that the first one is always right.
 */
#define JSON_STEP 8

#define STEP_ONES (UINT64_MAX / 255)
#define STEP_HIGH (STEP_ONES * 0x80)

static inline uint64_t
step_load(const void *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

static inline unsigned
step_before(uint64_t set)
{
	set &= STEP_HIGH;
	return set == 0 ? 8 : (unsigned)__builtin_ctzll(set) >> 3;
}

/* The high bit of each byte that is below n; n is at most 0x80. */
static inline uint64_t
step_below(uint64_t v, unsigned char n)
{
	return (v - STEP_ONES * n) & ~v;
}

static inline uint64_t
step_is(uint64_t v, unsigned char c)
{
	return step_below(v ^ STEP_ONES * c, 1);
}

static inline unsigned
step_verbatim(const char *p)
{
	uint64_t v = step_load(p);

	return step_before(
	    step_is(v, '"') | step_is(v, '\\') | step_below(v, ' '));
}

static inline unsigned
step_plain(const char *p)
{
	uint64_t v = step_load(p);

	return step_before(
	    v | step_is(v, '"') | step_is(v, '\\') | step_below(v, ' '));
}

/* '0' to '9' are 0x3N with N + 6 below 16; no sum here carries over. */
static inline unsigned
step_digits(const char *p)
{
	uint64_t v = step_load(p) ^ STEP_ONES * '0';
	uint64_t low = v & ~STEP_HIGH;

	return step_before(v | (low + STEP_ONES * (0x80 - 10)));
}

/* Exact in every byte: blanks are looked for to be skipped, not to stop at. */
static inline uint64_t
step_differs(uint64_t v, unsigned char c)
{
	v ^= STEP_ONES * c;
	return v | ((v & ~STEP_HIGH) + STEP_ONES * 0x7F);
}

static inline unsigned
step_blanks(const char *p)
{
	uint64_t v = step_load(p);

	return step_before(step_differs(v, ' ') & step_differs(v, '\n') &
	    step_differs(v, '\t') & step_differs(v, '\r'));
}

static inline unsigned
step_triples(const char *p)
{
	const uint64_t mask = UINT64_C(0x0000C0C0F0C0C0F0);
	const uint64_t want = UINT64_C(0x00008080E08080E0);
	uint64_t v = step_load(p), bad = (v & mask) ^ want;
	unsigned n;

	bad |= step_is(v, 0xE0) >> 7 & STEP_ONES;
	bad |= step_is(v, 0xED) >> 7 & STEP_ONES;
	n = (unsigned)__builtin_ctzll(bad | UINT64_C(1) << 48) >> 3;
	return n - n % 3;
}

#endif

/*
 * Whether all is UTF-8 of at most three bytes a character, and plainly so:
 * false also where E0, ED or F0 and above begin one, there or in the rest of
 * the last 64 bytes read, which need a closer look.
 */
static inline bool
step_utf8(const char *p, size_t n)
{
#ifdef UTF8_BLOCK
	uint64_t carry = 0;

	for (; n >= 64; p += 64, n -= 64)
		if (!utf8_block(p, UINT64_MAX, &carry))
			return false;
	if (n > 0 && !utf8_block(p, (UINT64_C(1) << n) - 1, &carry))
		return false;
	return carry == 0;
#else
	(void)p;
	return n == 0;
#endif
}

/* The most that step_triples can answer. */
#define JSON_TRIPLES (JSON_STEP - JSON_STEP % 3)

#endif
