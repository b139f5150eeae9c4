#include "rules/surplus.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"
#include "rules/merge.h"

#define NAME "（其余）"

struct slice
surplus_name(const struct slice *by, size_t nby, struct arena *a)
{
	struct buf b = { 0 };
	struct slice name;

	buf_addc(&b, '{');
	for (size_t i = 0; i < nby; i++) {
		json_put_key_slice(&b, by[i]);
		json_put_cstring(&b, NAME);
	}
	buf_addc(&b, '}');
	name = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return name;
}

int
surplus_order(
    struct slice a, uint64_t digest_a, struct slice b, uint64_t digest_b)
{
	if (digest_a != digest_b)
		return digest_a < digest_b ? -1 : 1;
	return slice_cmp(a, b);
}

static struct slice
name_in(const struct summary *s, struct arena *a)
{
	return surplus_name(s->by, s->nby, a);
}

uint64_t
surplus_records(const struct summary *s)
{
	struct arena *a = arena_new();
	struct slice name = name_in(s, a);
	uint64_t n = 0;

	for (size_t i = 0; s->folded && i < s->ngroups; i++)
		if (slice_eq(s->groups[i].by, name))
			n = s->groups[i].records;
	arena_free(a);
	return n;
}

/* --- folding ----------------------------------------------------------------- */

struct place { /* of a group among the others */
	struct slice by;
	uint64_t digest;
};

static int
by_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return surplus_order(x->by, x->digest, y->by, y->digest);
}

/* The names of the groups that go. */
static struct index *
find_surplus(const struct summary *s, struct slice name)
{
	struct place *list = mem_alloc((s->ngroups + 1) * sizeof(*list));
	struct index *gone = index_new();
	size_t n = 0;

	for (size_t i = 0; i < s->ngroups; i++)
		if (!slice_eq(s->groups[i].by, name))
			list[n++] = (struct place){ s->groups[i].by,
				sample_digest(s->groups[i].by) };
	if (n > s->max_groups) {
		qsort(list, n, sizeof(*list), by_order);
		for (size_t i = (size_t)s->max_groups; i < n; i++)
			index_add(gone, list[i].by, NULL);
	}
	mem_free(list);
	return gone;
}

/*
 * Each of the three takes out the lines that go and adds them up in one, which
 * takes the place of the first of them where there was none.
 */
static void
fold_groups(struct summary *s, const struct index *gone, struct slice name)
{
	struct group_line *rest = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->ngroups; i++) {
		struct group_line g = s->groups[i];
		bool goes = index_find(gone, g.by) >= 0;

		if (!goes && !slice_eq(g.by, name)) {
			s->groups[n++] = g;
		} else if (rest == NULL) {
			rest = &s->groups[n++];
			*rest = g;
			rest->by = name;
		} else {
			merge_add_group(s, rest, &g);
		}
	}
	s->ngroups = n;
}

static void
fold_rule(struct summary *s, struct rule_lines *l, const struct index *gone,
    struct slice name)
{
	struct count_line *rest = NULL;
	size_t n = 0;

	for (size_t i = 0; i < l->ngroups; i++) {
		struct count_line c = l->groups[i];
		bool goes = index_find(gone, c.by) >= 0;

		if (!goes && !slice_eq(c.by, name)) {
			l->groups[n++] = c;
		} else if (rest == NULL) {
			rest = &l->groups[n++];
			*rest = c;
			rest->by = name;
		} else {
			merge_add_counts(s, rest, &c);
		}
	}
	l->ngroups = n;
}

/* The lines of one kind and field stand together, sorted. */
static void
fold_fields(struct summary *s, const struct index *gone, struct slice name)
{
	struct field_line *rest = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->nfields; i++) {
		struct field_line f = s->fields[i];
		bool goes = index_find(gone, f.by) >= 0;

		if (rest != NULL &&
		    (!slice_eq(rest->kind, f.kind) ||
			!slice_eq(rest->field, f.field)))
			rest = NULL;
		if (!goes && !slice_eq(f.by, name)) {
			s->fields[n++] = f;
		} else if (rest == NULL) {
			rest = &s->fields[n++];
			*rest = f;
			rest->by = name;
		} else {
			merge_add_field(s, rest, &f);
		}
	}
	s->nfields = n;
}

void
surplus_fold(struct summary *s)
{
	struct slice name = name_in(s, s->arena);
	struct index *gone = find_surplus(s, name);

	if (index_count(gone) > 0) {
		s->folded = true;
		summary_sort(s);
		fold_groups(s, gone, name);
		fold_fields(s, gone, name);
		for (size_t i = 0; i < s->nrules; i++)
			fold_rule(s, &s->rules[i], gone, name);
	}
	index_free(gone);
}
