#include "sources/media.h"

#include <stdio.h>
#include <string.h>

#include "json/write.h"
#include "sources/body.h"

struct media_track *
media_track(struct media *m)
{
	size_t i = m->ntracks++;

	return i < MEDIA_TRACKS ? &m->tracks[i] : NULL;
}

/* --- codecs -------------------------------------------------------------- */

/*
 * Names that containers have for one codec; the others leave as written.
 * Upper case in AVI, lower in MP4, words in Matroska.
 */
static const struct {
	const char *written, *name;
} codecs[] = {
	{ "avc1", "h264" },
	{ "avc3", "h264" },
	{ "H264", "h264" },
	{ "h264", "h264" },
	{ "X264", "h264" },
	{ "V_MPEG4/ISO/AVC", "h264" },
	{ "hvc1", "hevc" },
	{ "hev1", "hevc" },
	{ "HEVC", "hevc" },
	{ "V_MPEGH/ISO/HEVC", "hevc" },
	{ "av01", "av1" },
	{ "V_AV1", "av1" },
	{ "vp08", "vp8" },
	{ "VP80", "vp8" },
	{ "V_VP8", "vp8" },
	{ "vp09", "vp9" },
	{ "VP90", "vp9" },
	{ "V_VP9", "vp9" },
	{ "mp4v", "mpeg4" },
	{ "FMP4", "mpeg4" },
	{ "XVID", "mpeg4" },
	{ "DIVX", "mpeg4" },
	{ "DX50", "mpeg4" },
	{ "V_MPEG4/ISO/ASP", "mpeg4" },
	{ "MJPG", "mjpeg" },
	{ "mjpg", "mjpeg" },
	{ "jpeg", "mjpeg" },
	{ "V_MJPEG", "mjpeg" },
	{ "V_MPEG1", "mpeg1video" },
	{ "V_MPEG2", "mpeg2video" },
	{ "mp4a", "aac" },
	{ "A_AAC", "aac" },
	{ ".mp3", "mp3" },
	{ "A_MPEG/L3", "mp3" },
	{ "A_MPEG/L2", "mp2" },
	{ "Opus", "opus" },
	{ "A_OPUS", "opus" },
	{ "A_VORBIS", "vorbis" },
	{ "fLaC", "flac" },
	{ "A_FLAC", "flac" },
	{ "ac-3", "ac3" },
	{ "A_AC3", "ac3" },
	{ "ec-3", "eac3" },
	{ "A_EAC3", "eac3" },
	{ "alac", "alac" },
	{ "A_ALAC", "alac" },
	{ "sowt", "pcm_s16le" },
	{ "twos", "pcm_s16be" },
	{ "A_PCM/INT/LIT", "pcm" },
	{ "A_PCM/INT/BIG", "pcm" },
	{ "A_PCM/FLOAT/IEEE", "pcm" },
	{ "tx3g", "mov_text" },
	{ "S_TEXT/UTF8", "subrip" },
	{ "S_TEXT/WEBVTT", "webvtt" },
};

static bool
is_printable(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

void
media_codec(struct media_track *t, struct slice code)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++) {
		if (!slice_is(code, codecs[i].written))
			continue;
		snprintf(t->codec, sizeof(t->codec), "%s", codecs[i].name);
		return;
	}
	if (is_printable(code)) {
		snprintf(t->codec, sizeof(t->codec), "%.*s",
		    (int)(code.n < sizeof(t->codec) ? code.n
						    : sizeof(t->codec) - 1),
		    code.p);
		return;
	}
	for (size_t i = 0; i < code.n && n + 5 < sizeof(t->codec); i++)
		n += (size_t)snprintf(t->codec + n, sizeof(t->codec) - n,
		    i == 0 ? "0x%02x" : "%02x", (unsigned char)code.p[i]);
}

void
media_wave_codec(struct media_track *t, unsigned number, unsigned bits)
{
	static const struct {
		unsigned number;
		const char *name;
	} known[] = { { 0x02, "adpcm_ms" }, { 0x06, "pcm_alaw" },
		{ 0x07, "pcm_mulaw" }, { 0x11, "adpcm_ima_wav" },
		{ 0x31, "gsm_ms" }, { 0x50, "mp2" }, { 0x55, "mp3" },
		{ 0xFF, "aac" }, { 0x1610, "aac" }, { 0x2000, "ac3" },
		{ 0x566F, "vorbis" }, { 0xF1AC, "flac" } };

	if (number == 1) {
		snprintf(t->codec, sizeof(t->codec),
		    bits == 8 ? "pcm_u8" : "pcm_s%ule", bits);
		return;
	}
	if (number == 3) {
		snprintf(t->codec, sizeof(t->codec), "pcm_f%ule", bits);
		return;
	}
	snprintf(t->codec, sizeof(t->codec), "0x%04x", number & 0xFFFF);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].number == number)
			snprintf(
			    t->codec, sizeof(t->codec), "%s", known[i].name);
}

/* --- times --------------------------------------------------------------- */

void
media_created(struct media *m, int64_t seconds, uint32_t nanoseconds)
{
	struct date d;

	/* The years that a clock of this age can have had: 1904 is none. */
	if (seconds < 0 || seconds > (int64_t)253402300799)
		return;
	d = date_of_seconds(seconds, 0);
	if (nanoseconds > 0 && nanoseconds < 1000000000) {
		d.nfraction = 9;
		d.fraction = nanoseconds;
		while (d.fraction % 10 == 0) {
			d.fraction /= 10;
			d.nfraction--;
		}
	}
	date_print(&d, m->created);
}

/*
 * above / below, rounded to so many places, without zeros at the end.  The
 * whole part is taken first, so that what is left fits in 64 bits.
 */
static void
put_ratio(struct buf *b, const char *key, struct ratio r, unsigned places)
{
	uint64_t whole, rest, scale = 1;

	if (r.below == 0)
		return;
	for (unsigned i = 0; i < places; i++)
		scale *= 10;
	while (r.below > UINT64_MAX / scale / 2) {
		r.above >>= 1;
		r.below >>= 1;
	}
	whole = r.above / r.below;
	rest = (r.above % r.below * scale + r.below / 2) / r.below;
	if (rest == scale) {
		whole++;
		rest = 0;
	}
	json_put_key(b, key);
	buf_addf(b, "\"%llu", (unsigned long long)whole);
	if (rest > 0) {
		while (rest % 10 == 0) {
			rest /= 10;
			places--;
		}
		buf_addf(b, ".%0*llu", (int)places, (unsigned long long)rest);
	}
	buf_addc(b, '"');
}

/* --- the record ---------------------------------------------------------- */

static void
put_number(struct buf *b, const char *key, uint32_t n)
{
	if (n == 0)
		return;
	json_put_key(b, key);
	json_put_uint(b, n);
}

static void
put_track(struct buf *b, const struct media_track *t)
{
	static const char *const types[] = { "other", "video", "audio",
		"text" };

	json_put_comma(b);
	buf_adds(b, "{\"type\":");
	json_put_cstring(b, types[t->type]);
	if (t->codec[0] != '\0') {
		json_put_key(b, "codec");
		json_put_cstring(b, t->codec);
	}
	put_number(b, "width", t->width);
	put_number(b, "height", t->height);
	put_ratio(b, "rate", t->rate, 3);
	put_number(b, "channels", t->channels);
	buf_addc(b, '}');
}

static void
put_record(struct buf *b, const struct media *m)
{
	buf_adds(b, "{\"container\":");
	json_put_cstring(b, m->container);
	put_ratio(b, "duration", m->duration, 6);
	if (m->created[0] != '\0') {
		json_put_key(b, "created");
		json_put_cstring(b, m->created);
	}
	json_put_key(b, "tracks");
	buf_addc(b, '[');
	for (size_t i = 0; i < m->ntracks && i < MEDIA_TRACKS; i++)
		put_track(b, &m->tracks[i]);
	buf_addc(b, ']');
}

static const char *
kind_of(const struct media *m)
{
	bool video = false, audio = false;

	for (size_t i = 0; i < m->ntracks && i < MEDIA_TRACKS; i++) {
		video = video || m->tracks[i].type == MEDIA_VIDEO;
		audio = audio || m->tracks[i].type == MEDIA_AUDIO;
	}
	return audio && !video ? "audio" : "video";
}

bool
media_finish(struct member *m, const struct media *media, uint64_t from,
    uint64_t to, const struct err *why, struct err *e)
{
	struct piece p = { .from = from, .to = to, .next = to };
	struct buf *b;

	if (why->kind != ERR_NONE)
		return body_refuse(m, why, e);
	member_code(m, "media", slice_of(kind_of(media)));
	if (media->ntracks > MEDIA_TRACKS)
		member_note(m, "tracks: %zu, of which %d are written",
		    media->ntracks, MEDIA_TRACKS);
	if (from > m->at)
		member_skip_to(m, from, "body");
	b = member_open(m);
	put_record(b, media);
	p.bytes = slice_span(b->p + m->began, b->p + b->n);
	if (!member_record(m, &p, e))
		return false;
	body_pass(m);
	return true;
}
