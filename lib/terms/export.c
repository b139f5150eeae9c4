#include "terms/export.h"

#include <dirent.h>

#include "base/hash.h"
#include "io/reader.h"
#include "terms/interchange.h"
#include "terms/mapping_rows.h"
#include "terms/systems.h"

#define LARGEST ((size_t)256 << 20)

static bool
read_file(const char *path, struct mapping_rows *rows,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { 0 };
	bool ok = reader_slurp(path, LARGEST, &text, e) &&
	    mapping_rows_read(rows, path, buf_slice(&text), faults, e);

	buf_release(&text);
	return ok;
}

static bool
read_folder(const char *folder, struct mapping_rows *rows,
    struct table_faults *faults, struct err *e)
{
	const char *path = arena_printf(rows->arena, "%s/approved", folder);
	DIR *d = opendir(path);
	const struct dirent *f;
	bool ok = true;

	if (d == NULL)
		return err_sys(e, ERR_INPUT, "%s", path);
	while ((f = readdir(d)) != NULL) {
		size_t n = strlen(f->d_name);

		if (f->d_name[0] != '.' && n > 4 &&
		    strcmp(f->d_name + n - 4, ".csv") == 0)
			ok = read_file(arena_printf(rows->arena, "%s/%s", path,
					   f->d_name),
				 rows, faults, e) &&
			    ok;
	}
	closedir(d);
	return ok;
}

/* Approved rows; one that says nothing of its relation is for the very code. */
static void
keep_approved(struct mapping_rows *rows)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->n; i++) {
		if (!mapping_is_approved(&rows->list[i]))
			continue;
		if (rows->list[i].cell[MAPPING_RELATION].n == 0)
			rows->list[i].cell[MAPPING_RELATION] = SLICE("exact");
		rows->list[kept++] = rows->list[i];
	}
	rows->n = kept;
}

static bool
is_of_field(const struct mapping_row *row, struct slice field)
{
	return slice_eq(row->cell[MAPPING_FIELD], field);
}

/* `S` or `S@V`; what has no code is of every system. */
static bool
is_of_system(const struct mapping_row *row, struct slice system)
{
	struct slice version, name;

	version = system;
	slice_next(&version, '@', &name);
	return row->cell[MAPPING_SYSTEM].n == 0 ||
	    (slice_eq(row->cell[MAPPING_SYSTEM], name) &&
		(version.n == 0 ||
		    slice_eq(row->cell[MAPPING_VERSION], version)));
}

static struct slice
name_of_field(const struct mapping_row *row, struct arena *arena)
{
	(void)arena;
	return row->cell[MAPPING_FIELD];
}

static struct slice
name_of_system(const struct mapping_row *row, struct arena *arena)
{
	const struct slice *c = row->cell;

	return c[MAPPING_SYSTEM].n == 0
	    ? SLICE("")
	    : slice_of(arena_printf(arena, "%.*s@%.*s",
		  (int)c[MAPPING_SYSTEM].n, c[MAPPING_SYSTEM].p,
		  (int)c[MAPPING_VERSION].n, c[MAPPING_VERSION].p));
}

/* What an option may choose by. */
struct choice {
	const char *option;
	bool (*is_of)(const struct mapping_row *, struct slice);
	struct slice (*name_of)(const struct mapping_row *, struct arena *);
};

/* A slip of the pen is no empty answer: the names that are there are said. */
static bool
refuse(const struct mapping_rows *rows, const struct choice *c,
    const char *wanted, struct err *e)
{
	struct index *names = index_new();
	struct buf b = { 0 };

	for (size_t i = 0; i < rows->n; i++) {
		struct slice name = c->name_of(&rows->list[i], rows->arena);
		bool fresh = false;

		if (name.n > 0)
			index_add(names, name, &fresh);
		if (fresh)
			buf_addf(&b, "%s%.*s", b.n > 0 ? ", " : "", (int)name.n,
			    name.p);
	}
	err_set(e, ERR_USAGE, "%s: no approved mapping has '%s' (there %s %s)",
	    c->option, wanted, index_count(names) == 1 ? "is" : "are",
	    b.n > 0 ? buf_string(&b) : "none");
	buf_release(&b);
	index_free(names);
	return false;
}

/* Keeps the rows of what is wanted; false where not one names it. */
static bool
choose(struct mapping_rows *rows, const struct choice *c, const char *wanted,
    struct err *e)
{
	size_t kept = 0;
	bool named = false;

	if (wanted == NULL)
		return true;
	for (size_t i = 0; i < rows->n && !named; i++)
		named = c->is_of(&rows->list[i], slice_of(wanted)) &&
		    c->name_of(&rows->list[i], rows->arena).n > 0;
	if (!named)
		return refuse(rows, c, wanted, e);
	for (size_t i = 0; i < rows->n; i++)
		if (c->is_of(&rows->list[i], slice_of(wanted)))
			rows->list[kept++] = rows->list[i];
	rows->n = kept;
	return true;
}

static bool
choose_all(
    struct mapping_rows *rows, const struct export_options *o, struct err *e)
{
	static const struct choice field = { "--field", is_of_field,
		name_of_field };
	static const struct choice system = { "--system", is_of_system,
		name_of_system };

	keep_approved(rows);
	mapping_rows_sort(rows);
	return choose(rows, &field, o->field, e) &&
	    choose(rows, &system, o->system, e);
}

bool
export_run(char *const *files, const struct export_options *o, struct buf *out,
    struct table_faults *faults, struct err *e)
{
	struct systems *s;
	struct mapping_rows rows;
	bool ok = true;

	if (o->form == NULL || (*files == NULL && o->folder == NULL))
		return err_set(e, ERR_USAGE,
		    "export wants a form (--to sssom, stcm, usagi, conceptmap "
		    "or csv), and --terms DIR or files");
	s = systems_load(o->share, o->folder, faults, e);
	if (s == NULL)
		return false;
	mapping_rows_init(&rows);
	if (*files == NULL)
		ok = read_folder(o->folder, &rows, faults, e);
	for (; *files != NULL; files++)
		ok = read_file(*files, &rows, faults, e) && ok;
	ok = ok && choose_all(&rows, o, e);
	if (ok) {
		const struct interchange how = { .systems = s };

		ok = interchange_write(&how, o->form, &rows, out) ||
		    err_set(e, ERR_USAGE,
			"--to: '%s' is none of sssom, stcm, usagi, "
			"conceptmap, csv",
			o->form);
	}
	mapping_rows_release(&rows);
	systems_free(s);
	return ok;
}
