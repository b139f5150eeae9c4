#include "sources/mp4_box.h"

#include <string.h>

#include "base/mem.h"
#include "sources/bytes.h"
#include "sources/mp4_description.h"

#define UNKNOWN_32 ((uint64_t)0xFFFFFFFF)

bool
mp4_box_head(struct slice s, uint64_t *head, uint64_t *size)
{
	if (s.n < 8)
		return false;
	*head = 8;
	*size = bytes_be(s.p, 4);
	if (*size == 1) {
		if (s.n < 16)
			return false;
		*head = 16;
		*size = bytes_be(s.p + 8, 8);
		/* Not even a box to the end may be longer than any file. */
		if (*size > (uint64_t)INT64_MAX)
			return false;
	}
	for (int i = 4; i < 8; i++)
		if ((unsigned char)s.p[i] < ' ')
			return false;
	return *size == 0 || *size >= *head;
}

bool
mp4_box_next(struct slice *rest, const char **type, struct slice *inside)
{
	uint64_t head, size;

	if (!mp4_box_head(*rest, &head, &size))
		return false;
	if (size == 0 || size > rest->n)
		size = rest->n;
	*type = rest->p + 4;
	*inside = slice_span(rest->p + head, rest->p + size);
	*rest = slice_span(rest->p + size, rest->p + rest->n);
	return true;
}

static bool
is(const char *type, const char *name)
{
	return memcmp(type, name, 4) == 0;
}

/* Version 1 of a box has 64 bits where version 0 has 32. */
static bool
is_wide(struct slice s)
{
	return s.n > 0 && s.p[0] == 1;
}

/* mvhd and mdhd begin alike: created, changed, scale, duration. */
static bool
read_times(
    struct slice s, uint64_t *created, uint64_t *scale, uint64_t *duration)
{
	bool wide = is_wide(s);

	if (s.n < (wide ? 32u : 20u))
		return false;
	*created = bytes_be(s.p + 4, wide ? 8 : 4);
	*scale = bytes_be(s.p + (wide ? 20 : 12), 4);
	*duration = bytes_be(s.p + (wide ? 24 : 16), wide ? 8 : 4);
	if (*duration == (wide ? UINT64_MAX : UNKNOWN_32))
		*duration = 0;
	return true;
}

/* --- the sample table ---------------------------------------------------- */

static void
count_samples(struct mp4_track *t, struct slice s)
{
	uint64_t n;

	if (s.n < 8)
		return;
	n = bytes_be(s.p + 4, 4);
	for (uint64_t i = 0; i < n && 16 + 8 * i <= s.n; i++)
		t->samples += bytes_be(s.p + 8 + 8 * i, 4);
}

static void
take_table(struct mp4_track *t, struct slice s)
{
	const char *type;
	struct slice inside;

	while (mp4_box_next(&s, &type, &inside)) {
		if (is(type, "stsd"))
			mp4_description(&t->shown, inside);
		else if (is(type, "stts"))
			count_samples(t, inside);
	}
}

/* --- tracks -------------------------------------------------------------- */

static void
take_handler(struct mp4_track *t, struct slice s)
{
	if (s.n < 12)
		return;
	if (is(s.p + 8, "vide"))
		t->shown.type = MEDIA_VIDEO;
	else if (is(s.p + 8, "soun"))
		t->shown.type = MEDIA_AUDIO;
	else if (is(s.p + 8, "text") || is(s.p + 8, "sbtl") ||
	    is(s.p + 8, "subt"))
		t->shown.type = MEDIA_TEXT;
}

static void
take_media(struct mp4_track *t, struct slice s)
{
	const char *type, *inner;
	struct slice inside, part;
	uint64_t ignored;

	while (mp4_box_next(&s, &type, &inside)) {
		if (is(type, "mdhd"))
			read_times(inside, &ignored, &t->scale, &t->duration);
		else if (is(type, "hdlr"))
			take_handler(t, inside);
		while (is(type, "minf") && mp4_box_next(&inside, &inner, &part))
			if (is(inner, "stbl"))
				take_table(t, part);
	}
}

static void
take_track(struct mp4_movie *v, struct slice s)
{
	struct mp4_track *t;
	const char *type;
	struct slice inside;

	if (v->ntracks == MEDIA_TRACKS) {
		v->more_tracks++;
		return;
	}
	v->tracks =
	    mem_room(v->tracks, v->ntracks, &v->room, sizeof(*v->tracks));
	t = &v->tracks[v->ntracks++];
	memset(t, 0, sizeof(*t));
	while (mp4_box_next(&s, &type, &inside)) {
		size_t at = is_wide(inside) ? 20 : 12;

		if (is(type, "tkhd") && inside.n >= at + 4)
			t->id = (uint32_t)bytes_be(inside.p + at, 4);
		else if (is(type, "mdia"))
			take_media(t, inside);
	}
}

static struct mp4_track *
track_of(struct mp4_movie *v, uint64_t id)
{
	for (size_t i = 0; i < v->ntracks; i++)
		if (v->tracks[i].id == id)
			return &v->tracks[i];
	return NULL;
}

/* --- fragments ----------------------------------------------------------- */

static void
take_extension(struct mp4_movie *v, struct slice s)
{
	const char *type;
	struct slice inside;

	v->extends = true;
	while (mp4_box_next(&s, &type, &inside)) {
		struct mp4_track *t;

		if (is(type, "mehd") && inside.n >= (is_wide(inside) ? 12 : 8))
			v->fragments =
			    bytes_be(inside.p + 4, is_wide(inside) ? 8 : 4);
		if (!is(type, "trex") || inside.n < 16)
			continue;
		t = track_of(v, bytes_be(inside.p + 4, 4));
		if (t != NULL)
			t->sample_duration =
			    (uint32_t)bytes_be(inside.p + 12, 4);
	}
}

/* A run of samples, each with the members that the flags say. */
static void
add_run(struct mp4_track *t, struct slice s, uint32_t usual)
{
	uint32_t flags;
	uint64_t n;
	size_t at = 8, width = 0;

	if (s.n < 8)
		return;
	flags = (uint32_t)bytes_be(s.p + 1, 3);
	n = bytes_be(s.p + 4, 4);
	at += (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
	for (uint32_t bit = 0x100; bit <= 0x800; bit <<= 1)
		width += flags & bit ? 4 : 0;
	t->samples += n;
	if ((flags & 0x100) == 0) {
		t->fragments += n * usual;
		return;
	}
	for (; n > 0 && at + width <= s.n; n--, at += width)
		t->fragments += bytes_be(s.p + at, 4);
}

static void
add_track_fragment(struct mp4_movie *v, struct slice s)
{
	struct mp4_track *t = NULL;
	uint32_t usual = 0, flags;
	const char *type;
	struct slice inside;
	size_t at;

	while (mp4_box_next(&s, &type, &inside)) {
		if (is(type, "tfhd") && inside.n >= 8) {
			flags = (uint32_t)bytes_be(inside.p + 1, 3);
			t = track_of(v, bytes_be(inside.p + 4, 4));
			at = 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
			usual = t == NULL ? 0 : t->sample_duration;
			if ((flags & 0x8) != 0 && inside.n >= at + 4)
				usual = (uint32_t)bytes_be(inside.p + at, 4);
		} else if (is(type, "trun") && t != NULL) {
			add_run(t, inside, usual);
		}
	}
}

void
mp4_fragment(struct mp4_movie *v, struct slice s)
{
	const char *type;
	struct slice inside;

	while (mp4_box_next(&s, &type, &inside))
		if (is(type, "traf"))
			add_track_fragment(v, inside);
}

/* --- the movie ----------------------------------------------------------- */

bool
mp4_movie(struct mp4_movie *v, struct slice s, struct err *e)
{
	struct slice rest = s, inside;
	bool has_times = false;
	const char *type;

	while (mp4_box_next(&rest, &type, &inside)) {
		if (is(type, "mvhd"))
			has_times = read_times(
			    inside, &v->created, &v->scale, &v->duration);
		else if (is(type, "trak"))
			take_track(v, inside);
	}
	/* It may stand before the tracks that it is about. */
	while (mp4_box_next(&s, &type, &inside))
		if (is(type, "mvex"))
			take_extension(v, inside);
	return has_times ||
	    err_data(e, "media_syntax", "its box moov has no mvhd");
}

bool
mp4_is_settled(const struct mp4_movie *v)
{
	return !v->extends || v->fragments > 0;
}

/* The longest of what the movie, its fragments and its tracks say. */
struct ratio
mp4_duration(const struct mp4_movie *v)
{
	struct ratio longest = { v->duration > v->fragments ? v->duration
							    : v->fragments,
		v->scale };
	double most =
	    v->scale == 0 ? 0 : (double)longest.above / (double)v->scale;

	if (most > 0 && mp4_is_settled(v))
		return longest;
	for (size_t i = 0; i < v->ntracks; i++) {
		const struct mp4_track *t = &v->tracks[i];
		uint64_t n = t->duration + t->fragments;

		if (t->scale == 0 || (double)n / (double)t->scale <= most)
			continue;
		most = (double)n / (double)t->scale;
		longest = (struct ratio){ n, t->scale };
	}
	if (most <= 0)
		longest.below = 0;
	return longest;
}

struct ratio
mp4_rate(const struct mp4_track *t)
{
	uint64_t duration = t->duration + t->fragments;

	if (t->shown.type != MEDIA_VIDEO || duration == 0 || t->samples == 0 ||
	    t->samples > UINT64_MAX / (t->scale + 1))
		return t->shown.rate;
	return (struct ratio){ t->samples * t->scale, duration };
}

void
mp4_movie_release(struct mp4_movie *v)
{
	mem_free(v->tracks);
}
