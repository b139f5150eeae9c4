/*
 * What single words tell: the spelling of a code, a yes or no, that there is no
 * value any more, or a text that goes to the end of its clause.
 */
#include "extract/word_part.h"

static void
rest_of_clause(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	struct slice s = x->r->view.text;
	uint32_t from = h->to, to = c->to;
	struct candidate *k;
	size_t n;

	if (!finder_standing_at(x, f, c, h->from, h->to))
		return;
	if (from < to && s.p[from] == ':')
		from++;
	for (n = 1; to > from; to -= (uint32_t)n) {
		if (s.p[to - 1] == ',' || s.p[to - 1] == ';' ||
		    s.p[to - 1] == '\n')
			n = 1;
		else if (to - from >= 3 && memcmp(s.p + to - 3, "。", 3) == 0)
			n = 3;
		else
			break;
	}
	if (from >= to ||
	    (k = finder_add(x, w->field, from, to, SCORE_ANCHORED)) == NULL)
		return;
	k->rule = w->value;
	k->value = finder_written(x, from, to);
}

/* "CRRT:已撤机": a word of an end that is the end of something else. */
static bool
is_end_of_other(
    const struct finder *x, const struct clause *c, const struct hit *h)
{
	for (size_t k = (size_t)(h - x->r->hits); k-- > c->hit;) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role == ROLE_ANCHOR &&
		    x->r->type->fields[w->field].d->type == TYPE_BOOL)
			return true;
		if (w->role == ROLE_CODE)
			return false;
	}
	return false;
}

/* "改面罩吸氧": no code has it, and what was told before is no more. */
static void
nothing(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	struct candidate *k;

	if (!finder_standing_at(x, f, c, h->from, h->to) ||
	    is_end_of_other(x, c, h))
		return;
	k = finder_add(x, w->field, h->from, h->to, SCORE_ANCHORED);
	if (k != NULL)
		k->value = SLICE("null");
}

void
finder_word(struct finder *x, const struct hit *h)
{
	const struct word *w = reading_word(x->r, h);
	const struct field *f = &x->r->type->fields[w->field];

	if (f->panel)
		return;
	if (w->role == ROLE_CODE) {
		if (f->group < 0 ||
		    (f != x->r->type->groups[f->group].identify &&
			f != x->r->type->groups[f->group].also))
			word_code(x, h, w);
		return;
	}
	if (w->role == ROLE_PART && f->how.pick == PICK_COUNT)
		word_parts(x, h, w);
	if (w->role == ROLE_EMPTY)
		nothing(x, h, w);
	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG)
		return;
	if (f->d->type == TYPE_BOOL)
		word_assertion(x, h, w);
	else if (f->d->type == TYPE_TEXT && f->npatterns == 0 && f->ncodes == 0)
		rest_of_clause(x, h, w);
}
