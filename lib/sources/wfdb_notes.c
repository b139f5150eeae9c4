/*
 * Annotations: little-endian words of six bits of kind and ten of time since
 * the one before.  Kinds from 59 on say more of an annotation:
 *
 *	59 SKIP  four bytes of time, the high word first
 *	60 NUM, 61 SUB, 62 CHN  its time field is the value
 *	63 AUX   so many bytes of text follow, to an even number
 *
 * A word of zeros is the end.
 */
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "io/encoding.h"
#include "json/write.h"
#include "sources/wfdb.h"

enum { SKIP = 59, NUM, SUB, CHN, AUX };

#define NOTE 22

static const char *const names[] = { " ", "N", "L", "R", "a", "V", "F", "J",
	"A", "S", "E", "j", "/", "Q", "~", "[15]", "|", "[17]", "s", "T", "*",
	"D", "\"", "=", "p", "B", "^", "t", "+", "u", "?", "!", "[", "]", "e",
	"n", "@", "x", "f", "(", ")", "r" };

static unsigned
word(const char *at)
{
	const unsigned char *p = (const unsigned char *)at;

	return p[0] | (unsigned)p[1] << 8;
}

struct note {
	unsigned kind, sub;
	struct slice aux;
};

static void
put_onset(const struct wfdb_notes *w, struct buf *b)
{
	struct arena *a = arena_new();
	struct decimal time = decimal_of_long(w->time, a), per, n, d, onset;
	struct err e = { 0 };

	/* time * period / samples, in nanoseconds. */
	per = decimal_of_long((long long)w->rate.period_ns, a);
	per.exponent -= 9;
	d = decimal_of_long((long long)w->rate.samples, a);
	if (decimal_mul(&time, &per, a, &n, &e) &&
	    decimal_div(&n, &d, a, &onset, &e))
		json_put_string(b, decimal_text(&onset, a));
	else
		buf_adds(b, "null");
	arena_free(a);
}

static void
put_number(struct buf *b, const char *key, unsigned n)
{
	if (n != 0)
		buf_addf(b, ",\"%s\":\"%d\"", key,
		    n > 127 && n < 256 ? (int)n - 256 : (int)n);
}

/* Text of devices: UTF-8, else GB18030, else with %XX. */
static void
put_aux(struct buf *b, struct slice aux)
{
	struct buf text = { 0 };

	while (aux.n > 0 && aux.p[aux.n - 1] == '\0')
		aux.n--;
	if (aux.n == 0)
		return;
	charset_name_text(aux, &text);
	json_put_key(b, "aux");
	json_put_string(b, buf_slice(&text));
	buf_release(&text);
}

/* "## time resolution: 360": times count by another clock than the frames. */
static void
take_resolution(struct wfdb_notes *w, const struct note *n)
{
	static const char head[] = "## time resolution: ";
	struct slice s = n->aux;
	unsigned places;
	int64_t rate;

	if (w->time != 0 || n->kind != NOTE || !slice_starts(s, head))
		return;
	s.p += strlen(head);
	s.n -= strlen(head);
	while (s.n > 0 && s.p[s.n - 1] == '\0')
		s.n--;
	if (!wave_number(slice_trim(s), &rate, &places) || rate <= 0 ||
	    places > 9 || rate > INT64_C(1000000000000))
		return;
	w->rate = (struct wave_rate){ (uint64_t)rate, WAVE_NANO };
	while (places-- > 0)
		w->rate.period_ns *= 10;
}

static void
put_note(struct wfdb_notes *w, const struct note *n, struct buf *b)
{
	json_put_comma(b);
	buf_adds(b, "{\"onset\":");
	put_onset(w, b);
	json_put_key(b, "text");
	if (n->kind < sizeof(names) / sizeof(*names))
		json_put_cstring(b, names[n->kind]);
	else
		buf_addf(b, "\"[%u]\"", n->kind);
	put_number(b, "sub", n->sub);
	put_number(b, "chan", w->channel);
	put_number(b, "num", w->number);
	put_aux(b, n->aux);
	buf_addc(b, '}');
}

/* Bytes that a word and what belongs to it take. */
static size_t
size_of(unsigned w)
{
	unsigned kind = w >> 10, value = w & 0x3FF;

	if (kind == SKIP)
		return 6;
	return kind == AUX ? 2 + value + value % 2 : 2;
}

/* What follows an annotation and belongs to it. */
static size_t
take_more(struct wfdb_notes *w, struct slice s, size_t at, struct note *n)
{
	while (s.n - at >= 2) {
		unsigned this = word(s.p + at), kind = this >> 10;
		size_t size = size_of(this);

		if (kind < NUM || s.n - at < size)
			break;
		if (kind == NUM)
			w->number = this & 0xFF;
		else if (kind == SUB)
			n->sub = this & 0xFF;
		else if (kind == CHN)
			w->channel = this & 0xFF;
		else
			n->aux = (struct slice){ s.p + at + 2, this & 0x3FF };
		at += size;
	}
	return at;
}

bool
wfdb_note(struct wfdb_notes *w, struct slice *rest, bool last, struct buf *b)
{
	struct note n = { .aux = { "", 0 } };
	size_t at = 0;

	/* The longest annotation: two words of time and all that may follow. */
	while (
	    !w->over && rest->n - at >= 2 && (last || rest->n - at >= 4096)) {
		unsigned this = word(rest->p + at), kind = this >> 10;

		if (this == 0) {
			w->over = true;
			at += 2;
			break;
		}
		if (rest->n - at < size_of(this))
			break;
		if (kind == SKIP) {
			uint32_t high = word(rest->p + at + 2);

			w->time +=
			    (int32_t)(high << 16 | word(rest->p + at + 4));
			at += 6;
			continue;
		}
		w->time += this & 0x3FF;
		if (kind > SKIP) { /* belongs to nothing */
			w->time -= this & 0x3FF;
			at = take_more(w, *rest, at, &n);
			continue;
		}
		n.kind = kind;
		at = take_more(w, *rest, at + 2, &n);
		take_resolution(w, &n);
		put_note(w, &n, b);
		rest->p += at;
		rest->n -= at;
		return true;
	}
	w->cut = last && !w->over;
	rest->p += at;
	rest->n -= at;
	return false;
}
