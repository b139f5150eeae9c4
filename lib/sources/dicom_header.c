#include "sources/dicom_header.h"

#include <stdio.h>
#include <string.h>

#include "json/write.h"

#define UNDEFINED   0xFFFFFFFFu
#define DEEPEST     64
#define PIXEL_GROUP 0x7FE0u
#define ITEM        0xFFFEE000u
#define ITEM_END    0xFFFEE00Du
#define LIST_END    0xFFFEE0DDu

/* n bytes at h->at, or NULL (cut is set) where the input has fewer. */
const uint8_t *
dicom_need(struct dicom_header *h, size_t n)
{
	struct slice s = input_peek(h->in, h->at + n);

	if (s.n < h->at + n) {
		h->cut = true;
		return NULL;
	}
	return (const uint8_t *)s.p + h->at;
}

uint32_t
dicom_number(const struct dicom_header *h, const uint8_t *p, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint32_t)p[i] << 8 * (h->big ? n - 1 - i : i);
	return v;
}

bool
dicom_is_vr(const char *p)
{
	static const char all[] = "AE AS AT CS DA DS DT FD FL IS LO LT OB OD "
				  "OF OL OV OW PN SH SL SQ SS ST SV TM UC UI "
				  "UL UN UR US UT UV ";
	const char vr[] = { p[0], p[1], ' ', '\0' };

	return p[0] >= 'A' && p[0] <= 'Z' && strstr(all, vr) != NULL;
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

static void
dictionary_vr(
    const struct dicom_header *h, const struct dicom_element *known, char vr[3])
{
	const char *name = known->vr;

	if (strcmp(name, "xs") == 0)
		name = h->signed_pixels ? "SS" : "US";
	memcpy(vr, name, 3);
}

/* The tag and length at h->at, which moves behind them; false at a cut. */
static bool
read_element(struct dicom_header *h, struct dicom_value *el)
{
	const struct dicom_element *known;
	const uint8_t *p = dicom_need(h, 8);
	bool explicit = h->explicit;

	if (p == NULL)
		return false;
	el->tag = dicom_number(h, p, 2) << 16 | dicom_number(h, p + 2, 2);
	known = dicom_element_find(el->tag);
	if ((el->tag >> 16) == 0xFFFE)
		explicit = false;
	/* A writer's slip: an element without its VR among explicit ones. */
	if (explicit && !dicom_is_vr((const char *)p + 4))
		explicit = false;
	el->unknown = known == NULL;
	memcpy(el->vr, "UN", sizeof(el->vr));
	if (known != NULL)
		dictionary_vr(h, known, el->vr);
	if (!explicit) {
		el->length = dicom_number(h, p + 4, 4);
		h->at += 8;
		return true;
	}
	el->vr[0] = (char)p[4];
	el->vr[1] = (char)p[5];
	if (strstr("OB OD OF OL OV OW SQ SV UC UN UR UT UV ", el->vr) == NULL) {
		el->length = dicom_number(h, p + 6, 2);
		h->at += 8;
		return true;
	}
	p = dicom_need(h, 12);
	if (p == NULL)
		return false;
	el->length = dicom_number(h, p + 8, 4);
	h->at += 12;
	/* Somebody on the way lacked a dictionary: ours knows better. */
	el->unknown = strcmp(el->vr, "UN") == 0;
	if (el->unknown && known != NULL)
		dictionary_vr(h, known, el->vr);
	return true;
}

static bool read_elements(
    struct dicom_header *, size_t end, unsigned depth, struct err *);

/* Items up to `end`, or to the delimiter where the length is undefined. */
static bool
read_items(struct dicom_header *h, size_t end, unsigned depth, struct err *e)
{
	if (depth > DEEPEST)
		return err_data(e, "limit_depth",
		    "sequences lie more than %d deep in one another", DEEPEST);
	buf_addc(h->out, '[');
	while (!h->cut && h->at < end) {
		struct dicom_value item;

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
pass_items(struct dicom_header *h, struct err *e)
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
put_key(struct dicom_header *h, const struct dicom_value *el)
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

/* Codes and UIDs; what else comes in their place is not believed. */
static bool
is_printable(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

/* What the reader itself must know of a header. */
static void
note_value(struct dicom_header *h, const struct dicom_value *el,
    const uint8_t *p, unsigned depth)
{
	struct slice s =
	    dicom_unpadded((struct slice){ (const char *)p, el->length }, true);

	if (el->tag == 0x00280103 && el->length == 2)
		h->signed_pixels = dicom_number(h, p, 2) == 1;
	if (!is_printable(s))
		return;
	if (el->tag == 0x00080005)
		dicom_text_set(&h->text, s);
	else if (el->tag == 0x00020010 && depth == 0)
		snprintf(h->syntax, sizeof(h->syntax), "%.*s", (int)s.n, s.p);
	else if (el->tag == 0x00080060 && depth == 0)
		snprintf(
		    h->modality, sizeof(h->modality), "%.*s", (int)s.n, s.p);
}

static bool
is_left_out(const struct dicom_value *el)
{
	return dicom_element_find(el->tag) == NULL || (el->tag & 0xFFFF) == 0 ||
	    (el->tag >> 16) == 2;
}

static bool
read_value(struct dicom_header *h, const struct dicom_value *el, unsigned depth,
    struct err *e)
{
	const uint8_t *p;

	if (el->length > h->limit)
		return err_data(e, "limit_record",
		    "header of more than %zu bytes (--max-record raises the "
		    "limit)",
		    h->limit);
	p = dicom_need(h, el->length);
	if (p == NULL)
		return true;
	note_value(h, el, p, depth);
	if (is_left_out(el)) {
		h->at += el->length;
		return true;
	}
	if (!dicom_has_value(el->vr)) {
		h->bulk++;
		h->at += el->length;
		return true;
	}
	put_key(h, el);
	if (!dicom_put_value(h, el, p, e))
		return false;
	h->at += el->length;
	return true;
}

static bool
read_sequence(struct dicom_header *h, const struct dicom_value *el,
    unsigned depth, struct err *e)
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
read_elements(struct dicom_header *h, size_t end, unsigned depth, struct err *e)
{
	while (!h->cut && h->at < end) {
		size_t began = h->at;
		struct dicom_value el;

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

/*
 * The meta group is explicit little endian whatever follows, and ends where
 * another group begins; its own length is not relied on.
 */
bool
dicom_read_meta(struct dicom_header *h, struct err *e)
{
	h->explicit = true;
	for (;;) {
		const uint8_t *p = dicom_need(h, 4);
		struct dicom_value el;

		if (p == NULL || dicom_number(h, p, 2) != 2)
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

bool
dicom_read_data(struct dicom_header *h, struct err *e)
{
	return read_elements(h, SIZE_MAX, 0, e);
}
