/*
 * The answer to a field: of one candidate, of several, or of none.
 */
#include "extract/choose_part.h"

#include "base/buf.h"

void
chooser_add_evidence(
    const struct chooser *x, struct answer *a, uint32_t from, uint32_t to)
{
	evidence_add(a, x->r, x->sources, x->nsources, from, to);
}

void
chooser_from_candidate(
    const struct chooser *x, struct answer *a, const struct candidate *c)
{
	a->rule = c->rule;
	chooser_add_evidence(x, a, c->from, c->to);
}

void
chooser_from_tally(
    const struct chooser *x, struct answer *a, const struct tally *t)
{
	if (t->value.n == 0)
		return;
	a->status = STATUS_OK;
	a->value = t->value;
	for (size_t i = 0; i < t->n; i++)
		chooser_from_candidate(x, a, t->parts[i]);
}

static struct slice
both(const struct chooser *x, struct slice a, struct slice b)
{
	return slice_of(arena_printf(
	    x->r->arena, "[%.*s,%.*s]", (int)a.n, a.p, (int)b.n, b.p));
}

/*
 * How many different codes stand: the lobes that are named.  A number that
 * the text states goes before.
 */
static bool
count(const struct chooser *x, size_t field, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	uint64_t codes = 0;
	unsigned n = 0;

	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next) {
		if (c->measure != NULL && candidate_stands(f, c) &&
		    !chooser_denies(c))
			return false;
		if (c->measure != NULL || !candidate_stands(f, c) ||
		    chooser_denies(c) || c->code >= 64)
			continue;
		if ((codes & (uint64_t)1 << c->code) == 0) {
			codes |= (uint64_t)1 << c->code;
			chooser_from_candidate(x, a, c);
			n++;
		}
	}
	if (n == 0)
		return false;
	a->status = STATUS_OK;
	a->value = slice_of(arena_printf(x->r->arena, "%u", n));
	return true;
}

/*
 * The text of all candidates that stand, as good as the best: 头孢曲松R、氨苄西
 * 林R.
 */
static void
list(const struct chooser *x, size_t field, unsigned object,
    const struct election *n, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	struct buf b = { 0 };

	for (const struct candidate *c = n->best; c != NULL; c = c->next) {
		struct slice s = { c->value.p + 1, c->value.n - 2 };

		if (!candidate_stands(f, c) ||
		    !chooser_speaks_of(x, c, object) || !election_peers(n, c) ||
		    slice_find(buf_slice(&b), s) != NULL)
			continue;
		buf_adds(&b, b.n == 0 ? "\"" : "、");
		buf_add_slice(&b, s);
		chooser_from_candidate(x, a, c);
	}
	buf_addc(&b, '"');
	a->status = STATUS_OK;
	a->value = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
}

/* A dose that is told says, or shows besides, that it was given. */
static bool
told_with(const struct chooser *x, const struct field *f, struct answer *a)
{
	struct election n;

	if (f->with == NULL)
		return false;
	chooser_elect(
	    x, f->with, (size_t)(f->with - x->r->type->fields), 0, &n);
	if (n.best == NULL)
		return false;
	a->status = STATUS_OK;
	a->value = SLICE("true");
	chooser_from_candidate(x, a, n.best);
	return true;
}

/* The best candidate, what stands against it, or why there is none. */
static void
from_election(const struct chooser *x, size_t field, unsigned object,
    const struct election *n, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];

	if (n->best != NULL && slice_is(n->best->value, "null"))
		return;
	if (n->best != NULL && f->how.pick == PICK_LIST) {
		list(x, field, object, n, a);
	} else if (n->best != NULL && n->other != NULL) {
		a->status = STATUS_CONFLICT;
		a->why = SLICE("two_values");
		a->claimed = both(x, n->best->value, n->other->value);
		chooser_from_candidate(x, a, n->best);
		chooser_add_evidence(x, a, n->other->from, n->other->to);
	} else if (n->best != NULL) {
		a->status = n->best->outside ? STATUS_OUT_OF_RANGE
		    : slice_is(n->best->value, "false") &&
			chooser_denies(n->best)
		    ? STATUS_NEGATED
		    : STATUS_OK;
		a->value = n->best->value;
		chooser_from_candidate(x, a, n->best);
		if (slice_is(a->value, "true") && told_with(x, f, a))
			a->rule = n->best->rule;
	} else if (n->doubted != NULL) {
		a->status = STATUS_UNCERTAIN;
		a->claimed = n->doubted->value;
		chooser_from_candidate(x, a, n->doubted);
	} else if (n->denied != NULL) {
		a->status = STATUS_NEGATED;
		chooser_from_candidate(x, a, n->denied);
	}
}

/*
 * "拔管前PEEP 5": the code that the field goes with is another by now; or it is
 * of this object, of which there may be no needle ("左叶乙醇,右叶射频针").
 */
static bool
is_over(const struct chooser *x, const struct field *f, unsigned object)
{
	const struct field *code = f->goes_with;
	struct election n;

	if (code == NULL)
		return false;
	chooser_elect(x, code, (size_t)(code - x->r->type->fields), object, &n);
	if (n.best == NULL || slice_is(n.best->value, "null"))
		return n.best != NULL;
	for (size_t i = 0; i < f->how.while_codes.n; i++)
		if (slice_eq(code->codes[n.best->code].code,
			f->how.while_codes.list[i]))
			return false;
	return true;
}

void
chooser_decide(
    const struct chooser *x, size_t field, unsigned object, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	struct election n;
	struct tally t = { 0 };

	if (f->counts >= 0) {
		chooser_count_group(x, field, a);
		return;
	}
	/* Nothing was said, nor can another field's value say it. */
	if (x->found->first[field] == NULL && f->with == NULL &&
	    f->how.implied.n == 0 && f->how.same_words.n == 0)
		return;
	if ((f->how.pick == PICK_COUNT && count(x, field, a)) ||
	    is_over(x, f, object))
		return;
	chooser_elect(x, f, field, object, &n);
	if (n.best == NULL && told_with(x, f, a))
		return;
	if (f->how.pick == PICK_SUM && n.best != NULL)
		tally_sum(&t, x->r, f, x->found->first[field],
		    n.best->total ? n.best : NULL);
	if (t.value.n > 0) {
		chooser_from_tally(x, a, &t);
		return;
	}
	if (f->how.pick == PICK_BEFORE)
		chooser_elect_before(x, f, field, object, &n);
	/* What kind of thing was done to one was done to all, unless told. */
	if (n.best == NULL && f->group >= 0 && !f->how.own &&
	    (f->d->type == TYPE_CODE || f->d->type == TYPE_TEXT))
		chooser_elect(x, f, field, CHOOSER_ANY, &n);
	from_election(x, field, object, &n, a);
	if (a->status == STATUS_ABSENT)
		chooser_from_others(x, field, object, a);
	if (x->found->too_many[field])
		a->why = SLICE("too_many");
}
