/*
 * The objects that a clause means by their places; where none has the place,
 * one is made.
 */
#include "extract/objects_part.h"

/* The objects that a place means; one is made where none has it. */
static uint32_t
placed(struct tracker *t, const struct mention part[2])
{
	struct cast *c = t->cast;
	struct object *one = objects_only(c, t->now != 0 ? t->now : t->last);
	uint32_t mask = 0;
	int i;

	/* "大者3mm,位于右肺上叶": its own place, not the one before. */
	if (part[0].code >= 0 && t->now != 0 && one != NULL && one->inherited &&
	    one->label.n > 0 && !objects_agrees(one, part)) {
		one->part[0] = one->part[1] = (struct mention){ -1, 0, 0 };
		one->inherited = false;
		objects_fill(one, part);
		return t->now;
	}
	/* "结节1 位置:左叶中部": the label's object has no place yet. */
	if (part[0].code >= 0 && t->now != 0 && one != NULL &&
	    one->label.n > 0 && one->part[0].code < 0 &&
	    one->part[1].code < 0) {
		objects_fill(one, part);
		return t->now;
	}
	if (part[0].code < 0 && one != NULL && objects_agrees(one, part) &&
	    (t->place.code < 0 || one->part[0].code < 0 ||
		one->part[0].code == t->place.code)) {
		objects_fill(one, part);
		return t->now != 0 ? t->now : t->last;
	}
	for (size_t k = 0; k < c->n; k++)
		if (objects_agrees(&c->objects[k], part) &&
		    (part[0].code >= 0 ||
			c->objects[k].part[1].code == part[1].code))
			mask |= (uint32_t)1 << k;
	if ((one = objects_only(c, mask)) != NULL)
		objects_fill(one, part);
	if (mask != 0)
		return mask;
	i = objects_new(t, SLICE(""));
	if (i < 0)
		return 0;
	objects_fill(&c->objects[i], part);
	if (part[0].code < 0 && t->place.code >= 0) {
		c->objects[i].part[0] = t->place;
		c->objects[i].inherited = true;
	}
	return (uint32_t)1 << i;
}

static void
note_naming(struct tracker *t, const struct mention part[2], uint32_t objects)
{
	struct cast *c = t->cast;
	const struct mention *m = part[0].code >= 0 ? &part[0] : &part[1];

	c->namings = arena_room(t->r->arena, c->namings, c->nnamings, &t->room,
	    sizeof(*c->namings));
	c->namings[c->nnamings++] = (struct naming){ m->from,
		part[1].code >= 0 && part[1].from == m->to ? part[1].to : m->to,
		objects };
}

/* "左叶大小正常,其内下极见结节": a place that is not yet an object's. */
static void
remember_place(struct tracker *t, const struct clause *c)
{
	struct mention part[2];
	size_t k = c->hit;

	while (objects_next_place(t, c, &k, part))
		if (part[0].code >= 0) {
			t->several = t->idle != NULL &&
			    c->sentence - t->idle->sentence <= 1 &&
			    (t->several || t->place.code != part[0].code);
			t->place = part[0];
			t->idle = c;
		}
}

/*
 * "左叶…,右叶…,峡部3mm。实质欠均匀,内见结节": behind several places a new sentence
 * is of the whole.
 */
static bool
is_of_whole(const struct tracker *t, const struct clause *c)
{
	return t->several && objects_of_whole(t, t->idle->to, c->to);
}

/* "右叶：49×20mm；其内囊实性结节": an object of the place that was said last. */
static uint32_t
of_idle_place(struct tracker *t, const struct clause *c)
{
	struct mention part[2] = { t->place, { -1, 0, 0 } };
	const struct field *id = t->group->identify;
	struct slice s =
	    slice_span(t->r->view.text.p + c->from, t->r->view.text.p + c->to);

	if (t->idle == NULL || t->idle == c || t->now != 0 || !id->announced ||
	    c->sentence - t->idle->sentence > 1 || is_of_whole(t, c) ||
	    (t->r->view.text.p[c->from - 1] != ';' &&
		!slice_starts(s, "其内") && !slice_starts(s, "内")) ||
	    objects_has_place(t, c) || !objects_has_anchor(t, c))
		return 0;
	t->idle = NULL;
	return placed(t, part);
}

/*
 * "右侧12x11mm,…;左侧7x5mm": a side at the beginning of a clause means the one
 * object there is on it; 0 where it does not.
 */
static uint32_t
by_side(const struct tracker *t, const struct clause *c)
{
	static const char *const sides[] = { "左侧", "右侧", NULL };
	static const char *const others[] = { "颈", "叶", "腋", "锁", "甲",
		"喉", "声", "腮", "颌", "乳", "胸", "腔", "肺", "肾", "锁",
		"中央", "淋巴", "I", "V", "上", "中", "下", NULL };
	const char *p = t->r->view.text.p;
	struct slice s = slice_span(p + c->from, p + c->to), rest;
	const char *colon = memchr(s.p, ':', s.n < 24 ? s.n : 24);
	uint32_t mask = 0;
	size_t i = 0;

	if (colon != NULL) /* CDFI:右侧 */
		s = slice_span(colon + 1, p + c->to);
	while (sides[i] != NULL && !slice_starts(s, sides[i]))
		i++;
	if (sides[i] == NULL || t->cast->n < 2)
		return 0;
	rest = (struct slice){ s.p + 6, s.n - 6 };
	for (size_t k = 0; others[k] != NULL; k++)
		if (slice_starts(rest, others[k]))
			return 0;
	for (size_t k = 0; k < t->cast->n; k++) {
		const struct mention *m = &t->cast->objects[k].part[0];

		if (m->code >= 0 &&
		    slice_find(slice_span(p + m->from, p + m->to),
			(struct slice){ sides[i], 3 }) != NULL)
			mask |= (uint32_t)1 << k;
	}
	return reading_bits(mask) == 1 ? mask : 0;
}

/* The first label of an object at the same place, or NULL. */
static const char *
first_label(const struct tracker *t, const struct object *like)
{
	const char *first = NULL;

	for (size_t i = 0; i < t->cast->n; i++) {
		const struct object *o = &t->cast->objects[i];

		if (o->label.n > 0 && o->part[0].from == like->part[0].from &&
		    (first == NULL || o->label.p < first))
			first = o->label.p;
	}
	return first;
}

/* "见2个实性结节:①…②…": what is told between two places is of others, too. */
static void
share(struct tracker *t, uint32_t from, uint32_t to, uint32_t one,
    uint32_t others)
{
	const struct reading *r = t->r;
	struct cast *c = t->cast;

	for (size_t i = 0; i < r->nclauses && r->clauses[i].to <= to; i++)
		if (r->clauses[i].to > from && (c->focus[i].objects & one) != 0)
			c->focus[i].objects = c->focus[i].last |= others;
	for (size_t i = 0; i < c->nnamings && c->namings[i].to <= to; i++)
		if (c->namings[i].from >= from &&
		    (c->namings[i].objects & one) != 0)
			c->namings[i].objects |= others;
}

/*
 * "右叶中部实性结节2枚,大者11x7mm;小者3mm": a label's object is at the place that
 * was said last, and of what was told before the first label it is one, too.
 */
static void
inherit(struct tracker *t, struct object *one)
{
	const struct object *last = objects_only(t->cast, t->last);
	const char *p = t->r->view.text.p, *label;

	one->part[0] = t->place;
	one->inherited = true;
	if (last == NULL || last == one || last->label.n == 0 ||
	    last->part[0].code != t->place.code ||
	    (label = first_label(t, last)) == NULL ||
	    p + last->part[0].to > label)
		return;
	if (one->part[1].code < 0 && last->part[1].code >= 0 &&
	    p + last->part[1].from < label)
		one->part[1] = last->part[1];
	share(t, last->part[0].from, (uint32_t)(label - p), t->last,
	    (uint32_t)1 << (one - t->cast->objects));
}

/* Whether a sentence measures a length, and not only up to a limit. */
static bool
measures(const struct reading *r, uint32_t sentence, uint32_t from)
{
	for (size_t i = reading_first_measure(r, from); i < r->nmeasures &&
	     reading_clause(r, r->measures[i].from)->sentence == sentence;
	     i++)
		if (r->measures[i].kind == MEASURE_DIMS ||
		    (r->measures[i].kind == MEASURE_NUMBER &&
			r->measures[i].unit != NULL &&
			r->measures[i].unit->dimension == DIM_LENGTH))
			return true;
	return false;
}

/*
 * "右肺下叶数枚微小结节,均小于3mm": so many that they are not told one by one are
 * no object; the place stays for one of them ("较大者6mm").
 */
static bool
tells_of_many(const struct tracker *t, const struct clause *c)
{
	const struct reading *r = t->r;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);
		int counts = r->type->fields[w->field].counts;

		if (w->role == ROLE_VAGUE && counts >= 0 &&
		    &r->type->groups[counts] == t->group)
			return !measures(r, c->sentence, c->from);
	}
	return false;
}

/*
 * "另见一枚5mm结节": one more than those that were told, in the place that the
 * clause says, if any, or in that of the one before.
 */
static bool
tells_another(const struct tracker *t, const struct clause *c)
{
	const char *p = t->r->view.text.p;
	const struct slice s = slice_span(p + c->from, p + c->to);
	const char *at;

	if (t->cast->n == 0 || t->group->how->named || t->phrases != NULL)
		return false;
	at = slice_find(s, SLICE("另"));
	return at != NULL && objects_has_anchor(t, c) &&
	    measures(t->r, c->sentence, (uint32_t)(at - p));
}

/*
 * A new object, which the clause tells of besides the one at its place; 0 where
 * there is none or are others already.
 */
static uint32_t
add_another(struct tracker *t, const struct clause *c)
{
	const struct object *last = objects_only(t->cast, t->last);
	struct mention part[2] = { { -1, 0, 0 }, { -1, 0, 0 } };
	size_t k = c->hit;
	bool placed = objects_next_place(t, c, &k, part);
	unsigned there = 0;
	int i;

	if (part[0].code < 0)
		part[0] = !placed && last != NULL ? last->part[0] : t->place;
	for (size_t n = 0; n < t->cast->n; n++)
		there += placed
		    ? objects_agrees(&t->cast->objects[n], part)
		    : t->cast->objects[n].part[0].code == part[0].code;
	if (part[0].code < 0 || there != 1)
		return 0;
	i = objects_new(t, SLICE(""));
	if (i < 0)
		return 0;
	objects_fill(&t->cast->objects[i], part);
	t->place = part[0];
	if (placed)
		note_naming(t, part, (uint32_t)1 << i);
	return (uint32_t)1 << i;
}

void
objects_by_place(
    struct tracker *t, const struct clause *c, uint32_t by_label, bool fresh)
{
	struct object *one = objects_only(t->cast, by_label);
	struct mention part[2];
	uint32_t mask = 0;
	size_t k = t->phrases != NULL || by_label != 0 ||
		(objects_announced(t, c) && !tells_of_many(t, c))
	    ? c->hit
	    : c->hits_end;

	if (k == c->hits_end && t->phrases == NULL) {
		mask = by_side(t, c);
		if (mask != 0) {
			t->now = mask;
			return;
		}
		remember_place(t, c);
	}
	if (by_label == 0 && tells_another(t, c)) {
		mask = add_another(t, c);
		if (mask != 0) {
			t->now = mask;
			return;
		}
	}
	if (by_label == 0)
		mask = of_idle_place(t, c);
	/* "③上次所见左肺下叶结节已消失": a label's place of whatever time. */
	t->despite = by_label != 0 ? 1u << CUE_HISTORY : 0;
	while (objects_next_place(t, c, &k, part)) {
		t->idle = NULL;
		if (part[0].code >= 0)
			t->place = part[0];
		if (by_label == 0) {
			uint32_t objects = placed(t, part);

			mask |= objects;
			note_naming(t, part, objects);
		} else if (one != NULL) {
			objects_fill(one, part);
		}
	}
	t->despite = 0;
	if (one != NULL && fresh && one->part[0].code < 0 && t->place.code >= 0)
		inherit(t, one);
	if (by_label != 0)
		t->now = by_label;
	else if (mask != 0)
		t->now = mask;
}
