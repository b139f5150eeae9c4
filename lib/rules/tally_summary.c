#include <stdio.h>

#include "base/digest.h"
#include "base/mem.h"
#include "rules/stream.h"
#include "rules/tally_parts.h"

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

void
tally_head(struct rule_lines *l, const struct test *test, struct arena *a)
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
		.open = rule_is_open(r),
		.per_value = r->per_value,
		.as_table = r->as_table,
		.na = r->na };
	if (l->open || check_is(r->check, CHECK_STREAM))
		l->arg = arena_slice(a, r->arg);
}

static void
fill_line(const struct tally *t, struct count_line *l, const struct group *g,
    size_t rule, struct arena *a)
{
	const struct counter *b = g->blocks[rule / BLOCK];
	const struct counter *c = b == NULL ? NULL : &b[rule % BLOCK];

	uint64_t n = records_of(t, g, t->plan->rules->rules[rule]);

	l->n += n;
	if (t->plan->tests[rule].broken) {
		l->applicable += n;
		l->error += n;
	}
	if (c == NULL)
		return;
	l->applicable += c->applicable;
	l->fail += c->fail;
	l->error += c->error;
	l->set += c->set;
	if (t->plan->tests[rule].gauge != NO_FIELD)
		gauge_fill(g->gauges[t->plan->tests[rule].gauge],
		    &t->plan->tests[rule], a, l);
	if (c->nsamples > 0 && l->samples == NULL)
		l->samples = arena_alloc(a, t->samples * sizeof(*l->samples));
	for (size_t i = 0; i < c->nsamples; i++)
		sample_add(l->samples, &l->nsamples, t->samples,
		    arena_slice(a, c->samples[i]));
}

static void
add_column(const struct tally *t, const struct rule *r, size_t field,
    struct column_line *to)
{
	size_t nkinds = index_count(t->plan->kinds);

	for (size_t k = 0; k <= nkinds; k++) {
		const struct kind_plan *of = &t->plan->by_kind[k];
		bool own = k == nkinds
		    ? r->nkinds == 0
		    : rule_of_kind(r, index_name(t->plan->kinds, k));

		for (size_t i = 0; own && i < of->ntracked; i++) {
			size_t at = of->tracked[i];

			/* What is watched for every kind is listed in each. */
			if (t->plan->tracked[at].field != field ||
			    (k < nkinds && r->nkinds == 0))
				continue;
			for (size_t g = 0; g < t->ngroups; g++) {
				const uint64_t *n = t->groups[g].fields[at];

				if (t->groups[g].folded)
					continue;
				for (unsigned p = 0; p < PRESENCE_COUNT; p++) {
					to->there +=
					    p == VALUE_ABSENT ? 0 : n[p];
					to->filled +=
					    p == VALUE_THERE ? n[p] : 0;
				}
			}
		}
	}
}

static void
fill_columns(const struct tally *t, struct rule_lines *l,
    const struct test *test, struct arena *a)
{
	l->lacks = test->lacks;
	l->unread = test->broken && !test->lacks;
	l->columns =
	    arena_zalloc(a, (test->ncolumns + 1) * sizeof(*l->columns));
	l->ncolumns = test->ncolumns;
	for (size_t i = 0; i < test->ncolumns; i++) {
		const struct field *f = &t->plan->fields[test->columns[i]];

		l->columns[i].name = arena_slice(a, f->path);
		add_column(t, test->rule, test->columns[i], &l->columns[i]);
	}
}

static void
fill_rule(const struct tally *t, struct summary *s, size_t rule)
{
	struct rule_lines *l = &s->rules[rule];
	bool measured = stream_is(t->plan->tests[rule].rule->check) ||
	    t->plan->tests[rule].gauge != NO_FIELD;

	tally_head(l, &t->plan->tests[rule], s->arena);
	fill_columns(t, l, &t->plan->tests[rule], s->arena);
	for (size_t i = 0; i < t->ngroups; i++) {
		const struct group *g = &t->groups[i];
		struct count_line line = { .by = index_name(t->names, i) };

		if (g->folded)
			continue;
		if (t->plan->nby == 0) {
			fill_line(t, &l->total, g, rule, s->arena);
			continue;
		}
		fill_line(t, &line, g, rule, s->arena);
		l->total.n += line.n;
		l->total.applicable += line.applicable;
		l->total.fail += line.fail;
		l->total.error += line.error;
		l->total.set += line.set;
		gauge_total(&l->total, s->arena, &line);
		if (line.fail + line.error == 0 &&
		    !((l->conditional || measured) && line.applicable > 0))
			continue;
		line.by = arena_slice(s->arena, line.by);
		l->groups = mem_room(
		    l->groups, l->ngroups, &l->room, sizeof(*l->groups));
		l->groups[l->ngroups++] = line;
	}
}

static void
add_field(const struct tally *t, struct summary *s, size_t column,
    struct slice by, const uint64_t counts[PRESENCE_COUNT],
    const struct sketch *sketch)
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
	if (sketch != NULL && !c->hidden && counts[VALUE_THERE] > 0)
		l.shape = sketch_shape(sketch, c->values, s->arena);
	s->fields = mem_room(
	    s->fields, s->nfields, &s->fields_room, sizeof(*s->fields));
	s->fields[s->nfields++] = l;
}

static void
fill_fields(const struct tally *t, struct summary *s)
{
	for (size_t c = 0; c < t->plan->ntracked; c++) {
		uint64_t all[PRESENCE_COUNT] = { 0 };

		if (!t->plan->tracked[c].listed)
			continue;
		for (size_t g = 0; g < t->ngroups; g++) {
			const uint64_t *counts;

			if (t->groups[g].folded)
				continue;
			counts = t->groups[g].fields[c];
			for (unsigned i = 0; i < PRESENCE_COUNT; i++)
				all[i] += counts[i];
			if (t->plan->nby > 0)
				add_field(t, s, c, index_name(t->names, g),
				    counts, NULL);
		}
		add_field(t, s, c, SLICE("{}"), all, &t->sketches[c]);
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
		struct group_line *g = &s->groups[s->ngroups];

		if (from->folded)
			continue;
		s->ngroups++;
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
		s->zone = p->zone;
	}
	s->complete = true;
	s->sample_room = t->samples;
	s->max_groups = t->most;
	s->folded = t->folded;
	s->nby = p->nby;
	s->by = arena_alloc(s->arena, (p->nby + 1) * sizeof(*s->by));
	for (size_t i = 0; i < p->nby; i++)
		s->by[i] = arena_slice(s->arena, p->by[i].text);
	for (size_t i = 0; i < t->ngroups; i++) {
		if (t->groups[i].folded)
			continue;
		s->records += t->groups[i].records;
		s->failing += t->groups[i].failing;
		s->lost += t->groups[i].lost;
	}
	s->shards = mem_zalloc(sizeof(*s->shards));
	s->nshards = 1;
	s->shards[0] = (struct shard){ .id = shard_name(t, shard, s->arena),
		.records = s->records };
	s->nrules = p->rules->n;
	s->rules = mem_zalloc((s->nrules + 1) * sizeof(*s->rules));
	for (size_t i = 0; i < s->nrules; i++)
		fill_rule(t, s, i);
	fill_groups(t, s);
	fill_fields(t, s);
	summary_sort(s);
	stream_judge(s);
	return s;
}
