/*
 * DICOM headers: one record an instance, PS3.6 keywords as names.
 *
 * The reader knows implicit and explicit VR, both byte orders, deflated data
 * sets, files with and without preamble and meta group, sequences and items
 * of undefined length.  It stops at the pixels: what is behind them is never
 * looked at.  The header stays in the input's window until it is a record.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "json/write.h"
#include "sources/dicom_header.h"
#include "sources/format.h"
#include "sources/manifest.h"

/* --- is it one ----------------------------------------------------------- */

/* A bare data set: a first element of group 2 or 8 that makes sense. */
static bool
is_bare(struct slice s, bool *explicit, bool *big)
{
	const unsigned char *p = (const unsigned char *)s.p;
	struct dicom_header h = { 0 };
	uint32_t group;

	if (s.n < 16)
		return false;
	*big = h.big = p[0] == 0 && (p[1] == 2 || p[1] == 8);
	group = dicom_number(&h, p, 2);
	if ((group != 2 && group != 8) || dicom_number(&h, p + 2, 2) > 0x2200 ||
	    dicom_element_find(group << 16 | dicom_number(&h, p + 2, 2)) ==
		NULL)
		return false;
	*explicit = dicom_is_vr(s.p + 4);
	return *explicit || (!*big && dicom_number(&h, p + 4, 4) < 0x10000);
}

bool
dicom_is(struct slice head)
{
	bool explicit, big;

	return (head.n >= 132 && memcmp(head.p + 128, "DICM", 4) == 0) ||
	    (head.n >= 4 && memcmp(head.p, "DICM", 4) == 0) ||
	    is_bare(head, &explicit, &big);
}

/* --- the file ------------------------------------------------------------ */

/*
 * A deflated data set is the inside of a gzip file: with a head of gzip before
 * it the one decoder serves both.  The trailer that it lacks shows as a cut
 * behind the last element.
 */
struct deflated {
	struct input *below;
	bool begun;
};

static ssize_t
deflated_block(void *ctx, const char **block, struct err *e)
{
	static const char head[10] = "\x1f\x8b\x08\0\0\0\0\0\0\xff";
	struct deflated *d = ctx;

	if (d->begun)
		return input_next(d->below, block, e);
	d->begun = true;
	*block = head;
	return sizeof(head);
}

static void
choose_syntax(struct dicom_header *h, struct slice head)
{
	if (h->syntax[0] == '\0') {
		/* No meta group: the first element tells. */
		is_bare(head, &h->explicit, &h->big);
		return;
	}
	h->explicit = strcmp(h->syntax, "1.2.840.10008.1.2") != 0;
	h->big = strcmp(h->syntax, "1.2.840.10008.1.2.2") == 0;
}

static size_t
skip_preamble(struct input *in)
{
	struct slice s = input_peek(in, 132);

	if (s.n >= 132 && memcmp(s.p + 128, "DICM", 4) == 0)
		return 132;
	return s.n >= 4 && memcmp(s.p, "DICM", 4) == 0 ? 4 : 0;
}

static bool
read_deflated(
    struct dicom_header *h, struct member *m, uint64_t *end, struct err *e)
{
	struct deflated below = { .below = m->input };
	struct input *gz, *inner;
	bool ok;

	input_take(m->input, h->at);
	gz = input_new(deflated_block, &below);
	inner = input_decoded(gz, CODEC_GZIP,
	    m->options->max_ratio == 0 ? 250 : m->options->max_ratio);
	h->in = inner;
	h->at = 0;
	ok = dicom_read_data(h, e);
	input_free(inner);
	input_free(gz);
	*end = input_bytes(m->input);
	return ok;
}

/* The pixels are not read where the size of the file is known. */
static void
pass_body(struct member *m)
{
	struct err ignored = { 0 };
	const char *block;

	if (m->size > m->at) {
		member_skip_to(m, m->size, "body");
		return;
	}
	while (m->size == 0 && input_next(m->input, &block, &ignored) > 0)
		continue;
	if (input_bytes(m->input) > m->at)
		member_skip_to(m, input_bytes(m->input), "body");
}

static void
put_syntax(struct dicom_header *h)
{
	if (h->syntax[0] != '\0') {
		json_put_key(h->out, "TransferSyntaxUID");
		json_put_cstring(h->out, h->syntax);
	}
}

static bool
finish(struct dicom_header *h, struct member *m, struct piece *p, struct err *e)
{
	struct buf label = { 0 };
	struct err why = { 0 };
	bool ok;

	p->kind = member_code(m, "dicom", slice_of(h->modality));
	if (p->kind == NULL)
		p->kind = "image-other";
	p->encoding = h->text.name[0] == '\0' ? NULL : h->text.name;
	if (h->bulk > 0)
		member_note(
		    m, "bulk_values: %llu", (unsigned long long)h->bulk);
	if (h->text.guessed > 0)
		member_note(m, "undeclared_text: %llu",
		    (unsigned long long)h->text.guessed);
	buf_add_slice(member_open(m), buf_slice(&h->record));
	ok = member_record(m, p, e);
	if (ok && h->cut) {
		m->incomplete = true;
		member_label(m->place, &label);
		err_set(&why, ERR_INPUT, "%s: the header is cut off",
		    buf_string(&label));
		buf_release(&label);
		ok = sink_fail(m->sink, &why, e);
	}
	return ok;
}

bool
dicom_read(struct member *m, struct err *e)
{
	struct dicom_header h = { .in = m->input,
		.limit = m->limits->max_record,
		.at = skip_preamble(m->input) };
	struct piece p = { .bytes = SLICE("") };
	struct err why = { 0 };
	bool ok, deflated = false;

	dicom_text_init(&h.text);
	h.out = &h.record;
	buf_addc(h.out, '{');
	ok = dicom_read_meta(&h, &why);
	choose_syntax(&h, input_peek(m->input, h.at + 64));
	if (ok && strcmp(h.syntax, "1.2.840.10008.1.2.1.99") == 0) {
		ok = read_deflated(&h, m, &p.to, &why);
		h.cut = false;
		deflated = true;
	} else {
		ok = ok && dicom_read_data(&h, &why);
		p.bytes = input_peek(m->input, 0);
		if (p.bytes.n > h.at && !h.cut)
			p.bytes.n = h.at;
		p.to = p.bytes.n;
	}
	p.next = p.to;
	if (ok) {
		put_syntax(&h);
		if (deflated)
			p.bytes = buf_slice(&h.record);
		ok = finish(&h, m, &p, e);
	} else {
		ok = member_reject(m, &p, &why, e);
	}
	if (ok)
		pass_body(m);
	dicom_text_release(&h.text);
	buf_release(&h.value);
	buf_release(&h.record);
	return ok;
}
