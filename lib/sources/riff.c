/*
 * RIFF: WAV (also RF64, BW64 and the broadcast wave's bext) and AVI (also of
 * more than one segment, OpenDML).
 *
 *	"RIFF" size form { id size bytes [pad] } ...
 *
 * A LIST is a chunk whose bytes begin with its own form and are chunks.
 */
#include <string.h>

#include "sources/body.h"
#include "sources/bytes.h"
#include "sources/format.h"
#include "sources/media.h"

#define TICKS ((uint64_t)0xFFFFFFFF) /* a size that is not known in 32 bits */

struct riff {
	struct member *m;
	struct media media;
	uint64_t header; /* bytes up to the medium's own */
	/* WAV */
	uint64_t byte_rate, data, data_64, samples;
	unsigned block, format;
	bool has_data;
	bool open; /* the writer could not go back to write the sizes */
	/* AVI: pictures of all segments, and the stream at hand */
	uint64_t frames;
	struct media_track *track;
};

static bool
is_form(struct slice head, const char *form)
{
	return head.n >= 12 &&
	    (memcmp(head.p, "RIFF", 4) == 0 || memcmp(head.p, "RF64", 4) == 0 ||
		memcmp(head.p, "BW64", 4) == 0) &&
	    memcmp(head.p + 8, form, 4) == 0;
}

bool
wav_is(struct slice head)
{
	return is_form(head, "WAVE");
}

bool
avi_is(struct slice head)
{
	return is_form(head, "AVI ");
}

/* --- chunks in memory ---------------------------------------------------- */

/* The next chunk of a list; what is cut off is as long as it is. */
static bool
next_chunk(struct slice *rest, struct slice *id, struct slice *bytes)
{
	uint64_t size;

	if (rest->n < 8)
		return false;
	*id = (struct slice){ rest->p, 4 };
	size = bytes_le(rest->p + 4, 4);
	*bytes = slice_span(rest->p + 8, rest->p + rest->n);
	if (size < bytes->n)
		bytes->n = size;
	size = bytes->n + (bytes->n & 1);
	*rest = rest->n - 8 <= size
	    ? (struct slice){ "", 0 }
	    : slice_span(rest->p + 8 + size, rest->p + rest->n);
	return true;
}

/* A day as programs write it: 2024-01-31, perhaps with a time behind it. */
static void
take_date(struct riff *r, struct slice text)
{
	struct date d;
	struct err ignored = { 0 };

	text.n = strnlen(text.p, text.n);
	if (r->media.created[0] == '\0' &&
	    date_parse(slice_trim(text), &d, &ignored))
		date_print(&d, r->media.created);
}

/* bext: 256 of description, 32 and 32 of originator, then day and time. */
static void
take_bext(struct riff *r, struct slice s)
{
	char text[20];

	if (s.n < 338)
		return;
	memcpy(text, s.p + 320, 10);
	text[10] = 'T';
	memcpy(text + 11, s.p + 330, 8);
	/* The separators of the day are the writer's choice. */
	text[4] = text[7] = '-';
	text[13] = text[16] = ':';
	take_date(r, (struct slice){ text, 19 });
}

static void
take_info(struct riff *r, struct slice list)
{
	struct slice id, bytes;

	while (next_chunk(&list, &id, &bytes))
		if (slice_is(id, "ICRD") || slice_is(id, "IDIT"))
			take_date(r, bytes);
}

/* The description of sound that both forms have. */
static void
take_wave_format(struct riff *r, struct media_track *t, struct slice s)
{
	unsigned bits;

	if (s.n < 14 || t == NULL)
		return;
	r->format = (unsigned)bytes_le(s.p, 2);
	t->channels = (uint32_t)bytes_le(s.p + 2, 2);
	t->rate = (struct ratio){ bytes_le(s.p + 4, 4), 1 };
	r->byte_rate = bytes_le(s.p + 8, 4);
	r->block = (unsigned)bytes_le(s.p + 12, 2);
	bits = s.n >= 16 ? (unsigned)bytes_le(s.p + 14, 2) : 8;
	/* Extensible: the number begins the identifier behind. */
	if (r->format == 0xFFFE && s.n >= 26)
		r->format = (unsigned)bytes_le(s.p + 24, 2);
	media_wave_codec(t, r->format, bits);
}

/* --- chunks of the file -------------------------------------------------- */

/* The whole of a chunk, which is then taken; false where it is cut off. */
static bool
take_chunk(struct riff *r, uint64_t size, struct slice *s, struct err *e)
{
	uint64_t padded = size + (size & 1);
	size_t limit = r->m->limits->max_record;

	if (padded > limit)
		return err_data(e, "limit_record",
		    "chunk of more than %zu bytes (--max-record raises it)",
		    limit);
	*s = input_peek(r->m->input, padded);
	if (s->n < size)
		return err_data(
		    e, "cut_off", "the input ends within its header");
	s->n = size;
	return true;
}

static void
leave_chunk(struct riff *r, uint64_t size)
{
	input_skip(r->m->input, size + (size & 1));
}

/* --- WAV ----------------------------------------------------------------- */

static bool
wave_chunk(struct riff *r, const char *id, uint64_t size, struct err *e)
{
	struct slice s;

	if (!take_chunk(r, size, &s, e))
		return false;
	if (memcmp(id, "fmt ", 4) == 0 && r->media.ntracks == 0) {
		struct media_track *t = media_track(&r->media);

		t->type = MEDIA_AUDIO;
		take_wave_format(r, t, s);
	} else if (memcmp(id, "ds64", 4) == 0 && size >= 24) {
		r->data_64 = bytes_le(s.p + 8, 8);
	} else if (memcmp(id, "fact", 4) == 0 && size >= 4) {
		r->samples = bytes_le(s.p, 4);
	} else if (memcmp(id, "bext", 4) == 0) {
		take_bext(r, s);
	} else if (memcmp(id, "LIST", 4) == 0 && slice_starts(s, "INFO")) {
		take_info(r, slice_span(s.p + 4, s.p + s.n));
	}
	leave_chunk(r, size);
	return true;
}

/*
 * What programs that write to a pipe leave open goes to the end of the file,
 * and so does what is longer than the file.
 */
static void
pass_data(struct riff *r, uint64_t size)
{
	uint64_t want = size == TICKS && r->data_64 > 0 ? r->data_64 : size;

	r->header = input_offset(r->m->input);
	r->has_data = true;
	if (want == TICKS || (want == 0 && r->open))
		want = UINT64_MAX - 1;
	r->data = input_skip(r->m->input, want);
	if (r->data == want && (want & 1) != 0)
		input_skip(r->m->input, 1);
}

static bool
wave_chunks(struct riff *r, struct err *e)
{
	struct slice s;

	s = input_peek(r->m->input, 12);
	r->open = bytes_le(s.p + 4, 4) == 0 || bytes_le(s.p + 4, 4) == TICKS;
	input_take(r->m->input, 12);
	while ((s = input_peek(r->m->input, 8)).n >= 8) {
		uint64_t size = bytes_le(s.p + 4, 4);
		char id[4];

		memcpy(id, s.p, 4);
		input_take(r->m->input, 8);
		if (memcmp(id, "data", 4) == 0 && !r->has_data) {
			pass_data(r, size);
		} else if (memcmp(id, "fmt ", 4) == 0 ||
		    size < r->m->limits->max_record) {
			if (!wave_chunk(r, id, size, e))
				return r->has_data;
		} else {
			leave_chunk(r, size);
		}
	}
	return true;
}

static void
wave_duration(struct riff *r)
{
	struct media_track *t = &r->media.tracks[0];
	bool plain = r->format == 1 || r->format == 3 || r->format == 6 ||
	    r->format == 7;

	if (!plain && r->samples > 0 && r->samples < TICKS)
		r->media.duration = (struct ratio){ r->samples, t->rate.above };
	else if (plain && r->block > 0)
		r->media.duration =
		    (struct ratio){ r->data / r->block, t->rate.above };
	else
		r->media.duration = (struct ratio){ r->data, r->byte_rate };
}

bool
wav_read(struct member *m, struct err *e)
{
	struct riff r = { .m = m, .media.container = "wav" };
	struct err why = { 0 };

	if (!wav_is(input_peek(m->input, 12)))
		err_data(&why, "media_syntax", "does not begin as WAV does");
	else if (wave_chunks(&r, &why) && (r.media.ntracks == 0 || !r.has_data))
		err_data(&why, "media_syntax",
		    "the file has no chunk of its %s",
		    r.has_data ? "format" : "samples");
	else if (r.has_data && r.media.ntracks > 0)
		memset(&why, 0, sizeof(why));
	if (why.kind == ERR_NONE)
		wave_duration(&r);
	return media_finish(m, &r.media, 0, r.header, &why, e);
}

/* --- AVI ----------------------------------------------------------------- */

/* The longest stream is as long as the film. */
static void
take_length(struct riff *r, uint64_t length, uint64_t scale, uint64_t rate)
{
	struct ratio l = { length * scale, rate }, *most = &r->media.duration;

	if (rate == 0 || scale == 0)
		return;
	if (most->below == 0 ||
	    (double)l.above / (double)l.below >
		(double)most->above / (double)most->below)
		*most = l;
}

static void
take_stream_header(struct riff *r, struct slice s)
{
	struct media_track *t = r->track = media_track(&r->media);
	uint64_t scale, rate, length;

	if (s.n < 36 || t == NULL)
		return;
	scale = bytes_le(s.p + 20, 4);
	rate = bytes_le(s.p + 24, 4);
	length = bytes_le(s.p + 32, 4);
	if (memcmp(s.p, "vids", 4) == 0) {
		t->type = MEDIA_VIDEO;
		t->rate = (struct ratio){ rate, scale };
		media_codec(t, (struct slice){ s.p + 4, 4 });
		/* Segments behind the first count in dmlh alone. */
		length = r->frames > length ? r->frames : length;
	} else if (memcmp(s.p, "auds", 4) == 0) {
		t->type = MEDIA_AUDIO;
	} else if (memcmp(s.p, "txts", 4) == 0) {
		t->type = MEDIA_TEXT;
	}
	if (t->type == MEDIA_VIDEO || t->type == MEDIA_AUDIO)
		take_length(r, length, scale, rate);
}

/* Pictures that stand upside down have a height below zero. */
static void
take_stream_format(struct riff *r, struct slice s)
{
	struct media_track *t = r->track;
	int32_t height;

	if (t == NULL)
		return;
	if (t->type == MEDIA_AUDIO)
		take_wave_format(r, t, s);
	if (t->type != MEDIA_VIDEO || s.n < 20)
		return;
	height = (int32_t)bytes_le(s.p + 8, 4);
	t->width = (uint32_t)bytes_le(s.p + 4, 4);
	t->height = height < 0 ? 0u - (uint32_t)height : (uint32_t)height;
	if (bytes_le(s.p + 16, 4) == 0)
		media_codec(t, SLICE("rawvideo"));
	else
		media_codec(t, (struct slice){ s.p + 16, 4 });
}

static uint64_t
extended_frames(struct slice list)
{
	struct slice id, bytes, part;

	while (next_chunk(&list, &id, &bytes))
		if (slice_is(id, "LIST") && slice_starts(bytes, "odml")) {
			bytes = slice_span(bytes.p + 4, bytes.p + bytes.n);
			if (next_chunk(&bytes, &id, &part) &&
			    slice_is(id, "dmlh") && part.n >= 4)
				return bytes_le(part.p, 4);
		}
	return 0;
}

static void
take_headers(struct riff *r, struct slice list)
{
	struct slice id, bytes, part;

	r->frames = extended_frames(list);
	while (next_chunk(&list, &id, &bytes)) {
		if (slice_is(id, "IDIT"))
			take_date(r, bytes);
		if (!slice_is(id, "LIST") || !slice_starts(bytes, "strl"))
			continue;
		bytes = slice_span(bytes.p + 4, bytes.p + bytes.n);
		while (next_chunk(&bytes, &id, &part)) {
			if (slice_is(id, "strh"))
				take_stream_header(r, part);
			else if (slice_is(id, "strf"))
				take_stream_format(r, part);
		}
	}
}

/* Up to the pictures, which are not looked at. */
static bool
avi_chunks(struct riff *r, struct err *e)
{
	struct slice s;

	input_take(r->m->input, 12);
	while ((s = input_peek(r->m->input, 12)).n >= 12) {
		uint64_t size = bytes_le(s.p + 4, 4);
		bool list = memcmp(s.p, "LIST", 4) == 0;

		if (list && memcmp(s.p + 8, "movi", 4) == 0)
			return true;
		input_take(r->m->input, 8);
		if (list &&
		    (memcmp(s.p + 8, "hdrl", 4) == 0 ||
			memcmp(s.p + 8, "INFO", 4) == 0)) {
			bool info = s.p[8] == 'I';

			if (!take_chunk(r, size, &s, e))
				return false;
			/* A list of less than its form is empty. */
			s = slice_span(s.p + (s.n < 4 ? s.n : 4), s.p + s.n);
			if (info)
				take_info(r, s);
			else
				take_headers(r, s);
		}
		leave_chunk(r, size);
	}
	return true;
}

bool
avi_read(struct member *m, struct err *e)
{
	struct riff r = { .m = m, .media.container = "avi" };
	struct err why = { 0 };

	if (!avi_is(input_peek(m->input, 12)))
		err_data(&why, "media_syntax", "does not begin as AVI does");
	else if (avi_chunks(&r, &why) && r.media.ntracks == 0)
		err_data(
		    &why, "media_syntax", "the file has no list of streams");
	r.header = input_offset(m->input);
	return media_finish(m, &r.media, 0, r.header, &why, e);
}
