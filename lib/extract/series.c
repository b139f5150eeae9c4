#include "extract/series.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/mem.h"
#include "extract/unit.h"

#define MOST_DAYS 36600 /* a hundred years: longer ones are typing slips */

enum function { FIRST, LAST, MIN, MAX, MEAN, COUNT, SUM, DAYS };

struct series {
	struct slice kind, field, member; /* field n 0: no condition */
	struct slice value;
	enum function function;
	const struct indicator **entries; /* the row, or one an entry */
	size_t n;
	size_t base; /* of its sums among those of the plan */
};

/* An entry that a record counts for. */
struct target {
	struct target *next;
	size_t series, entry;
};

/* What the records of a kind are asked, all rows that ask the same at once. */
struct gate {
	struct slice kind, field, codes; /* codes: "FIELD_codes" */
	struct index *spellings;
	struct target **targets; /* one list a spelling */
	size_t room;
	struct target *always; /* rows without a condition */
};

struct series_plan {
	struct arena *arena;
	struct series *list;
	size_t n, list_room;
	struct gate *gates;
	size_t ngates, gates_room;
	size_t sums;
};

static const char *const functions[] = { "first", "last", "min", "max", "mean",
	"count", "sum", "days", NULL };

bool
series_is(struct slice source)
{
	return source.n > 0 && source.p[0] != '/' &&
	    memchr(source.p, ':', source.n) != NULL;
}

/* --- the source ---------------------------------------------------------- */

static bool
bad(struct err *e, struct slice source)
{
	return err_set(e, ERR_USAGE,
	    "source: '%.*s' is not KIND[FIELD=VALUE].MEMBER:FUNCTION",
	    (int)source.n, source.p);
}

static bool
read_condition(struct series *s, struct slice *rest)
{
	const char *end = rest->p + rest->n;
	const char *close = memchr(rest->p, ']', rest->n);
	const char *equals = memchr(rest->p, '=', rest->n);

	if (rest->n == 0 || rest->p[0] != '[')
		return true;
	if (close == NULL || equals == NULL || equals > close)
		return false;
	s->field = slice_trim(slice_span(rest->p + 1, equals));
	s->value = slice_trim(slice_span(equals + 1, close));
	*rest = slice_span(close + 1, end);
	return s->field.n > 0 && s->value.n > 0;
}

static bool
read_source(struct series *s, struct slice source, struct err *e)
{
	struct slice rest = source, name;
	size_t n = 0;
	const char *colon;

	while (n < rest.n && rest.p[n] != '[' && rest.p[n] != '.')
		n++;
	s->kind = slice_trim((struct slice){ rest.p, n });
	rest = (struct slice){ rest.p + n, rest.n - n };
	if (s->kind.n == 0 || !read_condition(s, &rest) || rest.n < 2 ||
	    rest.p[0] != '.')
		return bad(e, source);
	colon = memchr(rest.p, ':', rest.n);
	if (colon == NULL || colon == rest.p + 1)
		return bad(e, source);
	s->member = slice_trim(slice_span(rest.p + 1, colon));
	name = slice_trim(slice_span(colon + 1, rest.p + rest.n));
	for (size_t i = 0; functions[i] != NULL; i++)
		if (slice_is(name, functions[i])) {
			s->function = (enum function)i;
			return true;
		}
	return err_set(e, ERR_USAGE,
	    "source: '%.*s' is none of first last min max mean count sum days",
	    (int)name.n, name.p);
}

struct slice
series_set(struct slice source)
{
	struct series s = { 0 };

	if (!series_is(source) ||
	    !read_source(&s, source, &(struct err){ 0 }) || s.value.n < 2 ||
	    s.value.p[0] != '@')
		return SLICE("");
	return (struct slice){ s.value.p + 1, s.value.n - 1 };
}

/* --- the indicators of a row --------------------------------------------- */

/* `lab.@labs` with the code in place of @labs. */
static struct slice
entry_id(
    struct slice id, struct slice set, struct slice code, struct arena *arena)
{
	const char *at = slice_find(id, set);

	return slice_of(arena_printf(arena, "%.*s%.*s%.*s", (int)(at - id.p),
	    id.p, (int)code.n, code.p, (int)(id.p + id.n - (at + set.n)),
	    at + set.n));
}

static struct gate *
gate_of(struct series_plan *p, const struct series *s)
{
	struct gate *g;

	for (size_t i = 0; i < p->ngates; i++)
		if (slice_eq(p->gates[i].kind, s->kind) &&
		    slice_eq(p->gates[i].field, s->field))
			return &p->gates[i];
	p->gates =
	    mem_room(p->gates, p->ngates, &p->gates_room, sizeof(*p->gates));
	g = &p->gates[p->ngates++];
	*g = (struct gate){
		.kind = s->kind, .field = s->field, .spellings = index_new()
	};
	g->codes = slice_of(
	    arena_printf(p->arena, "%.*s_codes", (int)s->field.n, s->field.p));
	return g;
}

static void
aim(struct series_plan *p, struct target **list, size_t entry)
{
	struct target *t = arena_alloc(p->arena, sizeof(*t));

	*t = (struct target){ *list, p->n, entry };
	*list = t;
}

static void
want(struct series_plan *p, struct gate *g, struct slice spelling, size_t entry)
{
	bool fresh;
	size_t i = index_add(g->spellings, spelling, &fresh);

	if (fresh) {
		g->targets =
		    mem_room(g->targets, i, &g->room, sizeof(*g->targets));
		g->targets[i] = NULL;
	}
	aim(p, &g->targets[i], entry);
}

static bool
take_set(struct series_plan *p, struct series *s, const struct indicator *d,
    const struct lexicon *set, struct err *e)
{
	struct gate *g = gate_of(p, s);

	if (slice_find(d->id, s->value) == NULL)
		return err_set(e, ERR_USAGE,
		    "source: '%.*s' must also stand in the id", (int)s->value.n,
		    s->value.p);
	s->entries =
	    arena_alloc(p->arena, (set->ncodes + 1) * sizeof(*s->entries));
	for (size_t i = 0; i < set->ncodes; i++) {
		const struct code *c = &set->codes[i];
		struct indicator *one = arena_alloc(p->arena, sizeof(*one));

		*one = *d;
		one->id = entry_id(d->id, s->value, c->code, p->arena);
		for (size_t k = 0; k < c->nspellings; k++)
			want(p, g, c->spellings[k], s->n);
		s->entries[s->n++] = one;
	}
	return true;
}

bool
series_plan_add(struct series_plan *p, const struct indicator *d,
    const struct lexicon *set, struct err *e)
{
	struct series s = { .base = p->sums };

	if (!read_source(&s, d->source, e))
		return false;
	if (set != NULL) {
		if (!take_set(p, &s, d, set, e))
			return false;
	} else {
		s.entries = arena_alloc(p->arena, sizeof(*s.entries));
		s.entries[s.n++] = d;
		if (s.field.n > 0)
			want(p, gate_of(p, &s), s.value, 0);
		else
			aim(p, &gate_of(p, &s)->always, 0);
	}
	p->sums += s.n;
	p->list = mem_room(p->list, p->n, &p->list_room, sizeof(*p->list));
	p->list[p->n++] = s;
	return true;
}

struct series_plan *
series_plan_new(void)
{
	struct series_plan *p = mem_zalloc(sizeof(*p));

	p->arena = arena_new();
	return p;
}

void
series_plan_free(struct series_plan *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->ngates; i++) {
		index_free(p->gates[i].spellings);
		mem_free(p->gates[i].targets);
	}
	arena_free(p->arena);
	mem_free(p->gates);
	mem_free(p->list);
	mem_free(p);
}

/* --- a record ------------------------------------------------------------ */

struct days {
	long from, to;
};

struct sum {          /* what was found of one entry */
	size_t count; /* records that met the condition */
	size_t numbers;
	bool unfit;            /* a unit that cannot be converted */
	struct slice value;    /* JSON of first or last */
	struct decimal number; /* the least, greatest, or their sum */
	size_t place;          /* of the record that it stands in */
	struct days *days;
	size_t ndays, room;
};

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
	struct sum *sums;
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

static void
add_number(const struct finder *f, enum function function, struct sum *s,
    const struct decimal *n)
{
	bool first = s->numbers++ == 0, takes;

	switch (function) {
	case MIN:
		takes = first || decimal_cmp(n, &s->number) < 0;
		break;
	case MAX:
		takes = first || decimal_cmp(n, &s->number) > 0;
		break;
	case MEAN:
	case SUM:
		takes = first;
		if (!first)
			decimal_add(&s->number, n, f->arena, &s->number, NULL);
		break;
	default:
		takes = first || function == LAST;
	}
	if (takes) {
		s->number = *n;
		s->place = f->record.place;
	}
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
add_days(const struct finder *f, struct sum *s)
{
	bool has_from, has_to;
	long from, to;

	from = day_of(get(f, SLICE("start")), f->arena, &has_from);
	if (!has_from)
		from = day_of(get(f, SLICE("time")), f->arena, &has_from);
	to = day_of(get(f, SLICE("end")), f->arena, &has_to);
	if (!has_from)
		return;
	if (!has_to || to < from || to - from > MOST_DAYS)
		to = from;
	s->days = mem_room(s->days, s->ndays, &s->room, sizeof(*s->days));
	s->days[s->ndays++] = (struct days){ from, to };
}

static void
add(const struct finder *f, const struct target *t)
{
	const struct series *s = &f->plan->list[t->series];
	const struct indicator *d = s->entries[t->entry];
	struct sum *sum = &f->sums[s->base + t->entry];
	struct json value = get(f, s->member);
	bool none = value.type == JSON_NONE || value.type == JSON_NULL;
	struct decimal n;

	if (sum->count == 0)
		sum->place = f->record.place;
	sum->count += s->function != COUNT || !none;
	if (s->function == DAYS) {
		add_days(f, sum);
	} else if (none || s->function == COUNT) {
		return;
	} else if (!is_number(d) && s->function <= LAST) {
		if (sum->value.n > 0 && s->function == FIRST)
			return;
		sum->value = value.text;
		sum->place = f->record.place;
	} else if (number_of(f, d, value, &n, &sum->unfit)) {
		add_number(f, s->function, sum, &n);
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

static int
by_from(const void *a, const void *b)
{
	const struct days *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static long
covered(struct days *list, size_t n)
{
	long total = 0, end = 0;

	qsort(list, n, sizeof(*list), by_from);
	for (size_t i = 0; i < n; i++) {
		long from =
		    i > 0 && list[i].from <= end ? end + 1 : list[i].from;

		if (list[i].to >= from) {
			total += list[i].to - from + 1;
			end = list[i].to;
		}
	}
	return total;
}

static struct slice
result(const struct finder *f, enum function function, const struct sum *s)
{
	struct decimal n = s->number, count;

	switch (function) {
	case COUNT:
		n = decimal_of_long((long long)s->count, f->arena);
		break;
	case DAYS:
		if (s->ndays == 0)
			return SLICE("");
		n = decimal_of_long(covered(s->days, s->ndays), f->arena);
		break;
	case MEAN:
		count = decimal_of_long((long long)s->numbers, f->arena);
		if (s->numbers == 0 ||
		    !decimal_div(&n, &count, f->arena, &n, NULL))
			return SLICE("");
		break;
	default:
		if (s->value.n > 0)
			return s->value;
		if (s->numbers == 0)
			return SLICE("");
	}
	return decimal_text(&n, f->arena);
}

static void
put_answer(const struct finder *f, const struct series *s, size_t entry,
    struct answers *out)
{
	const struct sum *sum = &f->sums[s->base + entry];
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
	a->value = result(f, s->function, sum);
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
			struct sum *sum = &f.sums[s->base + k];

			if (sum->count > 0 &&
			    (wanted == NULL || wanted[s->entries[k]->number]))
				put_answer(&f, s, k, out);
			mem_free(sum->days);
		}
	}
	mem_free(f.record.members);
}
