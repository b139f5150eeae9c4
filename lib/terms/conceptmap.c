/*
 * FHIR R4 ConceptMap, of interchange.h: a group for each field and edition.
 * What FHIR has no member for stands in extensions of the target.
 */
#include "json/value.h"
#include "json/write.h"
#include "terms/interchange.h"

#define FIELD_URI  "urn:mdx:field:"
#define SYSTEM_URI "urn:mdx:system:"
#define PART_URI   "urn:mdx:mapping:"

static const struct {
	const char *relation, *equivalence;
} words[] = { { "exact", "equivalent" }, { "close", "inexact" },
	{ "broad", "wider" }, { "narrow", "narrower" }, { "none", "unmatched" },
	{ "exact", "equal" }, { "close", "relatedto" }, { "broad", "subsumes" },
	{ "narrow", "specializes" }, { "none", "disjoint" } };

#define NWORDS (sizeof(words) / sizeof(*words))

/* What an extension holds, by the last part of its address. */
static const struct {
	const char *name;
	enum mapping_column part;
} extensions[] = { { "reviewer", MAPPING_REVIEWER }, { "date", MAPPING_DATE },
	{ "p", MAPPING_P }, { "method", MAPPING_METHOD },
	{ "count", MAPPING_COUNT }, { "relation", MAPPING_RELATION } };

#define NEXTENSIONS (sizeof(extensions) / sizeof(*extensions))

static const char *
equivalence_of(const struct mapping_row *row)
{
	for (size_t i = 0; i < NWORDS; i++)
		if (slice_is(row->cell[MAPPING_RELATION], words[i].relation))
			return words[i].equivalence;
	return "relatedto";
}

static void
put(struct buf *b, const char *name, struct slice s)
{
	if (s.n == 0)
		return;
	json_put_key(b, name);
	json_put_string(b, s);
}

static void
put_uri(struct buf *b, const char *name, const char *prefix, struct slice s)
{
	struct buf uri = { 0 };

	buf_adds(&uri, prefix);
	buf_add_slice(&uri, s);
	json_put_key(b, name);
	json_put_string(b, buf_slice(&uri));
	buf_release(&uri);
}

static void
put_extensions(struct buf *b, const struct mapping_row *row)
{
	bool any = false;

	for (size_t i = 0; i < NEXTENSIONS; i++)
		any = any || row->cell[extensions[i].part].n > 0;
	if (!any)
		return;
	json_put_key(b, "extension");
	buf_addc(b, '[');
	for (size_t i = 0; i < NEXTENSIONS; i++) {
		struct slice s = row->cell[extensions[i].part];

		if (s.n == 0)
			continue;
		json_put_comma(b);
		buf_addc(b, '{');
		put_uri(b, "url", PART_URI, slice_of(extensions[i].name));
		put(b, "valueString", s);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void
put_conditions(struct buf *b, const struct mapping_row *row)
{
	static const struct {
		const char *name;
		enum mapping_column part;
	} what[] = { { "unit", MAPPING_UNIT },
		{ "specimen", MAPPING_SPECIMEN } };

	if (row->cell[MAPPING_UNIT].n + row->cell[MAPPING_SPECIMEN].n == 0)
		return;
	json_put_key(b, "dependsOn");
	buf_addc(b, '[');
	for (size_t i = 0; i < 2; i++) {
		if (row->cell[what[i].part].n == 0)
			continue;
		json_put_comma(b);
		buf_addc(b, '{');
		put_uri(b, "property", PART_URI, slice_of(what[i].name));
		put(b, "value", row->cell[what[i].part]);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void
put_target(struct buf *b, const struct mapping_row *row)
{
	json_put_comma(b);
	buf_addc(b, '{');
	put_extensions(b, row);
	put(b, "code", row->cell[MAPPING_CODE]);
	put(b, "display", row->cell[MAPPING_DISPLAY]);
	json_put_key(b, "equivalence");
	json_put_cstring(b, equivalence_of(row));
	put(b, "comment", row->cell[MAPPING_NOTE]);
	put_conditions(b, row);
	buf_addc(b, '}');
}

static bool
same_group(const struct mapping_row *a, const struct mapping_row *b)
{
	return slice_eq(a->cell[MAPPING_FIELD], b->cell[MAPPING_FIELD]) &&
	    slice_eq(a->cell[MAPPING_SYSTEM], b->cell[MAPPING_SYSTEM]) &&
	    slice_eq(a->cell[MAPPING_VERSION], b->cell[MAPPING_VERSION]);
}

static void
put_group_head(
    const struct interchange *x, struct buf *b, const struct mapping_row *row)
{
	const struct system *s =
	    systems_find(x->systems, row->cell[MAPPING_SYSTEM]);

	json_put_comma(b);
	buf_addc(b, '{');
	put_uri(b, "source", FIELD_URI, row->cell[MAPPING_FIELD]);
	if (s != NULL && s->uri.n > 0)
		put(b, "target", s->uri);
	else if (row->cell[MAPPING_SYSTEM].n > 0)
		put_uri(b, "target", SYSTEM_URI, row->cell[MAPPING_SYSTEM]);
	put(b, "targetVersion", row->cell[MAPPING_VERSION]);
	json_put_key(b, "element");
	buf_addc(b, '[');
}

/* The rows of one group, those of one term under it, in their order. */
static void
put_group(const struct interchange *x, struct buf *b,
    const struct mapping_rows *rows, size_t first, bool *done)
{
	put_group_head(x, b, &rows->list[first]);
	for (size_t i = first; i < rows->n; i++) {
		struct slice term = rows->list[i].cell[MAPPING_TERM];

		if (done[i] || !same_group(&rows->list[first], &rows->list[i]))
			continue;
		json_put_comma(b);
		buf_addc(b, '{');
		put(b, "code", term);
		put(b, "display", term);
		json_put_key(b, "target");
		buf_addc(b, '[');
		for (size_t k = i; k < rows->n &&
		     slice_eq(rows->list[k].cell[MAPPING_TERM], term);
		     k++)
			if (!done[k] &&
			    same_group(&rows->list[first], &rows->list[k])) {
				put_target(b, &rows->list[k]);
				done[k] = true;
			}
		buf_adds(b, "]}");
	}
	buf_adds(b, "]}");
}

void
conceptmap_write(
    const struct interchange *x, const struct mapping_rows *rows, struct buf *b)
{
	struct arena *a = arena_new();
	bool *done = arena_zalloc(a, rows->n + 1);

	buf_adds(b,
	    "{\"resourceType\":\"ConceptMap\",\"url\":\"urn:mdx:mappings\","
	    "\"status\":\"active\",\"group\":[");
	for (size_t i = 0; i < rows->n; i++)
		if (!done[i])
			put_group(x, b, rows, i, done);
	buf_adds(b, "]}\n");
	arena_free(a);
}

/* --- reading --------------------------------------------------------------- */

struct group {
	const struct interchange *x;
	const char *path;
	struct mapping_rows *rows;
	struct slice field, system, version;
	bool approved;
	struct table_faults *faults;
	struct err *e;
};

static struct slice
behind(struct slice s, const char *prefix)
{
	size_t n = strlen(prefix);

	return slice_starts(s, prefix) ? (struct slice){ s.p + n, s.n - n }
				       : SLICE("");
}

static void
take_extension(struct mapping_row *row, const struct value *v, struct arena *a)
{
	struct slice name = behind(value_text(v, "url", ""), PART_URI);

	for (size_t i = 0; i < NEXTENSIONS; i++)
		if (slice_is(name, extensions[i].name))
			row->cell[extensions[i].part] =
			    arena_slice(a, value_text(v, "valueString", ""));
}

static void
take_condition(struct mapping_row *row, const struct value *v, struct arena *a)
{
	struct slice name = behind(value_text(v, "property", ""), PART_URI);
	struct slice text = arena_slice(a, value_text(v, "value", ""));

	if (slice_is(name, "unit"))
		row->cell[MAPPING_UNIT] = text;
	else if (slice_is(name, "specimen"))
		row->cell[MAPPING_SPECIMEN] = text;
}

static void
each(const struct value *list, struct mapping_row *row, struct arena *a,
    void (*take)(struct mapping_row *, const struct value *, struct arena *))
{
	for (size_t i = 0;
	     list != NULL && list->type == JSON_ARRAY && i < list->count; i++)
		take(row, &list->items[i], a);
}

static bool
take_target(struct group *g, const struct value *element, const struct value *v)
{
	struct mapping_row *row = mapping_rows_add(g->rows, g->field);
	struct arena *a = g->rows->arena;
	struct slice word = value_text(v, "equivalence", "");
	struct slice *m = row->cell;

	row->path = g->path;
	row->line = v->line;
	m[MAPPING_TERM] = arena_slice(a, value_text(element, "code", ""));
	m[MAPPING_CODE] = arena_slice(a, value_text(v, "code", ""));
	m[MAPPING_DISPLAY] = arena_slice(a, value_text(v, "display", ""));
	m[MAPPING_NOTE] = arena_slice(a, value_text(v, "comment", ""));
	each(value_get(v, "extension"), row, a, take_extension);
	each(value_get(v, "dependsOn"), row, a, take_condition);
	for (size_t i = 0; m[MAPPING_RELATION].n == 0 && i < NWORDS; i++)
		if (slice_is(word, words[i].equivalence))
			m[MAPPING_RELATION] = slice_of(words[i].relation);
	if (m[MAPPING_RELATION].n == 0)
		return table_fault(g->faults, g->path, v->line, g->e,
		    "unknown equivalence '%.*s'", (int)word.n, word.p);
	m[MAPPING_STATUS] =
	    g->approved ? SLICE("APPROVED") : SLICE("UNCHECKED");
	if (slice_is(m[MAPPING_RELATION], "none"))
		return m[MAPPING_CODE].n == 0 ||
		    table_fault(g->faults, g->path, v->line, g->e,
			"a code, and that there is none");
	m[MAPPING_SYSTEM] = g->system;
	m[MAPPING_VERSION] = g->version;
	if (m[MAPPING_CODE].n == 0 || g->system.n == 0 || g->version.n == 0)
		m[MAPPING_STATUS] = SLICE("UNCHECKED");
	return true;
}

static bool
take_element(struct group *g, const struct value *v)
{
	const struct value *targets = value_get(v, "target");
	bool ok = true;

	if (value_text(v, "code", "").n == 0)
		return table_fault(g->faults, g->path, v->line, g->e,
		    "an element without a code");
	for (size_t i = 0; targets != NULL && targets->type == JSON_ARRAY &&
	     i < targets->count;
	     i++)
		ok = take_target(g, v, &targets->items[i]) && ok;
	return ok;
}

static bool
take_group(struct group *g, const struct value *v)
{
	const struct value *elements = value_get(v, "element");
	struct slice target = value_text(v, "target", "");
	const struct system *s = systems_by_uri(g->x->systems, target);
	struct slice field = behind(value_text(v, "source", ""), FIELD_URI);
	struct arena *a = g->rows->arena;
	bool ok = true;

	g->field =
	    g->x->field != NULL ? slice_of(g->x->field) : arena_slice(a, field);
	g->system =
	    arena_slice(a, s != NULL ? s->name : behind(target, SYSTEM_URI));
	g->version = arena_slice(a, value_text(v, "targetVersion", ""));
	if (g->field.n == 0)
		return table_fault(g->faults, g->path, v->line, g->e,
		    "no field: say of which these are (--field diagnosis)");
	for (size_t i = 0; elements != NULL && elements->type == JSON_ARRAY &&
	     i < elements->count;
	     i++)
		ok = take_element(g, &elements->items[i]) && ok;
	return ok;
}

bool
conceptmap_read(const struct interchange *x, const char *path,
    struct slice text, struct mapping_rows *rows, struct table_faults *faults,
    struct err *e)
{
	struct arena *a = arena_new();
	struct err why = { 0 };
	const struct value *v = value_parse(a, text.p, text.n, &why), *groups;
	struct group g = {
		.x = x, .path = path, .rows = rows, .faults = faults, .e = e
	};
	bool ok = true;

	if (v == NULL) {
		table_fault(faults, path, 0, e, "%s", why.text);
		arena_free(a);
		return false;
	}
	if (!slice_is(value_text(v, "resourceType", ""), "ConceptMap"))
		ok = table_fault(
		    faults, path, 0, e, "JSON, but no ConceptMap of FHIR");
	g.approved = slice_is(value_text(v, "status", ""), "active");
	groups = value_get(v, "group");
	for (size_t i = 0; ok && groups != NULL && groups->type == JSON_ARRAY &&
	     i < groups->count;
	     i++)
		ok = take_group(&g, &groups->items[i]) && ok;
	arena_free(a);
	return ok;
}
