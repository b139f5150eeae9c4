#include "extract/explain.h"

#include "extract/choose.h"

/* The status of the answer that rests on the candidate, or NULL. */
static const char *
won(const struct answers *all, const struct field *f, const struct candidate *c,
    struct span span)
{
	if (c->context & CANDIDATE_OUT)
		return NULL;
	for (size_t i = 0; i < all->n; i++) {
		const struct answer *a = &all->list[i];

		if (a->d != f->d)
			continue;
		for (const struct evidence *e = a->evidence; e != NULL;
		     e = e->next)
			if (e->span.from == span.from && e->span.to == span.to)
				return status_name(a->status);
	}
	return NULL;
}

static void
emit(const struct reading *r, const struct answers *all,
    const struct candidate *c, bool of_type, struct job *job)
{
	const struct field *f = &r->type->fields[c->field];
	struct span span = view_span(&r->view, c->from, c->to);
	struct slice quote = view_quote(&r->view, c->from, c->to);
	const char *status = won(all, f, c, span);
	struct buf b = { 0 };

	buf_addf(&b, "%.*s#%u\t%u-%u\t", (int)f->d->id.n, f->d->id.p, c->rule,
	    span.from, span.to);
	for (size_t i = 0; i < quote.n; i++)
		buf_addc(
		    &b, (unsigned char)quote.p[i] < ' ' ? ' ' : quote.p[i]);
	buf_addf(&b, "\t%.*s\t%d\t", (int)c->value.n, c->value.p, c->score);
	if (status != NULL)
		buf_adds(&b, status);
	else
		buf_addf(&b, "lost: %s",
		    of_type ? candidate_lost(c)
			    : "the text has nothing that its type needs");
	flow_emit(job, buf_slice(&b));
	buf_release(&b);
}

void
explain(const struct extract *x, const struct reading *r,
    const struct candidates *found, const struct answers *all, struct job *job)
{
	bool of_type = choose_is_of_type(r, found);

	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct indicator *d = r->type->fields[i].d;

		if (x->wanted != NULL && !x->wanted[d->number])
			continue;
		for (const struct candidate *c = found->first[i]; c != NULL;
		     c = c->next)
			emit(r, all, c, of_type, job);
	}
}
