#include "rules/lint.h"

#include "base/buf.h"

static const char *
suggest(const struct index *names, struct slice word, struct arena *a)
{
	size_t n = index_count(names);
	const char **list = arena_alloc(a, (n + 1) * sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		struct slice s = index_name(names, i);

		list[i] = arena_string(a, s.p, s.n);
	}
	list[n] = NULL;
	return slice_suggest(word, list);
}

static size_t
fault(const struct rule *r, struct table_faults *to, const char *text)
{
	struct err e = { 0 };

	table_fault(to, r->path, r->line, &e, "rule '%.*s': %s", (int)r->id.n,
	    r->id.p, text);
	return 1;
}

static size_t
lint_kinds(const struct rule *r, const struct index *kinds, struct arena *a,
    struct table_faults *to)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nkinds; i++) {
		const char *near;

		if (index_find(kinds, r->kinds[i]) >= 0)
			continue;
		near = suggest(kinds, r->kinds[i], a);
		n += fault(r, to,
		    near == NULL
			? arena_printf(a, "unknown kind '%.*s'",
			      (int)r->kinds[i].n, r->kinds[i].p)
			: arena_printf(a,
			      "unknown kind '%.*s' (did you mean '%s'?)",
			      (int)r->kinds[i].n, r->kinds[i].p, near));
	}
	return n;
}

/* A rule file of a pack speaks of the catalogue's fields. */
static size_t
lint_field(const struct ruleset *s, const struct rule *r, struct arena *a,
    struct table_faults *to)
{
	struct slice root = field_root(r->field), path;
	const struct indicator *d;
	bool inside;

	if (s->catalogue == NULL || r->field.n == 0 || r->of != NULL ||
	    slice_is(root, "_mdx") || slice_is(root, "indicators") ||
	    r->field.p[0] == '/')
		return 0;
	ruleset_place(s, root, &path, &inside, &d);
	if (d != NULL || r->in_indicators)
		return 0;
	return fault(r, to,
	    arena_printf(a, "field '%.*s' is not in the catalogue", (int)root.n,
		root.p));
}

/* A look-ahead that forbids words matches nearly everything, and should. */
static size_t
lint_pattern(const struct test *t, struct table_faults *to)
{
	struct slice arg = t->rule->arg;

	if (t->pattern == NULL || slice_find(arg, SLICE("(?")) != NULL ||
	    !pattern_matches(t->pattern, SLICE("")) ||
	    !pattern_matches(t->pattern, SLICE("\x01~检查 0")))
		return 0;
	return fault(t->rule, to, "the pattern matches everything");
}

/* What two rules must share to say the same. */
static struct slice
meaning(const struct rule *r, struct arena *a)
{
	struct buf b = { 0 };
	struct slice text;

	for (size_t i = 0; i < r->nkinds; i++) {
		buf_add_slice(&b, r->kinds[i]);
		buf_addc(&b, '|');
	}
	buf_addf(&b, "\n%.*s\n%s\n%.*s\n%.*s", (int)r->field.n, r->field.p,
	    check_name(r->check), (int)r->arg.n, r->arg.p, (int)r->when.n,
	    r->when.p);
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}

static size_t
lint_twice(const struct ruleset *s, struct arena *a, struct table_faults *to)
{
	struct index *seen = index_new();
	const struct rule **first = arena_alloc(a, (s->n + 1) * sizeof(*first));
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		bool fresh;
		size_t at = index_add(seen, meaning(s->rules[i], a), &fresh);

		if (fresh) {
			first[at] = s->rules[i];
			continue;
		}
		n += fault(s->rules[i], to,
		    arena_printf(a, "says the same as rule '%.*s'",
			(int)first[at]->id.n, first[at]->id.p));
	}
	index_free(seen);
	return n;
}

size_t
lint_rules(
    const struct plan *p, const struct index *kinds, struct table_faults *to)
{
	struct arena *a = arena_new();
	size_t n = 0;

	for (size_t i = 0; i < p->rules->n; i++) {
		const struct rule *r = p->rules->rules[i];

		if (kinds != NULL)
			n += lint_kinds(r, kinds, a, to);
		n += lint_field(p->rules, r, a, to);
		n += lint_pattern(&p->tests[i], to);
		if (r->owner.n == 0)
			n += fault(r, to, "nobody keeps it (column owner)");
	}
	n += lint_twice(p->rules, a, to);
	arena_free(a);
	return n;
}
