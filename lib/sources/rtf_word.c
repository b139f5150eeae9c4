#include "sources/rtf_word.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define FONTS 4096 /* more than a document declares */

struct rtf_group *
rtf_top(struct rtf *r)
{
	return &r->groups[r->depth - 1];
}

static struct buf *
target(struct rtf *r)
{
	return rtf_top(r)->note ? &r->notes : r->out;
}

/* --- text ---------------------------------------------------------------- */

bool
rtf_flush(struct rtf *r)
{
	bool ok = r->bytes.n == 0 ||
	    rtf_page_decode(&r->pages, rtf_top(r)->page, buf_slice(&r->bytes),
		target(r), r->e);

	buf_reset(&r->bytes);
	return ok;
}

static bool
is_heard(struct rtf *r)
{
	return !rtf_top(r)->skipped && !rtf_top(r)->fonts &&
	    !rtf_top(r)->deleted;
}

static void
part_cells(struct rtf *r)
{
	if (r->cell)
		buf_addc(target(r), '\t');
	r->cell = false;
}

void
rtf_add_byte(struct rtf *r, char c)
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

bool
rtf_add_code(struct rtf *r, uint32_t code)
{
	char utf8[4];

	if (!is_heard(r))
		return true;
	if (!rtf_flush(r))
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

	r->left = rtf_top(r)->fallback;
	r->high = 0;
	if (unit >= 0xD800 && unit < 0xDC00) {
		r->high = unit;
		return true;
	}
	if (unit >= 0xDC00 && unit < 0xE000)
		return rtf_add_code(r,
		    high == 0
			? 0xFFFD
			: 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
	return rtf_add_code(r, unit);
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
	r->fonts[r->nfonts++] = (struct rtf_font){ r->defined, page };
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
	struct rtf_group *g = rtf_top(r);

	if (g->fonts)
		return take_font(r, name, n);
	if (strcmp(name, "u") == 0)
		return !has_number || add_unit(r, n);
	if (strcmp(name, "uc") == 0) {
		g->fallback = n < 0 || n > 64 ? 1 : (unsigned)n;
	} else if (strcmp(name, "f") == 0) {
		if (!rtf_flush(r))
			return false;
		g->page = page_of_font(r, n);
	} else if (strcmp(name, "plain") == 0) {
		if (!rtf_flush(r))
			return false;
		g->page = page_of_font(r, r->usual_font);
		g->deleted = false;
	} else if (strcmp(name, "deleted") == 0) {
		if (!rtf_flush(r))
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
	if (!rtf_flush(r))
		return false;
	if (row)
		buf_addc(target(r), '\n');
	else
		part_cells(r);
	r->cell = !row;
	return true;
}

bool
rtf_take_word(struct rtf *r, const char *name, bool has_number, long n)
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
			rtf_top(r)->skipped = true;
		return take_state(r, name, has_number, n);
	}
	switch (w->meaning) {
	case SKIP:
		rtf_top(r)->skipped = true;
		return true;
	case FONTS_:
		rtf_top(r)->fonts = true;
		return true;
	case NOTE:
		if (!rtf_flush(r))
			return false;
		rtf_top(r)->note = true;
		if (is_heard(r) && r->notes.n > 0)
			buf_addc(&r->notes, '\n');
		return true;
	case TWICE:
		rtf_top(r)->twice = true;
		return true;
	case CODE:
		return rtf_add_code(r, w->value);
	case CELL:
	case ROW:
		return end_cell(r, w->meaning == ROW);
	case KEPT:
		break;
	}
	return true;
}
