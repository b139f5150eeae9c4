/*
 * Which phrases are of one place, and which of them tells more of it.
 */
#include "extract/phrase_part.h"

static bool
tells_nodes(const struct reading *r, const struct phrase *p)
{
	const char *text = r->view.text.p;
	uint32_t to = p->end > p->to ? p->end : p->to;

	return slice_find(slice_span(text + p->from, text + to),
		   SLICE("淋巴结")) != NULL;
}

/* "双肺", "双肺门淋巴结": the nodes of an organ are another place than it is. */
static bool
is_organ_of_nodes(
    const struct reading *r, const struct phrase *a, const struct phrase *b)
{
	static const struct slice organs[] = { SPELT("骨"), SPELT("肺"),
		SPELT("肝"), SPELT("脑"), SPELT("肾"), SPELT("胃"), SPELT("脾"),
		SPELT("胰"), SPELT("腹膜"), SPELT("胸膜"), SPELT("网膜"),
		SPELT_END };

	return slice_ends_in(r->view.text.p, a->to, organs) > 0 &&
	    !tells_nodes(r, a) && tells_nodes(r, b);
}

/* Whether all of a stands in b, in its order: 右肺 in 右肺上叶. */
static bool
is_within(
    const struct reading *r, const struct phrase *a, const struct phrase *b)
{
	uint32_t k = b->from;

	for (uint32_t i = a->from; i < a->to; i++) {
		while (k < b->to && r->view.text.p[k] != r->view.text.p[i])
			k++;
		if (k++ >= b->to)
			return false;
	}
	return !is_organ_of_nodes(r, a, b);
}

static bool
same_sentence(const struct phrase_finder *x, const struct phrase *a,
    const struct phrase *b)
{
	return reading_clause(x->r, a->from)->sentence ==
	    reading_clause(x->r, b->from)->sentence;
}

/* "左侧顶叶、小脑结节,脑转移瘤": the kind of place that another one is. */
static bool
is_kind_of(
    const struct reading *r, const struct phrase *kind, const struct phrase *p)
{
	static const struct {
		const char *kind, *parts[24];
	} kinds[] = { { "脑",
			  { "额", "颞", "顶", "枕", "岛", "脑", "基底节", "丘",
			      "胼胝", "桥", "延髓", NULL } },
		{ "骨",
		    { "骨", "椎", "肋", "髋", "T1", "T2", "L1", "L2", "L3",
			"L4", "L5", "腰", "骶", "髂", "胸1", "胸2", "胸3",
			"胸4", "胸5", "胸6", "胸7", "胸8", "胸9", NULL } } };
	static const char *const inside[] = { "脑内", "颅内", "脑实质", NULL };
	const char *text = r->view.text.p;
	struct slice a = slice_span(text + kind->from, text + kind->to);
	struct slice b = slice_span(text + p->from, text + p->to);

	for (size_t i = 0; inside[i] != NULL; i++)
		if (slice_is(a, inside[i]))
			a = slice_of(kinds[0].kind);
	/* "锁骨上[淋巴结]" is no bone. */
	if (slice_find(b, SLICE("淋巴结")) != NULL ||
	    slice_find(b, SLICE("锁骨")) != NULL)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		for (size_t k = 0;
		     slice_is(a, kinds[i].kind) && kinds[i].parts[k] != NULL;
		     k++)
			if (slice_find(b, slice_of(kinds[i].parts[k])) != NULL)
				return true;
	return false;
}

/*
 * Whether a phrase by a weak word tells more than the first n do: it is of an
 * anchor that has no place of its own (磨玻璃结节,病理微浸润腺癌), or says more
 * closely where one in its sentence is (前列腺外周带结节,前列腺癌).
 */
bool
phrase_tells_more(
    const struct phrase_finder *x, const struct phrase *p, size_t n)
{
	bool alone = phrase_has_anchor_near(x, p->from);

	for (size_t i = 0; i < n; i++) {
		const struct phrase *o = &x->list[i];

		if (!same_sentence(x, o, p))
			continue;
		if (is_kind_of(x->r, o, p))
			return p->from != o->from;
		if (is_within(x->r, o, p))
			return p->to - p->from > o->to - o->from;
		alone = false;
	}
	return alone;
}

/*
 * "胃窦部胃壁增厚…。诊断:胃窦癌": of a place that the findings tell more closely
 * than the diagnosis does, the first that they tell.
 */
bool
phrase_first_closer(
    const struct phrase_finder *x, const struct phrase *p, size_t n)
{
	if (x->lists)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (same_sentence(x, &x->list[i], p) ||
		    (i >= n && is_within(x->r, &x->list[0], &x->list[i])))
			return false;
	return n == 1 && is_within(x->r, &x->list[0], p) &&
	    p->to - p->from > x->list[0].to - x->list[0].from;
}

/* "左侧顶叶、小脑结节,脑转移瘤": a kind goes where what is of it is told. */
void
phrase_drop_kinds(struct phrase_finder *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++) {
		size_t k = 0;

		while (k < x->n &&
		    (k == i || !same_sentence(x, &x->list[i], &x->list[k]) ||
			!is_kind_of(x->r, &x->list[i], &x->list[k])))
			k++;
		if (k == x->n)
			x->list[n++] = x->list[i];
	}
	x->n = n;
}

/* "胰头部…。诊断:胰头癌": the longer of two names is the other one's region. */
static bool
is_region_of(const struct reading *r, const struct phrase *longer,
    const struct phrase *name)
{
	static const struct slice regions[] = { SPELT("部"), SPELT("处"),
		SPELT_END };
	const char *p = r->view.text.p;
	const uint32_t n = name->to - name->from;

	return longer->to - longer->from == n + PHRASE_HAN &&
	    slice_ends_in(p, longer->to, regions) > 0 &&
	    memcmp(p + longer->from, p + name->from, n) == 0;
}

/*
 * Phrases of one place have one code, and know the longest of them, or the last
 * where that is no more than a region of it.
 */
void
phrase_tell_places(struct phrase_finder *x)
{
	int codes = 0;

	for (size_t i = 0; i < x->n; i++) {
		struct phrase *p = &x->list[i];

		p->code = codes;
		p->best = (uint32_t)i;
		for (size_t k = 0; k < i; k++) {
			const struct phrase *o = &x->list[k];

			if (!is_within(x->r, p, o) && !is_within(x->r, o, p))
				continue;
			p->code = o->code;
			p->best = o->best;
			break;
		}
		if (p->code == codes)
			codes++;
		if (p->to - p->from <=
			x->list[p->best].to - x->list[p->best].from &&
		    (same_sentence(x, &x->list[p->best], p) ||
			!is_region_of(x->r, &x->list[p->best], p)))
			continue;
		for (size_t k = 0; k <= i; k++)
			if (x->list[k].code == p->code)
				x->list[k].best = (uint32_t)i;
	}
}
