#include "deid/policy.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"

struct whole {
	struct policy open; /* first: what callers see */
	struct arena *arena;
	struct index *fields;
	struct deid_rule others;
};

static const char *const class_names[DEID_CLASSES + 1] = { "keep", "drop",
	"null", "mask", "hmac", "shift", "year", "age", "generalise", "scan",
	NULL };

const char *deid_class_name(enum deid_class class)
{
	return class_names[class];
}

enum { FIELD, CLASS, ARG };

static const struct column columns[] = { { "field", "字段",
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "class", "类别", COLUMN_REQUIRED }, { "arg", "参数", 0 },
	{ "note", "备注", 0 }, { NULL, NULL, 0 } };

struct row {
	struct whole *w;
	const struct table *table;
	size_t number;
	struct table_faults *faults;
	struct err *e;
	const struct catalogue *catalogue;
};

#define fault(row, ...)  \
	table_row_fault( \
	    (row)->table, (row)->number, (row)->faults, (row)->e, __VA_ARGS__)

static struct slice
cell(const struct row *r, size_t column)
{
	return arena_slice(
	    r->w->arena, table_cell(r->table, r->number, column));
}

static bool
days(struct row *r, struct slice text, long *to)
{
	unsigned long long n;

	if (!slice_number(text, &n) || n == 0 || n > 36500)
		return fault(r, "a number of days from 1 to 36500 is wanted");
	*to = (long)n;
	return true;
}

static bool
switch_label(struct row *r, struct slice text)
{
	struct slice part;

	while (slice_next(&text, ' ', &part)) {
		size_t i = 0;

		if (part.n == 0)
			continue;
		while (i < LABELS && part.p[0] == '-' &&
		    !slice_is((struct slice){ part.p + 1, part.n - 1 },
			label_name((enum label)i)))
			i++;
		if (part.p[0] != '-' || i == LABELS)
			return fault(r,
			    "'%.*s' switches no label off "
			    "(-HOSPITAL)",
			    (int)part.n, part.p);
		r->w->open.labels[i] = false;
	}
	return true;
}

static bool
quasi(struct row *r, struct slice text)
{
	struct policy *p = &r->w->open;
	struct slice part;

	p->quasi = arena_alloc(r->w->arena, (text.n + 1) * sizeof(*p->quasi));
	while (slice_next(&text, ',', &part))
		p->quasi[p->nquasi++] = slice_trim(part);
	return true;
}

static bool
setting(struct row *r, struct slice field)
{
	struct policy *p = &r->w->open;
	struct slice value = cell(r, CLASS);

	if (slice_is(field, "@name"))
		p->name = value;
	else if (slice_is(field, "@patient"))
		p->patient = value;
	else if (slice_is(field, "@shift"))
		return days(r, value, &p->shift);
	else if (slice_is(field, "@shift-step"))
		return days(r, value, &p->shift_step);
	else if (slice_is(field, "@labels"))
		return switch_label(r, value);
	else if (slice_is(field, "@quasi"))
		return quasi(r, value);
	else if (slice_is(field, "@extract") &&
	    (slice_is(value, "rescan") || slice_is(value, "drop")))
		p->rescan = slice_is(value, "rescan");
	else if (slice_is(field, "@src") &&
	    (slice_is(value, "hmac") || slice_is(value, "drop")))
		p->drop_source = slice_is(value, "drop");
	else
		return fault(r,
		    "'%.*s' with '%.*s' sets nothing "
		    "(see mdx-deid(5))",
		    (int)field.n, field.p, (int)value.n, value.p);
	return true;
}

/* "3*4": three characters in front and four behind are left. */
static bool
mask_arg(struct row *r, struct slice arg, struct deid_rule *rule)
{
	const char *star = memchr(arg.p, '*', arg.n);
	unsigned long long head, tail;

	if (star == NULL || !slice_number(slice_span(arg.p, star), &head) ||
	    !slice_number(slice_span(star + 1, arg.p + arg.n), &tail) ||
	    head > 100 || tail > 100)
		return fault(r, "a mask says what is left: 3*4");
	rule->head = (unsigned)head;
	rule->tail = (unsigned)tail;
	return true;
}

static bool
generalise_arg(struct row *r, struct slice arg, struct deid_rule *rule)
{
	static const char *const ways[] = { "region:", "range:", "prefix:" };
	unsigned long long n;

	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(ways[i]);

		if (!slice_starts(arg, ways[i]))
			continue;
		if (!slice_number(
			(struct slice){ arg.p + len, arg.n - len }, &n) ||
		    n == 0 || n > 1000000)
			break;
		rule->by = (enum generalise)i;
		rule->size = (unsigned)n;
		return true;
	}
	return fault(r, "generalise needs region:N, range:N or prefix:N");
}

/* A field of the catalogue that identifies is never kept by name. */
static bool
may_keep(struct row *r, const struct deid_rule *rule)
{
	const struct indicator *d;
	struct slice id = rule->field;

	if (rule->class != DEID_KEEP || r->catalogue == NULL)
		return true;
	if (slice_starts(id, "indicators."))
		id = (struct slice){ id.p + 11, id.n - 11 };
	d = catalogue_find(r->catalogue, id);
	if (d != NULL && d->identifying)
		return fault(r,
		    "'%.*s' identifies a person and may not be kept", (int)id.n,
		    id.p);
	return true;
}

/* A pseudonym in the domain of the shift would tell the shift. */
static bool
may_be_domain(struct row *r, const struct deid_rule *rule)
{
	static const char *const own[] = { "shift", "id", "src", "raw" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (rule->class == DEID_HMAC && slice_is(rule->domain, own[i]))
			return fault(r,
			    "'%s' is a domain of the tool's own (name another "
			    "in arg)",
			    own[i]);
	return true;
}

static bool
read_rule(struct row *r, struct slice field)
{
	struct slice class = cell(r, CLASS), arg = cell(r, ARG);
	struct deid_rule rule = { .field = field };
	const char *near;
	bool fresh;
	size_t i = 0;

	while (i < DEID_CLASSES && !slice_is(class, class_names[i]))
		i++;
	if (i == DEID_CLASSES) {
		near = slice_suggest(class, class_names);
		return fault(r, "unknown class '%.*s'%s%s%s", (int)class.n,
		    class.p, near == NULL ? "" : " (did you mean '",
		    near == NULL ? "" : near, near == NULL ? "" : "'?)");
	}
	rule.class = (enum deid_class)i;
	if (slice_is(field, "*")) {
		if (rule.class != DEID_DROP)
			return fault(r, "'*' may be drop, nothing else");
		r->w->open.others_drop = true;
		r->w->others = rule;
		return true;
	}
	if (slice_is(field, "_mdx"))
		return fault(r, "_mdx is treated by its own rules");
	rule.domain = arg.n > 0 ? arg : field;
	if (rule.class == DEID_MASK && !mask_arg(r, arg, &rule))
		return false;
	if (rule.class == DEID_GENERALISE && !generalise_arg(r, arg, &rule))
		return false;
	if (!may_keep(r, &rule) || !may_be_domain(r, &rule))
		return false;
	i = index_add(r->w->fields, field, &fresh);
	if (!fresh)
		return fault(r, "'%.*s' stands twice", (int)field.n, field.p);
	r->w->open.rules[i] = rule;
	r->w->open.nrules++;
	return true;
}

static bool
check_whole(const struct policy *p, const char *path,
    struct table_faults *faults, struct err *e)
{
	bool shifts = false;

	for (size_t i = 0; i < p->nrules; i++)
		shifts = shifts || p->rules[i].class == DEID_SHIFT;
	if (p->name.n == 0)
		return table_fault(faults, path, 0, e, "no @name");
	if (p->shift_step > p->shift)
		return table_fault(
		    faults, path, 0, e, "@shift-step is more than @shift");
	if (shifts && (p->shift == 0 || p->patient.n == 0))
		return table_fault(faults, path, 0, e,
		    "a date is shifted: say @shift and @patient");
	if (p->patient.n == 0 && p->shift > 0)
		return table_fault(
		    faults, path, 0, e, "@shift without @patient");
	return true;
}

static struct policy *
from_table(const char *path, struct table *t, const struct catalogue *c,
    struct table_faults *faults, struct err *e)
{
	struct whole *w;
	bool ok = true;

	if (t == NULL)
		return NULL;
	w = mem_zalloc(sizeof(*w));
	w->arena = arena_new();
	w->fields = index_new();
	w->open.shift_step = 1;
	for (size_t i = 0; i < LABELS; i++)
		w->open.labels[i] = true;
	w->open.rules = arena_zalloc(
	    w->arena, (table_rows(t) + 1) * sizeof(*w->open.rules));
	for (size_t i = 0; i < table_rows(t); i++) {
		struct row r = { w, t, i, faults, e, c };
		struct slice field = cell(&r, FIELD);

		if (!(field.p[0] == '@' ? setting(&r, field)
					: read_rule(&r, field)))
			ok = false;
	}
	if (w->open.shift == 0)
		w->open.shift_step = 0;
	ok = ok && check_whole(&w->open, path, faults, e);
	table_free(t);
	if (ok)
		return &w->open;
	policy_free(&w->open);
	return NULL;
}

struct policy *
policy_load(const char *path, const struct catalogue *c,
    struct table_faults *faults, struct err *e)
{
	return from_table(
	    path, table_load(path, columns, 0, faults, e), c, faults, e);
}

struct policy *
policy_parse(const char *path, struct slice text, const struct catalogue *c,
    struct table_faults *faults, struct err *e)
{
	return from_table(
	    path, table_parse(path, text, columns, 0, faults, e), c, faults, e);
}

void
policy_free(struct policy *p)
{
	struct whole *w = (struct whole *)p;

	if (p == NULL)
		return;
	index_free(w->fields);
	arena_free(w->arena);
	mem_free(w);
}

const struct deid_rule *
policy_own_rule(const struct policy *p, struct slice field)
{
	long i = index_find(((const struct whole *)p)->fields, field);

	return i < 0 ? NULL : &p->rules[i];
}

const struct deid_rule *
policy_rule(const struct policy *p, struct slice field)
{
	const struct deid_rule *rule = policy_own_rule(p, field);

	if (rule == NULL && p->others_drop)
		return &((const struct whole *)p)->others;
	return rule;
}
