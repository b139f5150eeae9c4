#include "mapping/field.h"

#include "base/date.h"
#include "base/decimal.h"
#include "json/write.h"
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

/* As JSON, or p NULL where it reads the same as before. */
static void
becomes(struct outcome *o, struct json before, struct slice json)
{
	if (!slice_eq(before.text, json))
		o->json = json;
}

/*
 * The form that nearly all dates have, 2018-1-14 with one kind of mark, at a
 * tenth of the cost of date_read; false leaves the rest to it.
 */
static bool
plain_date(struct slice text, struct date *d)
{
	unsigned part[3] = { 0 };
	size_t digits[3] = { 0 }, n = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c >= '0' && c <= '9' && digits[n] < 4) {
			part[n] = part[n] * 10 + (unsigned)(c - '0');
			digits[n]++;
		} else if (n < 2 && (c == '-' || c == '/') &&
		    (n == 0 || c == text.p[4])) {
			n++;
		} else {
			return false;
		}
	}
	if (digits[0] != 4 || digits[1] - 1 > 1 || digits[2] - 1 > 1 ||
	    part[0] < 1850 || part[0] > 2100 ||
	    !date_exists((int)part[0], part[1], part[2]))
		return false;
	*d = (struct date){ .year = (int)part[0],
		.month = (uint8_t)part[1],
		.day = (uint8_t)part[2],
		.precision = DATE_DAY,
		.zone = DATE_NO_ZONE };
	return true;
}

static void
put_two(char *to, unsigned n)
{
	to[0] = (char)('0' + n / 10);
	to[1] = (char)('0' + n % 10);
}

/* As a JSON string. */
static struct slice
plain_text(const struct date *d, struct arena *arena)
{
	char *p = arena_dup(arena, "\"0000-00-00\"", 12);

	put_two(p + 1, (unsigned)d->year / 100);
	put_two(p + 3, (unsigned)d->year % 100);
	put_two(p + 6, d->month);
	put_two(p + 9, d->day);
	return (struct slice){ p, 12 };
}

static void
to_date(const struct fields *f, const struct rule *r, struct json v,
    struct slice text, struct arena *arena, struct outcome *o)
{
	struct err e = { 0 };
	struct date d;
	char out[DATE_TEXT];
	size_t n;

	if (r->type == MAP_TIME) {
		if (!date_read_time(text, &d, &e)) {
			o->unmapped = "time";
			return;
		}
		n = date_print_time(&d, out);
		becomes(o, v, field_string(arena, (struct slice){ out, n }));
		return;
	}
	if (plain_date(text, &d)) {
		becomes(o, v, plain_text(&d, arena));
		return;
	}
	if (!date_read(text, &r->format, &d, &e)) {
		o->unmapped =
		    strcmp(e.code, "date_doubt") == 0 ? "date_doubt" : "date";
		return;
	}
	if (r->type == MAP_DATE && d.precision > DATE_DAY) {
		if ((d.hour | d.minute | d.second) != 0 && !r->format.cut) {
			o->unmapped = "date_time";
			return;
		}
		d.precision = DATE_DAY;
		d.zone = DATE_NO_ZONE;
	}
	if (d.precision > DATE_DAY && d.zone == DATE_NO_ZONE)
		d.zone = (int16_t)f->zone;
	n = date_print(&d, out);
	becomes(o, v, field_string(arena, (struct slice){ out, n }));
}

static void
to_number(
    struct json v, struct slice text, struct arena *arena, struct outcome *o)
{
	struct slice json;

	if (v.type == JSON_NUMBER)
		return;
	if (result_number(text, arena, &json))
		becomes(o, v, json);
	else
		o->unmapped = "number";
}

/* "1岁6月", "45", "45岁", "045Y", "3月", "20天" in years. */
static void
to_age(struct json v, struct slice text, struct arena *arena, struct outcome *o)
{
	static const struct {
		const char *word;
		long in_year;
	} words[] = { { "周岁", 1 }, { "岁", 1 }, { "Y", 1 }, { "个月", 12 },
		{ "月龄", 12 }, { "月", 12 }, { "M", 12 }, { "周", 52 },
		{ "W", 52 }, { "天", 365 }, { "日", 365 }, { "D", 365 } };
	struct decimal sum = decimal_of_long(0, arena), part, years;
	struct err ignored = { 0 };
	struct slice rest = slice_trim(text), json;
	size_t i, n = sizeof(words) / sizeof(words[0]);

	if (v.type == JSON_NUMBER)
		return;
	if (result_number(rest, arena, &json)) {
		becomes(o, v, json);
		return;
	}
	while (rest.n > 0) {
		size_t digits = 0;

		while (digits < rest.n &&
		    ((rest.p[digits] >= '0' && rest.p[digits] <= '9') ||
			rest.p[digits] == '.'))
			digits++;
		json = (struct slice){ rest.p, digits };
		rest = (struct slice){ rest.p + digits, rest.n - digits };
		for (i = 0; i < n && !slice_starts(rest, words[i].word);)
			i++;
		years = decimal_of_long(i < n ? words[i].in_year : 1, arena);
		if (i == n || digits == 0 || digits > 9 ||
		    !decimal_parse(json, arena, &part, &ignored) ||
		    !decimal_div(&part, &years, arena, &part, &ignored) ||
		    !decimal_add(&sum, &part, arena, &sum, &ignored)) {
			o->unmapped = "age";
			return;
		}
		rest =
		    slice_trim((struct slice){ rest.p + strlen(words[i].word),
			rest.n - strlen(words[i].word) });
	}
	if (text.n == 0)
		return;
	sum = decimal_strip(&sum);
	becomes(o, v, decimal_text(&sum, arena));
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
		becomes(o, v, arena_slice(arena, buf_slice(&b)));
	else
		o->unmapped = "jq";
	buf_release(&b);
	return true;
}

/* The item's unit, from inside the result or from its companion. */
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
		if (unit.n > 0) {
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
		result_parse(text, arena, &res);
	if (res.kind == RESULT_TEXT ||
	    !result_unit(f, r, rec, res.unit, item, wanted, o)) {
		/* words: no error, but no unit is changed either */
		result_unit(f, r, rec, SLICE(""), item, SLICE(""), o);
		return;
	}
	if (o->unmapped != NULL)
		return;
	if (res.flag != NULL)
		add_more(o, "_flag", field_string(arena, slice_of(res.flag)));
	switch (res.kind) {
	case RESULT_NUMBER:
		res.number = converted(o, res.number, arena);
		if (res.number.p == NULL) {
			o->unmapped = "number";
			return;
		}
		becomes(o, v, res.number);
		if (res.op != NULL)
			add_more(
			    o, "_op", field_string(arena, slice_of(res.op)));
		if (res.op != NULL)
			*(res.op[0] == '<' ? &o->high : &o->low) = res.number;
		break;
	case RESULT_RANGE:
		o->low = converted(o, res.low, arena);
		o->high = converted(o, res.high, arena);
		add_more(o, "_low", o->low);
		add_more(o, "_high", o->high);
		break;
	case RESULT_TITRE:
		add_more(o, "_titre", res.number);
		break;
	default:
		add_more(o, "_code", field_string(arena, slice_of(res.code)));
		if (res.grade > 0)
			add_more(o, "_grade",
			    slice_of(arena_printf(arena, "%u", res.grade)));
	}
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
		becomes(o, v, field_string(arena, u->code));
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

	*o = (struct outcome){ 0 };
	if (r->type == MAP_JQ)
		return to_expression(f, r, rec, v, o, e);
	if (r->type == MAP_CONST) {
		becomes(o, v, field_string(arena, r->arg));
		return true;
	}
	if (r->type == MAP_TEXT || r->type == MAP_DROP)
		return true;
	if (v.type == JSON_ARRAY || v.type == JSON_OBJECT) {
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
		to_date(f, r, v, text, arena, o);
		break;
	case MAP_AGE:
		to_age(v, text, arena, o);
		break;
	case MAP_FLAG:
		to_flag(v, text, o);
		break;
	case MAP_VALUES:
		code = values_find(r->values, text, arena);
		if (code.n > 0)
			becomes(o, v, code);
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
