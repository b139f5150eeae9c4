/*
 * A typed value begins with a byte: its type below, its length above; 15 there
 * means that the length follows as a typed number.  The lowest numbers of a
 * type and two NaNs say that a value is missing, or that a vector ends before
 * its room does.
 */
#include "sources/bcf_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "json/write.h"
#include "sources/bytes.h"

enum { NONE = 0, INT8 = 1, INT16 = 2, INT32 = 3, FLOAT = 5, CHAR = 7 };

#define NO_NUMBER 0x7F800001u /* as a float */
#define NO_MORE   0x7F800002u

struct cursor {
	const char *p, *end;
};

static bool
broken(struct err *e)
{
	return err_data(
	    e, "bcf_syntax", "a value of the record does not fit into it");
}

static size_t
width_of(int type)
{
	static const size_t widths[16] = {
		[INT8] = 1, [INT16] = 2, [INT32] = 4, [FLOAT] = 4, [CHAR] = 1
	};

	return widths[type & 15];
}

/* A number of any width; false where it is missing or the vector's end. */
static bool
int_at(const struct bcf_values *v, size_t i, int64_t *to, bool *ends)
{
	size_t width = width_of(v->type);
	uint64_t raw = bytes_le(v->p + i * width, (int)width);
	int64_t least = -((int64_t)1 << (8 * width - 1));

	*to = (int64_t)raw;
	if (*to >= -least)
		*to += 2 * least;
	*ends = *to == least + 1;
	return *to > least + 7;
}

static bool take_values(
    struct cursor *, size_t samples, struct bcf_values *, struct err *);

static bool
take_number(struct cursor *c, int64_t *to, struct err *e)
{
	struct bcf_values v;
	bool ends;

	/* A length that has a length of 15 would never end. */
	if (c->p == c->end || ((unsigned char)*c->p >> 4) == 15)
		return broken(e);
	if (!take_values(c, 1, &v, e))
		return false;
	return (v.n == 1 && v.type >= INT8 && v.type <= INT32 &&
		   int_at(&v, 0, to, &ends)) ||
	    broken(e);
}

/* The values of so many samples; c is then behind them. */
static bool
take_values(
    struct cursor *c, size_t samples, struct bcf_values *v, struct err *e)
{
	int64_t n;
	size_t width;

	if (c->p == c->end)
		return broken(e);
	v->type = *c->p & 15;
	n = (unsigned char)*c->p++ >> 4;
	if (n == 15 && !take_number(c, &n, e))
		return false;
	width = width_of(v->type);
	if (n < 0 || (width == 0 && n > 0))
		return broken(e);
	if (n > 0 &&
	    (samples > 0 &&
		(size_t)(c->end - c->p) / width / samples < (size_t)n))
		return broken(e);
	v->n = (size_t)n;
	v->p = c->p;
	c->p += v->n * width * samples;
	return true;
}

/* --- values as texts ----------------------------------------------------- */

/* The shortest spelling that reads back as the same number. */
static void
add_float(struct buf *b, uint32_t bits)
{
	char text[32];
	float f;

	memcpy(&f, &bits, sizeof(f));
	for (int digits = 6; digits <= 9; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, (double)f);
		if (strtof(text, NULL) == f)
			break;
	}
	buf_adds(b, text);
}

static void
add_floats(struct buf *b, const struct bcf_values *v)
{
	for (size_t i = 0; i < v->n; i++) {
		uint32_t bits = (uint32_t)bytes_le(v->p + 4 * i, 4);

		if (bits == NO_MORE)
			break;
		if (i > 0)
			buf_addc(b, ',');
		if (bits == NO_NUMBER)
			buf_addc(b, '.');
		else
			add_float(b, bits);
	}
}

static void
add_ints(struct buf *b, const struct bcf_values *v)
{
	for (size_t i = 0; i < v->n; i++) {
		int64_t n;
		bool ends, known = int_at(v, i, &n, &ends);

		if (ends)
			break;
		if (i > 0)
			buf_addc(b, ',');
		if (known)
			buf_addf(b, "%" PRId64, n);
		else
			buf_addc(b, '.');
	}
}

/* Alleles are counted from 1 and doubled; the odd ones are phased. */
static void
add_genotype(struct buf *b, const struct bcf_values *v)
{
	for (size_t i = 0; i < v->n; i++) {
		int64_t n;
		bool ends, known = int_at(v, i, &n, &ends);

		if (ends)
			break;
		if (i > 0)
			buf_addc(b, (n & 1) != 0 ? '|' : '/');
		if (known && n >= 2)
			buf_addf(b, "%" PRId64, n / 2 - 1);
		else
			buf_addc(b, '.');
	}
}

/* The value in r->text; a dot where there is none. */
static bool
text_of(struct bcf_record *r, const struct bcf_values *v, bool genotype,
    struct err *e)
{
	struct buf *b = &r->text;

	buf_reset(b);
	if (v->type == CHAR)
		buf_add(b, v->p, strnlen(v->p, v->n));
	else if (v->type == FLOAT)
		add_floats(b, v);
	else if (v->type != NONE && genotype)
		add_genotype(b, v);
	else if (v->type != NONE)
		add_ints(b, v);
	if (b->n == 0)
		buf_addc(b, '.');
	return v->type != CHAR || utf8_valid(b->p, b->n) ||
	    err_data(e, "encoding", "bytes that are not UTF-8");
}

static void
put_text(struct bcf_record *r, const char *key, struct buf *b)
{
	json_put_key(b, key);
	json_put_string(b, buf_slice(&r->text));
}

/* A name by its number. */
static bool
name_of(const struct vcf_names *d, int64_t number, struct slice *name,
    struct err *e)
{
	if (number < 0 || (uint64_t)number >= d->n ||
	    d->names[number].p == NULL)
		return err_data(e, "bcf_syntax",
		    "the header has no name for number %lld",
		    (long long)number);
	*name = d->names[number];
	return true;
}

/* --- what all samples share ---------------------------------------------- */

static bool
put_alleles(struct bcf_record *r, struct cursor *c, size_t n, struct buf *b,
    struct err *e)
{
	struct buf alternatives = { 0 };
	struct bcf_values v;
	bool ok = true;

	buf_reset(&r->text);
	buf_addc(&r->text, '.');
	if (n == 0)
		put_text(r, "REF", b);
	for (size_t i = 0; ok && i < n; i++) {
		ok = take_values(c, 1, &v, e) && text_of(r, &v, false, e);
		if (ok && i == 0)
			put_text(r, "REF", b);
		if (i > 1)
			buf_addc(&alternatives, ',');
		if (ok && i > 0)
			buf_add_slice(&alternatives, buf_slice(&r->text));
	}
	if (alternatives.n == 0)
		buf_addc(&alternatives, '.');
	json_put_key(b, "ALT");
	json_put_string(b, buf_slice(&alternatives));
	buf_release(&alternatives);
	return ok;
}

static bool
put_filter(struct bcf_record *r, struct cursor *c, struct buf *b, struct err *e)
{
	struct slice name = { NULL, 0 };
	struct bcf_values v;

	if (!take_values(c, 1, &v, e))
		return false;
	if (v.n > 0 && (v.type < INT8 || v.type > INT32))
		return broken(e);
	buf_reset(&r->text);
	for (size_t i = 0; i < v.n; i++) {
		int64_t number;
		bool ends, known = int_at(&v, i, &number, &ends);

		if (ends)
			break;
		if (!known || !name_of(&r->header->words, number, &name, e))
			return e->kind != ERR_NONE ? false : broken(e);
		if (i > 0)
			buf_addc(&r->text, ';');
		buf_add_slice(&r->text, name);
	}
	if (r->text.n == 0)
		buf_addc(&r->text, '.');
	put_text(r, "FILTER", b);
	return true;
}

static bool
put_info(struct bcf_record *r, struct cursor *c, size_t n, struct buf *b,
    struct err *e)
{
	keys_reset(&r->keys);
	json_put_key(b, "INFO");
	buf_addc(b, '{');
	while (n-- > 0) {
		struct bcf_values v;
		struct slice name;
		int64_t number;

		if (!take_number(c, &number, e) ||
		    !name_of(&r->header->words, number, &name, e) ||
		    !take_values(c, 1, &v, e) || !text_of(r, &v, false, e))
			return false;
		keys_put(&r->keys, name, b);
		if (v.type == NONE)
			buf_adds(b, "true");
		else
			json_put_string(b, buf_slice(&r->text));
	}
	buf_addc(b, '}');
	return true;
}

static bool
put_shared(struct bcf_record *r, struct slice s, struct buf *b, struct err *e)
{
	struct cursor c = { s.p + BCF_FIXED, s.p + s.n };
	const struct bcf_values quality = { FLOAT, 1, s.p + 12 };
	struct bcf_values v;
	struct slice contig;

	if (!name_of(&r->header->contig_numbers, (int32_t)bytes_le(s.p, 4),
		&contig, e))
		return false;
	json_put_key(b, "CHROM");
	json_put_string(b, contig);
	buf_addf(b, ",\"POS\":\"%" PRId64 "\"",
	    (int64_t)(int32_t)bytes_le(s.p + 4, 4) + 1);
	if (!take_values(&c, 1, &v, e) || !text_of(r, &v, false, e))
		return false;
	put_text(r, "ID", b);
	if (!put_alleles(r, &c, bytes_le(s.p + 18, 2), b, e) ||
	    !text_of(r, &quality, false, e))
		return false;
	put_text(r, "QUAL", b);
	return put_filter(r, &c, b, e) &&
	    put_info(r, &c, bytes_le(s.p + 16, 2), b, e);
}

/* --- the samples --------------------------------------------------------- */

static bool
take_format(struct bcf_record *r, struct cursor *c, size_t n, struct err *e)
{
	r->format.n = 0;
	while (n-- > 0) {
		struct slice name;
		int64_t number;

		r->format.names = mem_room(r->format.names, r->format.n,
		    &r->format.room, sizeof(*r->format.names));
		r->values = mem_room(
		    r->values, r->format.n, &r->room, sizeof(*r->values));
		if (!take_number(c, &number, e) ||
		    !name_of(&r->header->words, number, &name, e) ||
		    !take_values(
			c, r->header->samples.n, &r->values[r->format.n], e))
			return false;
		r->format.names[r->format.n++] = name;
	}
	return true;
}

static bool
put_sample(struct bcf_record *r, size_t sample, struct buf *b, struct err *e)
{
	json_put_key_slice(b, r->header->samples.names[sample]);
	buf_addc(b, '{');
	keys_reset(&r->keys);
	for (size_t i = 0; i < r->format.n; i++) {
		struct bcf_values v = r->values[i];

		v.p += sample * v.n * width_of(v.type);
		if (!text_of(r, &v, slice_is(r->format.names[i], "GT"), e))
			return false;
		keys_put(&r->keys, r->format.names[i], b);
		json_put_string(b, buf_slice(&r->text));
	}
	buf_addc(b, '}');
	return true;
}

static bool
put_samples(struct bcf_record *r, struct buf *b, struct err *e)
{
	buf_reset(&r->text);
	for (size_t i = 0; i < r->format.n; i++) {
		if (i > 0)
			buf_addc(&r->text, ':');
		buf_add_slice(&r->text, r->format.names[i]);
	}
	put_text(r, "FORMAT", b);
	json_put_key(b, "samples");
	buf_addc(b, '{');
	for (size_t i = 0; i < r->header->samples.n; i++)
		if (!put_sample(r, i, b, e))
			return false;
	buf_addc(b, '}');
	return true;
}

void
bcf_record_init(struct bcf_record *r, const struct vcf_header *h)
{
	memset(r, 0, sizeof(*r));
	r->header = h;
}

void
bcf_record_release(struct bcf_record *r)
{
	keys_release(&r->keys);
	buf_release(&r->text);
	mem_free(r->format.names);
	mem_free(r->values);
}

bool
bcf_record_put(struct bcf_record *r, struct slice shared, struct slice own,
    struct buf *b, struct err *e)
{
	struct cursor c = { own.p, own.p + own.n };
	uint64_t counts;

	if (shared.n < BCF_FIXED)
		return broken(e);
	counts = bytes_le(shared.p + 20, 4);
	if ((counts & 0xFFFFFF) != r->header->samples.n)
		return err_data(e, "bcf_syntax",
		    "record has %llu samples, the header has %zu",
		    (unsigned long long)(counts & 0xFFFFFF),
		    r->header->samples.n);
	buf_addc(b, '{');
	return put_shared(r, shared, b, e) &&
	    take_format(r, &c, counts >> 24, e) &&
	    (r->format.n == 0 || put_samples(r, b, e));
}
