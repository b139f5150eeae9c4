#include "rules/distinct.h"

#include <math.h>
#include <string.h>

#define INDEX_BITS 12
#define REST_BITS  20
#define LARGEST    (REST_BITS + 1) /* of a register */
#define SPARSE     1000            /* registers that are told one by one */

static uint64_t
step(uint64_t h, uint64_t word)
{
	h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 32;
}

/* Eight bytes a step, the first one the lowest; zeros behind the last. */
static uint64_t
hash(const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	uint64_t h = n, word;

	for (; n >= 8; p += 8, n -= 8) {
		word = 0;
		for (unsigned i = 0; i < 8; i++)
			word |= (uint64_t)p[i] << 8 * i;
		h = step(h, word);
	}
	word = 0;
	for (unsigned i = 0; i < n; i++)
		word |= (uint64_t)p[i] << 8 * i;
	return step(h, word);
}

/* MurmurHash3's finalizer: every bit depends on every other. */
static uint32_t
finish(uint64_t h)
{
	h = (h ^ h >> 33) * UINT64_C(0xFF51AFD7ED558CCD);
	h = (h ^ h >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
	return (uint32_t)((h ^ h >> 33) >> 32);
}

/* --- registers -------------------------------------------------------------- */

static void
raise_register(struct distinct *d, uint32_t mark)
{
	uint32_t rest = mark & ((UINT32_C(1) << REST_BITS) - 1);
	uint8_t *r = &d->registers[mark >> REST_BITS];
	uint8_t rank = 1;

	while (rank < LARGEST && (rest >> (REST_BITS - rank) & 1) == 0)
		rank++;
	if (rank > *r)
		*r = rank;
}

static void
use_registers(struct distinct *d, struct arena *a)
{
	if (d->registers != NULL)
		return;
	d->registers = arena_zalloc(a, DISTINCT_REGISTERS);
	for (size_t i = 0; i < d->n; i++)
		raise_register(d, d->marks[i]);
	d->n = 0;
}

/* --- adding ----------------------------------------------------------------- */

static void
add_mark(struct distinct *d, struct arena *a, uint32_t mark)
{
	size_t low = 0, high = d->n;

	if (d->rough)
		use_registers(d, a);
	if (d->registers != NULL) {
		raise_register(d, mark);
		return;
	}
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (d->marks[middle] < mark)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < d->n && d->marks[low] == mark)
		return;
	if (d->n == DISTINCT_EXACT) {
		use_registers(d, a);
		raise_register(d, mark);
		return;
	}
	d->marks = arena_room(a, d->marks, d->n, &d->room, sizeof(mark));
	memmove(
	    &d->marks[low + 1], &d->marks[low], (d->n - low) * sizeof(mark));
	d->marks[low] = mark;
	d->n++;
}

void
distinct_add(struct distinct *d, struct arena *a, struct slice text)
{
	add_mark(d, a, finish(hash(text.p, text.n)));
}

/* Digits without zeros at their ends; then exponent and sign. */
void
distinct_add_number(
    struct distinct *d, struct arena *a, const struct decimal *number)
{
	struct decimal plain = decimal_strip(number);
	uint64_t rest;

	while (plain.n > 1 && plain.digits[plain.n - 1] == '0') {
		plain.n--;
		plain.exponent++;
	}
	if (plain.n == 1 && plain.digits[0] == '0')
		plain = (struct decimal){ .digits = "0", .n = 1 };
	rest =
	    (uint64_t)(plain.exponent + 2 * DECIMAL_MAX) * 2 + plain.negative;
	add_mark(d, a, finish(step(hash(plain.digits, plain.n), rest)));
}

void
distinct_join(struct distinct *d, struct arena *a, const struct distinct *from)
{
	d->rough = d->rough || from->rough;
	for (size_t i = 0; i < from->n; i++)
		add_mark(d, a, from->marks[i]);
	if (from->registers == NULL)
		return;
	use_registers(d, a);
	for (size_t i = 0; i < DISTINCT_REGISTERS; i++)
		if (from->registers[i] > d->registers[i])
			d->registers[i] = from->registers[i];
}

/* --- the estimate -------------------------------------------------------------- */

/*
 * Ertl's estimator (2017): without bias from the first value on, where that of
 * the first paper is too large by a twentieth at 10,000.
 */
static double
sigma(double x)
{
	double y = 1, z = x, last;

	if (x >= 1)
		return INFINITY;
	do {
		x *= x;
		last = z;
		z += x * y;
		y += y;
	} while (z > last);
	return z;
}

static double
tau(double x)
{
	double y = 1, z = 1 - x, last;

	if (x <= 0 || x >= 1)
		return 0;
	do {
		x = sqrt(x);
		last = z;
		y *= 0.5;
		z -= (1 - x) * (1 - x) * y;
	} while (z < last);
	return z / 3;
}

/* At the end mended for two values that have the same hash of 32 bits. */
uint64_t
distinct_count(const struct distinct *d)
{
	const double m = DISTINCT_REGISTERS, all = 4294967296.0;
	uint64_t counts[LARGEST + 1] = { 0 };
	double z, n;

	if (d->registers == NULL)
		return d->n;
	for (size_t i = 0; i < DISTINCT_REGISTERS; i++)
		counts[d->registers[i]]++;
	z = m * tau(1 - (double)counts[LARGEST] / m);
	for (unsigned k = REST_BITS; k > 0; k--)
		z = 0.5 * (z + (double)counts[k]);
	z += m * sigma((double)counts[0] / m);
	n = m * m / (2 * log(2) * z);
	return (uint64_t)((n < all ? -all * log1p(-n / all) : all) + 0.5);
}

/* --- text ------------------------------------------------------------------------ */

void
distinct_put(const struct distinct *d, struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; d->registers != NULL && i < DISTINCT_REGISTERS; i++)
		n += d->registers[i] > 0;
	buf_addc(b,
	    d->registers == NULL && !d->rough ? '='
		: n < SPARSE                  ? '~'
					      : '#');
	for (size_t i = 0; i < d->n; i++)
		buf_addf(b, "%08lx", (unsigned long)d->marks[i]);
	for (size_t i = 0; d->registers != NULL && i < DISTINCT_REGISTERS;
	     i++) {
		if (n < SPARSE && d->registers[i] == 0)
			continue;
		if (n < SPARSE)
			buf_addf(b, "%03lx", (unsigned long)i);
		buf_addc(b, (char)('0' + d->registers[i]));
	}
}

/* So many hexadecimal digits. */
static bool
read_hex(const char *p, size_t n, uint32_t *to)
{
	static const char digits[] = "0123456789abcdef";

	*to = 0;
	for (size_t i = 0; i < n; i++) {
		const char *digit = memchr(digits, p[i], 16);

		if (digit == NULL)
			return false;
		*to = *to << 4 | (uint32_t)(digit - digits);
	}
	return true;
}

static bool
read_register(char c, uint8_t *to)
{
	*to = (uint8_t)(c - '0');
	return c >= '0' && c <= '0' + LARGEST;
}

static bool
read_marks(struct slice text, struct arena *a, struct distinct *d)
{
	uint32_t mark;

	if (text.n % 8 != 0 || text.n / 8 > DISTINCT_EXACT)
		return false;
	for (size_t i = 0; i < text.n; i += 8) {
		if (!read_hex(text.p + i, 8, &mark))
			return false;
		add_mark(d, a, mark);
	}
	return true;
}

static bool
read_sparse(struct slice text, struct distinct *d)
{
	uint32_t at;

	if (text.n % 4 != 0)
		return false;
	for (size_t i = 0; i < text.n; i += 4)
		if (!read_hex(text.p + i, 3, &at) ||
		    !read_register(text.p[i + 3], &d->registers[at]))
			return false;
	return true;
}

static bool
read_all(struct slice text, struct distinct *d)
{
	if (text.n != DISTINCT_REGISTERS)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (!read_register(text.p[i], &d->registers[i]))
			return false;
	return true;
}

bool
distinct_parse(struct slice text, struct arena *a, struct distinct *d)
{
	struct slice rest = { text.p + 1, text.n - 1 };

	*d = (struct distinct){ .rough = false };
	if (text.n == 0)
		return false;
	if (text.p[0] == '=')
		return read_marks(rest, a, d);
	/* Only the rough form tells a few registers one by one. */
	d->rough = text.p[0] == '~';
	use_registers(d, a);
	return text.p[0] == '~' ? read_sparse(rest, d)
	    : text.p[0] == '#'  ? read_all(rest, d)
				: false;
}
