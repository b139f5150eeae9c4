#include "terms/export.h"

#include <dirent.h>

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

/*
 * Approved rows, of the field and system that are asked for.  A row that says
 * nothing of its relation stands for the code as it is.
 */
static void
choose(struct mapping_rows *rows, const struct export_options *o)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->n; i++) {
		struct slice *c = rows->list[i].cell;

		if (c[MAPPING_RELATION].n == 0)
			c[MAPPING_RELATION] = SLICE("exact");
		if (!mapping_is_approved(&rows->list[i]) ||
		    (o->field != NULL &&
			!slice_is(c[MAPPING_FIELD], o->field)) ||
		    (o->system != NULL && c[MAPPING_SYSTEM].n > 0 &&
			!slice_is(c[MAPPING_SYSTEM], o->system)))
			continue;
		rows->list[kept++] = rows->list[i];
	}
	rows->n = kept;
	mapping_rows_sort(rows);
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
	if (ok) {
		const struct interchange how = { .systems = s };

		choose(&rows, o);
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
