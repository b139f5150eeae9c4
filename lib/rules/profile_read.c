/*
 * What lint asks of a profile that was written: its kinds and fields.
 */
#include "base/mem.h"
#include "json/value.h"
#include "rules/profile_parts.h"

struct reading {
	const char *name;
	struct index *kinds, *fields;
	unsigned long long line;       /* from 1 */
	unsigned long long want, seen; /* fields over everything */
};

static bool
read_run(struct reading *r, const struct value *v, struct err *e)
{
	const struct value *fields = value_get(v, "fields");
	const struct value *complete = value_get(v, "complete");

	if (!slice_is(value_text(v, "format", ""), PROFILE_FORMAT))
		return err_set(e, ERR_USAGE,
		    "%s:1: this is no " PROFILE_FORMAT
		    " (mdx-qc profile writes one)",
		    r->name);
	if (complete == NULL || complete->type != JSON_TRUE)
		return err_set(e, ERR_INPUT,
		    "%s: is the profile of a run that did not end: fields "
		    "that it lacks may be there",
		    r->name);
	return (fields != NULL && slice_number(fields->text, &r->want)) ||
	    err_set(e, ERR_USAGE, "%s:1: 'fields' is no number", r->name);
}

/* A line for each group follows that over everything, of `by` {}. */
static void
read_field(struct reading *r, const struct value *v)
{
	const struct value *by = value_get(v, "by");

	r->seen += by != NULL && by->count == 0;
	index_add(r->kinds, value_text(v, "kind", ""), NULL);
	index_add(r->fields, value_text(v, "field", ""), NULL);
}

static bool
read_line(struct reading *r, struct arena *a, struct slice line, struct err *e)
{
	struct err why = { 0 };
	struct value *v = value_parse(a, line.p, line.n, &why);

	r->line++;
	if (v == NULL)
		return err_set(
		    e, ERR_USAGE, "%s:%llu: %s", r->name, r->line, why.text);
	if (r->line == 1)
		return read_run(r, v, e);
	if (slice_is(value_text(v, "t", ""), "field"))
		read_field(r, v);
	return true;
}

bool
profile_fields(const char *name, struct slice text, struct index *kinds,
    struct index *fields, struct err *e)
{
	struct reading r = { .name = name, .kinds = kinds, .fields = fields };
	struct arena *a = arena_new();
	struct slice rest = text, line;
	bool ok = true;

	while (ok && slice_next(&rest, '\n', &line)) {
		arena_reset(a);
		ok = line.n == 0 || read_line(&r, a, line, e);
	}
	arena_free(a);
	if (ok && r.line == 0)
		return err_set(e, ERR_USAGE, "%s: is empty", name);
	if (ok && r.seen < r.want)
		return err_set(e, ERR_INPUT,
		    "%s: is cut off: it has %llu of %llu fields", name, r.seen,
		    r.want);
	return ok;
}
