/*
 * Spreadsheets (.xlsx): each visible sheet is a table, its first row that is
 * not empty the header.
 *
 * The parts of the file come in any order and the sheets need the strings and
 * styles first, so the file is kept in a temporary one (without a name) and
 * walked once for each.  Sheets are streamed.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "io/xml.h"
#include "sources/docx.h"
#include "sources/format.h"
#include "sources/manifest.h"
#include "sources/xlsx_book.h"
#include "sources/xlsx_sheet.h"

bool
xlsx_is(struct slice head)
{
	static const char *const first[] = { "[Content_Types].xml", "_rels/",
		"xl/", "docProps/", "customXml/" };

	if (head.n < 50 || memcmp(head.p, "PK\3\4", 4) != 0)
		return false;
	head.p += 30;
	head.n -= 30;
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		if (slice_starts(head, first[i]))
			return true;
	return false;
}

static ssize_t
part_block(void *ctx, const char **block, struct err *e)
{
	return unpack_read(ctx, block, e);
}

/* A sheet that is hidden, or no table, has a line of its own all the same. */
static bool
take_sheet(struct xlsx_book *b, const char *name, const char *part,
    const char *skip, struct err *e)
{
	struct member m;
	struct place_of at;
	struct piece nothing = { .bytes = SLICE(""), .placeless = true };
	struct err why = { 0 };
	struct unpack *u = skip == NULL ? xlsx_open_part(b, part, &why) : NULL;
	struct input *in = u == NULL ? NULL : input_new(part_block, u);
	bool ok = true;

	member_place(b->m, &at, name);
	member_begin(
	    &m, b->m->options, b->m->sink, b->m->totals, &at, in, "xlsx");
	if (in != NULL && b->m->sink->manifest != NULL)
		input_hash(in);
	if (skip != NULL) {
		member_skip(&m, &nothing, skip);
	} else if (in == NULL) {
		if (why.kind == ERR_NONE)
			err_data(&why, "broken", "the sheet is not there");
		ok = member_reject(&m, &nothing, &why, e);
	} else {
		ok = xlsx_sheet_read(b, &m, e);
	}
	if (ok || m.enough)
		ok = member_end(&m, e);
	else
		member_release(&m);
	input_free(in);
	unpack_free(u);
	return ok;
}

/* The relation's id, whatever prefix its namespace has. */
static const char *
relation_id(const struct node *sheet)
{
	const char **a = sheet->attributes;

	for (; a != NULL && a[0] != NULL; a += 2)
		if (strchr(a[0], ':') != NULL &&
		    strcmp(xml_local(a[0]), "id") == 0)
			return a[1];
	return NULL;
}

/* The sheets in their order, one at a time; *number from 1. */
static const struct node *
next_sheet(const struct xlsx_book *b, const struct node *n, size_t *number)
{
	const struct node *sheets = tree_child(b->workbook, "sheets");

	n = n == NULL ? (sheets == NULL ? NULL : sheets->child) : n->next;
	while (n != NULL &&
	    (!tree_is(n, "sheet") || tree_attribute(n, "name") == NULL ||
		relation_id(n) == NULL))
		n = n->next;
	++*number;
	return n;
}

/* The number of the sheet that --sheet means: by name, else by number; 0. */
static size_t
sheet_meant(const struct xlsx_book *b, const char *wanted)
{
	unsigned long long by_number = 0;
	size_t number = 0;

	for (const struct node *n = next_sheet(b, NULL, &number); n != NULL;
	     n = next_sheet(b, n, &number))
		if (strcmp(tree_attribute(n, "name"), wanted) == 0)
			return number;
	slice_number(slice_of(wanted), &by_number);
	return by_number < number ? (size_t)by_number : 0;
}

static bool
is_chosen(const struct xlsx_book *b, size_t number)
{
	const char *const *s = b->m->options->sheets;

	for (; *s != NULL; s++)
		if (sheet_meant(b, *s) == number)
			return true;
	return false;
}

/* Why the sheet is passed over; NULL: it is read. */
static const char *
passed_over(const struct xlsx_book *b, const struct node *sheet, size_t number,
    const char *type)
{
	const char *state = tree_attribute(sheet, "state");
	size_t n = type == NULL ? 0 : strlen(type);
	bool hidden = state != NULL && strcmp(state, "visible") != 0;

	if (n < 10 || strcmp(type + n - 10, "/worksheet") != 0)
		return "no_table";
	if (b->m->options->sheets != NULL && is_chosen(b, number))
		return NULL;
	return hidden                       ? "hidden_sheet"
	    : b->m->options->sheets != NULL ? "excluded"
					    : NULL;
}

/* A sheet that is asked for and not there is told, whatever else is. */
static bool
refuse_missing(struct xlsx_book *b, struct err *e)
{
	const char *const *s = b->m->options->sheets;

	for (; s != NULL && *s != NULL; s++) {
		struct piece nothing = { .bytes = SLICE("") };
		struct err why = { 0 };

		if (sheet_meant(b, *s) != 0)
			continue;
		err_data(&why, "no_sheet",
		    "has no sheet '%s' (--inspect shows those it has)", *s);
		if (!member_reject(b->m, &nothing, &why, e))
			return false;
	}
	return true;
}

static bool
take_sheets(struct xlsx_book *b, struct err *e)
{
	size_t number = 0;

	for (const struct node *n = next_sheet(b, NULL, &number); n != NULL;
	     n = next_sheet(b, n, &number)) {
		const char *type = NULL;
		const char *part = xlsx_part(b, relation_id(n), &type);
		const char *skip = passed_over(b, n, number, type);

		if (!take_sheet(b, tree_attribute(n, "name"), part, skip, e))
			return false;
	}
	return refuse_missing(b, e);
}

bool
xlsx_read(struct member *m, struct err *e)
{
	struct xlsx_book b = { .m = m, .arena = arena_new() };
	struct piece nothing = { .bytes = SLICE("") };
	struct err why = { 0 };
	bool ok = xlsx_keep(&b, e);

	if (ok && !input_failed(m->input, NULL)) {
		if (xlsx_load(&b, &why)) {
			ok = take_sheets(&b, e);
		} else if (why.kind == ERR_OUTPUT) {
			*e = why;
			ok = false;
		} else if (docx_is_kept(&b)) {
			m->format = "docx";
			ok = docx_take(&b, e);
		} else {
			ok = member_reject(m, &nothing, &why, e);
		}
		if (ok && m->at < input_bytes(m->input))
			member_skip_to(m, input_bytes(m->input), "container");
	}
	xlsx_release(&b);
	return ok;
}
