#include "sources/alias.h"

#include <fnmatch.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "sources/initials.h"

struct aliases {
	struct index *names;
	const char **patterns;
	size_t npatterns, room;
};

/* Without a bracket at the end, unless nothing stands before it. */
static size_t
without_bracket(const char *p, size_t n)
{
	size_t i = n;

	if (n == 0 || p[n - 1] != ')')
		return n;
	while (i > 0 && p[i - 1] != '(')
		i--;
	return i > 1 ? i - 1 : n;
}

struct slice
alias_fold(struct arena *a, struct slice s)
{
	char *to = arena_alloc(a, s.n * 3 + 1);
	size_t n = 0;

	for (const char *p = s.p, *end = s.p + s.n; p < end;) {
		uint32_t c = utf8_narrow(utf8_next(&p, end));

		if (c == ' ' || c == '\t' || c == 0xFEFF)
			continue;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		n += utf8_put(to + n, c);
	}
	n = without_bracket(to, n);
	to[n] = '\0';
	return (struct slice){ to, n };
}

/* A name in ASCII has no initials of its own, one character says too little. */
static void
add_initials(struct aliases *s, struct arena *a,
    const struct initials *initials, struct slice name)
{
	char *to = arena_alloc(a, name.n + 1);
	size_t n = initials_of(initials, name, to);

	if (n > 1 && n < name.n)
		index_add(s->names, (struct slice){ to, n }, NULL);
}

struct aliases *
aliases_new(struct arena *a, const struct initials *initials, struct slice cell)
{
	struct aliases *s = arena_zalloc(a, sizeof(*s));
	struct slice name;

	s->names = index_new();
	while (slice_next(&cell, '|', &name)) {
		name = alias_fold(a, name);
		if (memchr(name.p, '*', name.n) == NULL) {
			index_add(s->names, name, NULL);
			add_initials(s, a, initials, name);
			continue;
		}
		s->patterns = mem_room(
		    s->patterns, s->npatterns, &s->room, sizeof(*s->patterns));
		s->patterns[s->npatterns++] = name.p;
	}
	return s;
}

void
aliases_free(struct aliases *s)
{
	index_free(s->names);
	mem_free(s->patterns);
}

/* 执行护士ID and 执行护士姓名 are the nurse too: what is left of it, or nothing. */
static struct slice
without_ending(struct slice name)
{
	static const char *const endings[] = { "_id", "_name", "_code", "id",
		"姓名", "名称", "代码", "编码", "编号" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t n = strlen(endings[i]);

		if (name.n > n + 1 &&
		    memcmp(name.p + name.n - n, endings[i], n) == 0)
			return (struct slice){ name.p, name.n - n };
	}
	return (struct slice){ name.p, 0 };
}

static bool
meets(const struct aliases *s, struct slice name)
{
	struct slice stem = without_ending(name);

	if (index_find(s->names, name) >= 0 ||
	    (stem.n > 0 && index_find(s->names, stem) >= 0))
		return true;
	for (size_t i = 0; i < s->npatterns; i++)
		if (fnmatch(s->patterns[i], name.p, 0) == 0)
			return true;
	return false;
}

bool
aliases_meet(const struct aliases *s, const struct slice *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (meets(s, names[i]))
			return true;
	return false;
}
