#include "sources/xlsx_book.h"

#include <string.h>

#include "base/mem.h"
#include "io/xml.h"
#include "sources/tree.h"

#define PART_MOST ((size_t)256 << 20)

/* --- the temporary file -------------------------------------------------- */

bool
xlsx_keep(struct xlsx_book *b, struct err *e)
{
	b->file = kept_take(b->m->input, b->m->options->spool_dir, e);
	return b->file != NULL;
}

static struct unpack *
open_file(struct xlsx_book *b, struct err *why)
{
	struct unpack_limits limits = { .ratio = b->m->options->max_ratio,
		.member = b->m->options->max_member,
		.total = b->m->options->max_total };

	return kept_unpack(b->file, &limits, why);
}

/* The archive at the part of this name, or NULL (why is empty: no such). */
struct unpack *
xlsx_open_part(struct xlsx_book *b, const char *name, struct err *why)
{
	struct unpack *u = open_file(b, why);
	struct unpack_member um;

	while (u != NULL && unpack_next(u, &um, why) == 1)
		if (slice_is(um.name, name))
			return u;
	unpack_free(u);
	return NULL;
}

static bool
part_text(
    struct xlsx_book *b, const char *name, struct buf *text, struct err *why)
{
	struct unpack *u = xlsx_open_part(b, name, why);
	const char *block;
	ssize_t got;

	if (u == NULL)
		return false;
	text->ceiling = PART_MOST;
	while ((got = unpack_read(u, &block, why)) > 0)
		buf_add(text, block, (size_t)got);
	unpack_free(u);
	if (text->full)
		return err_data(why, "limit_member",
		    "part '%s' is larger than 256 MiB", name);
	return got == 0;
}

static struct node *
part_tree(struct xlsx_book *b, const char *name, struct err *why)
{
	struct buf text = { 0 };
	struct node *n = NULL;

	if (part_text(b, name, &text, why))
		n = tree_parse(buf_slice(&text), NULL, b->arena, why);
	buf_release(&text);
	return n;
}

/* --- shared strings ------------------------------------------------------ */

struct strings {
	struct xlsx_book *book;
	struct buf text;
	bool in_text;
	unsigned phonetic;
};

static bool
strings_start(void *ctx, const char *name, const char *const *attr,
    uint64_t offset, struct err *e)
{
	struct strings *s = ctx;
	const char *local = xml_local(name);

	(void)attr;
	(void)offset;
	(void)e;
	if (strcmp(local, "si") == 0)
		buf_reset(&s->text);
	s->phonetic += strcmp(local, "rPh") == 0;
	s->in_text = strcmp(local, "t") == 0 && s->phonetic == 0;
	return true;
}

static bool
strings_end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct strings *s = ctx;
	struct xlsx_book *b = s->book;
	const char *local = xml_local(name);

	(void)offset;
	(void)e;
	s->in_text = false;
	s->phonetic -= strcmp(local, "rPh") == 0;
	if (strcmp(local, "si") != 0)
		return true;
	b->strings = mem_room(
	    b->strings, b->nstrings, &b->strings_room, sizeof(*b->strings));
	b->strings[b->nstrings++] = arena_slice(b->arena, buf_slice(&s->text));
	return true;
}

static bool
strings_text(void *ctx, struct slice text, uint64_t offset, struct err *e)
{
	struct strings *s = ctx;

	(void)offset;
	(void)e;
	if (s->in_text)
		buf_add_slice(&s->text, text);
	return true;
}

static bool
load_strings(struct xlsx_book *b, struct err *why)
{
	static const struct xml_events events = { strings_start, strings_end,
		strings_text };
	struct strings s = { .book = b };
	struct unpack *u = xlsx_open_part(b, "xl/sharedStrings.xml", why);
	struct xml *x;
	const char *block;
	ssize_t got = 0;
	uint64_t all = 0;
	bool ok = true;

	if (u == NULL)
		return why->kind == ERR_NONE; /* a book without strings */
	x = xml_new(&events, &s, NULL);
	while (ok && (got = unpack_read(u, &block, why)) > 0) {
		all += (uint64_t)got;
		ok = all <= PART_MOST
		    ? xml_feed(x, block, (size_t)got, false, why)
		    : err_data(why, "limit_member",
			  "shared strings of more than 256 MiB");
	}
	ok = ok && got == 0 && xml_feed(x, "", 0, true, why);
	xml_free(x);
	unpack_free(u);
	buf_release(&s.text);
	return ok;
}

bool
xlsx_load(struct xlsx_book *b, struct err *why)
{
	const struct node *properties;
	struct node *styles;
	const char *flag;

	b->workbook = part_tree(b, "xl/workbook.xml", why);
	if (b->workbook == NULL)
		return why->kind != ERR_NONE
		    ? false
		    : err_data(why, "unknown_format",
			  "an office file that is no spreadsheet");
	b->relations = part_tree(b, "xl/_rels/workbook.xml.rels", why);
	if (b->relations == NULL)
		return why->kind != ERR_NONE
		    ? false
		    : err_data(why, "broken", "the workbook names no sheets");
	styles = part_tree(b, "xl/styles.xml", why);
	if (styles == NULL && why->kind != ERR_NONE)
		return false;
	if (styles != NULL)
		b->styles = xlsx_styles(styles, b->arena, &b->nstyles);
	properties = tree_child(b->workbook, "workbookPr");
	flag = tree_attribute(properties, "date1904");
	b->epoch1904 = flag != NULL &&
	    (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
	return load_strings(b, why);
}

void
xlsx_release(struct xlsx_book *b)
{
	kept_free(b->file);
	mem_free(b->strings);
	arena_free(b->arena);
}
