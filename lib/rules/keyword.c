#include "rules/keyword.h"

#define PREFIX "schema:"

/* What kind of quality a keyword is about. */
static struct slice
dimension_of(struct slice keyword)
{
	if (slice_is(keyword, "required") ||
	    slice_is(keyword, "dependentRequired"))
		return SLICE("完整性");
	if (slice_is(keyword, "uniqueItems"))
		return SLICE("唯一性");
	return SLICE("规范性");
}

static struct slice
made(struct ruleset *s, struct buf *b)
{
	struct slice text = arena_slice(s->arena, buf_slice(b));

	buf_reset(b);
	return text;
}

static bool
add_rule(struct ruleset *s, const char *path, size_t number, struct err *e)
{
	const struct schema_rule *k = schema_rule(s->schema, number);
	struct slice owner = schema_name(s->schema);
	struct rule r = { .on = true,
		.field = k->field,
		.title = k->title,
		.check = CHECK_KEYWORD,
		.severity = SEVERITY_ERROR,
		.max_fail = SLICE("0"),
		.dimension = dimension_of(k->keyword),
		.owner = owner,
		.rationale = owner,
		.keyword = number,
		.path = path,
		.line = k->line };
	struct buf b = { 0 };

	/* A schema that is nothing but `false` has no member to be named by. */
	buf_addf(&b, PREFIX "%s%.*s", k->pointer.n == 0 ? "/" : "",
	    (int)k->pointer.n, k->pointer.p);
	r.id = made(s, &b);
	buf_addf(&b, "%.*s%s%.*s", (int)k->keyword.n, k->keyword.p,
	    k->arg.n > 0 ? " " : "", (int)k->arg.n, k->arg.p);
	r.arg = made(s, &b);
	schema_message(k, true, &b);
	r.message = made(s, &b);
	schema_message(k, false, &b);
	r.message_en = made(s, &b);
	buf_release(&b);
	return ruleset_add(s, &r, e);
}

bool
keyword_add(struct ruleset *s, const char *path,
    const struct schema_options *given, struct err *e)
{
	struct schema_options o = *given;
	const struct indicator *d;
	bool inside, ok = true;

	path = arena_string(s->arena, path, strlen(path));
	if (o.at.n > 0)
		ruleset_place(s, o.at, &o.at, &inside, &d);
	s->schema = schema_load(path, &o, s->faults, e);
	if (s->schema == NULL)
		return false;
	s->schema_at = given->at;
	s->schema_formats = given->formats;
	for (size_t i = 0; i < schema_count(s->schema); i++)
		ok = add_rule(s, path, i, e) && ok;
	return ok;
}

struct schema *
keyword_load(const struct ruleset *s, const struct rule *r, struct arena *a,
    struct err *e)
{
	struct schema_options o = { .formats = false };
	struct slice rest = r->arg, file;

	if (!slice_next(&rest, ' ', &file) || file.n < 2 || file.p[0] != '@' ||
	    (rest.n > 0 && !slice_is(slice_trim(rest), "formats"))) {
		err_set(e, ERR_USAGE,
		    "schema takes a file, and 'formats' where they are to "
		    "assert: @file.json formats");
		return NULL;
	}
	o.formats = rest.n > 0;
	return schema_load(rule_beside(r, file, a), &o, s->faults, e);
}
