/*
 * Photos: size, depth and time of JPEG, PNG, BMP and TIFF.
 *
 * Of the first three the header is walked in the input's window up to the
 * pixels; the directory of a TIFF may stand behind them and is jumped to.  The
 * id is over the first 64 KiB, as headers alone are often the same.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "json/write.h"
#include "sources/body.h"
#include "sources/format.h"
#include "sources/photo_time.h"
#include "sources/tiff.h"

#define SEEN   ((size_t)64 << 10)
#define BEFORE 4096 /* of a directory: its values may stand before it */

struct photo {
	struct input *in;
	size_t at, limit;
	uint64_t width, height, bits;
	char taken[PHOTO_TIME];
	bool cut;
};

enum shape { NONE, JPEG, PNG, BMP, TIFF };

static uint32_t
big(const uint8_t *p, size_t n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | *p++;
	return v;
}

static uint32_t
little(const uint8_t *p, size_t n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

/* A bitmap has no mark but two letters: its second header must have a size. */
static bool
is_bmp(struct slice s)
{
	static const uint8_t sizes[] = { 12, 40, 52, 56, 64, 108, 124 };
	const uint8_t *p = (const uint8_t *)s.p;

	return s.n >= 26 && memcmp(p, "BM", 2) == 0 && little(p + 6, 4) == 0 &&
	    little(p + 14, 4) < 128 &&
	    memchr(sizes, p[14], sizeof(sizes)) != NULL;
}

static enum shape
shape_of(struct slice s)
{
	struct tiff t;

	if (s.n >= 4 && memcmp(s.p, "\xFF\xD8\xFF", 3) == 0)
		return JPEG;
	if (s.n >= 8 && memcmp(s.p, "\x89PNG\r\n\x1a\n", 8) == 0)
		return PNG;
	if (is_bmp(s))
		return BMP;
	return tiff_begin(&t, s) ? TIFF : NONE;
}

bool
photo_is(struct slice head)
{
	return shape_of(head) != NONE;
}

/* --- walking ------------------------------------------------------------- */

static bool
refuse(struct err *e, const char *what)
{
	return err_data(e, "photo_syntax", "%s", what);
}

/* n bytes at p->at; false with *e where there are none. */
static const uint8_t *
need(struct photo *p, size_t n, struct err *e)
{
	struct slice s;

	if (p->at + n > p->limit) {
		err_data(e, "limit_record",
		    "header of more than %zu bytes (--max-record raises the "
		    "limit)",
		    p->limit);
		return NULL;
	}
	s = input_peek(p->in, p->at + n);
	if (s.n < p->at + n) {
		p->cut = true;
		err_data(e, "cut_off", "the file ends within its header");
		return NULL;
	}
	return (const uint8_t *)s.p + p->at;
}

static void
take_times(struct photo *p, const struct tiff_picture *said)
{
	struct slice when = said->taken.n > 0 ? said->taken : said->changed;

	photo_time_exif(when, said->zone, p->taken);
}

/* An Exif block: a small TIFF, whose own picture is a thumbnail. */
static void
read_exif(struct photo *p, struct slice block)
{
	struct tiff_picture said = { 0 };
	struct tiff t;

	if (!tiff_begin(&t, block) || !tiff_read(&t, t.first, &said))
		return;
	if (said.exif != 0)
		tiff_read(&t, said.exif, &said);
	take_times(p, &said);
}

static bool
is_frame(uint8_t marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
	    marker != 0xC8 && marker != 0xCC;
}

static bool
read_jpeg(struct photo *p, struct err *e)
{
	const uint8_t *s;

	for (p->at = 2;;) {
		uint8_t marker;
		size_t n;

		if ((s = need(p, 4, e)) == NULL)
			return false;
		marker = s[1];
		if (s[0] != 0xFF || marker == 0xD9 || marker == 0xDA)
			return refuse(e, "JPEG without the size of its frame");
		if (marker == 0xFF || marker == 1 ||
		    (marker >= 0xD0 && marker <= 0xD7)) {
			p->at += marker == 0xFF ? 1 : 2;
			continue;
		}
		n = 2 + big(s + 2, 2);
		if (n < 4 || (s = need(p, n, e)) == NULL)
			return n < 4 ? refuse(e, "JPEG segment without length")
				     : false;
		p->at += n;
		if (marker == 0xE1 && n > 10 && memcmp(s + 4, "Exif\0", 6) == 0)
			read_exif(
			    p, (struct slice){ (const char *)s + 10, n - 10 });
		if (is_frame(marker) && n >= 10) {
			p->height = big(s + 5, 2);
			p->width = big(s + 7, 2);
			p->bits = (uint64_t)s[4] * s[9];
			return true;
		}
	}
}

static void
read_ihdr(struct photo *p, const uint8_t *s)
{
	static const uint8_t channels[] = { 1, 0, 3, 1, 2, 0, 4 };

	p->width = big(s, 4);
	p->height = big(s + 4, 4);
	p->bits = s[9] < sizeof(channels) ? s[8] * channels[s[9]] : 0;
}

static bool
read_png(struct photo *p, struct err *e)
{
	char time[PHOTO_TIME] = "";

	for (p->at = 8;;) {
		const uint8_t *s = need(p, 8, e);
		size_t n;

		if (s == NULL)
			return false;
		n = big(s, 4);
		if (memcmp(s + 4, "IDAT", 4) == 0 ||
		    memcmp(s + 4, "IEND", 4) == 0)
			break;
		if ((s = need(p, 12 + n, e)) == NULL)
			return false;
		if (memcmp(s + 4, "IHDR", 4) == 0 && n == 13)
			read_ihdr(p, s + 8);
		else if (memcmp(s + 4, "eXIf", 4) == 0)
			read_exif(p, (struct slice){ (const char *)s + 8, n });
		else if (memcmp(s + 4, "tIME", 4) == 0 && n == 7)
			photo_time(big(s + 8, 2), s + 10, time);
		p->at += 12 + n;
	}
	if (p->taken[0] == '\0')
		memcpy(p->taken, time, sizeof(time));
	return p->bits > 0 || refuse(e, "PNG without its header chunk");
}

static bool
read_bmp(struct photo *p, struct err *e)
{
	const uint8_t *s = need(p, 26, e);
	size_t size = s == NULL ? 0 : little(s + 14, 4);
	int32_t height;

	if (s == NULL || (s = need(p, 14 + size, e)) == NULL)
		return false;
	p->at = 14 + size;
	if (size == 12) {
		p->width = little(s + 18, 2);
		p->height = little(s + 20, 2);
		p->bits = little(s + 24, 2);
		return true;
	}
	/* Rows from the top down have a negative height. */
	height = (int32_t)little(s + 22, 4);
	p->width = little(s + 18, 4);
	p->height = height < 0 ? 0 - (uint64_t)height : (uint64_t)height;
	p->bits = little(s + 28, 2);
	return true;
}

/* --- TIFF ---------------------------------------------------------------- */

/* Bytes around a place that is not in sight; never back. */
static bool
look_at(struct photo *p, struct tiff *t, uint64_t place)
{
	uint64_t here = input_offset(p->in);
	uint64_t from = place < here + BEFORE ? here : place - BEFORE;

	if (tiff_directory_size(t, place) > 0 &&
	    place - t->base + tiff_directory_size(t, place) <= t->bytes.n)
		return true;
	if (place < here || input_skip(p->in, from - here) < from - here)
		return false;
	t->bytes = input_peek(p->in, SEEN);
	t->base = from;
	return true;
}

static bool
read_tiff(struct photo *p, struct slice head, struct err *e)
{
	struct tiff_picture said = { 0 };
	struct tiff t;
	char taken[2][32];

	tiff_begin(&t, head);
	p->at = t.wide ? 16 : 8;
	if (!look_at(p, &t, t.first) || !tiff_read(&t, t.first, &said)) {
		p->cut = true;
		return err_data(
		    e, "cut_off", "the TIFF ends before its directory");
	}
	p->width = said.width;
	p->height = said.height;
	p->bits = said.bits;
	/* The next look lets go of the bytes that the texts stand in. */
	snprintf(taken[0], sizeof(taken[0]), "%.*s", (int)said.changed.n,
	    said.changed.p == NULL ? "" : said.changed.p);
	snprintf(taken[1], sizeof(taken[1]), "%.*s", (int)said.taken.n,
	    said.taken.p == NULL ? "" : said.taken.p);
	said.changed = slice_of(taken[0]);
	said.taken = slice_of(taken[1]);
	if (said.exif != 0 && look_at(p, &t, said.exif))
		tiff_read(&t, said.exif, &said);
	take_times(p, &said);
	return true;
}

/* --- the record ---------------------------------------------------------- */

static bool
write_photo(const struct photo *p, struct member *m, const struct piece *piece,
    struct err *e)
{
	struct buf *b = member_open(m);

	buf_addf(b, "{\"width\":%llu,\"height\":%llu,\"bits\":%llu",
	    (unsigned long long)p->width, (unsigned long long)p->height,
	    (unsigned long long)p->bits);
	if (p->taken[0] != '\0') {
		json_put_key(b, "taken");
		json_put_cstring(b, p->taken);
	}
	return member_record(m, piece, e);
}

static void
set_kind(struct member *m)
{
	if (m->options->kind != NULL)
		return;
	m->kind = kinds_find(m->options->kinds, "image-photo");
	m->kind_by = "format";
}

bool
photo_read(struct member *m, struct err *e)
{
	struct photo p = { .in = m->input, .limit = m->limits->max_record };
	struct slice seen = input_peek(m->input, SEEN);
	struct err why = { 0 };
	struct piece piece = { 0 };
	char *kept;
	bool ok;

	if (seen.n > SEEN)
		seen.n = SEEN;
	kept = mem_dup(seen.p, seen.n);
	seen.p = piece.bytes.p = kept;
	piece.bytes.n = seen.n;
	switch (shape_of(seen)) {
	case JPEG:
		ok = read_jpeg(&p, &why);
		break;
	case PNG:
		ok = read_png(&p, &why);
		break;
	case BMP:
		ok = read_bmp(&p, &why);
		break;
	case TIFF:
		ok = read_tiff(&p, seen, &why);
		break;
	default:
		ok = refuse(&why, "no JPEG, PNG, BMP or TIFF");
	}
	set_kind(m);
	piece.to = piece.next = ok ? p.at : seen.n;
	m->incomplete = m->incomplete || p.cut;
	ok = ok ? write_photo(&p, m, &piece, e)
		: member_reject(m, &piece, &why, e);
	if (ok)
		body_pass(m);
	mem_free(kept);
	return ok;
}
