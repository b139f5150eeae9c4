#include <math.h>
#include <stdio.h>
#include <string.h>

#include "json/write.h"
#include "sources/dicom_header.h"

static uint64_t
number64(const struct dicom_header *h, const uint8_t *p)
{
	uint64_t a = dicom_number(h, p, 4), b = dicom_number(h, p + 4, 4);

	return h->big ? a << 32 | b : b << 32 | a;
}

bool
dicom_is_text(const char *vr)
{
	return strstr("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT ",
		   vr) != NULL;
}

static bool
is_one_value(const char *vr)
{
	return strstr("LT ST UT UR ", vr) != NULL;
}

struct slice
dicom_unpadded(struct slice s, bool both)
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
put_text(struct dicom_header *h, const struct dicom_value *el, struct slice raw,
    struct err *e)
{
	struct slice rest, part;
	bool one = is_one_value(el->vr), many;

	buf_reset(&h->value);
	/* Codes are ASCII, but what is written there is text like any other. */
	if (!dicom_text_decode(&h->text, raw, el->vr, &h->value, e)) {
		return err_wrap(
		    e, "element (%04x,%04x)", el->tag >> 16, el->tag & 0xFFFF);
	}
	rest = dicom_unpadded(buf_slice(&h->value), !one);
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
		json_put_string(h->out, dicom_unpadded(part, true));
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
put_number(struct dicom_header *h, const char *vr, const uint8_t *p)
{
	uint32_t small;
	uint64_t large;
	float single;
	double twice;

	if (strcmp(vr, "US") == 0)
		json_put_uint(h->out, dicom_number(h, p, 2));
	else if (strcmp(vr, "SS") == 0)
		json_put_int(h->out, (int16_t)dicom_number(h, p, 2));
	else if (strcmp(vr, "UL") == 0)
		json_put_uint(h->out, dicom_number(h, p, 4));
	else if (strcmp(vr, "SL") == 0)
		json_put_int(h->out, (int32_t)dicom_number(h, p, 4));
	else if (strcmp(vr, "UV") == 0)
		json_put_uint(h->out, number64(h, p));
	else if (strcmp(vr, "SV") == 0)
		json_put_int(h->out, (int64_t)number64(h, p));
	else if (strcmp(vr, "AT") == 0)
		buf_addf(h->out, "\"%04X%04X\"", dicom_number(h, p, 2),
		    dicom_number(h, p + 2, 2));
	else if (strcmp(vr, "FL") == 0) {
		small = dicom_number(h, p, 4);
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
put_numbers(struct dicom_header *h, const char *vr, const uint8_t *p, size_t n)
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

bool
dicom_has_value(const char *vr)
{
	return dicom_is_text(vr) || width_of(vr) > 0;
}

bool
dicom_put_value(struct dicom_header *h, const struct dicom_value *v,
    const uint8_t *p, struct err *e)
{
	if (dicom_is_text(v->vr))
		return put_text(
		    h, v, (struct slice){ (const char *)p, v->length }, e);
	put_numbers(h, v->vr, p, v->length);
	return true;
}
