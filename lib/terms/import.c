#include "terms/import_part.h"

#include <dirent.h>

#include "base/mem.h"
#include "io/reader.h"
#include "json/write.h"
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

/* --- vocabularies -------------------------------------------------------- */

/* "2.0" of a title; a date such as 2024.01.15 has more digits or points. */
static struct slice
version_in(struct slice s, size_t *at)
{
	for (size_t i = *at; i < s.n; i++) {
		size_t from = i, points = 0;

		if (s.p[i] < '0' || s.p[i] > '9')
			continue;
		while (i < s.n &&
		    ((s.p[i] >= '0' && s.p[i] <= '9') ||
			(s.p[i] == '.' && i + 1 < s.n && s.p[i + 1] >= '0' &&
			    s.p[i + 1] <= '9')))
			points += s.p[i++] == '.';
		*at = i;
		if (points == 1 &&
		    s.p[from + 1 + (s.p[from + 1] != '.')] == '.')
			return (struct slice){ s.p + from, i - from };
	}
	return SLICE("");
}

/* Adds what a title says; false where titles say different versions. */
static bool
add_title(const struct systems *s, struct slice title, uint64_t *of,
    struct slice *version)
{
	struct slice found;
	size_t at = 0;

	*of &= systems_titled(s, title);
	while ((found = version_in(title, &at)).n > 0) {
		if (version->n > 0 && !slice_eq(*version, found))
			return false;
		*version = found;
	}
	return true;
}

/* The highest of the release numbers that rows of LOINC carry. */
static struct slice
highest(const struct grid_sheet *sheet, const struct columns *c)
{
	struct slice best = SLICE("");

	for (size_t i = c->row + 1; i < sheet->nrows; i++) {
		struct slice s =
		    columns_text(c, &sheet->rows[i], HEADER_VERSION);

		if (s.n > best.n || (s.n == best.n && slice_cmp(s, best) > 0))
			best = s;
	}
	return best;
}

struct told {
	struct slice system, version;
	bool assumed;
};

/* Which list a sheet is of: by the user, the headers and the titles. */
static bool
tell(struct import *im, const struct grid *g, const struct grid_sheet *sheet,
    const struct columns *c, struct told *t)
{
	const char *base = strrchr(g->path, '/');
	struct slice file = slice_of(base == NULL ? g->path : base + 1);
	struct slice version = SLICE(""), titled = SLICE("");
	const struct system *system = NULL;
	uint64_t of = c->of;
	size_t several = 0;
	bool agree = true;

	for (size_t i = 0; i < c->row; i++)
		for (size_t k = 0; k < sheet->rows[i].n; k++)
			agree =
			    add_title(im->systems, sheet->rows[i].cells[k].text,
				&of, &titled) &&
			    agree;
	if (sheet->name != NULL)
		agree = add_title(
			    im->systems, slice_of(sheet->name), &of, &titled) &&
		    agree;
	for (size_t i = file.n; i-- > 1;)
		if (file.p[i] == '.') {
			file.n = i;
			break;
		}
	agree = add_title(im->systems, file, &of, &titled) && agree;
	version = titled.n > 0 ? titled : highest(sheet, c);
	for (size_t i = 0; i < systems_count(im->systems); i++)
		if (of >> i & 1) {
			system = systems_at(im->systems, i);
			several++;
		}
	t->system = im->o->system != NULL ? slice_of(im->o->system)
	    : several == 1                ? system->name
					  : SLICE("");
	if (t->system.n == 0)
		return draft_fault(g, sheet, &sheet->rows[c->row], 0,
		    im->faults, im->e,
		    several == 0
			? "the headers and the titles are of different "
			  "systems: say which it is (--system)"
			: "the headers are of several systems: say which it "
			  "is (--system)");
	system = systems_find(im->systems, t->system);
	t->assumed = version.n == 0;
	t->version = im->o->version != NULL ? slice_of(im->o->version)
	    : !agree                        ? SLICE("")
	    : version.n > 0                 ? version
	    : system != NULL                ? system->edition
					    : SLICE("");
	t->assumed = t->assumed && im->o->version == NULL;
	return t->version.n > 0 ||
	    draft_fault(g, sheet, &sheet->rows[c->row], 0, im->faults, im->e,
		"the file does not say which version it is (--version)");
}

/* The draft of the list among those of this file. */
static struct draft *
draft_of(struct import *im, const struct grid *g, const struct told *t)
{
	const struct system *s = systems_find(im->systems, t->system);
	struct import_item *item;

	for (size_t i = 0; i < im->n; i++)
		if (im->items[i].draft != NULL &&
		    strcmp(im->items[i].path, g->path) == 0 &&
		    slice_eq(im->items[i].draft->system, t->system) &&
		    slice_eq(im->items[i].draft->version, t->version))
			return im->items[i].draft;
	item = import_add(im, g->path);
	item->draft = draft_new(t->system, t->version);
	item->draft->pattern = s == NULL ? NULL : s->codes;
	item->draft->assumed = t->assumed;
	return item->draft;
}

static bool
import_vocabulary(struct import *im, const struct grid *g)
{
	bool found = false, ok = true;

	for (size_t i = 0; i < g->nsheets; i++) {
		const struct grid_sheet *sheet = &g->sheets[i];
		struct columns c;
		struct told t = { 0 };

		if ((im->o->sheet != NULL && sheet->name != NULL &&
			strcmp(sheet->name, im->o->sheet) != 0) ||
		    !columns_find(im->systems, sheet, im->o->columns,
			HEADER_CODE, HEADER_NAME, &c))
			continue;
		found = true;
		if (!tell(im, g, sheet, &c, &t)) {
			ok = false;
			continue;
		}
		ok = draft_read(draft_of(im, g, &t), g, sheet, &c, im->faults,
			 im->e) &&
		    ok;
	}
	return found
	    ? ok
	    : import_fault(im, g->path,
		  "no row of headers in the first 20 rows: name the columns "
		  "(--columns code=HEADER,name=HEADER)");
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

/* --- into the folder ----------------------------------------------------- */

static void
put_member(struct buf *b, const char *name, struct slice s)
{
	json_put_key(b, name);
	json_put_string(b, s);
}

static void
put_count(struct buf *b, const char *name, size_t n)
{
	json_put_key(b, name);
	json_put_uint(b, n);
}

static void
open_line(struct buf *b, const char *path)
{
	buf_addc(b, '{');
	put_member(b, "file", slice_of(path));
}

/* The newest version of the system that is in the folder; n 0: none. */
static struct slice
newest_version(struct import *im, struct slice system)
{
	DIR *folder = opendir(im->o->folder);
	struct slice best = SLICE("");
	const struct dirent *f;

	while (folder != NULL && (f = readdir(folder)) != NULL) {
		struct slice name = slice_of(f->d_name), version;

		if (name.n < system.n + 6 ||
		    memcmp(name.p, system.p, system.n) != 0 ||
		    name.p[system.n] != '@' ||
		    memchr(name.p, '+', name.n) != NULL ||
		    memcmp(name.p + name.n - 4, ".csv", 4) != 0)
			continue;
		version =
		    slice_span(name.p + system.n + 1, name.p + name.n - 4);
		if (best.n == 0 || import_is_older(best, version))
			best = arena_slice(im->arena, version);
	}
	if (folder != NULL)
		closedir(folder);
	return best;
}

static struct vocabulary *
read_list(struct import *im, struct slice system, struct slice version)
{
	struct vocabulary_source from = { .path = arena_printf(im->arena,
					      "%s/%.*s@%.*s.csv", im->o->folder,
					      (int)system.n, system.p,
					      (int)version.n, version.p) };
	struct err ignored = { 0 };
	struct buf text = { 0 };
	struct vocabulary *v = NULL;

	if (reader_slurp(from.path, LARGEST, &text, &ignored)) {
		from.text = buf_slice(&text);
		v = vocabulary_load(&from, NULL, &ignored);
	}
	buf_release(&text);
	return v;
}

/* The list in this version, or else in the newest one that is there. */
static struct vocabulary *
list_before(struct import *im, const struct draft *d, bool *same)
{
	struct vocabulary *old = read_list(im, d->system, d->version);
	struct slice newest;

	*same = old != NULL;
	if (old != NULL)
		return old;
	newest = newest_version(im, d->system);
	return newest.n == 0 ? NULL : read_list(im, d->system, newest);
}

/* A system that no table knows is the hospital's own. */
static bool
keep_system(struct import *im, const struct draft *d)
{
	struct buf text = { 0 };
	struct err none = { 0 };
	const char *path =
	    arena_printf(im->arena, "%s/systems.csv", im->o->folder);
	bool ok;

	if (systems_find(im->systems, d->system) != NULL)
		return true;
	if (im->o->field == NULL)
		return table_fault(im->faults, im->items[0].path, 0, im->e,
		    "system '%.*s' is not known: say which field it is of "
		    "(--field diagnosis)",
		    (int)d->system.n, d->system.p);
	if (!reader_slurp(path, LARGEST, &text, &none))
		buf_adds(&text, "system,title,field,uri,code_pattern,note\n");
	if (text.n > 0 && text.p[text.n - 1] != '\n')
		buf_addc(&text, '\n');
	buf_addf(&text, "%.*s,,%s,,,\n", (int)d->system.n, d->system.p,
	    im->o->field);
	ok = together_put(im->together, "systems.csv", buf_slice(&text), im->e);
	buf_release(&text);
	return ok;
}

/* A part of a file's name, which comes from the user or from a file. */
static bool
is_plain_name(struct slice s)
{
	if (s.n == 0 || s.n > 64 || s.p[0] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (strchr("/@+\\", s.p[i]) != NULL ||
		    (unsigned char)s.p[i] < 0x21)
			return false;
	return true;
}

static bool
put_draft(struct import *im, const struct import_item *item)
{
	const struct draft *d = item->draft;
	struct draft_change change;
	struct buf text = { 0 };
	size_t stale = 0;
	bool same, ok;
	struct vocabulary *old;

	if (!is_plain_name(d->system) || !is_plain_name(d->version))
		return import_fault(im, item->path,
		    "a system or version with signs that no file's name has");
	old = list_before(im, d, &same);
	draft_compare(d, old, &change);
	vocabulary_free(old);
	if (d->assumed && same && change.vanished > 0)
		return import_fault(im, item->path,
		    "another list of this system and version is there, and "
		    "the file does not say its version (--version)");
	draft_text(d, &text);
	ok = keep_system(im, d) &&
	    together_put(im->together,
		arena_printf(im->arena, "%.*s@%.*s.csv", (int)d->system.n,
		    d->system.p, (int)d->version.n, d->version.p),
		buf_slice(&text), im->e) &&
	    import_mark_stale(im, d, &stale);
	buf_release(&text);
	if (!ok)
		return false;
	open_line(im->out, item->path);
	put_member(im->out, "system", d->system);
	put_member(im->out, "version", d->version);
	put_count(im->out, "codes", change.codes);
	put_count(im->out, "added", change.added);
	put_count(im->out, "changed", change.changed);
	put_count(im->out, "vanished", change.vanished);
	put_count(im->out, "names_twice", change.names_twice);
	put_count(im->out, "parents", d->nparents);
	put_count(im->out, "blanks", d->blanks);
	put_count(im->out, "repeated", d->repeated);
	put_count(im->out, "invalid_target", stale);
	buf_adds(im->out, "}\n");
	return true;
}

static bool
put_map(struct import *im, const struct import_item *item)
{
	const struct map_draft *m = item->map;
	const char *name = arena_printf(im->arena, "%.*s+%.*s.csv",
	    (int)m->from.n, m->from.p, (int)m->to.n, m->to.p);
	struct codemap *proved =
	    codemap_parse(name, buf_slice(&m->text), im->faults, im->e);

	if (proved == NULL)
		return false;
	codemap_free(proved);
	if (!together_put(im->together, name, buf_slice(&m->text), im->e))
		return false;
	open_line(im->out, item->path);
	put_member(im->out, "from", m->from);
	put_member(im->out, "to", m->to);
	put_count(im->out, "pairs", m->pairs);
	put_count(im->out, "blanks", m->blanks);
	put_count(im->out, "repeated", m->repeated);
	buf_adds(im->out, "}\n");
	return true;
}

static bool
put_units(struct import *im, const struct import_item *item)
{
	if (!together_put(im->together, item->name, item->text, im->e))
		return false;
	open_line(im->out, item->path);
	put_member(im->out, "table", slice_of(item->name));
	put_count(im->out, "units", item->count);
	buf_adds(im->out, "}\n");
	return true;
}

static bool
put_rows(struct import *im, const struct import_item *item)
{
	size_t added = 0;

	if (!import_merge_rows(im, item->rows, &added))
		return false;
	open_line(im->out, item->path);
	put_count(im->out, "mappings", item->rows->n);
	put_count(im->out, "added", added);
	buf_adds(im->out, "}\n");
	return true;
}

static bool
put_all(struct import *im)
{
	bool ok = true;

	im->together = together_begin(im->o->folder, im->e);
	if (im->together == NULL)
		return false;
	for (size_t i = 0; i < im->n && ok; i++) {
		const struct import_item *item = &im->items[i];

		ok = item->draft != NULL ? put_draft(im, item)
		    : item->map != NULL  ? put_map(im, item)
		    : item->rows != NULL ? put_rows(im, item)
					 : put_units(im, item);
	}
	ok = ok && together_commit(im->together, im->e);
	together_free(im->together);
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
	ok = ok && e->kind == ERR_NONE && put_all(&im);
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
