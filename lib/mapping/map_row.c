/*
 * One row of map.csv into a rule: every cell is checked, and what a record
 * will need of it is found now.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "json/write.h"
#include "mapping/map_part.h"

static const char *const type_names[MAP_TYPES + 1] = { "text", "trim", "number",
	"result", "date", "datetime", "time", "age", "flag", "values", "term",
	"code", "unit", "split", "const", "drop", "jq", NULL };

const char *
map_type_name(enum map_type type)
{
	return type_names[type];
}

enum { SOURCE, KIND, COLUMN, WHEN, TARGET, TYPE, ARG, WITH, NULLS };

const struct column map_table_columns[] = { { "source", "来源", 0 },
	{ "kind", "类型", 0 }, { "column", "列", COLUMN_REQUIRED },
	{ "when", "条件", 0 }, { "target", "目标", COLUMN_REQUIRED },
	{ "type", "转换", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "arg", "参数", 0 }, { "with", "伴随", 0 }, { "null", "空值", 0 },
	{ "note", "备注", 0 }, { NULL, NULL, 0 } };

static struct slice
cell(const struct map_row *row, size_t column)
{
	return arena_slice(
	    row->map->arena, table_cell(row->table, row->number, column));
}

#define fault(row, ...)  \
	table_row_fault( \
	    (row)->table, (row)->number, (row)->faults, (row)->e, __VA_ARGS__)

/* The parts between separators, trimmed, in the arena; empty ones as well. */
static struct slice *
all_parts(struct arena *arena, struct slice text, char sep, size_t *n)
{
	struct slice rest = text, part, *list;
	size_t count = 1;

	*n = 0;
	for (size_t i = 0; i < text.n; i++)
		count += text.p[i] == sep;
	list = arena_alloc(arena, count * sizeof(*list));
	while (slice_next(&rest, sep, &part))
		list[(*n)++] = slice_trim(part);
	while (*n < count)
		list[(*n)++] = SLICE("");
	return list;
}

struct slice *
map_parts(struct arena *arena, struct slice text, char sep, size_t *n)
{
	size_t all;
	struct slice *list = all_parts(arena, text, sep, &all);

	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (list[i].n > 0)
			list[(*n)++] = list[i];
	return list;
}

static bool
read_columns(struct map_row *row)
{
	struct map *m = row->map;
	struct rule *r = row->rule;
	struct slice text = cell(row, COLUMN);
	struct slice *list = map_parts(m->arena, text, '+', &r->ncolumns);

	if (r->ncolumns == 0)
		return fault(row, "no column");
	r->columns = arena_alloc(m->arena, r->ncolumns * sizeof(*r->columns));
	for (size_t i = 0; i < r->ncolumns; i++)
		if (!path_parse(list[i], m->names, m->arena, &r->columns[i]))
			return fault(row, "'%.*s' is no column or path",
			    (int)list[i].n, list[i].p);
	r->column = index_add(m->columns, text, NULL);
	return true;
}

static bool
read_condition(struct map_row *row, struct slice text, struct condition *c)
{
	struct map *m = row->map;
	size_t at = 0;

	while (at < text.n && strchr("=~!", text.p[at]) == NULL)
		at++;
	*c = (struct condition){ .op = WHEN_IS };
	if (at == text.n)
		return fault(row, "'%.*s' is no condition (x=a|b, x!=a, x~a)",
		    (int)text.n, text.p);
	if (!paths_parse(
		(struct slice){ text.p, at }, m->names, m->arena, &c->paths))
		return fault(row, "the condition names no column");
	if (text.p[at] == '~')
		c->op = WHEN_CONTAINS;
	if (text.p[at] == '!') {
		c->op = WHEN_NOT;
		if (++at == text.n || text.p[at] != '=')
			return fault(row, "write != in a condition");
	}
	at++;
	c->words = all_parts(m->arena,
	    (struct slice){ text.p + at, text.n - at }, '|', &c->nwords);
	return true;
}

static bool
read_when(struct map_row *row)
{
	struct rule *r = row->rule;
	struct slice *list =
	    map_parts(row->map->arena, cell(row, WHEN), ';', &r->nwhen);

	r->when =
	    arena_alloc(row->map->arena, (r->nwhen + 1) * sizeof(*r->when));
	for (size_t i = 0; i < r->nwhen; i++)
		if (!read_condition(row, list[i], &r->when[i]))
			return false;
	return true;
}

static bool
read_with(struct map_row *row)
{
	static const char *const names[] = { "unit", "code", "specimen", "ref",
		"analyte", NULL };
	struct rule *r = row->rule;
	struct companion *const to[] = { &r->unit, &r->code, &r->specimen,
		&r->ref, &r->analyte };
	size_t n, i;
	struct slice *list =
	    map_parts(row->map->arena, cell(row, WITH), ';', &n);

	for (size_t k = 0; k < n; k++) {
		const char *eq = memchr(list[k].p, '=', list[k].n);
		struct slice name, value;

		if (eq == NULL)
			return fault(row,
			    "a companion is NAME=@COLUMN or "
			    "NAME=CONSTANT");
		name = slice_trim(slice_span(list[k].p, eq));
		value = slice_trim(slice_span(eq + 1, list[k].p + list[k].n));
		for (i = 0; names[i] != NULL && !slice_is(name, names[i]);)
			i++;
		if (names[i] == NULL)
			return fault(row,
			    "unknown companion '%.*s' (unit, "
			    "code, specimen, ref, analyte)",
			    (int)name.n, name.p);
		to[i]->there = true;
		to[i]->column = value.n > 0 && value.p[0] == '@';
		to[i]->text = value;
		if (to[i]->column &&
		    !paths_parse((struct slice){ value.p + 1, value.n - 1 },
			row->map->names, row->map->arena, &to[i]->paths))
			return fault(row, "'%.*s' is no column or path",
			    (int)value.n, value.p);
	}
	return true;
}

static bool
read_type(struct map_row *row)
{
	struct slice name = cell(row, TYPE);
	const char *near;

	for (size_t i = 0; i < MAP_TYPES; i++)
		if (slice_is(name, type_names[i])) {
			row->rule->type = (enum map_type)i;
			return true;
		}
	near = slice_suggest(name, type_names);
	if (near != NULL)
		return fault(row, "unknown type '%.*s' (did you mean '%s'?)",
		    (int)name.n, name.p, near);
	return fault(
	    row, "unknown type '%.*s' (see mdx-map(5))", (int)name.n, name.p);
}

static bool
read_target(struct map_row *row)
{
	struct map *m = row->map;
	struct rule *r = row->rule;

	r->target = cell(row, TARGET);
	if (r->target.n == 0 && r->type != MAP_DROP)
		return fault(row, "no target");
	if (r->target.n == 0)
		r->target = SLICE("drop");
	if (slice_is(r->target, "unmapped") || slice_is(r->target, "_mdx"))
		return fault(row, "no field may be called '%.*s'",
		    (int)r->target.n, r->target.p);
	if (slice_starts(r->target, "indicators.")) {
		struct slice id = { r->target.p + 11, r->target.n - 11 };

		r->indicator = m->catalogue == NULL
		    ? NULL
		    : catalogue_find(m->catalogue, id);
		if (r->indicator == NULL)
			return fault(row, "no pack has the indicator '%.*s'",
			    (int)id.n, id.p);
		if (r->indicator->identifying)
			return fault(row,
			    "'%.*s' identifies a person and may "
			    "not be an indicator",
			    (int)id.n, id.p);
		r->name = index_add(m->names, SLICE("indicators"), NULL);
	} else {
		r->name = index_add(m->names, r->target, NULL);
	}
	r->field = index_add(m->fields, r->target, NULL);
	return true;
}

static bool
read_values(struct map_row *row)
{
	struct map *m = row->map;
	char *path;

	for (struct set *s = m->sets; s != NULL; s = s->next)
		if (slice_is(row->rule->arg, s->name)) {
			row->rule->values = s->values;
			return true;
		}
	path = arena_printf(m->arena, "%s/terms/sets/%.*s.csv", m->share,
	    (int)row->rule->arg.n, row->rule->arg.p);
	if (memchr(row->rule->arg.p, '/', row->rule->arg.n) != NULL ||
	    row->rule->arg.n == 0 || access(path, R_OK) != 0)
		return fault(row, "no value set '%.*s' in %s/terms/sets",
		    (int)row->rule->arg.n, row->rule->arg.p, m->share);
	row->rule->values = values_load(path, row->faults, row->e);
	if (row->rule->values == NULL)
		return false;
	m->sets = memcpy(arena_alloc(m->arena, sizeof(struct set)),
	    &(struct set){
		arena_string(m->arena, row->rule->arg.p, row->rule->arg.n),
		(struct values *)(uintptr_t)row->rule->values, m->sets },
	    sizeof(struct set));
	return true;
}

/* Whether the target's name is the word, or has it between underscores. */
static bool
names(struct slice target, const char *word)
{
	struct slice rest = target, part;

	while (slice_next(&rest, '_', &part))
		if (slice_is(part, word))
			return true;
	return false;
}

struct slice
map_mappings(struct slice target)
{
	static const char *const fields[][2] = { { "test", "lab" },
		{ "diagnosis", "diagnosis" }, { "surgery", "surgery" },
		{ "drug", "drug" }, { "exam", "exam" } };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (names(target, fields[i][0]))
			return slice_of(fields[i][1]);
	return target;
}

/* What the argument must be depends on the type. */
static bool
read_arg(struct map_row *row)
{
	struct rule *r = row->rule;
	struct err why = { 0 };

	r->arg = cell(row, ARG);
	switch (r->type) {
	case MAP_DATE:
	case MAP_DATETIME:
	case MAP_TIME:
		return date_format_parse(r->arg, &r->format, &why) ||
		    fault(row, "%s", why.text);
	case MAP_VALUES:
		return read_values(row);
	case MAP_NUMBER:
		return r->arg.n == 0 || read_values(row);
	case MAP_TERM:
	case MAP_CODE:
		r->mappings = map_mappings(r->target);
		r->systems =
		    map_parts(row->map->arena, r->arg, ',', &r->nsystems);
		return r->nsystems > 0 ||
		    fault(row, "'%s' needs a system of codes in arg",
			map_type_name(r->type));
	case MAP_AGE:
		return r->arg.n == 0 || slice_is(r->arg, "a") ||
		    fault(row, "an age is counted in years: arg a");
	case MAP_SPLIT:
	case MAP_JQ:
		return r->arg.n > 0 ||
		    fault(row, "'%s' needs an arg", map_type_name(r->type));
	default:
		return true;
	}
}

/* The part of a field's entry in norm that is the same for every record. */
static void
write_trail(struct map_row *row, const char *name)
{
	struct rule *r = row->rule;
	struct slice column = cell(row, COLUMN);
	struct buf b = { 0 };

	r->place = slice_of(arena_printf(row->map->arena, "%s:%llu", name,
	    (unsigned long long)table_line(row->table, row->number)));
	if (!slice_eq(column, r->target)) {
		json_put_key(&b, "column");
		json_put_string(&b, column);
		buf_addc(&b, ',');
	}
	buf_adds(&b, "\"rule\":");
	json_put_string(&b, r->place);
	r->trail = arena_slice(row->map->arena, buf_slice(&b));
	buf_reset(&b);
	json_put_string(&b, r->target);
	r->key = arena_slice(row->map->arena, buf_slice(&b));
	buf_release(&b);
}

bool
map_read_row(struct map_row *row, const char *name)
{
	struct map *m = row->map;
	struct rule *r = row->rule;

	r->source = cell(row, SOURCE);
	r->kinds = map_parts(m->arena, cell(row, KIND), '|', &r->nkinds);
	r->nulls = map_parts(m->arena, cell(row, NULLS), '|', &r->nnulls);
	for (size_t i = 0; i < r->nnulls; i++)
		r->null_sizes |= UINT64_C(1)
		    << (r->nulls[i].n < 63 ? r->nulls[i].n : 63);
	for (size_t i = 0; i < r->nkinds; i++)
		index_add(m->kinds, r->kinds[i], NULL);
	if (!read_columns(row) || !read_when(row) || !read_type(row) ||
	    !read_target(row) || !read_with(row) || !read_arg(row))
		return false;
	write_trail(row, name);
	return true;
}
