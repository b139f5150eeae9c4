#include "rules/lint.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "rules/lint_parts.h"
#include "rules/sample.h"

static void
say(struct linter *l, const struct rule *r, const char *before, const char *fmt,
    va_list args)
{
	struct err e = { 0 };
	char text[400];
	bool fresh;

	vsnprintf(text, sizeof(text), fmt, args);
	index_add(l->said,
	    slice_of(arena_printf(l->arena, "%s:%llu:%s", r->path,
		(unsigned long long)r->line, text)),
	    &fresh);
	if (!fresh)
		return;
	if (*before == '\0')
		l->count.faults++;
	else
		l->count.warnings++;
	table_fault(l->to, r->path, r->line, &e, "%srule '%.*s': %s", before,
	    (int)r->id.n, r->id.p, text);
}

void
lint_fault(struct linter *l, const struct rule *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(l, r, "", fmt, args);
	va_end(args);
}

void
lint_warn(struct linter *l, const struct rule *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(l, r, "warning: ", fmt, args);
	va_end(args);
}

/* --- patterns ----------------------------------------------------------------- */

static bool
matches_anything(const struct pattern *p)
{
	static const char *const texts[] = { "\x01~检查 0", "a", "0", "-1.50",
		"中", "Zz zZ", "2024-01-01", "!\"#$%&'()" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!pattern_matches(p, slice_of(texts[i])))
			return false;
	return true;
}

static bool
matches_nothing(const struct pattern *p, struct slice text)
{
	struct buf b = { 0 };
	unsigned tried = 0;
	bool found = false;

	for (unsigned v = 0; !found && v < SAMPLE_VARIANTS; v++)
		if (sample_of(text, v, &b)) {
			found = pattern_matches(p, buf_slice(&b));
			tried++;
		}
	buf_release(&b);
	return tried > 0 && !found;
}

/* A look-ahead that forbids words matches nearly everything, and should. */
static void
lint_pattern(struct linter *l, const struct test *t)
{
	struct slice arg = t->rule->arg;

	if (t->pattern == NULL || slice_find(arg, SLICE("(?")) != NULL)
		return;
	if (matches_anything(t->pattern))
		lint_fault(l, t->rule, "the pattern matches everything");
	if (matches_nothing(t->pattern, arg))
		lint_fault(l, t->rule, "the pattern matches nothing");
}

/* --- the same twice ------------------------------------------------------------- */

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

static void
lint_twice(struct linter *l)
{
	const struct ruleset *s = l->plan->rules;
	struct index *seen = index_new();
	const struct rule **first =
	    arena_alloc(l->arena, (s->n + 1) * sizeof(*first));

	for (size_t i = 0; i < s->n; i++) {
		bool fresh;
		size_t at;

		/* Whoever listed the checks of a table wants each of them. */
		if (s->rules[i]->as_table)
			continue;
		at = index_add(seen, meaning(s->rules[i], l->arena), &fresh);

		if (fresh)
			first[at] = s->rules[i];
		else
			lint_fault(l, s->rules[i],
			    "says the same as rule '%.*s'",
			    (int)first[at]->id.n, first[at]->id.p);
	}
	index_free(seen);
}

/* --- one rule ---------------------------------------------------------------------- */

/* Rules that are over are not among those that apply. */
static void
lint_dates(struct linter *l)
{
	const struct ruleset *s = l->plan->rules;

	for (size_t i = 0; i < index_count(s->ids); i++) {
		const struct rule *r = s->all[i];
		struct err e = { 0 };
		struct date until;

		if (r->on && r->until.n > 0 &&
		    date_parse(r->until, &until, &e) &&
		    expr_date_cmp(&until, &l->plan->now, l->plan->zone) < 0)
			lint_warn(l, r, "is over since %.*s (column until)",
			    (int)r->until.n, r->until.p);
	}
}

static void
lint_one(struct linter *l, const struct test *t)
{
	const struct rule *r = t->rule;

	lint_words(l, t);
	lint_pattern(l, t);
	if (r->check == CHECK_JQ && r->when.n == 0)
		lint_warn(l, r,
		    "jq sees every record of its kinds: give it a condition "
		    "(column when)");
	if (r->owner.n == 0)
		lint_warn(l, r, "nobody keeps it (column owner)");
}

/* --- schemas ----------------------------------------------------------------------- */

struct of_schema {
	struct linter *linter;
	const char *path;
};

static void
say_schema(void *ctx, bool fault, uint64_t line, struct slice pointer,
    const char *what)
{
	struct of_schema *of = ctx;
	struct linter *l = of->linter;
	struct err e = { 0 };
	bool fresh;

	index_add(l->said,
	    slice_of(arena_printf(l->arena, "%s:%llu:%.*s:%s", of->path,
		(unsigned long long)line, (int)pointer.n, pointer.p, what)),
	    &fresh);
	if (!fresh)
		return;
	l->count.faults += fault;
	l->count.warnings += !fault;
	table_fault(l->to, of->path, line, &e, "%s%.*s: %s",
	    fault ? "" : "warning: ", (int)pointer.n, pointer.p, what);
}

/* Those of rows, and that of --schema, each once. */
static void
lint_schemas(struct linter *l)
{
	const struct plan *p = l->plan;
	struct of_schema of = { .linter = l };

	if (p->first_keyword != NO_FIELD) {
		of.path = p->tests[p->first_keyword].rule->path;
		schema_lint(p->rules->schema, say_schema, &of);
	}
	for (size_t i = 0; i < p->rules->n; i++) {
		const struct test *t = &p->tests[i];
		struct slice rest = t->rule->arg, file;

		if (t->schema == NULL || !slice_next(&rest, ' ', &file))
			continue;
		of.path = rule_beside(t->rule, file, l->arena);
		schema_lint(t->schema, say_schema, &of);
	}
}

struct lint_count
lint_rules(const struct plan *p, const struct lint_names *names,
    struct table_faults *to)
{
	struct linter l = { .plan = p,
		.names = names,
		.arena = arena_new(),
		.known = index_new(),
		.said = index_new(),
		.to = to };

	for (size_t i = 0; i < p->rules->n; i++)
		lint_one(&l, &p->tests[i]);
	lint_twice(&l);
	lint_logic(&l);
	lint_dates(&l);
	lint_schemas(&l);
	index_free(l.known);
	index_free(l.said);
	arena_free(l.arena);
	return l.count;
}
