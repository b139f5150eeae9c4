/* Whatever comes: no crash, bounded depth, and a refusal says why. */
#include <stdint.h>

#include "io/xml.h"

struct state {
	unsigned depth;
	uint64_t last;
};

static bool
start(void *ctx, const char *name, const char *const *attr, uint64_t offset,
    struct err *e)
{
	struct state *s = ctx;

	(void)e;
	xml_attribute(attr, "id");
	if (xml_local(name) < name || offset < s->last ||
	    ++s->depth > XML_DEPTH)
		__builtin_trap();
	s->last = offset;
	return true;
}

static bool
end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct state *s = ctx;

	(void)name;
	(void)e;
	if (s->depth-- == 0 || offset < s->last)
		__builtin_trap();
	s->last = offset;
	return true;
}

static bool
text(void *ctx, struct slice t, uint64_t offset, struct err *e)
{
	struct state *s = ctx;

	(void)e;
	if (t.n == 0 || t.n > XML_TEXT || offset < s->last)
		__builtin_trap();
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct xml_events events = { start, end, text };
	struct state s = { 0 };
	struct err e = { 0 };

	if (!xml_parse(
		(struct slice){ (const char *)data, n }, &events, &s, &e) &&
	    e.text[0] == '\0')
		__builtin_trap();
	return 0;
}
