#include "sources/charset.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "io/encoding.h"

bool
charset_init(struct charset *c, const char *declared, struct err *e)
{
	memset(c, 0, sizeof(*c));
	if (declared == NULL)
		return true;
	c->other = encoding_open(declared, e);
	if (c->other == NULL)
		return false;
	c->declared = encoding_name(c->other);
	return true;
}

void
charset_release(struct charset *c)
{
	encoding_close(c->gb);
	encoding_close(c->other);
	buf_release(&c->text);
}

static bool
has_high_bytes(struct slice s)
{
	const char *p = s.p, *end = s.p + s.n;

	for (; end - p >= 8; p += 8) {
		uint64_t word;

		memcpy(&word, p, 8);
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			return true;
	}
	for (; p < end; p++)
		if ((unsigned char)*p >= 0x80)
			return true;
	return false;
}

/*
 * A head that is not the whole member may end within a character: up to three
 * bytes at its end are no proof against an encoding.
 */
void
charset_judge(struct charset *c, struct slice head, bool whole)
{
	size_t bom = 0, spare = whole ? 0 : 3, good;
	const char *name;
	struct err e = { 0 };

	name = encoding_detect(head, &bom);
	c->bom = bom;
	if (c->declared != NULL)
		return;
	if (name != NULL && (bom > 0 || strncasecmp(name, "utf-16", 6) == 0)) {
		c->other = encoding_open(name, &e);
		assert(c->other != NULL);
		c->declared = encoding_name(c->other);
		return;
	}
	good = utf8_valid_prefix(head.p, head.n);
	if (good + spare >= head.n)
		return;
	good = encoding_gb18030_prefix(head.p, head.n);
	c->gb_first = good + spare >= head.n;
}

bool
charset_is_gb(const struct charset *c)
{
	return c->declared == NULL ? c->gb_first
				   : strcmp(c->declared, "gb18030") == 0;
}

bool
charset_is_wide(const struct charset *c)
{
	return c->declared != NULL &&
	    (strncmp(c->declared, "utf-16", 6) == 0 ||
		strncmp(c->declared, "utf-32", 6) == 0 ||
		strncmp(c->declared, "ucs-", 4) == 0);
}

static bool
decode_by(struct charset *c, struct encoding *by, struct slice raw,
    struct slice *text, struct err *e)
{
	buf_reset(&c->text);
	if (!encoding_decode(by, raw, true, &c->text, NULL, e))
		return false;
	*text = buf_slice(&c->text);
	return true;
}

static bool
decode_gb(
    struct charset *c, struct slice raw, struct slice *text, const char **name)
{
	struct err ignored = { 0 };

	if (c->gb == NULL)
		c->gb = encoding_open("gb18030", &ignored);
	if (c->gb == NULL || !decode_by(c, c->gb, raw, text, &ignored))
		return false;
	*name = "gb18030";
	c->gb18030++;
	return true;
}

static bool
take_utf8(
    struct charset *c, struct slice raw, struct slice *text, const char **name)
{
	if (!utf8_valid(raw.p, raw.n))
		return false;
	*text = raw;
	*name = "utf-8";
	c->utf8++;
	return true;
}

bool
charset_decode(struct charset *c, struct slice raw, struct slice *text,
    const char **name, struct err *e)
{
	if (c->declared != NULL && c->other != NULL &&
	    strcmp(c->declared, "utf-8") != 0) {
		*name = c->declared;
		return decode_by(c, c->other, raw, text, e);
	}
	if (!has_high_bytes(raw)) {
		*text = raw;
		*name = charset_name(c);
		return true;
	}
	if (c->declared != NULL)
		return take_utf8(c, raw, text, name) ||
		    err_data(e, "encoding", "bytes that are not UTF-8");
	if (c->gb_first
		? decode_gb(c, raw, text, name) || take_utf8(c, raw, text, name)
		: take_utf8(c, raw, text, name) ||
		    decode_gb(c, raw, text, name))
		return true;
	return err_data(e, "encoding",
	    "bytes that are neither UTF-8 nor GB18030 (--encoding names "
	    "another)");
}

const char *
charset_name(const struct charset *c)
{
	if (c->declared != NULL)
		return c->declared;
	if (c->gb18030 == c->utf8)
		return c->gb_first ? "gb18030" : "utf-8";
	return c->gb18030 > c->utf8 ? "gb18030" : "utf-8";
}

bool
charset_is_mixed(const struct charset *c)
{
	return c->gb18030 > 0 && c->utf8 > 0;
}

uint64_t
charset_euros(const struct charset *c)
{
	return (c->gb == NULL ? 0 : encoding_euros(c->gb)) +
	    (c->other == NULL ? 0 : encoding_euros(c->other));
}

void
charset_name_text(struct slice raw, struct buf *b)
{
	struct err ignored = { 0 };
	struct encoding *gb;
	size_t before = b->n;

	if (utf8_valid(raw.p, raw.n)) {
		buf_add_slice(b, raw);
		return;
	}
	gb = encoding_open("gb18030", &ignored);
	if (gb != NULL && encoding_decode(gb, raw, true, b, NULL, &ignored)) {
		encoding_close(gb);
		return;
	}
	encoding_close(gb);
	b->n = before;
	for (size_t i = 0; i < raw.n; i++) {
		unsigned char c = (unsigned char)raw.p[i];

		if (c < 0x80)
			buf_addc(b, raw.p[i]);
		else
			buf_addf(b, "%%%02X", c);
	}
}
