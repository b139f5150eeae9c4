#include "extract/series.h"

#include "base/mem.h"
#include "extract/series_part.h"

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
