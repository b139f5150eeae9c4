#include "extract/series.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/mem.h"
#include "extract/unit.h"

#define MOST_DAYS 36600 /* a hundred years: longer ones are typing slips */

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
			s->function = (enum series_function)i;
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

static void
want(struct series *s, struct slice spelling, size_t entry)
{
	bool fresh;
	size_t i = index_add(s->wanted, spelling, &fresh);

	if (fresh)
		s->entry[i] = entry;
}

static bool
take_set(struct series *s, const struct indicator *d, const struct lexicon *set,
    struct arena *arena, struct err *e)
{
	size_t spellings = 0;

	if (slice_find(d->id, s->value) == NULL)
		return err_set(e, ERR_USAGE,
		    "source: '%.*s' must also stand in the id", (int)s->value.n,
		    s->value.p);
	for (size_t i = 0; i < set->ncodes; i++)
		spellings += set->codes[i].nspellings;
	s->entries =
	    arena_alloc(arena, (set->ncodes + 1) * sizeof(*s->entries));
	s->entry = arena_alloc(arena, (spellings + 1) * sizeof(*s->entry));
	for (size_t i = 0; i < set->ncodes; i++) {
		const struct code *c = &set->codes[i];
		struct indicator *one = arena_alloc(arena, sizeof(*one));

		*one = *d;
		one->id = entry_id(d->id, s->value, c->code, arena);
		for (size_t k = 0; k < c->nspellings; k++)
			want(s, c->spellings[k], s->n);
		s->entries[s->n++] = one;
	}
	return true;
}

bool
series_parse(struct series *s, const struct indicator *d,
    const struct lexicon *set, struct arena *arena, struct err *e)
{
	*s = (struct series){ 0 };
	if (!read_source(s, d->source, e))
		return false;
	if (s->field.n > 0)
		s->wanted = index_new();
	if (set != NULL) {
		if (take_set(s, d, set, arena, e))
			return true;
		series_release(s);
		return false;
	}
	s->entries = arena_alloc(arena, sizeof(*s->entries));
	s->entries[s->n++] = d;
	s->entry = arena_zalloc(arena, sizeof(*s->entry));
	if (s->wanted != NULL)
		want(s, s->value, 0);
	return true;
}

void
series_release(struct series *s)
{
	index_free(s->wanted);
	s->wanted = NULL;
}

/* --- a record's place in it ---------------------------------------------- */

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

struct finder {
	const struct series *series;
	struct arena *arena;
	struct sum *sums;
};

static struct json
get(struct json record, struct slice name, struct arena *arena)
{
	return json_get(record, arena_string(arena, name.p, name.n));
}

static bool
spelled(const struct finder *f, struct json value, size_t *entry)
{
	long i;

	if (value.type != JSON_STRING && value.type != JSON_NUMBER)
		return false;
	i = index_find(f->series->wanted, json_text(value, f->arena));
	if (i >= 0)
		*entry = f->series->entry[i];
	return i >= 0;
}

static bool
meets(const struct finder *f, struct json record, size_t *entry)
{
	const struct series *s = f->series;
	struct json codes, code;
	struct json_walk walk;

	*entry = 0;
	if (s->wanted == NULL)
		return true;
	if (spelled(f, get(record, s->field, f->arena), entry))
		return true;
	codes = json_get(record,
	    arena_printf(f->arena, "%.*s_codes", (int)s->field.n, s->field.p));
	if (codes.type != JSON_ARRAY)
		return false;
	walk = json_enter(codes);
	while (json_next_element(&walk, &code))
		if (code.type == JSON_OBJECT &&
		    (spelled(f, json_get(code, "code"), entry) ||
			spelled(f, json_get(code, "display"), entry)))
			return true;
	return false;
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
number_of(const struct finder *f, const struct indicator *d, struct json record,
    struct json value, struct decimal *out, bool *unfit)
{
	struct json unit = json_get(record, "unit");
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
add_number(const struct finder *f, struct sum *s, const struct decimal *n,
    size_t place)
{
	bool first = s->numbers++ == 0, takes;

	switch (f->series->function) {
	case SERIES_MIN:
		takes = first || decimal_cmp(n, &s->number) < 0;
		break;
	case SERIES_MAX:
		takes = first || decimal_cmp(n, &s->number) > 0;
		break;
	case SERIES_MEAN:
	case SERIES_SUM:
		takes = first;
		if (!first)
			decimal_add(&s->number, n, f->arena, &s->number, NULL);
		break;
	default:
		takes = first || f->series->function == SERIES_LAST;
	}
	if (takes) {
		s->number = *n;
		s->place = place;
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
add_days(const struct finder *f, struct sum *s, struct json record)
{
	bool has_from, has_to;
	long from, to;

	from = day_of(json_get(record, "start"), f->arena, &has_from);
	if (!has_from)
		from = day_of(json_get(record, "time"), f->arena, &has_from);
	to = day_of(json_get(record, "end"), f->arena, &has_to);
	if (!has_from)
		return;
	if (!has_to || to < from || to - from > MOST_DAYS)
		to = from;
	s->days = mem_room(s->days, s->ndays, &s->room, sizeof(*s->days));
	s->days[s->ndays++] = (struct days){ from, to };
}

static void
add(const struct finder *f, size_t entry, struct json record, size_t place)
{
	const struct series *s = f->series;
	const struct indicator *d = s->entries[entry];
	struct sum *sum = &f->sums[entry];
	struct json value = get(record, s->member, f->arena);
	struct decimal n;

	if (sum->count++ == 0)
		sum->place = place;
	if (s->function == SERIES_DAYS) {
		add_days(f, sum, record);
	} else if (s->function == SERIES_COUNT) {
		if (value.type == JSON_NONE || value.type == JSON_NULL)
			sum->count--;
	} else if (!is_number(d) && s->function <= SERIES_LAST) {
		if (value.type == JSON_NONE || value.type == JSON_NULL ||
		    (sum->value.n > 0 && s->function == SERIES_FIRST))
			return;
		sum->value = value.text;
		sum->place = place;
	} else if (number_of(f, d, record, value, &n, &sum->unfit)) {
		add_number(f, sum, &n, place);
	}
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
result(const struct finder *f, const struct sum *s)
{
	struct decimal n = s->number, count;

	switch (f->series->function) {
	case SERIES_COUNT:
		n = decimal_of_long((long long)s->count, f->arena);
		break;
	case SERIES_DAYS:
		if (s->ndays == 0)
			return SLICE("");
		n = decimal_of_long(covered(s->days, s->ndays), f->arena);
		break;
	case SERIES_MEAN:
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
put_answer(const struct finder *f, size_t entry, struct answers *out)
{
	const struct series *s = f->series;
	const struct sum *sum = &f->sums[entry];
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
	a->value = result(f, sum);
	a->status = a->value.n > 0 ? STATUS_OK : STATUS_ABSENT;
}

void
series_find(const struct series *s, struct json gathered, struct answers *out,
    struct arena *arena)
{
	struct finder f = { s, arena, NULL };
	struct json list = get(gathered, s->kind, arena), record;
	struct json_walk walk;
	size_t entry;

	if (list.type != JSON_ARRAY)
		return;
	f.sums = arena_zalloc(arena, (s->n + 1) * sizeof(*f.sums));
	walk = json_enter(list);
	for (size_t i = 0; json_next_element(&walk, &record); i++)
		if (record.type == JSON_OBJECT && meets(&f, record, &entry))
			add(&f, entry, record, i);
	for (size_t i = 0; i < s->n; i++) {
		if (f.sums[i].count > 0)
			put_answer(&f, i, out);
		mem_free(f.sums[i].days);
	}
}
