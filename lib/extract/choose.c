#include "extract/choose.h"

#include "base/buf.h"
#include "extract/choose_part.h"
#include "extract/finder.h"
#include "extract/phrase.h"
#include "json/write.h"

static struct answer *
open_answer(struct chooser *x, const struct field *f, unsigned number)
{
	struct answer *a = answers_add(x->out, x->r->arena);

	a->d = f->d;
	a->key = f->key;
	a->object = number;
	a->group = f->group < 0 ? 0 : (unsigned)f->group;
	a->engine = ENGINE_RULE;
	return a;
}

/* Of an object that is gone: what is told as earlier, or else all that is. */
static void
decide_former(
    struct chooser *x, size_t field, unsigned object, struct answer *a)
{
	chooser_decide(x, field, object, a);
	if (a->status == STATUS_ABSENT && x->former[field] != field)
		chooser_decide(x, x->former[field], object, a);
}

/*
 * "左肺上叶肺癌?": of a group without objects, what is only thought to be one;
 * the entry is the first object's, which the record lacks.
 */
static void
doubted(struct chooser *x, const struct field *f)
{
	struct phrase p;
	struct buf b = { 0 };
	struct answer *a;

	if (f != x->r->type->groups[f->group].identify || f->how.chain.n == 0 ||
	    x->out->groups[f->group].nobjects > 0 ||
	    !phrase_doubted(x->r, f, &p))
		return;
	a = open_answer(x, f, 1);
	json_put_string(&b, view_words(&x->r->view, p.from, p.to, x->r->arena));
	a->status = STATUS_UNCERTAIN;
	a->claimed = arena_slice(x->r->arena, buf_slice(&b));
	chooser_add_evidence(x, a, p.from, p.to);
	buf_release(&b);
}

static void
grouped(struct chooser *x, size_t field)
{
	const struct reading *r = x->r;
	const struct field *f = &r->type->fields[field];
	const struct cast *c = &r->casts[f->group];
	uint32_t alive = x->alive[f->group];
	unsigned number = 0;

	if (x->out->groups[f->group].nobjects == 1 && alive == 0) {
		chooser_decide(x, field, 0, open_answer(x, f, 1));
		return;
	}
	doubted(x, f);
	for (unsigned i = 0; i < c->n; i++) {
		struct answer *a;

		if ((alive & (uint32_t)1 << i) == 0)
			continue;
		a = open_answer(x, f, ++number);
		if (f == r->type->groups[f->group].identify)
			chooser_identity(x, f, &c->objects[i], a);
		else if (f == r->type->groups[f->group].also)
			chooser_second_identity(
			    x, f, &c->objects[i].part[1], a);
		else if (!c->objects[i].gone)
			chooser_decide(x, field, i, a);
		else if (f->past == NULL)
			decide_former(x, field, i, a);
	}
}

bool
choose_is_of_type(const struct reading *r, const struct candidates *found)
{
	const struct doctype *t = r->type;

	for (size_t i = 0; i < t->nneeds; i++)
		for (const struct candidate *c = found->first[t->needs[i]];
		     c != NULL; c = c->next)
			/* A number that no word announces proves nothing. */
			if (candidate_stands(&t->fields[t->needs[i]], c) &&
			    (c->measure == NULL ||
				c->score >= SCORE_ANCHORED / 2))
				return true;
	return t->nneeds == 0;
}

void
choose(struct answers *out, const struct reading *r,
    const struct candidates *found, const struct source *sources,
    size_t nsources)
{
	const struct doctype *t = r->type;
	struct chooser x = { r, found, out, sources, nsources, NULL, NULL };
	bool of_type = choose_is_of_type(r, found);

	answers_expect(out, r->arena, t->nfields);
	x.former = arena_alloc(r->arena, (t->nfields + 1) * sizeof(*x.former));
	for (size_t i = 0; i < t->nfields; i++)
		x.former[i] = i;
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].past != NULL)
			x.former[t->fields[i].past - t->fields] = i;
	x.alive = arena_zalloc(r->arena, (t->ngroups + 1) * sizeof(*x.alive));
	out->ngroups = t->ngroups;
	out->groups =
	    arena_zalloc(r->arena, (t->ngroups + 1) * sizeof(*out->groups));
	for (size_t g = 0; g < t->ngroups; g++) {
		out->groups[g].name = t->groups[g].how->name;
		out->groups[g].asked = true;
		if (of_type)
			chooser_count_objects(&x, (int)g);
	}
	for (size_t i = 0; i < t->nfields; i++) {
		struct answer *a;

		if (t->fields[i].group >= 0) {
			if (of_type)
				grouped(&x, i);
			continue;
		}
		a = open_answer(&x, &t->fields[i], 0);
		if (of_type)
			chooser_decide(&x, i, 0, a);
	}
}
