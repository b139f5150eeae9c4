/*
 * CRAM 2 and 3: one record of the SAM header in the first container.
 *
 *	"CRAM" major minor id[20]
 *	container: length ref start span records counter bases blocks
 *		landmarks [crc]
 *	block: method content-type content-id size raw-size bytes [crc]
 *
 * The first block of the first container holds the header: its length, then
 * the text.  Numbers but the container's length are ITF8 and LTF8, in which
 * the leading ones of the first byte say how many bytes follow.
 */
#include <string.h>

#include "base/mem.h"
#include "io/codec.h"
#include "json/write.h"
#include "sources/body.h"
#include "sources/bytes.h"
#include "sources/format.h"
#include "sources/sam_header.h"

#define DEFINITION 26

struct cram {
	struct member *m;
	size_t at;
	int major;
	struct slice s; /* what has been seen of the member */
};

bool
cram_is(struct slice head)
{
	return head.n >= DEFINITION && memcmp(head.p, "CRAM", 4) == 0 &&
	    head.p[4] >= 1 && head.p[4] <= 4 && (unsigned char)head.p[5] < 10;
}

static bool
need(struct cram *c, size_t n, struct err *e)
{
	return body_head(c->m, c->at + n, &c->s, e);
}

/* ITF8 has at most four bytes behind the first, LTF8 eight. */
static bool
number(struct cram *c, int most, uint64_t *to, struct err *e)
{
	unsigned char first;
	int more = 0;

	if (!need(c, 1, e))
		return false;
	first = (unsigned char)c->s.p[c->at];
	while (more < most && (first & 0x80 >> more) != 0)
		more++;
	if (!need(c, 1 + (size_t)more, e))
		return false;
	*to = bytes_be(c->s.p + c->at + 1, more);
	if (most == 4 && more == 4)
		/* The fifth byte has four bits. */
		*to = (uint64_t)(first & 0x0F) << 28 | *to >> 8 << 4 |
		    (*to & 0x0F);
	else if (more < 7)
		*to |= (uint64_t)(first & 0x7F >> more) << 8 * more;
	c->at += 1 + (size_t)more;
	return true;
}

static bool
skip_numbers(struct cram *c, int n, int most, struct err *e)
{
	uint64_t ignored;

	while (n-- > 0)
		if (!number(c, most, &ignored, e))
			return false;
	return true;
}

/* Up to the first block; *end is behind the container. */
static bool
read_container(struct cram *c, size_t *end, struct err *e)
{
	uint64_t landmarks;
	size_t length;

	if (!need(c, 4, e))
		return false;
	length = bytes_le(c->s.p + c->at, 4);
	c->at += 4;
	if (!skip_numbers(c, 4, 4, e) ||
	    !skip_numbers(c, 1, c->major >= 3 ? 8 : 4, e) ||
	    !skip_numbers(c, 1, 8, e) || !skip_numbers(c, 1, 4, e) ||
	    !number(c, 4, &landmarks, e))
		return false;
	for (; landmarks > 0; landmarks--)
		if (!skip_numbers(c, 1, 4, e))
			return false;
	if (c->major >= 3 && !need(c, 4, e))
		return false;
	c->at += c->major >= 3 ? 4 : 0;
	*end = c->at + length;
	return true;
}

/* The whole of a compressed block, of which the raw size is known. */
static bool
decode(enum codec codec, struct slice in, size_t size, struct buf *to,
    struct err *e)
{
	struct decoder *d = decoder_new(codec);
	struct err why = { 0 };
	char *room = mem_alloc(size + 1);
	size_t n = 0, more = 1;
	bool ok = true;

	while (ok && n < size && more > 0) {
		ok = decoder_run(d, &in, room + n, size - n, &more, &why);
		n += ok ? more : 0;
	}
	decoder_free(d);
	buf_add(to, room, n);
	mem_free(room);
	return (ok && n == size) ||
	    err_data(e, "cram_syntax",
		"the block of the header cannot be decompressed");
}

/* The block's bytes as they were before compression, in *raw. */
static bool
read_block(struct cram *c, size_t end, struct buf *raw, struct err *e)
{
	static const char *const methods[] = { "raw", "gzip", "bzip2", "lzma",
		"rANS", "rANS Nx16", "arithmetic", "fqzcomp", "tok3" };
	static const enum codec codecs[] = { CODEC_PLAIN, CODEC_GZIP,
		CODEC_BZIP2, CODEC_XZ };
	size_t limit = c->m->limits->max_record;
	uint64_t id, packed, size;
	unsigned char method, type;
	struct slice in;

	if (!need(c, 2, e))
		return false;
	method = (unsigned char)c->s.p[c->at];
	type = (unsigned char)c->s.p[c->at + 1];
	c->at += 2;
	if (!number(c, 4, &id, e) || !number(c, 4, &packed, e) ||
	    !number(c, 4, &size, e))
		return false;
	if (type != 0 || packed > end - c->at || c->at > end)
		return err_data(e, "cram_syntax",
		    "the first container does not begin with the header");
	if (method > 3)
		return err_data(e, "unsupported",
		    "the header is compressed by %s, which is not read "
		    "(samtools view -H shows it)",
		    method < 9 ? methods[method] : "an unknown method");
	if (size > limit)
		return err_data(e, "limit_record",
		    "header of more than %zu bytes (--max-record raises it)",
		    limit);
	if (!need(c, packed, e))
		return false;
	in = (struct slice){ c->s.p + c->at, packed };
	c->at += packed;
	if (method != 0)
		return decode(codecs[method], in, size, raw, e);
	buf_add_slice(raw, in);
	return true;
}

static bool
read_header(struct cram *c, struct piece *p, struct buf *raw,
    struct buf *record, struct err *e)
{
	const struct buf none = { 0 };
	char name[16] = "CRAM";
	struct slice text;
	size_t end, n;

	if (!need(c, DEFINITION, e))
		return false;
	if (memcmp(c->s.p, "CRAM", 4) != 0)
		return err_data(
		    e, "cram_syntax", "does not begin as CRAM does");
	c->major = (unsigned char)c->s.p[4];
	if (c->major != 2 && c->major != 3)
		return err_data(e, "unsupported",
		    "CRAM of version %d is not read (samtools view -H shows "
		    "its header)",
		    c->major);
	name[4] = (char)('0' + c->major);
	name[5] = '.';
	name[6] = (char)('0' + (unsigned char)c->s.p[5] % 10);
	c->at = DEFINITION;
	if (!read_container(c, &end, e) || !read_block(c, end, raw, e))
		return false;
	if (raw->n < 4)
		return err_data(e, "cram_syntax", "the header has no length");
	n = bytes_le(raw->p, 4);
	if (n > raw->n - 4)
		return err_data(
		    e, "cram_syntax", "the header is longer than its block");
	p->bytes = (struct slice){ c->s.p, c->at };
	p->to = p->next = c->at;
	return charset_decode(&c->m->charset,
		   (struct slice){ raw->p + 4, strnlen(raw->p + 4, n) }, &text,
		   &p->encoding, e) &&
	    sam_header_put(text, name, &none, record, e);
}

bool
cram_read(struct member *m, struct err *e)
{
	struct buf raw = { 0 }, record = { 0 };
	struct cram c = { .m = m };
	struct piece p = { 0 };
	struct err why = { 0 };
	bool ok;

	member_code(m, "format", SLICE("cram"));
	buf_addc(&record, '{');
	if (read_header(&c, &p, &raw, &record, &why)) {
		buf_add_slice(member_open(m), buf_slice(&record));
		ok = member_record(m, &p, e);
		if (ok)
			body_pass(m);
	} else {
		ok = body_refuse(m, &why, e);
	}
	buf_release(&raw);
	buf_release(&record);
	return ok;
}
