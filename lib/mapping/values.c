#include "mapping/values.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"
#include "terms/fold.h"

struct values {
	struct arena *arena;
	struct index *exact, *folded;
	struct slice *exact_code, *folded_code;
	size_t exact_room, folded_room;
};

enum { CODE, NAME, ALIASES };

static const struct column columns[] = { { "code", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "name", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "aliases", NULL, 0 }, { NULL, NULL, 0 } };

/* Folded, "+" and "-" and such may meet: then only the exact form counts. */
static bool
add(struct values *v, struct slice spelling, struct slice json)
{
	bool fresh;
	size_t i = index_add(v->exact, spelling, &fresh);

	if (!fresh)
		return slice_eq(v->exact_code[i], json);
	v->exact_code =
	    mem_room(v->exact_code, i, &v->exact_room, sizeof(*v->exact_code));
	v->exact_code[i] = json;
	i = index_add(v->folded, fold_term(spelling, v->arena), &fresh);
	if (fresh) {
		v->folded_code = mem_room(v->folded_code, i, &v->folded_room,
		    sizeof(*v->folded_code));
		v->folded_code[i] = json;
	} else if (!slice_eq(v->folded_code[i], json)) {
		v->folded_code[i] = SLICE("");
	}
	return true;
}

static bool
read_rows(struct values *v, const struct table *t, struct table_faults *faults,
    struct err *e)
{
	struct buf b = { 0 };
	bool ok = true;

	for (size_t i = 0; i < table_rows(t); i++) {
		struct slice names = table_cell(t, i, ALIASES);
		struct slice name = table_cell(t, i, NAME), json;
		bool fits;

		buf_reset(&b);
		json_put_string(&b, table_cell(t, i, CODE));
		json = arena_slice(v->arena, buf_slice(&b));
		fits = add(v, table_cell(t, i, CODE), json);
		do
			fits = add(v, slice_trim(name), json) && fits;
		while (slice_next(&names, '|', &name));
		if (!fits)
			ok = table_row_fault(t, i, faults, e,
			    "a spelling of this row means another code above");
	}
	buf_release(&b);
	return ok;
}

static struct values *
from_table(struct table *t, struct table_faults *faults, struct err *e)
{
	struct values *v;

	if (t == NULL)
		return NULL;
	v = mem_zalloc(sizeof(*v));
	v->arena = arena_new();
	v->exact = index_new();
	v->folded = index_new();
	if (!read_rows(v, t, faults, e)) {
		values_free(v);
		v = NULL;
	}
	table_free(t);
	return v;
}

struct values *
values_load(const char *path, struct table_faults *faults, struct err *e)
{
	return from_table(
	    table_load(path, columns, TABLE_EXTRA, faults, e), faults, e);
}

struct values *
values_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	return from_table(
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e), faults,
	    e);
}

void
values_free(struct values *v)
{
	if (v == NULL)
		return;
	index_free(v->exact);
	index_free(v->folded);
	mem_free(v->exact_code);
	mem_free(v->folded_code);
	arena_free(v->arena);
	mem_free(v);
}

struct slice
values_find(const struct values *v, struct slice spelling, struct arena *arena)
{
	long i = index_find(v->exact, spelling);

	if (i >= 0)
		return v->exact_code[i];
	i = index_find(v->folded, fold_term(spelling, arena));
	return i < 0 ? SLICE("") : v->folded_code[i];
}
