#include "sources/xlsx_book.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "io/xlsx_rows.h"
#include "io/tree.h"

#define PART_MOST    ((size_t)256 << 20)
#define STRINGS_MOST ((size_t)16 << 20) /* in memory */

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
		if (um.name.n == strlen(name) &&
		    strncasecmp(um.name.p, name, um.name.n) == 0)
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
	struct buf plain;
};

static bool
add_string(void *ctx, struct slice text, bool full, struct err *e)
{
	struct strings *s = ctx;

	if (full)
		return err_data(e, "limit_record",
		    "a shared string is longer than a record may be "
		    "(--max-record raises it)");
	return xlsx_strings_add(
	    s->book->strings, xlsx_unescaped(text, &s->plain), e);
}

static bool
load_strings(struct xlsx_book *b, struct err *why)
{
	static const struct xlsx_rows_events events = { .string = add_string };
	struct strings s = { .book = b };
	const char *type = "/sharedStrings", *block;
	const char *part = xlsx_part(b, NULL, &type);
	struct unpack *u;
	struct xlsx_rows *x;
	ssize_t got = 0;
	bool ok = true;

	b->strings = xlsx_strings_new(STRINGS_MOST, b->m->options->spool_dir);
	u = part == NULL ? NULL : xlsx_open_part(b, part, why);
	if (u == NULL)
		return why->kind == ERR_NONE; /* a book without strings */
	x = xlsx_rows_new(&events, &s, b->m->limits->max_record);
	while (ok && (got = unpack_read(u, &block, why)) > 0)
		ok = xlsx_rows_feed(x, block, (size_t)got, false, why);
	ok = ok && got == 0 && xlsx_rows_feed(x, "", 0, true, why);
	xlsx_rows_free(x);
	unpack_free(u);
	buf_release(&s.plain);
	return ok;
}

/* --- which part is which ------------------------------------------------- */

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), k = strlen(end);

	return n >= k && strcmp(text + n - k, end) == 0;
}

static const char *
related(const struct node *relations, const char *id, const char **type)
{
	const struct node *n = relations == NULL ? NULL : relations->child;

	for (; n != NULL; n = n->next) {
		const char *target = tree_attribute(n, "Target");
		const char *this = tree_attribute(n, "Id");
		const char *kind = tree_attribute(n, "Type");

		if (target == NULL || this == NULL || kind == NULL)
			continue;
		if (id == NULL ? ends_with(kind, *type) : !strcmp(this, id)) {
			*type = kind;
			return target;
		}
	}
	return NULL;
}

const char *
xlsx_part(struct xlsx_book *b, const char *id, const char **type)
{
	const char *target = related(b->relations, id, type);

	if (target == NULL)
		return NULL;
	return target[0] == '/'
	    ? target + 1
	    : arena_printf(b->arena, "%s%s", b->folder, target);
}

/* Nearly always xl/workbook.xml, but the package may say another. */
static bool
load_workbook(struct xlsx_book *b, struct err *why)
{
	const char *type = "/officeDocument", *name = NULL, *base;
	struct node *package = part_tree(b, "_rels/.rels", why);

	if (package == NULL && why->kind != ERR_NONE)
		return false;
	name = related(package, NULL, &type);
	if (name == NULL)
		name = "xl/workbook.xml";
	if (name[0] == '/')
		name++;
	base = strrchr(name, '/');
	base = base == NULL ? name : base + 1;
	b->folder = arena_string(b->arena, name, (size_t)(base - name));
	b->workbook = part_tree(b, name, why);
	if (b->workbook != NULL && tree_is(b->workbook, "workbook"))
		b->relations = part_tree(b,
		    arena_printf(b->arena, "%s_rels/%s.rels", b->folder, base),
		    why);
	if (why->kind != ERR_NONE)
		return false;
	if (b->workbook == NULL || !tree_is(b->workbook, "workbook"))
		return err_data(why, "unknown_format",
		    "an office file that is no spreadsheet");
	return b->relations != NULL ||
	    err_data(why, "broken", "the workbook names no sheets");
}

static bool
load_styles(struct xlsx_book *b, struct err *why)
{
	const char *type = "/styles", *part = xlsx_part(b, NULL, &type);
	struct node *styles = part == NULL ? NULL : part_tree(b, part, why);

	if (styles != NULL)
		b->styles = xlsx_styles(styles, b->arena, &b->nstyles);
	return styles != NULL || why->kind == ERR_NONE;
}

bool
xlsx_load(struct xlsx_book *b, struct err *why)
{
	const char *flag;

	if (!load_workbook(b, why) || !load_styles(b, why))
		return false;
	flag =
	    tree_attribute(tree_child(b->workbook, "workbookPr"), "date1904");
	b->epoch1904 = flag != NULL &&
	    (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
	return load_strings(b, why);
}

void
xlsx_release(struct xlsx_book *b)
{
	kept_free(b->file);
	xlsx_strings_free(b->strings);
	arena_free(b->arena);
}
