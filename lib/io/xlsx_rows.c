#include "io/xlsx_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/xlsx_cell.h"
#include "io/xml.h"

struct xlsx_rows {
	const struct xlsx_rows_events *events;
	void *ctx;
	struct xml *xml;
	struct buf text;
	struct xlsx_raw_cell cell;
	char type[12], reference[16];
	uint64_t number;
	size_t column;
	bool in_row, in_value;
	unsigned phonetic;
};

static bool
start_row(struct xlsx_rows *r, const char *const *attr, uint64_t offset,
    struct err *e)
{
	const char *number = xml_attribute(attr, "r");

	r->in_row = true;
	r->column = 0;
	r->number = number != NULL ? strtoull(number, NULL, 10) : r->number + 1;
	return r->events->row == NULL ||
	    r->events->row(r->ctx, r->number, offset, e);
}

static void
start_cell(struct xlsx_rows *r, const char *const *attr)
{
	const char *value = xml_attribute(attr, "r");

	snprintf(r->reference, sizeof(r->reference), "%s",
	    value == NULL ? "" : value);
	r->cell = (struct xlsx_raw_cell){ .reference = r->reference,
		.type = r->type };
	r->cell.column = xlsx_column(r->reference);
	if (r->cell.column == 0)
		r->cell.column = r->column + 1;
	r->column = r->cell.column;
	value = xml_attribute(attr, "t");
	snprintf(r->type, sizeof(r->type), "%s", value == NULL ? "n" : value);
	value = xml_attribute(attr, "s");
	r->cell.style = value == NULL ? 0 : strtoul(value, NULL, 10);
	buf_reset(&r->text);
}

static bool
start(void *ctx, const char *name, const char *const *attr, uint64_t offset,
    struct err *e)
{
	struct xlsx_rows *r = ctx;
	const char *local = xml_local(name);
	bool ok = true;

	if (strcmp(local, "row") == 0)
		ok = start_row(r, attr, offset, e);
	else if (strcmp(local, "c") == 0)
		start_cell(r, attr);
	else if (strcmp(local, "si") == 0)
		buf_reset(&r->text);
	r->cell.formula |= strcmp(local, "f") == 0;
	r->phonetic += strcmp(local, "rPh") == 0;
	r->in_value = r->phonetic == 0 &&
	    (strcmp(local, "v") == 0 || strcmp(local, "t") == 0);
	return ok;
}

static bool
text(void *ctx, struct slice s, uint64_t offset, struct err *e)
{
	struct xlsx_rows *r = ctx;

	(void)offset;
	(void)e;
	if (r->in_value)
		buf_add_slice(&r->text, s);
	return true;
}

static bool
end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct xlsx_rows *r = ctx;
	const char *local = xml_local(name);

	(void)offset;
	r->in_value = false;
	r->phonetic -= strcmp(local, "rPh") == 0;
	if (strcmp(local, "c") == 0 && r->in_row && r->events->cell != NULL) {
		r->cell.text = buf_slice(&r->text);
		r->cell.full = r->text.full;
		return r->events->cell(r->ctx, &r->cell, e);
	}
	if (strcmp(local, "si") == 0 && r->events->string != NULL)
		return r->events->string(
		    r->ctx, buf_slice(&r->text), r->text.full, e);
	if (strcmp(local, "row") != 0)
		return true;
	r->in_row = false;
	return r->events->end == NULL || r->events->end(r->ctx, e);
}

struct xlsx_rows *
xlsx_rows_new(const struct xlsx_rows_events *events, void *ctx, size_t longest)
{
	static const struct xml_events xml = { start, end, text };
	struct xlsx_rows *r = mem_zalloc(sizeof(*r));

	r->events = events;
	r->ctx = ctx;
	r->text.ceiling = longest;
	r->xml = xml_new(&xml, r, NULL);
	return r;
}

void
xlsx_rows_free(struct xlsx_rows *r)
{
	if (r == NULL)
		return;
	xml_free(r->xml);
	buf_release(&r->text);
	mem_free(r);
}

bool
xlsx_rows_feed(
    struct xlsx_rows *r, const char *bytes, size_t n, bool final, struct err *e)
{
	return xml_feed(r->xml, bytes, n, final, e);
}

uint64_t
xlsx_rows_behind(const struct xlsx_rows *r)
{
	return xml_offset_behind(r->xml);
}
