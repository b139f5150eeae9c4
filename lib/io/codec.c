#include "io/codec.h"

#include <bzlib.h>
#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <assert.h>
#include <string.h>

#include "base/mem.h"

#define FRAME      ((size_t)8 << 20) /* content of a zstd frame */
#define WINDOW_LOG 27                /* 128 MiB: zstd's own limit */
#define XZ_MEMORY  ((uint64_t)128 << 20)

/* BZh, a level, and the mark of a block or of the end: no text has these. */
static bool
is_bzip2(const char *p, size_t n)
{
	return n >= 6 && memcmp(p, "BZh", 3) == 0 && p[3] >= '1' &&
	    p[3] <= '9' &&
	    (memcmp(p + 4, "1A", 2) == 0 || memcmp(p + 4, "\x17\x72", 2) == 0);
}

enum codec
codec_detect(const void *first, size_t n)
{
	static const struct {
		const char *magic;
		size_t n;
		enum codec codec;
	} table[] = {
		{ "\x1F\x8B", 2, CODEC_GZIP },
		{ "\x28\xB5\x2F\xFD", 4, CODEC_ZSTD },
		{ "\xFD"
		  "7zXZ\0",
		    6, CODEC_XZ },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (n >= table[i].n &&
		    memcmp(first, table[i].magic, table[i].n) == 0)
			return table[i].codec;
	return is_bzip2(first, n) ? CODEC_BZIP2 : CODEC_PLAIN;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

enum codec
codec_of_name(const char *path)
{
	if (ends_with(path, ".zst"))
		return CODEC_ZSTD;
	return ends_with(path, ".gz") ? CODEC_GZIP : CODEC_PLAIN;
}

const char *
codec_name(enum codec codec)
{
	static const char *const names[] = { "plain", "gzip", "zstd", "xz",
		"bzip2" };

	return names[codec];
}

/* gzip is read by ISA-L, which takes a third of the time of zlib. */
struct decoder {
	enum codec codec;
	bool border; /* nothing of a member is open */
	bool begun;  /* gzip: a member was seen */
	ZSTD_DStream *zstd;
	struct inflate_state *gzip;
	lzma_stream xz;
	bz_stream bzip2;
};

static void
library_ok(bool ok)
{
	if (!ok)
		mem_alloc((size_t)-1); /* they fail to begin for memory only */
}

struct decoder *
decoder_new(enum codec codec)
{
	struct decoder *d = mem_zalloc(sizeof(*d));

	assert(codec != CODEC_PLAIN);
	d->codec = codec;
	d->border = true;
	switch (codec) {
	case CODEC_GZIP:
		d->gzip = mem_alloc(sizeof(*d->gzip));
		isal_inflate_init(d->gzip);
		d->gzip->crc_flag = ISAL_GZIP;
		break;
	case CODEC_ZSTD:
		d->zstd = ZSTD_createDStream();
		library_ok(d->zstd != NULL);
		ZSTD_DCtx_setParameter(
		    d->zstd, ZSTD_d_windowLogMax, WINDOW_LOG);
		break;
	case CODEC_XZ:
		library_ok(
		    lzma_stream_decoder(&d->xz, XZ_MEMORY, 0) == LZMA_OK);
		break;
	default:
		library_ok(BZ2_bzDecompressInit(&d->bzip2, 0, 0) == BZ_OK);
	}
	return d;
}

void
decoder_free(struct decoder *d)
{
	if (d == NULL)
		return;
	if (d->codec == CODEC_GZIP)
		mem_free(d->gzip);
	else if (d->codec == CODEC_ZSTD)
		ZSTD_freeDStream(d->zstd);
	else if (d->codec == CODEC_XZ)
		lzma_end(&d->xz);
	else
		BZ2_bzDecompressEnd(&d->bzip2);
	mem_free(d);
}

/*
 * Each run_* decodes one step: it may end a member (border becomes true), and
 * begins the next one where bytes follow.  Returns false for damaged data.
 */
static bool
run_gzip(
    struct decoder *d, struct slice *in, char *to, size_t room, size_t *out)
{
	struct inflate_state *z = d->gzip;
	int r;

	if (d->border && d->begun) {
		/* Zero bytes that pad the last member to a block are no data. */
		while (in->n > 0 && *in->p == '\0') {
			in->p++;
			in->n--;
		}
		if (in->n == 0)
			return true;
		if (*in->p != '\x1F')
			return false;
		isal_inflate_reset(z);
	}
	d->begun = true;
	z->next_in = (uint8_t *)(uintptr_t)in->p;
	z->avail_in = in->n > UINT32_MAX ? UINT32_MAX : (uint32_t)in->n;
	z->next_out = (uint8_t *)to;
	z->avail_out = room > UINT32_MAX ? UINT32_MAX : (uint32_t)room;
	r = isal_inflate(z);
	*out = (size_t)((char *)z->next_out - to);
	in->n -= (size_t)((const char *)z->next_in - in->p);
	in->p = (const char *)z->next_in;
	d->border = z->block_state == ISAL_BLOCK_FINISH;
	return r == ISAL_DECOMP_OK || r == ISAL_END_INPUT;
}

static bool
run_zstd(
    struct decoder *d, struct slice *in, char *to, size_t room, size_t *out)
{
	ZSTD_inBuffer i = { in->p, in->n, 0 };
	ZSTD_outBuffer o = { to, room, 0 };
	size_t left = ZSTD_decompressStream(d->zstd, &o, &i);

	*out = o.pos;
	in->p += i.pos;
	in->n -= i.pos;
	if (i.pos > 0 || o.pos > 0)
		d->border = left == 0;
	return !ZSTD_isError(left);
}

static bool
run_xz(struct decoder *d, struct slice *in, char *to, size_t room, size_t *out)
{
	lzma_stream *x = &d->xz;
	lzma_ret r;

	if (d->border && x->total_in > 0) {
		while (in->n > 0 && *in->p == '\0') {
			in->p++;
			in->n--;
		}
		if (in->n == 0)
			return true;
		if (lzma_stream_decoder(x, XZ_MEMORY, 0) != LZMA_OK)
			return false;
	}
	x->next_in = (const uint8_t *)in->p;
	x->avail_in = in->n;
	x->next_out = (uint8_t *)to;
	x->avail_out = room;
	r = lzma_code(x, LZMA_RUN);
	*out = room - x->avail_out;
	in->p = (const char *)x->next_in;
	in->n = x->avail_in;
	d->border = r == LZMA_STREAM_END;
	return r == LZMA_OK || r == LZMA_STREAM_END || r == LZMA_BUF_ERROR;
}

static bool
run_bzip2(
    struct decoder *d, struct slice *in, char *to, size_t room, size_t *out)
{
	bz_stream *b = &d->bzip2;
	int r;

	if (d->border && b->total_out_lo32 + b->total_in_lo32 > 0) {
		BZ2_bzDecompressEnd(b);
		memset(b, 0, sizeof(*b));
		library_ok(BZ2_bzDecompressInit(b, 0, 0) == BZ_OK);
	}
	b->next_in = (char *)(uintptr_t)in->p;
	b->avail_in = in->n > UINT32_MAX / 2 ? UINT32_MAX / 2 : (unsigned)in->n;
	b->next_out = to;
	b->avail_out = room > UINT32_MAX / 2 ? UINT32_MAX / 2 : (unsigned)room;
	r = BZ2_bzDecompress(b);
	*out = (size_t)(b->next_out - to);
	in->n -= (size_t)(b->next_in - in->p);
	in->p = b->next_in;
	d->border = r == BZ_STREAM_END;
	return r == BZ_OK || r == BZ_STREAM_END;
}

bool
decoder_run(struct decoder *d, struct slice *in, char *to, size_t room,
    size_t *out, struct err *e)
{
	bool ok;

	*out = 0;
	if (d->border && in->n == 0)
		return true;
	switch (d->codec) {
	case CODEC_GZIP:
		ok = run_gzip(d, in, to, room, out);
		break;
	case CODEC_ZSTD:
		ok = run_zstd(d, in, to, room, out);
		break;
	case CODEC_XZ:
		ok = run_xz(d, in, to, room, out);
		break;
	default:
		ok = run_bzip2(d, in, to, room, out);
	}
	if (!ok)
		return err_set(
		    e, ERR_INPUT, "damaged %s data", codec_name(d->codec));
	return true;
}

bool
decoder_at_border(const struct decoder *d)
{
	return d->border;
}

struct encoder {
	enum codec codec;
	ZSTD_CStream *zstd;
	size_t in_frame;
	z_stream gzip;
};

struct encoder *
encoder_new(enum codec codec)
{
	struct encoder *c = mem_zalloc(sizeof(*c));

	assert(codec == CODEC_GZIP || codec == CODEC_ZSTD);
	c->codec = codec;
	if (codec == CODEC_GZIP) {
		library_ok(deflateInit2(&c->gzip, 6, Z_DEFLATED, 15 + 16, 8,
			       Z_DEFAULT_STRATEGY) == Z_OK);
		return c;
	}
	c->zstd = ZSTD_createCStream();
	library_ok(c->zstd != NULL);
	ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_compressionLevel, 3);
	ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_checksumFlag, 1);
	return c;
}

void
encoder_free(struct encoder *c)
{
	if (c == NULL)
		return;
	if (c->codec == CODEC_GZIP)
		deflateEnd(&c->gzip);
	else
		ZSTD_freeCStream(c->zstd);
	mem_free(c);
}

static void
push_zstd(
    struct encoder *c, struct slice s, ZSTD_EndDirective how, struct buf *to)
{
	ZSTD_inBuffer in = { s.p, s.n, 0 };
	size_t left;

	do {
		size_t room = ZSTD_CStreamOutSize();
		ZSTD_outBuffer out = { buf_room(to, room), room, 0 };

		left = ZSTD_compressStream2(c->zstd, &out, &in, how);
		library_ok(!ZSTD_isError(left));
		to->n += out.pos;
	} while (in.pos < in.size || (how != ZSTD_e_continue && left > 0));
}

static void
push_gzip(struct encoder *c, struct slice s, int how, struct buf *to)
{
	z_stream *z = &c->gzip;

	assert(s.n <= UINT32_MAX / 2);
	z->next_in = (Bytef *)(uintptr_t)s.p;
	z->avail_in = (uInt)s.n;
	do {
		z->avail_out = 1 << 16;
		z->next_out = (Bytef *)buf_room(to, z->avail_out);
		deflate(z, how);
		to->n += ((size_t)1 << 16) - z->avail_out;
	} while (z->avail_out == 0);
}

void
encoder_add(struct encoder *c, struct slice s, struct buf *to)
{
	while (s.n > 0) {
		struct slice part = s;

		if (part.n > FRAME - c->in_frame)
			part.n = FRAME - c->in_frame;
		if (c->codec == CODEC_GZIP) {
			push_gzip(c, part, Z_NO_FLUSH, to);
		} else {
			c->in_frame += part.n;
			push_zstd(c, part,
			    c->in_frame == FRAME ? ZSTD_e_end : ZSTD_e_continue,
			    to);
			c->in_frame %= FRAME;
		}
		s.p += part.n;
		s.n -= part.n;
	}
}

void
encoder_flush(struct encoder *c, struct buf *to)
{
	if (c->codec == CODEC_GZIP)
		push_gzip(c, SLICE(""), Z_SYNC_FLUSH, to);
	else if (c->in_frame > 0)
		push_zstd(c, SLICE(""), ZSTD_e_flush, to);
}

void
encoder_end(struct encoder *c, struct buf *to)
{
	if (c->codec == CODEC_GZIP)
		push_gzip(c, SLICE(""), Z_FINISH, to);
	else
		push_zstd(c, SLICE(""), ZSTD_e_end, to);
	c->in_frame = 0;
}
