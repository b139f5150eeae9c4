/*
 * The samples of signal files, each file a member below its header, each
 * window of it one record a rate.
 *
 * Samples are unpacked in the order of the file and held as numbers from the
 * window's beginning on, with as many frames more as the largest skew: a
 * signal with a skew stands that many frames late in its file.  Their bytes
 * are held beside them for the ids.
 */
#include <string.h>

#include "base/mem.h"
#include "json/write.h"
#include "sources/manifest.h"
#include "sources/wfdb.h"

#define HELD ((uint64_t)4 << 20) /* samples that a skew may hold */

struct track {
	const struct wfdb_signal *signal;
	struct slice name;
	struct wave_scale scale;
	size_t at;    /* in the frame */
	int64_t last; /* of a format of differences */
};

struct signals {
	struct member m;
	struct wfdb *h;
	const struct wfdb_packing *how;
	struct input *in;
	const char *record;
	wave_int t;
	uint64_t window_ns;
	struct track *tracks;
	size_t ntracks, frame; /* samples in a frame */
	uint64_t skew;         /* the largest */
	uint64_t offset;       /* of the first sample in the file */
	int64_t *values;       /* from sample `first` on */
	uint64_t first, nvalues, room;
	struct buf raw; /* from byte `raw_at` behind the offset on */
	uint64_t raw_at;
	bool ended;
};

/* --- unpacking ----------------------------------------------------------- */

static struct track *
track_of(struct signals *s, uint64_t sample)
{
	size_t at = (size_t)(sample % s->frame), i = 0;

	while (i + 1 < s->ntracks && s->tracks[i + 1].at <= at)
		i++;
	return &s->tracks[i];
}

static void
keep(struct signals *s, const char *unit, uint64_t n)
{
	for (uint64_t i = 0; i < n; i++) {
		int64_t v = wfdb_sample(s->how,
		    unit + i / s->how->samples * s->how->bytes,
		    (unsigned)(i % s->how->samples));

		if (s->how->format == 8) {
			struct track *t = track_of(s, s->first + s->nvalues);

			v = t->last += v;
		} else if (v == s->how->missing) {
			v = INT64_MIN;
		}
		if (s->nvalues == s->room) {
			s->room = s->room * 2 + 1024;
			s->values = mem_resize(
			    s->values, (size_t)s->room, sizeof(*s->values));
		}
		s->values[s->nvalues++] = v;
	}
}

/* Bytes that hold the samples before this one, to whole units. */
static uint64_t
byte_of(const struct signals *s, uint64_t sample, bool up)
{
	return (sample + (up ? s->how->samples - 1 : 0)) / s->how->samples *
	    s->how->bytes;
}

/* Samples up to this one are held, or the file has ended. */
static void
load(struct signals *s, uint64_t to)
{
	unsigned bytes = s->how->bytes;

	while (!s->ended && s->first + s->nvalues < to) {
		uint64_t want =
		    byte_of(s, to - s->first - s->nvalues, true) / bytes;
		struct slice got;
		size_t whole;

		got = input_peek(
		    s->in, want > 65536 / bytes ? 65536 : want * bytes);
		whole = got.n / bytes;
		if (whole > want)
			whole = (size_t)want;
		if (whole == 0) {
			char last[4] = "";

			memcpy(last, got.p, got.n);
			buf_add(&s->raw, got.p, got.n);
			keep(s, last, wfdb_count(s->how, got.n));
			input_take(s->in, got.n);
			s->ended = true;
			return;
		}
		buf_add(&s->raw, got.p, whole * bytes);
		keep(s, got.p, (uint64_t)whole * s->how->samples);
		input_take(s->in, whole * bytes);
	}
}

static void
drop(struct signals *s, uint64_t before)
{
	uint64_t n = before - s->first, bytes = byte_of(s, before, false);

	if (before <= s->first)
		return;
	n = n < s->nvalues ? n : s->nvalues;
	memmove(s->values, s->values + n,
	    (size_t)(s->nvalues - n) * sizeof(*s->values));
	s->nvalues -= n;
	s->first += n;
	bytes -= s->raw_at;
	bytes = bytes < s->raw.n ? bytes : s->raw.n;
	memmove(s->raw.p, s->raw.p + bytes, s->raw.n - (size_t)bytes);
	s->raw.n -= (size_t)bytes;
	s->raw_at += bytes;
}

/* --- records ------------------------------------------------------------- */

static void
put_track(const struct signals *s, const struct track *t, uint64_t from,
    uint64_t to, struct buf *b)
{
	json_put_key_slice(b, t->name);
	buf_addc(b, '[');
	for (uint64_t f = from; f < to; f++)
		for (uint64_t j = 0; j < t->signal->each; j++) {
			uint64_t i =
			    (f + t->signal->skew) * s->frame + t->at + j;
			int64_t v = i - s->first < s->nvalues
			    ? s->values[i - s->first]
			    : INT64_MIN;

			if (f > from || j > 0)
				buf_addc(b, ',');
			if (v == INT64_MIN || v < INT32_MIN || v > INT32_MAX)
				buf_adds(b, "null");
			else
				wave_put(&t->scale, v, b);
		}
	buf_addc(b, ']');
}

/* The signals with so many samples in a frame. */
static bool
write_rate(struct signals *s, uint64_t each, uint64_t window, uint64_t from,
    uint64_t to, struct err *e)
{
	struct wave_rate rate = { s->h->frames.samples * each,
		s->h->frames.period_ns };
	struct arena *a = arena_new();
	struct piece p = { 0 };
	uint64_t at = byte_of(s, from * s->frame, false) - s->raw_at;
	uint64_t end = byte_of(s, to * s->frame, true) - s->raw_at;
	struct buf *b;
	bool ok;

	b = wave_open(&s->m, s->record, s->t + (wave_int)window * s->window_ns,
	    wave_rate_text(&rate, a));
	for (size_t i = 0; i < s->ntracks; i++)
		if (s->tracks[i].signal->each == each)
			put_track(s, &s->tracks[i], from, to, b);
	end = end < s->raw.n ? end : s->raw.n;
	p.bytes = (struct slice){ s->raw.p + at, (size_t)(end - at) };
	p.from = s->offset + s->raw_at + at;
	p.to = p.next = p.from + p.bytes.n;
	ok = member_record(&s->m, &p, e);
	arena_free(a);
	return ok;
}

static bool
write_window(struct signals *s, uint64_t window, uint64_t from, uint64_t to,
    struct err *e)
{
	for (size_t i = 0; i < s->ntracks; i++) {
		uint64_t each = s->tracks[i].signal->each;
		size_t before = 0;

		while (before < i && s->tracks[before].signal->each != each)
			before++;
		if (before == i && !write_rate(s, each, window, from, to, e))
			return false;
	}
	return true;
}

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static bool
read_windows(struct signals *s, struct err *e)
{
	const struct wave_rate *r = &s->h->frames;
	uint64_t window = 0,
		 most = s->h->length == 0 ? UINT64_MAX : s->h->length;

	for (;;) {
		uint64_t from = wave_first(r, s->window_ns, window);
		uint64_t to = least(
			     wave_first(r, s->window_ns, window + 1), most),
			 there;

		load(s, (to + s->skew) * s->frame);
		there = (s->first + s->nvalues) / s->frame;
		if (from >= least(to, there))
			break;
		if (!write_window(s, window, from, least(to, there), e))
			return false;
		drop(s, to * s->frame);
		window = wave_window_of(
		    r, s->window_ns, wave_first(r, s->window_ns, window + 1));
	}
	return true;
}

/* --- a file -------------------------------------------------------------- */

/* What is behind the samples, and what of them is not there. */
static bool
finish(struct signals *s, struct err *e)
{
	struct member *m = &s->m;
	struct err why = { 0 }, ignored = { 0 };
	uint64_t there = (s->first + s->nvalues) / s->frame;
	uint64_t read = s->offset + s->raw_at + s->raw.n;
	struct buf label = { 0 };
	const char *block;

	while (input_next(s->in, &block, &ignored) > 0)
		continue;
	if (input_failed(s->in, NULL))
		return true;
	if (input_bytes(s->in) > m->at)
		member_skip_to(m, input_bytes(s->in), "body");
	if (input_bytes(s->in) > read)
		member_note(m, "behind_samples: %llu bytes",
		    (unsigned long long)(input_bytes(s->in) - read));
	if (s->h->length == 0 || there >= s->h->length)
		return true;
	m->incomplete = true;
	member_note(m, "cut_off: %llu of %llu samples",
	    (unsigned long long)there, (unsigned long long)s->h->length);
	member_label(m->place, &label);
	err_set(
	    &why, ERR_INPUT, "%s: the samples are cut off", buf_string(&label));
	buf_release(&label);
	return sink_fail(m->sink, &why, e);
}

static bool
pass_offset(struct signals *s)
{
	s->offset = s->tracks[0].signal->offset;
	if (s->offset == 0)
		return true;
	if (input_skip(s->in, s->offset) < s->offset)
		return false;
	member_skip_to(&s->m, s->offset, "header");
	return true;
}

static bool
read_file(struct member *m, struct signals *s, struct err *e)
{
	struct wave_rate all = { s->h->frames.samples * s->frame,
		s->h->frames.period_ns };
	bool ok = true;

	if (m->sink->manifest != NULL)
		input_hash(s->in);
	s->m.kind = m->kind;
	s->m.kind_by = m->kind_by;
	s->window_ns = wave_window(m->options->samples_ns, &all);
	if (s->window_ns != m->options->samples_ns)
		member_note(&s->m, "window: %llu ns, as more is not held",
		    (unsigned long long)s->window_ns);
	if (pass_offset(s))
		ok = read_windows(s, e);
	ok = ok && finish(s, e) && member_end(&s->m, e);
	if (!ok)
		member_release(&s->m);
	mem_free(s->values);
	buf_release(&s->raw);
	return ok;
}

/* --- all of them --------------------------------------------------------- */

static bool
reject(struct member *m, const struct err *why, struct err *e)
{
	struct piece p = {
		.from = m->at, .to = m->at, .next = m->at, .bytes = SLICE("")
	};

	return member_reject(m, &p, why, e);
}

static bool
is_readable(
    struct member *m, struct signals *s, struct slice name, struct err *why)
{
	unsigned format = s->tracks[0].signal->format;

	s->how = wfdb_packing(format);
	if (!wfdb_is_name(name))
		return err_data(why, "wfdb_name",
		    "the header names a file that is not in its folder");
	if (s->how == NULL)
		return err_data(why, "unsupported",
		    "signal file '%.*s' is in format %u, which is not read",
		    (int)name.n, name.p, format);
	if (s->skew * s->frame > HELD)
		return err_data(why, "wfdb_header",
		    "signal file '%.*s' has a skew of %llu frames", (int)name.n,
		    name.p, (unsigned long long)s->skew);
	if (!wfdb_has_folder(m))
		return err_data(why, "no_signals",
		    "signal file '%.*s' is not at hand (files are read beside "
		    "a header that is a file or in an archive)",
		    (int)name.n, name.p);
	return true;
}

static bool
take_file(struct member *m, struct signals *s, struct err *e)
{
	struct slice name = s->tracks[0].signal->file;
	char *text = arena_string(s->h->arena, name.p, name.n);
	struct wfdb_file *f;
	struct place_of at;
	struct err why = { 0 };
	bool ok;

	if (!is_readable(m, s, name, &why))
		return reject(m, &why, e);
	f = wfdb_open(m, text, &why);
	if (f == NULL) {
		m->incomplete = true;
		if (why.kind == ERR_NONE)
			err_set(&why, ERR_INPUT,
			    "%s: signal file '%s' is not there", m->place->uri,
			    text);
		return sink_fail(m->sink, &why, e);
	}
	member_place(m, &at, text);
	s->in = wfdb_input(f);
	member_begin(&s->m, m->options, m->sink, m->totals, &at, s->in, "wfdb");
	ok = read_file(m, s, e);
	wfdb_close(f);
	return ok;
}

static void
set_up(struct track *tracks, struct wfdb *h)
{
	struct slice *names =
	    arena_alloc(h->arena, (h->nsignals + 1) * sizeof(*names));

	for (size_t i = 0; i < h->nsignals; i++) {
		const struct wfdb_signal *signal = &h->signals[i];

		names[i] = signal->label;
		tracks[i] = (struct track){ .signal = signal,
			.last = signal->initial,
			.scale = wave_scale_gain(
			    signal->is_calibrated ? signal->gain : SLICE("200"),
			    signal->baseline) };
	}
	wave_names(names, h->nsignals, h->arena);
	for (size_t i = 0; i < h->nsignals; i++)
		tracks[i].name = names[i];
}

bool
wfdb_samples(struct member *m, struct wfdb *h, const char *record,
    wave_int t_ns, struct err *e)
{
	struct track *tracks =
	    arena_alloc(h->arena, (h->nsignals + 1) * sizeof(*tracks));
	size_t i = 0;

	set_up(tracks, h);
	while (i < h->nsignals) {
		struct signals s = { .h = h,
			.record = record,
			.t = t_ns,
			.tracks = tracks + i };

		/* Signals of one file stand together. */
		do {
			tracks[i].at = s.frame;
			s.frame += (size_t)h->signals[i].each;
			if (h->signals[i].skew > s.skew)
				s.skew = h->signals[i].skew;
			s.ntracks++;
			i++;
		} while (i < h->nsignals &&
		    slice_eq(h->signals[i].file, h->signals[i - 1].file));
		/* "~" and format 0: a signal without a file. */
		if (s.tracks[0].signal->format != 0 &&
		    !slice_is(s.tracks[0].signal->file, "~") &&
		    !take_file(m, &s, e))
			return false;
	}
	return true;
}
