#include "mapping/prove_map.h"

#include "base/arena.h"
#include "base/hash.h"
#include "json/filter.h"

struct proof {
	const struct tables *t;
	const struct systems *systems;
	struct arena *arena;
	struct index *kinds; /* NULL: not known */
	struct table_faults *faults;
};

static const struct column kind_columns[] = { { "kind", NULL, COLUMN_REQUIRED },
	{ NULL, NULL, 0 } };

/* Those of the shipped table, and those that rows of the maps make. */
static struct index *
read_kinds(const struct proof *p, const char *share)
{
	struct err ignored = { 0 };
	struct table *t =
	    table_load(arena_printf(p->arena, "%s/kinds.csv", share),
		kind_columns, TABLE_EXTRA, NULL, &ignored);
	struct index *kinds = t == NULL ? NULL : index_new();

	for (size_t i = 0; t != NULL && i < table_rows(t); i++)
		index_add(kinds, table_cell(t, i, 0), NULL);
	for (size_t i = 0; t != NULL && i < map_rules(p->t->map); i++) {
		const struct rule *r = map_rule(p->t->map, i);

		if (slice_is(r->target, "kind") && r->type == MAP_CONST)
			index_add(kinds, r->arg, NULL);
	}
	table_free(t);
	return kinds;
}

static const char *
place_of(const struct proof *p, const struct rule *r)
{
	return arena_string(p->arena, r->place.p, r->place.n);
}

static void
prove_kinds(const struct proof *p, const struct rule *r)
{
	for (size_t i = 0; i < r->nkinds && p->kinds != NULL; i++)
		if (index_find(p->kinds, r->kinds[i]) < 0)
			table_fault(p->faults, place_of(p, r), 0, NULL,
			    "kind '%.*s' is not in kinds.csv, no record has it",
			    (int)r->kinds[i].n, r->kinds[i].p);
}

/* The name of `system` or `system@version`. */
static struct slice
system_name(struct slice s)
{
	const char *at = memchr(s.p, '@', s.n);

	return at == NULL ? s : slice_span(s.p, at);
}

static void
prove_systems(const struct proof *p, const struct rule *r)
{
	for (size_t i = 0; i < r->nsystems && p->systems != NULL; i++)
		if (systems_find(p->systems, system_name(r->systems[i])) ==
		    NULL)
			table_fault(p->faults, place_of(p, r), 0, NULL,
			    "system '%.*s' is not in systems.csv",
			    (int)r->systems[i].n, r->systems[i].p);
}

static void
prove_units(const struct proof *p, const struct rule *r)
{
	const struct slice units[] = { r->type == MAP_RESULT ? r->arg
							     : SLICE(""),
		r->unit.column ? SLICE("") : r->unit.text };
	struct slice code;

	for (size_t i = 0; i < 2 && p->t->units != NULL; i++)
		if (units[i].n > 0 &&
		    !units_code(
			p->t->units, units[i], SLICE(""), p->arena, &code))
			table_fault(p->faults, place_of(p, r), 0, NULL,
			    "'%.*s' is no unit", (int)units[i].n, units[i].p);
}

static void
prove_expression(const struct proof *p, const struct rule *r)
{
	struct err why = { 0 };
	struct filter *filter;

	if (r->type != MAP_JQ)
		return;
	filter =
	    filter_new(arena_string(p->arena, r->arg.p, r->arg.n), NULL, &why);
	if (filter == NULL)
		table_fault(p->faults, place_of(p, r), 0, NULL, "%s", why.text);
	filter_free(filter);
}

void
prove_map(const struct tables *t, const char *share,
    const struct systems *systems, struct table_faults *faults)
{
	struct proof p = { .t = t,
		.systems = systems,
		.arena = arena_new(),
		.faults = faults };

	if (t->map != NULL)
		p.kinds = read_kinds(&p, share);
	for (size_t i = 0; t->map != NULL && i < map_rules(t->map); i++) {
		const struct rule *r = map_rule(t->map, i);

		prove_kinds(&p, r);
		prove_systems(&p, r);
		prove_units(&p, r);
		prove_expression(&p, r);
	}
	index_free(p.kinds);
	arena_free(p.arena);
}
