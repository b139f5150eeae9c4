/*
 * The rules that follow from a row of the catalogue, in this order:
 *
 *	ID:type  ID:unit  ID:values  ID:range  ID:complete
 *
 * Their arguments are spelt as a rule file would spell them, so that listing,
 * plan and report know no difference.
 */
#include "base/buf.h"
#include "rules/rule.h"

/*
 * L1 stands at its source, else under its id; a source that reduces a gathered
 * record ("lab[test=GLU].value:last") leaves its result among the indicators,
 * as the other levels do.
 */
bool
generate_place(const struct indicator *d, struct slice *path)
{
	bool reduced = memchr(d->source.p, ':', d->source.n) != NULL ||
	    slice_find(d->source, SLICE("[")) != NULL ||
	    memchr(d->source.p, '@', d->source.n) != NULL;

	*path = d->id;
	if (d->level >= 2 || reduced)
		return true;
	if (d->source.n > 0)
		*path = d->source;
	return false;
}

static bool
is_numeric(enum indicator_type t)
{
	return t == TYPE_NUMBER || t == TYPE_INTEGER || t == TYPE_PERCENT ||
	    t == TYPE_DIMS || t == TYPE_DURATION;
}

static const char *
json_type(enum indicator_type t)
{
	switch (t) {
	case TYPE_NUMBER:
	case TYPE_PERCENT:
	case TYPE_DURATION:
		return "number";
	case TYPE_INTEGER:
		return "integer";
	case TYPE_DIMS:
		return "dims";
	case TYPE_DATE:
		return "partial-date";
	case TYPE_BOOL:
		return "boolean";
	default: /* a code written as a number is still its digits */
		return "scalar";
	}
}

static bool
add(struct ruleset *s, const struct rule *like, const char *what,
    enum check check, struct slice arg, const char *zh, const char *en,
    struct err *e)
{
	const struct indicator *d = like->of;
	struct rule r = *like;
	struct slice name;

	r.id = slice_of(
	    arena_printf(s->arena, "%.*s:%s", (int)d->id.n, d->id.p, what));
	r.check = check;
	r.arg = arg;
	r.severity = check == CHECK_RANGE || check == CHECK_COMPLETE
	    ? SEVERITY_WARN
	    : SEVERITY_ERROR;
	r.dimension = check == CHECK_COMPLETE ? SLICE("完整性")
	    : check == CHECK_RANGE            ? SLICE("合理性")
					      : SLICE("规范性");
	r.message = slice_of(arena_printf(
	    s->arena, "%.*s%s", (int)d->name_zh.n, d->name_zh.p, zh));
	name = d->name_en.n > 0 ? d->name_en : d->id;
	r.message_en = slice_of(
	    arena_printf(s->arena, "%.*s: %s", (int)name.n, name.p, en));
	return ruleset_add(s, &r, e);
}

static struct slice
join_codes(const struct indicator *d, struct arena *a)
{
	struct buf b = { 0 };
	struct slice text;

	for (size_t i = 0; i < d->ncodes; i++) {
		if (i > 0)
			buf_addc(&b, '|');
		buf_add_slice(&b, d->codes[i].code);
	}
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}

static bool
generate(struct ruleset *s, const struct indicator *d, struct err *e)
{
	const struct pack *pack = catalogue_pack(s->catalogue, d->pack);
	struct rule r = { .on = true,
		.kinds = d->kinds,
		.nkinds = d->nkinds,
		.title = d->name_zh,
		.max_fail = SLICE("0"),
		.of = d,
		.owner = slice_of(pack->name),
		.rationale = SLICE("indicators.csv"),
		.line = d->line };
	struct slice range;

	r.path = arena_printf(s->arena, "%s/indicators.csv", pack->folder);
	r.in_indicators = generate_place(d, &r.field);
	r.level = slice_of(arena_printf(s->arena, "L%u", d->level));
	range = slice_of(arena_printf(s->arena, "[%.*s,%.*s]", (int)d->low.n,
	    d->low.p, (int)d->high.n, d->high.p));
	if (!add(s, &r, "type", CHECK_TYPE, slice_of(json_type(d->type)),
		"类型不符", "wrong type", e))
		return false;
	if (d->unit.n > 0 && is_numeric(d->type) &&
	    !add(s, &r, "unit", CHECK_UNIT, d->unit, "单位不符", "wrong unit",
		e))
		return false;
	if (d->ncodes > 0 &&
	    !add(s, &r, "values", CHECK_ENUM, join_codes(d, s->arena),
		"不在值域内", "not in the value set", e))
		return false;
	if (d->low.n + d->high.n > 0 &&
	    !add(s, &r, "range", CHECK_RANGE, range, "超出合理范围",
		"out of range", e))
		return false;
	return add(
	    s, &r, "complete", CHECK_COMPLETE, SLICE(""), "缺失", "missing", e);
}

bool
generate_rules(struct ruleset *s, size_t pack, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < catalogue_count(s->catalogue); i++) {
		const struct indicator *d = catalogue_at(s->catalogue, i);

		if (d->pack == pack)
			ok = generate(s, d, e) && ok;
	}
	return ok;
}
