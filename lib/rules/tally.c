#include "rules/tally.h"

#include "base/digest.h"
#include "base/mem.h"
#include "json/write.h"
#include "rules/tally_parts.h"

struct tally *
tally_new(const struct plan *p, size_t samples, size_t groups)
{
	struct tally *t = mem_zalloc(sizeof(*t));

	t->plan = p;
	t->samples = samples;
	t->most = groups;
	t->arena = arena_new();
	t->names = index_new();
	return t;
}

static size_t
nblocks(const struct tally *t)
{
	return t->plan->rules->n / BLOCK + 1;
}

void
tally_free(struct tally *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->ngroups; i++) {
		struct group *g = &t->groups[i];

		for (size_t b = 0; b < nblocks(t); b++)
			mem_free(g->blocks[b]);
		mem_free(g->blocks);
		mem_free(g->kinds);
		mem_free(g->fields);
	}
	mem_free(t->groups);
	index_free(t->names);
	arena_free(t->arena);
	mem_free(t);
}

/* --- groups ----------------------------------------------------------------------- */

static void
put_by(const struct plan *p, const struct by *b, struct judge *j,
    struct arena *a, struct buf *to)
{
	const struct cells *c = judge_cells(j, b->field);
	struct datum *d = c->n == 1 ? &c->list[0] : NULL;
	char text[DATE_TEXT];

	json_put_key_slice(to, b->text);
	if (d == NULL || datum_missing(d) || !datum_scalar(d)) {
		buf_adds(to, "null");
	} else if (b->cut == 0) {
		json_put_string(to, d->text);
	} else if (!datum_date(d)) {
		buf_adds(to, "null");
	} else {
		struct date local = d->date;
		size_t n;

		if (local.zone != DATE_NO_ZONE && local.zone != p->zone)
			local = date_of_seconds(
			    date_seconds(&local, p->zone), p->zone);
		n = date_print(&local, text);
		if (n < b->cut)
			buf_adds(to, "null");
		else
			json_put_string(
			    to, arena_slice(a, (struct slice){ text, b->cut }));
	}
}

struct slice
tally_group(const struct plan *p, struct judge *j, struct arena *a)
{
	struct buf b = { 0 };
	struct slice text;

	if (p->nby == 0)
		return SLICE("{}");
	buf_addc(&b, '{');
	for (size_t i = 0; i < p->nby; i++)
		put_by(p, &p->by[i], j, a, &b);
	buf_addc(&b, '}');
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}

static struct group *
find_group(struct tally *t, struct slice name, struct err *e)
{
	const struct plan *p = t->plan;
	long at = index_find(t->names, name);
	struct group *g;

	if (at >= 0)
		return &t->groups[at];
	if (t->ngroups == t->most) {
		err_set(e, ERR_USAGE,
		    "more than %zu groups: --by names a member that is "
		    "different in nearly every record (--max-groups raises "
		    "the ceiling)",
		    t->most);
		return NULL;
	}
	index_add(t->names, name, NULL);
	t->groups =
	    mem_room(t->groups, t->ngroups, &t->room, sizeof(*t->groups));
	g = &t->groups[t->ngroups++];
	*g = (struct group){ 0 };
	g->kinds = mem_zalloc((index_count(p->kinds) + 1) * sizeof(*g->kinds));
	g->fields = mem_zalloc((p->ntracked + 1) * sizeof(*g->fields));
	g->blocks = mem_zalloc(nblocks(t) * sizeof(struct counter *));
	return g;
}

static struct counter *
counter_of(struct group *g, size_t rule)
{
	struct counter **b = &g->blocks[rule / BLOCK];

	if (*b == NULL)
		*b = mem_zalloc(BLOCK * sizeof(**b));
	return &(*b)[rule % BLOCK];
}

/* --- counting ----------------------------------------------------------------------- */

static void
add_sample(struct tally *t, struct counter *c, struct slice id, uint64_t digest)
{
	size_t before = c->nsamples;
	struct slice last = before > 0 ? c->samples[before - 1] : id;

	if (t->samples == 0)
		return;
	if (before == t->samples && digest > sample_digest(last))
		return;
	if (c->samples == NULL)
		c->samples =
		    arena_alloc(t->arena, t->samples * sizeof(*c->samples));
	sample_add(
	    c->samples, &c->nsamples, t->samples, arena_slice(t->arena, id));
}

static void
count_fields(struct tally *t, struct judge *j, struct group *g, size_t kind)
{
	const struct kind_plan *k = &t->plan->by_kind[kind];

	for (size_t i = 0; i < k->ntracked; i++) {
		size_t at = k->tracked[i];
		const struct cells *c =
		    judge_cells(j, t->plan->tracked[at].field);

		for (size_t d = 0; d < c->n; d++)
			g->fields[at][c->list[d].presence]++;
	}
}

/* What breaks such a rule is known at the end (rules/keys). */
static bool
is_open(const struct tally *t, size_t test)
{
	return check_is(t->plan->tests[test].rule->check, CHECK_OPEN);
}

bool
tally_add(struct tally *t, struct judge *j, struct slice group,
    const struct judgement *v, struct slice id, struct err *e)
{
	struct group *g = find_group(t, group, e);
	uint64_t digest = id.n > 0 ? sample_digest(id) : 0;

	if (g == NULL)
		return false;
	t->records++;
	g->records++;
	g->kinds[v->kind]++;
	g->failing += v->failed_alone;
	g->lost += v->lost;
	for (size_t i = 0; i < v->n; i++) {
		struct counter *c = counter_of(g, v->list[i].test);

		c->applicable++;
		c->error += v->list[i].fault && !v->list[i].failed;
		if (v->list[i].failed && !is_open(t, v->list[i].test)) {
			c->fail++;
			c->set += digest;
			add_sample(t, c, id, digest);
		}
	}
	count_fields(t, j, g, v->kind);
	return true;
}

/* The sum of the digests: the same in any order of the records. */
void
tally_digest(struct tally *t, struct slice line)
{
	uint8_t bytes[DIGEST_SIZE];

	digest_bytes(line.p, line.n, bytes);
	for (unsigned i = 0; i < 2; i++) {
		uint64_t part = 0;

		for (unsigned b = 0; b < 8; b++)
			part = part << 8 | bytes[8 * i + b];
		t->content[i] += part;
	}
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

static void
join_group(struct tally *t, struct group *g, const struct group *from)
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
			join_counter(t, counter_of(g, i),
			    &from->blocks[i / BLOCK][i % BLOCK]);
}

bool
tally_join(struct tally *t, const struct tally *from, struct err *e)
{
	t->records += from->records;
	t->content[0] += from->content[0];
	t->content[1] += from->content[1];
	for (size_t i = 0; i < from->ngroups; i++) {
		struct group *g = find_group(t, index_name(from->names, i), e);

		if (g == NULL)
			return false;
		join_group(t, g, &from->groups[i]);
	}
	return true;
}
