#include "io/table_cut.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

/*
 * What the bytes of a block are: one bit each, the first byte the lowest.
 * Portable C is the reference; -DTABLE_PORTABLE chooses it everywhere.
 */
#define BLOCK 64

struct marks {
	uint64_t delimiter, quote, special;
};

struct wanted {
	char delimiter, quote;
};

#if defined(__SSE2__) && !defined(TABLE_PORTABLE)

#include <emmintrin.h>

static inline void
mark(const char *p, struct wanted w, struct marks *m)
{
	const __m128i control = _mm_set1_epi8(0x1F);

	*m = (struct marks){ 0 };
	for (unsigned i = 0; i < BLOCK; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(p + i));
		__m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8(w.quote));
		__m128i special =
		    _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, control), v),
			_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')),
			    _mm_cmpeq_epi8(v, _mm_set1_epi8('"'))));

		m->delimiter |=
		    (uint64_t)(unsigned)_mm_movemask_epi8(
			_mm_cmpeq_epi8(v, _mm_set1_epi8(w.delimiter)))
		    << i;
		m->quote |= (uint64_t)(unsigned)_mm_movemask_epi8(quote) << i;
		m->special |= (uint64_t)(unsigned)_mm_movemask_epi8(special)
		    << i;
	}
}

static inline unsigned
find16(const char *p, char quote)
{
	__m128i v = _mm_loadu_si128((const __m128i *)p);
	__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(quote)),
	    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
		_mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));

	return (unsigned)_mm_movemask_epi8(hit);
}

#define FIND16

#elif defined(__ARM_NEON) && defined(__aarch64__) && !defined(TABLE_PORTABLE)

#include <arm_neon.h>

/* Four times sixteen answers of all ones or none, as 64 bits. */
static inline uint64_t
bits_of(const uint8x16_t a[4])
{
	static const uint8_t weights[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2,
		4, 8, 16, 32, 64, 128 };
	const uint8x16_t w = vld1q_u8(weights);
	uint8x16_t low = vpaddq_u8(vandq_u8(a[0], w), vandq_u8(a[1], w));
	uint8x16_t high = vpaddq_u8(vandq_u8(a[2], w), vandq_u8(a[3], w));

	low = vpaddq_u8(low, high);
	low = vpaddq_u8(low, low);
	return vgetq_lane_u64(vreinterpretq_u64_u8(low), 0);
}

static inline void
mark(const char *p, struct wanted w, struct marks *m)
{
	uint8x16_t delimiter[4], quote[4], special[4];

	for (unsigned i = 0; i < 4; i++) {
		uint8x16_t v = vld1q_u8((const uint8_t *)p + 16 * i);

		delimiter[i] = vceqq_u8(v, vdupq_n_u8((uint8_t)w.delimiter));
		quote[i] = vceqq_u8(v, vdupq_n_u8((uint8_t)w.quote));
		special[i] = vorrq_u8(vcltq_u8(v, vdupq_n_u8(' ')),
		    vorrq_u8(vceqq_u8(v, vdupq_n_u8('\\')),
			vceqq_u8(v, vdupq_n_u8('"'))));
	}
	m->delimiter = bits_of(delimiter);
	m->quote = bits_of(quote);
	m->special = bits_of(special);
}

#else

static inline void
mark(const char *p, struct wanted w, struct marks *m)
{
	*m = (struct marks){ 0 };
	for (unsigned i = 0; i < BLOCK; i++) {
		unsigned char c = (unsigned char)p[i];

		m->delimiter |= (uint64_t)(p[i] == w.delimiter) << i;
		m->quote |= (uint64_t)(p[i] == w.quote) << i;
		m->special |= (uint64_t)(c < ' ' || c == '\\' || c == '"') << i;
	}
}

#endif

const char *
table_find_mark(const char *p, const char *end, char quote)
{
#ifdef FIND16
	for (; end - p >= 16; p += 16) {
		unsigned hits = find16(p, quote);

		if (hits != 0)
			return p + __builtin_ctz(hits);
	}
#endif
	while (p < end && *p != quote && *p != '\n' && *p != '\r')
		p++;
	return p;
}

/* Where the cutting stands between two blocks. */
struct state {
	const char *from;    /* of the field */
	const char *close;   /* its closing quote, once seen */
	const char *doubled; /* the second of the last pair of quotes */
	bool in_quotes;
};

/* One quote for two; the text has room for the whole record. */
static struct slice
halve(struct cut *c, struct slice field, char quote)
{
	const char *p = field.p, *end = p + field.n;
	char *start = c->text.p + c->text.n, *to = start;

	while (p < end) {
		if (*p == quote)
			p++;
		*to++ = *p++;
	}
	c->text.n += (size_t)(to - start);
	return slice_span(start, to);
}

static inline void
end_field(struct cut *c, struct state *s, const char *at, char quote)
{
	struct slice field =
	    slice_span(s->from, s->close == NULL ? at : s->close);

	c->fields[c->n++] = s->doubled == NULL ? field : halve(c, field, quote);
	s->from = at + 1;
	s->close = s->doubled = NULL;
}

/*
 * A quote opens a field at its start; there, one is half of a pair or closes
 * it before what ends it.
 */
static inline bool
take_quote(struct state *s, const char *at, const char *end, struct wanted w)
{
	if (!s->in_quotes) {
		s->in_quotes = at == s->from && s->close == NULL;
		s->from = at + 1;
		return s->in_quotes;
	}
	if (at == s->doubled)
		return true;
	if (at + 1 < end && at[1] == w.quote) {
		s->doubled = at + 1;
		return true;
	}
	s->in_quotes = false;
	s->close = at;
	return at + 1 == end || at[1] == w.delimiter;
}

static void
make_room(struct cut *c)
{
	if (c->room >= c->n + BLOCK + 1)
		return;
	c->room = 2 * c->room + BLOCK + 1;
	c->fields = mem_resize(c->fields, c->room, sizeof(*c->fields));
}

bool
table_cut(struct cut *c, struct slice record, char delimiter, char quote)
{
	const struct wanted w = { delimiter, quote == 0 ? '"' : quote };
	const char *p = record.p, *end = p + record.n;
	struct state s = { .from = p };
	uint64_t special = 0;
	char tail[BLOCK] = { 0 };

	c->n = 0;
	make_room(c);
	buf_reset(&c->text);
	buf_room(&c->text, record.n);
	for (; p < end; p += BLOCK) {
		uint64_t inside = UINT64_MAX, hits;
		struct marks m;

		if (end - p >= BLOCK) {
			mark(p, w, &m);
		} else {
			inside = (UINT64_C(1) << (end - p)) - 1;
			memcpy(tail, p, (size_t)(end - p));
			mark(tail, w, &m);
		}
		if (quote == 0)
			m.quote = 0;
		make_room(c);
		special |= m.special & ~m.delimiter & ~m.quote & inside;
		for (hits = (m.delimiter | m.quote) & inside; hits != 0;
		     hits &= hits - 1) {
			const uint64_t bit = hits & -hits;
			const char *at = p + __builtin_ctzll(hits);

			if ((m.quote & bit) != 0) {
				if (!take_quote(&s, at, end, w))
					return false;
				if (s.doubled != NULL)
					special = 1; /* it stays */
			} else if (!s.in_quotes) {
				end_field(c, &s, at, quote);
			} else {
				/* A tab between quotes is data. */
				special |= m.special & bit;
			}
		}
	}
	if (s.in_quotes)
		return false;
	end_field(c, &s, end, quote);
	c->plain = special == 0;
	return true;
}
