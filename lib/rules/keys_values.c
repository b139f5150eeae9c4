/*
 * Rules that count values instead of records: `per=value`, and `covers`, which
 * counts the keys of a reference.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/keys_parts.h"

void
value_notes_add(struct value_notes *v, const struct entry *n, bool periods)
{
	v->any = true;
	v->rows = n->record;
	if (n->role == KEY_PROVIDED) { /* by each shard: the same */
		v->provided = true;
		v->keyless = n->key[0] != 0;
		return;
	}
	v->noted = true;
	v->broken = v->broken || n->role == KEY_BROKEN;
	if (!periods)
		return;
	v->periods = mem_room(v->periods, v->n, &v->room, sizeof(*v->periods));
	v->periods[v->n] = (struct period){ .from = n->from, .to = n->to };
	/* 0: any two are a pair, so that each is of an owner of its own. */
	v->periods[v->n].owner =
	    (struct owner){ n->record, n->record == 0 ? v->n : 0 };
	v->n++;
}

/* --- periods that meet ------------------------------------------------------------- */

static int
order(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int
by_from(const void *a, const void *b)
{
	return order(
	    ((const struct period *)a)->from, ((const struct period *)b)->from);
}

/* Of one day those of one owner side by side. */
static int
by_to(const void *a, const void *b)
{
	const struct period *x = a, *y = b;

	if (x->to != y->to)
		return order(x->to, y->to);
	if (x->owner.more != y->owner.more)
		return x->owner.more < y->owner.more ? -1 : 1;
	return x->owner.number < y->owner.number
	    ? -1
	    : x->owner.number > y->owner.number;
}

/* The end that comes first: of a period that ends before it begins, its end. */
static int64_t
early(const struct period *p)
{
	return p->to < p->from ? p->to : p->from;
}

static int
by_early(const void *a, const void *b)
{
	return order(early(a), early(b));
}

static bool
same_owner(const struct period *a, const struct period *b)
{
	return a->owner.more == b->owner.more &&
	    a->owner.number == b->owner.number;
}

static struct period *
sorted(const struct value_notes *v, int (*cmp)(const void *, const void *))
{
	struct period *list = mem_alloc((v->n + 1) * sizeof(*list));

	if (v->n > 0)
		memcpy(list, v->periods, v->n * sizeof(*list));
	qsort(list, v->n, sizeof(*list), cmp);
	return list;
}

/* Of those from here on that begin on the day, whether one is of another. */
static bool
begins_another(
    const struct period *from, size_t n, int64_t day, const struct period *than)
{
	/* Two owners are enough: one of them is another. */
	for (size_t i = 0; i < n && from[i].from == day; i++)
		if (!same_owner(&from[i], than))
			return true;
	return false;
}

/* One begins on the day after the other's end. */
static bool
some_touch(const struct value_notes *v, const struct period *from)
{
	struct period *to = sorted(v, by_to);
	size_t at = 0;
	bool found = false;

	for (size_t i = 0; !found && i < v->n; i++) {
		if (to[i].to == KEY_NO_DAY || to[i].to == INT64_MAX)
			continue;
		if (i > 0 && to[i].to == to[i - 1].to &&
		    same_owner(&to[i], &to[i - 1]))
			continue;
		while (at < v->n && from[at].from <= to[i].to)
			at++;
		found =
		    begins_another(from + at, v->n - at, to[i].to + 1, &to[i]);
	}
	mem_free(to);
	return found;
}

/* The period that ends last, and the last of another owner. */
struct latest {
	const struct period *first, *other;
};

static void
take(struct latest *l, const struct period *p)
{
	bool same = l->first != NULL && same_owner(l->first, p);

	if (l->first == NULL || p->to > l->first->to) {
		if (!same)
			l->other = l->first;
		l->first = p;
	} else if (!same && (l->other == NULL || p->to > l->other->to))
		l->other = p;
}

static bool
is_whole(const struct period *p)
{
	return p->from != KEY_NO_DAY && p->to != KEY_NO_DAY;
}

/*
 * Two share a day where each begins no later than the other ends.  A period
 * meets those that begin no later than both of its ends, if one of them ends
 * no earlier than it begins: of each pair the later one finds the other.
 */
static bool
some_share(const struct value_notes *v, const struct period *from)
{
	struct period *list = sorted(v, by_early);
	struct latest latest = { NULL, NULL };
	size_t at = 0;
	bool found = false;

	for (size_t i = 0; !found && i < v->n; i++) {
		const struct period *p = &list[i], *last;

		if (!is_whole(p))
			continue;
		for (; at < v->n && from[at].from <= early(p); at++)
			if (is_whole(&from[at]))
				take(&latest, &from[at]);
		last = latest.first != NULL && same_owner(latest.first, p)
		    ? latest.other
		    : latest.first;
		found = last != NULL && last->to >= p->from;
	}
	mem_free(list);
	return found;
}

static bool
some_meet(const struct value_notes *v)
{
	struct period *from = sorted(v, by_from);
	bool found = some_touch(v, from) || some_share(v, from);

	mem_free(from);
	return found;
}

void
value_notes_take(
    struct value_notes *v, bool covers, uint64_t *applicable, uint64_t *fail)
{
	if (covers && v->provided) { /* all rows, before those that are */
		*applicable += v->rows;
		*fail += v->keyless ? 0 : v->rows;
	} else if (covers) {
		*fail -= v->rows;
	} else if (v->noted) {
		*applicable += 1;
		*fail += v->broken || some_meet(v);
	}
	v->any = v->noted = v->broken = v->provided = v->keyless = false;
	v->rows = 0;
	v->n = 0;
}
