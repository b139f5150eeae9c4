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
#include "sources/body.h"
#include "sources/dicom_group.h"
#include "sources/dicom_header.h"
#include "sources/dicom_tags.h"
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

/* Whether the first bytes are the tag of a standard element, either way. */
static bool
begins_with_tag(struct slice s)
{
	const uint8_t *p = (const uint8_t *)s.p;
	struct dicom_header h = { 0 };

	for (int i = 0; s.n >= 4 && i < 2; i++) {
		h.big = i == 1;
		if (dicom_element_find(dicom_number(&h, p, 2) << 16 |
			dicom_number(&h, p + 2, 2)) != NULL)
			return true;
	}
	return false;
}

/* --- the file ------------------------------------------------------------ */

/*
 * A deflated data set is the inside of a gzip file: with a head of gzip before
 * it the one decoder serves both.  The trailer that it lacks shows as a cut
 * behind the last element.  What the decoder takes is cut up alike however the
 * bytes come, so that the offset and the id are the same from a pipe.
 */
struct deflated {
	struct input *below;
	uint64_t taken;
	bool begun;
};

#define DEFLATED_GRAIN ((size_t)4 << 10)

static ssize_t
deflated_block(void *ctx, const char **block, struct err *e)
{
	static const char head[10] = "\x1f\x8b\x08\0\0\0\0\0\0\xff";
	struct deflated *d = ctx;
	struct slice s;

	(void)e;
	*block = head;
	if (!d->begun) {
		d->begun = true;
		return sizeof(head);
	}
	s = input_peek(d->below, DEFLATED_GRAIN);
	if (s.n > DEFLATED_GRAIN)
		s.n = DEFLATED_GRAIN;
	input_take(d->below, s.n);
	d->taken += s.n;
	*block = s.p;
	return (ssize_t)s.n;
}

/*
 * The meta group says which syntax the data set has; its first element shows
 * whether that is so.
 */
static void
choose_syntax(struct dicom_header *h, struct slice s)
{
	if (h->syntax[0] == '\0') {
		is_bare(s, &h->explicit, &h->big);
		return;
	}
	h->big = strcmp(h->syntax, "1.2.840.10008.1.2.2") == 0 &&
	    (s.n < 2 || s.p[0] == 0 || s.p[1] != 0);
	h->explicit = strcmp(h->syntax, "1.2.840.10008.1.2") != 0 ||
	    (s.n >= 6 && dicom_is_vr(s.p + 4));
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
	struct deflated below = { .below = m->input, .taken = h->at };
	struct input *gz, *inner;
	struct err why = { 0 };
	bool ok;

	input_take(m->input, h->at);
	gz = input_new(deflated_block, &below);
	inner = input_decoded(gz, CODEC_GZIP,
	    m->options->max_ratio == 0 ? 250 : m->options->max_ratio);
	h->in = inner;
	h->at = 0;
	ok = dicom_read_elements(h, SIZE_MAX, 0, e);
	/* One that grows beyond all measure is refused, not cut. */
	if (ok && h->cut && input_failed(inner, &why) && why.kind == ERR_DATA) {
		*e = why;
		ok = false;
	}
	input_free(inner);
	input_free(gz);
	*end = below.taken;
	return ok;
}

static void
put_syntax(struct dicom_header *h)
{
	if (h->syntax[0] != '\0' &&
	    (h->tags == NULL || dicom_tags_has(h->tags, 0x00020010))) {
		json_put_key(h->out, "TransferSyntaxUID");
		json_put_cstring(h->out, h->syntax);
	}
}

/* --- the record ---------------------------------------------------------- */

static bool
is_grouped(const struct member *m)
{
	return m->sink->group != NULL && !m->options->inspect;
}

static void
put_notes(const struct dicom_header *h, struct member *m)
{
	if (h->bulk > 0)
		member_note(
		    m, "bulk_values: %llu", (unsigned long long)h->bulk);
	if (h->text.guessed > 0)
		member_note(m, "undeclared_text: %llu",
		    (unsigned long long)h->text.guessed);
	if (h->unlinked > 0)
		member_note(m, "unlinked_records: %llu",
		    (unsigned long long)h->unlinked);
}

static bool
tell_cut(struct member *m, struct err *e)
{
	struct buf label = { 0 };
	struct err why = { 0 };

	m->incomplete = true;
	member_label(m->place, &label);
	err_set(
	    &why, ERR_INPUT, "%s: the header is cut off", buf_string(&label));
	buf_release(&label);
	return sink_fail(m->sink, &why, e);
}

static bool
write_record(
    struct dicom_header *h, struct member *m, struct piece *p, struct err *e)
{
	buf_add_slice(member_open(m), buf_slice(&h->record));
	return member_record(m, p, e);
}

/* The header goes into the record of its group, which comes at the end. */
static bool
put_into_group(struct dicom_header *h, struct member *m, const struct piece *p,
    struct err *e)
{
	struct dicom_instance one = { .study = h->study,
		.series = h->series,
		.modality = h->modality,
		.kind = p->kind,
		.encoding = p->encoding,
		.head = buf_slice(&h->record) };
	struct err why = { 0 };

	if (h->directory) {
		member_skip(m, p, "directory");
		return true;
	}
	if (h->study[0] == '\0' ||
	    (h->series[0] == '\0' && m->options->dicom.per == PER_SERIES)) {
		err_data(&why, "dicom_uid",
		    "the header has no %s to count it by (--per instance reads "
		    "it)",
		    h->study[0] == '\0' ? "StudyInstanceUID"
					: "SeriesInstanceUID");
		return member_reject(m, p, &why, e);
	}
	member_skip(m, p, "grouped");
	body_pass(m);
	return dicom_group_add(m->sink->group, m, &one, e);
}

static bool
finish(struct dicom_header *h, struct member *m, struct piece *p, struct err *e)
{
	char room[192];
	bool ok;

	p->kind = member_code(m, "dicom", slice_of(h->modality));
	if (p->kind == NULL)
		p->kind = kinds_find(m->options->kinds, "image-other");
	p->encoding = dicom_text_name(&h->text, room);
	put_notes(h, m);
	ok = is_grouped(m) ? put_into_group(h, m, p, e)
			   : write_record(h, m, p, e);
	return ok && (!h->cut || tell_cut(m, e));
}

/* The header, and where in the member it ends. */
static bool
read_header(
    struct dicom_header *h, struct member *m, struct piece *p, struct err *why)
{
	size_t from = skip_preamble(m->input);
	bool ok;

	/* Another format that --format calls DICOM. */
	if (from == 0 && !begins_with_tag(input_peek(m->input, 4))) {
		p->to = p->next = input_peek(m->input, 1).n;
		p->bytes = input_peek(m->input, 1);
		return err_data(why, "dicom_syntax",
		    "no element of a header stands at its beginning");
	}
	h->at = from;
	h->out = &h->record;
	buf_addc(h->out, '{');
	ok = dicom_read_meta(h, why);
	choose_syntax(h, input_peek(m->input, h->at + 64));
	if (ok && strcmp(h->syntax, "1.2.840.10008.1.2.1.99") == 0) {
		ok = read_deflated(h, m, &p->to, why);
		put_syntax(h);
		if (ok)
			p->bytes = buf_slice(&h->record);
	} else {
		ok = ok && dicom_read_elements(h, SIZE_MAX, 0, why);
		put_syntax(h);
		p->bytes = input_peek(m->input, 0);
		if (ok && h->at == from && !h->cut)
			ok = err_data(why, "dicom_syntax",
			    "no element of a header stands at its beginning");
		else if (p->bytes.n > h->at && !h->cut)
			p->bytes.n = h->at;
		p->to = p->bytes.n;
	}
	p->next = p->to;
	return ok;
}

bool
dicom_read(struct member *m, struct err *e)
{
	const struct dicom_options *o = &m->options->dicom;
	struct dicom_header h = { .in = m->input,
		.limit = m->limits->max_record,
		.tags = o->tags,
		.private_too = o->private_too };
	struct piece p = { .bytes = SLICE("") };
	struct err why = { 0 };
	bool ok;

	if (is_grouped(m))
		h.tags = dicom_group_tags(m->sink->group);
	dicom_text_init(&h.text, &m->sink->encodings);
	h.text.repair = o->repair;
	ok = (o->charset == NULL ||
		 dicom_text_default(&h.text, o->charset, &why)) &&
	    read_header(&h, m, &p, &why);
	ok = ok ? finish(&h, m, &p, e) : member_reject(m, &p, &why, e);
	if (ok)
		body_pass(m);
	buf_release(&h.value);
	buf_release(&h.record);
	return ok;
}
