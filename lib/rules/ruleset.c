#include <stdio.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/reader.h"
#include "json/value.h"
#include "rules/keyword.h"
#include "rules/limits.h"
#include "rules/rule_sheet.h"

#define LARGEST ((size_t)64 << 20) /* of a rule file */

struct ruleset *
ruleset_new(const struct catalogue *c, struct table_faults *faults)
{
	struct ruleset *s = mem_zalloc(sizeof(*s));

	s->arena = arena_new();
	s->ids = index_new();
	s->catalogue = c;
	s->faults = faults;
	return s;
}

void
ruleset_free(struct ruleset *s)
{
	if (s == NULL)
		return;
	schema_free(s->schema);
	arena_free(s->arena);
	index_free(s->ids);
	mem_free(s->rules);
	mem_free(s->all);
	mem_free(s->files);
	mem_free(s);
}

const struct rule *
ruleset_find(const struct ruleset *s, struct slice id)
{
	long i = index_find(s->ids, id);

	return i < 0 ? NULL : s->all[i];
}

bool
ruleset_add(struct ruleset *s, const struct rule *r, struct err *e)
{
	bool fresh;
	size_t i = index_add(s->ids, r->id, &fresh);

	if (!fresh)
		return table_fault(s->faults, r->path, r->line, e,
		    "rule '%.*s' is there already (%s:%llu)", (int)r->id.n,
		    r->id.p, s->all[i]->path,
		    (unsigned long long)s->all[i]->line);
	s->all = mem_room(s->all, i, &s->all_room, sizeof(*s->all));
	s->all[i] = arena_dup(s->arena, r, sizeof(*r));
	return true;
}

/* --- fields ------------------------------------------------------------------ */

static const struct indicator *
named(const struct ruleset *s, struct slice name)
{
	const struct indicator *d = NULL;

	if (s->catalogue != NULL)
		d = catalogue_named(s->catalogue, name);
	/* A synonym is a source's word, not a rule's. */
	if (d != NULL && !slice_eq(d->id, name) && !slice_eq(d->name_zh, name))
		d = NULL;
	return d;
}

void
ruleset_place(const struct ruleset *s, struct slice name, struct slice *path,
    bool *in_indicators, const struct indicator **to)
{
	const struct indicator *d = named(s, name);
	struct slice root = field_root(name), place;

	*path = name;
	*in_indicators = false;
	*to = d;
	if (d != NULL) {
		*in_indicators = generate_place(d, path);
	} else if (root.n < name.n && (d = named(s, root)) != NULL &&
	    !generate_place(d, &place)) {
		*path =
		    slice_of(arena_printf(s->arena, "%.*s%.*s", (int)place.n,
			place.p, (int)(name.n - root.n), name.p + root.n));
	}
}

static bool
glob(struct slice pattern, struct slice text)
{
	while (pattern.n > 0 && pattern.p[0] != '*') {
		if (text.n == 0 || text.p[0] != pattern.p[0])
			return false;
		pattern.p++, pattern.n--;
		text.p++, text.n--;
	}
	if (pattern.n == 0)
		return text.n == 0;
	pattern.p++, pattern.n--;
	for (size_t i = 0; i <= text.n; i++)
		if (glob(pattern, (struct slice){ text.p + i, text.n - i }))
			return true;
	return false;
}

static void
set_field(struct ruleset *s, struct slice name, struct rule *r)
{
	const struct indicator *d;

	ruleset_place(s, name, &r->field, &r->in_indicators, &d);
	r->field = arena_slice(s->arena, r->field);
	if (d != NULL)
		r->title = d->name_zh;
}

static bool
add_made(struct ruleset *s, const struct rule *r, struct err *e)
{
	return r->check == CHECK_REFERENCE ? limits_expand(s, r, e)
					   : ruleset_add(s, r, e);
}

/* A row whose field holds `*` stands for each row of the catalogue it fits. */
static bool
add_expanded(struct ruleset *s, const struct rule_row *row,
    const struct rule *like, struct err *e)
{
	size_t n = s->catalogue == NULL ? 0 : catalogue_count(s->catalogue);
	size_t made = 0;

	for (size_t i = 0; i < n; i++) {
		const struct indicator *d = catalogue_at(s->catalogue, i);
		struct rule r = *like;

		if (!glob(row->cells[RULE_FIELD], d->id))
			continue;
		set_field(s, d->id, &r);
		r.id = slice_of(arena_printf(s->arena, "%.*s/%.*s",
		    (int)like->id.n, like->id.p, (int)d->id.n, d->id.p));
		if (!add_made(s, &r, e))
			return false;
		made++;
	}
	if (made == 0)
		return table_fault(s->faults, row->path, row->line, e,
		    "no field of the catalogue is like '%.*s'",
		    (int)row->cells[RULE_FIELD].n, row->cells[RULE_FIELD].p);
	return true;
}

/* A row with the id of a generated rule and no check fills what it says. */
static bool
override(struct ruleset *s, const struct rule_row *row, struct err *e)
{
	struct slice id = row->cells[RULE_ID];
	const struct rule *old = ruleset_find(s, id);

	if (old == NULL || (old->of == NULL && old->check != CHECK_KEYWORD))
		return table_fault(s->faults, row->path, row->line, e,
		    "rule '%.*s' has no check, and no generated rule has this "
		    "id (mdx-qc rules lists them)",
		    (int)id.n, id.p);
	if (row->cells[RULE_KIND].n + row->cells[RULE_FIELD].n +
		row->cells[RULE_ARG].n >
	    0)
		return table_fault(s->faults, row->path, row->line, e,
		    "an override of '%.*s' changes on, when, missing, "
		    "severity, max_fail, points and texts, not kind, field or "
		    "arg",
		    (int)id.n, id.p);
	if (old->check == CHECK_KEYWORD &&
	    row->cells[RULE_WHEN].n + row->cells[RULE_MISSING].n > 0)
		return table_fault(s->faults, row->path, row->line, e,
		    "a keyword of a schema applies where the schema says so: "
		    "an override of '%.*s' has neither when nor missing",
		    (int)id.n, id.p);
	return rule_fill(s, row, s->all[index_find(s->ids, id)], e);
}

static bool
add_row(struct ruleset *s, struct rule_row *row, struct err *e)
{
	struct rule r = { .on = true,
		.severity = SEVERITY_ERROR,
		.max_fail = SLICE("0"),
		.path = row->path,
		.line = row->line };

	rule_fold_row(s, row);
	if (row->typed && !rule_check_row(s, row, e))
		return false;
	if (row->cells[RULE_CHECK].n == 0)
		return override(s, row, e);
	r.id = arena_slice(s->arena, row->cells[RULE_ID]);
	if (!rule_fill(s, row, &r, e))
		return false;
	if (memchr(row->cells[RULE_FIELD].p, '*', row->cells[RULE_FIELD].n) !=
	    NULL)
		return add_expanded(s, row, &r, e);
	if (row->cells[RULE_FIELD].n > 0)
		set_field(s, row->cells[RULE_FIELD], &r);
	return add_made(s, &r, e);
}

/* --- files -------------------------------------------------------------------- */

static bool
check_header(struct ruleset *s, const char *path, uint64_t line,
    struct slice header, struct err *e)
{
	const char *known[RULE_COLUMNS + 1] = { NULL };
	struct slice name = slice_trim(expr_fold(header, s->arena));
	const char *near;

	if (table_column(rule_columns, name) >= 0 || slice_starts(name, "x_"))
		return true;
	for (unsigned i = 0; i < RULE_COLUMNS; i++)
		known[i] = rule_columns[i].name;
	near = slice_suggest(name, known);
	if (near != NULL)
		return table_fault(s->faults, path, line, e,
		    "unknown column '%.*s' (did you mean '%s'?)", (int)name.n,
		    name.p, near);
	return table_fault(s->faults, path, line, e,
	    "unknown column '%.*s' (a column of your own begins with x_)",
	    (int)name.n, name.p);
}

static bool
parse_table(
    struct ruleset *s, const char *path, struct slice text, struct err *e)
{
	struct table *t =
	    table_parse(path, text, rule_columns, TABLE_EXTRA, s->faults, e);
	bool ok = t != NULL;

	for (size_t i = 0; ok && i < table_width(t); i++)
		ok = check_header(s, path, 1, table_header(t, i), e);
	for (size_t i = 0; t != NULL && i < table_rows(t); i++) {
		struct rule_row row = { .path = path,
			.line = table_line(t, i) };

		row.typed = true;
		for (unsigned c = 0; c < RULE_COLUMNS; c++)
			row.cells[c] = table_cell(t, i, c);
		ok = add_row(s, &row, e) && ok;
	}
	table_free(t);
	return ok;
}

/* Mostly it is written as it is called. */
static long
column_of(struct slice key)
{
	for (unsigned i = 0; i < RULE_COLUMNS; i++)
		if (slice_is(key, rule_columns[i].name))
			return i;
	return table_column(rule_columns, key);
}

static bool
parse_object(struct ruleset *s, const char *path, uint64_t line,
    struct slice text, struct err *e)
{
	struct rule_row row = { .path = path, .line = line };
	struct err why = { 0 };
	struct value *v = value_parse(s->arena, text.p, text.n, &why);

	if (v == NULL || v->type != JSON_OBJECT)
		return table_fault(s->faults, path, line, e, "%s",
		    v == NULL ? why.text : "a rule is a JSON object");
	for (unsigned i = 0; i < RULE_COLUMNS; i++)
		row.cells[i] = SLICE("");
	for (size_t i = 0; i < v->count; i++) {
		long c = column_of(v->keys[i]);

		if (c < 0 && slice_starts(v->keys[i], "x_"))
			continue;
		if (c < 0) {
			if (!check_header(s, path, line, v->keys[i], e))
				return false;
			continue;
		}
		if (v->items[i].type != JSON_NULL)
			row.cells[c] = v->items[i].type == JSON_TRUE
			    ? SLICE("1")
			    : v->items[i].type == JSON_FALSE
			    ? SLICE("0")
			    : slice_trim(v->items[i].text);
	}
	return add_row(s, &row, e);
}

static bool
parse_ndjson(
    struct ruleset *s, const char *path, struct slice text, struct err *e)
{
	struct buf own = { 0 };
	struct slice rest, line;
	uint64_t number = 0;
	bool ok = table_text(path, &text, &own, s->faults, e);

	rest = ok ? text : SLICE("");
	while (slice_next(&rest, '\n', &line)) {
		number++;
		line = slice_trim(line);
		if (line.n > 0 && line.p[0] != '#')
			ok = parse_object(s, path, number, line, e) && ok;
	}
	buf_release(&own);
	return ok;
}

/* By its name, or, from a pipe say, by a sign that no header begins with. */
static bool
is_ndjson(const char *path, struct slice text)
{
	struct slice p = slice_of(path);

	if (slice_starts(text, "\xEF\xBB\xBF"))
		text = (struct slice){ text.p + 3, text.n - 3 };
	return slice_find(p, SLICE(".ndjson")) != NULL ||
	    slice_find(p, SLICE(".jsonl")) != NULL ||
	    slice_starts(slice_trim(text), "{");
}

bool
ruleset_parse(
    struct ruleset *s, const char *path, struct slice text, struct err *e)
{
	path = arena_string(s->arena, path, strlen(path));
	return is_ndjson(path, text) ? parse_ndjson(s, path, text, e)
				     : parse_table(s, path, text, e);
}

static void
note_file(struct ruleset *s, const char *path, const struct buf *b)
{
	struct rule_file *f;

	s->files =
	    mem_room(s->files, s->nfiles, &s->files_room, sizeof(*s->files));
	f = &s->files[s->nfiles++];
	f->path = arena_string(s->arena, path, strlen(path));
	digest_bytes(b->p, b->n, f->digest);
}

static bool
load_file(struct ruleset *s, const char *path, struct err *e)
{
	struct buf b = { 0 };
	struct err why = { 0 };
	bool ok = reader_slurp(path, LARGEST, &b, &why);

	if (ok) {
		note_file(s, path, &b);
		ok = ruleset_parse(s, path, buf_slice(&b), e);
	} else
		ok = table_fault(s->faults, path, 0, e, "%s",
		    slice_starts(slice_of(why.text), path)
			? why.text + strlen(path) + 2
			: why.text);
	buf_release(&b);
	return ok;
}

/* --- what applies --------------------------------------------------------------- */

static bool
in_list(const char *list, struct slice text)
{
	struct slice rest = slice_of(list), part;

	while (slice_next(&rest, ',', &part))
		if (glob(slice_trim(part), text))
			return true;
	return list == NULL;
}

static bool
in_bars(struct slice cell, const char *word)
{
	struct slice part;

	while (word != NULL && slice_next(&cell, '|', &part))
		if (slice_is(slice_trim(part), word))
			return true;
	return word == NULL;
}

static bool
is_active(const struct rule *r, const struct date *now)
{
	struct err e = { 0 };
	struct date d;

	if (r->since.n > 0 && date_parse(r->since, &d, &e) &&
	    expr_date_cmp(now, &d, 480) < 0)
		return false;
	return r->until.n == 0 || !date_parse(r->until, &d, &e) ||
	    expr_date_cmp(now, &d, 480) <= 0;
}

static void
use(struct ruleset *s, struct rule *r)
{
	s->rules = mem_room(s->rules, s->n, &s->room, sizeof(*s->rules));
	r->number = s->n;
	s->rules[s->n++] = r;
}

void
ruleset_use_all(struct ruleset *s)
{
	for (size_t i = 0; i < index_count(s->ids); i++)
		use(s, s->all[i]);
}

static bool
is_of_use(const struct rule *r, enum ruleset_use use)
{
	return use == RULES_ALL ||
	    check_is(r->check, CHECK_WATCH) == (use == RULES_OF_SERIES);
}

/* A row of the user's own that is not on yet. */
static bool
is_draft(const struct rule *r, const struct ruleset_options *o)
{
	if (!o->drafts || r->of != NULL || r->path == NULL)
		return false;
	for (size_t i = 0; o->files != NULL && o->files[i] != NULL; i++)
		if (strcmp(o->files[i], r->path) == 0)
			return true;
	return false;
}

/* What is faulty is compiled all the same, so that all faults are said. */
static bool
narrow(struct ruleset *s, const struct ruleset_options *o, struct err *e)
{
	size_t n = index_count(s->ids);

	for (size_t i = 0; i < n; i++) {
		struct rule *r = s->all[i];

		if ((!r->on && !is_draft(r, o)) || !is_of_use(r, o->use) ||
		    !in_list(o->only, r->id) || !in_bars(r->scene, o->scene) ||
		    !in_list(o->level, r->level) || !is_active(r, &o->now))
			continue;
		use(s, r);
	}
	if (s->n == 0)
		return err_set(e, ERR_USAGE,
		    n == 0 ? "no rule at all (-p PACK, -r FILE, --schema FILE)"
			: o->use == RULES_OF_SERIES
			? "no rule of time series (step, stuck, gap, hold, "
			  "window) is left"
			: "no rule is left (see --only, --scene, --level)");
	return true;
}

static bool
add_built_in(struct ruleset *s, struct err *e)
{
	struct rule r = { .id = SLICE("mdx:duplicate-key"),
		.on = true,
		.check = CHECK_DUPLICATE_KEY,
		.severity = SEVERITY_WARN,
		.max_fail = SLICE("0"),
		.level = SLICE("L1"),
		.dimension = SLICE("规范性"),
		.owner = SLICE("mdx"),
		.message = SLICE("记录中有重复的成员名"),
		.message_en = SLICE("a member is there twice"),
		.rationale = SLICE("RFC 8259, 4"),
		.path = "mdx-qc" };

	return ruleset_add(s, &r, e);
}

struct ruleset *
ruleset_load(struct catalogue *c, const struct ruleset_options *o,
    struct table_faults *faults, struct err *e)
{
	struct ruleset *s = ruleset_new(c, faults);
	bool ok = c == NULL || add_built_in(s, e);

	for (size_t i = 0; c != NULL && i < catalogue_packs(c); i++) {
		const char *path = catalogue_file(c, i, "rules.csv");

		ok = generate_rules(s, i, e) && ok;
		ok = (path == NULL || load_file(s, path, e)) && ok;
	}
	if (o->schema != NULL)
		ok = keyword_add(s, o->schema, &o->of_schema, e) && ok;
	for (size_t i = 0; o->files != NULL && o->files[i] != NULL; i++)
		ok = load_file(s, o->files[i], e) && ok;
	s->faulty = !ok;
	if (narrow(s, o, e) || s->faulty)
		return s;
	ruleset_free(s);
	return NULL;
}
