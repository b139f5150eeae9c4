/*
 * Documents of a word processor (.docx): one record a file, {"text":"..."},
 * the body and behind it foot- and endnotes.  Headers, footers and comments
 * are left out, which the manifest notes.
 *
 * Its parts come in any order, so the file is kept in a temporary one as a
 * spreadsheet is (xlsx_book.c).
 */
#include "sources/docx.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "io/xml.h"
#include "json/write.h"
#include "sources/docx_text.h"
#include "sources/format.h"

/* An office file whose beginning names a part of a document. */
bool
docx_is(struct slice head)
{
	static const char mark[] = "PK\3\4";
	const char *p = head.p, *end = head.p + head.n;

	if (!xlsx_is(head))
		return false;
	while ((p = slice_find(slice_span(p, end), slice_of(mark))) != NULL) {
		if (end - p > 35 && memcmp(p + 30, "word/", 5) == 0)
			return true;
		p += 4;
	}
	return false;
}

/* --- parts --------------------------------------------------------------- */

/* Appends the text of a part; one that is not there is empty. */
static bool
add_part(struct xlsx_book *b, const char *name, struct docx_text *to,
    bool *there, struct err *why)
{
	struct unpack *u = xlsx_open_part(b, name, why);
	const char *block;
	ssize_t got = 0;
	bool ok = true;

	*there = u != NULL;
	if (u == NULL)
		return why->kind == ERR_NONE;
	while (ok && (got = unpack_read(u, &block, why)) > 0)
		ok = docx_text_feed(to, block, (size_t)got, false, why);
	ok = ok && got == 0 && docx_text_feed(to, "", 0, true, why);
	unpack_free(u);
	return ok;
}

struct relations {
	struct arena *arena;
	const char *document;
};

static bool
relation(void *ctx, const char *name, const char *const *attr, uint64_t offset,
    struct err *e)
{
	struct relations *r = ctx;
	const char *type = xml_attribute(attr, "Type");
	const char *target = xml_attribute(attr, "Target");
	static const char kind[] = "/officeDocument";
	size_t n = type == NULL ? 0 : strlen(type);

	(void)name;
	(void)offset;
	(void)e;
	if (target != NULL && n > sizeof(kind) - 1 &&
	    strcmp(type + n - (sizeof(kind) - 1), kind) == 0) {
		target += target[0] == '/';
		r->document = arena_string(r->arena, target, strlen(target));
	}
	return true;
}

/* The part that the package names as its document: usually this one. */
static const char *
document_part(struct xlsx_book *b)
{
	static const struct xml_events events = { .start = relation };
	struct relations r = { b->arena, "word/document.xml" };
	struct err ignored = { 0 };
	struct unpack *u = xlsx_open_part(b, "_rels/.rels", &ignored);
	struct xml *x;
	const char *block;
	ssize_t got;

	if (u == NULL)
		return r.document;
	x = xml_new(&events, &r, NULL);
	while ((got = unpack_read(u, &block, &ignored)) > 0)
		if (!xml_feed(x, block, (size_t)got, false, &ignored))
			break;
	xml_free(x);
	unpack_free(u);
	return r.document;
}

bool
docx_is_kept(struct xlsx_book *b)
{
	struct err ignored = { 0 };
	const char *part = document_part(b);
	struct unpack *u = strncmp(part, "word/", 5) == 0
	    ? xlsx_open_part(b, part, &ignored)
	    : NULL;

	unpack_free(u);
	return u != NULL;
}

/* What a reader of the page sees and this record does not hold. */
static void
note_left_out(struct xlsx_book *b)
{
	static const struct {
		const char *part, *what;
	} parts[] = { { "word/header1.xml", "headers" },
		{ "word/footer1.xml", "footers" },
		{ "word/comments.xml", "comments" } };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct err ignored = { 0 };
		struct unpack *u = xlsx_open_part(b, parts[i].part, &ignored);

		if (u != NULL)
			member_note(b->m, "left_out: %s", parts[i].what);
		unpack_free(u);
	}
}

/* --- the record ---------------------------------------------------------- */

static bool
read_text(struct xlsx_book *b, struct buf *text, struct err *why)
{
	struct docx_text *to = docx_text_new(text);
	bool there, ok = add_part(b, document_part(b), to, &there, why);

	if (ok && !there)
		ok = err_data(why, "broken", "the document is not there");
	if (ok && !docx_text_has_document(to))
		ok = err_data(why, "unknown_format",
		    "an office file that is no text (--format xlsx reads a "
		    "spreadsheet)");
	ok = ok && add_part(b, "word/footnotes.xml", to, &there, why) &&
	    add_part(b, "word/endnotes.xml", to, &there, why);
	docx_text_free(to);
	return ok;
}

bool
docx_take(struct xlsx_book *b, struct err *e)
{
	struct member *m = b->m;
	struct buf text = { .ceiling = m->limits->max_record };
	struct buf record = { 0 };
	struct piece p = { .to = input_bytes(m->input),
		.next = input_bytes(m->input),
		.placeless = true,
		.bytes = SLICE("") };
	struct err why = { 0 };
	bool ok;

	member_names(m);
	if (read_text(b, &text, &why)) {
		buf_adds(&record, "{\"text\":");
		json_put_string(&record, buf_slice(&text));
		p.bytes = buf_slice(&record);
		buf_add_slice(member_open(m), p.bytes);
		note_left_out(b);
		ok = member_record(m, &p, e);
	} else {
		ok = member_reject(m, &p, &why, e);
	}
	buf_release(&text);
	buf_release(&record);
	return ok;
}

bool
docx_read(struct member *m, struct err *e)
{
	struct xlsx_book b = { .m = m, .arena = arena_new() };
	bool ok = xlsx_keep(&b, e);

	if (ok && !input_failed(m->input, NULL))
		ok = docx_take(&b, e);
	xlsx_release(&b);
	return ok;
}
