#include "rules/profile.h"

#include "base/mem.h"
#include "rules/pass.h"
#include "rules/profile_parts.h"
#include "rules/surplus.h"
#include "rules/tally.h"

#define DEEPEST 8 /* objects within objects */

/* --- the tree ------------------------------------------------------------------ */

static struct node *
new_node(struct profile *p, struct slice name)
{
	struct node *n = arena_zalloc(p->arena, sizeof(*n));

	n->name = arena_slice(p->arena, name);
	n->number = p->nnodes++;
	p->nlive++;
	return n;
}

static void
release_node(struct profile *p, struct node *n)
{
	if (n == NULL)
		return;
	p->nlive--;
	facts_release(&n->facts);
	for (size_t i = 0; n->names != NULL && i < index_count(n->names); i++)
		release_node(p, n->children[i]);
	release_node(p, n->each);
	index_free(n->names);
	mem_free(n->children);
	n->names = NULL;
	n->children = NULL;
	n->each = NULL;
}

/* Its members are too many to be fields. */
static void
widen(struct profile *p, struct node *n)
{
	for (size_t i = 0; n->names != NULL && i < index_count(n->names); i++)
		release_node(p, n->children[i]);
	index_free(n->names);
	mem_free(n->children);
	n->names = NULL;
	n->children = NULL;
	n->wide = true;
}

/* The member of a node's objects, or NULL where they are not told apart. */
static struct node *
child_of(struct profile *p, struct node *n, struct slice name)
{
	bool fresh;
	size_t at;

	if (n->wide)
		return NULL;
	if (n->names == NULL)
		n->names = index_new();
	at = index_add(n->names, name, &fresh);
	if (at == PROFILE_MEMBERS) {
		index_free(n->names);
		n->names = NULL;
		for (size_t i = 0; i < PROFILE_MEMBERS; i++)
			release_node(p, n->children[i]);
		widen(p, n);
		return NULL;
	}
	if (fresh) {
		n->children =
		    mem_room(n->children, at, &n->room, sizeof(struct node *));
		n->children[at] = new_node(p, name);
	}
	return n->children[at];
}

static struct node *
root_of(struct profile *p, struct slice kind, size_t *number)
{
	bool fresh;

	*number = index_add(p->kinds, kind, &fresh);
	if (fresh) {
		p->roots = mem_room(
		    p->roots, *number, &p->roots_room, sizeof(*p->roots));
		p->records = mem_room(
		    p->records, *number, &p->records_room, sizeof(*p->records));
		p->roots[*number] = new_node(p, kind);
		p->records[*number] = 0;
	}
	return p->roots[*number];
}

static void
join_node(
    struct profile *p, struct node *to, const struct node *from, size_t *map)
{
	map[from->number] = to->number;
	facts_join(&to->facts, p->arena, &from->facts);
	if (from->each != NULL && to->each == NULL)
		to->each = new_node(p, SLICE("[]"));
	if (from->each != NULL)
		join_node(p, to->each, from->each, map);
	if (from->wide && !to->wide)
		widen(p, to);
	for (size_t i = 0; from->names != NULL && i < index_count(from->names);
	     i++) {
		struct node *child =
		    child_of(p, to, index_name(from->names, i));

		if (child != NULL)
			join_node(p, child, from->children[i], map);
	}
}

/* --- one record ------------------------------------------------------------------ */

struct taking {
	struct profile *profile;
	struct profile_group *group; /* NULL: without --by */
	struct arena *scratch;
};

static void
take(struct taking *t, struct node *n, struct json v, unsigned depth,
    unsigned arrays)
{
	struct profile *p = t->profile;
	struct json_walk walk = json_enter(v);
	enum presence there = facts_add(&n->facts, p->arena, v, t->scratch);
	struct slice key;
	struct json part;

	if (t->group != NULL)
		profile_tellers(t->group, n->number)->counts[there]++;
	if (v.type == JSON_ARRAY && arrays < 2) {
		if (n->each == NULL)
			n->each = new_node(p, SLICE("[]"));
		while (json_next_element(&walk, &part))
			take(t, n->each, part, depth, arrays + 1);
	}
	if (v.type != JSON_OBJECT || depth == DEEPEST)
		return;
	if (t->group != NULL)
		profile_tellers(t->group, n->number)->counts[VALUE_ABSENT]++;
	while (json_next_member(&walk, &key, &part)) {
		struct node *child =
		    child_of(p, n, json_unescape(key, t->scratch));

		if (child != NULL)
			take(t, child, part, depth + 1, arrays);
	}
}

struct worker {
	struct profile *shared, *own;
	struct judge *judge;
};

static void *
open_worker(void *shared, struct err *e)
{
	struct worker *w = mem_zalloc(sizeof(*w));

	(void)e;
	w->shared = shared;
	w->own = profile_new(w->shared->plan, w->shared->most);
	w->judge = judge_new(w->shared->plan, NULL);
	return w;
}

static void
take_members(struct taking *t, struct node *root, struct record *r)
{
	size_t n;
	const struct json_member *m = record_members(r, &n);

	for (size_t i = 0; i < n; i++) {
		struct slice name =
		    json_unescape(record_key(r, &m[i]), t->scratch);
		struct node *child;

		if (m[i].again || slice_is(name, "_mdx"))
			continue;
		child = child_of(t->profile, root, name);
		if (child != NULL)
			take(t, child, record_value(r, &m[i]), 1, 0);
	}
}

static enum verdict
take_record(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct worker *w = worker;
	struct profile *p = w->own;
	struct slice kind = record_kind(r);
	struct taking t = { .profile = p, .scratch = record_arena(r) };
	struct node *root;
	size_t number;

	if (kind.n == 0)
		kind = w->shared->kind_from_name
		    ? pass_kind_of_name(job->place.uri)
		    : w->shared->kind;
	root = root_of(p, kind, &number);
	p->records[number]++;
	root->facts.types[JSON_OBJECT]++;
	if (p->plan->nby > 0) {
		judge_start(w->judge, r);
		t.group = profile_find_group(
		    p, tally_group(p->plan, w->judge, t.scratch));
		profile_count_kind(t.group, number, 1);
		profile_tellers(t.group, root->number)->counts[VALUE_ABSENT]++;
	}
	take_members(&t, root, r);
	return p->nnodes <= PROFILE_NODES || profile_refuse(p, PROFILE_NODES, e)
	    ? RECORD_TAKEN
	    : RECORD_STOP;
}

static void
join(struct profile *p, const struct profile *from)
{
	size_t *map = mem_alloc((from->nnodes + 1) * sizeof(*map));
	size_t nkinds = index_count(from->kinds);
	size_t *kinds = mem_alloc((nkinds + 1) * sizeof(*kinds));

	for (size_t i = 0; i < from->nnodes; i++)
		map[i] = SIZE_MAX;
	for (size_t i = 0; i < nkinds; i++) {
		struct node *root =
		    root_of(p, index_name(from->kinds, i), &kinds[i]);

		p->records[kinds[i]] += from->records[i];
		join_node(p, root, from->roots[i], map);
	}
	for (size_t i = 0; i < index_count(from->group_names); i++)
		if (!from->groups[i].folded)
			profile_join_group(
			    profile_find_group(
				p, index_name(from->group_names, i)),
			    &from->groups[i], from->nnodes, map, kinds);
	mem_free(map);
	mem_free(kinds);
}

static void
close_worker(void *shared, void *worker)
{
	struct profile *p = shared;
	struct worker *w = worker;

	join(p, w->own);
	p->folded = p->folded || w->own->folded;
	profile_prune(p);
	profile_free(w->own);
	judge_free(w->judge);
	mem_free(w);
}

/* ----------------------------------------------------------------------------------- */

struct profile *
profile_new(const struct plan *plan, size_t groups)
{
	struct profile *p = mem_zalloc(sizeof(*p));
	struct slice *by;

	p->plan = plan;
	p->most = groups;
	p->arena = arena_new();
	p->kinds = index_new();
	p->group_names = index_new();
	by = arena_alloc(p->arena, (plan->nby + 1) * sizeof(*by));
	for (size_t i = 0; i < plan->nby; i++)
		by[i] = plan->by[i].text;
	p->surplus = surplus_name(by, plan->nby, p->arena);
	return p;
}

void
profile_free(struct profile *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < index_count(p->kinds); i++)
		release_node(p, p->roots[i]);
	for (size_t i = 0; i < index_count(p->group_names); i++)
		profile_release_group(&p->groups[i]);
	mem_free(p->roots);
	mem_free(p->records);
	mem_free(p->groups);
	index_free(p->kinds);
	index_free(p->group_names);
	arena_free(p->arena);
	mem_free(p);
}

void
profile_start(
    struct profile *p, struct slice kind, bool kind_from_name, struct stage *s)
{
	p->kind = kind;
	p->kind_from_name = kind_from_name;
	*s = (struct stage){ .names = p->plan->names,
		.shared = p,
		.open = open_worker,
		.record = take_record,
		.close = close_worker };
}

uint64_t
profile_records(const struct profile *p)
{
	uint64_t n = 0;

	for (size_t i = 0; i < index_count(p->kinds); i++)
		n += p->records[i];
	return n;
}

uint64_t
profile_surplus(const struct profile *p)
{
	long at = index_find(p->group_names, p->surplus);

	return at < 0 || !p->folded ? 0 : p->groups[at].records;
}

size_t
profile_kinds(const struct profile *p)
{
	return index_count(p->kinds);
}

struct slice
profile_kind(const struct profile *p, size_t number, uint64_t *records)
{
	*records = p->records[number];
	return index_name(p->kinds, number);
}
