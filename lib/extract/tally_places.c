/*
 * "左叶见3枚结节,右叶见2枚结节": counts that are each told of a place of its own.
 */
#include "extract/tally.h"

#define NOWHERE (-1)
#define ISTHMUS 2
#define BOTH    3 /* 左右叶各 */

#define EACH_REACH 15 /* bytes from 各 to the count */

struct place {
	int side;  /* 左, 右, 峡, both; NOWHERE: none, or more than one */
	int level; /* 上叶 … 下极, three of a kind; NOWHERE: none */
};

static bool
has_any(struct slice s, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_find(s, slice_of(words[i])) != NULL)
			return true;
	return false;
}

/* How many sides, and how many of upper, middle and lower, a text names. */
static unsigned
sides_in(struct slice s)
{
	static const char *const both[] = { "双", "两", NULL };
	unsigned n = (slice_find(s, SLICE("左")) != NULL) +
	    (slice_find(s, SLICE("右")) != NULL);

	if (n == 0 && has_any(s, both))
		n = 2;
	return n + (slice_find(s, SLICE("峡")) != NULL);
}

static unsigned
levels_in(struct slice s)
{
	static const char *const levels[] = { "上", "中", "下", NULL };
	unsigned n = 0;

	for (size_t i = 0; levels[i] != NULL; i++)
		n += slice_find(s, slice_of(levels[i])) != NULL;
	return n;
}

unsigned
tally_each(struct slice before)
{
	const char *each = NULL, *at = before.p;
	unsigned sides, levels;

	while ((at = slice_find(slice_span(at, before.p + before.n),
		    SLICE("各"))) != NULL) {
		each = at;
		at += strlen("各");
	}
	if (each == NULL || before.p + before.n - each > EACH_REACH)
		return 1;
	sides = sides_in(slice_span(before.p, each));
	levels = levels_in(slice_span(before.p, each));
	return sides > levels ? sides : levels > 0 ? levels : 1;
}

/* The place that a piece of text names; false where it names no side. */
static bool
place_in(struct slice s, struct place *place)
{
	static const char *const levels[] = { "上叶", "中叶", "下叶", "上极",
		"中部", "下极", NULL };
	static const char *const both[] = { "双", "两侧", "两叶", "两肺", "各",
		NULL };
	bool left = slice_find(s, SLICE("左")) != NULL;
	bool right = slice_find(s, SLICE("右")) != NULL;
	bool several = left && right;

	*place = (struct place){ left ? 0 : 1, NOWHERE };
	several |= has_any(s, both);
	if (slice_find(s, SLICE("峡")) != NULL) {
		/* "峡部偏左" is the isthmus, "左叶及峡部" more than one */
		several |= slice_find(s, SLICE("叶")) != NULL;
		place->side = ISTHMUS;
	} else if (!left && !right && !several) {
		return false;
	}
	if (tally_each(s) > 1) { /* all places of it are counted */
		place->side = sides_in(s) == 1 ? place->side : BOTH;
		return true;
	}
	if (several)
		place->side = NOWHERE;
	for (int i = 0; levels[i] != NULL; i++) {
		if (slice_find(s, slice_of(levels[i])) == NULL)
			continue;
		if (place->level != NOWHERE)
			place->side = NOWHERE;
		place->level = i;
	}
	return true;
}

/* "双侧结节(左叶2枚": what stands in the bracket tells of one side. */
static struct slice
behind_bracket(struct slice s)
{
	const char *open = slice_find(s, SLICE("("));

	return open == NULL ? s : slice_span(open, s.p + s.n);
}

/*
 * The place before a count in its clause, or in one before it in the sentence
 * that counts nothing; a total needs its own.
 */
static struct place
place_of(const struct reading *r, const struct candidate *c)
{
	const struct place none = { NOWHERE, NOWHERE };
	const struct clause *own = reading_clause(r, c->from), *k = own;
	struct place place;

	for (uint32_t to = c->measure->from;; to = k->to) {
		struct slice s = behind_bracket(
		    slice_span(r->view.text.p + k->from, r->view.text.p + to));

		if (k < own &&
		    (c->total || slice_find(s, SLICE("枚")) != NULL ||
			slice_find(s, SLICE("个")) != NULL))
			return none;
		if (place_in(s, &place))
			return place;
		if (k == r->clauses || k[-1].sentence != own->sentence)
			return none;
		k--;
	}
}

bool
tally_is_placed(const struct reading *r, const struct candidate *c)
{
	return place_of(r, c).side != NOWHERE;
}

bool
tally_denies_all(const struct reading *r, const struct candidate *first)
{
	static const char *const rest[] = { "切除", "缺如", "术后", "余",
		"消失", "吸收", NULL };
	unsigned sides = 0;

	for (const struct candidate *c = first; c != NULL; c = c->next) {
		struct place place;

		if (c->measure != NULL)
			continue;
		if (!place_in(slice_span(r->view.text.p +
				      reading_clause(r, c->from)->from,
				  r->view.text.p + c->from),
			&place) ||
		    place.side == NOWHERE || place.side == BOTH)
			return true;
		sides |= 1u << place.side;
	}
	return (sides & 3) == 3 || has_any(r->view.text, rest);
}

/* "其中1枚伴钙化": told of some of those that are counted already. */
static bool
is_of_these(const struct reading *r, const struct candidate *c)
{
	const struct clause *own = reading_clause(r, c->from);

	return slice_find(slice_span(r->view.text.p + own->from,
			      r->view.text.p + c->from),
		   SLICE("其中")) != NULL;
}

static bool
are_apart(struct place a, struct place b)
{
	if (a.side == BOTH || b.side == BOTH) /* 峡部 alone is in neither */
		return a.side + b.side == BOTH + ISTHMUS;
	return a.side != b.side ||
	    (a.level != NOWHERE && b.level != NOWHERE && a.level != b.level &&
		a.level / 3 == b.level / 3);
}

bool
tally_places(struct tally *t, const struct reading *r, const struct field *f,
    const struct candidate *first)
{
	struct place places[TALLY_PARTS];
	struct decimal sum = decimal_of_long(0, r->arena);
	struct err e;

	*t = (struct tally){ 0 };
	for (const struct candidate *c = first; c != NULL; c = c->next) {
		struct place *own = &places[t->n];
		bool again = false;

		if (!candidate_stands(f, c) || c->measure == NULL ||
		    is_of_these(r, c))
			continue;
		if (t->n == TALLY_PARTS || c->measure->kind == MEASURE_RANGE)
			return false;
		*own = place_of(r, c);
		if (own->side == NOWHERE)
			return false;
		for (size_t i = 0; i < t->n && !again; i++) {
			again = own->side == places[i].side &&
			    own->level == places[i].level &&
			    slice_eq(c->value, t->parts[i]->value);
			if (!again && !are_apart(*own, places[i]))
				return false;
		}
		if (again)
			continue;
		if (!decimal_add(
			&sum, &c->measure->value[0], r->arena, &sum, &e))
			return false;
		t->parts[t->n++] = c;
	}
	if (t->n < 2)
		return false;
	t->value = decimal_text(&sum, r->arena);
	return true;
}
