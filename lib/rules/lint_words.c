#include "rules/cond_tree.h"
#include "rules/limits.h"
#include "rules/lint_parts.h"
#include "rules/rule_sheet.h"
#include "rules/uses.h"

struct check_of {
	struct linter *linter;
	const struct rule *rule;
};

static const char *
suggest(const struct index *names, struct slice word, struct arena *a)
{
	size_t n = index_count(names);
	const char **list = arena_alloc(a, (n + 1) * sizeof(*list));
	const char *near;

	for (size_t i = 0; i < n; i++) {
		struct slice s = index_name(names, i);

		list[i] = arena_string(a, s.p, s.n);
	}
	list[n] = NULL;
	near = slice_suggest(word, list);
	return near == NULL ? ""
			    : arena_printf(a, " (did you mean '%s'?)", near);
}

static void
lint_kinds(struct linter *l, const struct rule *r)
{
	const struct index *kinds = l->names->kinds;

	/* The name of a table is no kind of ours. */
	if (r->as_table)
		return;
	for (size_t i = 0; kinds != NULL && i < r->nkinds; i++)
		if (index_find(kinds, r->kinds[i]) < 0 &&
		    (l->names->seen == NULL ||
			index_find(l->names->seen, r->kinds[i]) < 0))
			lint_fault(l, r, "unknown kind '%.*s'%s",
			    (int)r->kinds[i].n, r->kinds[i].p,
			    suggest(kinds, r->kinds[i], l->arena));
}

/* --- fields --------------------------------------------------------------------- */

/*
 * Ids, and where they stand: the member of L1 may be called otherwise.  A FHIR
 * resource that is not mapped passes with its own members; this one tells it.
 */
static void
know_fields(struct linter *l)
{
	const struct catalogue *c = l->plan->rules->catalogue;

	index_add(l->known, SLICE("_mdx"), NULL);
	index_add(l->known, SLICE("indicators"), NULL);
	index_add(l->known, SLICE("resourceType"), NULL);
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct indicator *d = catalogue_at(c, i);
		struct slice path;

		index_add(l->known, d->id, NULL);
		if (!generate_place(d, &path))
			index_add(l->known, field_root(path), NULL);
	}
}

/* What normalize writes beside a member that is known. */
static bool
is_known(const struct linter *l, struct slice name)
{
	static const char *const tails[] = { "_codes", "_code", "_unit" };

	if (index_find(l->known, name) >= 0 || slice_is(name, "unit"))
		return true;
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		size_t n = strlen(tails[i]);
		struct slice stem = { name.p, name.n - n };

		if (name.n > n && memcmp(name.p + stem.n, tails[i], n) == 0)
			return index_find(l->known, stem) >= 0;
	}
	return false;
}

/*
 * Fields that records were seen to hold: a path is one of them, or leads to
 * some.  An indicator is known by its place under `indicators`.
 */
static void
lint_seen(struct linter *l, const struct rule *r, const struct field *f)
{
	const struct index *seen = l->names->fields;
	struct slice path = f->path, near = path;
	const char *dot = memchr(path.p, '.', path.n);

	if (f->in_indicators) {
		near = slice_of(arena_printf(
		    l->arena, "indicators.%.*s", (int)path.n, path.p));
		path = slice_of(arena_printf(
		    l->arena, "indicators[\"%.*s\"]", (int)path.n, path.p));
		if (dot != NULL && index_find(seen, path) < 0)
			path = slice_of(arena_printf(l->arena,
			    "indicators.%.*s[]%.*s", (int)(dot - f->path.p),
			    f->path.p,
			    (int)(f->path.n - (size_t)(dot - f->path.p)), dot));
	}
	if (slice_starts(path, "[\"") && path.n > 4)
		near = (struct slice){ path.p + 2, path.n - 4 };
	if (slice_starts(path, "_mdx") || path.p[0] == '/' ||
	    index_find(seen, path) >= 0 || index_find(seen, near) >= 0)
		return;
	for (size_t i = 0; i < index_count(seen); i++) {
		struct slice name = index_name(seen, i);

		if (name.n > path.n && memcmp(name.p, path.p, path.n) == 0 &&
		    (name.p[path.n] == '.' || name.p[path.n] == '['))
			return;
	}
	lint_warn(l, r, "field '%.*s' is not in the profile%s", (int)f->path.n,
	    f->path.p, suggest(seen, f->path, l->arena));
}

/* Whether records of one of its kinds were seen at all. */
static bool
was_seen(const struct linter *l, const struct rule *r)
{
	for (size_t i = 0; i < index_count(l->names->seen); i++)
		if (rule_of_kind(r, index_name(l->names->seen, i)))
			return true;
	return false;
}

static void
lint_field(struct linter *l, const struct rule *r, size_t field)
{
	const struct field *f = &l->plan->fields[field];
	struct slice root = f->path;

	if (l->names->fields != NULL && r->of == NULL && f->lookup == 0) {
		if (was_seen(l, r))
			lint_seen(l, r, f);
		return;
	}
	if (l->plan->rules->catalogue == NULL || r->of != NULL ||
	    f->in_indicators)
		return;
	if (f->lookup > 0) { /* its key is of the record */
		lint_field(l, r, l->plan->lookups[f->lookup - 1].key);
		return;
	}
	if (index_count(l->known) == 0)
		know_fields(l);
	if (root.p[0] == '/') {
		struct slice rest = { root.p + 1, root.n - 1 };

		slice_next(&rest, '/', &root);
	}
	root = field_root(root);
	if (!is_known(l, root))
		lint_warn(l, r, "field '%.*s' is not in the catalogue%s",
		    (int)root.n, root.p, suggest(l->known, root, l->arena));
}

static void
lint_used_field(void *ctx, size_t field)
{
	struct check_of *c = ctx;

	lint_field(c->linter, c->rule, field);
}

/* --- units ---------------------------------------------------------------------- */

static void
lint_unit(struct linter *l, const struct rule *r, struct slice unit)
{
	const struct units *known = l->names->units;
	struct slice code;

	if (known != NULL && r->of == NULL &&
	    !units_valid(known, unit, l->arena) &&
	    !units_code(known, unit, SLICE(""), l->arena, &code))
		lint_fault(l, r, "unknown unit '%.*s'", (int)unit.n, unit.p);
}

static void
lint_limits_unit(void *ctx, struct slice unit)
{
	struct check_of *c = ctx;

	lint_unit(c->linter, c->rule, unit);
}

static void
lint_limits(struct check_of *c)
{
	struct slice age = limits_gap(c->rule->limits);

	limits_units(c->rule->limits, lint_limits_unit, c);
	if (age.n > 0)
		lint_warn(c->linter, c->rule,
		    "no row of its table is for age %.*s (age_high itself is "
		    "outside)",
		    (int)age.n, age.p);
}

static bool
holds_unit(struct slice path)
{
	return slice_is(path, "unit") ||
	    (path.n > 5 && memcmp(path.p + path.n - 5, "_unit", 5) == 0);
}

/* `test = NA`, where NA is sodium: nobody sees that it never holds. */
static void
lint_constant(struct check_of *c, const struct field *f, struct slice text)
{
	if ((field_placeholder(text) & ~f->allowed) != 0)
		lint_warn(c->linter, c->rule,
		    "'%.*s' is a placeholder and counts as missing, unless a "
		    "value set of '%.*s' has it",
		    (int)text.n, text.p, (int)f->path.n, f->path.p);
	if (holds_unit(f->path))
		lint_unit(c->linter, c->rule, text);
}

static void
lint_test(void *ctx, const struct cond *test)
{
	struct check_of *c = ctx;
	const struct cond *in = test->kind == COND_NOT ? test->left : test;

	if (in->kind == COND_COMPARE)
		uses_cond_fields(in, lint_used_field, c);
	else
		lint_field(c->linter, c->rule, in->field);
	for (size_t i = 0; in->kind == COND_SET && i < in->n; i++)
		lint_constant(
		    c, &c->linter->plan->fields[in->field], in->texts[i]);
}

void
lint_words(struct linter *l, const struct test *t)
{
	const struct rule *r = t->rule;
	struct check_of of = { l, r };
	struct slice rest = r->arg, unit;

	lint_kinds(l, r);
	if (t->field != NO_FIELD)
		lint_field(l, r, t->field);
	uses_tests(t->when, lint_test, &of);
	/* Sex, age and birth are looked for where they may be. */
	if (r->check != CHECK_IDCARD && r->check != CHECK_REFERENCE)
		uses_fields(t, lint_used_field, &of);
	if (r->limits != NULL)
		lint_limits(&of);
	while (r->check == CHECK_UNIT && rule_next_member(&rest, &unit))
		lint_unit(l, r, unit);
}
