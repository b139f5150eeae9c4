#include "rules/rule_sheet.h"

#include "rules/expr.h"

#define LONGEST_NUMBER 7 /* digits of a code that may stand alone in a set */

bool
rule_next_member(struct slice *rest, struct slice *member)
{
	while (slice_next(rest, '|', member)) {
		*member = slice_trim(*member);
		if (member->n > 0)
			return true;
	}
	return false;
}

/* Every `from` becomes the one sign `to`. */
static struct slice
replace(struct slice s, const char *from, char to, struct arena *a)
{
	size_t n = strlen(from);
	char *text = arena_alloc(a, s.n + 1);
	struct slice out = { text, 0 };

	for (size_t i = 0; i < s.n; out.n++)
		if (s.n - i >= n && memcmp(s.p + i, from, n) == 0) {
			text[out.n] = to;
			i += n;
		} else {
			text[out.n] = s.p[i++];
		}
	return out;
}

/*
 * An expression of another language, a member of a value set and the name of a
 * file may hold full-width signs that are meant.
 */
static struct slice
fold_arg(enum check c, struct slice arg, struct arena *a)
{
	size_t n = strlen("＠");

	if (slice_starts(arg, "＠"))
		arg = slice_of(
		    arena_printf(a, "@%.*s", (int)(arg.n - n), arg.p + n));
	if ((arg.n > 0 && arg.p[0] == '@') || c == CHECK_REGEX || c == CHECK_JQ)
		return arg;
	if (c == CHECK_ENUM || c == CHECK_UNIT)
		return replace(arg, "｜", '|', a);
	return expr_fold(arg, a);
}

void
rule_fold_row(struct ruleset *s, struct rule_row *row)
{
	static const unsigned char words[] = { RULE_ID, RULE_ON, RULE_KIND,
		RULE_FIELD, RULE_CHECK, RULE_MISSING, RULE_SEVERITY,
		RULE_MAX_FAIL, RULE_POINTS, RULE_LEVEL, RULE_SCENE, RULE_SINCE,
		RULE_UNTIL };
	struct slice *c = row->cells;
	enum check check;

	for (size_t i = 0; i < sizeof(words); i++)
		c[words[i]] = slice_trim(expr_fold(c[words[i]], s->arena));
	if (check_named(c[RULE_CHECK], &check))
		c[RULE_ARG] = fold_arg(check, c[RULE_ARG], s->arena);
}

/* --- damage ---------------------------------------------------------------- */

static bool
refuse(struct ruleset *s, const struct rule_row *row, unsigned column,
    const char *what, struct err *e)
{
	struct slice cell = row->cells[column];

	return table_fault(s->faults, row->path, row->line, e,
	    "column '%s': '%.*s' %s", rule_columns[column].name, (int)cell.n,
	    cell.p, what);
}

/*
 * `8523,8524` in a cell of numbers becomes 85238524, or 85,238,524: a set of
 * one long number is more likely that than meant.
 */
static bool
is_run_together(struct slice set)
{
	size_t digits = 0, commas = 0;

	for (size_t i = 0; i < set.n; i++)
		if (set.p[i] >= '0' && set.p[i] <= '9')
			digits++;
		else if (set.p[i] == ',')
			commas++;
		else
			return false;
	return digits > 0 && (commas > 0 || digits > LONGEST_NUMBER);
}

bool
rule_check_row(struct ruleset *s, const struct rule_row *row, struct err *e)
{
	static const unsigned char codes[] = { RULE_KIND, RULE_FIELD, RULE_ARG,
		RULE_WHEN };
	const struct slice *c = row->cells;
	bool ok = true;
	enum check check;

	for (size_t i = 0; i < sizeof(codes); i++) {
		const char *damage = table_damage(c[codes[i]], 0);

		if (damage != NULL)
			ok = refuse(s, row, codes[i], damage, e);
	}
	if (ok && check_named(c[RULE_CHECK], &check) &&
	    (check == CHECK_ENUM || check == CHECK_UNIT) &&
	    is_run_together(c[RULE_ARG]))
		ok = refuse(s, row, RULE_ARG,
		    "is probably several codes that a spreadsheet took for one "
		    "number: part them by bars, 8523|8524 (one long code alone "
		    "stands in a file, @set.txt)",
		    e);
	return ok;
}
