#include "sources/wave.h"

#include <string.h>

#include "base/decimal.h"
#include "base/hash.h"
#include "json/write.h"

/* --- time ---------------------------------------------------------------- */

uint64_t
wave_first(const struct wave_rate *r, uint64_t length_ns, uint64_t window)
{
	wave_int n = (wave_int)length_ns * window * r->samples;

	return (uint64_t)((n + (r->period_ns - 1)) / r->period_ns);
}

uint64_t
wave_window_of(const struct wave_rate *r, uint64_t length_ns, uint64_t sample)
{
	wave_int time = (wave_int)sample * r->period_ns;

	return (uint64_t)(time / ((wave_int)length_ns * r->samples));
}

void
wave_put_time(wave_int ns, struct buf *b)
{
	wave_int whole = (ns < 0 ? -ns : ns) / WAVE_NANO;
	uint64_t n = (uint64_t)((ns < 0 ? -ns : ns) % WAVE_NANO);
	char text[16];
	size_t digits = 9;

	if (ns < 0)
		buf_addc(b, '-');
	buf_addf(b, "%llu.", (unsigned long long)whole);
	for (size_t i = 9; i-- > 0; n /= 10)
		text[i] = (char)('0' + n % 10);
	while (digits > 1 && text[digits - 1] == '0')
		digits--;
	buf_add(b, text, digits);
}

struct slice
wave_rate_text(const struct wave_rate *r, struct arena *a)
{
	struct decimal samples, period, nano, product, rate;
	struct err e = { 0 };

	samples = decimal_of_long((long long)r->samples, a);
	period = decimal_of_long((long long)r->period_ns, a);
	nano = decimal_of_long((long long)WAVE_NANO, a);
	if (!decimal_mul(&samples, &nano, a, &product, &e) ||
	    !decimal_div(&product, &period, a, &rate, &e))
		return SLICE("");
	return decimal_text(&rate, a);
}

uint64_t
wave_window(uint64_t length_ns, const struct wave_rate *all)
{
	while (length_ns > 1 && wave_first(all, length_ns, 1) > WAVE_WINDOW)
		length_ns /= 2;
	return length_ns;
}

/* --- names --------------------------------------------------------------- */

void
wave_names(struct slice *labels, size_t n, struct arena *a)
{
	struct index *taken = index_new();
	bool fresh;

	index_add(taken, SLICE("record"), &fresh);
	index_add(taken, SLICE("t"), &fresh);
	index_add(taken, SLICE("rate"), &fresh);
	for (size_t i = 0; i < n; i++) {
		struct slice base = labels[i];
		size_t again = 2;

		if (base.n == 0)
			base = slice_of(arena_printf(a, "signal_%zu", i + 1));
		else if (slice_is(base, "_mdx"))
			base = SLICE("_mdx_");
		labels[i] = base;
		while (index_add(taken, labels[i], &fresh), !fresh)
			labels[i] = slice_of(arena_printf(
			    a, "%.*s_%zu", (int)base.n, base.p, again++));
	}
	index_free(taken);
}

const char *
wave_record(const struct member *m, struct arena *a)
{
	const struct place_of *at = m->place;
	const char *name =
	    at->nparts == 0 ? at->uri : at->parts[at->nparts - 1];
	const char *base = strrchr(name, '/'), *dot;

	base = base == NULL ? name : base + 1;
	dot = strrchr(base, '.');
	return arena_string(a, base,
	    dot == NULL || dot == base ? strlen(base) : (size_t)(dot - base));
}

struct buf *
wave_open(
    struct member *m, const char *record, wave_int t_ns, struct slice rate)
{
	struct buf *b = member_open(m);

	buf_adds(b, "{\"record\":");
	json_put_cstring(b, record);
	buf_adds(b, ",\"t\":\"");
	wave_put_time(t_ns, b);
	buf_adds(b, "\"");
	if (rate.n > 0) {
		json_put_key(b, "rate");
		json_put_string(b, rate);
	}
	return b;
}

bool
wave_further(struct member *m, const char *record, struct slice notes,
    const char *encoding, struct err *e)
{
	struct piece p = { .from = m->at,
		.to = m->at,
		.next = m->at,
		.encoding = encoding,
		.placeless = true };
	struct buf *b = member_open(m), text = { 0 };
	bool ok;

	buf_adds(b, "{\"record\":");
	json_put_cstring(b, record);
	json_put_key(b, "annotations");
	buf_addc(b, '[');
	buf_add_slice(b, notes);
	buf_addc(b, ']');
	buf_add(&text, b->p + m->began, b->n - m->began);
	p.bytes = buf_slice(&text);
	ok = member_record(m, &p, e);
	buf_release(&text);
	return ok;
}

/* --- the kind ------------------------------------------------------------ */

/* What one label proves; the member's kind waits for all of them. */
static const char *
kind_of_code(struct member *m, struct slice label)
{
	const char *kind = m->kind, *by = m->kind_by;
	const char *proved = member_code(m, "signal", label);

	m->kind = kind;
	m->kind_by = by;
	return proved;
}

/*
 * The whole label, else what stands before its first blank or hyphen without
 * digits of a count ("EEG Fpz-Cz", "Fp1-F7", "ECG2"); in capitals.
 */
static const char *
kind_of_label(struct member *m, struct slice label)
{
	char key[64];
	size_t n = 0;
	const char *kind;

	for (size_t i = 0; i < label.n && n < sizeof(key); i++) {
		char c = label.p[i];

		key[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
	kind = kind_of_code(m, (struct slice){ key, n });
	for (size_t i = 0; kind == NULL && i < n; i++)
		if (key[i] == ' ' || key[i] == '-' || key[i] == '_') {
			n = i;
			kind = kind_of_code(m, (struct slice){ key, n });
		}
	while (kind == NULL && n > 0 && key[n - 1] >= '0' && key[n - 1] <= '9')
		kind = kind_of_code(m, (struct slice){ key, --n });
	return kind;
}

void
wave_kind(struct member *m, const struct slice *labels, size_t n)
{
	const char *eeg = kinds_find(m->options->kinds, "waveform-eeg");
	const char *monitor = kinds_find(m->options->kinds, "waveform-monitor");
	const char *first = NULL;
	bool has_eeg = false, differ = false;

	if (m->options->kind != NULL)
		return;
	for (size_t i = 0; i < n; i++) {
		const char *kind = kind_of_label(m, labels[i]);

		if (kind == NULL)
			continue;
		has_eeg = has_eeg || kind == eeg;
		differ = differ || (first != NULL && kind != first);
		first = first == NULL ? kind : first;
	}
	if (first == NULL) {
		member_names(m);
		return;
	}
	m->kind = !differ ? first : has_eeg ? eeg : monitor;
	m->kind_by = "codes";
	if (m->kind == NULL)
		m->kind = first;
}
