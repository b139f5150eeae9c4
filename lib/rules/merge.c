#include "rules/merge.h"

#include "base/mem.h"
#include "rules/stream.h"
#include "rules/surplus.h"

static bool
check_shards(const struct summary *a, const char *name, const struct summary *b,
    const char *other, struct err *e)
{
	for (size_t i = 0; i < a->nshards; i++)
		for (size_t k = 0; k < b->nshards; k++)
			if (slice_eq(a->shards[i].id, b->shards[k].id))
				return err_set(e, ERR_USAGE,
				    "shard '%.*s' is in %s and again in %s",
				    (int)a->shards[i].id.n, a->shards[i].id.p,
				    name, other);
	return true;
}

static bool
differ(const char *what, const char *name, const char *other, struct err *e)
{
	return err_set(
	    e, ERR_USAGE, "%s and %s differ in %s", name, other, what);
}

static bool
check_same(const struct summary *a, const char *name, const struct summary *b,
    const char *other, bool settled, struct err *e)
{
	if (!a->complete || !b->complete)
		return err_set(e, ERR_INPUT,
		    "%s is the account of a run that did not end",
		    a->complete ? other : name);
	if (!slice_eq(a->logic, b->logic) || a->nrules != b->nrules ||
	    a->nkinds != b->nkinds)
		return differ("their rules", name, other, e);
	if (!slice_eq(a->now, b->now))
		return differ("now (--now)", name, other, e);
	if (a->sample_room != b->sample_room)
		return differ("--samples", name, other, e);
	if (a->nby != b->nby)
		return differ("--by", name, other, e);
	for (size_t i = 0; i < a->nby; i++)
		if (!slice_eq(a->by[i], b->by[i]))
			return differ("--by", name, other, e);
	for (size_t i = 0; i < a->nrules; i++) {
		if (!slice_eq(a->rules[i].rule, b->rules[i].rule))
			return differ("their rules", name, other, e);
		if (a->rules[i].open && !settled)
			return err_set(e, ERR_USAGE,
			    "rule '%.*s' compares records of different "
			    "shards: check them with --state DIR, and give it "
			    "here too",
			    (int)a->rules[i].rule.n, a->rules[i].rule.p);
	}
	return check_shards(a, name, b, other, e);
}

void
merge_add_counts(
    struct summary *s, struct count_line *l, const struct count_line *m)
{
	l->n += m->n;
	l->applicable += m->applicable;
	l->fail += m->fail;
	l->error += m->error;
	l->set += m->set;
	bins_join(&l->bins, s->arena, &m->bins);
	if (m->metric != NULL) {
		if (l->metric == NULL)
			l->metric = arena_zalloc(s->arena, sizeof(*l->metric));
		metric_join(l->metric, s->arena, m->metric);
	}
	if (m->nsamples > 0 && l->samples == NULL)
		l->samples = arena_alloc(
		    s->arena, (s->sample_room + 1) * sizeof(struct slice));
	for (size_t i = 0; i < m->nsamples; i++)
		sample_add(l->samples, &l->nsamples, s->sample_room,
		    arena_slice(s->arena, m->samples[i]));
}

/* Both are sorted: one pass, new lines at the end, sorted again later. */
static void
add_groups(struct summary *s, struct rule_lines *l, const struct rule_lines *m)
{
	size_t old = l->ngroups, at = 0;

	for (size_t i = 0; i < m->ngroups; i++) {
		const struct count_line *g = &m->groups[i];

		while (at < old && slice_cmp(l->groups[at].by, g->by) < 0)
			at++;
		if (at < old && slice_eq(l->groups[at].by, g->by)) {
			merge_add_counts(s, &l->groups[at], g);
			continue;
		}
		l->groups = mem_room(
		    l->groups, l->ngroups, &l->room, sizeof(*l->groups));
		l->groups[l->ngroups] =
		    (struct count_line){ .by = arena_slice(s->arena, g->by) };
		merge_add_counts(s, &l->groups[l->ngroups++], g);
	}
}

/* A text may have been changed between two shards: the smaller one stays, so
 * that the order of merging does not matter. */
static void
smaller(struct summary *s, struct slice *a, struct slice b)
{
	if (slice_cmp(b, *a) < 0)
		*a = arena_slice(s->arena, b);
}

/* The columns of one rule are the same in all of its summaries. */
static void
add_table(struct rule_lines *l, const struct rule_lines *m)
{
	l->stream = l->stream || m->stream;
	l->unread = l->unread || m->unread;
	l->lacks = l->lacks || m->lacks;
	for (size_t i = 0; i < l->ncolumns && i < m->ncolumns; i++) {
		l->columns[i].there += m->columns[i].there;
		l->columns[i].filled += m->columns[i].filled;
	}
}

static void
merge_rule(struct summary *s, struct rule_lines *l, const struct rule_lines *m)
{
	smaller(s, &l->title, m->title);
	smaller(s, &l->max_fail, m->max_fail);
	smaller(s, &l->arg, m->arg);
	smaller(s, &l->level, m->level);
	smaller(s, &l->dimension, m->dimension);
	smaller(s, &l->owner, m->owner);
	smaller(s, &l->rationale, m->rationale);
	smaller(s, &l->message, m->message);
	smaller(s, &l->message_en, m->message_en);
	l->severity = m->severity > l->severity ? m->severity : l->severity;
	l->points = m->points > l->points ? m->points : l->points;
	add_table(l, m);
	merge_add_counts(s, &l->total, &m->total);
	add_groups(s, l, m);
}

static int
field_cmp(const struct field_line *a, const struct field_line *b)
{
	int o = slice_cmp(a->kind, b->kind);

	o = o != 0 ? o : slice_cmp(a->field, b->field);
	return o != 0 ? o : slice_cmp(a->by, b->by);
}

void
merge_add_field(
    struct summary *s, struct field_line *l, const struct field_line *m)
{
	l->n += m->n;
	for (unsigned i = 0; i < PRESENCE_COUNT; i++)
		l->counts[i] += m->counts[i];
	if (m->shape == NULL)
		return;
	if (l->shape == NULL)
		l->shape = arena_zalloc(s->arena, sizeof(*l->shape));
	shape_join(l->shape, s->arena, m->shape);
}

static void
add_list(uint64_t *to, const uint64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] += from[i];
}

void
merge_add_group(
    struct summary *s, struct group_line *g, const struct group_line *m)
{
	g->records += m->records;
	g->failing += m->failing;
	g->lost += m->lost;
	add_list(g->kinds, m->kinds, s->nkinds);
	add_list(g->applicable, m->applicable, s->nrules);
}

static void
merge_groups(struct summary *s, const struct summary *from)
{
	size_t old = s->ngroups, at = 0;

	for (size_t i = 0; i < from->ngroups; i++) {
		const struct group_line *f = &from->groups[i];
		struct group_line *g;

		while (at < old && slice_cmp(s->groups[at].by, f->by) < 0)
			at++;
		if (at < old && slice_eq(s->groups[at].by, f->by)) {
			g = &s->groups[at];
		} else {
			s->groups = mem_room(s->groups, s->ngroups,
			    &s->groups_room, sizeof(*s->groups));
			g = &s->groups[s->ngroups++];
			*g = (struct group_line){ .by = arena_slice(
						      s->arena, f->by) };
			g->kinds = arena_zalloc(
			    s->arena, (s->nkinds + 1) * sizeof(*g->kinds));
			g->applicable = arena_zalloc(
			    s->arena, (s->nrules + 1) * sizeof(*g->applicable));
		}
		merge_add_group(s, g, f);
	}
}

static struct shape *
copy_shape(struct summary *s, const struct shape *from)
{
	struct shape *to;

	if (from == NULL)
		return NULL;
	to = arena_zalloc(s->arena, sizeof(*to));
	shape_join(to, s->arena, from);
	return to;
}

static void
merge_fields(struct summary *s, const struct summary *from)
{
	size_t old = s->nfields, at = 0;

	for (size_t i = 0; i < from->nfields; i++) {
		struct field_line f = from->fields[i];

		while (at < old && field_cmp(&s->fields[at], &f) < 0)
			at++;
		if (at < old && field_cmp(&s->fields[at], &f) == 0) {
			merge_add_field(s, &s->fields[at], &f);
			continue;
		}
		f.kind = arena_slice(s->arena, f.kind);
		f.field = arena_slice(s->arena, f.field);
		f.title = arena_slice(s->arena, f.title);
		f.by = arena_slice(s->arena, f.by);
		f.shape = copy_shape(s, f.shape);
		s->fields = mem_room(
		    s->fields, s->nfields, &s->fields_room, sizeof(*s->fields));
		s->fields[s->nfields++] = f;
	}
}

bool
summary_merge(struct summary *s, const char *name, const struct summary *from,
    const char *other, bool settled, struct err *e)
{
	if (!check_same(s, name, from, other, settled, e))
		return false;
	s->records += from->records;
	s->set_aside += from->set_aside;
	s->failing += from->failing;
	s->lost += from->lost;
	s->shards = mem_resize(
	    s->shards, s->nshards + from->nshards, sizeof(*s->shards));
	for (size_t i = 0; i < from->nshards; i++) {
		s->shards[s->nshards] = from->shards[i];
		s->shards[s->nshards].state =
		    arena_slice(s->arena, from->shards[i].state);
		s->shards[s->nshards++].id =
		    arena_slice(s->arena, from->shards[i].id);
	}
	for (size_t i = 0; i < s->nrules; i++)
		merge_rule(s, &s->rules[i], &from->rules[i]);
	merge_groups(s, from);
	merge_fields(s, from);
	if (from->max_groups < s->max_groups)
		s->max_groups = from->max_groups;
	s->folded = s->folded || from->folded;
	surplus_fold(s);
	summary_sort(s);
	summary_refresh(s);
	summary_streams(s, NULL);
	stream_judge(s);
	return true;
}
