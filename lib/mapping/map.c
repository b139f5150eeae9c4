#include "mapping/map.h"

#include "base/mem.h"
#include "mapping/map_part.h"

struct map *
map_new(
    struct index *names, const struct catalogue *catalogue, const char *share)
{
	struct map *m = mem_zalloc(sizeof(*m));

	m->arena = arena_new();
	m->names = names;
	m->fields = index_new();
	m->columns = index_new();
	m->kinds = index_new();
	m->catalogue = catalogue;
	m->share = share;
	return m;
}

void
map_free(struct map *m)
{
	if (m == NULL)
		return;
	for (struct set *s = m->sets; s != NULL; s = s->next)
		values_free(s->values);
	index_free(m->fields);
	index_free(m->columns);
	index_free(m->kinds);
	mem_free(m->rules);
	arena_free(m->arena);
	mem_free(m);
}

bool
map_add(struct map *m, const char *path, const char *name, struct slice text,
    struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_parse(path, text, map_table_columns, 0, faults, e);
	size_t rows = t == NULL ? 0 : table_rows(t), n = 0;
	bool ok = t != NULL;

	while (m->room < m->nrules + rows)
		m->rules = mem_room(
		    m->rules, m->room, &m->room, sizeof(struct rule *));
	if (rows > 0)
		memmove(m->rules + rows, m->rules,
		    m->nrules * sizeof(struct rule *));
	for (size_t i = 0; i < rows; i++) {
		struct map_row row = { m, t, i, faults, e,
			arena_zalloc(m->arena, sizeof(struct rule)) };

		if (map_read_row(&row, name))
			m->rules[n++] = row.rule;
		else
			ok = false;
	}
	if (rows > 0)
		memmove(m->rules + n, m->rules + rows,
		    m->nrules * sizeof(struct rule *));
	m->nrules += n;
	table_free(t);
	return ok;
}

void
map_systems(struct map *m, struct slice systems)
{
	m->systems = map_parts(
	    m->arena, arena_slice(m->arena, systems), ',', &m->nsystems);
}

static bool
of_kind(const struct rule *r, struct slice kind)
{
	for (size_t i = 0; i < r->nkinds; i++)
		if (slice_eq(r->kinds[i], kind))
			return true;
	return r->nkinds == 0;
}

/*
 * Two passes over the rules, to count and to fill: a plan for each of some
 * twenty kinds over hundreds of rules is made at every start.
 */
static void
compile_plan(struct map *m, struct plan *p, struct slice kind)
{
	size_t *count, total = 0;
	const struct rule **pool, ***lists;

	p->kind = kind;
	p->names = index_count(m->names);
	lists = arena_zalloc(m->arena, p->names * sizeof(*lists));
	count = mem_zalloc(p->names * sizeof(*count));
	for (size_t i = 0; i < m->nrules; i++) {
		const struct path *c = &m->rules[i]->columns[0];

		if (!of_kind(m->rules[i], kind))
			continue;
		total += 1 + (c->head != c->whole);
		count[c->whole]++;
		count[c->head] += c->head != c->whole;
	}
	pool = arena_zalloc(m->arena, (total + p->names) * sizeof(*pool));
	for (size_t i = 0; i < p->names; i++) {
		if (count[i] == 0)
			continue;
		lists[i] = pool;
		pool += count[i] + 1;
		count[i] = 0;
	}
	for (size_t i = 0; i < m->nrules; i++) {
		const struct rule *r = m->rules[i];
		const struct path *c = &r->columns[0];

		if (!of_kind(r, kind))
			continue;
		lists[c->whole][count[c->whole]++] = r;
		if (c->head != c->whole)
			lists[c->head][count[c->head]++] = r;
	}
	mem_free(count);
	p->rules = lists;
}

void
map_compile(struct map *m)
{
	size_t kinds = index_count(m->kinds);

	for (size_t i = 0; i < m->nrules; i++) {
		struct rule *r = m->rules[i];

		r->number = i;
		if (m->systems != NULL && r->nsystems > 0) {
			r->systems = m->systems;
			r->nsystems = m->nsystems;
		}
	}
	m->plans = arena_zalloc(m->arena, (kinds + 1) * sizeof(*m->plans));
	for (size_t i = 0; i < kinds; i++)
		compile_plan(m, &m->plans[i], index_name(m->kinds, i));
	compile_plan(m, &m->plans[kinds], SLICE(""));
}

const struct plan *
map_plan(const struct map *m, struct slice kind)
{
	long i = kind.n == 0 ? -1 : index_find(m->kinds, kind);

	return &m->plans[i < 0 ? index_count(m->kinds) : (size_t)i];
}

size_t
map_rules(const struct map *m)
{
	return m->nrules;
}

const struct rule *
map_rule(const struct map *m, size_t i)
{
	return m->rules[i];
}

size_t
map_fields(const struct map *m)
{
	return index_count(m->fields);
}

size_t
map_columns(const struct map *m)
{
	return index_count(m->columns);
}

struct slice
map_field(const struct map *m, size_t i)
{
	return index_name(m->fields, i);
}

long
map_find_field(const struct map *m, struct slice name)
{
	return index_find(m->fields, name);
}
