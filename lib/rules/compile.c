/*
 * From the cell `arg` of a rule to what its check compares with.
 */
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/reader.h"
#include "rules/cond_tree.h"
#include "rules/keyword.h"
#include "rules/limits.h"
#include "rules/plan.h"
#include "rules/rule_sheet.h"
#include "rules/stream.h"
#include "rules/uses.h"

#define LARGEST    ((size_t)16 << 20) /* of a table beside a rule file */
#define MOST_READY 16                 /* jq rules; each takes a megabyte */

static struct filter *
new_filter(const struct test *t, struct err *e)
{
	char *text = mem_string(t->rule->arg.p, t->rule->arg.n);
	struct filter *f = filter_new(text, NULL, e);

	mem_free(text);
	return f;
}

struct filter *
plan_filter(const struct test *t, struct err *e)
{
	struct filter *f =
	    t->ready == NULL ? NULL : atomic_exchange(t->ready, NULL);

	return f != NULL ? f : new_filter(t, e);
}

static bool
resolve(void *ctx, struct slice name, size_t *number, struct err *e)
{
	return plan_field(ctx, name, number, e);
}

static bool
resolve_reference(void *ctx, struct slice name, size_t *number, struct err *e)
{
	return plan_reference(ctx, name, number, e);
}

static bool
read_lines(struct plan *p, const struct rule *r, struct slice name,
    struct index *set, struct err *e)
{
	const char *path = rule_beside(r, name, p->arena);
	struct buf b = { 0 }, own = { 0 };
	struct slice rest = { NULL, 0 }, line;
	unsigned long number = 0;
	bool ok = reader_slurp(path, LARGEST, &b, e);

	if (ok) {
		rest = buf_slice(&b);
		ok = table_text(path, &rest, &own, NULL, e);
	}
	while (ok && slice_next(&rest, '\n', &line)) {
		const char *damage;

		line = slice_trim(line);
		damage = table_damage(line, 0);
		number++;
		if (damage != NULL)
			ok = err_set(e, ERR_USAGE, "%s:%lu: '%.*s' %s", path,
			    number, (int)line.n, line.p, damage);
		else if (line.n > 0 && line.p[0] != '#')
			index_add(set, line, NULL);
	}
	buf_release(&b);
	buf_release(&own);
	if (!ok)
		e->kind = ERR_USAGE;
	return ok;
}

static bool
compile_set(struct plan *p, struct test *t, struct err *e)
{
	struct index *set = index_new();
	struct slice rest = t->rule->arg, part;
	bool ok = true;

	t->set = set;
	if (rest.n > 1 && rest.p[0] == '@')
		ok = read_lines(p, t->rule, rest, set, e);
	else
		while (rule_next_member(&rest, &part))
			index_add(set, part, NULL);
	if (ok && index_count(set) == 0)
		ok = err_set(e, ERR_USAGE, "the value set is empty");
	/* A placeholder that the value set allows is a value. */
	for (size_t i = 0; ok && i < index_count(set); i++)
		p->fields[t->field].allowed |=
		    field_placeholder(index_name(set, i));
	return ok;
}

/* "@dx_sex.csv sex": a table of pairs, and the member that it restricts. */
static bool
compile_map(struct plan *p, struct test *t, struct err *e)
{
	struct slice rest = t->rule->arg, file, other;
	size_t *member = arena_alloc(p->arena, sizeof(*member));

	if (!slice_next(&rest, ' ', &file) || file.n < 2 || file.p[0] != '@' ||
	    (other = slice_trim(rest)).n == 0)
		return err_set(e, ERR_USAGE,
		    "map takes a table and a member: @dx_sex.csv sex");
	if (!plan_field(p, other, member, e))
		return false;
	t->members = member;
	t->nmembers = 1;
	t->pairs = pairs_load(
	    rule_beside(t->rule, file, p->arena), p->rules->faults, e);
	return t->pairs != NULL;
}

static bool
compile_type(struct test *t, struct err *e)
{
	static const char *const names[] = { "integer", "number", "string",
		"boolean", "object", "array", "date", "datetime",
		"partial-date", "dims", "scalar", "whole", NULL };
	const char *near;

	for (unsigned i = 0; names[i] != NULL; i++)
		if (slice_is(t->rule->arg, names[i])) {
			t->type = (enum type_name)i;
			return true;
		}
	near = slice_suggest(t->rule->arg, names);
	return err_set(e, ERR_USAGE, "unknown type '%.*s'%s%s%s",
	    (int)t->rule->arg.n, t->rule->arg.p,
	    near == NULL ? "" : " (did you mean '", near == NULL ? "" : near,
	    near == NULL ? "" : "'?)");
}

static bool
compile_places(struct test *t, struct err *e)
{
	unsigned long long n;

	if (!slice_number(t->rule->arg, &n) || n > 1000)
		return err_set(e, ERR_USAGE, "'%.*s' is no number of digits",
		    (int)t->rule->arg.n, t->rule->arg.p);
	t->places = (size_t)n;
	return true;
}

static bool
compile_members(
    struct plan *p, struct test *t, struct slice list, struct err *e)
{
	struct slice rest = list, part;
	size_t *to = arena_alloc(p->arena, (rest.n + 1) * sizeof(*to));

	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '|' ||
		    (i + 2 < rest.n && memcmp(rest.p + i, "、", 3) == 0))
			return err_set(
			    e, ERR_USAGE, "members are parted by commas");
	t->members = to;
	while (slice_next(&rest, ',', &part)) {
		if (!plan_field(p, slice_trim(part), &to[t->nmembers], e))
			return false;
		t->nmembers++;
	}
	return true;
}

/* Members of an element: paths that do not start in the record. */
static bool
resolve_inside(void *ctx, struct slice name, size_t *number, struct err *e)
{
	struct plan *p = ctx;
	struct field f;

	if (plan_is_lookup(name))
		return err_set(
		    e, ERR_USAGE, "elements are not looked up in a reference");
	if (!field_parse(name, false, NULL, p->arena, &f, e))
		return false;
	f.plain = p->plain;
	*number = p->nfields;
	index_add(p->paths,
	    slice_of(arena_printf(p->arena, "e%zu", p->nfields)), NULL);
	p->fields = mem_room(
	    p->fields, p->nfields, &p->fields_room, sizeof(*p->fields));
	p->fields[p->nfields++] = f;
	return true;
}

/* "[1,1] where main = 1" */
static bool
compile_count(struct test *t, struct resolver *with, struct err *e)
{
	struct slice arg = t->rule->arg, interval = arg;
	const char *where = slice_find(arg, SLICE(" where "));

	if (where != NULL)
		interval = slice_span(arg.p, where);
	if (!interval_parse(interval, with, &t->interval, e))
		return false;
	if (where == NULL)
		return true;
	with->field = resolve_inside;
	with->reference = NULL;
	t->where = cond_parse(slice_span(where + 7, arg.p + arg.n), with, e);
	return t->where != NULL;
}

/* The items of a table are a value set of what selects them: NA is sodium. */
static void
allow_items(void *ctx, const struct cond *c)
{
	struct plan *p = ctx;

	for (size_t i = 0; c->kind == COND_SET && i < c->n; i++)
		p->fields[c->field].allowed |= field_placeholder(c->texts[i]);
}

/* Sex and age, where a row of the limits asks for them. */
static bool
compile_limits(struct plan *p, struct test *t, struct err *e)
{
	size_t *to = arena_alloc(p->arena, 2 * sizeof(*to));

	uses_tests(t->when, allow_items, p);
	to[0] = to[1] = NO_FIELD;
	t->members = to;
	t->nmembers = 2;
	return (!limits_use_sex(t->rule->limits) ||
		   plan_field(p, SLICE("sex"), &to[0], e)) &&
	    (!limits_use_age(t->rule->limits) ||
		plan_field(p, SLICE("age"), &to[1], e));
}

/*
 * Each worker makes its own, once a record is there for it.  The first few that
 * are made to see that they compile wait for the worker that comes first: that
 * takes libjq as long as it takes to judge some ten thousand records.
 */
static bool
compile_filter(struct plan *p, struct test *t, struct err *e)
{
	struct filter *f = new_filter(t, e);

	if (f != NULL && p->nfilters < MOST_READY) {
		t->ready = arena_alloc(p->arena, sizeof(*t->ready));
		atomic_init(t->ready, f);
	} else {
		filter_free(f);
	}
	t->filter = p->nfilters++;
	return f != NULL;
}

static bool
compile_unique(struct test *t, struct err *e)
{
	struct slice arg = t->rule->arg;

	t->all = slice_is(arg, "all");
	return t->all || arg.n == 0 || slice_is(arg, "later") ||
	    err_set(e, ERR_USAGE, "unique takes 'later' or 'all'");
}

/* "start,end by patient_id", of values also "... apart period_id" */
static bool
compile_overlap(struct plan *p, struct test *t, struct err *e)
{
	struct slice arg = t->rule->arg;
	const char *apart =
	    t->rule->per_value ? slice_find(arg, SLICE(" apart ")) : NULL;
	const char *by = slice_find(arg, SLICE(" by "));
	struct slice both = slice_span(arg.p, by == NULL ? arg.p : by);
	struct slice rest = both, part;
	size_t n = 0;

	if (apart != NULL) {
		if (!plan_field(p,
			slice_trim(slice_span(apart + 7, arg.p + arg.n)),
			&t->apart, e))
			return false;
		arg = slice_span(arg.p, apart);
	}
	while (slice_next(&rest, ',', &part))
		n++;
	if (by == NULL || by >= arg.p + arg.n || n != 2)
		return err_set(e, ERR_USAGE,
		    "overlap takes two members and what they are of: "
		    "start,end by patient_id");
	return compile_members(p, t,
	    slice_of(arena_printf(p->arena, "%.*s,%.*s", (int)both.n, both.p,
		(int)(arg.n - both.n - 4), by + 4)),
	    e);
}

/* Nothing, or "by visit_id". */
static bool
compile_sequence(struct plan *p, struct test *t, struct err *e)
{
	struct slice arg = t->rule->arg;

	if (arg.n == 0)
		return true;
	if (!slice_starts(arg, "by "))
		return err_set(e, ERR_USAGE,
		    "sequence takes what the numbers are of: by visit_id");
	return compile_members(p, t, (struct slice){ arg.p + 3, arg.n - 3 }, e);
}

static bool
compile_window(struct plan *p, struct test *t, struct err *e)
{
	struct window *w = arena_alloc(p->arena, sizeof(*w));

	t->window = w;
	return window_parse(t->rule->check, t->rule->arg, p->arena, w, e);
}

/* Nothing, or the index from which on a distribution has moved. */
static bool
compile_drift(struct plan *p, const struct test *t, struct err *e)
{
	struct decimal limit;
	struct err why = { 0 };

	return t->rule->arg.n == 0 ||
	    (decimal_parse(t->rule->arg, p->arena, &limit, &why) &&
		decimal_sign(&limit) > 0) ||
	    err_set(e, ERR_USAGE,
		"drift takes the index that is too much, such as 0.25");
}

/* What is missing is not measured. */
static bool
compile_stream(
    struct plan *p, struct test *t, struct resolver *with, struct err *e)
{
	enum check c = t->rule->check;
	struct stream_arg arg;

	if (t->rule->missing_fails)
		return err_set(e, ERR_USAGE,
		    "check '%s' counts values that are there: leave missing "
		    "empty",
		    check_name(c));
	if (check_is(c, CHECK_MEASURE))
		t->gauge = p->ngauges++;
	return c == CHECK_DRIFT ? compile_drift(p, t, e)
				: stream_parse(c, t->rule->arg, with, &arg, e);
}

static bool
compile_schema(struct plan *p, struct test *t, struct err *e)
{
	t->schema = keyword_load(p->rules, t->rule, p->arena, e);
	t->run = p->nschemas++;
	return t->schema != NULL;
}

static bool
compile_arg(
    struct plan *p, struct test *t, struct resolver *with, struct err *e)
{
	struct slice arg = t->rule->arg;

	switch (t->rule->check) {
	case CHECK_TYPE:
		return compile_type(t, e);
	case CHECK_LENGTH:
	case CHECK_RANGE:
		return interval_parse(arg, with, &t->interval, e);
	case CHECK_ROW_COUNT:
	case CHECK_RATE:
	case CHECK_DISTINCT:
	case CHECK_MEAN:
	case CHECK_QUANTILE:
	case CHECK_FRESH:
	case CHECK_DRIFT:
		return compile_stream(p, t, with, e);
	case CHECK_DATE:
		return arg.n == 0 || interval_parse(arg, with, &t->interval, e);
	case CHECK_DIGITS:
	case CHECK_PRECISION:
		return compile_places(t, e);
	case CHECK_REGEX:
		t->pattern = pattern_compile(arg, 0, e);
		return t->pattern != NULL;
	case CHECK_ENUM:
	case CHECK_UNIT:
		return compile_set(p, t, e);
	case CHECK_COMPARE:
		t->comparison = comparison_parse(arg, with, e);
		return t->comparison != NULL;
	case CHECK_ALL_OF:
	case CHECK_ANY_OF:
	case CHECK_ONE_OF:
	case CHECK_TOGETHER:
		return compile_members(p, t, arg, e);
	case CHECK_IDCARD:
		return compile_members(p, t, SLICE("sex,birth_date,birth"), e);
	case CHECK_COUNT:
		return compile_count(t, with, e);
	case CHECK_MAP:
		return compile_map(p, t, e);
	case CHECK_REFERENCE:
		return compile_limits(p, t, e);
	case CHECK_JQ:
		return compile_filter(p, t, e);
	case CHECK_UNIQUE:
		return compile_unique(t, e);
	case CHECK_OVERLAP:
		return compile_overlap(p, t, e);
	case CHECK_SEQUENCE:
		return compile_sequence(p, t, e);
	case CHECK_FOREIGN_KEY:
	case CHECK_COVERS:
		return plan_reference(p, arg, &t->reference, e);
	case CHECK_SCHEMA:
		return compile_schema(p, t, e);
	case CHECK_KEYWORD:
		return true;
	case CHECK_NEVER:
		t->never = cond_parse(arg, with, e);
		return t->never != NULL;
	case CHECK_STEP:
	case CHECK_STUCK:
	case CHECK_GAP:
	case CHECK_HOLD:
	case CHECK_WINDOW:
		return compile_window(p, t, e);
	default:
		return arg.n == 0 ||
		    err_set(e, ERR_USAGE, "check '%s' takes no argument",
			check_name(t->rule->check));
	}
}

bool
plan_compile(struct plan *p, struct test *t, struct err *e)
{
	const struct rule *r = t->rule;
	struct resolver with = { .field = resolve,
		.reference = resolve_reference,
		.ctx = p,
		.arena = p->arena,
		.patterns = &p->patterns };
	bool ok = true;

	t->field = t->gauge = t->apart = NO_FIELD;
	p->plain = r->as_table;
	if (rule_is_open(r))
		t->open = p->nopen++;
	if (p->nopen > UINT16_MAX)
		return err_set(
		    e, ERR_USAGE, "more than 65,535 rules compare records");
	if (r->field.n > 0 && r->check != CHECK_KEYWORD)
		ok = plan_field(p, r->field, &t->field, e);
	if (ok && r->when.n > 0) {
		t->when = cond_parse(r->when, &with, e);
		ok = t->when != NULL || err_wrap(e, "when");
	}
	ok = ok && compile_arg(p, t, &with, e) && plan_table(p, t, e);
	p->plain = false;
	p->uses_now = p->uses_now || with.uses_now;
	return ok;
}
