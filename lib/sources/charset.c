#include "sources/charset.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "io/encoding.h"
#include "json/write.h"

#define CUT_OFF 3 /* bytes of a character at the end of what is seen */

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
 * A row that is valid UTF-8 only by characters of two bytes may be Chinese:
 * the bytes of a woman in GB18030 are those of a U with a ring in UTF-8.  With
 * one of three bytes it is no chance any more (of 130,000 Chinese fields one).
 */
static bool
has_long_sequence(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xE0)
			return true;
	return false;
}

bool
charset_declare(struct charset *c, const char *name)
{
	struct err e = { 0 };
	struct encoding *x = encoding_open(name, &e);

	if (x == NULL)
		return false;
	encoding_close(c->other);
	c->other = x;
	c->declared = encoding_name(x);
	return true;
}

static void
declare(struct charset *c, const char *name)
{
	bool known = charset_declare(c, name);

	assert(known);
	(void)known;
}

/* --encoding UTF-16 leaves the order of bytes to the mark, or to the text. */
static void
settle_order(struct charset *c, const char *seen)
{
	size_t unit = encoding_unit(c->declared), n = strlen(c->declared);

	if (unit == 1 || (n > 2 && c->declared[n - 1] == 'e'))
		return;
	if (seen == NULL || encoding_unit(seen) != unit)
		seen = unit == 2 ? "utf-16le" : "utf-32le";
	declare(c, seen);
}

/* Whichever bears the text for longer; all of it is UTF-8 before GB18030. */
void
charset_judge(struct charset *c, struct slice head)
{
	const char *name;
	size_t good;

	name = encoding_detect(head, &c->bom);
	if (c->declared != NULL) {
		settle_order(c, name);
		return;
	}
	if (name != NULL && (c->bom > 0 || encoding_unit(name) == 2)) {
		declare(c, name);
		return;
	}
	good = utf8_valid_prefix(head.p, head.n);
	c->gb_first = good + CUT_OFF < head.n &&
	    encoding_gb18030_prefix(head.p, head.n) > good;
}

bool
charset_is_telling(struct slice head)
{
	return has_long_sequence(head) || !utf8_valid(head.p, head.n);
}

bool
charset_is_gb(const struct charset *c)
{
	return c->declared == NULL ? c->gb_first
				   : strcmp(c->declared, "gb18030") == 0;
}

/*
 * UTF-8 and GB18030 are cut as they are: the framer knows the trail bytes of
 * the latter.  All others, which only a mark or --encoding can name, are not.
 */
bool
charset_needs_recoding(const struct charset *c)
{
	return c->declared != NULL && strcmp(c->declared, "utf-8") != 0 &&
	    strcmp(c->declared, "gb18030") != 0;
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
	*text = raw;
	*name = "utf-8";
	c->utf8++;
	return true;
}

/* Letters of Latin-1, Greek and Russian: what else stands in such a text. */
static bool
is_usual(uint32_t code)
{
	return code < 0x80 || (code >= 0xA0 && code <= 0xFF) ||
	    (code >= 0x391 && code <= 0x3C9) ||
	    (code >= 0x410 && code <= 0x44F);
}

/* Whether some of the text is GB18030, so that a row that could be both may. */
static bool
knows_gb(const struct charset *c)
{
	return c->gb18030 > 0 || c->gb_first;
}

static bool
leans_to_gb(const struct charset *c, struct slice row)
{
	const char *p = row.p, *end = p + row.n;

	while (p < end)
		if (!is_usual(utf8_next(&p, end)))
			return true;
	return c->gb18030 == c->utf8 ? c->gb_first : c->gb18030 > c->utf8;
}

bool
charset_takes_utf8(const struct charset *c)
{
	if (c->declared != NULL)
		return !c->recoded && strcmp(c->declared, "utf-8") == 0;
	return !knows_gb(c);
}

const char *
charset_took_utf8(struct charset *c, struct slice raw)
{
	c->utf8 += has_high_bytes(raw);
	return charset_name(c);
}

bool
charset_decode(struct charset *c, struct slice raw, struct slice *text,
    const char **name, struct err *e)
{
	bool valid;

	if (c->recoded) {
		*text = raw;
		*name = c->declared;
		return utf8_valid(raw.p, raw.n) ||
		    err_data(
			e, "encoding", "bytes that are not %s", c->declared);
	}
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
	valid = utf8_valid(raw.p, raw.n);
	if (c->declared != NULL)
		return valid
		    ? take_utf8(c, raw, text, name)
		    : err_data(e, "encoding", "bytes that are not UTF-8");
	if (valid &&
	    (!knows_gb(c) || has_long_sequence(raw) || !leans_to_gb(c, raw)))
		return take_utf8(c, raw, text, name);
	if (decode_gb(c, raw, text, name) ||
	    (valid && take_utf8(c, raw, text, name)))
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

/* A slash is no byte of a longer character of GB18030. */
void
charset_path_text(const char *path, struct buf *b)
{
	for (;;) {
		size_t n = strcspn(path, "/");

		charset_name_text((struct slice){ path, n }, b);
		if (path[n] == '\0')
			return;
		buf_addc(b, '/');
		path += n + 1;
	}
}

void
charset_path_json(const char *path, struct buf *b)
{
	struct slice raw = slice_of(path);
	struct buf text = { 0 };

	if (utf8_valid(raw.p, raw.n)) {
		json_put_string(b, raw);
		return;
	}
	charset_path_text(path, &text);
	json_put_string(b, buf_slice(&text));
	buf_release(&text);
}
