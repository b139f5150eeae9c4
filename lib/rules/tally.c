#include "rules/tally.h"

#include "base/hash.h"
#include "base/mem.h"
#include "rules/surplus.h"
#include "rules/tally_parts.h"

static struct slice
tally_surplus(const struct plan *p, struct arena *a)
{
	struct slice *by = arena_alloc(a, (p->nby + 1) * sizeof(*by));

	for (size_t i = 0; i < p->nby; i++)
		by[i] = p->by[i].text;
	return surplus_name(by, p->nby, a);
}

struct tally *
tally_new(const struct plan *p, size_t samples, size_t groups)
{
	struct tally *t = mem_zalloc(sizeof(*t));

	t->plan = p;
	t->samples = samples;
	t->most = groups;
	t->arena = arena_new();
	t->names = index_new();
	t->surplus = tally_surplus(p, t->arena);
	t->sketches =
	    arena_zalloc(t->arena, (p->ntracked + 1) * sizeof(*t->sketches));
	for (size_t i = 0; i < p->ntracked; i++)
		t->sketches[i].distinct.rough = true;
	return t;
}

size_t
tally_blocks(const struct tally *t)
{
	return t->plan->rules->n / BLOCK + 1;
}

void
tally_free(struct tally *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->ngroups; i++)
		tally_release_group(t, &t->groups[i]);
	mem_free(t->groups);
	mem_free(t->heap);
	index_free(t->names);
	arena_free(t->arena);
	mem_free(t);
}

/* --- counting ----------------------------------------------------------------------- */

struct counter *
tally_counter(struct group *g, size_t rule)
{
	struct counter **b = &g->blocks[rule / BLOCK];

	if (*b == NULL)
		*b = mem_zalloc(BLOCK * sizeof(**b));
	return &(*b)[rule % BLOCK];
}

static void
add_sample(struct tally *t, struct counter *c, struct slice id, uint64_t digest)
{
	if (t->samples == 0)
		return;
	if (c->nsamples == t->samples && digest > c->largest)
		return;
	if (c->samples == NULL)
		c->samples =
		    arena_alloc(t->arena, t->samples * sizeof(*c->samples));
	sample_add(
	    c->samples, &c->nsamples, t->samples, arena_slice(t->arena, id));
	c->largest = sample_digest(c->samples[c->nsamples - 1]);
}

static void
count_fields(struct tally *t, struct judge *j, struct group *g, size_t kind)
{
	const struct kind_plan *k = &t->plan->by_kind[kind];

	for (size_t i = 0; i < k->ntracked; i++) {
		size_t at = k->tracked[i];
		const struct cells *c =
		    judge_cells(j, t->plan->tracked[at].field);

		for (size_t d = 0; d < c->n; d++) {
			g->fields[at][c->list[d].presence]++;
			if (!t->plan->tracked[at].hidden &&
			    !datum_missing(&c->list[d]) &&
			    datum_scalar(&c->list[d]))
				sketch_add(&t->sketches[at], t->arena,
				    &c->list[d], t->plan->tracked[at].values,
				    judge_scope(j)->arena);
		}
	}
}

/* What breaks such a rule is known at the end (rules/keys). */
static bool
is_open(const struct tally *t, size_t test)
{
	return rule_is_open(t->plan->tests[test].rule);
}

static void
measure(struct tally *t, struct judge *j, struct group *g, size_t test)
{
	const struct test *of = &t->plan->tests[test];
	struct gauge **to = &g->gauges[of->gauge];
	const struct cells *c = judge_cells(j, of->field);

	if (*to == NULL)
		*to = arena_zalloc(t->arena, sizeof(**to));
	for (size_t i = 0; i < c->n; i++)
		gauge_add(*to, t->arena, of, &c->list[i], judge_scope(j));
}

struct slice
tally_add(struct tally *t, struct judge *j, struct slice group,
    const struct judgement *v, struct slice id)
{
	size_t at = tally_find_group(t, group);
	struct group *g = &t->groups[at];
	uint64_t digest = id.n > 0 ? sample_digest(id) : 0;

	t->records++;
	g->records++;
	g->kinds[v->kind]++;
	g->failing += v->failed_alone;
	g->lost += v->lost;
	for (size_t i = 0; i < v->n; i++) {
		struct counter *c = tally_counter(g, v->list[i].test);

		c->applicable += v->list[i].applied;
		c->error += v->list[i].fault && !v->list[i].failed;
		if (t->plan->tests[v->list[i].test].gauge != NO_FIELD)
			measure(t, j, g, v->list[i].test);
		if (v->list[i].failed && !is_open(t, v->list[i].test)) {
			c->fail += v->list[i].fails;
			c->set += digest;
			add_sample(t, c, id, digest);
		}
	}
	count_fields(t, j, g, v->kind);
	return index_name(t->names, at);
}

/* Sums of the hashes and of their squares: the same in any order. */
void
tally_digest(struct tally *t, struct slice line)
{
	uint64_t h = hash_bytes(line.p, line.n);

	t->content[0] += h;
	t->content[1] += h * h;
}

static void
join_counter(struct tally *t, struct counter *c, const struct counter *from)
{
	c->applicable += from->applicable;
	c->fail += from->fail;
	c->error += from->error;
	c->set += from->set;
	for (size_t i = 0; i < from->nsamples; i++)
		add_sample(
		    t, c, from->samples[i], sample_digest(from->samples[i]));
}

void
tally_join_group(struct tally *t, struct group *g, const struct group *from)
{
	const struct plan *p = t->plan;

	g->records += from->records;
	g->failing += from->failing;
	g->lost += from->lost;
	for (size_t i = 0; i <= index_count(p->kinds); i++)
		g->kinds[i] += from->kinds[i];
	for (size_t i = 0; i < p->ntracked; i++)
		for (size_t k = 0; k < PRESENCE_COUNT; k++)
			g->fields[i][k] += from->fields[i][k];
	for (size_t i = 0; i < p->rules->n; i++)
		if (from->blocks[i / BLOCK] != NULL)
			join_counter(t, tally_counter(g, i),
			    &from->blocks[i / BLOCK][i % BLOCK]);
	for (size_t i = 0; i < p->ngauges; i++) {
		if (from->gauges[i] == NULL)
			continue;
		if (g->gauges[i] == NULL)
			g->gauges[i] =
			    arena_zalloc(t->arena, sizeof(struct gauge));
		gauge_join(g->gauges[i], t->arena, from->gauges[i]);
	}
}

void
tally_join(struct tally *t, const struct tally *from)
{
	t->records += from->records;
	t->folded = t->folded || from->folded;
	t->content[0] += from->content[0];
	t->content[1] += from->content[1];
	for (size_t i = 0; i < t->plan->ntracked; i++)
		sketch_join(&t->sketches[i], t->arena, &from->sketches[i]);
	for (size_t i = 0; i < from->ngroups; i++) {
		size_t at;

		if (from->groups[i].folded)
			continue;
		at = tally_find_group(t, index_name(from->names, i));
		tally_join_group(t, &t->groups[at], &from->groups[i]);
	}
}
