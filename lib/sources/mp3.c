/*
 * MP3: sound in frames, with tags before and behind them.
 *
 * How long it is stands in the first frame, where its encoder left a table
 * (Xing, Info, VBRI).  Else the first frames tell: if all have one bit rate
 * the length in bytes gives the time; if not, every frame is counted.
 */
#include <string.h>

#include "base/mem.h"
#include "sources/body.h"
#include "sources/bytes.h"
#include "sources/format.h"
#include "sources/media.h"
#include "sources/mp3_tag.h"

#define LOST  ((size_t)64 << 10) /* bytes before the first frame */
#define FIRST 100                /* frames that tell whether the rate varies */

struct frame_head {
	unsigned rate, bit_rate, channels, layer, samples;
	size_t length;
	bool mpeg1;
};

struct mp3 {
	struct member *m;
	struct media media;
	struct frame_head first;
	uint64_t header; /* bytes up to and with the first frame */
	uint64_t start;  /* of the first frame */
};

/* --- frames -------------------------------------------------------------- */

static bool
parse_head(struct slice s, struct frame_head *h)
{
	static const short rates[2][2][15] = {
		/* layer III and II of MPEG 2; in kbit/s */
		{ { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144,
		      160 },
		    { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144,
			160 } },
		{ { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256,
		      320 },
		    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256,
			320, 384 } },
	};
	static const unsigned samplings[] = { 44100, 48000, 32000 };
	uint32_t v;
	unsigned version, layer, index;

	if (s.n < 4)
		return false;
	v = (uint32_t)bytes_be(s.p, 4);
	version = v >> 19 & 3;
	layer = 4 - (v >> 17 & 3);
	index = v >> 12 & 15;
	if (v >> 21 != 0x7FF || version == 1 || layer < 2 || layer > 3 ||
	    index == 0 || index == 15 || (v >> 10 & 3) == 3)
		return false;
	h->mpeg1 = version == 3;
	h->layer = layer;
	h->bit_rate = 1000u * (unsigned)rates[h->mpeg1][layer == 2][index];
	h->rate = samplings[v >> 10 & 3] >> (3 - version - (version == 0));
	h->channels = (v >> 6 & 3) == 3 ? 1 : 2;
	h->samples = layer == 3 && !h->mpeg1 ? 576 : 1152;
	h->length = h->samples / 8 * h->bit_rate / h->rate + (v >> 9 & 1);
	return true;
}

/* A head, and where the next frame is to be seen one that agrees. */
static bool
is_frame(struct slice s, struct frame_head *h)
{
	struct frame_head next;

	if (!parse_head(s, h) || s.n < h->length + 4)
		return false;
	s = slice_span(s.p + h->length, s.p + s.n);
	return parse_head(s, &next) && next.rate == h->rate &&
	    next.layer == h->layer && next.mpeg1 == h->mpeg1;
}

bool
mp3_is(struct slice head)
{
	struct frame_head h;

	if (mp3_tag_size(head) > 0)
		return true;
	return is_frame(head, &h) &&
	    is_frame(slice_span(head.p + h.length, head.p + head.n), &h);
}

/* --- the first frame ----------------------------------------------------- */

/* The tags in front, then up to the first frame; false where none comes. */
static bool
find_frame(struct mp3 *f, struct err *e)
{
	struct input *in = f->m->input;
	struct slice s;
	uint64_t tag;

	while ((tag = mp3_tag_size(input_peek(in, 10))) > 0) {
		if (tag <= f->m->limits->max_record)
			mp3_tag_created(input_peek(in, tag), f->media.created);
		if (input_skip(in, tag) < tag)
			return err_data(
			    e, "cut_off", "the input ends within its tag");
	}
	s = input_peek(in, 2 * LOST);
	for (size_t i = 0; i < LOST && i < s.n; i++) {
		if (!is_frame(slice_span(s.p + i, s.p + s.n), &f->first))
			continue;
		input_take(in, i);
		f->start = input_offset(in);
		f->header = f->start + f->first.length;
		return true;
	}
	return err_data(
	    e, "media_syntax", "no frames of sound follow the file's tag");
}

/* Frames by the encoder's table; 0: it left none. */
static uint64_t
frames_told(const struct mp3 *f)
{
	const struct frame_head *h = &f->first;
	struct slice s = input_peek(f->m->input, h->length);
	size_t side = h->mpeg1 ? (h->channels == 1 ? 17 : 32)
			       : (h->channels == 1 ? 9 : 17);
	const char *p = s.p + 4 + side;

	if (h->layer != 3 || s.n < 4 + side + 12 || s.n < 50)
		return 0;
	if ((memcmp(p, "Xing", 4) == 0 || memcmp(p, "Info", 4) == 0) &&
	    (p[7] & 1) != 0)
		return bytes_be(p + 8, 4);
	if (memcmp(s.p + 36, "VBRI", 4) == 0 && s.n >= 54)
		return bytes_be(s.p + 50, 4);
	return 0;
}

/* --- without a table ----------------------------------------------------- */

static bool
has_one_rate(const struct mp3 *f)
{
	size_t at = 0;

	for (int i = 0; i < FIRST; i++) {
		struct slice s = input_peek(f->m->input, at + 4);
		struct frame_head h;

		if (s.n < at + 4 ||
		    !parse_head(slice_span(s.p + at, s.p + s.n), &h))
			return true;
		if (h.bit_rate != f->first.bit_rate)
			return false;
		at += h.length;
	}
	return true;
}

/* To the end, of which the last bytes are kept. */
static uint64_t
pass_to_end(struct mp3 *f, char *tail, size_t *n)
{
	struct input *in = f->m->input;
	uint64_t at = input_offset(in);
	struct slice s;

	*n = 0;
	if (f->m->size > at + MP3_TAIL)
		input_skip(in, f->m->size - at - MP3_TAIL);
	while ((s = input_peek(in, 1)).n > 0) {
		size_t keep;

		input_take(in, s.n);
		if (s.n >= MP3_TAIL) {
			memcpy(tail, s.p + s.n - MP3_TAIL, MP3_TAIL);
			*n = MP3_TAIL;
			continue;
		}
		keep = *n + s.n > MP3_TAIL ? MP3_TAIL - s.n : *n;
		memmove(tail, tail + *n - keep, keep);
		memcpy(tail + keep, s.p, s.n);
		*n = keep + s.n;
	}
	return input_offset(in);
}

static struct ratio
by_length(struct mp3 *f)
{
	char tail[MP3_TAIL];
	size_t n;
	uint64_t end = pass_to_end(f, tail, &n);
	uint64_t tags = mp3_tail_size((struct slice){ tail, n });

	end = end - f->start > tags ? end - tags : end;
	return (struct ratio){ 8 * (end - f->start), f->first.bit_rate };
}

/* Bytes between frames are passed over one by one. */
static struct ratio
by_frames(struct mp3 *f)
{
	struct input *in = f->m->input;
	struct frame_head h;
	uint64_t samples = 0;
	struct slice s;

	while ((s = input_peek(in, 4)).n >= 4) {
		if (!parse_head(s, &h) || h.rate != f->first.rate) {
			input_take(in, 1);
			continue;
		}
		samples += h.samples;
		input_skip(in, h.length);
	}
	return (struct ratio){ samples, f->first.rate };
}

static void
take_sound(struct mp3 *f)
{
	struct media_track *t = media_track(&f->media);
	uint64_t frames = frames_told(f);

	t->type = MEDIA_AUDIO;
	media_codec(t, f->first.layer == 3 ? SLICE("mp3") : SLICE("mp2"));
	t->rate = (struct ratio){ f->first.rate, 1 };
	t->channels = f->first.channels;
	if (frames > 0)
		f->media.duration =
		    (struct ratio){ frames * f->first.samples, f->first.rate };
	else if (has_one_rate(f))
		f->media.duration = by_length(f);
	else
		f->media.duration = by_frames(f);
}

bool
mp3_read(struct member *m, struct err *e)
{
	struct mp3 f = { .m = m, .media.container = "mp3" };
	struct err why = { 0 };

	if (find_frame(&f, &why))
		take_sound(&f);
	return media_finish(m, &f.media, 0, f.header, &why, e);
}
