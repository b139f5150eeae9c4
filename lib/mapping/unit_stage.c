#include "mapping/unit_stage.h"

#include "json/write.h"
#include "mapping/field.h"
#include "mapping/result.h"

static struct slice
text_of(struct record *r, const char *name)
{
	size_t n;
	const struct json_member *m = record_members(r, &n);

	for (size_t i = 0; i < n; i++)
		if (json_key_is(record_key(r, &m[i]), slice_of(name)))
			return slice_trim(record_text(r, &m[i]));
	return SLICE("");
}

static bool
is_literal(const struct units *u, struct slice text)
{
	return text.n > 0 && units_valid(u, text);
}

/* The converted value, or the code of the refusal. */
static const char *
convert(const struct units *u, struct record *r, struct slice code,
    struct slice value, struct slice *result, struct err *e)
{
	struct arena *arena = record_arena(r);
	struct slice to = text_of(r, "to"), number;
	struct conversion way;
	struct decimal d;

	if (to.n == 0)
		return NULL;
	if (!result_number(value, arena, &number) ||
	    !decimal_parse(number, arena, &d, e))
		return "bad_value";
	if (!units_code(u, to, SLICE(""), arena, &to))
		return "not_ucum";
	if (!units_between(u, code, to, text_of(r, "analyte"), arena, &way, e))
		return e->code;
	if (!conversion_apply(&way, &d, arena, &d, e))
		return "bad_value";
	*result = decimal_text(&d, arena);
	return NULL;
}

static enum verdict
answer(void *shared, struct record *r, struct job *job, struct err *e)
{
	const struct units *u = shared;
	struct arena *arena = record_arena(r);
	struct slice unit = text_of(r, "unit"), value = text_of(r, "value");
	struct slice code, result = { NULL, 0 };
	const char *refusal = "not_ucum";
	struct err why = { 0 };
	bool known = units_code(u, unit, text_of(r, "analyte"), arena, &code);
	struct unit parsed;

	(void)job;
	(void)e;
	record_add(r, NULL, SLICE("valid"),
	    is_literal(u, unit) ? SLICE("true") : SLICE("false"));
	record_add(r, NULL, SLICE("ucum"),
	    known ? field_string(arena, code) : SLICE("null"));
	if (known && units_parse(u, code, arena, &parsed, &why))
		record_add(r, NULL, SLICE("dimension"),
		    field_string(arena, ucum_dimension(&parsed, arena)));
	if (known)
		refusal = convert(u, r, code, value, &result, &why);
	if (result.p != NULL)
		record_add(r, NULL, SLICE("result"), result);
	if (refusal != NULL)
		record_add(r, NULL, SLICE("error"),
		    field_string(arena,
			slice_of(
			    arena_string(arena, refusal, strlen(refusal)))));
	return RECORD_PASS;
}

struct stage
unit_stage(const struct units *u, const struct index *names)
{
	return (struct stage){
		.names = names, .shared = (void *)(uintptr_t)u, .record = answer
	};
}
