/*
 * Samples: one record for each window of time and each rate.
 *
 * The data records that a window touches are held, in the bytes they came in.
 * A recording with gaps (+D) is a row of stretches; windows begin anew with
 * each, and a record's `t` says where that is.
 */
#include <string.h>

#include "base/mem.h"
#include "json/write.h"
#include "sources/edf.h"

#define JITTER 1000 /* ns that an onset may be off without a gap */

/* Signals of one rate. */
struct group {
	struct wave_rate rate;
	struct slice text;
};

struct channel {
	const struct edf_signal *signal;
	struct slice name;
	struct wave_scale scale;
	size_t group;
};

struct samples {
	struct edf *h;
	struct channel *channels;
	struct group *groups;
	size_t nchannels, ngroups;
	uint64_t window_ns;
	char *held; /* records of the stretch, then one of the next */
	size_t nheld, room;
	uint64_t first;  /* of the stretch: which record of the file */
	uint64_t passed; /* records of the stretch before those held */
	wave_int origin; /* its onset, from the start of the recording */
	bool over;       /* no more of this stretch */
	bool pending;    /* a record of the next is held */
};

static void
set_up(struct samples *s)
{
	struct edf *h = s->h;
	struct slice *names =
	    arena_alloc(h->arena, h->nsignals * sizeof(*names));
	struct wave_rate all = { h->record_bytes / 2 + 1, h->record_ns };

	s->channels =
	    arena_zalloc(h->arena, h->nsignals * sizeof(*s->channels));
	s->groups = arena_zalloc(h->arena, h->nsignals * sizeof(*s->groups));
	for (size_t i = 0; i < h->nsignals; i++) {
		const struct edf_signal *signal = &h->signals[i];
		struct channel *c = &s->channels[s->nchannels];
		size_t g = 0;

		if (signal->is_annotations || signal->samples == 0)
			continue;
		while (g < s->ngroups &&
		    s->groups[g].rate.samples != signal->samples)
			g++;
		if (g == s->ngroups) {
			struct wave_rate r = { signal->samples, h->record_ns };

			s->groups[s->ngroups++] =
			    (struct group){ r, wave_rate_text(&r, h->arena) };
		}
		c->signal = signal;
		c->group = g;
		c->scale = wave_scale_range(signal->physical, signal->digital);
		names[s->nchannels++] = signal->label;
	}
	wave_names(names, s->nchannels, h->arena);
	for (size_t i = 0; i < s->nchannels; i++)
		s->channels[i].name = names[i];
	s->window_ns = wave_window(h->m->options->samples_ns, &all);
	if (s->window_ns != h->m->options->samples_ns)
		member_note(h->m, "window: %llu ns, as more is not held",
		    (unsigned long long)s->window_ns);
}

/* --- the records held ---------------------------------------------------- */

static bool
is_next(const struct samples *s, const char *record, uint64_t number)
{
	wave_int off;
	int64_t ns;

	if (!s->h->gaps || !edf_onset(s->h, record, &ns))
		return true;
	off = (wave_int)ns - s->h->first_ns - s->origin -
	    (wave_int)number * s->h->record_ns;
	return off >= -JITTER && off <= JITTER;
}

/* One more record; false at the end of the stretch. */
static bool
load(struct samples *s)
{
	struct edf *h = s->h;
	size_t size = h->record_bytes, got;
	uint64_t number = s->passed + s->nheld;
	char *to;

	if (s->over)
		return false;
	s->over = true;
	if (h->records >= 0 && s->first + number >= (uint64_t)h->records)
		return false;
	if ((s->nheld + 1) * size > s->room) {
		s->room = (s->nheld + 1) * 2 * size;
		s->held = mem_resize(s->held, s->room, 1);
	}
	to = s->held + s->nheld * size;
	got = edf_pull(h, to, size);
	if (got < size)
		return false;
	if (h->spool == NULL)
		h->seen++;
	s->pending = number > 0 && !is_next(s, to, number);
	if (s->pending)
		return false;
	s->nheld++;
	s->over = false;
	return true;
}

static void
drop(struct samples *s, uint64_t before)
{
	size_t n = before > s->passed ? (size_t)(before - s->passed) : 0;

	if (n > s->nheld)
		n = s->nheld;
	memmove(s->held, s->held + n * s->h->record_bytes,
	    (s->nheld - n + s->pending) * s->h->record_bytes);
	s->nheld -= n;
	s->passed += n;
}

/* The next stretch begins with the record that did not fit. */
static void
turn(struct samples *s)
{
	int64_t ns = 0;

	s->first += s->passed + s->nheld;
	drop(s, s->passed + s->nheld);
	s->passed = 0;
	s->nheld = 1;
	s->pending = s->over = false;
	edf_onset(s->h, s->held, &ns);
	s->origin = (wave_int)ns - s->h->first_ns;
}

/* --- the records written ------------------------------------------------- */

static int64_t
digital(const struct edf *h, const char *from)
{
	const unsigned char *p = (const unsigned char *)from;
	int32_t n = p[0] | p[1] << 8;

	if (h->bdf)
		n |= p[2] << 16;
	return n >= 1 << (8 * h->width - 1) ? n - (1 << 8 * h->width) : n;
}

static void
put_values(const struct samples *s, const struct channel *c, uint64_t from,
    uint64_t to, struct buf *b)
{
	const struct edf *h = s->h;
	uint32_t each = c->signal->samples;

	json_put_key_slice(b, c->name);
	buf_addc(b, '[');
	for (uint64_t i = from; i < to; i++) {
		const char *record =
		    s->held + (i / each - s->passed) * h->record_bytes;

		if (i > from)
			buf_addc(b, ',');
		wave_put(&c->scale,
		    digital(h, record + c->signal->at + i % each * h->width),
		    b);
	}
	buf_addc(b, ']');
}

static bool
write_group(struct samples *s, size_t g, uint64_t window, struct err *e)
{
	const struct wave_rate *rate = &s->groups[g].rate;
	uint64_t from = wave_first(rate, s->window_ns, window);
	uint64_t to = wave_first(rate, s->window_ns, window + 1);
	uint64_t there = (s->passed + s->nheld) * rate->samples, a, z;
	uint64_t size = s->h->record_bytes;
	struct piece p = { .encoding = s->h->encoding };
	struct buf *b;

	if (to > there)
		to = there;
	if (from >= to)
		return true;
	b = wave_open(s->h->m, s->h->name,
	    s->origin + (wave_int)window * s->window_ns, s->groups[g].text);
	for (size_t i = 0; i < s->nchannels; i++)
		if (s->channels[i].group == g)
			put_values(s, &s->channels[i], from, to, b);
	a = from / rate->samples;
	z = (to + rate->samples - 1) / rate->samples;
	p.bytes = (struct slice){ s->held + (a - s->passed) * size,
		(size_t)((z - a) * size) };
	p.from = s->h->head.n + (s->first + a) * size;
	p.to = p.next = p.from + p.bytes.n;
	return member_record(s->h->m, &p, e);
}

/* Which record of the stretch a window's end touches, up and down. */
static uint64_t
record_at(const struct samples *s, uint64_t window, bool up)
{
	uint64_t record = up ? 0 : UINT64_MAX;

	for (size_t g = 0; g < s->ngroups; g++) {
		uint64_t each = s->groups[g].rate.samples;
		uint64_t i =
		    wave_first(&s->groups[g].rate, s->window_ns, window);

		i = (i + (up ? each - 1 : 0)) / each;
		if (up ? i > record : i < record)
			record = i;
	}
	return record;
}

/* The next window that has a sample. */
static uint64_t
following(const struct samples *s, uint64_t window)
{
	uint64_t next = UINT64_MAX;

	for (size_t g = 0; g < s->ngroups; g++) {
		const struct wave_rate *r = &s->groups[g].rate;
		uint64_t w = wave_window_of(
		    r, s->window_ns, wave_first(r, s->window_ns, window + 1));

		next = w < next ? w : next;
	}
	return next;
}

static bool
read_stretch(struct samples *s, struct err *e)
{
	for (uint64_t window = 0;; window = following(s, window)) {
		uint64_t need = record_at(s, window + 1, true);

		while (s->passed + s->nheld < need && load(s))
			continue;
		for (size_t g = 0; g < s->ngroups; g++)
			if (!write_group(s, g, window, e))
				return false;
		if (s->passed + s->nheld < need)
			return true;
		drop(s, record_at(s, window + 1, false));
	}
}

bool
edf_samples(struct edf *h, struct err *e)
{
	struct samples s = { .h = h };
	bool ok = true;

	if (h->record_ns == 0) {
		member_note(h->m, "no_samples: data records have no duration");
		return true;
	}
	set_up(&s);
	while (ok && s.ngroups > 0) {
		ok = read_stretch(&s, e);
		if (!s.pending)
			break;
		turn(&s);
	}
	mem_free(s.held);
	return ok;
}
