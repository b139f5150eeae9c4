/*
 * Objects that the text sets aside in words, or replaces by others.
 */
#include "extract/objects_part.h"

#include "extract/context_part.h"

/* Of a word that excludes: it does not, or not yet. */
#define NOT_DONE (1u << CUE_PLANNED | 1u << CUE_INSTRUCTS)

static uint32_t
with_code(const struct tracker *t, int code)
{
	uint32_t mask = 0;

	for (size_t i = 0; i < t->cast->n; i++)
		if (t->cast->objects[i].part[0].code == code)
			mask |= (uint32_t)1 << i;
	return mask;
}

/* The objects that the text names between two places of a clause. */
static uint32_t
named_between(
    const struct tracker *t, const struct clause *c, uint32_t from, uint32_t to)
{
	const struct cast *cast = t->cast;
	uint32_t mask = 0;

	for (size_t i = cast->nnamings; i-- > 0;) {
		const struct naming *m = &cast->namings[i];

		if (m->from < c->from)
			break;
		if (m->from >= from && m->from < to)
			mask |= m->objects;
	}
	if (!t->group->how->named)
		return mask;
	/* "停用X" denies X, which so makes no object, and may mean one. */
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &t->r->hits[k];
		int code;

		if (h->from < from || h->from >= to ||
		    objects_part_of(t, reading_word(t->r, h), &code) != 0 ||
		    (reading_context(t->r, h->from, h->to) &
			OBJECTS_BAD_CONTEXT) != 0)
			continue;
		mask |= with_code(t, code);
	}
	return mask;
}

/* "A 2+,余为正常菌群": what is set aside is beside what was named before. */
static bool
is_of_others(
    const struct reading *r, const struct clause *c, const struct hit *word)
{
	static const char *const others[] = { "余", "伴", "另", "同时", NULL };
	struct slice s =
	    slice_span(r->view.text.p + c->from, r->view.text.p + word->from);

	for (size_t i = 0; others[i] != NULL; i++)
		if (slice_find(s, slice_of(others[i])) != NULL)
			return true;
	return false;
}

static const char *const amounts[] = { "+", "(+", "少量", "中量", "中等量",
	"多量", "大量", "微量", NULL };

static bool
begins_with_amount(struct slice s)
{
	for (size_t i = 0; amounts[i] != NULL; i++)
		if (slice_starts(s, amounts[i]))
			return true;
	return false;
}

/* "A+,正常菌群+++": what is set aside has an amount of its own. */
static bool
is_counted_itself(const struct reading *r, const struct hit *word)
{
	return begins_with_amount(slice_span(
	    r->view.text.p + word->to, r->view.text.p + r->view.text.n));
}

/* "A少量,正常菌群": beside what has an amount stands something of its own. */
static bool
is_beside(
    const struct tracker *t, const struct clause *c, const struct hit *word)
{
	const struct cast *cast = t->cast;
	const char *p = t->r->view.text.p;
	uint32_t at;

	if ((reading_word(t->r, word)->value & ROLE_BESIDE) == 0 ||
	    word->from != c->from || cast->nnamings == 0)
		return false;
	at = cast->namings[cast->nnamings - 1].to;
	if (at < c->from && strchr(": ", p[at]) != NULL)
		at++;
	return at < c->from &&
	    begins_with_amount(slice_span(p + at, p + c->from));
}

/* The objects of the sentence before, if it named any and this one none. */
static uint32_t
just_named(const struct tracker *t, const struct clause *c)
{
	const struct cast *cast = t->cast;
	const struct naming *last;

	for (const struct clause *k = c;
	     k >= t->r->clauses && k->sentence == c->sentence; k--)
		if (objects_has_place(t, k))
			return 0;
	if (cast->nnamings == 0)
		return 0;
	last = &cast->namings[cast->nnamings - 1];
	return reading_clause(t->r, last->from)->sentence + 1 == c->sentence
	    ? last->objects
	    : 0;
}

/*
 * "A 1g,B疗程5天,昨日停": what the sentence, or one of so many before it, has
 * named last before a place, even if it is none of the objects; what is told if
 * it has named none.
 */
static uint32_t
named_last(const struct tracker *t, const struct clause *c, uint32_t before,
    uint32_t back, uint32_t none)
{
	const struct reading *r = t->r;
	int code;

	for (const struct hit *h = r->hits + reading_first_hit(r, before);
	     h-- > r->hits;) {
		if (reading_clause(r, h->from)->sentence + back < c->sentence)
			break;
		if (objects_part_of(t, reading_word(r, h), &code) == 0)
			return with_code(t, code);
	}
	return none;
}

/*
 * "痰(A 1+,考虑定植)、BALF(B 10^5)": where the brackets close that a word stands
 * in, if they opened before its clause; else UINT32_MAX.
 */
static uint32_t
bracket_end(
    const struct reading *r, const struct clause *c, const struct hit *word)
{
	const char *p = r->view.text.p;

	for (uint32_t i = c->from; i < word->from; i++)
		if (p[i] == '(')
			return UINT32_MAX;
	for (uint32_t i = word->to; i < c->to && p[i] != '('; i++)
		if (p[i] == ')')
			return i;
	return UINT32_MAX;
}

/* The brackets of its clause that a word stands in; false: in none. */
static bool
in_aside(const struct reading *r, const struct clause *c,
    const struct hit *word, uint32_t *from, uint32_t *to)
{
	const char *p = r->view.text.p;

	for (uint32_t at = word->from; at > c->from && p[at - 1] != ')'; at--)
		if (p[at - 1] == '(') {
			uint32_t end =
			    reading_brackets_end(r, word->from, word->to);

			*from = at;
			if (end < *to)
				*to = end;
			return true;
		}
	return false;
}

/*
 * The objects that an excluding word means: those that its clause names, as
 * far as no word that resumes stands between (停用A改为B); else the ones that
 * are spoken of, by their labels or from before.  In brackets it means those
 * that they name, else the one that they stand behind.
 */
static uint32_t
excluded_by(const struct tracker *t, const struct clause *c,
    const struct hit *word, uint32_t labels)
{
	const struct reading *r = t->r;
	const bool named = t->group->how->named;
	uint32_t from = c->from, to = c->to, end = bracket_end(r, c, word);
	bool names = false, aside;

	if (named && end != UINT32_MAX)
		return named_last(t, c, end, 0, t->now);
	aside = named && in_aside(r, c, word, &from, &to);
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		int code;

		/* "左下甲状旁腺腺瘤" names no place of an object. */
		names |= h->from >= from && h->from < to &&
		    (h->from < word->from || h->to > word->to) &&
		    objects_part_of(t, reading_word(r, h), &code) >= 0;
		if ((reading_word(r, word)->value & ROLE_GONE) != 0 ||
		    reading_word(r, h)->role != ROLE_CUE ||
		    reading_word(r, h)->value >> 8 != CUE_RESUMES)
			continue;
		if (h->to <= word->from)
			from = h->to > from ? h->to : from;
		else if (h->from >= word->to && h->from < to)
			to = h->from;
	}
	if (!names && named &&
	    (is_of_others(r, c, word) || is_counted_itself(r, word) ||
		is_beside(t, c, word)))
		return 0;
	if (!names && named &&
	    (aside || t->group->identify->d->type == TYPE_CODE))
		return named_last(t, c, from, 0, t->now);
	if (names && labels == 0)
		return named_between(t, c, from, to);
	if (t->now == 0 && (reading_word(r, word)->value & ROLE_JUDGED))
		return just_named(t, c);
	return t->now;
}

static bool
is_of_yes_or_no(const struct reading *r, const struct word *w)
{
	return (w->role == ROLE_ANCHOR || w->role == ROLE_CODE) &&
	    r->type->fields[w->field].d->type == TYPE_BOOL;
}

/*
 * The objects that a word tells the end of: those of its clause that it
 * governs, else, where this names nothing that could end, the one that was
 * named last.
 */
static uint32_t
ended_by(const struct tracker *t, const struct clause *c, const struct hit *end)
{
	const struct reading *r = t->r;
	uint32_t mask = 0;
	bool names = false;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		int code;

		if (objects_part_of(t, reading_word(r, h), &code) != 0) {
			names |= is_of_yes_or_no(r, reading_word(r, h));
			continue;
		}
		names = true;
		if ((reading_context(r, h->from, h->to) & 1u << CUE_NEGATED) ==
		    0)
			continue;
		mask |= with_code(t, code);
	}
	return names ? mask
	    : context_tells_end(r, c, end)
	    ? named_last(t, c, c->from, 0, t->now)
	    : 0;
}

/* Whether a word takes objects of the group out, or tells their end. */
static bool
excludes(const struct tracker *t, const struct word *w)
{
	return w->role == ROLE_CUE
	    ? w->value >> 8 == CUE_ENDED && t->group->how->named
	    : w->role == ROLE_EXCLUDE &&
		(w->value & ~(ROLE_GONE | ROLE_JUDGED | ROLE_BESIDE)) ==
		    (uint32_t)(t->group - t->r->type->groups);
}

static void
set_aside(struct tracker *t, const struct clause *c, uint32_t mask)
{
	for (size_t i = 0; i < t->cast->n; i++)
		if (mask & (uint32_t)1 << i) {
			t->cast->objects[i].excluded = true;
			t->cast->objects[i].aside = c->to;
		}
}

/* "A→B": an arrow ends a clause. */
static bool
follows_arrow(const struct reading *r, const struct clause *c)
{
	static const struct slice arrow[] = { SPELT("→"), SPELT_END };

	return c->from > 0 && c[-1].sentence == c->sentence &&
	    context_ends_in(r, c->from, arrow);
}

/*
 * "A改为B": what the clause names before a word of change, else what was spoken
 * of last, gives way to what it names behind it.
 */
void
objects_replace(struct tracker *t, const struct clause *c)
{
	const struct reading *r = t->r;

	if (!t->group->how->named)
		return;
	if (follows_arrow(r, c)) {
		uint32_t next = named_between(t, c, c->from, c->to);

		if (next != 0)
			set_aside(t, c, t->last & ~next);
	}
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);
		uint32_t old, new, spoken;

		if (w->role != ROLE_CUE || w->value >> 8 != CUE_RESUMES ||
		    (w->value & 0xFF) != SCOPE_SENTENCE ||
		    (reading_context(r, h->from, h->to) & NOT_DONE))
			continue;
		new = named_between(t, c, h->to, c->to);
		old = named_between(t, c, c->from, h->from);
		spoken = named_last(t, c, h->from, 1, t->last);
		if (spoken & t->last)
			spoken = t->last;
		if (new != 0)
			set_aside(t, c, (old != 0 ? old : spoken) & ~new);
	}
}

/* "余下10%因靠近神经未处理": what is set aside is a rest, not the object. */
static bool
is_of_rest(
    const struct reading *r, const struct clause *c, const struct hit *word)
{
	static const char *const rests[] = { "余下", "剩余", "残余", "残留",
		"%", "部分区域", NULL };
	struct slice s =
	    slice_span(r->view.text.p + c->from, r->view.text.p + word->from);

	for (size_t i = 0; rests[i] != NULL; i++)
		if (slice_find(s, slice_of(rests[i])) != NULL)
			return true;
	return false;
}

/* "最大者行消融,余结节较小,未消融": the others, none of which is named. */
static bool
is_of_nameless(const struct tracker *t, const struct clause *c)
{
	static const char *const others[] = { "余", "其余", "其它", "其他",
		NULL };
	const char *p = t->r->view.text.p;
	const struct clause *first =
	    c > t->r->clauses && c[-1].sentence == c->sentence ? c - 1 : c;

	for (const struct clause *k = first; k <= c && !t->group->how->named;
	     k++)
		for (size_t i = 0; others[i] != NULL; i++)
			if (slice_starts(
				slice_span(p + k->from, p + k->to), others[i]))
				return !objects_has_place(t, k) &&
				    !objects_has_place(t, c);
	return false;
}

void
objects_exclude(struct tracker *t, const struct clause *c, uint32_t labels)
{
	static const struct slice denials[] = { SPELT("非"), SPELT("排除"),
		SPELT("不考虑"), SPELT("不支持"), SPELT_END };
	const struct reading *r = t->r;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);
		uint32_t mask;

		if (!excludes(t, w) ||
		    (reading_context(r, h->from, h->to) & NOT_DONE) ||
		    (t->group->how->named &&
			context_ends_in(r, h->from, denials)))
			continue;
		if (w->role == ROLE_CUE) {
			if (!reading_goes_on(r, h))
				set_aside(t, c, ended_by(t, c, h));
			continue;
		}
		if (is_of_rest(r, c, h) || is_of_nameless(t, c))
			continue;
		mask = excluded_by(t, c, h, labels);
		if ((w->value & ROLE_GONE) == 0)
			set_aside(t, c, mask);
		for (size_t i = 0; i < t->cast->n; i++)
			if (w->value & ROLE_GONE && mask & (uint32_t)1 << i)
				t->cast->objects[i].gone = true;
	}
}
