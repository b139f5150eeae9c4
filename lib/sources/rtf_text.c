#include "sources/rtf_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "sources/rtf_page.h"

#define FONTS        4096 /* more than a document declares */
#define LONGEST_WORD 32

/* What a group inherits from the one around it. */
struct group {
	int page;          /* of the font */
	unsigned fallback; /* bytes behind \u that stand for it */
	bool skipped;      /* its text is none of the document's */
	bool fonts;        /* the table of fonts */
	bool note;         /* a footnote */
	bool twice;        /* \upr: its first group is told again in the next */
	bool deleted;
};

struct font {
	long number;
	int page;
};

struct rtf {
	const char *p, *end;
	struct buf *out; /* the body */
	struct buf notes;
	struct buf bytes; /* in the page at hand, not yet decoded */
	struct rtf_pages pages;
	struct group groups[RTF_DEPTH];
	unsigned depth;
	int page; /* \ansicpg */
	long usual_font;
	struct font *fonts;
	size_t nfonts, room;
	long defined;  /* the font that the table is about to tell */
	uint32_t high; /* half of a pair of \u, or 0 */
	unsigned left; /* bytes of fallback to pass over */
	bool star;     /* \*: the next word names a destination */
	bool cell;     /* a cell ended, and the row has not */
	struct err *e;
};

static struct group *
top(struct rtf *r)
{
	return &r->groups[r->depth - 1];
}

static struct buf *
target(struct rtf *r)
{
	return top(r)->note ? &r->notes : r->out;
}

/* --- text ---------------------------------------------------------------- */

static bool
flush(struct rtf *r)
{
	bool ok = r->bytes.n == 0 ||
	    rtf_page_decode(
		&r->pages, top(r)->page, buf_slice(&r->bytes), target(r), r->e);

	buf_reset(&r->bytes);
	return ok;
}

static bool
is_heard(struct rtf *r)
{
	return !top(r)->skipped && !top(r)->fonts && !top(r)->deleted;
}

static void
part_cells(struct rtf *r)
{
	if (r->cell)
		buf_addc(target(r), '\t');
	r->cell = false;
}

/* A byte of the page; what stands for a character of \u is passed over. */
static void
add_byte(struct rtf *r, char c)
{
	if (r->left > 0) {
		r->left--;
		return;
	}
	if (!is_heard(r))
		return;
	part_cells(r);
	buf_addc(&r->bytes, c);
}

static bool
add_code(struct rtf *r, uint32_t code)
{
	char utf8[4];

	if (!is_heard(r))
		return true;
	if (!flush(r))
		return false;
	part_cells(r);
	buf_add(target(r), utf8, utf8_put(utf8, code));
	return true;
}

/* \uN is a unit of UTF-16, written as a signed number. */
static bool
add_unit(struct rtf *r, long n)
{
	uint32_t unit = (uint32_t)(n & 0xFFFF), high = r->high;

	r->left = top(r)->fallback;
	r->high = 0;
	if (unit >= 0xD800 && unit < 0xDC00) {
		r->high = unit;
		return true;
	}
	if (unit >= 0xDC00 && unit < 0xE000)
		return add_code(r,
		    high == 0
			? 0xFFFD
			: 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
	return add_code(r, unit);
}

/* --- words --------------------------------------------------------------- */

enum meaning {
	SKIP,   /* a destination that is no text */
	FONTS_, /* the table of fonts */
	NOTE,
	TWICE,
	CODE, /* stands for the character `value` */
	CELL,
	ROW,
	KEPT /* a destination that is text though it is starred */
};

struct word {
	const char *name;
	enum meaning meaning;
	uint32_t value;
};

static const struct word words[] = { { "fonttbl", FONTS_, 0 },
	{ "footnote", NOTE, 0 }, { "upr", TWICE, 0 }, { "cell", CELL, 0 },
	{ "nestcell", CELL, 0 }, { "row", ROW, 0 }, { "nestrow", ROW, 0 },
	{ "ud", KEPT, 0 }, { "nesttableprops", KEPT, 0 },
	{ "shpinst", KEPT, 0 }, { "par", CODE, '\n' }, { "line", CODE, '\n' },
	{ "sect", CODE, '\n' }, { "page", CODE, '\n' },
	{ "column", CODE, '\n' }, { "tab", CODE, '\t' },
	{ "lquote", CODE, 0x2018 }, { "rquote", CODE, 0x2019 },
	{ "ldblquote", CODE, 0x201C }, { "rdblquote", CODE, 0x201D },
	{ "bullet", CODE, 0x2022 }, { "endash", CODE, 0x2013 },
	{ "emdash", CODE, 0x2014 }, { "emspace", CODE, 0x2003 },
	{ "enspace", CODE, 0x2002 }, { "qmspace", CODE, 0x2005 },
	{ "zwj", CODE, 0x200D }, { "zwnj", CODE, 0x200C },
	{ "colortbl", SKIP, 0 }, { "stylesheet", SKIP, 0 }, { "info", SKIP, 0 },
	{ "pict", SKIP, 0 }, { "header", SKIP, 0 }, { "headerl", SKIP, 0 },
	{ "headerr", SKIP, 0 }, { "headerf", SKIP, 0 }, { "footer", SKIP, 0 },
	{ "footerl", SKIP, 0 }, { "footerr", SKIP, 0 }, { "footerf", SKIP, 0 },
	{ "fldinst", SKIP, 0 }, { "filetbl", SKIP, 0 },
	{ "listtable", SKIP, 0 }, { "listoverridetable", SKIP, 0 },
	{ "revtbl", SKIP, 0 }, { "rsidtbl", SKIP, 0 }, { "xe", SKIP, 0 },
	{ "tc", SKIP, 0 }, { "tcn", SKIP, 0 }, { "ftnsep", SKIP, 0 },
	{ "ftnsepc", SKIP, 0 }, { "ftncn", SKIP, 0 }, { "aftnsep", SKIP, 0 },
	{ "aftnsepc", SKIP, 0 }, { "aftncn", SKIP, 0 }, { "sp", SKIP, 0 },
	{ "shprslt", SKIP, 0 }, { "nonesttables", SKIP, 0 },
	{ "nonshppict", SKIP, 0 }, { "objdata", SKIP, 0 } };

static const struct word *
find_word(const char *name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].name, name) == 0)
			return &words[i];
	return NULL;
}

static int
page_of_font(const struct rtf *r, long number)
{
	for (size_t i = r->nfonts; i-- > 0;)
		if (r->fonts[i].number == number)
			return r->fonts[i].page;
	return r->page;
}

static void
tell_font(struct rtf *r, int page)
{
	if (r->nfonts == FONTS)
		return;
	r->fonts = mem_room(r->fonts, r->nfonts, &r->room, sizeof(*r->fonts));
	r->fonts[r->nfonts++] = (struct font){ r->defined, page };
}

static bool
take_font(struct rtf *r, const char *name, long n)
{
	if (strcmp(name, "f") == 0) {
		r->defined = n;
	} else if (strcmp(name, "fcharset") == 0) {
		tell_font(r, rtf_page_of_charset(n, r->page));
	} else if (strcmp(name, "cpg") == 0 && n > 0 && n < 100000) {
		tell_font(r, (int)n);
	}
	return true;
}

/* What changes how text is read. */
static bool
take_state(struct rtf *r, const char *name, bool has_number, long n)
{
	struct group *g = top(r);

	if (g->fonts)
		return take_font(r, name, n);
	if (strcmp(name, "u") == 0)
		return !has_number || add_unit(r, n);
	if (strcmp(name, "uc") == 0) {
		g->fallback = n < 0 || n > 64 ? 1 : (unsigned)n;
	} else if (strcmp(name, "f") == 0) {
		if (!flush(r))
			return false;
		g->page = page_of_font(r, n);
	} else if (strcmp(name, "plain") == 0) {
		if (!flush(r))
			return false;
		g->page = page_of_font(r, r->usual_font);
		g->deleted = false;
	} else if (strcmp(name, "deleted") == 0) {
		if (!flush(r))
			return false;
		g->deleted = !has_number || n != 0;
	} else if (strcmp(name, "deff") == 0) {
		r->usual_font = n;
	} else if (strcmp(name, "ansicpg") == 0 && n > 0 && n < 100000) {
		r->page = g->page = (int)n;
	} else if (strcmp(name, "mac") == 0) {
		r->page = g->page = 10000;
	} else if (strcmp(name, "pc") == 0) {
		r->page = g->page = 437;
	} else if (strcmp(name, "pca") == 0) {
		r->page = g->page = 850;
	} else if (strcmp(name, "bin") == 0 && n > 0) {
		r->p = n > r->end - r->p ? r->end : r->p + n;
	}
	return true;
}

static bool
end_cell(struct rtf *r, bool row)
{
	if (!is_heard(r))
		return true;
	if (!flush(r))
		return false;
	if (row)
		buf_addc(target(r), '\n');
	else
		part_cells(r);
	r->cell = !row;
	return true;
}

static bool
take_word(struct rtf *r, const char *name, bool has_number, long n)
{
	const struct word *w = find_word(name);
	bool star = r->star;

	r->star = false;
	if (r->left > 0 && strcmp(name, "u") != 0 && strcmp(name, "bin") != 0) {
		r->left--;
		return true;
	}
	if (w == NULL) {
		if (star)
			top(r)->skipped = true;
		return take_state(r, name, has_number, n);
	}
	switch (w->meaning) {
	case SKIP:
		top(r)->skipped = true;
		return true;
	case FONTS_:
		top(r)->fonts = true;
		return true;
	case NOTE:
		if (!flush(r))
			return false;
		top(r)->note = true;
		if (is_heard(r) && r->notes.n > 0)
			buf_addc(&r->notes, '\n');
		return true;
	case TWICE:
		top(r)->twice = true;
		return true;
	case CODE:
		return add_code(r, w->value);
	case CELL:
	case ROW:
		return end_cell(r, w->meaning == ROW);
	case KEPT:
		break;
	}
	return true;
}

/* --- the document -------------------------------------------------------- */

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
		add_byte(r, (char)(high << 4 | low));
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
		add_byte(r, c);
		return true;
	case '~':
		return add_code(r, 0xA0);
	case '_':
		return add_code(r, 0x2011);
	case '\n':
	case '\r':
		return add_code(r, '\n');
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
	return take_word(r, name, has_number, minus ? -number : number);
}

static bool
open_group(struct rtf *r)
{
	struct group g;

	if (r->depth == RTF_DEPTH)
		return err_data(r->e, "limit_depth",
		    "groups lie deeper than %d", RTF_DEPTH);
	if (!flush(r))
		return false;
	g = *top(r);
	g.twice = false;
	/* Of \upr{...}{\*\ud{...}} the second is read. */
	if (top(r)->twice) {
		g.skipped = true;
		top(r)->twice = false;
	}
	r->left = 0;
	r->groups[r->depth++] = g;
	return true;
}

static bool
close_group(struct rtf *r)
{
	if (!flush(r))
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
		add_byte(r, c);
		/* A trail byte is no brace, whatever it looks like. */
		if (rtf_page_leads(top(r)->page, (unsigned char)c) &&
		    r->p < r->end)
			add_byte(r, *r->p++);
		return true;
	}
}

static bool
read_groups(struct rtf *r)
{
	bool ok = true;

	r->groups[0] = (struct group){ .page = r->page, .fallback = 1 };
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
