#include "terms/interchange.h"

#include <stdio.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tokenizer.h"

/*
 * One column of a form: which part of a mapping it holds, or a text of its
 * own; NULL as the name ends a form.
 */
struct form_column {
	const char *name;
	int part;          /* enum mapping_column, or one of these: */
	const char *fixed; /* the text of FIXED */
};

enum {
	FIXED = MAPPING_COLUMNS,
	CURIE,         /* system:code */
	PREDICATE,     /* skos:exactMatch */
	EQUIVALENCE,   /* Usagi's */
	TARGET_SYSTEM, /* "None" for no code */
	MILLISECONDS,  /* the date since 1970 */
	START_DATE,
	INVALID_REASON,
	JUSTIFICATION
};

static const struct form_column sssom[] = { { "subject_label", MAPPING_TERM,
						NULL },
	{ "subject_type", FIXED, "rdfs literal" },
	{ "subject_category", MAPPING_FIELD, NULL },
	{ "predicate_id", PREDICATE, NULL }, { "object_id", CURIE, NULL },
	{ "object_label", MAPPING_DISPLAY, NULL },
	{ "object_source", MAPPING_SYSTEM, NULL },
	{ "object_source_version", MAPPING_VERSION, NULL },
	{ "mapping_justification", JUSTIFICATION, NULL },
	{ "reviewer_label", MAPPING_REVIEWER, NULL },
	{ "mapping_date", MAPPING_DATE, NULL },
	{ "confidence", MAPPING_P, NULL },
	{ "mapping_tool", MAPPING_METHOD, NULL },
	{ "comment", MAPPING_NOTE, NULL }, { "ext_unit", MAPPING_UNIT, NULL },
	{ "ext_specimen", MAPPING_SPECIMEN, NULL },
	{ "ext_relation", MAPPING_RELATION, NULL },
	{ "ext_count", MAPPING_COUNT, NULL }, { NULL, 0, NULL } };

static const struct form_column stcm[] = { { "source_code", MAPPING_TERM,
					       NULL },
	{ "source_concept_id", FIXED, "0" },
	{ "source_vocabulary_id", MAPPING_FIELD, NULL },
	{ "source_code_description", MAPPING_TERM, NULL },
	{ "target_concept_id", FIXED, "0" },
	{ "target_vocabulary_id", TARGET_SYSTEM, NULL },
	{ "valid_start_date", START_DATE, NULL },
	{ "valid_end_date", FIXED, "2099-12-31" },
	{ "invalid_reason", INVALID_REASON, NULL },
	{ "target_code", MAPPING_CODE, NULL },
	{ "target_code_description", MAPPING_DISPLAY, NULL },
	{ "target_version", MAPPING_VERSION, NULL },
	{ "relation", MAPPING_RELATION, NULL }, { "unit", MAPPING_UNIT, NULL },
	{ "specimen", MAPPING_SPECIMEN, NULL },
	{ "reviewer", MAPPING_REVIEWER, NULL }, { "p", MAPPING_P, NULL },
	{ "method", MAPPING_METHOD, NULL }, { "count", MAPPING_COUNT, NULL },
	{ "note", MAPPING_NOTE, NULL }, { NULL, 0, NULL } };

static const struct form_column usagi[] = { { "sourceCode", MAPPING_TERM,
						NULL },
	{ "sourceName", MAPPING_TERM, NULL },
	{ "sourceFrequency", MAPPING_COUNT, NULL },
	{ "sourceAutoAssignedConceptIds", FIXED, "" },
	{ "ADD_INFO:field", MAPPING_FIELD, NULL },
	{ "ADD_INFO:unit", MAPPING_UNIT, NULL },
	{ "ADD_INFO:specimen", MAPPING_SPECIMEN, NULL },
	{ "ADD_INFO:code", MAPPING_CODE, NULL },
	{ "ADD_INFO:system", MAPPING_SYSTEM, NULL },
	{ "ADD_INFO:version", MAPPING_VERSION, NULL },
	{ "ADD_INFO:relation", MAPPING_RELATION, NULL },
	{ "ADD_INFO:method", MAPPING_METHOD, NULL },
	{ "ADD_INFO:date", MAPPING_DATE, NULL },
	{ "matchScore", MAPPING_P, NULL },
	{ "mappingStatus", MAPPING_STATUS, NULL },
	{ "equivalence", EQUIVALENCE, NULL },
	{ "statusSetBy", MAPPING_REVIEWER, NULL },
	{ "statusSetOn", MILLISECONDS, NULL }, { "conceptId", FIXED, "0" },
	{ "conceptName", MAPPING_DISPLAY, NULL }, { "domainId", FIXED, "" },
	{ "mappingType", FIXED, "MAPS_TO" }, { "comment", MAPPING_NOTE, NULL },
	{ "createdBy", FIXED, "" }, { "createdOn", FIXED, "0" },
	{ "assignedReviewer", FIXED, "" }, { NULL, 0, NULL } };

static const struct form {
	const char *name;
	const struct form_column *columns;
	const char *one, *other; /* columns that no other form has */
} forms[] = { { "sssom", sssom, "subject_label", "object_id" },
	{ "stcm", stcm, "source_code", "target_concept_id" },
	{ "usagi", usagi, "sourceCode", "mappingStatus" } };

/* --- words ---------------------------------------------------------------- */

static const struct {
	const char *relation, *predicate, *equivalence;
} words[] = { { "exact", "skos:exactMatch", "EQUAL" },
	{ "close", "skos:closeMatch", "EQUIVALENT" },
	{ "broad", "skos:broadMatch", "WIDER" },
	{ "narrow", "skos:narrowMatch", "NARROWER" },
	{ "none", "skos:exactMatch", "UNMATCHED" },
	{ "close", "skos:relatedMatch", "INEXACT" } };

#define NWORDS (sizeof(words) / sizeof(*words))

static bool
has_no_code(const struct mapping_row *row)
{
	return slice_is(row->cell[MAPPING_RELATION], "none");
}

static const char *
word_for(const struct mapping_row *row, bool predicate)
{
	for (size_t i = 0; i < NWORDS; i++)
		if (slice_is(row->cell[MAPPING_RELATION], words[i].relation))
			return predicate ? words[i].predicate
					 : words[i].equivalence;
	return predicate ? "skos:exactMatch" : "UNREVIEWED";
}

static const char *
relation_for(struct slice word)
{
	for (size_t i = 0; i < NWORDS; i++)
		if (slice_is(word, words[i].predicate) ||
		    slice_is(word, words[i].equivalence))
			return words[i].relation;
	return "";
}

static struct slice
milliseconds(struct slice date, struct arena *a)
{
	struct date d;
	struct err e = { 0 };

	if (!date_parse(date, &d, &e))
		return SLICE("0");
	return slice_of(arena_printf(a, "%lld",
	    (long long)date_days(d.year, d.month, d.day) * 86400000LL));
}

/* --- writing --------------------------------------------------------------- */

static struct slice
cell_for(
    const struct form_column *c, const struct mapping_row *row, struct arena *a)
{
	const struct slice *m = row->cell;

	switch (c->part) {
	case FIXED:
		return slice_of(c->fixed);
	case CURIE:
		return has_no_code(row)
		    ? SLICE("sssom:NoTermFound")
		    : slice_of(arena_printf(a, "%.*s:%.*s",
			  (int)m[MAPPING_SYSTEM].n, m[MAPPING_SYSTEM].p,
			  (int)m[MAPPING_CODE].n, m[MAPPING_CODE].p));
	case PREDICATE:
		return slice_of(word_for(row, true));
	case EQUIVALENCE:
		return slice_of(word_for(row, false));
	case TARGET_SYSTEM:
		return m[MAPPING_SYSTEM].n == 0 ? SLICE("None")
						: m[MAPPING_SYSTEM];
	case MILLISECONDS:
		return milliseconds(m[MAPPING_DATE], a);
	case START_DATE:
		return m[MAPPING_DATE].n == 0 ? SLICE("1970-01-01")
					      : m[MAPPING_DATE];
	case INVALID_REASON:
		return mapping_is_approved(row) ? SLICE("") : SLICE("D");
	case JUSTIFICATION:
		return mapping_is_approved(row)
		    ? SLICE("semapv:ManualMappingCuration")
		    : SLICE("semapv:UnspecifiedMatching");
	default:
		return m[c->part];
	}
}

/* SSSOM has no quotes: what would break a line is a blank. */
static void
put_tabbed(struct buf *b, const struct slice *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(b, '\t');
		for (size_t k = 0; k < cells[i].n; k++) {
			char c = cells[i].p[k];

			buf_addc(
			    b, c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
		}
	}
	buf_addc(b, '\n');
}

static void
put_prefixes(
    const struct interchange *x, const struct mapping_rows *rows, struct buf *b)
{
	static const char *const extensions[] = { "unit", "specimen",
		"relation", "count" };

	buf_adds(b, "#curie_map:\n");
	for (size_t i = 0; i < systems_count(x->systems); i++) {
		const struct system *s = systems_at(x->systems, i);
		bool used = false;

		for (size_t k = 0; k < rows->n && !used; k++)
			used = slice_eq(
			    rows->list[k].cell[MAPPING_SYSTEM], s->name);
		if (!used)
			continue;
		buf_addf(b, "#  %.*s: \"", (int)s->name.n, s->name.p);
		if (s->uri.n > 0)
			buf_addf(b, "%.*s/", (int)s->uri.n, s->uri.p);
		else
			buf_addf(b, "urn:mdx:system:%.*s:", (int)s->name.n,
			    s->name.p);
		buf_adds(b, "\"\n");
	}
	buf_adds(b,
	    "#mapping_set_id: \"urn:mdx:mappings\"\n"
	    "#license: \"urn:mdx:not-stated\"\n#extension_definitions:\n");
	for (size_t i = 0; i < 4; i++)
		buf_addf(b,
		    "#  - slot_name: ext_%s\n#    property: \"urn:mdx:%s\"\n",
		    extensions[i], extensions[i]);
}

static void
write_table(
    const struct form *f, const struct mapping_rows *rows, struct buf *b)
{
	bool tabs = f->columns == sssom;
	struct arena *a = arena_new();
	struct slice cells[32];
	size_t n = 0;

	for (; f->columns[n].name != NULL; n++)
		cells[n] = slice_of(f->columns[n].name);
	if (tabs)
		put_tabbed(b, cells, n);
	else
		table_put_row(b, cells, n);
	for (size_t i = 0; i < rows->n; i++) {
		arena_reset(a);
		for (size_t c = 0; c < n; c++)
			cells[c] = cell_for(&f->columns[c], &rows->list[i], a);
		if (tabs)
			put_tabbed(b, cells, n);
		else
			table_put_row(b, cells, n);
	}
	arena_free(a);
}

bool
interchange_write(const struct interchange *x, const char *form,
    const struct mapping_rows *rows, struct buf *b)
{
	if (strcmp(form, "csv") == 0) {
		mapping_rows_text(rows, SLICE(""), b);
		return true;
	}
	if (strcmp(form, "conceptmap") == 0) {
		conceptmap_write(x, rows, b);
		return true;
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(form, forms[i].name) == 0) {
			if (forms[i].columns == sssom)
				put_prefixes(x, rows, b);
			write_table(&forms[i], rows, b);
			return true;
		}
	return false;
}

/* --- reading --------------------------------------------------------------- */

static void
take_cell(const struct form_column *c, struct slice s, struct mapping_row *row,
    struct arena *a)
{
	struct slice *m = row->cell;
	const char *colon;

	switch (c->part) {
	case FIXED:
	case MILLISECONDS:
		return;
	case CURIE:
		colon = memchr(s.p, ':', s.n);
		if (slice_is(s, "sssom:NoTermFound")) {
			m[MAPPING_RELATION] = SLICE("none");
		} else if (colon != NULL) {
			m[MAPPING_CODE] =
			    arena_slice(a, slice_span(colon + 1, s.p + s.n));
			if (m[MAPPING_SYSTEM].n == 0)
				m[MAPPING_SYSTEM] =
				    arena_slice(a, slice_span(s.p, colon));
		}
		return;
	case PREDICATE:
	case EQUIVALENCE:
		if (m[MAPPING_RELATION].n == 0)
			m[MAPPING_RELATION] = slice_of(relation_for(s));
		return;
	case TARGET_SYSTEM:
		if (slice_is(s, "None"))
			m[MAPPING_RELATION] = SLICE("none");
		else
			m[MAPPING_SYSTEM] = arena_slice(a, s);
		return;
	case START_DATE:
		if (!slice_is(s, "1970-01-01"))
			m[MAPPING_DATE] = arena_slice(a, s);
		return;
	case INVALID_REASON:
		m[MAPPING_STATUS] =
		    s.n == 0 ? SLICE("APPROVED") : SLICE("IGNORED");
		return;
	case JUSTIFICATION:
		m[MAPPING_STATUS] = slice_is(s, "semapv:ManualMappingCuration")
		    ? SLICE("APPROVED")
		    : SLICE("UNCHECKED");
		return;
	default:
		if (s.n > 0)
			m[c->part] = arena_slice(a, s);
	}
}

/* A row that says nothing of a code is for a person, whatever its status. */
static bool
settle_row(struct mapping_row *row, const struct table *t, size_t i,
    struct table_faults *faults, struct err *e)
{
	struct slice *m = row->cell;
	enum mapping_status status = MAPPING_UNCHECKED;

	if (m[MAPPING_STATUS].n > 0 &&
	    !mapping_status_read(m[MAPPING_STATUS], &status))
		return table_row_fault(t, i, faults, e, "unknown status '%.*s'",
		    (int)m[MAPPING_STATUS].n, m[MAPPING_STATUS].p);
	m[MAPPING_STATUS] = slice_of(mapping_status_name(status));
	if (has_no_code(row) && m[MAPPING_CODE].n > 0)
		return table_row_fault(
		    t, i, faults, e, "a code, and that there is none");
	if (!has_no_code(row) &&
	    (m[MAPPING_CODE].n == 0 || m[MAPPING_SYSTEM].n == 0 ||
		m[MAPPING_VERSION].n == 0) &&
	    mapping_is_approved(row))
		m[MAPPING_STATUS] = SLICE("UNCHECKED");
	return true;
}

static bool
read_table_row(const struct interchange *x, const struct form *f,
    const struct table *t, size_t i, const char *path,
    struct mapping_rows *rows, struct table_faults *faults, struct err *e)
{
	struct mapping_row *row = mapping_rows_add(
	    rows, x->field == NULL ? SLICE("") : slice_of(x->field));

	row->path = path;
	row->line = table_line(t, i);
	for (size_t c = 0; f->columns[c].name != NULL; c++)
		if (table_has(t, c))
			take_cell(&f->columns[c], table_cell(t, i, c), row,
			    rows->arena);
	if (row->cell[MAPPING_FIELD].n == 0)
		return table_row_fault(t, i, faults, e,
		    "no field: say of which these are (--field diagnosis)");
	return settle_row(row, t, i, faults, e);
}

static bool
read_form(const struct interchange *x, const struct form *f, const char *path,
    struct slice text, struct mapping_rows *rows, struct table_faults *faults,
    struct err *e)
{
	struct column columns[32] = { { NULL, NULL, 0 } };
	struct table *t;
	bool ok;

	for (size_t c = 0; f->columns[c].name != NULL; c++)
		columns[c] = (struct column){ f->columns[c].name, NULL,
			f->columns[c].part == MAPPING_TERM ? COLUMN_FILLED
							   : 0 };
	t = table_parse(path, text, columns, TABLE_EXTRA, faults, e);
	ok = t != NULL;
	for (size_t i = 0; t != NULL && i < table_rows(t); i++)
		ok = read_table_row(x, f, t, i,
			 arena_string(rows->arena, path, strlen(path)), rows,
			 faults, e) &&
		    ok;
	table_free(t);
	return ok;
}

/* The first line that is no comment; both widths of a table's head. */
static struct slice
header_line(struct slice text)
{
	struct slice line = SLICE("");

	if (slice_starts(text, "\xEF\xBB\xBF"))
		text = (struct slice){ text.p + 3, text.n - 3 };
	while (slice_next(&text, '\n', &line))
		if (!slice_starts(line, "#") && slice_trim(line).n > 0)
			return line;
	return SLICE("");
}

static bool
has_header(struct slice line, const char *name)
{
	struct slice part;
	char separator = memchr(line.p, '\t', line.n) != NULL ? '\t' : ',';

	while (slice_next(&line, separator, &part)) {
		part = slice_trim(part);
		if (part.n > 1 && part.p[0] == '"' && part.p[part.n - 1] == '"')
			part = (struct slice){ part.p + 1, part.n - 2 };
		if (slice_is(part, name))
			return true;
	}
	return false;
}

static const struct form *
form_of(struct slice line)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (has_header(line, forms[i].one) &&
		    has_header(line, forms[i].other))
			return &forms[i];
	return NULL;
}

bool
interchange_is(struct slice text)
{
	struct slice line = header_line(text);

	return slice_starts(slice_trim(text), "{") || form_of(line) != NULL ||
	    has_header(line, "term") || has_header(line, "术语") ||
	    has_header(line, "原词");
}

bool
interchange_read(const struct interchange *x, const char *path,
    struct slice text, struct mapping_rows *rows, struct table_faults *faults,
    struct err *e)
{
	const struct form *f = form_of(header_line(text));
	size_t first = rows->n;
	bool ok;

	if (slice_starts(slice_trim(text), "{"))
		return conceptmap_read(x, path, text, rows, faults, e);
	if (f != NULL)
		return read_form(x, f, path, text, rows, faults, e);
	ok = mapping_rows_read(rows, path, text, faults, e);
	for (size_t i = first; x->field != NULL && i < rows->n; i++)
		rows->list[i].cell[MAPPING_FIELD] = slice_of(x->field);
	return ok;
}
