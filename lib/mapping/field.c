#include "mapping/field.h"

#include "base/utf8.h"
#include "json/write.h"
#include "mapping/field_result.h"
#include "mapping/field_time.h"
#include "mapping/result.h"

struct slice
field_string(struct arena *arena, struct slice text)
{
	char *out;
	size_t i;

	for (i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == '"' ||
		    text.p[i] == '\\')
			break;
	if (i < text.n) {
		struct buf b = { 0 };
		struct slice s;

		json_put_string(&b, text);
		s = arena_slice(arena, buf_slice(&b));
		buf_release(&b);
		return s;
	}
	out = arena_alloc(arena, text.n + 2);
	out[0] = out[text.n + 1] = '"';
	memcpy(out + 1, text.p, text.n);
	return (struct slice){ out, text.n + 2 };
}

/* With a value set, a unit of it may stand behind the number: F_unit. */
static void
to_number(const struct rule *r, struct json v, struct slice text,
    struct arena *arena, struct outcome *o)
{
	struct slice json, behind, unit = SLICE("");

	if (v.type == JSON_NUMBER)
		return;
	if (result_number(text, arena, &json)) {
		outcome_set(o, v, json);
		return;
	}
	if (r->values != NULL && result_quantity(text, arena, &json, &behind))
		unit = values_find(r->values, behind, arena);
	if (unit.n == 0) {
		o->unmapped = "number";
		return;
	}
	outcome_set(o, v, json);
	outcome_more(o, "_unit", unit);
}

static void
to_flag(struct json v, struct slice text, struct outcome *o)
{
	static const char *const yes[] = { "是", "有", "Y", "y", "1", "√",
		"yes", "Yes", "YES", "true", "True", "TRUE", "T" };
	static const char *const no[] = { "否", "无", "N", "n", "0", "×", "no",
		"No", "NO", "false", "False", "FALSE", "F" };

	if (v.type == JSON_TRUE || v.type == JSON_FALSE)
		return;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		if (slice_is(text, yes[i])) {
			o->json = SLICE("true");
			return;
		}
		if (slice_is(text, no[i])) {
			o->json = SLICE("false");
			return;
		}
	}
	o->unmapped = "flag";
}

/* Every character of the argument separates. */
static bool
separates(struct slice separators, uint32_t code)
{
	const char *p = separators.p, *end = separators.p + separators.n;

	while (p < end)
		if (utf8_next(&p, end) == code)
			return true;
	return false;
}

static void
put_part(struct buf *b, const char *from, const char *to)
{
	struct slice part = slice_trim(slice_span(from, to));

	if (part.n == 0)
		return;
	json_put_comma(b);
	json_put_string(b, part);
}

static void
to_parts(const struct rule *r, struct slice text, struct arena *arena,
    struct outcome *o)
{
	const char *p = text.p, *end = text.p + text.n, *from = p;
	struct buf b = { 0 };

	buf_addc(&b, '[');
	while (p < end) {
		const char *at = p;

		if (!separates(r->arg, utf8_next(&p, end)))
			continue;
		put_part(&b, from, at);
		from = p;
	}
	put_part(&b, from, end);
	buf_addc(&b, ']');
	o->json = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
}

static bool
to_expression(struct fields *f, const struct rule *r, struct record *rec,
    struct json v, struct outcome *o, struct err *e)
{
	struct arena *arena = record_arena(rec);
	struct filter **filter = &f->filters[r->number];
	struct buf b = { 0 };
	struct err why = { 0 };

	if (*filter == NULL) {
		*filter = filter_new(
		    arena_string(arena, r->arg.p, r->arg.n), NULL, e);
		if (*filter == NULL)
			return err_wrap(e, "%.*s", (int)r->place.n, r->place.p);
	}
	if (filter_run(*filter, record_line(rec), NULL, &b, &why))
		outcome_set(o, v, arena_slice(arena, buf_slice(&b)));
	else
		o->unmapped = "jq";
	buf_release(&b);
	return true;
}

static struct slice
companion_text(const struct companion *c, struct record *rec)
{
	if (!c->there)
		return SLICE("");
	return c->column ? slice_trim(paths_text(&c->paths, rec)) : c->text;
}

static void
to_codes(struct fields *f, const struct rule *r, struct record *rec,
    struct slice text, struct outcome *o)
{
	struct slice term = r->type == MAP_CODE ? SLICE("") : text;
	struct slice code =
	    r->type == MAP_CODE ? text : companion_text(&r->code, rec);
	struct slice unit = r->unit.there && f->unit.n > 0
	    ? f->unit
	    : companion_text(&r->unit, rec);

	o->decision = decide_term(f->decisions, r, term, unit,
	    companion_text(&r->specimen, rec), code);
	o->trail = o->decision->trail;
	o->unmapped = o->decision->reason;
	if (o->decision->codes.n > 0)
		outcome_more(o, "_codes", o->decision->codes);
}

static void
to_unit(struct fields *f, struct json v, struct slice text, struct slice item,
    struct arena *arena, struct outcome *o)
{
	const struct unit_decision *u =
	    decide_unit(f->decisions, text, item, SLICE(""), SLICE(""));

	if (u->known)
		outcome_set(o, v, field_string(arena, u->code));
	else
		o->unmapped = "not_ucum";
}

bool
field_convert(struct fields *f, const struct rule *r, struct record *rec,
    struct json v, struct slice text, struct slice item, struct outcome *o,
    struct err *e)
{
	struct arena *arena = record_arena(rec);
	size_t written = text.n;
	struct slice code;

	outcome_reset(o);
	if (r->type == MAP_JQ)
		return to_expression(f, r, rec, v, o, e);
	if (r->type == MAP_CONST) {
		outcome_set(o, v, field_string(arena, r->arg));
		return true;
	}
	if (r->type == MAP_TEXT || r->type == MAP_DROP)
		return true;
	if (v.type == JSON_ARRAY ||
	    (v.type == JSON_OBJECT && r->type != MAP_RESULT)) {
		o->unmapped = "nested";
		return true;
	}
	text = slice_trim(text);
	if (text.n == 0)
		return true;
	switch (r->type) {
	case MAP_TRIM:
		if (v.type == JSON_STRING && text.n != written)
			o->json = field_string(arena, text);
		break;
	case MAP_NUMBER:
		to_number(r, v, text, arena, o);
		break;
	case MAP_RESULT:
		field_result(f, r, rec, v, text, item, o);
		break;
	case MAP_DATE:
	case MAP_DATETIME:
	case MAP_TIME:
		field_date(f, r, v, text, arena, o);
		break;
	case MAP_AGE:
		field_age(v, text, arena, o);
		break;
	case MAP_FLAG:
		to_flag(v, text, o);
		break;
	case MAP_VALUES:
		code = values_find(r->values, text, arena);
		if (code.n > 0)
			outcome_set(o, v, code);
		else
			o->unmapped = "values";
		break;
	case MAP_TERM:
	case MAP_CODE:
		to_codes(f, r, rec, text, o);
		break;
	case MAP_UNIT:
		to_unit(f, v, text, item, arena, o);
		break;
	default:
		to_parts(r, text, arena, o);
	}
	return true;
}
