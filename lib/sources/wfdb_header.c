/*
 * The header: lines of fields parted by blanks.
 *
 *	name[/segments] signals [frequency[/counter[(base)]] [length [time [date]]]]
 *	file format[xN][:skew][+offset] [gain[(baseline)][/unit] [resolution
 *	    [zero [initial [checksum [block [description]]]]]]]
 *	segment length
 *	# comment
 */
#include <string.h>

#include "base/mem.h"
#include "sources/format.h"
#include "sources/wfdb.h"

#define SIGNALS 4096
#define FRAME   65536 /* samples of all signals in one frame */

/* The next field, parted by blanks; empty at the end of the line. */
static struct slice
field(struct slice *line)
{
	const char *p = line->p, *end = p + line->n, *from;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	from = p;
	while (p < end && *p != ' ' && *p != '\t')
		p++;
	*line = slice_span(p, end);
	return slice_span(from, p);
}

/* Whole number with a sign; what is none changes nothing. */
static bool
whole(struct slice s, int64_t *to)
{
	unsigned places;
	int64_t n;

	if (!wave_number(s, &n, &places) || places != 0)
		return false;
	*to = n;
	return true;
}

static struct slice
cut(struct slice *s, char at)
{
	const char *p = memchr(s->p, at, s->n);
	struct slice behind = { s->p + s->n, 0 };

	if (p != NULL) {
		behind = slice_span(p + 1, s->p + s->n);
		s->n = (size_t)(p - s->p);
	}
	return behind;
}

/* What stands in brackets behind it, as in `200(-1024)`. */
static struct slice
cut_bracket(struct slice *s)
{
	struct slice in = cut(s, '(');

	cut(&in, ')');
	return in;
}

/* A line that is neither empty nor a comment, which is kept. */
static bool
next_line(struct wfdb *h, struct slice *rest, struct slice *line)
{

	while (slice_next(rest, '\n', line)) {
		*line = slice_trim(*line);
		if (line->n == 0)
			continue;
		if (line->p[0] != '#')
			return true;
		h->comments[h->ncomments++] =
		    slice_trim(slice_span(line->p + 1, line->p + line->n));
	}
	return false;
}

/* --- the lines ----------------------------------------------------------- */

static void
read_frequency(struct wfdb *h, struct slice s)
{
	unsigned places;
	int64_t n;

	h->base = (struct slice){ "", 0 };
	h->counter = cut(&s, '/');
	h->base = cut_bracket(h->counter.n > 0 ? &h->counter : &s);
	h->frequency = s.n == 0 ? SLICE("250") : s;
	if (!wave_number(h->frequency, &n, &places) || n <= 0 || places > 9 ||
	    n > INT64_C(1000000000000))
		return;
	h->frames.period_ns = WAVE_NANO;
	for (; places > 0 && n % 10 == 0; places--)
		n /= 10;
	for (; places > 0; places--)
		h->frames.period_ns *= 10;
	h->frames.samples = (uint64_t)n;
}

static bool
read_record(struct wfdb *h, struct slice line, struct err *e)
{
	unsigned long long signals, segments = 0, length = 0;
	struct slice name = field(&line), many = cut(&name, '/');

	h->name = name;
	if (!slice_number(field(&line), &signals) || signals > SIGNALS ||
	    (many.n > 0 && (!slice_number(many, &segments) || segments == 0)))
		return err_data(e, "wfdb_header",
		    "the record line has no number of signals");
	h->nsignals = (size_t)signals;
	h->nsegments = (size_t)segments;
	read_frequency(h, field(&line));
	if (slice_number(field(&line), &length))
		h->length = length;
	h->time = field(&line);
	h->date = field(&line);
	return true;
}

static bool
read_format(struct wfdb_signal *s, struct slice f)
{
	struct slice offset = cut(&f, '+'), skew = cut(&f, ':'),
		     each = cut(&f, 'x');
	unsigned long long n;

	if (!slice_number(f, &n) || n > 10000)
		return false;
	s->format = (unsigned)n;
	s->each = 1;
	if (each.n > 0) {
		if (!slice_number(each, &n) || n == 0 || n > FRAME)
			return false;
		s->each = n;
	}
	if (skew.n > 0) {
		if (!slice_number(skew, &n) || n > FRAME)
			return false;
		s->skew = n;
	}
	if (offset.n > 0) {
		if (!slice_number(offset, &n) || n > INT64_MAX / 2)
			return false;
		s->offset = n;
	}
	return true;
}

static bool
read_signal(struct wfdb_signal *s, struct slice line)
{
	struct slice gain, baseline, text;
	unsigned places;
	int64_t n;

	s->file = field(&line);
	if (!read_format(s, field(&line)))
		return false;
	gain = field(&line);
	s->unit = cut(&gain, '/');
	baseline = cut_bracket(&gain);
	s->gain = gain;
	s->is_calibrated = wave_number(gain, &n, &places) && n != 0;
	if (s->unit.n == 0)
		s->unit = SLICE("mV");
	text = field(&line);
	if (whole(text, &n) && n >= 0 && n <= 32)
		s->resolution = (unsigned)n;
	whole(field(&line), &s->zero);
	s->baseline = s->initial = s->zero;
	whole(baseline, &s->baseline);
	whole(field(&line), &s->initial);
	s->checksum = field(&line);
	s->block = field(&line);
	s->label = slice_trim(line);
	return true;
}

static bool
read_segments(struct wfdb *h, struct slice *rest, struct err *e)
{
	struct slice line;
	size_t n = 0;

	h->nsignals = 0;
	h->segments =
	    arena_alloc(h->arena, (h->nsegments + 1) * sizeof(*h->segments));
	while (n < h->nsegments && next_line(h, rest, &line)) {
		unsigned long long samples;

		h->segments[n].name = field(&line);
		if (!slice_number(field(&line), &samples))
			break;
		h->segments[n++].samples = samples;
	}
	if (n < h->nsegments)
		return err_data(e, "wfdb_header",
		    "segment %zu of %zu is not there", n + 1, h->nsegments);
	return true;
}

static bool
read_signals(struct wfdb *h, struct slice *rest, struct err *e)
{
	struct slice line;
	uint64_t frame = 0;
	size_t n = 0;

	h->signals =
	    arena_zalloc(h->arena, (h->nsignals + 1) * sizeof(*h->signals));
	while (n < h->nsignals && next_line(h, rest, &line)) {
		if (!read_signal(&h->signals[n], line))
			break;
		frame += h->signals[n++].each;
	}
	if (n < h->nsignals || frame > FRAME)
		return err_data(e, "wfdb_header",
		    "signal %zu of %zu is not there or makes no sense", n + 1,
		    h->nsignals);
	return true;
}

bool
wfdb_parse(struct slice text, struct arena *a, struct wfdb *h, struct err *e)
{
	struct slice rest = text, line;
	size_t lines = (size_t)text_lines(text) + 1;
	bool ok;

	memset(h, 0, sizeof(*h));
	h->arena = a;
	h->comments = arena_alloc(a, (lines + 1) * sizeof(*h->comments));
	if (!next_line(h, &rest, &line))
		return err_data(e, "wfdb_header", "there is no record line");
	if (!read_record(h, line, e))
		return false;
	if (h->nsegments > lines)
		return err_data(e, "wfdb_header",
		    "%zu segments are stated, the header is shorter",
		    h->nsegments);
	ok = h->nsegments > 0 ? read_segments(h, &rest, e)
			      : read_signals(h, &rest, e);
	while (ok && next_line(h, &rest, &line))
		continue;
	return ok;
}

/* --- is it one ----------------------------------------------------------- */

static bool
is_record_name(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
			c == '/'))
			return false;
	}
	return s.n > 0;
}

/*
 * A record line with a frequency, and a line behind it that is one of a
 * segment or of a signal in a known format.
 */
bool
wfdb_is(struct slice head)
{
	struct wfdb_signal s = { .each = 1 };
	struct slice rest = head, line, first = { NULL, 0 }, name, many;
	unsigned long long n;
	int64_t rate;
	unsigned places;

	while (slice_next(&rest, '\n', &line)) {
		line = slice_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (first.p != NULL)
			break;
		first = line;
	}
	if (first.p == NULL || line.p == first.p || line.p[0] == '#')
		return false;
	name = field(&first);
	if (!is_record_name(name) || !slice_number(field(&first), &n))
		return false;
	many = field(&first);
	cut(&many, '/');
	if (!wave_number(many, &rate, &places) || rate <= 0)
		return false;
	many = cut(&name, '/');
	field(&line);
	if (many.n > 0)
		return slice_number(field(&line), &n);
	return n > 0 && read_format(&s, field(&line)) &&
	    (s.format == 0 || wfdb_packing(s.format) != NULL);
}
