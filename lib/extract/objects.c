/*
 * The objects of the repeating groups: told apart by labels (①, 结节1, 较大者)
 * and by their place, which may have two parts said apart (右叶 … 位于中部).
 *
 * A clause speaks of the objects it names; else, within a sentence, of those
 * of the clause before it; else of all.
 */
#include "extract/objects_part.h"

#include "extract/phrase.h"
#include "extract/reading_part.h"

int
objects_part_of(const struct tracker *t, const struct word *w, int *code)
{
	const struct field *id = t->group->identify;
	const struct field *f = &t->r->type->fields[w->field];

	*code = (int)w->value;
	if (f == t->group->also && w->role == ROLE_CODE)
		return 1;
	if (id == NULL || f != id)
		return -1;
	if (w->role == ROLE_PART) {
		*code = (int)(w->value & 0xFFFF);
		return (int)(w->value >> 16);
	}
	if (w->role != ROLE_CODE)
		return -1;
	return 0;
}

int
objects_new(struct tracker *t, struct slice label)
{
	struct cast *c = t->cast;

	if (c->n >= t->group->how->max)
		return -1;
	c->objects[c->n] = (struct object){ .label = label,
		.part = { { -1, 0, 0 }, { -1, 0, 0 } } };
	return (int)c->n++;
}

bool
objects_agrees(const struct object *o, const struct mention part[2])
{
	for (int k = 0; k < 2; k++)
		if (part[k].code >= 0 && o->part[k].code >= 0 &&
		    part[k].code != o->part[k].code)
			return false;
	return part[0].code < 0 || o->part[0].code >= 0;
}

void
objects_fill(struct object *o, const struct mention part[2])
{
	for (int k = 0; k < 2; k++)
		if (part[k].code >= 0 && o->part[k].code < 0)
			o->part[k] = part[k];
}

struct object *
objects_only(struct cast *c, uint32_t mask)
{
	for (size_t i = 0; i < c->n; i++)
		if (mask == (uint32_t)1 << i)
			return &c->objects[i];
	return NULL;
}

static uint32_t
all_so_far(const struct cast *c)
{
	return c->n == 0 ? 0 : UINT32_MAX >> (32 - c->n);
}

/* 前者, 后者: of the two objects that were named last. */
static uint32_t
one_of_two(const struct tracker *t, const struct clause *c)
{
	struct slice s =
	    slice_span(t->r->view.text.p + c->from, t->r->view.text.p + c->to);

	if (t->cast->n < 2)
		return 0;
	if (slice_find(s, SLICE("前者")) != NULL)
		return (uint32_t)1 << (t->cast->n - 2);
	if (slice_find(s, SLICE("后者")) != NULL)
		return (uint32_t)1 << (t->cast->n - 1);
	return 0;
}

/*
 * "病灶1…术后19mm / 病灶2 大小22mm": where a new object begins a sentence, its
 * story begins again, up to the next word of a section.
 */
static void
reopen(struct reading *r, size_t i)
{
	if (i == 0 || r->type->opening == 0 ||
	    r->clauses[i].sentence == r->clauses[i - 1].sentence)
		return;
	for (; i < r->nclauses && !r->clauses[i].marked; i++)
		r->clauses[i].sections = r->type->opening;
}

/* Whether the sentence of a clause, or the next, turns to the present. */
static bool
goes_on_now(const struct reading *r, const struct clause *c)
{
	const struct clause *end = r->clauses + r->nclauses;

	for (const struct clause *k = c;
	     k < end && k->sentence - c->sentence <= 1; k++)
		for (size_t i = k->hit; i < k->hits_end; i++) {
			const struct word *w = reading_word(r, &r->hits[i]);

			if (w->role == ROLE_CUE && w->value >> 8 == CUE_RESUMES)
				return true;
		}
	return false;
}

/* Whether something of the group is measured of this time. */
static bool
is_measured_now(const struct tracker *t)
{
	for (size_t i = 0; i < t->r->nmeasures; i++) {
		const struct measure *m = &t->r->measures[i];

		if (m->unit != NULL && m->unit->dimension != DIM_TIME &&
		    reading_concerns(
			t->r, t->group->identify, m->from, m->to) &&
		    (reading_context(t->r, m->from, m->to) &
			OBJECTS_BAD_CONTEXT) == 0)
			return true;
	}
	return false;
}

/*
 * "上次检查:左叶上极结节17mm。今日复测19mm": the only object is where an earlier
 * time, or the plan, saw it, if that named one place and was no resection.
 */
static void
recall_place(struct tracker *t)
{
	struct reading *r = t->r;
	struct mention place[2] = { { -1, 0, 0 }, { -1, 0, 0 } }, part[2];

	if (t->cast->n > 1 || t->group->how->named || t->phrases != NULL ||
	    t->group->identify == NULL ||
	    (t->cast->n == 1 && t->cast->objects[0].part[0].code >= 0))
		return;
	t->despite = 1u << CUE_HISTORY | 1u << CUE_PLANNED;
	for (size_t i = 0; i < r->nclauses; i++) {
		const struct clause *c = &r->clauses[i];
		size_t k = c->hit;

		while (objects_next_place(t, c, &k, part)) {
			const struct mention *m = &part[part[0].code < 0];

			if ((reading_context(r, m->from, m->to) & t->despite) ==
			    0)
				continue;
			if (place[0].code >= 0 &&
			    (part[0].code != place[0].code ||
				part[1].code != place[1].code))
				return;
			if (part[0].code < 0 || !goes_on_now(r, c) ||
			    slice_find(slice_span(r->view.text.p + c->from,
					   r->view.text.p + c->to),
				SLICE("切除")) != NULL)
				return;
			place[0] = part[0];
			place[1] = part[1];
		}
	}
	if (place[0].code < 0 ||
	    (t->cast->n == 0 &&
		(!is_measured_now(t) || objects_new(t, SLICE("")) < 0)))
		return;
	objects_fill(&t->cast->objects[0], place);
}

/* How many labels of the group a line has, and whether one begins it. */
static unsigned
labels_of_line(
    const struct tracker *t, uint32_t from, uint32_t to, bool *begins)
{
	const struct reading *r = t->r;
	unsigned n = 0;

	*begins = false;
	for (size_t i = 0; i < r->nlabels; i++) {
		const struct hit *h = &r->labels[i];

		if (h->from < from || h->from >= to ||
		    &r->type->groups[h->word] != t->group)
			continue;
		*begins |= h->from == from;
		n++;
	}
	return n;
}

/*
 * "结节1:左叶;功率25W;时间60s\n结节2:…": a sentence that goes on the line of one
 * label is of what that labels.
 */
static bool
goes_on_line(const struct tracker *t, const struct clause *c)
{
	const char *p = t->r->view.text.p;
	uint32_t from = c->from, to = from;
	bool begins;

	if (t->now == 0 || t->r->nlabels < 2 || c->from == 0 ||
	    p[c->from - 1] != ';')
		return false;
	while (from > 0 && p[from - 1] != '\n')
		from--;
	while (to < t->r->view.text.n && p[to] != '\n')
		to++;
	return labels_of_line(t, from, to, &begins) == 1 && begins;
}

/* "结节1\n位置:…\n大小:…": the object of a label that is a line, or 0. */
static uint32_t
headed(const struct tracker *t, const struct clause *c, uint32_t labels)
{
	const struct object *one = objects_only(t->cast, labels);

	return one != NULL && objects_heads_lines(t, c, one->label) ? labels
								    : 0;
}

static void
follow(struct tracker *t)
{
	struct reading *r = t->r;
	const struct field *id = t->group->identify;

	if (id != NULL && id->how.chain.n > 0)
		t->phrases = phrases_find(r, id, &t->nphrases);
	for (size_t i = 0; i < r->nclauses; i++) {
		const struct clause *c = &r->clauses[i];
		const size_t known = t->cast->n;
		bool fresh = false;
		uint32_t labels;

		if (c->sentence != t->sentence && !goes_on_line(t, c))
			t->now =
			    c->from > 0 && r->view.text.p[c->from - 1] == '\n'
			    ? t->head
			    : 0;
		t->sentence = c->sentence;
		labels = objects_by_label(t, c, &fresh);
		if (labels != 0)
			t->head = headed(t, c, labels);
		if (labels == 0)
			labels = one_of_two(t, c);
		if (labels == 0)
			labels = objects_by_mark(t, c);
		objects_by_place(t, c, labels, fresh);
		if (t->cast->n > known)
			reopen(r, i);
		if (labels == 0 && !objects_has_place(t, c) &&
		    objects_go_round(t, c))
			r->clauses[i].each = r->clauses[i].all = true;
		else
			objects_divide(t, &r->clauses[i]);
		objects_exclude(t, c, labels);
		objects_replace(t, c);
		if (t->now != 0)
			t->last = t->now;
		t->cast->focus[i] = (struct focus){ t->now, t->last };
		/* What goes on in the sentence is of all of them still. */
		if (i > 0 && c[-1].all && c[-1].sentence == c->sentence &&
		    labels == 0 && !objects_has_place(t, c))
			r->clauses[i].all = true;
		if (c->all && labels == 0 && !objects_has_place(t, c))
			t->cast->focus[i] =
			    (struct focus){ 0, all_so_far(t->cast) };
	}
	recall_place(t);
	objects_order(t);
}

void
reading_objects(struct reading *r)
{
	const struct doctype *type = r->type;

	r->casts =
	    arena_zalloc(r->arena, (type->ngroups + 1) * sizeof(*r->casts));
	for (size_t g = 0; g < type->ngroups; g++) {
		struct tracker t = { .r = r,
			.group = &type->groups[g],
			.cast = &r->casts[g],
			.place = { -1, 0, 0 } };

		t.cast->focus = arena_alloc(
		    r->arena, (r->nclauses + 1) * sizeof(*t.cast->focus));
		follow(&t);
	}
}
