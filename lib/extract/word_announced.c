/*
 * A code's spelling whose anchor is not in its own clause: the head of a list
 * announces it, or the clause before or behind.
 */
#include "extract/take.h"
#include "extract/word_part.h"

/* Whether a clause names a subject, beside the word itself. */
static bool
has_subject(
    const struct reading *r, const struct clause *c, const struct hit *word)
{
	for (size_t k = c->hit; k < c->hits_end; k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_SUBJECT &&
		    (r->hits[k].from < word->from || r->hits[k].to > word->to))
			return true;
	return false;
}

/* "切缘:近端(-)": the word, or one it is joined to, is the head of a list. */
static bool
heads_list(const struct reading *r, const struct hit *h)
{
	static const char *const between[] = { "情况", "状态", "评估", "(",
		NULL };
	struct slice s =
	    slice_span(r->view.text.p + h->to, r->view.text.p + r->view.text.n);

	take(&s, between);
	return slice_starts(s, ":");
}

/* Whether a clause announces something else than the field. */
static bool
announces_other(const struct reading *r, const struct clause *c, uint32_t field)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_SUBJECT ||
		    (w->role == ROLE_ANCHOR && w->field != field))
			return true;
	}
	return false;
}

bool
word_is_listed(const struct reading *r, const struct clause *c, uint32_t field)
{
	const struct clause *b = c;

	while (!announces_other(r, b, field) && b > r->clauses &&
	    b[-1].sentence == c->sentence) {
		b--;
		for (size_t k = b->hit; k < b->hits_end; k++) {
			const struct hit *h = &r->hits[k];
			const struct word *w = reading_word(r, h);

			if (w->role == ROLE_ANCHOR && w->field == field &&
			    heads_list(r, h))
				return true;
		}
	}
	return false;
}

/*
 * "血流II级,内部及周边均可见": a clause that is no more than the code goes on with
 * what was announced in the one before.
 */
static bool
is_all_of_clause(
    const struct finder *x, const struct clause *c, const struct hit *code)
{
	static const char *const before[] = { "", "以", "呈", "位于", "分布于",
		"主要位于", "主要分布于", "多位于", NULL };
	static const char *const behind[] = { "", "均可见", "可见", "均见",
		"为主", "分布", "均有", NULL };
	const char *p = x->r->view.text.p;
	struct slice lead = slice_span(p + c->from, p + code->from);
	struct slice rest = slice_span(p + code->to, p + c->to);
	size_t i = 0, k = 0;

	if (rest.n > 0 && strchr(",;\n", rest.p[rest.n - 1]) != NULL)
		rest.n--;
	else if (rest.n >= 3 && memcmp(rest.p + rest.n - 3, "。", 3) == 0)
		rest.n -= 3;
	while (before[i] != NULL && !slice_is(lead, before[i]))
		i++;
	while (behind[k] != NULL && !slice_is(rest, behind[k]))
		k++;
	return before[i] != NULL && behind[k] != NULL;
}

bool
word_announced_before(const struct finder *x, const struct clause *c,
    const struct hit *code, uint32_t field)
{
	const struct field *f = &x->r->type->fields[field];
	const struct clause *b = c;
	unsigned most = 8;

	/*
	 * A subject of its own tells that the list goes on; else, as in "切缘距
	 * 肿瘤2cm,未见癌", only the next clause may, if it has none.
	 */
	if (f->subjects == 0) {
		most = 1;
		if (f->group >= 0
			? !is_all_of_clause(x, c, code)
			: x->r->ntopics == 0 || has_subject(x->r, c, code))
			return false;
	}
	for (unsigned i = 0;
	     i < most && b > x->r->clauses && b[-1].sentence == c->sentence;
	     i++) {
		b--;
		for (size_t k = b->hit; k < b->hits_end; k++) {
			const struct word *w =
			    reading_word(x->r, &x->r->hits[k]);

			if (w->role == ROLE_ANCHOR && w->field == field)
				return true;
		}
	}
	return false;
}

/* Whether the clause has a word of the field in this role. */
static bool
has_word(const struct reading *r, const struct clause *c, uint32_t field,
    enum role role)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == role && w->field == field)
			return true;
	}
	return false;
}

bool
word_announced_after(
    const struct finder *x, const struct clause *c, uint32_t field)
{
	const struct reading *r = x->r;
	const struct clause *next = c + 1;

	if (r->type->fields[field].how.pick != PICK_COUNT ||
	    next == r->clauses + r->nclauses || next->sentence != c->sentence ||
	    has_word(r, c, field, ROLE_NEVER) ||
	    has_word(r, next, field, ROLE_NEVER) ||
	    has_word(r, next, field, ROLE_PART))
		return false;
	for (size_t k = next->hit; k < next->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);

		if (w->role == ROLE_ANCHOR && w->field == field)
			return (reading_context(r, h->from, h->to) &
				   (CANDIDATE_OUT | 1u << CUE_NEGATED)) == 0;
	}
	return false;
}
