/*
 * Rules that count values instead of records: `per=value`, and `covers`, which
 * counts the keys of a reference.
 */
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
	v->periods[v->n++] = *n;
}

static bool
known(int64_t a, int64_t b)
{
	return a != KEY_NO_DAY && b != KEY_NO_DAY;
}

/* A shared day, or one begins on the day after the other's end. */
static bool
meet(const struct entry *a, const struct entry *b)
{
	if (a->record == b->record && a->record != 0)
		return false;
	if ((known(b->from, a->to) && b->from == a->to + 1) ||
	    (known(a->from, b->to) && a->from == b->to + 1))
		return true;
	return known(a->from, b->to) && known(b->from, a->to) &&
	    a->from <= b->to && b->from <= a->to;
}

static bool
some_meet(const struct value_notes *v)
{
	for (size_t i = 1; i < v->n; i++)
		for (size_t k = 0; k < i; k++)
			if (meet(&v->periods[k], &v->periods[i]))
				return true;
	return false;
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
