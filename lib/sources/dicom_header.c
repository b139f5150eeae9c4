#include "sources/dicom_header.h"

#include <stdio.h>
#include <string.h>

#include "json/write.h"
#include "sources/dicom_directory.h"
#include "sources/dicom_tags.h"

#define DEEPEST     64
#define PIXEL_GROUP 0x7FE0u

/* Of a DICOMDIR: where its records stand in the file. */
#define OFFSET_FIRST 0x00041200u
#define OFFSET_LAST  0x00041202u
#define OFFSET_NEXT  0x00041400u
#define OFFSET_LOWER 0x00041420u

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

/* --- sequences ----------------------------------------------------------- */

/* Items up to `end`, or to the delimiter where the length is undefined. */
static bool
read_items(struct dicom_header *h, size_t end, unsigned depth, struct err *e)
{
	const struct dicom_charset outside = h->text.set;

	if (depth > DEEPEST)
		return err_data(e, "limit_depth",
		    "sequences lie more than %d deep in one another", DEEPEST);
	buf_addc(h->out, '[');
	while (!h->cut && h->at < end) {
		struct dicom_value item;

		if (!dicom_read_element(h, &item) || item.tag == DICOM_LIST_END)
			break;
		if (item.tag != DICOM_ITEM)
			return err_data(e, "dicom_syntax",
			    "element (%04x,%04x) where an item should be",
			    item.tag >> 16, item.tag & 0xFFFF);
		json_put_comma(h->out);
		buf_addc(h->out, '{');
		if (!dicom_read_elements(
			h, dicom_item_end(h, &item), depth + 1, e))
			return false;
		buf_addc(h->out, '}');
		/* An item's own character set ends with it. */
		h->text.set = outside;
	}
	buf_addc(h->out, ']');
	return true;
}

/* What is not written is read over all the same, to its end. */
static bool
pass_items(struct dicom_header *h, size_t end, unsigned depth, struct err *e)
{
	struct buf *kept = h->out, nowhere = { 0 };
	bool ok;

	h->out = &nowhere;
	ok = read_items(h, end, depth, e);
	h->out = kept;
	buf_release(&nowhere);
	return ok;
}

/*
 * What hides as UN is implicit inside (PS3.5, 6.2.2), but not everybody knows:
 * the first element of the first item tells.
 */
static bool
is_implicit_inside(struct dicom_header *h)
{
	struct slice s = input_peek(h->in, h->at + 14);

	return s.n < h->at + 14 || !dicom_is_vr(s.p + h->at + 12);
}

/* --- what is written ----------------------------------------------------- */

/*
 * Private elements, and standard ones that are younger than the dictionary,
 * have no keyword; of repeating groups the first has it.
 */
static void
put_key(struct dicom_header *h, const struct dicom_value *el)
{
	const struct dicom_element *known = dicom_element_find(el->tag);
	char key[16];

	if (known != NULL && known->tag == el->tag) {
		json_put_key(h->out, known->keyword);
		return;
	}
	snprintf(key, sizeof(key), "%08X", el->tag);
	json_put_key(h->out, key);
}

/* The syntax is written by who made sense of it; see dicom.c. */
static bool
is_wanted(struct dicom_header *h, const struct dicom_value *el, unsigned depth)
{
	if (depth <= h->level)
		h->top = el->tag;
	if ((el->tag & 0xFFFF) == 0 || el->tag == 0x00020010)
		return false;
	if (h->tags != NULL && depth == h->level)
		return dicom_tags_has(h->tags, el->tag);
	if (el->tag == OFFSET_FIRST || el->tag == OFFSET_LAST ||
	    el->tag == OFFSET_NEXT || el->tag == OFFSET_LOWER)
		return false;
	/* What is in a private sequence that was chosen comes with it. */
	if ((el->tag >> 16 & 1) != 0)
		return h->private_too ||
		    (h->tags != NULL && depth > h->level &&
			(h->top >> 16 & 1) != 0);
	return el->tag >> 16 != 2;
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

static void
keep(char *to, size_t room, struct slice s)
{
	snprintf(to, room, "%.*s", (int)s.n, s.p);
}

static void
note_link(struct dicom_header *h, const struct dicom_value *el,
    const uint8_t *p, struct slice text)
{
	uint32_t number = el->length == 4 ? dicom_number(h, p, 4) : 0;

	if (el->tag == OFFSET_FIRST)
		h->links.first = number;
	else if (el->tag == OFFSET_NEXT)
		h->links.next = number;
	else if (el->tag == OFFSET_LOWER)
		h->links.lower = number;
	else if (el->tag == 0x00041430)
		keep(h->links.type, sizeof(h->links.type), text);
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
	if (el->tag >> 16 == 4)
		note_link(h, el, p, s);
	if (!is_printable(s))
		return;
	if (el->tag == 0x00080005 && s.n > 0)
		dicom_text_set(&h->text, s);
	if (depth > 0)
		return;
	if (el->tag == 0x00020010)
		keep(h->syntax, sizeof(h->syntax), s);
	else if (el->tag == 0x00080060)
		keep(h->modality, sizeof(h->modality), s);
	else if (el->tag == 0x0020000D)
		keep(h->study, sizeof(h->study), s);
	else if (el->tag == 0x0020000E)
		keep(h->series, sizeof(h->series), s);
}

/* --- elements ------------------------------------------------------------ */

static bool
refuse_size(const struct dicom_header *h, struct err *e)
{
	return err_data(e, "limit_record",
	    "header of more than %zu bytes (--max-record raises the limit)",
	    h->limit);
}

static bool
read_value(struct dicom_header *h, const struct dicom_value *el, unsigned depth,
    struct err *e)
{
	const uint8_t *p;
	bool ok = true;

	if (el->length > h->limit)
		return refuse_size(h, e);
	p = dicom_need(h, el->length);
	if (p == NULL)
		return true;
	note_value(h, el, p, depth);
	if (!is_wanted(h, el, depth)) {
		h->at += el->length;
		return true;
	}
	if (dicom_has_value(el->vr)) {
		put_key(h, el);
		ok = dicom_put_value(h, el, p, e);
	} else {
		h->bulk++;
	}
	h->at += el->length;
	return ok;
}

static bool
read_sequence(struct dicom_header *h, const struct dicom_value *el,
    unsigned depth, struct err *e)
{
	bool explicit = h->explicit, wanted = is_wanted(h, el, depth), ok;
	size_t end = dicom_item_end(h, el);

	if (!wanted && el->length != DICOM_UNDEFINED)
		return read_value(h, el, depth, e);
	if (el->unknown)
		h->explicit = explicit && !is_implicit_inside(h);
	if (wanted) {
		put_key(h, el);
		ok = read_items(h, end, depth + 1, e);
	} else {
		ok = pass_items(h, end, depth + 1, e);
	}
	h->explicit = explicit;
	return ok;
}

/* Encapsulated fragments have no VR between them. */
static bool
pass_fragments(struct dicom_header *h, unsigned depth, struct err *e)
{
	bool ok = true;

	while (!h->cut && ok) {
		struct dicom_value item;

		if (!dicom_read_element(h, &item) || item.tag == DICOM_LIST_END)
			break;
		if (item.tag != DICOM_ITEM)
			return err_data(e, "dicom_syntax",
			    "element (%04x,%04x) where a fragment should be",
			    item.tag >> 16, item.tag & 0xFFFF);
		if (item.length == DICOM_UNDEFINED)
			ok = dicom_read_elements(h, SIZE_MAX, depth + 1, e);
		else if (item.length > h->limit)
			ok = refuse_size(h, e);
		else if (dicom_need(h, item.length) != NULL)
			h->at += item.length;
	}
	return ok;
}

static bool
read_one(struct dicom_header *h, const struct dicom_value *el, unsigned depth,
    struct err *e)
{
	if (el->tag == DICOM_DIRECTORY && depth == 0)
		return dicom_directory_read(h, el, e);
	if (strcmp(el->vr, "SQ") == 0 ||
	    (el->length == DICOM_UNDEFINED && strcmp(el->vr, "UN") == 0))
		return read_sequence(h, el, depth, e);
	if (el->length != DICOM_UNDEFINED)
		return read_value(h, el, depth, e);
	h->bulk += is_wanted(h, el, depth);
	return pass_fragments(h, depth + 1, e);
}

/* At the pixels, or at the end: between two elements that is no cut. */
static bool
is_over(struct dicom_header *h)
{
	struct slice s = input_peek(h->in, h->at + 2);

	if (s.n < h->at + 2)
		return s.n <= h->at;
	return dicom_number(h, (const uint8_t *)s.p + h->at, 2) >= PIXEL_GROUP;
}

bool
dicom_read_elements(
    struct dicom_header *h, size_t end, unsigned depth, struct err *e)
{
	while (!h->cut && h->at < end) {
		struct dicom_value el;

		if (depth == 0 && is_over(h))
			break;
		if (h->at > h->limit)
			return refuse_size(h, e);
		if (!dicom_read_element(h, &el))
			break;
		if (el.tag == DICOM_ITEM_END)
			break;
		if (!read_one(h, &el, depth, e))
			return false;
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
		if (!dicom_read_element(h, &el))
			break;
		if (el.length == DICOM_UNDEFINED)
			return err_data(e, "dicom_syntax",
			    "the meta group has a value without length");
		if (!read_value(h, &el, 0, e))
			return false;
	}
	return true;
}
