#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/decimal.h"
#include "base/hash.h"
#include "base/mem.h"
#include "io/reader.h"
#include "json/write.h"
#include "rules/dqd_parts.h"

#define LARGEST ((size_t)64 << 20)

static const char *const ends[DQD_TABLES] = { "_Table_Level.csv",
	"_Field_Level.csv", "_Concept_Level.csv", "_Check_Descriptions.csv" };
static const char *const levels[] = { "table", "field", "concept" };

struct import {
	struct dqd_sheet sheets[DQD_TABLES];
	struct table_faults *faults;
	struct arena *arena, *row;
	struct index *ids;
	size_t *starts, room; /* of the lines of the ids, and the end */
	struct buf rules;
};

/* --- rules ------------------------------------------------------------------- */

/* Vocabularies are what is checked with, never checked. */
static bool
is_vocabulary(struct slice table)
{
	static const char *const names[] = { "concept", "vocabulary",
		"concept_ancestor", "concept_relationship", "concept_class",
		"concept_synonym", "relationship", "domain" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is(table, names[i]))
			return true;
	return false;
}

/* level_name_table_field_concept_unit, what is empty left out. */
static struct slice
id_of(const struct dqd_check *c)
{
	struct slice parts[] = { slice_of(levels[c->level]),
		dqd_lower(c->arena, c->name), c->table, c->field, c->concept,
		c->unit };
	struct buf b = { 0 };
	struct slice id;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].n > 0 && b.n > 0)
			buf_addc(&b, '_');
		for (size_t k = 0; k < parts[i].n; k++)
			if (!isspace((unsigned char)parts[i].p[k]))
				buf_addc(&b, parts[i].p[k]);
	}
	id = arena_slice(c->arena, buf_slice(&b));
	buf_release(&b);
	return id;
}

/* Percents, as max_fail writes them; nothing, or none: not one may fail. */
static bool
threshold(const struct dqd_check *c, struct slice *to, struct err *e)
{
	const char *column =
	    arena_printf(c->arena, "%.*sThreshold", (int)c->name.n, c->name.p);
	struct slice cell = dqd_cell(c, column);
	struct decimal d;
	struct err why = { 0 };

	*to = SLICE("0");
	if (cell.n == 0)
		return true;
	if (!decimal_parse(cell, c->arena, &d, &why) || decimal_sign(&d) < 0 ||
	    d.exponent > 9 || d.exponent < -30)
		return dqd_fault(c, e, "'%.*s' is no percentage (%s)",
		    (int)cell.n, cell.p, column);
	if (decimal_sign(&d) > 0) {
		d = decimal_strip(&d);
		*to = decimal_text(&d, c->arena);
		*to = slice_of(
		    arena_printf(c->arena, "%.*s%%", (int)to->n, to->p));
	}
	return true;
}

static const char *
dimension(struct slice category)
{
	return slice_is(category, "Completeness") ? "完整性"
	    : slice_is(category, "Conformance")   ? "规范性"
						  : "合理性";
}

/*
 * No rule is an error: what fails is told by the report, and by the status
 * where --fail-on warn asks for it.
 */
static void
put_rule(struct import *in, const struct dqd_check *c,
    const struct dqd_type *type, const struct dqd_rule *r, struct slice id,
    struct slice most, size_t row)
{
	const struct dqd_sheet *checks = &in->sheets[DQD_CHECKS];
	struct slice severity = dqd_sheet_cell(checks, row, SLICE("severity"));
	struct slice place = c->table;
	struct buf *b = &in->rules;

	if (c->field.n > 0)
		place = slice_of(arena_printf(c->arena, "%.*s.%.*s",
		    (int)c->table.n, c->table.p, (int)c->field.n, c->field.p));
	buf_adds(b, "{\"id\":");
	json_put_string(b, id);
	json_put_filled(b, "kind", r->kind);
	json_put_filled(b, "field", r->field);
	json_put_filled(b, "check", slice_of(r->check));
	json_put_filled(b, "arg", r->arg);
	json_put_filled(b, "when", r->when);
	json_put_filled(b, "missing", SLICE("null"));
	json_put_filled(b, "na", slice_of(r->na));
	json_put_filled(b, "per", slice_of(r->per));
	json_put_filled(b, "severity",
	    slice_is(severity, "characterization") ? SLICE("info")
						   : SLICE("warn"));
	json_put_filled(b, "max_fail", most);
	json_put_filled(b, "dimension",
	    slice_of(
		dimension(dqd_sheet_cell(checks, row, SLICE("kahncategory")))));
	json_put_filled(b, "owner", SLICE("OHDSI DQD"));
	json_put_filled(b, "message",
	    slice_of(arena_printf(
		c->arena, "%.*s：%s", (int)place.n, place.p, type->zh)));
	json_put_filled(b, "message_en",
	    slice_of(arena_printf(
		c->arena, "%.*s: %s", (int)place.n, place.p, type->en)));
	json_put_filled(b, "rationale",
	    slice_of(arena_printf(
		c->arena, "OHDSI DQD %.*s", (int)c->name.n, c->name.p)));
	json_put_filled(b, "x_dqd_severity", severity);
	buf_adds(b, "}\n");
}

static bool
name_check(struct dqd_check *c, struct err *e)
{
	c->field = c->concept = c->unit = SLICE("");
	if (!dqd_name(c, "cdmTableName", &c->table, e) ||
	    (c->level != DQD_TABLE &&
		!dqd_name(c, "cdmFieldName", &c->field, e)))
		return false;
	if (c->level == DQD_CONCEPT) {
		c->concept = dqd_cell(c, "conceptId");
		c->unit = dqd_cell(c, "unitConceptId");
	}
	return true;
}

static struct slice
line_at(const struct import *in, size_t from, size_t to)
{
	return (struct slice){ in->rules.p + from, to - from };
}

/* A row that is there twice, and says the same, is one check. */
static bool
add_rule(struct import *in, struct dqd_check *c, const struct dqd_type *type,
    size_t row, struct err *e)
{
	struct dqd_rule r = { .na = c->level == DQD_CONCEPT ? "applied"
							    : "filled" };
	struct slice id, most;
	size_t at, start;
	bool fresh, same;

	if (!name_check(c, e))
		return false;
	if (is_vocabulary(c->table))
		return true;
	r.kind = c->table;
	r.field = c->field;
	if (!threshold(c, &most, e) || !type->make(c, &r, e))
		return false;
	id = id_of(c);
	at = index_add(in->ids, id, &fresh);
	in->starts = mem_room(
	    in->starts, index_count(in->ids), &in->room, sizeof(*in->starts));
	start = in->rules.n;
	put_rule(in, c, type, &r, id, most, row);
	if (fresh) {
		in->starts[at] = start;
		in->starts[at + 1] = in->rules.n;
		return true;
	}
	same = slice_eq(line_at(in, in->starts[at], in->starts[at + 1]),
	    line_at(in, start, in->rules.n));
	in->rules.n = start;
	return same ||
	    dqd_fault(c, e,
		"the check '%.*s' is there twice, and says two things",
		(int)id.n, id.p);
}

static bool
add_checks(struct import *in, size_t row, struct err *e)
{
	const struct table *t = in->sheets[DQD_CHECKS].table;
	struct slice level = table_cell(t, row, 0),
		     name = table_cell(t, row, 1);
	struct dqd_check c = { .name = name,
		.level = DQD_CHECKS,
		.arena = in->row,
		.faults = in->faults };
	const struct dqd_type *type = NULL;
	struct dqd_filter filter;
	bool ok = true;

	for (unsigned i = 0; i < DQD_CHECKS; i++)
		if (slice_is(dqd_lower(in->arena, level), levels[i]))
			c.level = (enum dqd_table)i;
	if (c.level != DQD_CHECKS)
		type = dqd_type_find(c.level, name);
	if (type == NULL)
		return table_row_fault(t, row, in->faults, e,
		    "unknown check '%.*s' of level '%.*s'", (int)name.n, name.p,
		    (int)level.n, level.p);
	c.sheet = &in->sheets[c.level];
	if (!dqd_filter_parse(&in->sheets[DQD_CHECKS], row, c.sheet, in->faults,
		in->arena, &filter, e))
		return false;
	for (c.row = 0; c.row < table_rows(c.sheet->table); c.row++) {
		arena_reset(in->row);
		if (dqd_filter_passes(&filter, &c))
			ok = add_rule(in, &c, type, row, e) && ok;
	}
	return ok;
}

bool
dqd_parse(const struct dqd_file files[DQD_TABLES], struct table_faults *faults,
    struct buf *to, struct err *e)
{
	struct import in = { .faults = faults,
		.arena = arena_new(),
		.row = arena_new(),
		.ids = index_new() };
	bool ok = true;

	for (unsigned i = 0; i < DQD_TABLES; i++)
		ok = dqd_sheet_open(&in.sheets[i], (enum dqd_table)i, &files[i],
			 faults, in.arena, e) &&
		    ok;
	if (ok)
		for (size_t i = 0; i < table_rows(in.sheets[DQD_CHECKS].table);
		     i++)
			ok = add_checks(&in, i, e) && ok;
	if (ok)
		buf_add_slice(to, buf_slice(&in.rules));
	for (unsigned i = 0; i < DQD_TABLES; i++)
		dqd_sheet_release(&in.sheets[i]);
	index_free(in.ids);
	mem_free(in.starts);
	arena_free(in.arena);
	arena_free(in.row);
	buf_release(&in.rules);
	return ok;
}

/* --- files ------------------------------------------------------------------- */

static bool
ends_so(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && strcmp(name + n - m, end) == 0;
}

static bool
look_into(const char *folder, const char *paths[DQD_TABLES], struct arena *a,
    struct err *e)
{
	DIR *d = opendir(folder);
	struct dirent *entry;
	bool ok = true;

	if (d == NULL)
		return err_set(e, ERR_USAGE, "'%s': no such folder", folder);
	while (ok && (entry = readdir(d)) != NULL)
		for (unsigned i = 0; ok && i < DQD_TABLES; i++) {
			const char *path;

			if (!ends_so(entry->d_name, ends[i]))
				continue;
			path = arena_printf(a, "%s/%s", folder, entry->d_name);
			if (paths[i] != NULL)
				ok = err_set(e, ERR_USAGE,
				    "'%s' holds several files *%s: name what "
				    "the right ones begin with, as "
				    "%s/OMOP_CDMv5.4",
				    folder, ends[i], folder);
			paths[i] = path;
		}
	closedir(d);
	return ok;
}

bool
dqd_load(const char *path, struct table_faults *faults, struct buf *to,
    struct err *e)
{
	struct arena *a = arena_new();
	const char *paths[DQD_TABLES] = { NULL };
	struct dqd_file files[DQD_TABLES];
	struct buf texts[DQD_TABLES] = { { 0 } };
	struct stat st;
	bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
	bool ok = !folder || look_into(path, paths, a, e);

	for (unsigned i = 0; ok && i < DQD_TABLES; i++) {
		if (paths[i] == NULL && folder)
			ok = err_set(e, ERR_USAGE, "'%s' holds no file *%s",
			    path, ends[i]);
		else if (paths[i] == NULL)
			paths[i] = arena_printf(a, "%s%s", path, ends[i]);
		ok = ok && reader_slurp(paths[i], LARGEST, &texts[i], e);
		files[i] = (struct dqd_file){ paths[i], buf_slice(&texts[i]) };
	}
	ok = ok && dqd_parse(files, faults, to, e);
	for (unsigned i = 0; i < DQD_TABLES; i++)
		buf_release(&texts[i]);
	arena_free(a);
	return ok;
}
