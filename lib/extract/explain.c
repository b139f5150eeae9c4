#include "extract/explain.h"

static const char *
fate(const struct answers *all, const struct field *f,
    const struct candidate *c, struct span span)
{
	if (c->context & 1u << CUE_HISTORY)
		return "lost: of another time";
	if (c->context & 1u << CUE_OUTSIDE)
		return "lost: of another house";
	if (c->context & 1u << CUE_PLANNED)
		return "lost: planned or advised";
	if (c->context & 1u << CUE_ELSEWHERE)
		return "lost: of something else";
	if (c->context & 1u << CUE_INSTRUCTS)
		return "lost: the sentence instructs its reader";
	for (size_t i = 0; i < all->n; i++) {
		const struct answer *a = &all->list[i];

		if (a->d != f->d)
			continue;
		for (const struct evidence *e = a->evidence; e != NULL;
		     e = e->next)
			if (e->span.from == span.from && e->span.to == span.to)
				return status_name(a->status);
	}
	if (c->context & 1u << CUE_UNCERTAIN)
		return "lost: in doubt";
	if (c->context & 1u << CUE_NEGATED)
		return "lost: denied";
	return "lost: another has a better score or came first";
}

static void
emit(const struct extract *x, const struct reading *r,
    const struct answers *all, const struct candidate *c, struct job *job)
{
	const struct field *f = &r->type->fields[c->field];
	struct span span = view_span(&r->view, c->from, c->to);
	struct slice quote = view_quote(&r->view, c->from, c->to);
	struct buf b = { 0 };

	(void)x;
	buf_addf(&b, "%.*s#%u\t%u-%u\t", (int)f->d->id.n, f->d->id.p, c->rule,
	    span.from, span.to);
	for (size_t i = 0; i < quote.n; i++)
		buf_addc(
		    &b, (unsigned char)quote.p[i] < ' ' ? ' ' : quote.p[i]);
	buf_addf(&b, "\t%.*s\t%d\t", (int)c->value.n, c->value.p, c->score);
	buf_adds(&b, fate(all, f, c, span));
	flow_emit(job, buf_slice(&b));
	buf_release(&b);
}

void
explain(const struct extract *x, const struct reading *r,
    const struct candidates *found, const struct answers *all, struct job *job)
{
	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct indicator *d = r->type->fields[i].d;

		if (x->wanted != NULL && !x->wanted[d->number])
			continue;
		for (const struct candidate *c = found->first[i]; c != NULL;
		     c = c->next)
			emit(x, r, all, c, job);
	}
}
