/*
 * Matroska and WebM: EBML elements, of which Info and Tracks are looked into.
 *
 *	id size bytes; a size of all ones is not known
 *
 * They mostly stand before the first cluster; where one does not, the clusters
 * are passed over.  A cluster of unknown size is passed over element by
 * element: what ends it is an id that only stands beside clusters.
 */
#include <string.h>

#include "sources/body.h"
#include "sources/bytes.h"
#include "sources/format.h"
#include "sources/media.h"

#define UNKNOWN    UINT64_MAX
#define SINCE_2001 ((int64_t)978307200) /* from 1970, in seconds */
#define NANO       ((int64_t)1000000000)

enum {
	EBML = 0x1A45DFA3,
	DOC_TYPE = 0x4282,
	SEGMENT = 0x18538067,
	INFO = 0x1549A966,
	TIMECODE_SCALE = 0x2AD7B1,
	DURATION = 0x4489,
	DATE_UTC = 0x4461,
	TRACKS = 0x1654AE6B,
	TRACK_ENTRY = 0xAE,
	TRACK_TYPE = 0x83,
	CODEC_ID = 0x86,
	DEFAULT_DURATION = 0x23E383,
	VIDEO = 0xE0,
	PIXEL_WIDTH = 0xB0,
	PIXEL_HEIGHT = 0xBA,
	AUDIO = 0xE1,
	SAMPLING = 0xB5,
	CHANNELS = 0x9F,
	CLUSTER = 0x1F43B675
};

struct mkv {
	struct member *m;
	struct media media;
	uint64_t header; /* bytes up to the first cluster */
	bool has_info, has_tracks;
};

bool
mkv_is(struct slice head)
{
	return head.n >= 8 && memcmp(head.p, "\x1A\x45\xDF\xA3", 4) == 0;
}

/* --- elements ------------------------------------------------------------ */

/* A number whose first set bit says how long it is; its length, 0: none. */
static size_t
number_at(struct slice s, size_t most, bool marked, uint64_t *to)
{
	unsigned char first;
	size_t n = 1;

	if (s.n == 0 || s.p[0] == 0)
		return 0;
	first = (unsigned char)s.p[0];
	while ((first & 0x80 >> (n - 1)) == 0)
		n++;
	if (n > most || s.n < n)
		return 0;
	*to = bytes_be(s.p, (int)n);
	if (!marked) {
		uint64_t ones = ((uint64_t)1 << 7 * n) - 1;

		*to = (*to & ones) == ones ? UNKNOWN : *to & ones;
	}
	return n;
}

/* The length of an element's head, 0: these bytes are none. */
static size_t
head_at(struct slice s, uint64_t *id, uint64_t *size)
{
	size_t n = number_at(s, 4, true, id), more;

	if (n == 0)
		return 0;
	more = number_at(slice_span(s.p + n, s.p + s.n), 8, false, size);
	return more == 0 ? 0 : n + more;
}

static bool
next_element(struct slice *rest, uint64_t *id, struct slice *inside)
{
	uint64_t size;
	size_t head = head_at(*rest, id, &size);

	if (head == 0)
		return false;
	*inside = slice_span(rest->p + head, rest->p + rest->n);
	if (size < inside->n)
		inside->n = size;
	*rest = slice_span(inside->p + inside->n, rest->p + rest->n);
	return true;
}

static uint64_t
whole_number(struct slice s)
{
	return s.n > 8 ? 0 : bytes_be(s.p, (int)s.n);
}

static double
real_number(struct slice s)
{
	uint64_t bits = whole_number(s);
	uint32_t half = (uint32_t)bits;
	float f = 0;
	double d = 0;

	if (s.n == 4)
		memcpy(&f, &half, sizeof(f));
	if (s.n == 8)
		memcpy(&d, &bits, sizeof(d));
	return s.n == 4 ? (double)f : d;
}

/* --- what they hold ------------------------------------------------------ */

static void
take_info(struct mkv *f, struct slice s)
{
	uint64_t id, scale = 1000000;
	double duration = 0;
	struct slice inside;

	f->has_info = true;
	while (next_element(&s, &id, &inside)) {
		if (id == TIMECODE_SCALE) {
			scale = whole_number(inside);
		} else if (id == DURATION) {
			duration = real_number(inside);
		} else if (id == DATE_UTC && inside.n == 8) {
			int64_t at = (int64_t)whole_number(inside);
			int64_t rest = (at % NANO + NANO) % NANO;

			media_created(&f->media,
			    (at - rest) / NANO + SINCE_2001, (uint32_t)rest);
		}
	}
	/* In microseconds; what no film lasts is no number. */
	duration *= (double)scale / 1000;
	if (duration > 0 && duration < 1e15)
		f->media.duration =
		    (struct ratio){ (uint64_t)(duration + 0.5), 1000000 };
}

static void
take_shape(struct media_track *t, struct slice s)
{
	uint64_t id;
	struct slice inside;

	while (next_element(&s, &id, &inside)) {
		if (id == PIXEL_WIDTH)
			t->width = (uint32_t)whole_number(inside);
		else if (id == PIXEL_HEIGHT)
			t->height = (uint32_t)whole_number(inside);
	}
}

/* Left out, they are 8,000 samples a second in one channel. */
static void
take_sound(struct media_track *t, struct slice s)
{
	double rate = 8000;
	uint64_t id;
	struct slice inside;

	t->channels = 1;
	while (next_element(&s, &id, &inside)) {
		if (id == SAMPLING)
			rate = real_number(inside);
		else if (id == CHANNELS)
			t->channels = (uint32_t)whole_number(inside);
	}
	if (rate > 0 && rate < 1e9)
		t->rate = (struct ratio){ (uint64_t)(rate * 1000 + 0.5), 1000 };
}

static void
take_track(struct mkv *f, struct slice s)
{
	struct media_track *t = media_track(&f->media);
	uint64_t id, type = 0, lasts = 0;
	struct slice inside;

	while (t != NULL && next_element(&s, &id, &inside)) {
		if (id == TRACK_TYPE)
			type = whole_number(inside);
		else if (id == CODEC_ID)
			media_codec(t,
			    (struct slice){
				inside.p, strnlen(inside.p, inside.n) });
		else if (id == DEFAULT_DURATION)
			lasts = whole_number(inside);
		else if (id == VIDEO)
			take_shape(t, inside);
		else if (id == AUDIO)
			take_sound(t, inside);
	}
	if (t == NULL)
		return;
	t->type = type == 1 ? MEDIA_VIDEO
	    : type == 2     ? MEDIA_AUDIO
	    : type == 17    ? MEDIA_TEXT
			    : MEDIA_OTHER;
	if (t->type == MEDIA_VIDEO && lasts > 0)
		t->rate = (struct ratio){ (uint64_t)NANO, lasts };
}

static void
take_tracks(struct mkv *f, struct slice s)
{
	uint64_t id;
	struct slice inside;

	f->has_tracks = true;
	while (next_element(&s, &id, &inside))
		if (id == TRACK_ENTRY)
			take_track(f, inside);
}

static void
take_doc_type(struct mkv *f, struct slice s)
{
	uint64_t id;
	struct slice inside;

	while (next_element(&s, &id, &inside))
		if (id == DOC_TYPE && slice_starts(inside, "webm"))
			f->media.container = "webm";
}

/* --- the file ------------------------------------------------------------ */

/* An element that is looked into: its bytes, still to be taken. */
static bool
whole_element(struct mkv *f, uint64_t size, struct slice *s, struct err *e)
{
	size_t limit = f->m->limits->max_record;

	if (size > limit)
		return err_data(e, "limit_record",
		    "header of more than %zu bytes (--max-record raises it)",
		    limit);
	*s = input_peek(f->m->input, size);
	if (s->n < size)
		return err_data(
		    e, "cut_off", "the input ends within its header");
	s->n = size;
	return true;
}

/* One element; false at the end, or where *e says why. */
static bool
read_element(struct mkv *f, struct err *e)
{
	struct input *in = f->m->input;
	struct slice s = input_peek(in, 12);
	uint64_t id, size;
	size_t head = head_at(s, &id, &size);

	if (head == 0)
		return false;
	if (id == CLUSTER && f->header == 0)
		f->header = input_offset(in);
	if (id == CLUSTER && f->has_info && f->has_tracks)
		return false;
	input_take(in, head);
	/* What is in them comes next. */
	if (id == SEGMENT || (id == CLUSTER && size == UNKNOWN))
		return true;
	if (size == UNKNOWN)
		return false;
	if (id == EBML || (id == INFO && !f->has_info) ||
	    (id == TRACKS && !f->has_tracks)) {
		if (!whole_element(f, size, &s, e))
			return false;
		if (id == EBML)
			take_doc_type(f, s);
		else if (id == INFO)
			take_info(f, s);
		else
			take_tracks(f, s);
	}
	return input_skip(in, size) == size;
}

bool
mkv_read(struct member *m, struct err *e)
{
	struct mkv f = { .m = m, .media.container = "matroska" };
	struct err why = { 0 };

	while (read_element(&f, &why))
		continue;
	if (f.header == 0)
		f.header = input_offset(m->input);
	if (why.kind == ERR_NONE && !f.has_tracks)
		err_data(&why, "media_syntax", "the file has no tracks");
	return media_finish(m, &f.media, 0, f.header, &why, e);
}
