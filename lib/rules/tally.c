#include "rules/tally.h"

#include <stdio.h>

#include "base/digest.h"
#include "base/mem.h"
#include "json/write.h"

#define BLOCK 64 /* rules */

struct counter {
	uint64_t applicable, fail, error;
	struct slice *samples;
	size_t nsamples;
};

struct group {
	uint64_t records, failing, lost;
	uint64_t *kinds;                    /* records by kind of the plan */
	uint64_t (*fields)[PRESENCE_COUNT]; /* by tracked column */
	struct counter **blocks;
};

struct tally {
	const struct plan *plan;
	size_t samples, most;
	struct arena *arena; /* ids of samples */
	struct index *names; /* of the groups */
	struct group *groups;
	size_t ngroups, room;
	uint64_t content[2], records;
};

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
add_sample(struct tally *t, struct counter *c, struct slice id)
{
	size_t before = c->nsamples;
	struct slice last = before > 0 ? c->samples[before - 1] : id;

	if (t->samples == 0)
		return;
	if (before == t->samples && sample_digest(id) > sample_digest(last))
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

bool
tally_add(struct tally *t, struct judge *j, struct slice group,
    const struct judgement *v, struct slice id, struct err *e)
{
	struct group *g = find_group(t, group, e), *also;

	if (g == NULL)
		return false;
	t->records++;
	g->records++;
	g->kinds[v->kind]++;
	g->failing += v->failed;
	g->lost += v->lost;
	for (size_t i = 0; i < v->n; i++) {
		struct counter *c = counter_of(g, v->list[i].test);

		c->applicable++;
		c->fail += v->list[i].failed;
		c->error += v->list[i].fault && !v->list[i].failed;
		if (v->list[i].failed)
			add_sample(t, c, id);
		if (v->list[i].also.p != NULL) {
			also = find_group(t, v->list[i].also, e);
			if (also == NULL)
				return false;
			counter_of(also, v->list[i].test)->fail++;
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
	for (size_t i = 0; i < from->nsamples; i++)
		add_sample(t, c, from->samples[i]);
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

/* --- the account --------------------------------------------------------------------- */

static struct slice
kinds_of(const struct rule *r, struct arena *a)
{
	struct buf b = { 0 };
	struct slice text;

	for (size_t i = 0; i < r->nkinds; i++) {
		if (i > 0)
			buf_addc(&b, '|');
		buf_add_slice(&b, r->kinds[i]);
	}
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}

static uint64_t
records_of(const struct tally *t, const struct group *g, const struct rule *r)
{
	uint64_t n = 0;

	if (r->nkinds == 0)
		return g->records;
	for (size_t i = 0; i < index_count(t->plan->kinds); i++)
		if (rule_of_kind(r, index_name(t->plan->kinds, i)))
			n += g->kinds[i];
	return n;
}

static void
fill_head(struct rule_lines *l, const struct test *test, struct arena *a)
{
	const struct rule *r = test->rule;

	*l = (struct rule_lines){ .rule = arena_slice(a, r->id),
		.kind = kinds_of(r, a),
		.field = arena_slice(a, r->field),
		.title = arena_slice(a, r->title),
		.check = slice_of(check_name(r->check)),
		.max_fail = arena_slice(a, r->max_fail),
		.level = arena_slice(a, r->level),
		.dimension = arena_slice(a, r->dimension),
		.owner = arena_slice(a, r->owner),
		.rationale = arena_slice(a, r->rationale),
		.message = arena_slice(a, r->message),
		.message_en = arena_slice(a, r->message_en),
		.severity = r->severity,
		.points = r->points,
		.conditional = test->when != NULL,
		.open = r->check == CHECK_UNIQUE };
	if (r->check == CHECK_ROW_COUNT)
		l->arg = arena_slice(a, r->arg);
}

static void
fill_line(const struct tally *t, struct count_line *l, const struct group *g,
    size_t rule, struct arena *a)
{
	const struct counter *b = g->blocks[rule / BLOCK];
	const struct counter *c = b == NULL ? NULL : &b[rule % BLOCK];

	l->n += records_of(t, g, t->plan->rules->rules[rule]);
	if (c == NULL)
		return;
	l->applicable += c->applicable;
	l->fail += c->fail;
	l->error += c->error;
	if (c->nsamples > 0 && l->samples == NULL)
		l->samples = arena_alloc(a, t->samples * sizeof(*l->samples));
	for (size_t i = 0; i < c->nsamples; i++)
		sample_add(l->samples, &l->nsamples, t->samples,
		    arena_slice(a, c->samples[i]));
}

static void
fill_rule(const struct tally *t, struct summary *s, size_t rule)
{
	struct rule_lines *l = &s->rules[rule];

	fill_head(l, &t->plan->tests[rule], s->arena);
	for (size_t i = 0; i < t->ngroups; i++) {
		const struct group *g = &t->groups[i];
		struct count_line line = { .by = index_name(t->names, i) };

		if (t->plan->nby == 0) {
			fill_line(t, &l->total, g, rule, s->arena);
			continue;
		}
		fill_line(t, &line, g, rule, s->arena);
		l->total.n += line.n;
		l->total.applicable += line.applicable;
		l->total.fail += line.fail;
		l->total.error += line.error;
		if (line.fail + line.error == 0 &&
		    !(l->conditional && line.applicable > 0))
			continue;
		line.by = arena_slice(s->arena, line.by);
		l->groups = mem_room(
		    l->groups, l->ngroups, &l->room, sizeof(*l->groups));
		l->groups[l->ngroups++] = line;
	}
}

static void
add_field(const struct tally *t, struct summary *s, size_t column,
    struct slice by, const uint64_t counts[PRESENCE_COUNT])
{
	const struct tracked *c = &t->plan->tracked[column];
	struct field_line l = { .kind = arena_slice(s->arena, c->kind),
		.field = arena_slice(s->arena, t->plan->fields[c->field].path),
		.title = arena_slice(s->arena, c->title),
		.by = arena_slice(s->arena, by) };
	bool inside = t->plan->fields[c->field].in_indicators;

	for (unsigned i = 0; i < PRESENCE_COUNT; i++) {
		/* What was not looked for is not incomplete. */
		if (inside && i == VALUE_ABSENT)
			continue;
		l.counts[i] = counts[i];
		l.n += counts[i];
	}
	if (l.n == 0)
		return;
	s->fields = mem_room(
	    s->fields, s->nfields, &s->fields_room, sizeof(*s->fields));
	s->fields[s->nfields++] = l;
}

static void
fill_fields(const struct tally *t, struct summary *s)
{
	for (size_t c = 0; c < t->plan->ntracked; c++) {
		uint64_t all[PRESENCE_COUNT] = { 0 };

		for (size_t g = 0; g < t->ngroups; g++) {
			const uint64_t *counts = t->groups[g].fields[c];

			for (unsigned i = 0; i < PRESENCE_COUNT; i++)
				all[i] += counts[i];
			if (t->plan->nby > 0)
				add_field(
				    t, s, c, index_name(t->names, g), counts);
		}
		add_field(t, s, c, SLICE("{}"), all);
	}
}

static void
fill_groups(const struct tally *t, struct summary *s)
{
	const struct plan *p = t->plan;

	s->nkinds = index_count(p->kinds);
	s->kinds = arena_alloc(s->arena, (s->nkinds + 1) * sizeof(*s->kinds));
	for (size_t i = 0; i < s->nkinds; i++)
		s->kinds[i] = arena_slice(s->arena, index_name(p->kinds, i));
	if (p->nby == 0)
		return;
	s->groups = mem_zalloc((t->ngroups + 1) * sizeof(*s->groups));
	s->groups_room = t->ngroups + 1;
	for (size_t i = 0; i < t->ngroups; i++) {
		const struct group *from = &t->groups[i];
		struct group_line *g = &s->groups[s->ngroups++];

		g->by = arena_slice(s->arena, index_name(t->names, i));
		g->records = from->records;
		g->failing = from->failing;
		g->lost = from->lost;
		g->kinds = arena_dup(
		    s->arena, from->kinds, (s->nkinds + 1) * sizeof(*g->kinds));
		g->applicable = arena_zalloc(
		    s->arena, (s->nrules + 1) * sizeof(*g->applicable));
		for (size_t r = 0; r < s->nrules; r++)
			if (from->blocks[r / BLOCK] != NULL)
				g->applicable[r] =
				    from->blocks[r / BLOCK][r % BLOCK]
					.applicable;
	}
}

static struct slice
shard_name(const struct tally *t, const char *given, struct arena *a)
{
	uint8_t bytes[DIGEST_SIZE];
	char id[DIGEST_ID + 1];
	char text[80];
	int n;

	if (given != NULL)
		return arena_slice(a, slice_of(given));
	n = snprintf(text, sizeof(text), "%016llx%016llx/%llu",
	    (unsigned long long)t->content[0],
	    (unsigned long long)t->content[1], (unsigned long long)t->records);
	digest_bytes(text, (size_t)n, bytes);
	digest_id(bytes, id);
	return arena_slice(a, slice_of(id));
}

struct summary *
tally_summary(const struct tally *t, const char *shard)
{
	struct summary *s = summary_new();
	const struct plan *p = t->plan;
	char logic[7 + 65], now[DATE_TEXT];

	plan_logic(p, logic);
	s->logic = arena_slice(s->arena, slice_of(logic));
	if (p->uses_now) {
		size_t n = date_print(&p->now, now);

		s->now = arena_slice(s->arena, (struct slice){ now, n });
	}
	s->complete = true;
	s->sample_room = t->samples;
	s->nby = p->nby;
	s->by = arena_alloc(s->arena, (p->nby + 1) * sizeof(*s->by));
	for (size_t i = 0; i < p->nby; i++)
		s->by[i] = arena_slice(s->arena, p->by[i].text);
	for (size_t i = 0; i < t->ngroups; i++) {
		s->records += t->groups[i].records;
		s->failing += t->groups[i].failing;
		s->lost += t->groups[i].lost;
	}
	s->shards = mem_zalloc(sizeof(*s->shards));
	s->nshards = 1;
	s->shards[0] =
	    (struct shard){ shard_name(t, shard, s->arena), s->records };
	s->nrules = p->rules->n;
	s->rules = mem_zalloc((s->nrules + 1) * sizeof(*s->rules));
	for (size_t i = 0; i < s->nrules; i++)
		fill_rule(t, s, i);
	fill_groups(t, s);
	fill_fields(t, s);
	summary_sort(s);
	return s;
}
