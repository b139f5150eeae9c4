/*
 * WFDB: one record of the header, with the annotations that stand beside it;
 * with --samples then those of the values in its signal files.
 *
 * A header of several segments is one record too.  In a walked folder, and in
 * an archive, each of its segments has a header that is read for itself; where the header of all
 * is named, its segments' samples come with it.
 */
#include <ctype.h>
#include <string.h>

#include "base/decimal.h"
#include "json/write.h"
#include "sources/format.h"
#include "sources/wfdb.h"
#include "sources/wfdb_beside.h"

#define ANNOTATIONS ((size_t)1 << 20) /* bytes of them in one record */
#define HEADER      ((size_t)1 << 20) /* of a segment */

struct reading {
	struct member *m;
	struct wfdb h;
	struct wfdb lead; /* of the first segment that says its signals */
	const struct wfdb *signals;
	const char *record, *encoding;
	struct piece piece; /* of the header */
	struct buf notes;
	bool has_notes, written;
	uint64_t further;
};

/* --- the record ---------------------------------------------------------- */

static void
put(struct buf *b, const char *key, struct slice text)
{
	json_put_key(b, key);
	json_put_string(b, text);
}

static void
put_if(struct buf *b, const char *key, struct slice text)
{
	if (text.n > 0)
		put(b, key, text);
}

static void
put_int(struct buf *b, const char *key, int64_t n)
{
	json_put_key(b, key);
	buf_addf(b, "\"%lld\"", (long long)n);
}

/* H:M:S, M:S or S, with a fraction. */
static bool
put_time(struct slice s, struct buf *b)
{
	unsigned long long parts[3] = { 0, 0, 0 };
	const char *dot = memchr(s.p, '.', s.n);
	struct slice whole = dot == NULL ? s : slice_span(s.p, dot), part;
	size_t n = 0;

	while (slice_next(&whole, ':', &part)) {
		if (n == 3 || !slice_number(part, &parts[n++]))
			return false;
	}
	for (; n > 0 && n < 3; n++) {
		parts[2] = parts[1];
		parts[1] = parts[0];
		parts[0] = 0;
	}
	if (n == 0 || parts[0] > 23 || parts[1] > 59 || parts[2] > 60)
		return false;
	buf_addf(b, "%02llu:%02llu:%02llu", parts[0], parts[1], parts[2]);
	for (const char *p = dot; p != NULL && p < s.p + s.n; p++)
		if (p != dot && !isdigit((unsigned char)*p))
			return false;
	if (dot != NULL && dot + 1 < s.p + s.n)
		buf_add(b, dot, (size_t)(s.p + s.n - dot));
	return true;
}

/* DD/MM/YYYY */
static bool
put_date(struct slice s, struct buf *b)
{
	unsigned long long parts[3];
	struct slice part;
	size_t n = 0;

	while (slice_next(&s, '/', &part))
		if (n == 3 || !slice_number(part, &parts[n++]))
			return false;
	if (n != 3 || parts[0] < 1 || parts[0] > 31 || parts[1] < 1 ||
	    parts[1] > 12 || parts[2] > 9999)
		return false;
	buf_addf(b, "%04llu-%02llu-%02llu", parts[2], parts[1], parts[0]);
	return true;
}

static void
put_start(struct reading *r, struct buf *b)
{
	struct buf text = { 0 };
	bool ok = true;

	if (r->h.date.n > 0) {
		ok = put_date(r->h.date, &text);
		buf_addc(&text, 'T');
	}
	ok = ok && r->h.time.n > 0 && put_time(r->h.time, &text);
	json_put_key(b, "start");
	if (ok)
		json_put_string(b, buf_slice(&text));
	else
		buf_adds(b, "null");
	if (!ok && r->h.time.n > 0)
		member_note(
		    r->m, "no_start: the header's date or time is none");
	buf_release(&text);
}

static void
put_duration(struct reading *r, struct buf *b)
{
	struct decimal n, period, time, per, seconds;
	struct arena *a = r->h.arena;
	struct err e = { 0 };

	json_put_key(b, "duration");
	if (r->h.length == 0 || r->h.frames.samples == 0 ||
	    r->h.length > INT64_MAX) {
		buf_adds(b, "null");
		return;
	}
	n = decimal_of_long((long long)r->h.length, a);
	period = decimal_of_long((long long)r->h.frames.period_ns, a);
	period.exponent -= 9;
	per = decimal_of_long((long long)r->h.frames.samples, a);
	if (decimal_mul(&n, &period, a, &time, &e) &&
	    decimal_div(&time, &per, a, &seconds, &e))
		json_put_string(b, decimal_text(&seconds, a));
	else
		buf_adds(b, "null");
}

/* What the converter can tell apart, and what that comes to. */
static void
put_range(const struct wfdb_signal *s, struct buf *b)
{
	struct wave_scale scale = wave_scale_gain(s->gain, s->baseline);
	int64_t half, ends[2];

	if (s->resolution == 0 || !s->is_calibrated)
		return;
	half = INT64_C(1) << (s->resolution - 1);
	ends[0] = s->zero - half;
	ends[1] = s->zero + half - 1;
	if (ends[0] < INT32_MIN || ends[1] > INT32_MAX || !scale.ok)
		return;
	json_put_key(b, "physical");
	buf_adds(b, "[\"");
	wave_put(&scale, ends[0], b);
	buf_adds(b, "\",\"");
	wave_put(&scale, ends[1], b);
	buf_addf(b, "\"],\"digital\":[\"%lld\",\"%lld\"]", (long long)ends[0],
	    (long long)ends[1]);
}

static void
put_signal(struct reading *r, const struct wfdb_signal *s, struct buf *b)
{
	const struct wfdb *h = r->signals;
	struct wave_rate rate = { h->frames.samples * s->each,
		h->frames.period_ns };

	json_put_comma(b);
	buf_addc(b, '{');
	put(b, "label", s->label);
	put(b, "unit", s->unit);
	if (h->frames.samples > 0)
		put(b, "rate", wave_rate_text(&rate, r->h.arena));
	put_range(s, b);
	put_if(b, "gain", s->gain);
	put_int(b, "baseline", s->baseline);
	put_int(b, "zero", s->zero);
	put_int(b, "initial", s->initial);
	put_if(b, "checksum", s->checksum);
	put_if(b, "block", s->block);
	put(b, "file", s->file);
	buf_addf(b, ",\"format\":\"%u\"", s->format);
	if (s->skew > 0)
		put_int(b, "skew", (int64_t)s->skew);
	if (s->offset > 0)
		put_int(b, "offset", (int64_t)s->offset);
	buf_addc(b, '}');
}

static void
put_lists(struct reading *r, struct buf *b)
{
	json_put_key(b, "signals");
	buf_addc(b, '[');
	for (size_t i = 0; i < r->signals->nsignals; i++)
		put_signal(r, &r->signals->signals[i], b);
	buf_adds(b, "],\"segments\":[");
	for (size_t i = 0; i < r->h.nsegments; i++) {
		const struct wfdb_segment *s = &r->h.segments[i];

		json_put_comma(b);
		buf_addc(b, '{');
		put(b, "record", s->name);
		put_int(b, "samples", (int64_t)s->samples);
		buf_addc(b, '}');
	}
	buf_adds(b, "],\"comments\":[");
	for (size_t i = 0; i < r->h.ncomments; i++) {
		json_put_comma(b);
		json_put_string(b, r->h.comments[i]);
	}
	buf_addc(b, ']');
}

static bool
write_header(struct reading *r, struct err *e)
{
	struct buf *b = member_open(r->m);

	buf_addc(b, '{');
	buf_adds(b, "\"patient\":null");
	put(b, "recording", r->h.name);
	put_start(r, b);
	put_duration(r, b);
	put(b, "frequency", r->h.frequency);
	put_if(b, "counter", r->h.counter);
	put_if(b, "base", r->h.base);
	put_lists(r, b);
	if (r->has_notes) {
		json_put_key(b, "annotations");
		buf_addc(b, '[');
		buf_add_slice(b, buf_slice(&r->notes));
		buf_addc(b, ']');
	}
	return member_record(r->m, &r->piece, e);
}

static bool
write_notes(struct reading *r, struct err *e)
{
	bool ok = true;

	if (!r->written) {
		ok = write_header(r, e);
		r->written = true;
	} else if (r->notes.n > 0) {
		r->further++;
		ok = wave_further(
		    r->m, r->record, buf_slice(&r->notes), NULL, e);
	}
	buf_reset(&r->notes);
	return ok;
}

/* --- annotations --------------------------------------------------------- */

static bool
read_notes(struct reading *r, struct input *in, struct err *e)
{
	struct wfdb_notes w = { .h = &r->h, .rate = r->h.frames };
	struct err ignored = { 0 };

	for (;;) {
		struct slice s = input_peek(in, 8192), rest = s;
		bool last = s.n < 8192;
		bool one = wfdb_note(&w, &rest, last, &r->notes);

		input_take(in, s.n - rest.n);
		if (r->notes.n >= ANNOTATIONS && !write_notes(r, e))
			return false;
		if (!one && (last || w.over))
			break;
	}
	if (w.cut || input_failed(in, &ignored)) {
		r->m->incomplete = true;
		member_note(r->m, "annotations: cut off");
	}
	return true;
}

static bool
take_notes(struct reading *r, struct err *e)
{
	struct wfdb_file *f = NULL;
	struct err why = { 0 };
	char *name;
	bool ok = true;

	if (wfdb_has_folder(r->m) && wfdb_is_name(slice_of(r->record)) &&
	    r->h.frames.samples > 0 && !r->m->options->inspect) {
		name = arena_printf(r->h.arena, "%s.atr", r->record);
		f = wfdb_open(r->m, name, &why);
	}
	r->has_notes = f != NULL;
	if (f != NULL)
		ok = read_notes(r, wfdb_input(f), e);
	wfdb_close(f);
	ok = ok && write_notes(r, e);
	if (r->further > 0)
		member_note(r->m, "annotations: %llu further records",
		    (unsigned long long)r->further);
	return ok;
}

/* --- segments ------------------------------------------------------------ */

/* A segment's own header, from the same folder. */
static bool
load_segment(struct reading *r, struct slice name, struct wfdb *to)
{
	struct err ignored = { 0 };
	struct wfdb_file *f;
	struct buf text = { 0 };
	bool ok;

	if (!wfdb_is_name(name) || !wfdb_has_folder(r->m) ||
	    slice_is(name, "~"))
		return false;
	f = wfdb_open(r->m,
	    arena_printf(r->h.arena, "%.*s.hea", (int)name.n, name.p),
	    &ignored);
	if (f == NULL)
		return false;
	charset_name_text(input_peek(wfdb_input(f), HEADER), &text);
	ok = wfdb_parse(arena_slice(r->h.arena, buf_slice(&text)), r->h.arena,
		 to, &ignored) &&
	    to->nsegments == 0;
	buf_release(&text);
	wfdb_close(f);
	return ok;
}

static void
find_signals(struct reading *r)
{
	r->signals = &r->h;
	for (size_t i = 0; i < r->h.nsegments; i++)
		if (load_segment(r, r->h.segments[i].name, &r->lead)) {
			r->signals = &r->lead;
			return;
		}
}

static bool
take_segments(struct reading *r, struct err *e)
{
	wave_int before = 0;

	for (size_t i = 0; i < r->h.nsegments; i++) {
		const struct wfdb_segment *s = &r->h.segments[i];
		struct wfdb part;

		if (s->samples > 0 && !slice_is(s->name, "~")) {
			if (!load_segment(r, s->name, &part)) {
				struct err why = { 0 };

				r->m->incomplete = true;
				err_set(&why, ERR_INPUT,
				    "%s: segment %zu has no header beside it",
				    r->m->place->uri, i + 1);
				if (!sink_fail(r->m->sink, &why, e))
					return false;
			} else if (!wfdb_samples(r->m, &part, r->record,
				       before * r->h.frames.period_ns /
					   r->h.frames.samples,
				       e)) {
				return false;
			}
		}
		before += s->samples;
	}
	return true;
}

static bool
take_samples(struct reading *r, struct err *e)
{
	if (r->m->options->samples_ns == 0)
		return true;
	if (r->h.frames.samples == 0) {
		member_note(r->m, "no_samples: the frequency is no number");
		return true;
	}
	if (r->h.nsegments == 0)
		return wfdb_samples(r->m, &r->h, r->record, 0, e);
	if (r->m->place->walked != NULL || r->m->beside != NULL) {
		member_note(r->m, "samples: with the headers of the segments");
		return true;
	}
	return take_segments(r, e);
}

/* --- the header ---------------------------------------------------------- */

static void
prove_kind(struct reading *r)
{
	const struct wfdb *h = r->signals;
	struct slice *labels =
	    arena_alloc(r->h.arena, (h->nsignals + 1) * sizeof(*labels));

	for (size_t i = 0; i < h->nsignals; i++) {
		labels[i] = h->signals[i].label;
		if (!h->signals[i].is_calibrated)
			member_note(r->m,
			    "uncalibrated: signal %zu, taken as "
			    "200 units",
			    i + 1);
	}
	wave_kind(r->m, labels, h->nsignals);
}

bool
wfdb_read(struct member *m, struct err *e)
{
	struct reading r = { .m = m, .piece = { .line = 1 } };
	struct arena *a = arena_new();
	struct err why = { 0 };
	struct slice whole, text;
	bool ok;

	text_begin(m);
	if (!text_whole(m, &whole, e) || whole.n == SIZE_MAX) {
		arena_free(a);
		return whole.n == SIZE_MAX;
	}
	whole = arena_slice(a, whole);
	r.piece.from = m->at;
	r.piece.to = r.piece.next = m->at + whole.n;
	r.piece.bytes = whole;
	input_take(m->input, whole.n);
	r.record = wave_record(m, a);
	if (!charset_decode(
		&m->charset, whole, &text, &r.piece.encoding, &why) ||
	    !wfdb_parse(arena_slice(a, text), a, &r.h, &why)) {
		ok = member_reject(m, &r.piece, &why, e);
	} else {
		find_signals(&r);
		prove_kind(&r);
		ok = take_notes(&r, e) && take_samples(&r, e);
	}
	buf_release(&r.notes);
	arena_free(a);
	return ok;
}

/* --- files that belong to a header --------------------------------------- */

static bool
pass_over(struct member *m, struct err *e)
{
	struct err ignored = { 0 };
	const char *block;

	(void)e;
	while (m->size == 0 && input_next(m->input, &block, &ignored) > 0)
		continue;
	member_skip_to(
	    m, m->size > 0 ? m->size : input_bytes(m->input), "with_header");
	return true;
}

const struct source_format wfdb_beside = { .name = "wfdb",
	.suffixes = "",
	.read = pass_over,
	.head_only = true,
	.binary = true };
