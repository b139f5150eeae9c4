/*
 * Small tables, of table.h.  People keep them in spreadsheets, so everything
 * that is wrong with a file is told at once, each with its line.
 */
#include "io/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tokenizer.h"
#include "io/encoding.h"

#define LARGEST      (256 << 20)
#define MOST_COLUMNS 4096

struct table {
	struct arena *arena;
	const char *path;
	const struct column *columns;
	size_t ncolumns;
	long *places; /* of the caller's columns in the file, -1 for none */
	struct slice *header;
	size_t width;
	struct slice *cells; /* rows * width */
	uint64_t *lines;
	size_t rows, cells_room, lines_room;
};

void
table_faults_release(struct table_faults *f)
{
	arena_free(f->arena);
	mem_free(f->list);
	*f = (struct table_faults){ 0 };
}

void
table_faults_say(const struct table_faults *f, void (*say)(const char *))
{
	char line[1024];

	for (size_t i = 0; say != NULL && i < f->n; i++) {
		const struct table_fault *one = &f->list[i];

		if (one->line > 0)
			snprintf(line, sizeof(line), "%s:%llu: %s", one->path,
			    (unsigned long long)one->line, one->text);
		else
			snprintf(
			    line, sizeof(line), "%s: %s", one->path, one->text);
		say(line);
	}
}

static bool
add_fault(struct table_faults *f, const char *path, uint64_t line,
    struct err *e, const char *fmt, va_list args)
{
	char text[400];

	vsnprintf(text, sizeof(text), fmt, args);
	if (e != NULL && e->kind == ERR_NONE) {
		if (line > 0)
			err_set(e, ERR_USAGE, "%s:%llu: %s", path,
			    (unsigned long long)line, text);
		else
			err_set(e, ERR_USAGE, "%s: %s", path, text);
	}
	if (f == NULL)
		return false;
	if (f->arena == NULL)
		f->arena = arena_new();
	f->list = mem_room(f->list, f->n, &f->room, sizeof(*f->list));
	f->list[f->n++] =
	    (struct table_fault){ arena_string(f->arena, path, strlen(path)),
		    line, arena_string(f->arena, text, strlen(text)) };
	return false;
}

bool
table_fault(struct table_faults *f, const char *path, uint64_t line,
    struct err *e, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_fault(f, path, line, e, fmt, args);
	va_end(args);
	return false;
}

bool
table_row_fault(const struct table *t, size_t row, struct table_faults *f,
    struct err *e, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_fault(f, t->path, t->lines[row], e, fmt, args);
	va_end(args);
	return false;
}

/* Whether the cell is the column's name or one of its aliases, folded. */
static bool
is_named(const struct column *c, struct slice cell)
{
	struct slice rest = slice_of(c->aliases), part;

	if (fold_same(cell, slice_of(c->name)))
		return true;
	while (slice_next(&rest, '|', &part))
		if (fold_same(cell, part))
			return true;
	return false;
}

long
table_column(const struct column *columns, struct slice header)
{
	for (long i = 0; columns[i].name != NULL; i++)
		if (is_named(&columns[i], header))
			return i;
	return -1;
}

static const char *
nearest(const struct table *t, struct slice name)
{
	const char **names = mem_alloc((t->ncolumns + 1) * sizeof(*names));
	const char *found;

	for (size_t i = 0; i < t->ncolumns; i++)
		names[i] = t->columns[i].name;
	names[t->ncolumns] = NULL;
	found = slice_suggest(name, names);
	mem_free(names);
	return found;
}

static void
place_column(struct table *t, size_t place, unsigned flags, uint64_t line,
    struct table_faults *faults, struct err *e)
{
	struct slice name = t->header[place];
	const char *near;

	for (size_t i = 0; i < t->ncolumns; i++) {
		if (!is_named(&t->columns[i], name))
			continue;
		if (t->places[i] >= 0)
			table_fault(faults, t->path, line, e,
			    "column '%s' stands twice", t->columns[i].name);
		t->places[i] = (long)place;
		return;
	}
	/* Spreadsheets save empty columns at the right. */
	if ((flags & TABLE_EXTRA) || name.n == 0)
		return;
	near = nearest(t, name);
	if (near != NULL)
		table_fault(faults, t->path, line, e,
		    "unknown column '%.*s' (did you mean '%s'?)", (int)name.n,
		    name.p, near);
	else
		table_fault(faults, t->path, line, e, "unknown column '%.*s'",
		    (int)name.n, name.p);
}

static void
take_header(struct table *t, const struct slice *fields, size_t n,
    unsigned flags, uint64_t line, struct table_faults *faults, struct err *e)
{
	t->width = n;
	t->header = arena_alloc(t->arena, n * sizeof(*t->header));
	for (size_t i = 0; i < n; i++) {
		t->header[i] = arena_slice(t->arena, slice_trim(fields[i]));
		place_column(t, i, flags, line, faults, e);
	}
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (t->places[i] >= 0 ||
		    (t->columns[i].flags & COLUMN_REQUIRED) == 0)
			continue;
		table_fault(faults, t->path, line, e,
		    "column '%s' is missing%s", t->columns[i].name,
		    table_hint(t));
		if (*table_hint(t) != '\0')
			break; /* all of them, and for one reason */
	}
}

const char *
table_hint(const struct table *t)
{
	return t->width == 1 && slice_find(t->header[0], SLICE(";")) != NULL
	    ? ": columns are told apart by ';' here, save it with commas"
	    : "";
}

static bool
is_empty(const struct slice *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_trim(fields[i]).n > 0)
			return false;
	return true;
}

/* The cells of a row stand one behind the other, each with a NUL. */
static void
keep_cells(struct table *t, const struct slice *fields, struct slice *row)
{
	size_t bytes = 0;
	char *p;

	for (size_t i = 0; i < t->width; i++) {
		row[i] = slice_trim(fields[i]);
		bytes += row[i].n + 1;
	}
	p = arena_alloc(t->arena, bytes);
	for (size_t i = 0; i < t->width; i++) {
		memcpy(p, row[i].p, row[i].n);
		p[row[i].n] = '\0';
		row[i].p = p;
		p += row[i].n + 1;
	}
}

static void
take_row(struct table *t, const struct slice *fields, size_t n, uint64_t line,
    struct table_faults *faults, struct err *e)
{
	if (is_empty(fields, n))
		return;
	if (n < t->width ||
	    (n > t->width && !is_empty(fields + t->width, n - t->width))) {
		table_fault(faults, t->path, line, e,
		    "row has %zu fields, header has %zu", n, t->width);
		return;
	}
	while (t->cells_room < (t->rows + 1) * t->width)
		t->cells = mem_room(
		    t->cells, t->cells_room, &t->cells_room, sizeof(*t->cells));
	t->lines =
	    mem_room(t->lines, t->rows, &t->lines_room, sizeof(*t->lines));
	keep_cells(t, fields, t->cells + t->rows * t->width);
	t->lines[t->rows++] = line;
}

static void
take_frame(struct table *t, struct splitter *s, const struct frame *frame,
    unsigned flags, struct table_faults *faults, struct err *e)
{
	const struct slice *fields;
	size_t n;

	if (frame->kind == FRAME_BAD ||
	    !splitter_cut(s, frame->bytes, &fields, &n, NULL)) {
		table_fault(faults, t->path, frame->line, e,
		    "quotes do not pair up in this row (a quote in a cell is "
		    "written twice)");
		return;
	}
	if (t->header != NULL)
		take_row(t, fields, n, frame->line, faults, e);
	else if (n > MOST_COLUMNS)
		table_fault(faults, t->path, frame->line, e,
		    "more than %d columns", MOST_COLUMNS);
	else if (!is_empty(fields, n))
		take_header(t, fields, n, flags, frame->line, faults, e);
}

static struct dialect
choose_dialect(struct slice text)
{
	struct framer *f = framer_new_memory(&dialect_csv, text);
	struct dialect d = dialect_csv;
	struct frame frame;

	do
		framer_next(f, &frame, NULL);
	while (frame.kind == FRAME_BLANK ||
	    (frame.kind == FRAME_RECORD && slice_starts(frame.bytes, "#")));
	if (frame.kind == FRAME_RECORD &&
	    slice_find(frame.bytes, SLICE("\t")) != NULL)
		d = dialect_tsv;
	framer_free(f);
	d.comment = '#';
	return d;
}

/* The widest all-digit width of a column, 0 where its codes vary. */
static size_t
usual_width(const struct table *t, size_t column)
{
	size_t counts[32] = { 0 }, numbers = 0, zeros = 0, best = 0;

	for (size_t row = 0; row < t->rows; row++) {
		struct slice cell = table_cell(t, row, column);
		size_t i = 0;

		while (i < cell.n && cell.p[i] >= '0' && cell.p[i] <= '9')
			i++;
		if (i < cell.n || i == 0 || i >= 32)
			continue;
		numbers++;
		zeros += cell.p[0] == '0';
		if (++counts[i] > counts[best])
			best = i;
	}
	return numbers >= 5 && zeros > 0 && counts[best] * 5 >= numbers * 4
	    ? best
	    : 0;
}

static void
check_column(const struct table *t, size_t column, struct table_faults *faults,
    struct err *e)
{
	const struct column *c = &t->columns[column];
	size_t width = 0;

	if (t->places[column] < 0)
		return;
	if (c->flags & COLUMN_CODE)
		width = usual_width(t, column);
	for (size_t row = 0; row < t->rows; row++) {
		struct slice cell = table_cell(t, row, column);
		const char *damage = NULL;

		if ((c->flags & COLUMN_FILLED) && cell.n == 0)
			table_row_fault(
			    t, row, faults, e, "column '%s' is empty", c->name);
		if (c->flags & COLUMN_CODE)
			damage = table_damage(cell, width);
		if (damage != NULL)
			table_row_fault(t, row, faults, e,
			    "column '%s': '%.*s' %s", c->name, (int)cell.n,
			    cell.p, damage);
	}
}

bool
table_text(const char *path, struct slice *text, struct buf *own,
    struct table_faults *faults, struct err *e)
{
	size_t bom, used;
	const char *name = encoding_detect(*text, &bom);
	struct encoding *x;
	bool ok;

	if (slice_starts(*text, "PK\003\004"))
		return table_fault(faults, path, 0, e,
		    "this is a spreadsheet: save the sheet as CSV in UTF-8");
	if (name == NULL)
		return table_fault(faults, path, 0, e,
		    "text is neither UTF-8 nor GB18030: save it as UTF-8");
	*text = (struct slice){ text->p + bom, text->n - bom };
	if (strcmp(name, "utf-8") == 0 && bom == 0)
		return true;
	if ((x = encoding_open(name, NULL)) == NULL)
		return table_fault(faults, path, 0, e,
		    "encoding %s cannot be read here: save it as UTF-8", name);
	ok = encoding_decode(x, *text, true, own, &used, NULL);
	encoding_close(x);
	*text = buf_slice(own);
	return ok ||
	    table_fault(faults, path, 0, e,
		"text is not whole %s: save it as UTF-8", name);
}

struct table *
table_parse(const char *path, struct slice text, const struct column *columns,
    unsigned flags, struct table_faults *faults, struct err *e)
{
	struct table *t = mem_zalloc(sizeof(*t));
	struct err first = { 0 };
	struct framer *framer = NULL;
	struct splitter *splitter = NULL;
	struct buf own = { 0 };
	struct dialect d;
	struct frame frame;

	t->arena = arena_new();
	t->path = arena_string(t->arena, path, strlen(path));
	t->columns = columns;
	while (columns[t->ncolumns].name != NULL)
		t->ncolumns++;
	t->places =
	    arena_alloc(t->arena, (t->ncolumns + 1) * sizeof(*t->places));
	for (size_t i = 0; i < t->ncolumns; i++)
		t->places[i] = -1;

	if (!table_text(path, &text, &own, faults, &first))
		goto done;
	d = choose_dialect(text);
	framer = framer_new_memory(&d, text);
	splitter = splitter_new(&d);
	while (framer_next(framer, &frame, &first) && frame.kind != FRAME_END)
		if (frame.kind == FRAME_RECORD || frame.kind == FRAME_BAD)
			take_frame(t, splitter, &frame, flags, faults, &first);
	if (t->header == NULL)
		table_fault(faults, path, 0, &first, "table has no header");
	for (size_t i = 0; i < t->ncolumns; i++)
		check_column(t, i, faults, &first);
done:
	framer_free(framer);
	splitter_free(splitter);
	buf_release(&own);
	if (first.kind == ERR_NONE)
		return t;
	if (e != NULL)
		*e = first;
	table_free(t);
	return NULL;
}

/* The whole file, which is a pack's or a table of terms and never large. */
static bool
slurp(const char *path, struct buf *out, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return err_sys(e, ERR_USAGE, "%s", path);
	do {
		char *room = buf_room(out, 64 << 10);

		if (room == NULL) {
			close(fd);
			return err_set(e, ERR_USAGE,
			    "%s: table of more than %d MiB", path,
			    LARGEST >> 20);
		}
		got = read(fd, room, 64 << 10);
		out->n += got > 0 ? (size_t)got : 0;
	} while (got > 0 || (got < 0 && errno == EINTR));
	if (got < 0)
		err_sys(e, ERR_USAGE, "%s", path);
	close(fd);
	return got == 0;
}

struct table *
table_load(const char *path, const struct column *columns, unsigned flags,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { .ceiling = LARGEST };
	struct table *t = NULL;

	if (slurp(path, &text, e))
		t = table_parse(
		    path, buf_slice(&text), columns, flags, faults, e);
	buf_release(&text);
	return t;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	arena_free(t->arena);
	mem_free(t->cells);
	mem_free(t->lines);
	mem_free(t);
}

const char *
table_path(const struct table *t)
{
	return t->path;
}

size_t
table_rows(const struct table *t)
{
	return t->rows;
}

uint64_t
table_line(const struct table *t, size_t row)
{
	return t->lines[row];
}

bool
table_has(const struct table *t, size_t column)
{
	return t->places[column] >= 0;
}

struct slice
table_at(const struct table *t, size_t row, size_t place)
{
	return t->cells[row * t->width + place];
}

struct slice
table_cell(const struct table *t, size_t row, size_t column)
{
	if (t->places[column] < 0)
		return SLICE("");
	return table_at(t, row, (size_t)t->places[column]);
}

size_t
table_width(const struct table *t)
{
	return t->width;
}

struct slice
table_header(const struct table *t, size_t place)
{
	return t->header[place];
}

/* A first cell that begins with # would be a comment. */
void
table_put_row(struct buf *b, const struct slice *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct slice s = cells[i];
		bool quoted = i == 0 && slice_starts(s, "#");

		for (size_t k = 0; k < s.n && !quoted; k++)
			quoted = strchr(",\"\r\n", s.p[k]) != NULL;
		if (i > 0)
			buf_addc(b, ',');
		if (!quoted) {
			buf_add_slice(b, s);
			continue;
		}
		buf_addc(b, '"');
		for (size_t k = 0; k < s.n; k++) {
			if (s.p[k] == '"')
				buf_addc(b, '"');
			buf_addc(b, s.p[k]);
		}
		buf_addc(b, '"');
	}
	buf_addc(b, '\n');
}
