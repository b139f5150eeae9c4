/*
 * What a yes or no tells: an anchor, and what is said of it.
 */
#include "extract/take.h"
#include "extract/word_part.h"

#define MERE_NAME 42 /* bytes of a clause that names an agent alone */
#define STATEMENT 24 /* bytes behind a word that tell yes or no */

/* "积液已吸收" is a no, of which "积液" alone would be a yes. */
static bool
is_part_of_code(const struct finder *x, const struct hit *h, uint32_t field)
{
	const struct clause *c = reading_clause(x->r, h->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_CODE && w->field == field &&
		    o->from <= h->from && o->to >= h->to)
			return true;
	}
	return false;
}

/* "心包(-)积液": the mark stands behind the subject; "非积液", "不是积液". */
static bool
is_crossed_out(const struct finder *x, uint32_t at)
{
	static const char *const before[] = { "非", "不是", NULL };
	const char *p = x->r->view.text.p;
	const struct topic *t = reading_topic(x->r, at);

	for (size_t i = 0; before[i] != NULL; i++) {
		size_t n = strlen(before[i]);

		if (at >= n && memcmp(p + at - n, before[i], n) == 0)
			return true;
	}
	return t != NULL && t->to < at &&
	    slice_is(slice_span(p + t->to, p + at), "(-)");
}

/*
 * "脉管:未见侵犯": what decides stands behind the word, if the statement is
 * short; it is part of the evidence.
 */
static uint32_t
end_of_statement(const struct finder *x, const struct clause *c, uint32_t from)
{
	static const char ends[] = ",;!?\n[";
	static const char *const tells[] = { "未", "可见", "见", "无", "有",
		"阳性", "阴性", "(+)", "(-)", NULL };
	const struct view *v = &x->r->view;
	uint32_t at = from;
	size_t i = 0;

	while (at < c->to && (v->text.p[at] == ':' || v->text.p[at] == ']'))
		at++;
	while (tells[i] != NULL &&
	    !slice_starts(
		slice_span(v->text.p + at, v->text.p + c->to), tells[i]))
		i++;
	if (tells[i] == NULL)
		return from;
	while (at < c->to && at - from <= STATEMENT &&
	    strchr(ends, v->text.p[at]) == NULL &&
	    !(v->gap[at] && !x->r->view.spaced && at > from) &&
	    !slice_starts(
		slice_span(v->text.p + at, v->text.p + c->to), "。") &&
	    !slice_starts(slice_span(v->text.p + at, v->text.p + c->to), "、"))
		at++;
	return at - from > STATEMENT ? from : at;
}

/*
 * Whether the clause, or one before it in its sentence, names a section by more
 * than an event: "30W,未用造影剂" is said of the whole.
 */
static bool
names_section(const struct reading *r, const struct clause *c)
{
	const struct clause *b = c;

	while ((!b->marked || (b->sections & ~r->type->events) == 0) &&
	    b > r->clauses && b[-1].sentence == c->sentence)
		b--;
	return b->marked && (b->sections & ~r->type->events) != 0;
}

/*
 * "声诺维5.9ml配制成混悬液", "干粉加盐水稀释": made ready, and not given in what
 * is left of the clause.
 */
static bool
is_made_ready(
    const struct finder *x, const struct hit *h, const struct clause *c)
{
	const char *p = x->r->view.text.p;

	if (x->r->type->fields[reading_word(x->r, h)->field].with == NULL)
		return false;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);
		struct slice rest;

		if (w->role != ROLE_NEVER || o->from < h->to ||
		    w->field != reading_word(x->r, h)->field)
			continue;
		rest = slice_span(p + o->to, p + c->to);
		return slice_find(rest, SLICE("注")) == NULL &&
		    slice_find(rest, SLICE("推")) == NULL &&
		    slice_find(rest, SLICE("造影")) == NULL;
	}
	return false;
}

/*
 * "积液较前吸收,本次未见。": the next clause of the sentence is a denial and
 * nothing else, so that it is of what was told last.
 */
static bool
is_denied_next(const struct finder *x, const struct clause *c)
{
	static const char *const now[] = { "本次", "此次", "现", "目前", "今",
		"复查", "均", "已", NULL };
	static const char *const not [] = { "未见", "未探及", "未再见", "消失",
		"未见显示", "无", "吸收", "完全吸收", "基本吸收", NULL };
	const struct clause *next = c + 1;
	struct slice s;

	if (next >= x->r->clauses + x->r->nclauses ||
	    next->sentence != c->sentence)
		return false;
	s = slice_span(
	    x->r->view.text.p + next->from, x->r->view.text.p + next->to);
	take_each(&s, now);
	return take_each(&s, not ) &&
	    (s.n == 0 || strchr(",;\n", *s.p) != NULL || slice_starts(s, "。"));
}

/*
 * "造影剂:声诺维,术后2.4ml": a clause that names no more than what is given, with
 * its occasions behind it, is of none; nor is a heading, "[造影]".
 */
static bool
is_mere_name(const struct finder *x, const struct hit *h, const struct field *f,
    const struct clause *c)
{
	static const char *const names[] = { "造影剂", "对比剂", NULL };
	const struct reading *r = x->r;
	const char *p = r->view.text.p;
	struct slice s = slice_span(p + c->from, p + c->to);
	size_t i = 0;

	if (f->with != NULL && h->from > 0 && p[h->from - 1] == '[' &&
	    h->to < r->view.text.n && p[h->to] == ']')
		return true;
	if (f->with == NULL || c->marked || c + 1 == r->clauses + r->nclauses ||
	    c[1].sentence != c->sentence || !c[1].marked ||
	    h->to - c->from > MERE_NAME || s.n > MERE_NAME)
		return false;
	while (names[i] != NULL && !slice_starts(s, names[i]))
		i++;
	return names[i] != NULL;
}

void
word_assertion(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	uint32_t end = reading_behind_aside(x->r, h->to);
	int mark = reading_mark(x->r, reading_behind_list(x->r, end));
	bool over = is_denied_next(x, c);
	bool denied = mark != 0 ? mark < 0
				: is_crossed_out(x, h->from) || over ||
		(reading_context(x->r, h->from, h->to) & 1u << CUE_NEGATED) !=
		    0;
	bool here = w->role == ROLE_STRONG ||
	    finder_standing_at(x, f, c, h->from, h->to);
	struct candidate *k;

	if (finder_verdicts(x, h, w))
		return;
	if ((!here &&
		!(denied && !names_section(x->r, c) && f->subjects == 0)) ||
	    is_part_of_code(x, h, w->field) ||
	    (!denied && (is_made_ready(x, h, c) || is_mere_name(x, h, f, c))))
		return;
	k = finder_add(x, w->field, h->from, h->to, SCORE_ANCHORED);
	if (k == NULL)
		return;
	k->to = end_of_statement(x, c, end);
	if (k->to == end)
		k->to = h->to;
	k->rule = w->value;
	k->everywhere = !here;
	if (!denied && f->subjects != 0 && finder_is_gone(x, f, h->to))
		denied = over = true;
	if (over)
		k->context &= ~(1u << CUE_HISTORY);
	k->value = denied ? SLICE("false") : SLICE("true");
	k->context &= ~(1u << CUE_NEGATED);
	if (denied)
		k->context |= 1u << CUE_NEGATED;
}
