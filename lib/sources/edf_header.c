/*
 * The header.  What other readers refuse - padding by zero bytes, dates with
 * slashes, a wrong size of the header - is read and noted: a recording cannot
 * be taken again.  Refused is only what leaves the place of data open.
 */
#include <ctype.h>
#include <string.h>

#include "base/decimal.h"
#include "json/write.h"
#include "sources/edf.h"

#define FIXED   256
#define SIGNALS 4096 /* more than any device has */

static struct slice
trimmed(struct slice s)
{
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\0'))
		s.n--;
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\0')) {
		s.p++;
		s.n--;
	}
	return s;
}

static bool
field_number(struct slice head, size_t at, size_t n, unsigned long long *to)
{
	return head.n >= at + n &&
	    slice_number(trimmed((struct slice){ head.p + at, n }), to);
}

size_t
edf_head_size(struct slice head)
{
	unsigned long long signals;

	if (!field_number(head, 252, 4, &signals) || signals == 0 ||
	    signals > SIGNALS)
		return 0;
	return FIXED + FIXED * (size_t)signals;
}

/* --- text ---------------------------------------------------------------- */

/*
 * A field of fixed width may end within a character: what is left of it is
 * dropped.  Text that is none all the same is shown with %XX.
 */
static struct slice
decode_high(struct edf *h, struct slice raw)
{
	struct err ignored = { 0 };
	struct buf b = { 0 };
	struct slice text = raw;
	const char *name;

	for (size_t cut = 0; cut <= 3 && cut < raw.n; cut++) {
		struct slice part = { raw.p, raw.n - cut };

		if (!charset_decode(
			&h->m->charset, part, &text, &name, &ignored))
			continue;
		h->encoding = name;
		h->m->has_encoding = true;
		h->undecoded += cut > 0;
		return arena_slice(h->arena, text);
	}
	h->undecoded++;
	charset_name_text(raw, &b);
	text = arena_slice(h->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

struct slice
edf_decode(struct edf *h, struct slice raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if ((unsigned char)raw.p[i] >= 0x80)
			return decode_high(h, raw);
	return arena_slice(h->arena, raw);
}

/* A field's text, without padding. */
static struct slice
field_text(struct edf *h, struct slice raw)
{
	const char *nul;

	for (size_t i = raw.n; i > 0 && raw.p[i - 1] != ' '; i--)
		if (raw.p[i - 1] == '\0') {
			h->padded++;
			break;
		}
	raw = trimmed(raw);
	nul = memchr(raw.p, '\0', raw.n);
	if (nul != NULL) {
		h->padded++;
		raw = trimmed(slice_span(raw.p, nul));
	}
	return edf_decode(h, raw);
}

/*
 * The micro and the degree sign of Latin-1 before one letter: in GB18030 that
 * is a rare Chinese character, which is no unit.
 */
static struct slice
unit_text(struct edf *h, struct slice raw)
{
	struct slice s = trimmed(raw);
	unsigned char first = s.n == 0 ? 0 : (unsigned char)s.p[0];

	if ((first == 0xB5 || first == 0xB0) && s.n >= 2 &&
	    isascii((unsigned char)s.p[1]) && isalpha((unsigned char)s.p[1]))
		return slice_of(arena_printf(
		    h->arena, "\xC2%c%.*s", first, (int)(s.n - 1), s.p + 1));
	return field_text(h, raw);
}

/* --- the start ----------------------------------------------------------- */

static bool
two_digits(struct slice s, size_t at, int *n)
{
	if (!isdigit((unsigned char)s.p[at]) ||
	    !isdigit((unsigned char)s.p[at + 1]))
		return false;
	*n = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
	return true;
}

/* `Startdate 24-JAN-2020` of a recording field of EDF+. */
static bool
long_date(struct slice recording, struct date *d)
{
	static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
	struct slice s = recording;
	char month[4] = "";
	int day, century, year;

	if (!slice_starts(s, "Startdate ") || s.n < 21 || s.p[12] != '-' ||
	    s.p[16] != '-')
		return false;
	for (int i = 0; i < 3; i++)
		month[i] = (char)toupper((unsigned char)s.p[13 + i]);
	for (unsigned i = 0; i < 12; i++) {
		if (memcmp(names + (size_t)3 * i, month, 3) != 0)
			continue;
		if (!two_digits(s, 10, &day) || !two_digits(s, 17, &century) ||
		    !two_digits(s, 19, &year) ||
		    !date_exists(century * 100 + year, i + 1, (unsigned)day))
			return false;
		d->year = century * 100 + year;
		d->month = (uint8_t)(i + 1);
		d->day = (uint8_t)day;
		return true;
	}
	return false;
}

/* Two digits of a year are those of 1985 to 2084. */
static bool
short_date(struct slice s, struct date *d)
{
	int day, month, year;

	if (!two_digits(s, 0, &day) || !two_digits(s, 3, &month) ||
	    !two_digits(s, 6, &year))
		return false;
	year += year >= 85 ? 1900 : 2000;
	if (!date_exists(year, (unsigned)month, (unsigned)day))
		return false;
	d->year = year;
	d->month = (uint8_t)month;
	d->day = (uint8_t)day;
	return true;
}

static void
read_start(struct edf *h)
{
	struct slice date = { h->head.p + 168, 8 },
		     time = { h->head.p + 176, 8 };
	struct date named = { 0 };
	int hour = 0, minute = 0, second = 0;
	bool has_named = h->plus && long_date(h->recording, &named);
	bool has_short = short_date(date, &h->start);

	if (has_named && has_short && named.year % 100 != h->start.year % 100)
		member_note(h->m,
		    "start_differs: the recording names another "
		    "date than the header");
	if (has_named)
		h->start = named;
	h->has_start = (has_short || has_named) && two_digits(time, 0, &hour) &&
	    two_digits(time, 3, &minute) && two_digits(time, 6, &second) &&
	    hour < 24 && minute < 60 && second <= 60;
	h->start.hour = (uint8_t)hour;
	h->start.minute = (uint8_t)minute;
	h->start.second = (uint8_t)second;
	h->start.zone = DATE_NO_ZONE;
	h->start.precision = DATE_SECOND;
	if (!h->has_start)
		member_note(
		    h->m, "no_start: the header's date or time is none");
	else if (date.p[2] != '.' || date.p[5] != '.' || time.p[2] != '.' ||
	    time.p[5] != '.')
		member_note(h->m, "start_spelling: date or time without dots");
}

/* --- the parts ----------------------------------------------------------- */

static void
read_records(struct edf *h)
{
	struct slice text = field_text(h, (struct slice){ h->head.p + 236, 8 });
	unsigned long long n;
	int64_t digits;
	unsigned places;

	h->records = -1;
	if (slice_number(text, &n))
		h->records = (int64_t)n;
	else
		member_note(h->m,
		    slice_is(text, "-1")
			? "still_recording: the header counts no records"
			: "records: the header's number of records is none");
	h->seconds = field_text(h, (struct slice){ h->head.p + 244, 8 });
	if (wave_number(h->seconds, &digits, &places) && digits >= 0) {
		while (places++ < 9)
			if (__builtin_mul_overflow(digits, 10, &digits))
				return;
		h->record_ns = places > 10 ? 0 : (uint64_t)digits;
		return;
	}
	member_note(
	    h->m, "seconds: the duration of a data record is no number");
	h->seconds = SLICE("");
}

/* Column `at` (of those before it, in bytes a signal) of the signals' part. */
static struct slice
column(const struct edf *h, size_t at, size_t width, size_t i)
{
	return (struct slice){ h->head.p + FIXED + at * h->nsignals + width * i,
		width };
}

static bool
is_number(struct slice s)
{
	unsigned places;
	int64_t digits;

	return wave_number(s, &digits, &places);
}

static bool
read_signal(struct edf *h, size_t i, struct err *e)
{
	struct edf_signal *s = &h->signals[i];
	unsigned long long n;

	s->label = field_text(h, column(h, 0, 16, i));
	s->transducer = field_text(h, column(h, 16, 80, i));
	s->unit = unit_text(h, column(h, 96, 8, i));
	for (size_t end = 0; end < 2; end++) {
		s->physical[end] =
		    field_text(h, column(h, 104 + 8 * end, 8, i));
		s->digital[end] = field_text(h, column(h, 120 + 8 * end, 8, i));
	}
	s->prefilter = field_text(h, column(h, 136, 80, i));
	if (!slice_number(trimmed(column(h, 216, 8, i)), &n) || n > 99999999)
		return err_data(e, "edf_header",
		    "signal %zu has no number of samples, so that the data "
		    "have no place",
		    i + 1);
	s->samples = (uint32_t)n;
	s->at = h->record_bytes;
	h->record_bytes += n * h->width;
	s->is_annotations =
	    slice_is(s->label, h->bdf ? "BDF Annotations" : "EDF Annotations");
	h->has_annotations = h->has_annotations || s->is_annotations;
	if (!s->is_annotations &&
	    (!is_number(s->physical[0]) || !is_number(s->physical[1]) ||
		!is_number(s->digital[0]) || !is_number(s->digital[1])))
		member_note(h->m,
		    "no_scale: signal %zu has ends that are no numbers", i + 1);
	return true;
}

static void
note_faults(struct edf *h)
{
	unsigned long long n;

	if (!field_number(h->head, 184, 8, &n) || n != h->head.n)
		member_note(h->m,
		    "header_size: the header states another "
		    "size than its signals need");
	if (h->padded > 0)
		member_note(h->m, "zero_bytes: in %u fields", h->padded);
	if (h->undecoded > 0)
		member_note(h->m, "cut_text: in %u fields", h->undecoded);
	if (h->has_annotations && !h->plus)
		member_note(h->m,
		    "plus: annotations in a file that does not "
		    "say EDF+");
}

static void
judge_text(struct edf *h)
{
	char *copy = arena_dup(h->arena, h->head.p + 8, h->head.n - 8);

	for (size_t i = 0; i + 8 < h->head.n; i++)
		if (copy[i] == '\0')
			copy[i] = ' ';
	charset_judge(&h->m->charset, (struct slice){ copy, h->head.n - 8 });
}

bool
edf_parse(struct edf *h, struct err *e)
{
	struct slice kind = { h->head.p + 192, 44 };

	judge_text(h);
	h->bdf = (unsigned char)h->head.p[0] == 0xFF;
	h->width = h->bdf ? 3 : 2;
	h->plus = slice_starts(kind, h->bdf ? "BDF+" : "EDF+");
	h->gaps = h->plus && kind.p[4] == 'D';
	h->patient = field_text(h, (struct slice){ h->head.p + 8, 80 });
	h->recording = field_text(h, (struct slice){ h->head.p + 88, 80 });
	read_start(h);
	read_records(h);
	h->nsignals = h->head.n / FIXED - 1;
	h->signals = arena_zalloc(h->arena, h->nsignals * sizeof(*h->signals));
	for (size_t i = 0; i < h->nsignals; i++)
		if (!read_signal(h, i, e))
			return false;
	note_faults(h);
	return true;
}

/* --- the record ---------------------------------------------------------- */

static void
put(struct buf *b, const char *key, struct slice text)
{
	json_put_key(b, key);
	json_put_string(b, text);
}

static void
put_pair(struct buf *b, const char *key, const struct slice pair[2])
{
	json_put_key(b, key);
	buf_addc(b, '[');
	json_put_string(b, pair[0]);
	buf_addc(b, ',');
	json_put_string(b, pair[1]);
	buf_addc(b, ']');
}

static void
put_signal(struct edf *h, const struct edf_signal *s, struct buf *b)
{
	struct wave_rate rate = { s->samples, h->record_ns };

	json_put_comma(b);
	buf_addc(b, '{');
	put(b, "label", s->label);
	put(b, "unit", s->unit);
	if (h->record_ns > 0)
		put(b, "rate", wave_rate_text(&rate, h->arena));
	put_pair(b, "physical", s->physical);
	put_pair(b, "digital", s->digital);
	put(b, "prefilter", s->prefilter);
	put(b, "transducer", s->transducer);
	buf_addc(b, '}');
}

/* The first list of annotations says by how much the start is late. */
static void
put_start(struct edf *h, struct buf *b)
{
	struct date d = h->start;
	int64_t late = h->has_first ? h->first_ns : 0, whole;
	char text[DATE_TEXT];
	size_t n;

	json_put_key(b, "start");
	if (!h->has_start) {
		buf_adds(b, "null");
		return;
	}
	whole = late / (int64_t)WAVE_NANO - (late % (int64_t)WAVE_NANO < 0);
	if (whole != 0)
		d = date_of_seconds(date_seconds(&d, 0) + whole, 0);
	d.zone = DATE_NO_ZONE;
	d.fraction = (uint32_t)(late - whole * (int64_t)WAVE_NANO);
	d.nfraction = d.fraction == 0 ? 0 : 9;
	while (d.nfraction > 0 && d.fraction % 10 == 0) {
		d.fraction /= 10;
		d.nfraction--;
	}
	n = date_print(&d, text);
	json_put_string(b, (struct slice){ text, n });
}

static void
put_duration(struct edf *h, uint64_t records, struct buf *b)
{
	struct decimal n = decimal_of_long((long long)records, h->arena);
	struct decimal one, product;
	struct err e = { 0 };

	if (h->seconds.n == 0 ||
	    !decimal_parse(h->seconds, h->arena, &one, &e) ||
	    !decimal_mul(&one, &n, h->arena, &product, &e)) {
		buf_adds(b, "null");
		return;
	}
	product = decimal_strip(&product);
	json_put_string(b, decimal_text(&product, h->arena));
}

void
edf_put(struct edf *h, uint64_t records, bool known, struct buf *b)
{
	buf_addc(b, '{');
	put(b, "patient", h->patient);
	put(b, "recording", h->recording);
	put_start(h, b);
	json_put_key(b, "duration");
	if (known)
		put_duration(h, records, b);
	else
		buf_adds(b, "null");
	json_put_key(b, "signals");
	buf_addc(b, '[');
	for (size_t i = 0; i < h->nsignals; i++)
		if (!h->signals[i].is_annotations)
			put_signal(h, &h->signals[i], b);
	buf_addc(b, ']');
	if (!h->has_annotations)
		return;
	json_put_key(b, "annotations");
	buf_addc(b, '[');
	buf_add_slice(b, buf_slice(&h->notes));
	buf_addc(b, ']');
}
