#include "sources/dicom_json.h"

#include <stdlib.h>
#include <string.h>

#include "json/write.h"
#include "sources/dicom_element.h"

static bool put_object(
    struct json, struct buf *, struct arena *, uint64_t *bulk, struct err *);

static bool
is_tag(struct slice key)
{
	if (key.n != 8)
		return false;
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] == '\0' ||
		    strchr("0123456789abcdefABCDEF", key.p[i]) == NULL)
			return false;
	return true;
}

static void
put_name(struct buf *b, struct slice key)
{
	const struct dicom_element *el;
	char digits[9];
	uint32_t tag;

	memcpy(digits, key.p, 8);
	digits[8] = '\0';
	tag = (uint32_t)strtoul(digits, NULL, 16);
	el = dicom_element_find(tag);
	if (el != NULL && (tag >> 16 & 1) == 0) {
		json_put_key(b, el->keyword);
		return;
	}
	for (char *c = digits; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'F')
			*c = (char)(*c - 'A' + 'a');
	json_put_key(b, digits);
}

static bool
is_number_vr(struct slice vr)
{
	return vr.n == 2 && strstr("US SS UL SL UV SV FL FD ", vr.p) != NULL;
}

/* Alphabetic=Ideographic=Phonetic, as far as they go. */
static void
put_person(struct buf *b, struct json value, struct arena *a)
{
	static const char *const groups[] = { "Alphabetic", "Ideographic",
		"Phonetic" };
	struct buf name = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		struct json part = json_get(value, groups[i]);

		if (i > 0)
			buf_addc(&name, '=');
		if (part.type == JSON_STRING)
			buf_add_slice(&name, json_text(part, a));
		if (name.n > 0 && name.p[name.n - 1] != '=')
			n = name.n;
	}
	name.n = n;
	json_put_string(b, buf_slice(&name));
	buf_release(&name);
}

/* A number stays as it is spelled; text of DS and IS is text again. */
static bool
put_one(struct buf *b, struct slice vr, struct json value, struct arena *a,
    uint64_t *bulk, struct err *e)
{
	bool number = is_number_vr(vr);
	bool ok = true;

	if (slice_is(vr, "SQ")) {
		buf_addc(b, '{');
		if (value.type == JSON_OBJECT)
			ok = put_object(value, b, a, bulk, e);
		buf_addc(b, '}');
	} else if (value.type == JSON_OBJECT && slice_is(vr, "PN")) {
		put_person(b, value, a);
	} else if (value.type == JSON_STRING ||
	    (value.type == JSON_NUMBER && !number)) {
		json_put_string(b, json_text(value, a));
	} else if (value.type == JSON_NUMBER) {
		buf_add_slice(b, value.text);
	} else if (value.type == JSON_NULL) {
		buf_adds(b, number ? "null" : "\"\"");
	} else {
		ok = err_data(e, "dicom_syntax",
		    "a value of vr %.*s is neither text nor number", (int)vr.n,
		    vr.p);
	}
	return ok;
}

static bool
put_values(struct buf *b, struct slice vr, struct json values, struct arena *a,
    uint64_t *bulk, struct err *e)
{
	size_t n = values.type == JSON_ARRAY ? json_length(values) : 0;
	bool many = n > 1 || slice_is(vr, "SQ");
	struct json_walk walk = json_enter(values);
	struct json value;

	if (n == 0 && !many) {
		buf_adds(b, is_number_vr(vr) ? "null" : "\"\"");
		return true;
	}
	if (many)
		buf_addc(b, '[');
	while (n > 0 && json_next_element(&walk, &value)) {
		json_put_comma(b);
		if (!put_one(b, vr, value, a, bulk, e))
			return false;
	}
	if (many)
		buf_addc(b, ']');
	return true;
}

static bool
put_object(struct json object, struct buf *b, struct arena *a, uint64_t *bulk,
    struct err *e)
{
	struct json_walk walk = json_enter(object);
	struct json attribute, values, vr;
	struct slice key, name;

	while (json_next_member(&walk, &key, &attribute)) {
		vr = json_get(attribute, "vr");
		values = json_get(attribute, "Value");
		if (!is_tag(key) || attribute.type != JSON_OBJECT)
			return err_data(e, "dicom_syntax",
			    "an object that is not of the DICOM JSON model");
		name = vr.type == JSON_STRING ? json_text(vr, a) : SLICE("UN");
		name = slice_of(arena_string(a, name.p, name.n));
		if (values.type == JSON_NONE &&
		    (json_get(attribute, "BulkDataURI").type != JSON_NONE ||
			json_get(attribute, "InlineBinary").type !=
			    JSON_NONE)) {
			++*bulk;
			continue;
		}
		if (name.n == 2 &&
		    strstr("OB OD OF OL OV OW UN ", name.p) != NULL &&
		    values.type == JSON_NONE)
			continue;
		put_name(b, key);
		if (!put_values(b, name, values, a, bulk, e))
			return false;
	}
	return true;
}

bool
dicom_json_put(struct json object, struct buf *b, struct arena *a,
    uint64_t *bulk, struct err *e)
{
	if (object.type != JSON_OBJECT)
		return err_data(e, "dicom_syntax",
		    "an element that is no object of the DICOM JSON model");
	return put_object(object, b, a, bulk, e);
}

struct slice
dicom_json_first(struct json object, const char *tag, struct arena *a)
{
	struct json values = json_get(json_get(object, tag), "Value"), value;
	struct json_walk walk = json_enter(values);

	if (!json_next_element(&walk, &value) || value.type != JSON_STRING)
		return SLICE("");
	return json_text(value, a);
}
