#include "sources/rtf_page.h"

#include <stdio.h>

#include "base/utf8.h"
#include "io/encoding.h"

#define WESTERN 1252
#define GB      936

void
rtf_pages_release(struct rtf_pages *p)
{
	for (int i = 0; i < p->n; i++)
		encoding_close(p->open[i].encoding);
	p->n = 0;
}

int
rtf_page_of_charset(long charset, int usual)
{
	static const struct {
		short charset, page;
	} known[] = { { 77, 10000 }, { 128, 932 }, { 129, 949 }, { 130, 1361 },
		{ 134, 936 }, { 136, 950 }, { 161, 1253 }, { 162, 1254 },
		{ 163, 1258 }, { 177, 1255 }, { 178, 1256 }, { 186, 1257 },
		{ 204, 1251 }, { 222, 874 }, { 238, 1250 }, { 255, 437 } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].charset == charset)
			return known[i].page;
	return usual;
}

bool
rtf_page_leads(int page, unsigned char c)
{
	switch (page) {
	case 932:
		return (c >= 0x81 && c <= 0x9F) || (c >= 0xE0 && c <= 0xFC);
	case GB:
	case 54936:
	case 949:
	case 950:
	case 1361:
		return c >= 0x81 && c <= 0xFE;
	default:
		return false;
	}
}

static struct encoding *
open_page(int page)
{
	char name[24];

	switch (page) {
	case GB:
	case 54936:
	case 10008:
		return encoding_open("gb18030", NULL);
	case 65001:
		return encoding_open("utf-8", NULL);
	case 10000:
		return encoding_open("macintosh", NULL);
	case 1361:
		return encoding_open("johab", NULL);
	default:
		snprintf(name, sizeof(name), "cp%d", page);
		return encoding_open(name, NULL);
	}
}

/* One that nobody knows is taken for the Western one. */
static struct encoding *
encoding_of(struct rtf_pages *p, int page)
{
	struct encoding *x;

	for (int i = 0; i < p->n; i++)
		if (p->open[i].number == page)
			return p->open[i].encoding;
	x = open_page(page);
	if (x == NULL && page != WESTERN)
		return encoding_of(p, WESTERN);
	if (p->n == RTF_PAGES) {
		encoding_close(p->open[0].encoding);
		p->open[0] = p->open[--p->n];
	}
	p->open[p->n].number = page;
	p->open[p->n++].encoding = x;
	return x;
}

const char *
rtf_page_name(struct rtf_pages *p, int page)
{
	struct encoding *x = encoding_of(p, page);

	return x == NULL ? "utf-8" : encoding_name(x);
}

/* Of Chinese text hardly any passes as UTF-8 with a character of three bytes. */
static bool
is_utf8(struct slice raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if ((unsigned char)raw.p[i] >= 0xE0)
			return utf8_valid(raw.p, raw.n);
	return false;
}

bool
rtf_page_decode(struct rtf_pages *p, int page, struct slice raw, struct buf *b,
    struct err *e)
{
	struct encoding *x = encoding_of(p, page);
	size_t before = b->n;
	struct err why = { 0 };

	if (is_utf8(raw)) {
		buf_add_slice(b, raw);
		return true;
	}
	if (x != NULL && encoding_decode(x, raw, true, b, NULL, &why))
		return true;
	b->n = before;
	x = encoding_of(p, GB);
	if (x != NULL && encoding_decode(x, raw, true, b, NULL, &why))
		return true;
	b->n = before;
	return err_data(e, "encoding",
	    "text that is not of code page %d, nor UTF-8 or GB18030", page);
}
