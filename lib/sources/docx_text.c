#include "sources/docx_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "io/xml.h"

struct docx_text {
	struct buf *out;
	struct xml *xml;
	bool document;                 /* the element of a whole one was seen */
	unsigned skipped;              /* elements around that are left out */
	unsigned runs;                 /* w:r around */
	unsigned texts;                /* w:t around */
	unsigned breaks;               /* line feeds before what comes next */
	unsigned rows;                 /* w:tr around */
	unsigned cells[XML_DEPTH + 1]; /* so far, in each of them */
};

static bool
is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

static bool
is_left_out(const char *local, const char *const *attr)
{
	static const char *const names[] = { "del", "moveFrom", "Fallback",
		"rt", NULL };
	const char *type = xml_attribute(attr, "w:type");

	/* The line above footnotes is a footnote too, of a type of its own. */
	if (strcmp(local, "footnote") == 0 || strcmp(local, "endnote") == 0)
		return type != NULL && strcmp(type, "normal") != 0;
	return is_one_of(local, names);
}

static void
put_breaks(struct docx_text *d)
{
	for (; d->breaks > 0; d->breaks--)
		buf_addc(d->out, '\n');
}

static void
put_text(struct docx_text *d, const char *p, size_t n)
{
	put_breaks(d);
	buf_add(d->out, p, n);
}

/* A character of a symbol font, by its number. */
static void
put_symbol(struct docx_text *d, const char *const *attr)
{
	const char *hex = xml_attribute(attr, "w:char");
	unsigned long code = hex == NULL ? 0 : strtoul(hex, NULL, 16);
	char utf8[4];

	if (code >= ' ' && code <= 0xFFFF && (code < 0xD800 || code > 0xDFFF))
		put_text(d, utf8, utf8_put(utf8, (uint32_t)code));
}

/* Elements of a run that stand for characters. */
static void
take_mark(struct docx_text *d, const char *local, const char *const *attr)
{
	if (strcmp(local, "tab") == 0 || strcmp(local, "ptab") == 0)
		put_text(d, "\t", 1);
	else if (strcmp(local, "br") == 0 || strcmp(local, "cr") == 0)
		put_text(d, "\n", 1);
	else if (strcmp(local, "noBreakHyphen") == 0)
		put_text(d, "\xE2\x80\x91", 3);
	else if (strcmp(local, "sym") == 0)
		put_symbol(d, attr);
}

static void
begin_cell(struct docx_text *d)
{
	if (d->rows == 0)
		return;
	if (d->cells[d->rows]++ == 0) {
		put_breaks(d);
		return;
	}
	d->breaks = 0;
	buf_addc(d->out, '\t');
}

static bool
start(void *ctx, const char *name, const char *const *attr, uint64_t offset,
    struct err *e)
{
	struct docx_text *d = ctx;
	const char *local = xml_local(name);

	(void)offset;
	(void)e;
	if (d->skipped > 0 || is_left_out(local, attr)) {
		d->skipped++;
		return true;
	}
	d->document |= strcmp(local, "document") == 0;
	if (strcmp(local, "t") == 0) {
		d->texts++;
	} else if (strcmp(local, "r") == 0) {
		d->runs++;
	} else if (strcmp(local, "tr") == 0) {
		d->cells[++d->rows] = 0;
	} else if (strcmp(local, "tc") == 0) {
		begin_cell(d);
	} else if (strcmp(local, "txbxContent") == 0) {
		d->breaks += d->breaks == 0 && d->out->n > 0;
	} else if (d->runs > 0) {
		take_mark(d, local, attr);
	}
	return true;
}

static bool
end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct docx_text *d = ctx;
	const char *local = xml_local(name);

	(void)offset;
	(void)e;
	if (d->skipped > 0) {
		d->skipped--;
		return true;
	}
	if (strcmp(local, "t") == 0) {
		d->texts--;
	} else if (strcmp(local, "r") == 0) {
		d->runs--;
	} else if (strcmp(local, "p") == 0) {
		d->breaks++;
	} else if (strcmp(local, "tr") == 0) {
		d->rows--;
		d->breaks = 1;
	} else if (strcmp(local, "txbxContent") == 0) {
		d->breaks = d->out->n > 0;
	}
	return true;
}

static bool
text(void *ctx, struct slice s, uint64_t offset, struct err *e)
{
	struct docx_text *d = ctx;

	(void)offset;
	if (d->skipped == 0 && d->texts > 0)
		put_text(d, s.p, s.n);
	return !d->out->full ||
	    err_data(e, "limit_record",
		"text of more than %zu bytes (--max-record raises the limit)",
		d->out->ceiling);
}

struct docx_text *
docx_text_new(struct buf *out)
{
	struct docx_text *d = mem_zalloc(sizeof(*d));

	d->out = out;
	return d;
}

void
docx_text_free(struct docx_text *d)
{
	if (d == NULL)
		return;
	xml_free(d->xml);
	mem_free(d);
}

bool
docx_text_feed(
    struct docx_text *d, const char *p, size_t n, bool final, struct err *e)
{
	static const struct xml_events events = { start, end, text };
	bool ok;

	if (d->xml == NULL) {
		d->skipped = d->runs = d->texts = d->rows = 0;
		d->breaks = d->out->n > 0;
		d->xml = xml_new(&events, d, NULL);
	}
	ok = xml_feed(d->xml, p, n, final, e);
	if (final) {
		xml_free(d->xml);
		d->xml = NULL;
	}
	return ok;
}

bool
docx_text_has_document(const struct docx_text *d)
{
	return d->document;
}
