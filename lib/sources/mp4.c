/*
 * MP4, QuickTime and their kin: what moov says, wherever it stands.
 *
 *	size type bytes, size 1: 8 more bytes of size, size 0: to the end
 *
 * Boxes of the file are passed over but for moov, and for moof where moov
 * leaves the length to the fragments.  A plain file is not read where its
 * samples are.  moov itself stays in the input's window.
 */
#include <string.h>

#include "sources/body.h"
#include "sources/format.h"
#include "sources/media.h"
#include "sources/mp4_box.h"

#define SINCE_1904 ((int64_t)2082844800) /* to 1970, in seconds */

struct mp4 {
	struct member *m;
	struct media media;
	struct mp4_movie movie;
	uint64_t from, to; /* of the header */
	bool has_movie;
};

/* --- is it one ----------------------------------------------------------- */

static bool
has_type(struct slice head, const char *types)
{
	for (; *types != '\0'; types += 4)
		if (memcmp(head.p + 4, types, 4) == 0)
			return true;
	return false;
}

/* Pictures have the same boxes; QuickTime of old begins without a brand. */
bool
mp4_is(struct slice head)
{
	if (head.n < 16)
		return false;
	if (memcmp(head.p + 4, "ftyp", 4) == 0)
		return head.p[0] == 0 && head.p[1] == 0 &&
		    memcmp(head.p + 8, "heic", 4) != 0 &&
		    memcmp(head.p + 8, "heix", 4) != 0 &&
		    memcmp(head.p + 8, "mif1", 4) != 0 &&
		    memcmp(head.p + 8, "msf1", 4) != 0 &&
		    memcmp(head.p + 8, "avif", 4) != 0;
	return head.p[0] == 0 && has_type(head, "moovmdatwidefreeskippnot") &&
	    (memcmp(head.p + 4, "moov", 4) != 0 ||
		memcmp(head.p + 12, "mvhd", 4) == 0 ||
		memcmp(head.p + 12, "cmov", 4) == 0);
}

static const char *
container_of(struct slice brand)
{
	if (slice_starts(brand, "qt  "))
		return "mov";
	if (slice_starts(brand, "M4A ") || slice_starts(brand, "M4B "))
		return "m4a";
	return slice_starts(brand, "3g") ? "3gp" : "mp4";
}

/* --- boxes of the file --------------------------------------------------- */

/* A box that is looked into: its bytes behind the head, not taken. */
static bool
whole_box(
    struct mp4 *f, uint64_t head, uint64_t size, struct slice *s, struct err *e)
{
	size_t limit = f->m->limits->max_record;

	if (size > limit)
		return err_data(e, "limit_record",
		    "moov of more than %zu bytes (--max-record raises it)",
		    limit);
	*s = input_peek(f->m->input, size);
	if (s->n < size)
		return err_data(
		    e, "cut_off", "the input ends within its header");
	*s = slice_span(s->p + head, s->p + size);
	return true;
}

/* One box; false at the end, or where *e says why. */
static bool
read_box(struct mp4 *f, struct err *e)
{
	struct slice s = input_peek(f->m->input, 16), inside;
	uint64_t at = input_offset(f->m->input), head, size;

	if (!mp4_box_head(s, &head, &size))
		return false;
	if (size == 0)
		size = UINT64_MAX - at;
	if (memcmp(s.p + 4, "ftyp", 4) == 0 && s.n >= head + 4) {
		f->media.container =
		    container_of(slice_span(s.p + head, s.p + s.n));
	} else if (memcmp(s.p + 4, "moov", 4) == 0 && !f->has_movie) {
		if (!whole_box(f, head, size, &inside, e) ||
		    !mp4_movie(&f->movie, inside, e))
			return false;
		f->has_movie = true;
		f->to = at + size;
	} else if (memcmp(s.p + 4, "moof", 4) == 0) {
		if (!whole_box(f, head, size, &inside, e))
			return false;
		mp4_fragment(&f->movie, inside);
	} else if (memcmp(s.p + 4, "mdat", 4) == 0 && !f->has_movie) {
		/* Then the header begins behind the samples. */
		f->from = at + size;
	}
	return input_skip(f->m->input, size) == size;
}

static void
take_movie(struct mp4 *f)
{
	const struct mp4_movie *v = &f->movie;

	for (size_t i = 0; i < v->ntracks; i++) {
		struct media_track *t = media_track(&f->media);

		*t = v->tracks[i].shown;
		t->rate = mp4_rate(&v->tracks[i]);
	}
	f->media.ntracks += v->more_tracks;
	f->media.duration = mp4_duration(v);
	if (v->created > 0)
		media_created(&f->media, (int64_t)v->created - SINCE_1904, 0);
}

bool
mp4_read(struct member *m, struct err *e)
{
	struct mp4 f = { .m = m, .media.container = "mov" };
	struct err why = { 0 };
	bool ok;

	while (!(f.has_movie && mp4_is_settled(&f.movie)) && read_box(&f, &why))
		continue;
	/* A fragment that is cut off leaves what came before it. */
	if (f.has_movie)
		memset(&why, 0, sizeof(why));
	else if (why.kind == ERR_NONE)
		err_data(&why, "media_syntax",
		    "the file has no box moov (it is cut off, or its recorder "
		    "was)");
	take_movie(&f);
	ok = media_finish(m, &f.media, f.from, f.to, &why, e);
	mp4_movie_release(&f.movie);
	return ok;
}
