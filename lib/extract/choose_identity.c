/*
 * What tells an object apart, as it is written: its place, or its name.
 */
#include "extract/choose_part.h"

#include "base/buf.h"
#include "json/write.h"

static struct slice
part_code(const struct field *f, const struct object *o, int k)
{
	if (o->part[k].code < 0)
		return SLICE("");
	if (f->how.chain.n > 0) /* told by its phrase */
		return f->d->id;
	return f->parts[k] != NULL ? f->parts[k]->codes[o->part[k].code].code
				   : f->codes[o->part[k].code].code;
}

void
chooser_identity(const struct chooser *x, const struct field *f,
    const struct object *o, struct answer *a)
{
	const struct mention *p = o->part;
	bool parts = f->parts[1] != NULL;
	struct slice first = part_code(f, o, 0);
	struct slice second = parts ? part_code(f, o, 1) : SLICE("");
	struct buf b = { 0 };

	if (first.n == 0)
		return;
	if (f->d->type == TYPE_TEXT) {
		first =
		    view_words(&x->r->view, p[0].from, p[0].to, x->r->arena);
		second =
		    view_words(&x->r->view, p[1].from, p[1].to, x->r->arena);
	}
	json_put_string(&b,
	    slice_of(arena_printf(x->r->arena, "%.*s%.*s", (int)first.n,
		first.p, (int)second.n, second.p)));
	a->value = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
	a->status = STATUS_OK;
	if (!parts || p[1].code < 0) {
		chooser_add_evidence(x, a, p[0].from, p[0].to);
	} else if (p[1].from >= p[0].to && p[1].from - p[0].to <= 36) {
		chooser_add_evidence(x, a, p[0].from, p[1].to);
	} else {
		chooser_add_evidence(x, a, p[1].from, p[1].to);
		chooser_add_evidence(x, a, p[0].from, p[0].to);
	}
}

void
chooser_second_identity(const struct chooser *x, const struct field *f,
    const struct mention *m, struct answer *a)
{
	struct buf b = { 0 };

	if (m->code < 0)
		return;
	json_put_string(&b,
	    f->d->type == TYPE_TEXT
		? (struct slice){ x->r->view.text.p + m->from, m->to - m->from }
		: f->codes[m->code].code);
	a->value = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
	a->status = STATUS_OK;
	chooser_add_evidence(x, a, m->from, m->to);
}
