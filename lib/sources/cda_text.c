#include "sources/cda_text.h"

#include <string.h>

#include "base/utf8.h"
#include "json/write.h"
#include "sources/charset.h"
#include "sources/rtf_text.h"

/* --- the narrative ------------------------------------------------------- */

static const char *const blocks[] = { "tr", "paragraph", "item", "list",
	"table", "thead", "tbody", "tfoot", "caption", "br", "p", "li", NULL };
static const char *const cells[] = { "td", "th", NULL };

static bool
is_one_of(const struct node *n, const char *const *names)
{
	for (; n != NULL && n->name != NULL && *names != NULL; names++)
		if (strcmp(n->local, *names) == 0)
			return true;
	return false;
}

static bool
is_blank(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0' || strchr(" \t\r\n", s.p[i]) == NULL)
			return false;
	return true;
}

/*
 * Blanks between blocks, rows and cells lay out the markup and are no text;
 * between words and inline elements they are.
 */
static bool
is_layout(const struct node *c, const struct node *before)
{
	return is_blank(c->text) &&
	    (before == NULL || c->next == NULL || is_one_of(before, blocks) ||
		is_one_of(before, cells) || is_one_of(c->next, blocks) ||
		is_one_of(c->next, cells));
}

static void
new_line(struct buf *b)
{
	if (b->n > 0 && b->p[b->n - 1] != '\n')
		buf_addc(b, '\n');
}

void
cda_narrative(struct buf *b, const struct node *n)
{
	const struct node *before = NULL;
	bool first = true; /* cell of the row */

	for (const struct node *c = n->child; c != NULL;
	     before = c, c = c->next) {
		bool block = is_one_of(c, blocks);

		if (c->name == NULL) {
			if (!is_layout(c, before))
				buf_add_slice(b, c->text);
			continue;
		}
		if (block)
			new_line(b);
		if (is_one_of(c, cells)) {
			if (!first)
				buf_addc(b, '\t');
			first = false;
		}
		cda_narrative(b, c);
		if (block)
			new_line(b);
	}
}

/* --- what is embedded ---------------------------------------------------- */

static int
base64_digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				     "nopqrstuvwxyz0123456789+/";
	const char *p = c == '\0' ? NULL : strchr(digits, c);

	return p == NULL ? -1 : (int)(p - digits);
}

/* In place; what is no digit is passed over, as RFC 2045 has it. */
static size_t
decode_base64(char *p, size_t n)
{
	unsigned bits = 0, have = 0;
	size_t out = 0;

	for (size_t i = 0; i < n && p[i] != '='; i++) {
		int digit = base64_digit(p[i]);

		if (digit < 0)
			continue;
		bits = bits << 6 | (unsigned)digit;
		have += 6;
		if (have >= 8) {
			have -= 8;
			p[out++] = (char)(bits >> have & 0xFF);
		}
	}
	return out;
}

/* UTF-8 or GB18030, or what its mark says; false where it is no text. */
static bool
put_plain(struct buf *b, struct slice raw)
{
	struct charset c;
	struct slice text;
	const char *name;
	struct err ignored = { 0 };
	bool ok = charset_init(&c, NULL, &ignored);

	charset_judge(&c, raw);
	raw.p += c.bom;
	raw.n -= c.bom;
	ok = ok && charset_decode(&c, raw, &text, &name, &ignored);
	if (ok) {
		json_put_key(b, "text");
		json_put_string(b, slice_trim(text));
	}
	charset_release(&c);
	return ok;
}

static bool
put_rtf(struct buf *b, struct slice raw)
{
	struct buf text = { .ceiling = 4 * raw.n + 64 };
	struct err ignored = { 0 };
	const char *encoding;
	size_t used;
	bool ok = rtf_text(raw, &text, &used, &encoding, &ignored);

	if (ok) {
		json_put_key(b, "text");
		json_put_string(b, slice_trim(buf_slice(&text)));
	}
	buf_release(&text);
	return ok;
}

static bool
put_text(struct buf *b, const char *type, struct slice raw)
{
	if (slice_starts(raw, "{\\rtf"))
		return put_rtf(b, raw);
	return (type == NULL || strncmp(type, "text/", 5) == 0) &&
	    put_plain(b, raw);
}

/* Embedded text is decoded; of other media only type and size are told. */
void
cda_put_embedded(struct buf *b, const struct node *n)
{
	const char *type = tree_attribute(n, "mediaType");
	const char *how = tree_attribute(n, "representation");
	struct buf raw = { 0 };

	tree_text(n, &raw);
	if (how != NULL && strcmp(how, "B64") == 0 && raw.n > 0)
		raw.n = decode_base64(raw.p, raw.n);
	if (!put_text(b, type, buf_slice(&raw))) {
		json_put_key(b, "media");
		json_put_cstring(b, type == NULL ? "unknown" : type);
		json_put_key(b, "size");
		json_put_uint(b, raw.n);
	}
	buf_release(&raw);
}
