#include "terms/import_part.h"

#include "base/mem.h"
#include "io/reader.h"
#include "terms/interchange.h"

#define LARGEST ((size_t)256 << 20)

struct import_item *
import_add(struct import *im, const char *path)
{
	im->items = mem_room(im->items, im->n, &im->room, sizeof(*im->items));
	im->items[im->n] = (struct import_item){ .path = arena_string(im->arena,
						     path, strlen(path)) };
	return &im->items[im->n++];
}

bool
import_fault(struct import *im, const char *path, const char *text)
{
	return table_fault(im->faults, path, 0, im->e, "%s", text);
}

static bool
is_as(const struct import *im, const char *what)
{
	return im->o->as != NULL && strcmp(im->o->as, what) == 0;
}

/* --- what a file is ------------------------------------------------------ */

static bool
has_map(struct import *im, const struct grid *g)
{
	struct columns c;

	for (size_t i = 0; i < g->nsheets; i++)
		if (columns_find(im->systems, &g->sheets[i], im->o->columns,
			HEADER_CODE_FROM, HEADER_CODE_TO, &c))
			return true;
	return false;
}

static bool
import_table(struct import *im, const char *path, struct slice text)
{
	struct err why = { 0 };
	struct grid *g = grid_parse(path, text, &why);
	bool ok;

	if (g == NULL) {
		if (why.kind == ERR_USAGE)
			return table_fault(im->faults, path, 0, im->e, "%s",
			    slice_starts(slice_of(why.text), path)
				? why.text + strlen(path) + 2
				: why.text);
		*im->e = why;
		return false;
	}
	if (is_as(im, "map") ||
	    (!is_as(im, "vocabulary") &&
		((im->o->from != NULL && im->o->to != NULL) || has_map(im, g))))
		ok = import_map(im, g);
	else
		ok = import_vocabulary(im, g);
	grid_free(g);
	return ok;
}

static bool
import_mappings(struct import *im, const char *path, struct slice text)
{
	struct import_item *item = import_add(im, path);
	const struct interchange how = { .systems = im->systems,
		.field = im->o->field };

	item->rows = mem_alloc(sizeof(*item->rows));
	mapping_rows_init(item->rows);
	return interchange_read(
	    &how, item->path, text, item->rows, im->faults, im->e);
}

static bool
import_text(struct import *im, const char *path, struct slice text)
{
	struct slice head = { text.p, text.n < 4096 ? text.n : 4096 };

	if (is_as(im, "units") ||
	    slice_find(head, SLICE("ucum-essence")) != NULL)
		return import_units(im, path, text);
	if (is_as(im, "approved") ||
	    (!is_as(im, "vocabulary") && !is_as(im, "map") &&
		interchange_is(text)))
		return import_mappings(im, path, text);
	return import_table(im, path, text);
}

static bool
read_file(struct import *im, const char *path)
{
	struct buf text = { 0 };
	bool ok = reader_slurp(path, LARGEST, &text, im->e) &&
	    import_text(im, path, buf_slice(&text));

	buf_release(&text);
	return ok;
}

bool
import_run(char *const *files, const struct import_options *o, struct buf *out,
    struct table_faults *faults, struct err *e)
{
	struct import im = { .o = o,
		.arena = arena_new(),
		.faults = faults,
		.e = e,
		.out = out };
	bool ok;

	im.systems = systems_load(o->share, o->folder, faults, e);
	ok = im.systems != NULL;
	for (; ok && *files != NULL; files++)
		ok = read_file(&im, *files) || (e->kind == ERR_USAGE);
	ok = ok && e->kind == ERR_NONE && import_put(&im);
	for (size_t i = 0; i < im.n; i++) {
		draft_free(im.items[i].draft);
		map_draft_free(im.items[i].map);
		if (im.items[i].rows != NULL)
			mapping_rows_release(im.items[i].rows);
		mem_free(im.items[i].rows);
	}
	mem_free(im.items);
	systems_free(im.systems);
	arena_free(im.arena);
	return ok;
}
