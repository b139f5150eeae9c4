/*
 * What was read takes its place in the terms folder, of import_part.h.
 */
#include <dirent.h>

#include "io/reader.h"
#include "json/write.h"
#include "terms/import_part.h"

#define LARGEST ((size_t)256 << 20)

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
		if (best.n == 0 || slice_is_older_version(best, version))
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

bool
import_put(struct import *im)
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
