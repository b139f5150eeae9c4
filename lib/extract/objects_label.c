/*
 * The objects that a clause means by their labels: ①, 结节1, 较大者.
 */
#include "extract/objects_part.h"

#include "base/utf8.h"

/*
 * 较大者: of each place there may be one, as 1) of each list; ① is one object's
 * alone.
 */
static bool
is_relative(struct slice label)
{
	static const char *const ends[] = { "者", "枚", "的", NULL };

	if ((label.n > 0 && label.p[label.n - 1] == ')') ||
	    slice_starts(label, "最大"))
		return true;
	for (size_t i = 0; ends[i] != NULL; i++)
		if (label.n >= 3 &&
		    memcmp(label.p + label.n - 3, ends[i], 3) == 0)
			return true;
	return false;
}

/* "另见一结节", "其旁见囊肿": what is beside those that were told before. */
static bool
is_another(struct slice label)
{
	static const char *const begins[] = { "另", "其旁", "旁", "其上",
		"其下", NULL };

	for (size_t i = 0; begins[i] != NULL; i++)
		if (slice_starts(label, begins[i]))
			return true;
	return false;
}

/*
 * What a label counts with, of 结节A, ② and 2号 their A and 2; 0: it says more
 * than that, as 其一 and L-1.
 */
static uint32_t
counter(struct slice label)
{
	static const char *const nouns[] = { "结节", "病灶", "灶", "肿块",
		"占位", "No.", NULL };
	static const char *const han[] = { "一", "二", "三", "四", "五", "六",
		NULL };
	const char *p, *end = label.p + label.n;
	uint32_t c;

	for (size_t i = 0; nouns[i] != NULL; i++)
		if (slice_starts(label, nouns[i])) {
			label = slice_span(label.p + strlen(nouns[i]), end);
			break;
		}
	if (label.n == 0)
		return 0;
	for (size_t i = 0; han[i] != NULL; i++)
		if (slice_starts(label, han[i]))
			return '1' + (uint32_t)i;
	p = label.p;
	c = utf8_next(&p, end);
	if (c >= 0x2460 && c < 0x2469) /* ① to ⑨ */
		c = c - 0x2460 + '1';
	if ((c < '1' || c > '9') && (c < 'A' || c > 'E'))
		return 0;
	return p == end || *p == '#' || slice_starts(slice_span(p, end), "号")
	    ? c
	    : 0;
}

/*
 * "最大19x12mm ... 最大结节": the largest, in whatever words; "结节A…功率A 45W",
 * "结节1…①": of the same count.
 */
static bool
is_same(struct slice a, struct slice b)
{
	if (slice_eq(a, b) ||
	    (slice_starts(a, "最大") && slice_starts(b, "最大")))
		return true;
	return !is_relative(a) && !is_relative(b) && counter(a) != 0 &&
	    counter(a) == counter(b);
}

/*
 * An object that was told by its place alone takes the label that comes behind
 * it: "右肺上叶两枚结节：较大者位于尖段" tells of no third one.
 */
static bool
adopt(struct tracker *t, struct slice label, const struct mention part[2])
{
	struct object *one = objects_only(t->cast, t->now);

	if (is_another(label))
		return false;
	/* "左叶见2个结节。其一位于上极": the first of those told before. */
	if (one == NULL && part[0].code < 0 && !is_relative(label) &&
	    t->cast->n == 1)
		one = objects_only(t->cast, t->last);
	if (one == NULL || one->label.n > 0 || !objects_agrees(one, part))
		for (size_t k = 0; k < t->cast->n && part[0].code >= 0; k++) {
			one = &t->cast->objects[k];
			if (one->label.n == 0 && one->part[0].code >= 0 &&
			    objects_agrees(one, part))
				break;
			one = NULL;
		}
	if (one == NULL || one->label.n > 0 || !objects_agrees(one, part))
		return false;
	one->label = label;
	return true;
}

/* "(2)左肺下叶钙化灶": whether a clause has a word for what is no object. */
static bool
is_other_thing(const struct tracker *t, const struct clause *c)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(t->r, &t->r->hits[k]);

		if (w->role == ROLE_NEVER &&
		    &t->r->type->fields[w->field] == t->group->identify)
			return true;
	}
	return false;
}

/*
 * "性质:①错构瘤;②考虑血管瘤": what is listed is an object where its clause, or
 * the next of its sentence, says where it is, how large, or that it is one.
 */
static bool
is_described(const struct tracker *t, const struct clause *c)
{
	const struct reading *r = t->r;
	const struct clause *end = r->clauses + r->nclauses;

	for (const struct clause *k = c;
	     k < end && k <= c + 2 && k->sentence == c->sentence; k++) {
		size_t i = reading_first_measure(r, k->from);

		/* "4B类(最大者)": a number alone describes nothing. */
		while (i < r->nmeasures && r->measures[i].unit == NULL &&
		    r->measures[i].kind == MEASURE_NUMBER)
			i++;
		if ((objects_has_place(t, k) && !is_other_thing(t, k)) ||
		    objects_has_anchor(t, k) ||
		    (i < r->nmeasures && r->measures[i].from < k->to))
			return true;
	}
	return false;
}

bool
objects_heads_lines(
    const struct tracker *t, const struct clause *c, struct slice label)
{
	const char *p = t->r->view.text.p, *end = p + c->to;
	const char *rest = label.p + label.n;

	while (rest < end && (*rest == ':' || *rest == ']'))
		rest++;
	return label.p - (p + c->from) <= 1 && rest + 1 == end && *rest == '\n';
}

static uint32_t
labelled(
    struct tracker *t, struct slice label, const struct clause *c, bool *fresh)
{
	struct mention part[2];
	size_t hit = c->hit;
	int i;

	for (int again = 0; again < 2; again++) {
		if (again == 0)
			objects_next_place(t, c, &hit, part);
		for (size_t k = 0; k < t->cast->n; k++)
			if (is_same(t->cast->objects[k].label, label) &&
			    (!is_relative(label) ||
				objects_agrees(&t->cast->objects[k], part)))
				return (uint32_t)1 << k;
		if (again == 0) {
			if (!adopt(t, label, part))
				break;
		}
	}
	if (!is_described(t, c) && !objects_heads_lines(t, c, label))
		return 0;
	i = objects_new(t, label);
	*fresh = i >= 0;
	return i < 0 ? 0 : (uint32_t)1 << i;
}

/*
 * "消融时间①1min②2min": what a label that is not known yet counts is no object
 * where a quantity stands at once behind it that is no length.
 */
static bool
numbers_a_part(const struct tracker *t, const struct hit *label)
{
	const struct reading *r = t->r;
	const char *p = r->view.text.p;
	size_t i = reading_first_measure(r, label->to);

	if (i == r->nmeasures || r->measures[i].from != label->to ||
	    r->measures[i].unit == NULL ||
	    r->measures[i].unit->dimension == DIM_LENGTH)
		return false;
	for (size_t k = 0; k < t->cast->n; k++)
		if (is_same(t->cast->objects[k].label,
			slice_span(p + label->from, p + label->to)))
			return false;
	return true;
}

/* Keeps whose label it is, "①40W②30W"; a number at once behind is no part of it. */
static void
note_label(struct tracker *t, const struct hit *h, uint32_t objects)
{
	struct cast *c = t->cast;
	size_t i = reading_first_measure(t->r, h->to);

	if (c->labels == NULL)
		c->labels = arena_alloc(
		    t->r->arena, t->r->nlabels * sizeof(*c->labels));
	c->labels[c->nlabels++] = (struct naming){ h->from, h->to, objects };
	if (i < t->r->nmeasures && t->r->measures[i].from == h->to)
		t->r->measures[i].glued = false;
}

/* The labels of a clause; *fresh: an object was made for one. */
uint32_t
objects_by_label(struct tracker *t, const struct clause *c, bool *fresh)
{
	uint32_t mask = 0;

	for (size_t i = 0; i < t->r->nlabels; i++) {
		const struct hit *h = &t->r->labels[i];
		uint32_t own;
		bool one = false;

		if (h->from < c->from || h->from >= c->to ||
		    &t->r->type->groups[h->word] != t->group)
			continue;
		/* "较大者:①": the second is the label. */
		if (i + 1 < t->r->nlabels && h[1].from == h->to + 1 &&
		    t->r->view.text.p[h->to] == ':')
			continue;
		if (numbers_a_part(t, h) ||
		    (reading_context(t->r, h->from, h->to) &
			OBJECTS_BAD_CONTEXT) ||
		    (t->group->identify != NULL &&
			!reading_concerns(
			    t->r, t->group->identify, h->from, h->to)))
			continue;
		own = labelled(t,
		    slice_span(
			t->r->view.text.p + h->from, t->r->view.text.p + h->to),
		    c, &one);
		if (own != 0)
			note_label(t, h, own);
		mask |= own;
		*fresh |= one;
	}
	return mask;
}
