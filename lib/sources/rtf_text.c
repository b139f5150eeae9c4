#include "sources/rtf_text.h"

#include <string.h>

#include "base/mem.h"
#include "sources/rtf_word.h"

#define LONGEST_WORD 32

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* p is behind the backslash and at no letter. */
static bool
take_symbol(struct rtf *r)
{
	char c = *r->p++;

	if (c == '\'') {
		int high = r->p < r->end ? hex(r->p[0]) : -1;
		int low = r->end - r->p > 1 ? hex(r->p[1]) : -1;

		if (high < 0 || low < 0)
			return err_data(r->e, "rtf_syntax",
			    "\\' is not followed by two hexadecimal digits");
		r->p += 2;
		rtf_add_byte(r, (char)(high << 4 | low));
		return true;
	}
	if (c == '*') {
		r->star = true;
		return true;
	}
	if (r->left > 0) {
		r->left--;
		return true;
	}
	switch (c) {
	case '\\':
	case '{':
	case '}':
		rtf_add_byte(r, c);
		return true;
	case '~':
		return rtf_add_code(r, 0xA0);
	case '_':
		return rtf_add_code(r, 0x2011);
	case '\n':
	case '\r':
		return rtf_add_code(r, '\n');
	default:
		return true;
	}
}

static bool
take_control(struct rtf *r)
{
	char name[LONGEST_WORD + 1];
	size_t n = 0;
	bool minus, has_number = false;
	long number = 0;

	while (
	    r->p < r->end && (*r->p | 0x20) >= 'a' && (*r->p | 0x20) <= 'z') {
		if (n < LONGEST_WORD)
			name[n++] = *r->p;
		r->p++;
	}
	name[n] = '\0';
	minus = r->end - r->p > 1 && r->p[0] == '-' && r->p[1] >= '0' &&
	    r->p[1] <= '9';
	r->p += minus;
	while (r->p < r->end && *r->p >= '0' && *r->p <= '9') {
		has_number = true;
		if (number < 100000000)
			number = number * 10 + (*r->p - '0');
		r->p++;
	}
	if (r->p < r->end && *r->p == ' ')
		r->p++;
	return rtf_take_word(r, name, has_number, minus ? -number : number);
}

static bool
open_group(struct rtf *r)
{
	struct rtf_group g;

	if (r->depth == RTF_DEPTH)
		return err_data(r->e, "limit_depth",
		    "groups lie deeper than %d", RTF_DEPTH);
	if (!rtf_flush(r))
		return false;
	g = *rtf_top(r);
	g.twice = false;
	/* Of \upr{...}{\*\ud{...}} the second is read. */
	if (rtf_top(r)->twice) {
		g.skipped = true;
		rtf_top(r)->twice = false;
	}
	r->left = 0;
	r->groups[r->depth++] = g;
	return true;
}

static bool
close_group(struct rtf *r)
{
	if (!rtf_flush(r))
		return false;
	r->left = 0;
	r->star = false;
	r->depth--;
	return true;
}

static bool
take_next(struct rtf *r)
{
	char c = *r->p++;

	switch (c) {
	case '{':
		return open_group(r);
	case '}':
		return close_group(r);
	case '\r':
	case '\n':
	case '\0':
		return true;
	case '\\':
		if (r->p == r->end)
			return true;
		return (*r->p | 0x20) >= 'a' && (*r->p | 0x20) <= 'z'
		    ? take_control(r)
		    : take_symbol(r);
	default:
		rtf_add_byte(r, c);
		/* A trail byte is no brace, whatever it looks like. */
		if (rtf_page_leads(rtf_top(r)->page, (unsigned char)c) &&
		    r->p < r->end)
			rtf_add_byte(r, *r->p++);
		return true;
	}
}

static bool
read_groups(struct rtf *r)
{
	bool ok = true;

	r->groups[0] = (struct rtf_group){ .page = r->page, .fallback = 1 };
	r->depth = 1;
	r->p++;
	while (ok && r->depth > 0 && r->p < r->end && !r->out->full)
		ok = take_next(r);
	if (!ok)
		return false;
	if (r->out->full || r->notes.full)
		return err_data(r->e, "limit_record",
		    "text of more than %zu bytes (--max-record raises the "
		    "limit)",
		    r->out->ceiling);
	return r->depth == 0 ||
	    err_data(r->e, "rtf_syntax", "the document ends within a group");
}

bool
rtf_text(struct slice s, struct buf *out, size_t *used, const char **encoding,
    struct err *e)
{
	struct rtf *r = mem_zalloc(sizeof(*r));
	bool ok;

	r->p = s.p;
	r->end = s.p + s.n;
	r->out = out;
	r->notes.ceiling = out->ceiling;
	r->page = 1252;
	r->e = e;
	ok = slice_starts(s, "{\\rtf")
	    ? read_groups(r)
	    : err_data(
		  e, "rtf_syntax", "the document does not begin with {\\rtf");
	*used = (size_t)(r->p - s.p);
	*encoding = strcmp(rtf_page_name(&r->pages, r->page), "gb18030") == 0
	    ? "gb18030"
	    : NULL;
	if (ok && r->notes.n > 0) {
		if (out->n > 0 && out->p[out->n - 1] != '\n')
			buf_addc(out, '\n');
		buf_add_slice(out, buf_slice(&r->notes));
	}
	rtf_pages_release(&r->pages);
	buf_release(&r->notes);
	buf_release(&r->bytes);
	mem_free(r->fonts);
	mem_free(r);
	return ok;
}
