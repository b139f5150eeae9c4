#include "mapping/field_result.h"

#include "base/decimal.h"
#include "mapping/result.h"

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
	    : r->unit.column ? slice_trim(paths_text(&r->unit.paths, rec))
			     : r->unit.text;
	struct slice analyte = !r->analyte.there ? item
	    : r->analyte.column ? paths_text(&r->analyte.paths, rec)
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
	outcome_more(o, "_low", o->low);
	outcome_more(o, "_high", o->high);
}

static void
put_finding(const struct result *res, struct arena *arena, struct outcome *o)
{
	if (res->flag != NULL)
		outcome_more(
		    o, "_flag", field_string(arena, slice_of(res->flag)));
	if (res->op != NULL)
		outcome_more(o, "_op", field_string(arena, slice_of(res->op)));
	if (res->code != NULL)
		outcome_more(
		    o, "_code", field_string(arena, slice_of(res->code)));
	if (res->grade > 0)
		outcome_more(o, "_grade",
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

void
field_result(struct fields *f, const struct rule *r, struct record *rec,
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
		outcome_more(o, "_titre", res.number);
	if (o->unmapped == NULL)
		put_finding(&res, arena, o);
}
