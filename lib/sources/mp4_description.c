/*
 * A description of sound has a number of channels that writers leave at 2;
 * what holds is the decoder's own configuration, in the box esds:
 *
 *	tag size bytes, tags in tags: 3 the stream, 4 its decoder, 5 the
 *	decoder's configuration, of which 13 bits are looked at
 */
#include "sources/mp4_description.h"

#include <string.h>

#include "sources/bytes.h"
#include "sources/mp4_box.h"

#define SOUND 36 /* bytes of a description of sound, with its head */

/* The size of a descriptor stands in sevens of bits. */
static bool
next_descriptor(struct slice *rest, int *tag, struct slice *inside)
{
	uint64_t size = 0;
	size_t at = 1;

	if (rest->n < 2)
		return false;
	*tag = (unsigned char)rest->p[0];
	for (int i = 0; i < 4 && at < rest->n; i++) {
		unsigned char c = (unsigned char)rest->p[at++];

		size = size << 7 | (c & 0x7F);
		if ((c & 0x80) == 0)
			break;
	}
	*inside = slice_span(rest->p + at, rest->p + rest->n);
	if (size < inside->n)
		inside->n = size;
	*rest = slice_span(inside->p + inside->n, rest->p + rest->n);
	return true;
}

/* AAC's first bits: type 5 (31: 6 more), rate 4 (15: 24 more), channels 4. */
static void
take_configuration(struct media_track *t, struct slice s)
{
	char room[8] = { 0 };
	uint64_t bits;
	int at = 5;

	memcpy(room, s.p, s.n < sizeof(room) ? s.n : sizeof(room));
	bits = bytes_be(room, 8);
	if (bits >> 59 == 31)
		at += 6;
	at += (bits << at >> 60) == 15 ? 28 : 4;
	switch (bits << at >> 60) {
	case 0:
		return;
	case 7:
		t->channels = 8;
		return;
	default:
		t->channels = (uint32_t)(bits << at >> 60);
	}
}

static void
take_decoder(struct media_track *t, struct slice s)
{
	struct slice inside;
	int tag, object;

	if (s.n < 13)
		return;
	object = (unsigned char)s.p[0];
	if (object == 0x69 || object == 0x6B)
		media_codec(t, SLICE(".mp3"));
	s = slice_span(s.p + 13, s.p + s.n);
	if (object == 0x40 && next_descriptor(&s, &tag, &inside) && tag == 5 &&
	    inside.n >= 2)
		take_configuration(t, inside);
}

/* A stream has three bytes before its descriptors, more where flags say so. */
static void
take_stream(struct media_track *t, struct slice s)
{
	struct slice stream, inside;
	size_t at = 3;
	int tag;

	if (s.n < 4)
		return;
	s = slice_span(s.p + 4, s.p + s.n);
	if (!next_descriptor(&s, &tag, &stream) || tag != 3 || stream.n < 4)
		return;
	at += (stream.p[2] & 0x80) != 0 ? 2 : 0;
	if ((stream.p[2] & 0x40) != 0 && at < stream.n)
		at += 1 + (size_t)(unsigned char)stream.p[at];
	at += (stream.p[2] & 0x20) != 0 ? 2 : 0;
	if (at > stream.n)
		return;
	stream = slice_span(stream.p + at, stream.p + stream.n);
	while (next_descriptor(&stream, &tag, &inside))
		if (tag == 4)
			take_decoder(t, inside);
}

/* QuickTime wraps it once more. */
static void
take_boxes(struct media_track *t, struct slice s)
{
	const char *type, *inner;
	struct slice inside, part;

	while (mp4_box_next(&s, &type, &inside)) {
		if (memcmp(type, "esds", 4) == 0)
			take_stream(t, inside);
		while (memcmp(type, "wave", 4) == 0 &&
		    mp4_box_next(&inside, &inner, &part))
			if (memcmp(inner, "esds", 4) == 0)
				take_stream(t, part);
	}
}

/* Version 1 of QuickTime's has more behind; 2 has other numbers there. */
static void
take_sound(struct media_track *t, struct slice s)
{
	uint64_t version = bytes_be(s.p + 16, 2), bits;
	size_t boxes = SOUND + (version == 1 ? 16 : version == 2 ? 36 : 0);
	double rate;

	t->channels = (uint32_t)bytes_be(s.p + 24, 2);
	t->rate = (struct ratio){ bytes_be(s.p + 32, 2), 1 };
	if (version == 2 && s.n >= boxes) {
		bits = bytes_be(s.p + 40, 8);
		memcpy(&rate, &bits, sizeof(rate));
		t->channels = (uint32_t)bytes_be(s.p + 48, 4);
		if (rate >= 1 && rate < 1e9)
			t->rate.above = (uint64_t)rate;
	}
	if (s.n > boxes)
		take_boxes(t, slice_span(s.p + boxes, s.p + s.n));
}

void
mp4_description(struct media_track *t, struct slice s)
{
	if (s.n < 16)
		return;
	s = slice_span(s.p + 8, s.p + s.n);
	media_codec(t, (struct slice){ s.p + 4, 4 });
	if (t->type == MEDIA_VIDEO && s.n >= 36) {
		t->width = (uint32_t)bytes_be(s.p + 32, 2);
		t->height = (uint32_t)bytes_be(s.p + 34, 2);
	} else if (t->type == MEDIA_AUDIO && s.n >= SOUND) {
		take_sound(t, s);
	}
}
