/*
 * How an element begins: its tag, its value representation and its length.
 *
 *	implicit	group element length(4)
 *	explicit	group element VR(2) length(2)
 *	of some VRs	group element VR(2) 0 0 length(4)
 *
 * Writers slip: an element without VR among explicit ones, a VR that does not
 * exist, text that travels as UN or OB because somebody on the way lacked a
 * dictionary.
 */
#include <string.h>

#include "sources/dicom_header.h"

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

static bool
is_long(const char *vr)
{
	return strstr("OB OD OF OL OV OW SQ SV UC UN UR UT UV ", vr) != NULL;
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

enum form { IMPLICIT, SHORT, LONG };

/*
 * The form by what stands where the VR should.  VRs to come have the long form
 * (PS3.5, 6.2.2); question marks and zeros are found with short lengths.
 */
static enum form
form_of(const uint8_t *p, char vr[3])
{
	static const char *const blanks[] = { "??", "--", "  ", "\0" };

	vr[0] = (char)p[4];
	vr[1] = (char)p[5];
	vr[2] = '\0';
	if (dicom_is_vr(vr))
		return is_long(vr) ? LONG : SHORT;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		if (memcmp(p + 4, blanks[i], 2) == 0)
			return SHORT;
	if (p[4] < 'A' || p[4] > 'Z' || p[5] < 'A' || p[5] > 'Z')
		return IMPLICIT;
	return p[6] == 0 && p[7] == 0 ? LONG : SHORT;
}

/* Names the owner of a block of private elements, and is text. */
static bool
is_creator(uint32_t tag)
{
	return (tag >> 16 & 1) != 0 && (tag & 0xFFFF) >= 0x10 &&
	    (tag & 0xFFFF) <= 0xFF;
}

/* Whether the dictionary knows better than what was written. */
static bool
is_better(const struct dicom_value *el, const struct dicom_element *known)
{
	if (el->unknown)
		return true;
	if (strcmp(known->vr, "SQ") == 0 && el->length == DICOM_UNDEFINED)
		return true;
	return (strcmp(el->vr, "OB") == 0 || strcmp(el->vr, "OW") == 0) &&
	    dicom_is_text(known->vr);
}

bool
dicom_read_element(struct dicom_header *h, struct dicom_value *el)
{
	const struct dicom_element *known;
	const uint8_t *p = dicom_need(h, 8);
	enum form form;

	if (p == NULL)
		return false;
	el->tag = dicom_number(h, p, 2) << 16 | dicom_number(h, p + 2, 2);
	known = dicom_element_find(el->tag);
	form = !h->explicit || (el->tag >> 16) == 0xFFFE ? IMPLICIT
							 : form_of(p, el->vr);
	if (form == LONG) {
		p = dicom_need(h, 12);
		if (p == NULL)
			return false;
		el->length = dicom_number(h, p + 8, 4);
	} else if (form == SHORT) {
		el->length = dicom_number(h, p + 6, 2);
	} else {
		el->length = dicom_number(h, p + 4, 4);
		memcpy(el->vr, "UN", sizeof(el->vr));
	}
	h->at += form == LONG ? 12 : 8;
	if (!dicom_is_vr(el->vr))
		memcpy(el->vr, "UN", sizeof(el->vr));
	el->unknown = strcmp(el->vr, "UN") == 0;
	if (known != NULL && is_better(el, known))
		dictionary_vr(h, known, el->vr);
	if (el->unknown && el->length != DICOM_UNDEFINED && is_creator(el->tag))
		memcpy(el->vr, "LO", sizeof(el->vr));
	/* Without a VR the dictionary is all there is. */
	if (form == IMPLICIT)
		el->unknown = known == NULL;
	return true;
}

size_t
dicom_item_end(const struct dicom_header *h, const struct dicom_value *el)
{
	return el->length == DICOM_UNDEFINED ? SIZE_MAX : h->at + el->length;
}
