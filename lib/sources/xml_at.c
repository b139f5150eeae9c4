#include "sources/xml_at.h"

#include <string.h>

#include "base/arena.h"
#include "io/xml.h"
#include "json/write.h"
#include "sources/format.h"
#include "io/tree.h"
#include "sources/xml_write.h"

#define KEPT ((size_t)64 << 10) /* of what is set aside */

struct at {
	struct member *m;
	struct xml *xml;
	struct tree_growing tree; /* of the element at hand */
	uint64_t base;            /* offset of the document */
	struct slice window;      /* bytes from the offset `first` on */
	uint64_t first;
	unsigned depth;   /* elements that are open */
	unsigned matched; /* of these, along the path */
	unsigned inside;  /* of these, in the element at hand, itself too */
	bool too_long;    /* it is read over */
	struct piece element;
	char head[256]; /* its first bytes, where it is too long */
	uint64_t hits;
	struct err stop; /* the run cannot go on */
};

/* A step names an element as it is written, or without its prefix. */
static bool
is_step(const char *step, const char *name)
{
	return strcmp(step, name) == 0 || strcmp(step, xml_local(name)) == 0;
}

static bool
start(void *ctx, const char *name, const char *const *attr, uint64_t offset,
    struct err *e)
{
	struct at *x = ctx;
	const char *const *path = x->m->options->path;

	x->depth++;
	if (x->inside > 0) {
		x->inside++;
		return x->too_long ||
		    tree_start(&x->tree, name, attr, offset, e);
	}
	if (x->matched + 1 != x->depth || !is_step(path[x->matched], name))
		return true;
	x->matched++;
	if (path[x->matched] != NULL)
		return true;
	arena_reset(x->tree.arena);
	x->tree.root = x->tree.open = NULL;
	x->element = (struct piece){ .from = x->base + offset,
		.line = xml_line(x->xml) };
	x->inside = 1;
	x->too_long = false;
	x->hits++;
	return tree_start(&x->tree, name, attr, offset, e);
}

static bool
text(void *ctx, struct slice s, uint64_t offset, struct err *e)
{
	struct at *x = ctx;

	return x->inside == 0 || x->too_long ||
	    tree_characters(&x->tree, s, offset, e);
}

static bool
set_long_aside(struct at *x)
{
	struct err why = { 0 };

	err_data(&why, "limit_record",
	    "element of %llu bytes is too long (--max-record raises the limit)",
	    (unsigned long long)(x->element.to - x->element.from));
	return member_reject(x->m, &x->element, &why, &x->stop);
}

static bool
take_element(struct at *x)
{
	struct piece *p = &x->element;
	struct buf *b;

	p->to = p->next = x->base + xml_offset_behind(x->xml);
	if (x->too_long)
		return set_long_aside(x);
	p->bytes = (struct slice){ x->window.p + (p->from - x->first),
		(size_t)(p->to - p->from) };
	p->encoding = charset_name(&x->m->charset);
	b = member_open(x->m);
	xml_put_element(b, x->tree.root, x->tree.arena);
	b->n--; /* the brace, behind which _mdx is written */
	return member_record(x->m, p, &x->stop);
}

static bool
end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct at *x = ctx;
	bool ok = true;

	x->depth--;
	if (x->inside > 0) {
		if (!x->too_long)
			tree_end(&x->tree, name, offset, e);
		if (--x->inside == 0)
			ok = take_element(x);
	}
	if (x->inside == 0 && x->matched > x->depth)
		x->matched = x->depth;
	return ok || err_data(e, "xml_syntax", "the run ended");
}

/* What was told and belongs to no element at hand is let go of. */
static void
let_go(struct at *x, uint64_t fed)
{
	uint64_t keep = x->base + xml_offset(x->xml);

	if (keep > fed)
		keep = fed;
	if (x->inside > 0 && !x->too_long &&
	    fed - x->element.from > x->m->limits->max_record) {
		size_t n = (size_t)(fed - x->element.from);

		n = n < sizeof(x->head) ? n : sizeof(x->head);
		memcpy(x->head, x->window.p + (x->element.from - x->first), n);
		x->element.bytes = (struct slice){ x->head, n };
		x->too_long = true;
		arena_reset(x->tree.arena);
	}
	if (x->inside > 0 && !x->too_long)
		keep = x->element.from;
	input_take(x->m->input, (size_t)(keep - x->first));
}

/* All of the document through the parser; false with why where it breaks. */
static bool
feed(struct at *x, struct err *why)
{
	struct input *in = x->m->input;
	uint64_t fed = x->base;

	for (;;) {
		size_t seen;
		bool final;

		x->first = input_offset(in);
		seen = (size_t)(fed - x->first);
		x->window = input_peek(in, seen + 1);
		final = x->window.n == seen;
		if (final && input_failed(in, NULL))
			return true;
		if (!xml_feed(x->xml, x->window.p + seen, x->window.n - seen,
			final, why))
			return false;
		fed = x->first + x->window.n;
		if (final)
			return true;
		let_go(x, fed);
	}
}

/* From the break on, or with nothing found all, is one reject. */
static bool
set_rest_aside(
    struct at *x, uint64_t from, const struct err *why, struct err *e)
{
	struct member *m = x->m;
	struct piece p = { .from = from, .line = x->element.line };
	uint64_t first = input_offset(m->input);
	struct slice seen = input_peek(m->input, 1);
	struct arena *a = x->tree.arena;
	struct err ignored = { 0 };
	const char *block;
	size_t skip = from > first ? (size_t)(from - first) : 0;

	if (p.line == 0)
		p.line = 1;
	if (from >= first && skip <= seen.n) {
		seen.p += skip;
		seen.n -= skip;
		seen.n = seen.n < KEPT ? seen.n : KEPT;
		p.bytes = arena_slice(a, seen);
	} else {
		p.bytes = (struct slice){ x->head, x->too_long ? 256 : 0 };
	}
	while (input_next(m->input, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(m->input);
	if (input_failed(m->input, NULL))
		return member_reject_cut(m, &p, e);
	return member_reject(m, &p, why, e);
}

static bool
read_elements(struct at *x, struct err *e)
{
	struct member *m = x->m;
	struct err why = { 0 };
	bool good = feed(x, &why);

	if (x->stop.kind != ERR_NONE || m->enough) {
		*e = x->stop;
		return false;
	}
	if (good && x->hits > 0 && !input_failed(m->input, NULL))
		return true;
	if (good)
		err_data(&why, "no_such_path",
		    "the document has nothing at '%s' (--at)", m->options->at);
	return set_rest_aside(
	    x, x->inside > 0 ? x->element.from : m->at, &why, e);
}

bool
xml_at_read(struct member *m, struct err *e)
{
	static const struct xml_events events = { start, end, text };
	struct at x = { .m = m, .base = m->at };
	bool ok;

	x.tree.arena = arena_new();
	x.xml = xml_new(&events, &x, "UTF-8");
	member_names(m);
	ok = read_elements(&x, e);
	xml_free(x.xml);
	arena_free(x.tree.arena);
	return ok;
}
