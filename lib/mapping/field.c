#include "mapping/field.h"

#include "base/decimal.h"
#include "json/write.h"
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

static void
add_more(struct outcome *o, const char *suffix, struct slice json)
{
	if (o->nmore == FIELD_MORE)
		return;
	o->more[o->nmore].suffix = suffix;
	o->more[o->nmore++].json = json;
}

static void
to_number(
    struct json v, struct slice text, struct arena *arena, struct outcome *o)
{
	struct slice json;

	if (v.type == JSON_NUMBER)
		return;
	if (result_number(text, arena, &json))
		outcome_set(o, v, json);
	else
		o->unmapped = "number";
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

static void
to_parts(const struct rule *r, struct slice text, struct arena *arena,
    struct outcome *o)
{
	struct buf b = { 0 };
	size_t from = 0;

	buf_addc(&b, '[');
	for (size_t i = 0; i <= text.n; i++) {
		struct slice part;

		if (i < text.n && memchr(r->arg.p, text.p[i], r->arg.n) == NULL)
			continue;
		part = slice_trim((struct slice){ text.p + from, i - from });
		from = i + 1;
		if (part.n == 0)
			continue;
		json_put_comma(&b);
		json_put_string(&b, part);
	}
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

/*
 * The item's unit, from inside the result or from its companion: a column that
 * says otherwise is a conflict, a constant is for results without one.
 */
static bool
result_unit(struct fields *f, const struct rule *r, struct record *rec,
    struct slice inside, struct slice item, struct slice wanted,
    struct outcome *o)
{
	struct slice unit = !r->unit.there ? SLICE("")
	    : r->unit.column ? slice_trim(path_text(&r->unit.path, rec))
			     : r->unit.text;
	struct slice analyte = !r->analyte.there ? item
	    : r->analyte.column ? path_text(&r->analyte.path, rec)
				: r->analyte.text;

	if (inside.n > 0) {
		const struct unit_decision *u = decide_unit(
		    f->decisions, inside, item, SLICE(""), SLICE(""));
		struct slice code = u->code;

		if (!u->known)
			return false;
		if (r->unit.column && unit.n > 0) {
			u = decide_unit(
			    f->decisions, unit, item, SLICE(""), SLICE(""));
			if (!u->known || !slice_eq(u->code, code))
				o->unmapped = "conflict";
		}
		unit = inside;
	}
	if (unit.n == 0)
		return true;
	o->unit_text = unit;
	o->unit = decide_unit(f->decisions, unit, item, wanted, analyte);
	return true;
}

static struct slice
converted(const struct outcome *o, struct slice json, struct arena *arena)
{
	struct decimal d;
	struct err ignored = { 0 };

	if (o->unit == NULL || !o->unit->converts || json.p == NULL)
		return json;
	if (!decimal_parse(json, arena, &d, &ignored) ||
	    !conversion_apply(&o->unit->way, &d, arena, &d, &ignored))
		return (struct slice){ NULL, 0 };
	return decimal_text(&d, arena);
}

/*
 * HL7's structured numeric as an object of its components, {"1":">","2":"100"},
 * as one text.
 */
static struct slice
structured(struct json v, struct arena *arena)
{
	struct json_walk walk = json_enter(v);
	struct buf b = { 0 };
	struct slice key, text;
	struct json part;

	while (json_next_member(&walk, &key, &part)) {
		if (key.n != 1 || key.p[0] < '1' || key.p[0] > '4')
			buf_addc(&b, 'x');
		buf_add_slice(&b, json_text(part, arena));
	}
	text = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

static void
put_number(const struct result *res, struct json v, struct arena *arena,
    struct outcome *o)
{
	struct slice number = converted(o, res->number, arena);

	if (number.p == NULL) {
		o->unmapped = "number";
		return;
	}
	outcome_set(o, v, number);
	if (res->op != NULL)
		*(res->op[0] == '<' ? &o->high : &o->low) = number;
}

static void
put_range(const struct result *res, struct arena *arena, struct outcome *o)
{
	o->low = converted(o, res->low, arena);
	o->high = converted(o, res->high, arena);
	if (o->low.p == NULL || o->high.p == NULL) {
		o->unmapped = "number";
		return;
	}
	add_more(o, "_low", o->low);
	add_more(o, "_high", o->high);
}

static void
put_finding(const struct result *res, struct arena *arena, struct outcome *o)
{
	if (res->flag != NULL)
		add_more(o, "_flag", field_string(arena, slice_of(res->flag)));
	if (res->op != NULL)
		add_more(o, "_op", field_string(arena, slice_of(res->op)));
	if (res->code != NULL)
		add_more(o, "_code", field_string(arena, slice_of(res->code)));
	if (res->grade > 0)
		add_more(o, "_grade",
		    slice_of(arena_printf(arena, "%u", res->grade)));
}

/* Why the number cannot be in the unit that the row wants. */
static const char *
refusal(const struct outcome *o, const struct result *res, struct slice wanted)
{
	bool number = res->kind == RESULT_NUMBER || res->kind == RESULT_RANGE;

	return number && wanted.n > 0 && o->unit != NULL ? o->unit->refusal
							 : NULL;
}

static void
to_result(struct fields *f, const struct rule *r, struct record *rec,
    struct json v, struct slice text, struct slice item, struct outcome *o)
{
	struct arena *arena = record_arena(rec);
	struct slice wanted =
	    r->indicator != NULL ? r->indicator->unit : r->arg;
	struct result res;

	if (v.type == JSON_NUMBER)
		res =
		    (struct result){ .kind = RESULT_NUMBER, .number = v.text };
	else
		result_parse(
		    v.type == JSON_OBJECT ? structured(v, arena) : text, arena,
		    &res);
	if (res.kind == RESULT_TEXT ||
	    !result_unit(f, r, rec, res.unit, item, wanted, o)) {
		/* words: no error, but no unit is changed either */
		result_unit(f, r, rec, SLICE(""), item, SLICE(""), o);
		if (v.type == JSON_OBJECT)
			o->unmapped = "nested";
		return;
	}
	if (o->unmapped == NULL)
		o->unmapped = refusal(o, &res, wanted);
	if (o->unmapped != NULL)
		return;
	if (res.kind == RESULT_NUMBER)
		put_number(&res, v, arena, o);
	else if (res.kind == RESULT_RANGE)
		put_range(&res, arena, o);
	else if (res.kind == RESULT_TITRE)
		add_more(o, "_titre", res.number);
	if (o->unmapped == NULL)
		put_finding(&res, arena, o);
}

static struct slice
companion_text(const struct companion *c, struct record *rec)
{
	if (!c->there)
		return SLICE("");
	return c->column ? slice_trim(path_text(&c->path, rec)) : c->text;
}

static void
to_codes(struct fields *f, const struct rule *r, struct record *rec,
    struct slice text, struct outcome *o)
{
	struct slice term = r->type == MAP_CODE ? SLICE("") : text;
	struct slice code =
	    r->type == MAP_CODE ? text : companion_text(&r->code, rec);

	o->decision =
	    decide_term(f->decisions, r, term, companion_text(&r->unit, rec),
		companion_text(&r->specimen, rec), code);
	o->trail = o->decision->trail;
	o->unmapped = o->decision->reason;
	if (o->decision->codes.n > 0)
		add_more(o, "_codes", o->decision->codes);
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
		to_number(v, text, arena, o);
		break;
	case MAP_RESULT:
		to_result(f, r, rec, v, text, item, o);
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
