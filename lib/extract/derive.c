#include "extract/derive.h"

#include "base/mem.h"
#include "json/filter.h"
#include "json/write.h"

struct rule {
	const struct indicator *d;
	const struct indicator **operands;
	size_t noperands;
	struct slice *keys; /* of the operands, as the expression has them */
	struct slice group; /* of the repeating group, or n 0 */
	const char *expression; /* without "any:" */
	bool any;
	bool whole, record; /* $all, $rec are used */
};

struct derive {
	const struct catalogue *catalogue;
	struct arena *arena;
	struct rule *rules; /* in order of computing */
	size_t n;
};

struct deriver {
	const struct derive *derive;
	struct filter **filters; /* one a rule, compiled when first needed */
	struct buf in, out;
};

void
derive_free(struct derive *v)
{
	if (v == NULL)
		return;
	arena_free(v->arena);
	mem_free(v->rules);
	mem_free(v);
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	    (c >= '0' && c <= '9');
}

/*
 * The next top-level member that a jq expression reads: .name, ."a name" or
 * .["a name"].  Strings elsewhere, members of members and variables are passed
 * over.
 */
static bool
next_name(const char **p, const char *end, struct slice *name)
{
	for (const char *q = *p; q < end; q++) {
		bool inner = q > *p &&
		    (is_name(q[-1]) || q[-1] == ']' || q[-1] == ')' ||
			q[-1] == '"');
		const char *from = q + 1;

		if (*q == '"') {
			for (q++; q < end && *q != '"'; q++)
				q += *q == '\\';
			continue;
		}
		if (*q != '.' || inner || from >= end)
			continue;
		if (*from == '[' && from + 1 < end && from[1] == '"')
			from++;
		if (*from == '"') {
			const char *to =
			    memchr(from + 1, '"', (size_t)(end - from - 1));

			if (to == NULL)
				return false;
			*name = slice_span(from + 1, to);
			*p = to + 1;
			return true;
		}
		if (!is_name(*from) || (*from >= '0' && *from <= '9'))
			continue;
		for (q = from; q < end && is_name(*q); q++)
			;
		*name = slice_span(from, q);
		*p = q;
		return true;
	}
	return false;
}

/* In a group the short name comes first: .power means lesion.power. */
static const struct indicator *
meant(const struct catalogue *c, struct slice id, struct slice name,
    struct slice *group, struct arena *arena)
{
	const char *dot = memchr(id.p, '.', id.n);
	const struct indicator *d = NULL;

	if (dot != NULL)
		d = catalogue_find(c,
		    slice_of(arena_printf(arena, "%.*s.%.*s", (int)(dot - id.p),
			id.p, (int)name.n, name.p)));
	if (d != NULL)
		*group = slice_span(id.p, dot);
	return d != NULL ? d : catalogue_find(c, name);
}

static void
read_rule(struct derive *v, struct rule *r, const struct indicator *d)
{
	const char *p, *end;
	struct slice expr = d->expr, name;

	*r = (struct rule){ .d = d };
	r->any = slice_starts(expr, "any:");
	if (r->any)
		expr = (struct slice){ expr.p + 4, expr.n - 4 };
	r->expression = arena_string(v->arena, expr.p, expr.n);
	r->whole = slice_find(expr, SLICE("$all")) != NULL;
	r->record = slice_find(expr, SLICE("$rec")) != NULL;
	r->operands = arena_alloc(v->arena, (expr.n + 1) * sizeof(void *));
	r->keys = arena_alloc(v->arena, (expr.n + 1) * sizeof(*r->keys));
	p = expr.p;
	end = expr.p + expr.n;
	while (next_name(&p, end, &name)) {
		const struct indicator *o =
		    meant(v->catalogue, d->id, name, &r->group, v->arena);
		size_t i = 0;

		while (i < r->noperands && r->operands[i] != o)
			i++;
		if (o == NULL || i < r->noperands)
			continue;
		r->keys[r->noperands] = name;
		r->operands[r->noperands++] = o;
	}
}

/* --- order --------------------------------------------------------------- */

struct sorting {
	struct derive *v;
	struct rule *all;
	size_t n;
	uint8_t *state; /* 1: being visited, 2: done */
};

static long
rule_of(const struct sorting *s, const struct indicator *d)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->all[i].d == d)
			return (long)i;
	return -1;
}

static bool
visit(struct sorting *s, size_t i, struct err *e)
{
	const struct rule *r = &s->all[i];

	s->state[i] = 1;
	for (size_t k = 0; k < r->noperands; k++) {
		long o = rule_of(s, r->operands[k]);
		const struct catalogue *c = s->v->catalogue;

		if (o < 0 || s->state[o] == 2)
			continue;
		if (s->state[o] == 1)
			return err_set(e, ERR_USAGE,
			    "%s/indicators.csv:%u: expr of '%.*s' is computed "
			    "from '%.*s' (line %u), and that from it",
			    catalogue_pack(c, r->d->pack)->folder, r->d->line,
			    (int)r->d->id.n, r->d->id.p, (int)s->all[o].d->id.n,
			    s->all[o].d->id.p, s->all[o].d->line);
		if (!visit(s, (size_t)o, e))
			return false;
	}
	s->state[i] = 2;
	s->v->rules[s->v->n++] = *r;
	return true;
}

/* Puts the row before the text; false. */
static bool
wrap(const struct derive *v, const struct indicator *d, struct err *e)
{
	return err_wrap(e, "%s/indicators.csv:%u: expr",
	    catalogue_pack(v->catalogue, d->pack)->folder, d->line);
}

struct derive *
derive_new(const struct catalogue *c, struct err *e)
{
	struct derive *v = mem_zalloc(sizeof(*v));
	struct sorting s = { .v = v };
	size_t count = catalogue_count(c);
	bool ok = true;

	v->catalogue = c;
	v->arena = arena_new();
	s.all = mem_zalloc((count + 1) * sizeof(*s.all));
	s.state = mem_zalloc(count + 1);
	for (size_t i = 0; i < count; i++)
		if (catalogue_at(c, i)->level == 3)
			read_rule(v, &s.all[s.n++], catalogue_at(c, i));
	for (size_t i = 0; i < s.n && ok; i++)
		ok = filter_allows(s.all[i].expression, e) ||
		    wrap(v, s.all[i].d, e);
	v->rules = mem_zalloc((s.n + 1) * sizeof(*v->rules));
	for (size_t i = 0; i < s.n && ok; i++)
		ok = s.state[i] != 0 || visit(&s, i, e);
	mem_free(s.all);
	mem_free(s.state);
	if (ok)
		return v;
	derive_free(v);
	return NULL;
}

void
derive_needs(const struct derive *v, bool *wanted)
{
	/* Operands come before what is computed from them: go backwards. */
	for (size_t i = v->n; i-- > 0;)
		for (size_t k = 0;
		     wanted[v->rules[i].d->number] && k < v->rules[i].noperands;
		     k++)
			wanted[v->rules[i].operands[k]->number] = true;
}

/* --- computing ----------------------------------------------------------- */

struct deriver *
deriver_new(const struct derive *v)
{
	struct deriver *d = mem_zalloc(sizeof(*d));

	d->derive = v;
	d->filters = mem_zalloc((v->n + 1) * sizeof(*d->filters));
	return d;
}

void
deriver_free(struct deriver *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < d->derive->n; i++)
		filter_free(d->filters[i]);
	mem_free(d->filters);
	buf_release(&d->in);
	buf_release(&d->out);
	mem_free(d);
}

struct scene {
	struct deriver *d;
	struct record *record;
	struct json indicators;
	struct answers *all;
	struct arena *arena;
};

/* False where nothing is known of it; a known null is n 0. */
static bool
known(const struct scene *s, const struct indicator *d, unsigned object,
    struct slice *value, const struct answer **from)
{
	struct json v;

	*from = answers_find(s->all, d, object);
	if (*from == NULL && object > 0)
		*from = answers_find(s->all, d, 0);
	if (*from != NULL) {
		*value = (*from)->value;
		return true;
	}
	v = json_get(s->indicators, arena_string(s->arena, d->id.p, d->id.n));
	if (v.type == JSON_NONE && d->level == 1 && d->source.n == 0) {
		size_t n;
		const struct json_member *m = record_members(s->record, &n);

		for (; n > 0 && v.type == JSON_NONE; n--, m++)
			if (json_key_is(record_key(s->record, m), d->id))
				v = record_value(s->record, m);
	}
	*value = v.type == JSON_NULL ? SLICE("") : v.text;
	return v.type != JSON_NONE;
}

static void
add_evidence(
    const struct scene *s, struct answer *a, const struct answer *operand)
{
	struct evidence **end = &a->evidence;

	if (operand == NULL)
		return;
	while (*end != NULL)
		end = &(*end)->next;
	for (const struct evidence *e = operand->evidence; e != NULL;
	     e = e->next) {
		*end = arena_dup(s->arena, e, sizeof(*e));
		(*end)->next = NULL;
		end = &(*end)->next;
	}
}

/* The operands as one object; false where one is null and that decides. */
static bool
gather(struct scene *s, const struct rule *r, unsigned object, struct answer *a,
    bool *any_known)
{
	struct buf *in = &s->d->in;
	bool all = true;

	*any_known = r->noperands == 0;
	buf_reset(in);
	buf_addc(in, '{');
	for (size_t i = 0; i < r->noperands; i++) {
		const struct answer *from;
		struct slice value = SLICE("");

		if (known(s, r->operands[i], object, &value, &from))
			*any_known = true;
		all &= value.n > 0;
		add_evidence(s, a, from);
		json_put_key_slice(in, r->keys[i]);
		buf_add_slice(in, value.n > 0 ? value : SLICE("null"));
		if (value.n > 0 && value.p[0] == '{')
			a->why = SLICE("range_operand");
	}
	buf_addc(in, '}');
	return all || r->any;
}

static struct slice
whole(struct scene *s)
{
	struct buf b = { 0 };
	struct slice text;

	buf_addc(&b, '{');
	for (size_t i = 0; i < s->all->n; i++) {
		const struct answer *a = &s->all->list[i];

		if (a->object > 0 || a->value.n == 0)
			continue;
		json_put_key_slice(&b, a->d->id);
		buf_add_slice(&b, a->value);
	}
	buf_addc(&b, '}');
	text = arena_slice(s->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

static const char *const variables[] = { "all", "rec", NULL };

bool
derive_check(const struct derive *v, struct err *e)
{
	for (size_t i = 0; i < v->n; i++) {
		struct filter *f =
		    filter_new(v->rules[i].expression, variables, e);

		if (f == NULL)
			return wrap(v, v->rules[i].d, e);
		filter_free(f);
	}
	return true;
}

static bool
evaluate(struct scene *s, size_t i, struct answer *a, struct err *e)
{
	const struct rule *r = &s->d->derive->rules[i];
	struct slice values[2] = { SLICE("null"), SLICE("null") };
	struct err why = { 0 };

	if (s->d->filters[i] == NULL) {
		s->d->filters[i] = filter_new(r->expression, variables, e);
		if (s->d->filters[i] == NULL)
			return wrap(s->d->derive, r->d, e);
	}
	if (r->whole)
		values[0] = whole(s);
	if (r->record)
		values[1] = record_line(s->record);
	if (!filter_run(s->d->filters[i],
		json_pad(buf_slice(&s->d->in), s->arena), values, &s->d->out,
		&why)) {
		a->status = STATUS_FAILED;
		a->why = slice_of(arena_printf(s->arena, "%s", why.code));
		return true;
	}
	if (slice_is(buf_slice(&s->d->out), "null"))
		return true;
	a->status = STATUS_OK;
	a->value = arena_slice(s->arena, buf_slice(&s->d->out));
	return true;
}

static bool
compute(
    struct scene *s, size_t i, unsigned object, struct slice key, struct err *e)
{
	const struct rule *r = &s->d->derive->rules[i];
	struct answer a = {
		.d = r->d, .key = key, .object = object, .engine = ENGINE_JQ
	};
	bool any_known, complete = gather(s, r, object, &a, &any_known);

	if (!any_known)
		return true;
	if (a.why.n > 0)
		a.status = STATUS_FAILED;
	else if (complete && !evaluate(s, i, &a, e))
		return false;
	*answers_add(s->all, s->arena) = a;
	return true;
}

bool
derive(struct deriver *d, struct record *record, struct json indicators,
    struct slice kind, const bool *wanted, struct answers *all, struct err *e)
{
	struct scene s = { d, record, indicators, all, record_arena(record) };

	for (size_t i = 0; i < d->derive->n; i++) {
		const struct rule *r = &d->derive->rules[i];
		struct slice key = r->d->id;
		int g;

		if ((wanted != NULL && !wanted[r->d->number]) ||
		    !indicator_of_kind(r->d, kind))
			continue;
		if (r->group.n == 0) {
			if (!compute(&s, i, 0, key, e))
				return false;
			continue;
		}
		key.p += r->group.n + 1;
		key.n -= r->group.n + 1;
		g = answers_group(all, r->d->id);
		for (unsigned o = 1; g >= 0 && o <= all->groups[g].nobjects;
		     o++)
			if (!compute(&s, i, o, key, e))
				return false;
	}
	return true;
}
