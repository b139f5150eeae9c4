/*
 * Two passes, each over sorted entries, so that neither the order of the
 * records nor the cut into shards shows.
 *
 *	notes by rule and key -> which of them break the rule
 *	those by record       -> what that does to the counts
 *
 * Of the notes of one key the first in their order (overlap: the one that
 * starts first) is spared.  Records that are the same, byte for byte, are told
 * apart by a number: the copy.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "io/overflow.h"
#include "io/runs.h"
#include "rules/keys.h"
#include "rules/keys_parts.h"
#include "rules/surplus.h"

/* record 8  copy 4  group 4  base 3  rule 2  source 4  id 5 */
#define BREACH_SIZE 30
#define MOST_LOST   100000 /* thousandths, of one record */

struct open_rule {
	struct rule_lines *lines;
	enum check check;
	bool all;             /* unique: every one of a repeated key */
	bool marks;           /* it makes a record fail */
	bool values, periods; /* it counts values (keys_values.c) */
	uint64_t applicable, fail;
};

struct cell { /* of a rule in a group */
	uint64_t fail, set;
	struct slice *samples;
	size_t n;
};

struct settling {
	struct summary *to;
	struct keys *const *keys;
	uint64_t sign; /* 1, or all bits: the sums wrap */
	struct open_rule *rules;
	size_t nrules;
	struct index *groups;
	uint32_t **maps; /* of the groups of each of the keys */
	struct runs *breaches;
	struct index *names; /* of the cells: rule and group */
	struct cell *cells;
	size_t cells_room;
	struct arena *arena;
	/* first pass: the notes of one key so far */
	struct entry first, last;
	size_t first_from, n;
	uint32_t copy;
	bool provided;
	int64_t end;
	struct value_notes notes; /* ... of a rule that counts values */
	unsigned notes_rule;
	/* second pass: the breaches of one record so far */
	uint8_t record[8 + 4 + 4 + 3];
	bool begun, failed;
	unsigned rule, lost;
};

/* --- which notes break their rule ----------------------------------------------- */

static bool
add_breach(struct settling *s, const struct entry *n, size_t from,
    uint32_t copy, struct err *e)
{
	uint8_t b[BREACH_SIZE];

	put_number_bytes(b, n->record, 8);
	put_number_bytes(b + 8, copy, 4);
	put_number_bytes(b + 12, s->maps[from][n->group], 4);
	put_number_bytes(b + 16, n->base, 3);
	put_number_bytes(b + 19, n->rule, 2);
	put_number_bytes(b + 21, from, 4);
	put_number_bytes(b + 25, n->id, 5);
	return runs_add(s->breaches, b, e);
}

static bool
same_key(const struct entry *a, const struct entry *b)
{
	return a->rule == b->rule && memcmp(a->key, b->key, KEY_DIGEST) == 0;
}

static bool
same_record(const struct entry *a, const struct entry *b)
{
	return a->record == b->record && a->ordinal == b->ordinal &&
	    a->role == b->role && a->from == b->from && a->to == b->to;
}

static bool
breaks(
    const struct settling *s, const struct open_rule *r, const struct entry *n)
{
	if (n->role == KEY_BROKEN)
		return true;
	switch (r->check) {
	case CHECK_FOREIGN_KEY:
		return !s->provided;
	case CHECK_OVERLAP:
		return s->n > 0 && n->from < s->end;
	case CHECK_SEQUENCE:
		return s->n > 0 && n->from != s->end + 1;
	default:
		return s->n > 0;
	}
}

static void
end_values(struct settling *s)
{
	struct open_rule *r = &s->rules[s->notes_rule];

	if (s->notes.any)
		value_notes_take(&s->notes, r->check == CHECK_COVERS,
		    &r->applicable, &r->fail);
}

static bool
take_note(struct settling *s, const struct entry *n, size_t from, struct err *e)
{
	const struct open_rule *r = &s->rules[n->rule];
	bool ok = true;

	if (!same_key(&s->last, n))
		end_values(s);
	if (r->values) {
		value_notes_add(&s->notes, n, r->periods);
		s->notes_rule = n->rule;
		s->last = *n;
		return true;
	}

	if ((s->n == 0 && !s->provided) || !same_key(&s->last, n)) {
		s->first = *n;
		s->first_from = from;
		s->n = 0;
		s->provided = false;
	}
	s->copy = s->n > 0 && same_record(&s->last, n) ? s->copy + 1 : 0;
	s->last = *n;
	if (n->role == KEY_PROVIDED) {
		s->provided = true;
		return true;
	}
	if (breaks(s, r, n))
		ok = add_breach(s, n, from, s->copy, e);
	if (ok && r->all && s->n == 1 && n->role == KEY_NOTED)
		ok = add_breach(s, &s->first, s->first_from, 0, e);
	if (s->n == 0 || r->check == CHECK_SEQUENCE || n->to > s->end)
		s->end = r->check == CHECK_SEQUENCE ? n->from : n->to;
	s->n++;
	return ok;
}

static bool
find_breaches(struct settling *s, size_t n, struct err *e)
{
	struct runs **list = mem_alloc((n + 1) * sizeof(struct runs *));
	struct runs_walk *walk;
	const uint8_t *bytes;
	struct entry entry;
	bool ok = true;
	size_t from;

	for (size_t i = 0; i < n; i++)
		list[i] = s->keys[i]->notes;
	walk = runs_walk_new(list, n);
	while (ok && (bytes = runs_next(walk, &from, e)) != NULL) {
		entry_get(&entry, s->keys[from]->spans, bytes);
		ok = (entry.rule < s->nrules &&
			 (entry.role == KEY_PROVIDED ||
			     entry.group <
				 index_count(s->keys[from]->groups))) ||
		    entry_fault(e);
		ok = ok && take_note(s, &entry, from, e);
	}
	end_values(s);
	runs_walk_free(walk);
	mem_free(list);
	return ok && e->kind == ERR_NONE;
}

/* --- what they do to the counts --------------------------------------------------- */

static struct cell *
cell_of(struct settling *s, unsigned rule, uint32_t group)
{
	uint8_t name[6];
	bool fresh;
	size_t at;

	put_number_bytes(name, rule, 2);
	put_number_bytes(name + 2, group, 4);
	at = index_add(
	    s->names, (struct slice){ (char *)name, sizeof(name) }, &fresh);
	if (fresh) {
		s->cells =
		    mem_room(s->cells, at, &s->cells_room, sizeof(*s->cells));
		s->cells[at] = (struct cell){ .fail = 0 };
	}
	return &s->cells[at];
}

static bool
add_id(
    struct settling *s, struct cell *c, size_t from, uint64_t at, struct err *e)
{
	const struct keys *k = s->keys[from];
	size_t most = (size_t)s->to->sample_room;
	uint8_t n[4];
	uint64_t digest;
	struct slice id;
	char *text;

	if (most == 0 || at == NO_ID)
		return true;
	if (at + 4 > k->ids_size)
		return entry_fault(e);
	if (!overflow_read(k->ids, at, n, 4, e))
		return false;
	id.n = get_number_bytes(n, 4);
	if (id.n > k->ids_size - at - 4)
		return entry_fault(e);
	arena_reset(s->arena);
	id.p = text = arena_alloc(s->arena, id.n + 1);
	if (!overflow_read(k->ids, at + 4, text, id.n, e))
		return false;
	if (c->samples == NULL)
		c->samples = arena_alloc(s->to->arena, (most + 1) * sizeof(id));
	digest = sample_digest(id);
	c->set += digest;
	if (c->n == most && digest > sample_digest(c->samples[most - 1]))
		return true;
	sample_add(c->samples, &c->n, most, arena_slice(s->to->arena, id));
	return true;
}

/* The record that the breaches so far were of. */
static void
end_record(struct settling *s)
{
	unsigned base = (unsigned)get_number_bytes(s->record + 16, 3);
	struct group_line *g;
	unsigned before = base >> 1 > MOST_LOST ? MOST_LOST : base >> 1;
	unsigned after = before + s->lost;
	uint64_t failing, lost;

	if (!s->begun || !s->failed)
		return;
	g = summary_group(s->to,
	    index_name(s->groups, (size_t)get_number_bytes(s->record + 12, 4)));
	after = after > MOST_LOST ? MOST_LOST : after;
	failing = (base & 1) != 0 ? 0 : s->sign;
	lost = s->sign * (after - before);
	s->to->failing += failing;
	s->to->lost += lost;
	if (g != NULL) {
		g->failing += failing;
		g->lost += lost;
	}
}

static bool
take_breach(struct settling *s, const uint8_t *b, struct err *e)
{
	unsigned rule = (unsigned)get_number_bytes(b + 19, 2);
	const struct open_rule *r = &s->rules[rule];
	struct cell *c;

	if (!s->begun || memcmp(s->record, b, sizeof(s->record)) != 0) {
		end_record(s);
		memcpy(s->record, b, sizeof(s->record));
		s->begun = true;
		s->failed = false;
		s->lost = 0;
	} else if (s->rule == rule) { /* another value of the same record */
		return true;
	}
	s->rule = rule;
	if (r->marks) {
		s->failed = true;
		s->lost += r->lines->points;
	}
	c = cell_of(s, rule, (uint32_t)get_number_bytes(b + 12, 4));
	c->fail++;
	return add_id(s, c, (size_t)get_number_bytes(b + 21, 4),
	    get_number_bytes(b + 25, 5), e);
}

static bool
count_breaches(struct settling *s, struct err *e)
{
	struct runs_walk *walk = runs_walk_new(&s->breaches, 1);
	const uint8_t *bytes;
	bool ok = true;
	size_t from;

	while (ok && (bytes = runs_next(walk, &from, e)) != NULL)
		ok = take_breach(s, bytes, e);
	runs_walk_free(walk);
	end_record(s);
	return ok && e->kind == ERR_NONE;
}

/* --- into the summary ---------------------------------------------------------------- */

/* The line of a group: one of the first n, which are sorted, or a new one. */
static struct count_line *
line_of(struct summary *s, struct rule_lines *l, size_t n, struct slice by)
{
	struct count_line *there = rule_group(l, n, by);

	if (there != NULL)
		return there;
	l->groups =
	    mem_room(l->groups, l->ngroups, &l->room, sizeof(*l->groups));
	l->groups[l->ngroups] =
	    (struct count_line){ .by = arena_slice(s->arena, by) };
	return &l->groups[l->ngroups++];
}

static void
add_cell(struct settling *s, const struct cell *c, struct slice name,
    const size_t *nlines)
{
	const uint8_t *bytes = (const uint8_t *)name.p;
	size_t rule = (size_t)get_number_bytes(bytes, 2);
	struct rule_lines *l = s->rules[rule].lines;
	struct count_line *to = &l->total;

	l->total.fail += s->sign * c->fail;
	l->total.set += s->sign * c->set;
	if (s->to->nby > 0) {
		to = line_of(s->to, l, nlines[rule],
		    index_name(
			s->groups, (size_t)get_number_bytes(bytes + 2, 4)));
		to->fail += s->sign * c->fail;
	}
	if (s->sign == 1) {
		to->samples = c->samples;
		to->nsamples = c->n;
	}
}

/* Lines of groups are there where there is something to say. */
static void
drop_empty(struct rule_lines *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->ngroups; i++) {
		const struct count_line *g = &l->groups[i];

		if (g->fail + g->error > 0 ||
		    (l->conditional && g->applicable > 0))
			l->groups[n++] = *g;
	}
	l->ngroups = n;
}

static void
forget_samples(struct rule_lines *l)
{
	l->total.nsamples = 0;
	for (size_t i = 0; i < l->ngroups; i++)
		l->groups[i].nsamples = 0;
}

static void
fill_summary(struct settling *s)
{
	size_t *nlines = mem_alloc((s->nrules + 1) * sizeof(*nlines));

	for (size_t i = 0; i < s->nrules; i++) {
		forget_samples(s->rules[i].lines);
		nlines[i] = s->rules[i].lines->ngroups;
	}
	for (size_t i = 0; i < s->nrules; i++) {
		s->rules[i].lines->total.applicable +=
		    s->sign * s->rules[i].applicable;
		s->rules[i].lines->total.fail += s->sign * s->rules[i].fail;
	}
	for (size_t i = 0; i < index_count(s->names); i++)
		add_cell(s, &s->cells[i], index_name(s->names, i), nlines);
	mem_free(nlines);
	summary_sort(s->to);
	summary_refresh(s->to);
	for (size_t i = 0; i < s->nrules; i++)
		drop_empty(s->rules[i].lines);
}

/* A group that is not kept any more counts with the surplus. */
static void
map_groups(struct settling *s, size_t from, struct slice surplus)
{
	const struct index *own = s->keys[from]->groups;
	uint32_t *map = mem_alloc((index_count(own) + 1) * sizeof(*map));

	map[0] = 0; /* of what a reference provides */
	for (size_t i = 0; i < index_count(own); i++) {
		struct slice name = index_name(own, i);

		if (s->to->nby > 0 && summary_group(s->to, name) == NULL)
			name = surplus;
		map[i] = (uint32_t)index_add(s->groups, name, NULL);
	}
	s->maps[from] = map;
}

static void
start(struct settling *s, size_t n)
{
	struct summary *to = s->to;
	struct slice surplus = surplus_name(to->by, to->nby, s->arena);

	s->rules = mem_alloc((to->nrules + 1) * sizeof(*s->rules));
	for (size_t i = 0; i < to->nrules; i++) {
		struct open_rule *r = &s->rules[s->nrules];

		if (!to->rules[i].open)
			continue;
		*r = (struct open_rule){ .lines = &to->rules[i] };
		check_named(to->rules[i].check, &r->check);
		r->all = slice_is(to->rules[i].arg, "all");
		r->marks = !r->all && r->check != CHECK_SEQUENCE;
		r->values = to->rules[i].per_value || r->check == CHECK_COVERS;
		r->periods = r->values && r->check == CHECK_OVERLAP;
		s->nrules++;
	}
	s->maps = mem_alloc((n + 1) * sizeof(uint32_t *));
	for (size_t i = 0; i < n; i++)
		map_groups(s, i, surplus);
}

bool
keys_settle(struct summary *to, struct keys *const *keys, size_t n, int sign,
    const struct key_options *o, struct err *e)
{
	struct settling s = { .to = to,
		.keys = keys,
		.sign = sign < 0 ? UINT64_MAX : 1,
		.groups = index_new(),
		.names = index_new(),
		.arena = arena_new(),
		.breaches = runs_new(BREACH_SIZE, 0, o->memory / 8, o->spill) };
	bool ok = true;

	start(&s, n);
	for (size_t i = 0; ok && i < n; i++)
		ok = overflow_flush(keys[i]->ids, e);
	ok = ok && find_breaches(&s, n, e) && count_breaches(&s, e);
	if (ok)
		fill_summary(&s);
	for (size_t i = 0; i < n; i++)
		mem_free(s.maps[i]);
	mem_free(s.maps);
	mem_free(s.notes.periods);
	mem_free(s.rules);
	mem_free(s.cells);
	index_free(s.groups);
	index_free(s.names);
	runs_free(s.breaches);
	arena_free(s.arena);
	return ok;
}
