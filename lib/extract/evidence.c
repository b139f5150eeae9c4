#include "extract/evidence.h"

#include "base/utf8.h"

struct evidence *
evidence_at(const struct reading *r, const struct source *sources,
    size_t nsources, uint32_t from, uint32_t to)
{
	struct evidence *e = arena_zalloc(r->arena, sizeof(*e));
	struct span span = view_span(&r->view, from, to);
	const struct source *s = sources;

	while (s + 1 < sources + nsources && s[1].code <= span.from)
		s++;
	e->src = s->pointer;
	e->has_span = true;
	e->quote = view_quote(&r->view, from, to);
	if (span.to > s->code + s->codes) {
		span.to = s->code + s->codes;
		e->quote.n =
		    utf8_offset(e->quote.p, e->quote.n, span.to - span.from);
	}
	e->span = (struct span){ span.from - s->code, span.to - s->code };
	return e;
}

void
evidence_add(struct answer *a, const struct reading *r,
    const struct source *sources, size_t nsources, uint32_t from, uint32_t to)
{
	struct evidence **end = &a->evidence;

	while (*end != NULL)
		end = &(*end)->next;
	*end = evidence_at(r, sources, nsources, from, to);
}
