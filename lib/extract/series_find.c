/*
 * A gathered record looked at by the plan.
 */
#include "base/date.h"
#include "base/mem.h"
#include "extract/series_part.h"
#include "extract/unit.h"

/* A gathered record, taken apart once. */
struct member {
	struct slice key;
	struct json value;
};

struct gathered {
	size_t place; /* in its array */
	struct member *members;
	size_t n, room;
};

struct finder {
	const struct series_plan *plan;
	struct arena *arena;
	struct series_sum *sums;
	struct gathered record;
};

static void
take_apart(struct finder *f, struct json object, size_t place)
{
	struct gathered *r = &f->record;
	struct json_walk walk = json_enter(object);
	struct member m;

	r->place = place;
	r->n = 0;
	while (json_next_member(&walk, &m.key, &m.value)) {
		r->members = mem_room(r->members, r->n, &r->room, sizeof(m));
		r->members[r->n++] = m;
	}
}

static struct json
get(const struct finder *f, struct slice name)
{
	for (size_t i = 0; i < f->record.n; i++)
		if (json_key_is(f->record.members[i].key, name))
			return f->record.members[i].value;
	return (struct json){ { "", 0 }, JSON_NONE };
}

/* --- values -------------------------------------------------------------- */

static bool
is_number(const struct indicator *d)
{
	return d->type == TYPE_NUMBER || d->type == TYPE_INTEGER ||
	    d->type == TYPE_PERCENT || d->type == TYPE_DURATION;
}

/*
 * The value in the indicator's unit.  A record without a unit, or with one
 * spelled as the row has it, is taken as it stands.
 */
static bool
number_of(const struct finder *f, const struct indicator *d, struct json value,
    struct decimal *out, bool *unfit)
{
	struct json unit = get(f, SLICE("unit"));
	struct slice spelling = json_text(unit, f->arena);
	const struct unit *from, *to;

	if ((value.type != JSON_STRING && value.type != JSON_NUMBER) ||
	    !decimal_parse(
		slice_trim(json_text(value, f->arena)), f->arena, out, NULL))
		return false;
	if (unit.type != JSON_STRING || d->unit.n == 0 ||
	    slice_eq(spelling, d->unit))
		return true;
	from = unit_find(spelling);
	to = unit_find(d->unit);
	if (from == NULL || to == NULL || from->dimension != to->dimension ||
	    !unit_convert(out, from, to, f->arena, out)) {
		*unfit = true;
		return false;
	}
	return true;
}

static long
day_of(struct json value, struct arena *arena, bool *has)
{
	struct date d;

	*has = value.type == JSON_STRING &&
	    date_parse(json_text(value, arena), &d, &(struct err){ 0 }) &&
	    d.precision >= DATE_DAY;
	return *has ? date_days(d.year, d.month, d.day) : 0;
}

static void
add_days(const struct finder *f, struct series_sum *s)
{
	bool has_from, has_to;
	long from, to;

	from = day_of(get(f, SLICE("start")), f->arena, &has_from);
	if (!has_from)
		from = day_of(get(f, SLICE("time")), f->arena, &has_from);
	to = day_of(get(f, SLICE("end")), f->arena, &has_to);
	if (has_from)
		series_sum_days(s, from, has_to ? to : from);
}

static void
add(const struct finder *f, const struct target *t)
{
	const struct series *s = &f->plan->list[t->series];
	const struct indicator *d = s->entries[t->entry];
	struct series_sum *sum = &f->sums[s->base + t->entry];
	struct json value = get(f, s->member);
	bool none = value.type == JSON_NONE || value.type == JSON_NULL;
	struct decimal n;

	if (sum->count == 0)
		sum->place = f->record.place;
	sum->count += s->function != SERIES_COUNT || !none;
	if (s->function == SERIES_DAYS) {
		add_days(f, sum);
	} else if (none || s->function == SERIES_COUNT) {
		return;
	} else if (!is_number(d) && s->function <= SERIES_LAST) {
		if (sum->value.n > 0 && s->function == SERIES_FIRST)
			return;
		sum->value = value.text;
		sum->place = f->record.place;
	} else if (number_of(f, d, value, &n, &sum->unfit)) {
		series_sum_number(
		    sum, s->function, &n, f->record.place, f->arena);
	}
}

static bool
add_spelled(const struct finder *f, const struct gate *g, struct json value)
{
	long i;

	if (value.type != JSON_STRING && value.type != JSON_NUMBER)
		return false;
	i = index_find(g->spellings, json_text(value, f->arena));
	if (i < 0)
		return false;
	for (const struct target *t = g->targets[i]; t != NULL; t = t->next)
		add(f, t);
	return true;
}

/* By the field, or by the first code or display of it that is known. */
static void
add_record(const struct finder *f, const struct gate *g)
{
	struct json codes, code;
	struct json_walk walk;

	for (const struct target *t = g->always; t != NULL; t = t->next)
		add(f, t);
	if (g->field.n == 0 || add_spelled(f, g, get(f, g->field)))
		return;
	codes = get(f, g->codes);
	walk = json_enter(codes);
	while (codes.type == JSON_ARRAY && json_next_element(&walk, &code))
		if (code.type == JSON_OBJECT &&
		    (add_spelled(f, g, json_get(code, "code")) ||
			add_spelled(f, g, json_get(code, "display"))))
			return;
}

/* --- answers ------------------------------------------------------------- */

static void
put_answer(const struct finder *f, const struct series *s, size_t entry,
    struct answers *out)
{
	const struct series_sum *sum = &f->sums[s->base + entry];
	struct answer *a = answers_add(out, f->arena);

	a->d = s->entries[entry];
	a->key = a->d->id;
	a->engine = ENGINE_FIELD;
	a->evidence = arena_zalloc(f->arena, sizeof(*a->evidence));
	a->evidence->src = slice_of(
	    arena_printf(f->arena, "/gathered/%.*s/%zu/%.*s", (int)s->kind.n,
		s->kind.p, sum->place, (int)s->member.n, s->member.p));
	if (sum->unfit) {
		a->status = STATUS_FAILED;
		a->why = SLICE("unit");
		return;
	}
	a->value = series_sum_result(sum, s->function, f->arena);
	a->status = a->value.n > 0 ? STATUS_OK : STATUS_ABSENT;
}

static void
pass_gate(struct finder *f, const struct gate *g, struct json gathered)
{
	struct json list =
	    json_get(gathered, arena_string(f->arena, g->kind.p, g->kind.n));
	struct json_walk walk = json_enter(list);
	struct json record;

	for (size_t i = 0;
	     list.type == JSON_ARRAY && json_next_element(&walk, &record); i++)
		if (record.type == JSON_OBJECT) {
			take_apart(f, record, i);
			add_record(f, g);
		}
}

void
series_plan_find(const struct series_plan *p, struct json gathered,
    const bool *wanted, struct answers *out, struct arena *arena)
{
	struct finder f = { .plan = p, .arena = arena };

	f.sums = arena_zalloc(arena, (p->sums + 1) * sizeof(*f.sums));
	for (size_t i = 0; i < p->ngates; i++)
		pass_gate(&f, &p->gates[i], gathered);
	for (size_t i = 0; i < p->n; i++) {
		const struct series *s = &p->list[i];

		for (size_t k = 0; k < s->n; k++) {
			struct series_sum *sum = &f.sums[s->base + k];

			if (sum->count > 0 &&
			    (wanted == NULL || wanted[s->entries[k]->number]))
				put_answer(&f, s, k, out);
			series_sum_release(sum);
		}
	}
	mem_free(f.record.members);
}
