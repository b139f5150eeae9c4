/*
 * The subjects that the text is about, from where each is named on.
 */
#include "extract/reading_part.h"

/* "髓样癌,右叶,1.8cm": a place between commas, which leaves the topic. */
static bool
is_apposition(
    const struct reading *r, const struct topic *last, const struct hit *h)
{
	const struct clause *c = reading_clause(r, h->from);

	return last != NULL && h->from == c->from && h->to + 1 == c->to &&
	    r->view.text.p[h->to] == ',' &&
	    reading_clause(r, last->from)->sentence == c->sentence;
}

/* "距气管3mm", "紧贴包膜": what something lies near to is not spoken of. */
static bool
is_near(const struct reading *r, const struct hit *h)
{
	static const struct slice words[] = { SPELT("距"), SPELT("距离"),
		SPELT("毗邻"), SPELT("紧邻"), SPELT("紧贴"), SPELT("贴近"),
		SPELT("靠近"), SPELT("邻近"), SPELT("压迫"), SPELT("推压"),
		SPELT_END };

	return slice_ends_in(r->view.text.p, h->from, words) > 0;
}

/* Not so two words that a blank parts in a telegraphic line. */
static bool
is_listed(const struct reading *r, uint32_t from, uint32_t to)
{
	return reading_coordinated(r, from, to) &&
	    !(from == to && r->view.gap[to] && !r->view.noisy &&
		!r->view.spaced);
}

/* A word more of what a topic lists: before, what all the others have. */
static void
add_word(struct topic *t, const struct hit *h, uint32_t subjects,
    uint32_t *before, uint32_t *own)
{
	if (h->from < t->to) { /* of the same place */
		t->latest |= subjects;
		*own |= subjects;
	} else if (h->from == t->to) {
		t->latest = *own = subjects;
		*before = UINT32_MAX;
	} else {
		t->latest |= subjects;
		*before &= *own;
		*own = subjects;
	}
	t->common = *before & *own;
	t->subjects |= subjects;
	if (h->to > t->to)
		t->to = h->to;
}

void
reading_mark_topics(struct reading *r)
{
	uint32_t before = UINT32_MAX, own = 0;

	r->topics = arena_alloc(r->arena, (r->nhits + 1) * sizeof(*r->topics));
	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);
		struct topic *last =
		    r->ntopics == 0 ? NULL : &r->topics[r->ntopics - 1];

		if (w->role != ROLE_SUBJECT || is_near(r, h) ||
		    is_apposition(r, last, h))
			continue;
		if (last != NULL &&
		    (h->from < last->to || is_listed(r, last->to, h->from))) {
			add_word(last, h, w->value, &before, &own);
		} else {
			before = UINT32_MAX;
			own = w->value;
			r->topics[r->ntopics++] = (struct topic){ h->from,
				h->to, w->value, w->value, w->value,
				reading_brackets_end(r, h->from, h->to) };
		}
	}
}

/* A topic is left behind at a full stop or the end of a line. */
static bool
is_over(const struct reading *r, uint32_t from, uint32_t to)
{
	struct slice s;

	if (to <= from)
		return false;
	if (to - from > READING_LONGEST_SENTENCE)
		return true;
	s = slice_span(r->view.text.p + from, r->view.text.p + to);
	return memchr(s.p, '\n', s.n) != NULL ||
	    slice_find(s, SLICE("。")) != NULL;
}

static const struct topic *
topic_at(const struct reading *r, uint32_t at)
{
	const struct topic *t;
	size_t low =
	    READING_FIRST_FROM(struct topic, r->topics, r->ntopics, at + 1);

	for (t = r->topics + low; t > r->topics && t[-1].until < at &&
	     at - t[-1].to <= READING_LONGEST_SENTENCE;)
		t--;
	if (t > r->topics && !is_over(r, t[-1].to, at))
		return &t[-1];
	if (low < r->ntopics &&
	    reading_clause(r, r->topics[low].from) == reading_clause(r, at))
		return &r->topics[low];
	return NULL;
}

const struct topic *
reading_topic(const struct reading *r, uint32_t at)
{
	return r->type->topical ? topic_at(r, at) : NULL;
}

const struct topic *
reading_topic_of(const struct reading *r, uint32_t from, uint32_t to)
{
	const struct topic *t = topic_at(r, from), *next;

	if (r->ntopics == 0 || (t != NULL && t->to >= from) ||
	    (from > 0 && r->view.text.p[from - 1] == ':'))
		return t;
	next = t == NULL ? r->topics : t + 1;
	if (next < r->topics + r->ntopics && next->from == to &&
	    (r->view.noisy || !r->view.gap[to]))
		return next;
	return t;
}

/*
 * "未见实变及结节": what is denied in a list is denied beside its other members,
 * and none of them is a subject of it.
 */
static bool
is_denied_beside(
    const struct reading *r, const struct topic *t, uint32_t from, uint32_t to)
{
	static const struct slice links[] = { SPELT("、"), SPELT("及"),
		SPELT("和"), SPELT("与"), SPELT("或"), SPELT("/"), SPELT_END };
	const char *p = r->view.text.p;
	const struct clause *c = reading_clause(r, from);

	if (t->from < c->from || t->to > c->to)
		return false;
	if (t->to <= from) {
		if (slice_ends_in(p, from, links) == 0)
			return false;
	} else if (t->from < to ||
	    slice_find(slice_span(p + to, p + t->from), SLICE("、")) == NULL) {
		return false;
	}
	return (reading_context(r, from, to) & 1u << CUE_NEGATED) != 0;
}

bool
reading_concerns(
    const struct reading *r, const struct field *f, uint32_t from, uint32_t to)
{
	const struct topic *t;
	uint32_t others;

	if (f->subjects == 0 && f->others == 0)
		return true;
	t = reading_topic_of(r, from, to);
	if (f->subjects != 0)
		return t != NULL && (t->subjects & f->subjects) != 0;
	if (t == NULL)
		return true;
	/* "腋窝及纵隔未见肿大淋巴结" says it of the mediastinum, too. */
	others = f->d->type == TYPE_BOOL ? t->common : t->latest;
	return (others & f->others) == 0 || is_denied_beside(r, t, from, to);
}
