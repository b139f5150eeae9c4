/*
 * "积液:胸腔无,心包少量": a yes or no under a head that names what is looked
 * for, told of one subject after the other.
 */
#include "extract/finder.h"

#include <string.h>

#include "extract/take.h"

static void
pass(struct slice *s)
{
	static const char *const filler[] = { "双侧", "两侧", "左侧", "右侧",
		"腔", "内", ":", "均", "为", NULL };

	while (take(s, filler))
		;
}

/* What stands behind a subject: 1 yes, -1 no, 0 neither; *s: what follows. */
static int
verdict(struct slice *s)
{
	static const char ends[] = ",;\n(";
	static const char *const no[] = { "未见", "未探及", "没有", "无", "(-)",
		"[-]", "阴性", NULL };
	static const char *const yes[] = { "少量", "少许", "微量", "中等量",
		"中量", "大量", "可见", "有", "见", "(+)", "阳性", NULL };

	int is;

	pass(s);
	is = take(s, no) ? -1 : take(s, yes) ? 1 : 0;
	return s->n == 0 || strchr(ends, *s->p) != NULL ||
		slice_starts(*s, "。") || slice_starts(*s, "、")
	    ? is
	    : 0;
}

static void
add(struct finder *x, const struct word *w, uint32_t from, uint32_t to, int is)
{
	struct candidate *k = finder_add(x, w->field, from, to, 0);

	if (k == NULL)
		return;
	k->score = SCORE_ANCHORED;
	k->rule = w->value;
	k->value = is > 0 ? SLICE("true") : SLICE("false");
	k->context &= ~(1u << CUE_NEGATED);
	if (is < 0)
		k->context |= 1u << CUE_NEGATED;
}

/* "积液:双侧胸腔": no more than a side stands between head and subject. */
static bool
is_at_once(const char *p, uint32_t from, uint32_t to)
{
	struct slice s = slice_span(p + from, p + to);

	pass(&s);
	return s.n == 0;
}

bool
finder_verdicts(struct finder *x, const struct hit *head, const struct word *w)
{
	const struct reading *r = x->r;
	const struct field *f = &r->type->fields[w->field];
	const char *p = r->view.text.p, *end = p + r->view.text.n;
	uint32_t sentence = reading_clause(r, head->from)->sentence;
	bool any = false;

	if (f->subjects == 0 || p[head->to] != ':')
		return false;
	for (size_t k = reading_first_hit(r, head->to); k < r->nhits; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *s = reading_word(r, h);
		struct slice rest = slice_span(p + h->to, end);
		const struct clause *c = reading_clause(r, h->from);
		int is;

		/* A semicolon parts the items of the list, and ends none. */
		while (c > r->clauses && c->sentence != sentence &&
		    c->sentence == c[-1].sentence)
			c--;
		if (c->sentence != sentence && p[c->from - 1] != ';')
			break;
		sentence = c->sentence;
		if (s->role == ROLE_ANCHOR && s->field == w->field)
			break;
		if (s->role != ROLE_SUBJECT)
			continue;
		if (!any && !is_at_once(p, head->to, h->from))
			return false;
		if ((is = verdict(&rest)) == 0)
			continue;
		any = true;
		if (s->value & f->subjects)
			add(x, w, h->from, (uint32_t)(rest.p - p), is);
	}
	return any;
}
