#include "extract/text.h"

#include "base/utf8.h"

static const struct slice usual[] = { { "text", 4 }, { "findings", 8 },
	{ "conclusion", 10 }, { "检查所见", 12 }, { "检查结论", 12 } };

const struct strings text_usual = { usual, 5 };

struct slice
text_top(struct slice name)
{
	const char *end;

	if (name.n == 0 || name.p[0] != '/')
		return name;
	end = memchr(name.p + 1, '/', name.n - 1);
	return slice_span(name.p + 1, end == NULL ? name.p + name.n : end);
}

struct json
text_member(
    const struct record *r, const struct index *names, struct slice name)
{
	long i = index_find(names, text_top(name));
	const struct json_member *m = i < 0 ? NULL : record_field(r, (size_t)i);
	struct json v = record_value(r, m);
	struct slice top = text_top(name);

	if (m == NULL || name.p[0] != '/')
		return v;
	return json_pointer(
	    v, (struct slice){ name.p + 1 + top.n, name.n - 1 - top.n });
}

static struct slice
pointer_of(struct slice name, struct arena *arena)
{
	if (name.p[0] == '/')
		return name;
	return slice_of(arena_printf(arena, "/%.*s", (int)name.n, name.p));
}

static void
join(struct text *t, const struct slice *texts, struct arena *arena)
{
	size_t n = 0, codes = 0;
	char *p;

	if (t->n == 1) {
		t->all = texts[0];
		t->sources[0].bytes = (uint32_t)texts[0].n;
		t->sources[0].codes =
		    (uint32_t)utf8_count(texts[0].p, texts[0].n);
		return;
	}
	for (size_t i = 0; i < t->n; i++)
		n += texts[i].n + 1;
	p = arena_alloc(arena, n);
	for (size_t i = n = 0; i < t->n; i++) {
		struct source *s = &t->sources[i];

		s->byte = (uint32_t)n;
		s->code = (uint32_t)codes;
		s->bytes = (uint32_t)texts[i].n;
		s->codes = (uint32_t)utf8_count(texts[i].p, texts[i].n);
		memcpy(p + n, texts[i].p, texts[i].n);
		n += texts[i].n;
		p[n++] = '\n';
		codes += s->codes + 1;
	}
	t->all = (struct slice){ p, n - 1 };
}

bool
text_gather(struct text *t, struct record *r, const struct index *names,
    struct strings members)
{
	struct arena *arena = record_arena(r);
	struct slice texts[TEXT_SOURCES];

	*t = (struct text){ 0 };
	for (size_t i = 0; i < members.n && t->n < TEXT_SOURCES; i++) {
		struct json v = text_member(r, names, members.list[i]);
		struct slice s = json_text(v, arena);

		if (v.type != JSON_STRING || slice_trim(s).n == 0)
			continue;
		texts[t->n] = s;
		t->sources[t->n++].pointer = pointer_of(members.list[i], arena);
	}
	if (t->n > 0)
		join(t, texts, arena);
	return t->n > 0;
}

bool
text_is_alone(
    const struct record *r, const struct index *names, struct strings members)
{
	if (text_member(r, names, SLICE("text")).type != JSON_STRING)
		return false;
	for (size_t i = 0; i < members.n; i++)
		if (!slice_is(members.list[i], "text") &&
		    text_member(r, names, members.list[i]).type == JSON_STRING)
			return false;
	return true;
}
