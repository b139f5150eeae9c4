/*
 * Results of stains and genes in any bytes, by the words of the pathology pack:
 * each stands within the text, in order, with a value of its field; what is
 * chosen of them is quoted as it stands there.
 */
#include <stdint.h>

#include "base/utf8.h"
#include "catalogue/catalogue.h"
#include "extract/choose.h"
#include "extract/guide.h"

static struct catalogue *catalogue;
static struct guide *guide;
static const struct doctype *type;

static void
must(bool truth)
{
	if (!truth)
		__builtin_trap();
}

static void
load(void)
{
	static const char *const packs[] = { "pathology", NULL };
	struct err e = { 0 };

	catalogue = catalogue_load("lib/share", packs, true, NULL, &e);
	must(catalogue != NULL);
	guide = guide_new(catalogue, NULL, &e);
	must(guide != NULL);
	type = guide_find(guide, SLICE("pathology"));
	must(type != NULL);
}

static void
look_at(
    const struct reading *r, const struct field *f, const struct candidate *c)
{
	uint32_t last = 0;
	unsigned n = 0;

	for (; c != NULL; c = c->next) {
		must(c->from < c->to && c->to <= r->view.text.n);
		must(c->from >= last);
		must(&r->type->fields[c->field] == f);
		must(c->value.n > 0);
		must(f->d->type != TYPE_MARK || c->value.p[0] == '"');
		last = c->from;
		n++;
	}
	must(n <= CANDIDATE_MAX);
}

static void
quotes_itself(const struct evidence *e, struct slice text)
{
	size_t from = utf8_offset(text.p, text.n, e->span.from);
	size_t to = utf8_offset(text.p, text.n, e->span.to);

	must(e->span.from < e->span.to);
	must(slice_eq(e->quote, slice_span(text.p + from, text.p + to)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct arena *a = arena_new();
	struct source source = { SLICE("/text"), 0, 0, (uint32_t)n,
		(uint32_t)utf8_count(text.p, n) };
	struct reading r;
	struct candidates found;
	struct answers answers = { 0 };

	if (type == NULL)
		load();
	reading_make(&r, type, text, a);
	candidates_find(&found, &r);
	for (size_t i = 0; i < type->nfields; i++)
		if (type->fields[i].panel)
			look_at(&r, &type->fields[i], found.first[i]);
	choose(&answers, &r, &found, &source, 1);
	for (size_t i = 0; i < answers.n; i++)
		for (const struct evidence *e = answers.list[i].evidence;
		     e != NULL && utf8_valid(text.p, n); e = e->next)
			quotes_itself(e, text);
	arena_free(a);
	return 0;
}
