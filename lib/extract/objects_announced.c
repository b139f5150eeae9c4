/*
 * Whether the places of a clause are those of objects.  Where the field that
 * tells the objects has anchors, a place is one only beside one, or in a list.
 */
#include "extract/objects_part.h"

#define LIST      32 /* clauses from the head of a list to its items */
#define SIZE_LEAD 6  /* bytes from a place to its size: 约, 大小 */
#define NATURE    12 /* bytes from a size to the word for what has it */
#define SEPARATOR 3  /* bytes of a comma or of 、 */

/* "右肺中叶4mm": the size that stands directly behind a place, or NULL. */
static const struct measure *
size_at_place(const struct tracker *t, const struct clause *c)
{
	const struct reading *r = t->r;
	const struct measure *m;
	size_t i = reading_first_measure(r, c->from);
	uint32_t to = 0;
	int code;

	if (i == r->nmeasures || r->measures[i].to > c->to)
		return NULL;
	for (size_t k = c->hit; k < c->hits_end; k++)
		if (objects_part_of(t, reading_word(r, &r->hits[k]), &code) >=
		    0)
			to = r->hits[k].to;
	while (i < r->nmeasures && r->measures[i].from < to)
		i++;
	m = &r->measures[i];
	return to > 0 && i < r->nmeasures && m->unit != NULL &&
		m->unit->dimension == DIM_LENGTH && m->from <= to + SIZE_LEAD &&
		m->to <= c->to
	    ? m
	    : NULL;
}

/* "[右肺中叶4mm]、": whether a clause tells of its place no more than a size. */
static bool
is_mere_size(const struct tracker *t, const struct clause *c)
{
	const struct measure *m = size_at_place(t, c);

	return m != NULL && c->to <= m->to + SEPARATOR;
}

/* "双肺结节均无变化:右肺上叶5mm": a colon before any place, behind a word. */
static bool
heads_places(const struct tracker *t, const struct clause *c, uint32_t at)
{
	const struct reading *r = t->r;
	const char *p = r->view.text.p;
	int code;

	for (size_t k = reading_first_hit(r, at); k < c->hits_end; k++)
		if (objects_part_of(t, reading_word(r, &r->hits[k]), &code) >=
		    0)
			return memchr(p + at, ':', r->hits[k].from - at) !=
			    NULL;
	return false;
}

/* "结节:", "磨玻璃结节3枚:": what ends at a place is the head of a list. */
static bool
is_head(const struct reading *r, const struct clause *c, uint32_t at)
{
	static const char *const counts[] = { "共", "约", "枚", "个", "处",
		"一", "二", "两", "三", "四", "五", "六", NULL };
	struct slice s =
	    slice_span(r->view.text.p + at, r->view.text.p + c->to);
	size_t n = 1;

	while (n > 0 && s.n > 0 && *s.p != ':') {
		n = *s.p >= '0' && *s.p <= '9';
		for (size_t i = 0; counts[i] != NULL && n == 0; i++)
			if (slice_starts(s, counts[i]))
				n = strlen(counts[i]);
		s = (struct slice){ s.p + n, s.n - n };
	}
	return s.n > 0 && *s.p == ':';
}

/* Whether an anchor of the clause announces an object. */
static bool
announces(const struct tracker *t, const struct clause *c, const struct hit *h)
{
	const struct field *id = t->group->identify;
	const struct word *w = reading_word(t->r, h);

	return w->role == ROLE_ANCHOR && &t->r->type->fields[w->field] == id &&
	    reading_concerns(t->r, id, h->from, h->to) &&
	    (reading_context(t->r, h->from, h->to) & objects_barring(t, c)) ==
	    0;
}

bool
objects_has_anchor(const struct tracker *t, const struct clause *c)
{
	for (size_t k = c->hit; k < c->hits_end; k++)
		if (reading_word(t->r, &t->r->hits[k])->role == ROLE_ANCHOR &&
		    announces(t, c, &t->r->hits[k]))
			return true;
	return false;
}

/*
 * Whether a word that announces objects is the head of a list of them,
 * "各1枚结节:"; also of one of places with their sizes, "结节均无变化:…".
 */
static bool
heads_list(const struct tracker *t, const struct clause *c, bool sized)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &t->r->hits[k];

		if (reading_word(t->r, h)->role == ROLE_ANCHOR &&
		    announces(t, c, h) &&
		    (is_head(t->r, c, h->to) ||
			(sized && heads_places(t, c, h->to))))
			return true;
	}
	return false;
}

/* Whether the sentence of a clause is an item of the list before it. */
static bool
goes_on(const struct tracker *t, const struct clause *c)
{
	const struct view *v = &t->r->view;
	const struct clause *first = t->r->clauses;

	while (c > first && c[-1].sentence == c->sentence)
		c--;
	if (c->from == 0)
		return false;
	return v->text.p[c->from - 1] == ';' ||
	    (v->text.p[c->from - 1] == '\n' && v->text.p[c->from] >= '1' &&
		v->text.p[c->from] <= '9');
}

/*
 * "右叶见囊性结节,位于中上部": what follows in the sentence says where the object
 * of before is, of which no more than the lobe was told.
 */
static bool
is_located(
    const struct tracker *t, const struct clause *c, const struct object *one)
{
	static const char *const at[] = { "位于", "居", "在", "靠", "最大位于",
		"较大位于", "大者位于", "最大者位于", "较大者位于", NULL };
	struct slice s =
	    slice_span(t->r->view.text.p + c->from, t->r->view.text.p + c->to);
	size_t i = 0;

	if (one == NULL || one->part[1].code >= 0 || one->part[0].code < 0)
		return false;
	while (at[i] != NULL && !slice_starts(s, at[i]))
		i++;
	return at[i] != NULL;
}

/* "左侧一个,10x7mm": a place with how many there are of what was announced. */
static bool
is_counted(const struct tracker *t, const struct clause *c)
{
	static const char *const sides[] = { "左", "右", NULL };
	static const char *const counts[] = { "一个", "1个", "一枚", "1枚",
		"两个", "2个", "两枚", "2枚", "三枚", "3枚", "三个", "3个",
		NULL };
	const char *p = t->r->view.text.p;
	struct slice s = slice_span(p + c->from, p + c->to);
	size_t side = 0;

	while (sides[side] != NULL && !slice_starts(s, sides[side]))
		side++;
	if (sides[side] == NULL || s.n < 12)
		return false;
	s = (struct slice){ s.p + 6, s.n - 6 };
	for (size_t i = 0; counts[i] != NULL; i++)
		if (slice_starts(s, counts[i]))
			return true;
	return false;
}

bool
objects_of_whole(const struct tracker *t, uint32_t from, uint32_t to)
{
	static const char *const whole[] = { "实质", "腺体", "甲状腺", NULL };
	struct slice s =
	    slice_span(t->r->view.text.p + from, t->r->view.text.p + to);

	for (size_t i = 0; whole[i] != NULL; i++)
		if (slice_find(s, slice_of(whole[i])) != NULL)
			return true;
	return false;
}

/* "右肺上叶(6mm)、左肺下叶(5mm)": joined to the clause before it. */
static bool
is_next_item(const struct reading *r, const struct clause *c)
{
	static const struct slice links[] = { SPELT("、"), SPELT("及"),
		SPELT("和"), SPELT_END };

	return slice_ends_in(r->view.text.p, c->from, links) > 0;
}

/*
 * "右叶46x16x14mm\n右叶上极见9x7mm结节", "左叶44mm,上极见9x7mm结节": in a new line,
 * or with a verb of its own, what follows is no item of a list.
 */
static bool
begins_anew(const struct reading *r, const struct clause *c)
{
	const char *p = r->view.text.p;

	return (c->from > 0 && p[c->from - 1] == '\n') ||
	    slice_find(slice_span(p + c->from, p + c->to), SLICE("见")) != NULL;
}

/* "右肺上叶3mm、左肺下叶6mm实性结节": what a list of places and sizes ends in. */
static bool
begins_list(const struct tracker *t, const struct clause *c)
{
	const struct reading *r = t->r;
	const struct measure *m;

	while (is_mere_size(t, c) && c + 1 < r->clauses + r->nclauses &&
	    c[1].sentence == c->sentence && !begins_anew(r, c + 1)) {
		c++;
		m = size_at_place(t, c);
		for (size_t k = c->hit; m != NULL && k < c->hits_end; k++)
			if (reading_word(r, &r->hits[k])->role == ROLE_ANCHOR &&
			    announces(t, c, &r->hits[k]))
				return r->hits[k].from >= m->to &&
				    r->hits[k].from <= m->to + NATURE;
	}
	return false;
}

/*
 * A place is an object's where a word announces one: in its clause; in the
 * next ones of the sentence before another place is named, "右叶下极，直径约5mm
 * 的结节", or the end of a list of places with their sizes; in the one before
 * it, which names none, "多发结节，大者位于右叶下极"; also in a list that has such
 * a head.
 */
bool
objects_announced(const struct tracker *t, const struct clause *c)
{
	const struct field *id = t->group->identify;
	const struct clause *first = t->r->clauses;
	const struct clause *end = first + t->r->nclauses;
	const struct object *one = objects_only(t->cast, t->now);
	bool listed = true, sized;

	if (id == NULL || !id->announced || objects_has_anchor(t, c) ||
	    reading_cell(t->r, c->from) != NULL ||
	    (one != NULL && one->label.n > 0) || is_located(t, c, one) ||
	    is_counted(t, c))
		return true;
	sized = size_at_place(t, c) != NULL;
	if (sized && begins_list(t, c))
		return true;
	for (const struct clause *k = c + 1; k < end &&
	     k->sentence == c->sentence && !objects_has_place(t, k) &&
	     !(t->several && objects_of_whole(t, k->from, k->to));
	     k++)
		if (objects_has_anchor(t, k))
			return true;
	for (const struct clause *k = c; k > first && c - k < LIST; k--) {
		bool here = k[-1].sentence == c->sentence, next;

		if (k[-1].sentence != k->sentence && !goes_on(t, k))
			break;
		next = is_next_item(t->r, k);
		if (heads_list(t, k - 1, sized && here) ||
		    (here && listed && (next || !objects_has_place(t, k - 1)) &&
			objects_has_anchor(t, k - 1)))
			return true;
		listed &= next || (sized && is_mere_size(t, k - 1));
	}
	return false;
}
