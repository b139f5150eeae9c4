/*
 * The spreadsheet half of grid: the parts of the package in memory, one walk
 * over the archive for each.
 */
#include "io/grid.h"

#include <strings.h>

#include "base/mem.h"
#include "io/archive.h"
#include "io/tree.h"
#include "io/xlsx_cell.h"
#include "io/xlsx_rows.h"
#include "io/xml.h"

#define LARGEST_PART ((size_t)256 << 20)
#define LONGEST_CELL ((size_t)1 << 20)

struct book {
	struct grid *grid;
	struct slice file;
	struct node *workbook, *relations;
	const char *folder; /* of the workbook's part, "xl/" */
	enum xlsx_style *styles;
	size_t nstyles;
	bool epoch1904;
	struct slice *strings;
	size_t nstrings, room;
	/* while a sheet is read */
	struct grid_sheet *sheet;
	struct grid_row row;
	size_t cells; /* of all sheets */
	struct buf plain;
};

/* Feeds a part to take; *there: whether the package has it. */
static bool
each_block(struct book *b, const char *name,
    bool (*take)(void *, const char *, size_t, struct err *), void *ctx,
    bool *there, struct err *e)
{
	const struct unpack_limits limits = { .member = LARGEST_PART,
		.total = 4 * (uint64_t)LARGEST_PART };
	struct unpack *u = unpack_open_memory(b->file, &limits, e);
	struct unpack_member m;
	const char *block;
	ssize_t got = 0;
	int more = 0;

	*there = false;
	if (u == NULL)
		return false;
	while (!*there && (more = unpack_next(u, &m, e)) == 1)
		*there = m.name.n == strlen(name) &&
		    strncasecmp(m.name.p, name, m.name.n) == 0;
	while (*there && (got = unpack_read(u, &block, e)) > 0)
		if (!take(ctx, block, (size_t)got, e)) {
			got = -1;
			break;
		}
	unpack_free(u);
	return more >= 0 && got >= 0;
}

static bool
add_bytes(void *ctx, const char *bytes, size_t n, struct err *e)
{
	(void)e;
	buf_add(ctx, bytes, n);
	return true;
}

/* NULL without *e: the package has no such part. */
static struct node *
part_tree(struct book *b, const char *name, struct err *e)
{
	struct buf text = { 0 };
	struct node *n = NULL;
	bool there;

	if (each_block(b, name, add_bytes, &text, &there, e) && there)
		n = tree_parse(buf_slice(&text), NULL, b->grid->arena, e);
	buf_release(&text);
	return n;
}

static bool
feed_rows(void *ctx, const char *bytes, size_t n, struct err *e)
{
	return xlsx_rows_feed(ctx, bytes, n, false, e);
}

static bool
read_rows(struct book *b, const char *part,
    const struct xlsx_rows_events *events, struct err *e)
{
	struct xlsx_rows *rows = xlsx_rows_new(events, b, LONGEST_CELL);
	bool there;
	bool ok = each_block(b, part, feed_rows, rows, &there, e) &&
	    (!there || xlsx_rows_feed(rows, "", 0, true, e));

	xlsx_rows_free(rows);
	return ok;
}

/* The target of the relation with this id, or with an ending of its type. */
static const char *
related(const struct node *relations, const char *id, const char *ending)
{
	const struct node *n = relations == NULL ? NULL : relations->child;

	for (; n != NULL; n = n->next) {
		const char *target = tree_attribute(n, "Target");
		const char *own = tree_attribute(n, "Id");
		const char *type = tree_attribute(n, "Type");
		size_t k = ending == NULL ? 0 : strlen(ending);

		if (target == NULL || own == NULL || type == NULL)
			continue;
		if (id != NULL ? strcmp(id, own) == 0
			       : strlen(type) >= k &&
			    strcmp(type + strlen(type) - k, ending) == 0)
			return target;
	}
	return NULL;
}

static const char *
part_name(struct book *b, const char *target)
{
	if (target == NULL)
		return NULL;
	return target[0] == '/'
	    ? target + 1
	    : arena_printf(b->grid->arena, "%s%s", b->folder, target);
}

static bool
add_string(void *ctx, struct slice text, bool full, struct err *e)
{
	struct book *b = ctx;

	if (full)
		return err_set(e, ERR_USAGE, "%s: a cell of more than 1 MiB",
		    b->grid->path);
	b->strings =
	    mem_room(b->strings, b->nstrings, &b->room, sizeof(*b->strings));
	b->strings[b->nstrings++] =
	    arena_slice(b->grid->arena, xlsx_unescaped(text, &b->plain));
	return true;
}

static bool
start_row(void *ctx, uint64_t number, uint64_t offset, struct err *e)
{
	struct book *b = ctx;

	(void)offset;
	(void)e;
	b->row = (struct grid_row){ .line = number };
	return true;
}

static enum grid_kind
read_cell(struct book *b, const struct xlsx_raw_cell *c, struct slice *text)
{
	enum xlsx_style style =
	    c->style < b->nstyles ? b->styles[c->style] : STYLE_PLAIN;
	unsigned long long n;
	struct buf iso = { 0 };

	*text = SLICE("");
	if (strcmp(c->type, "s") == 0) {
		if (slice_number(slice_trim(c->text), &n) && n < b->nstrings)
			*text = b->strings[n];
		return GRID_TEXT;
	}
	*text = arena_slice(b->grid->arena, xlsx_unescaped(c->text, &b->plain));
	if (strcmp(c->type, "b") == 0) {
		*text = slice_is(*text, "1") ? SLICE("TRUE") : SLICE("FALSE");
		return GRID_BOOL;
	}
	if (strcmp(c->type, "e") == 0)
		return GRID_ERROR;
	if (strcmp(c->type, "d") == 0)
		return GRID_DATE;
	if (strcmp(c->type, "n") != 0)
		return GRID_TEXT;
	if (text->n == 0)
		return c->formula ? GRID_UNCOMPUTED : GRID_TEXT;
	if (style == STYLE_PLAIN ||
	    !xlsx_date(*text, style, b->epoch1904, &iso))
		return GRID_NUMBER;
	*text = arena_slice(b->grid->arena, buf_slice(&iso));
	buf_release(&iso);
	return GRID_DATE;
}

static bool
add_cell(void *ctx, const struct xlsx_raw_cell *c, struct err *e)
{
	struct book *b = ctx;
	struct slice text;
	enum grid_kind kind;

	if (c->full)
		return err_set(e, ERR_USAGE, "%s: a cell of more than 1 MiB",
		    b->grid->path);
	kind = read_cell(b, c, &text);
	if (text.n == 0 && kind == GRID_TEXT)
		return true;
	return grid_set(
	    b->grid, &b->row, c->column - 1, text, kind, &b->cells, e);
}

static bool
end_row(void *ctx, struct err *e)
{
	struct book *b = ctx;

	(void)e;
	grid_add_row(b->sheet, &b->row);
	return true;
}

static bool
load_book(struct book *b, struct err *e)
{
	static const struct xlsx_rows_events strings = { .string = add_string };
	struct arena *a = b->grid->arena;
	const char *name = NULL, *base, *part, *flag;
	struct node *package = part_tree(b, "_rels/.rels", e), *styles = NULL;

	if (package != NULL)
		name = related(package, NULL, "/officeDocument");
	name = name == NULL ? "xl/workbook.xml" : name + (name[0] == '/');
	base = strrchr(name, '/');
	base = base == NULL ? name : base + 1;
	b->folder = arena_string(a, name, (size_t)(base - name));
	b->workbook = e->kind != ERR_NONE ? NULL : part_tree(b, name, e);
	if (b->workbook == NULL || !tree_is(b->workbook, "workbook"))
		return e->kind != ERR_NONE
		    ? false
		    : err_set(e, ERR_USAGE,
			  "%s: no spreadsheet that is read here: save it as "
			  ".xlsx",
			  b->grid->path);
	b->relations = part_tree(
	    b, arena_printf(a, "%s_rels/%s.rels", b->folder, base), e);
	if (e->kind != ERR_NONE)
		return false;
	part = part_name(b, related(b->relations, NULL, "/styles"));
	if (part != NULL)
		styles = part_tree(b, part, e);
	if (styles != NULL)
		b->styles = xlsx_styles(styles, a, &b->nstyles);
	flag =
	    tree_attribute(tree_child(b->workbook, "workbookPr"), "date1904");
	b->epoch1904 = flag != NULL &&
	    (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
	part = part_name(b, related(b->relations, NULL, "/sharedStrings"));
	return e->kind == ERR_NONE &&
	    (part == NULL || read_rows(b, part, &strings, e));
}

/* The relation's id, whatever prefix its namespace has. */
static const char *
relation_id(const struct node *sheet)
{
	for (const char **a = sheet->attributes; a != NULL && a[0] != NULL;
	     a += 2)
		if (strchr(a[0], ':') != NULL &&
		    strcmp(xml_local(a[0]), "id") == 0)
			return a[1];
	return NULL;
}

static bool
read_sheets(struct book *b, struct err *e)
{
	static const struct xlsx_rows_events events = {
		.row = start_row, .cell = add_cell, .end = end_row
	};
	const struct node *n = tree_child(b->workbook, "sheets");

	for (n = n == NULL ? NULL : n->child; n != NULL; n = n->next) {
		const char *name = tree_attribute(n, "name");
		const char *state = tree_attribute(n, "state");
		const char *part =
		    part_name(b, related(b->relations, relation_id(n), "/"));

		if (!tree_is(n, "sheet") || name == NULL || part == NULL ||
		    (state != NULL && strcmp(state, "visible") != 0))
			continue;
		b->sheet = grid_add_sheet(b->grid, name);
		if (!read_rows(b, part, &events, e))
			return false;
	}
	return true;
}

bool
grid_read_xlsx(struct grid *g, struct slice file, struct err *e)
{
	struct book b = { .grid = g, .file = file };
	bool ok = load_book(&b, e) && read_sheets(&b, e);

	if (!ok && e->kind == ERR_DATA) {
		e->kind = ERR_INPUT;
		err_wrap(e, "%s", g->path);
	}
	mem_free(b.strings);
	buf_release(&b.plain);
	return ok;
}
