/*
 * DICOM headers: one record an instance, PS3.6 keywords as names.
 *
 * The reader knows implicit and explicit VR, both byte orders, deflated data
 * sets, files with and without preamble and meta group, sequences and items
 * of undefined length.  It stops at the pixels: what is behind them is never
 * looked at.  The header stays in the input's window until it is a record.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "json/write.h"
#include "sources/dicom_element.h"
#include "sources/dicom_text.h"
#include "sources/format.h"
#include "sources/manifest.h"

#define UNDEFINED   0xFFFFFFFFu
#define DEEPEST     64
#define PIXEL_GROUP 0x7FE0u
#define ITEM        0xFFFEE000u
#define ITEM_END    0xFFFEE00Du
#define LIST_END    0xFFFEE0DDu

struct header {
	struct input *in; /* of the data set: inflated where it is deflated */
	size_t at;        /* in the window of in */
	size_t limit;
	bool explicit, big, cut, signed_pixels;
	struct dicom_text text;
	struct buf value; /* a text value decoded */
	struct buf record, *out;
	char syntax[65], modality[17];
	uint64_t bulk;
};

struct element {
	uint32_t tag, length;
	char vr[3];
	bool unknown; /* written as UN, whatever vr says */
};

/* --- bytes --------------------------------------------------------------- */

/* n bytes at h->at, or NULL (cut is set) where the input has fewer. */
static const uint8_t *
need(struct header *h, size_t n)
{
	struct slice s = input_peek(h->in, h->at + n);

	if (s.n < h->at + n) {
		h->cut = true;
		return NULL;
	}
	return (const uint8_t *)s.p + h->at;
}

static uint32_t
number(const struct header *h, const uint8_t *p, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint32_t)p[i] << 8 * (h->big ? n - 1 - i : i);
	return v;
}

static uint64_t
number64(const struct header *h, const uint8_t *p)
{
	uint64_t a = number(h, p, 4), b = number(h, p + 4, 4);

	return h->big ? a << 32 | b : b << 32 | a;
}

/* --- is it one ----------------------------------------------------------- */

static bool
is_vr(const char *p)
{
	static const char all[] = "AE AS AT CS DA DS DT FD FL IS LO LT OB OD "
				  "OF OL OV OW PN SH SL SQ SS ST SV TM UC UI "
				  "UL UN UR US UT UV ";
	const char vr[] = { p[0], p[1], ' ', '\0' };

	return p[0] >= 'A' && p[0] <= 'Z' && strstr(all, vr) != NULL;
}

/* A bare data set: a first element of group 2 or 8 that makes sense. */
static bool
is_bare(struct slice s, bool *explicit, bool *big)
{
	const unsigned char *p = (const unsigned char *)s.p;
	struct header h = { 0 };
	uint32_t group;

	if (s.n < 16)
		return false;
	*big = h.big = p[0] == 0 && (p[1] == 2 || p[1] == 8);
	group = number(&h, p, 2);
	if ((group != 2 && group != 8) || number(&h, p + 2, 2) > 0x2200 ||
	    dicom_element_find(group << 16 | number(&h, p + 2, 2)) == NULL)
		return false;
	*explicit = is_vr(s.p + 4);
	return *explicit || (!*big && number(&h, p + 4, 4) < 0x10000);
}

bool
dicom_is(struct slice head)
{
	bool explicit, big;

	return (head.n >= 132 && memcmp(head.p + 128, "DICM", 4) == 0) ||
	    (head.n >= 4 && memcmp(head.p, "DICM", 4) == 0) ||
	    is_bare(head, &explicit, &big);
}

const struct dicom_element *
dicom_element_find(uint32_t tag)
{
	size_t low = 0, high = dicom_element_count;
	uint32_t group = tag >> 16;

	if ((group & 1) != 0)
		return NULL;
	if ((group & 0xFF00) == 0x6000 || (group & 0xFF00) == 0x5000)
		tag &= 0xFF00FFFF;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (dicom_elements[mid].tag == tag)
			return &dicom_elements[mid];
		if (dicom_elements[mid].tag < tag)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* --- values -------------------------------------------------------------- */

/* Only the groups of text that the character set speaks of. */
static bool
has_charset(const char *vr)
{
	return strstr("SH LO ST PN LT UC UT ", vr) != NULL;
}

static bool
is_text_vr(const char *vr)
{
	return strstr("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT ",
		   vr) != NULL;
}

static bool
is_one_value(const char *vr)
{
	return strstr("LT ST UT UR ", vr) != NULL;
}

static struct slice
unpadded(struct slice s, bool both)
{
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\0'))
		s.n--;
	while (both && s.n > 0 && s.p[0] == ' ') {
		s.p++;
		s.n--;
	}
	return s;
}

static bool
put_text(
    struct header *h, const struct element *el, struct slice raw, struct err *e)
{
	struct slice rest, part;
	bool one = is_one_value(el->vr), many;

	buf_reset(&h->value);
	if (!has_charset(el->vr)) {
		for (size_t i = 0; i < raw.n; i++)
			if ((unsigned char)raw.p[i] >= 0x80)
				return err_data(e, "encoding",
				    "element (%04x,%04x) has bytes beyond "
				    "ASCII",
				    el->tag >> 16, el->tag & 0xFFFF);
		buf_add_slice(&h->value, raw);
	} else if (!dicom_text_decode(&h->text, raw, &h->value, e)) {
		return err_wrap(
		    e, "element (%04x,%04x)", el->tag >> 16, el->tag & 0xFFFF);
	}
	rest = unpadded(buf_slice(&h->value), !one);
	many = !one && memchr(rest.p, '\\', rest.n) != NULL;
	if (!many) {
		json_put_string(h->out, rest);
		return true;
	}
	buf_addc(h->out, '[');
	for (bool more = true; more;) {
		const char *to = memchr(rest.p, '\\', rest.n);

		part = slice_span(rest.p, to == NULL ? rest.p + rest.n : to);
		more = to != NULL;
		if (more) {
			rest.n -= part.n + 1;
			rest.p = to + 1;
		}
		json_put_comma(h->out);
		json_put_string(h->out, unpadded(part, true));
	}
	buf_addc(h->out, ']');
	return true;
}

/* The shortest spelling that reads back as the same number. */
static void
put_real(struct buf *b, double v, bool single)
{
	char text[40];

	if (!isfinite(v)) {
		buf_adds(b, "null");
		return;
	}
	for (int digits = single ? 6 : 15; digits <= 17; digits++) {
		double back;

		snprintf(text, sizeof(text), "%.*g", digits, v);
		sscanf(text, "%lf", &back);
		if (single ? (float)back == (float)v : back == v)
			break;
	}
	buf_adds(b, text);
}

static void
put_number(struct header *h, const char *vr, const uint8_t *p)
{
	uint32_t small;
	uint64_t large;
	float single;
	double twice;

	if (strcmp(vr, "US") == 0)
		json_put_uint(h->out, number(h, p, 2));
	else if (strcmp(vr, "SS") == 0)
		json_put_int(h->out, (int16_t)number(h, p, 2));
	else if (strcmp(vr, "UL") == 0)
		json_put_uint(h->out, number(h, p, 4));
	else if (strcmp(vr, "SL") == 0)
		json_put_int(h->out, (int32_t)number(h, p, 4));
	else if (strcmp(vr, "UV") == 0)
		json_put_uint(h->out, number64(h, p));
	else if (strcmp(vr, "SV") == 0)
		json_put_int(h->out, (int64_t)number64(h, p));
	else if (strcmp(vr, "AT") == 0)
		buf_addf(h->out, "\"%04X%04X\"", number(h, p, 2),
		    number(h, p + 2, 2));
	else if (strcmp(vr, "FL") == 0) {
		small = number(h, p, 4);
		memcpy(&single, &small, sizeof(single));
		put_real(h->out, (double)single, true);
	} else {
		large = number64(h, p);
		memcpy(&twice, &large, sizeof(twice));
		put_real(h->out, twice, false);
	}
}

/* Bytes of one value of a binary number; 0 for what is none. */
static size_t
width_of(const char *vr)
{
	if (strstr("US SS ", vr) != NULL)
		return 2;
	if (strstr("UL SL FL AT ", vr) != NULL)
		return 4;
	return strstr("UV SV FD ", vr) != NULL ? 8 : 0;
}

static void
put_numbers(struct header *h, const char *vr, const uint8_t *p, size_t n)
{
	size_t width = width_of(vr), count = n / width;

	if (count == 0) {
		buf_adds(h->out, "null");
		return;
	}
	if (count > 1)
		buf_addc(h->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_put_comma(h->out);
		put_number(h, vr, p + i * width);
	}
	if (count > 1)
		buf_addc(h->out, ']');
}

/* --- elements ------------------------------------------------------------ */

static void
dictionary_vr(
    const struct header *h, const struct dicom_element *known, char vr[3])
{
	const char *name = known->vr;

	if (strcmp(name, "xs") == 0)
		name = h->signed_pixels ? "SS" : "US";
	memcpy(vr, name, 3);
}

/* The tag and length at h->at, which moves behind them; false at a cut. */
static bool
read_element(struct header *h, struct element *el)
{
	const struct dicom_element *known;
	const uint8_t *p = need(h, 8);
	bool explicit = h->explicit;

	if (p == NULL)
		return false;
	el->tag = number(h, p, 2) << 16 | number(h, p + 2, 2);
	known = dicom_element_find(el->tag);
	if ((el->tag >> 16) == 0xFFFE)
		explicit = false;
	/* A writer's slip: an element without its VR among explicit ones. */
	if (explicit && !is_vr((const char *)p + 4))
		explicit = false;
	el->unknown = known == NULL;
	memcpy(el->vr, "UN", sizeof(el->vr));
	if (known != NULL)
		dictionary_vr(h, known, el->vr);
	if (!explicit) {
		el->length = number(h, p + 4, 4);
		h->at += 8;
		return true;
	}
	el->vr[0] = (char)p[4];
	el->vr[1] = (char)p[5];
	if (strstr("OB OD OF OL OV OW SQ SV UC UN UR UT UV ", el->vr) == NULL) {
		el->length = number(h, p + 6, 2);
		h->at += 8;
		return true;
	}
	p = need(h, 12);
	if (p == NULL)
		return false;
	el->length = number(h, p + 8, 4);
	h->at += 12;
	/* Somebody on the way lacked a dictionary: ours knows better. */
	el->unknown = strcmp(el->vr, "UN") == 0;
	if (el->unknown && known != NULL)
		dictionary_vr(h, known, el->vr);
	return true;
}

static bool read_elements(
    struct header *, size_t end, unsigned depth, struct err *);

/* Items up to `end`, or to the delimiter where the length is undefined. */
static bool
read_items(struct header *h, size_t end, unsigned depth, struct err *e)
{
	if (depth > DEEPEST)
		return err_data(e, "limit_depth",
		    "sequences lie more than %d deep in one another", DEEPEST);
	buf_addc(h->out, '[');
	while (!h->cut && h->at < end) {
		struct element item;

		if (!read_element(h, &item) || item.tag == LIST_END)
			break;
		if (item.tag != ITEM)
			return err_data(e, "dicom_syntax",
			    "element (%04x,%04x) where an item should be",
			    item.tag >> 16, item.tag & 0xFFFF);
		json_put_comma(h->out);
		buf_addc(h->out, '{');
		if (!read_elements(h,
			item.length == UNDEFINED ? SIZE_MAX
						 : h->at + item.length,
			depth + 1, e))
			return false;
		buf_addc(h->out, '}');
	}
	buf_addc(h->out, ']');
	return true;
}

/* Encapsulated fragments and unknown lists: passed over to their end. */
static bool
pass_items(struct header *h, struct err *e)
{
	struct buf *kept = h->out, nowhere = { 0 };
	bool explicit = h->explicit, ok;

	h->out = &nowhere;
	h->explicit = false;
	ok = read_items(h, SIZE_MAX, 1, e);
	h->explicit = explicit;
	h->out = kept;
	buf_release(&nowhere);
	return ok;
}

static void
put_key(struct header *h, const struct element *el)
{
	const struct dicom_element *known = dicom_element_find(el->tag);
	char key[16];

	if (known->tag == el->tag) {
		json_put_key(h->out, known->keyword);
		return;
	}
	snprintf(key, sizeof(key), "%08X", el->tag);
	json_put_key(h->out, key);
}

/* What the reader itself must know of a header. */
static void
note_value(struct header *h, const struct element *el, const uint8_t *p,
    unsigned depth)
{
	struct slice s =
	    unpadded((struct slice){ (const char *)p, el->length }, true);

	if (el->tag == 0x00080005)
		dicom_text_set(&h->text, s);
	else if (el->tag == 0x00020010 && depth == 0)
		snprintf(h->syntax, sizeof(h->syntax), "%.*s", (int)s.n, s.p);
	else if (el->tag == 0x00080060 && depth == 0)
		snprintf(
		    h->modality, sizeof(h->modality), "%.*s", (int)s.n, s.p);
	else if (el->tag == 0x00280103 && el->length == 2)
		h->signed_pixels = number(h, p, 2) == 1;
}

static bool
is_left_out(const struct element *el)
{
	return dicom_element_find(el->tag) == NULL || (el->tag & 0xFFFF) == 0 ||
	    (el->tag >> 16) == 2;
}

static bool
read_value(
    struct header *h, const struct element *el, unsigned depth, struct err *e)
{
	const uint8_t *p;
	bool text = is_text_vr(el->vr);

	if (el->length > h->limit)
		return err_data(e, "limit_record",
		    "header of more than %zu bytes (--max-record raises the "
		    "limit)",
		    h->limit);
	p = need(h, el->length);
	if (p == NULL)
		return true;
	note_value(h, el, p, depth);
	if (is_left_out(el)) {
		h->at += el->length;
		return true;
	}
	if (!text && width_of(el->vr) == 0) {
		h->bulk++;
		h->at += el->length;
		return true;
	}
	put_key(h, el);
	if (text &&
	    !put_text(h, el, (struct slice){ (const char *)p, el->length }, e))
		return false;
	if (!text)
		put_numbers(h, el->vr, p, el->length);
	h->at += el->length;
	return true;
}

static bool
read_sequence(
    struct header *h, const struct element *el, unsigned depth, struct err *e)
{
	bool explicit = h->explicit, ok;
	size_t end = el->length == UNDEFINED ? SIZE_MAX : h->at + el->length;

	if (is_left_out(el) && el->length != UNDEFINED)
		return read_value(h, el, depth, e);
	/* What hides as UN is implicit inside (PS3.5, 6.2.2). */
	if (el->unknown)
		h->explicit = false;
	if (is_left_out(el)) {
		struct buf *kept = h->out, nowhere = { 0 };

		h->out = &nowhere;
		ok = read_items(h, end, depth + 1, e);
		h->out = kept;
		buf_release(&nowhere);
	} else {
		put_key(h, el);
		ok = read_items(h, end, depth + 1, e);
	}
	h->explicit = explicit;
	return ok;
}

static bool
read_elements(struct header *h, size_t end, unsigned depth, struct err *e)
{
	while (!h->cut && h->at < end) {
		size_t began = h->at;
		struct element el;

		if (depth == 0 && input_peek(h->in, h->at + 1).n <= h->at)
			break; /* the end between two elements is no cut */
		if (h->at > h->limit)
			return err_data(e, "limit_record",
			    "header of more than %zu bytes (--max-record "
			    "raises the limit)",
			    h->limit);
		if (!read_element(h, &el))
			break;
		if (el.tag == ITEM_END)
			break;
		if (depth == 0 && el.tag >> 16 >= PIXEL_GROUP) {
			h->at = began;
			break;
		}
		if (strcmp(el.vr, "SQ") == 0 ||
		    (el.length == UNDEFINED && strcmp(el.vr, "UN") == 0)) {
			if (!read_sequence(h, &el, depth, e))
				return false;
		} else if (el.length == UNDEFINED) {
			h->bulk++;
			if (!pass_items(h, e))
				return false;
		} else if (!read_value(h, &el, depth, e)) {
			return false;
		}
	}
	return true;
}

/* --- the file ------------------------------------------------------------ */

/*
 * The meta group is explicit little endian whatever follows, and ends where
 * another group begins; its own length is not relied on.
 */
static bool
read_meta(struct header *h, struct err *e)
{
	h->explicit = true;
	for (;;) {
		const uint8_t *p = need(h, 4);
		struct element el;

		if (p == NULL || number(h, p, 2) != 2)
			break;
		if (!read_element(h, &el))
			break;
		if (el.length == UNDEFINED)
			return err_data(e, "dicom_syntax",
			    "the meta group has a value without length");
		if (!read_value(h, &el, 0, e))
			return false;
	}
	return true;
}

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
choose_syntax(struct header *h, struct slice head)
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
read_deflated(struct header *h, struct member *m, uint64_t *end, struct err *e)
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
	ok = read_elements(h, SIZE_MAX, 0, e);
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

static bool
finish(struct header *h, struct member *m, struct piece *p, struct err *e)
{
	struct buf label = { 0 };
	struct err why = { 0 };
	bool ok;

	if (h->syntax[0] != '\0') {
		json_put_key(h->out, "TransferSyntaxUID");
		json_put_cstring(h->out, h->syntax);
	}
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
	struct header h = { .in = m->input,
		.limit = m->limits->max_record,
		.at = skip_preamble(m->input) };
	struct piece p = { 0 };
	struct err why = { 0 };
	bool ok;

	dicom_text_init(&h.text);
	h.out = &h.record;
	buf_addc(h.out, '{');
	ok = read_meta(&h, &why);
	choose_syntax(&h, input_peek(m->input, h.at + 64));
	if (ok && strcmp(h.syntax, "1.2.840.10008.1.2.1.99") == 0) {
		ok = read_deflated(&h, m, &p.to, &why);
		p.bytes = buf_slice(&h.record);
		h.cut = false;
	} else {
		ok = ok && read_elements(&h, SIZE_MAX, 0, &why);
		p.bytes = input_peek(m->input, 0);
		if (p.bytes.n > h.at && !h.cut)
			p.bytes.n = h.at;
		p.to = p.bytes.n;
	}
	p.next = p.to;
	if (ok) {
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
