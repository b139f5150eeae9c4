#include "rules/summary.h"

#include "base/hash.h"
#include "base/mem.h"
#include "io/reader.h"
#include "json/value.h"
#include "rules/stream.h"

#define LARGEST ((size_t)1 << 30)
#define MOST    BINS_MOST

struct reading {
	const char *name;
	struct summary *to;
	uint64_t lines, line, rules; /* as the first line says */
	size_t rules_room;
};

static bool
bad(const struct reading *r, const char *what, struct err *e)
{
	return err_set(e, ERR_USAGE, "%s:%llu: %s", r->name,
	    (unsigned long long)r->line, what);
}

static uint64_t
number_of(const struct value *n)
{
	unsigned long long out = 0;

	if (n != NULL && n->type == JSON_NUMBER)
		slice_number(n->text, &out);
	return out > MOST ? 0 : out;
}

static uint64_t
get_number(const struct value *v, const char *name)
{
	return number_of(value_get(v, name));
}

static struct slice
get_text(const struct value *v, const char *name)
{
	return value_text(v, name, "");
}

static bool
get_flag(const struct value *v, const char *name)
{
	const struct value *f = value_get(v, name);

	return f != NULL && f->type == JSON_TRUE;
}

static struct slice *
get_texts(struct summary *s, const struct value *v, size_t *n)
{
	struct slice *list;

	*n = v != NULL && v->type == JSON_ARRAY ? v->count : 0;
	list = arena_alloc(s->arena, (*n + 1) * sizeof(*list));
	for (size_t i = 0; i < *n; i++)
		list[i] = v->items[i].text;
	return list;
}

/* An array of exactly n numbers, or NULL. */
static uint64_t *
get_list(struct summary *s, const struct value *v, size_t n)
{
	uint64_t *list;

	if (v == NULL || v->type != JSON_ARRAY || v->count != n)
		return NULL;
	list = arena_zalloc(s->arena, (n + 1) * sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		unsigned long long out = 0;

		slice_number(v->items[i].text, &out);
		list[i] = out > MOST ? 0 : out;
	}
	return list;
}

/* Minutes east. */
static int
get_zone(const struct value *v)
{
	const struct value *zone = value_get(v, "zone");
	struct slice text = zone == NULL ? SLICE("") : zone->text;
	bool west = slice_starts(text, "-");
	unsigned long long n;

	if (west)
		text = (struct slice){ text.p + 1, text.n - 1 };
	if (!slice_number(text, &n) || n >= 24 * 60)
		return 0;
	return west ? -(int)n : (int)n;
}

static bool
read_run(struct reading *r, const struct value *v, struct err *e)
{
	struct summary *s = r->to;
	const struct value *by = value_get(v, "by");
	const struct value *shards = value_get(v, "shards");

	if (!slice_is(get_text(v, "format"), "mdx-qc-summary/1"))
		return bad(r, "this is no mdx-qc-summary/1", e);
	s->logic = get_text(v, "logic");
	s->now = get_text(v, "now");
	s->zone = s->now.n > 0 ? get_zone(v) : 0;
	s->complete = get_flag(v, "complete");
	s->records = get_number(v, "records");
	s->set_aside = get_number(v, "set_aside");
	s->failing = get_number(v, "failing");
	s->lost = get_number(v, "lost_millipoints");
	s->sample_room = get_number(v, "samples");
	s->max_groups = value_get(v, "max_groups") == NULL
	    ? MOST
	    : get_number(v, "max_groups");
	s->folded = get_flag(v, "folded");
	r->lines = get_number(v, "lines");
	r->rules = get_number(v, "rules");
	if (s->lost > s->records * 100000 || s->failing > s->records)
		return bad(r,
		    "more points lost, or records failing, than "
		    "there are",
		    e);
	if (by == NULL || by->type != JSON_ARRAY || shards == NULL ||
	    shards->type != JSON_ARRAY || s->sample_room > 100000)
		return bad(r, "the first line lacks by, shards or samples", e);
	s->by = get_texts(s, by, &s->nby);
	s->kinds = get_texts(s, value_get(v, "kinds"), &s->nkinds);
	s->nshards = shards->count;
	s->shards = mem_zalloc((s->nshards + 1) * sizeof(*s->shards));
	for (size_t i = 0; i < s->nshards; i++)
		s->shards[i] =
		    (struct shard){ get_text(&shards->items[i], "id"),
			    get_number(&shards->items[i], "records"),
			    get_text(&shards->items[i], "state") };
	return true;
}

/* 16 hexadecimal digits; 0 where it is anything else. */
static uint64_t
get_set(const struct value *v)
{
	static const char digits[] = "0123456789abcdef";
	struct slice text = get_text(v, "set");
	uint64_t set = 0;

	for (size_t i = 0; text.n == 16 && i < 16; i++) {
		const char *digit = memchr(digits, text.p[i], 16);

		if (digit == NULL)
			return 0;
		set = set << 4 | (uint64_t)(digit - digits);
	}
	return set;
}

static struct metric *
measure_of(struct summary *s, struct count_line *l)
{
	if (l->metric == NULL)
		l->metric = arena_zalloc(s->arena, sizeof(*l->metric));
	return l->metric;
}

static bool
read_newest(struct summary *s, struct slice text, struct count_line *l)
{
	struct date d;

	if (!date_parse(text, &d, NULL) || d.precision < DATE_DAY)
		return false;
	metric_date(measure_of(s, l), date_seconds(&d, s->zone),
	    d.precision == DATE_DAY);
	return true;
}

/* What a rule over the stream has measured. */
static bool
read_measure(struct summary *s, const struct value *v, struct slice check,
    struct count_line *l)
{
	const struct value *sum = value_get(v, "sum");
	struct slice sketch = get_text(v, "sketch");
	struct slice newest = get_text(v, "newest");
	struct distinct d;

	if (!bins_parse(
		v, "bins", slice_is(check, "quantile"), s->arena, &l->bins))
		return false;
	if (sum != NULL) {
		measure_of(s, l)->values = get_number(v, "values");
		if (sum->type != JSON_NUMBER ||
		    !total_parse(sum->text, &l->metric->sum))
			return false;
	}
	if (sketch.n > 0) {
		if (!distinct_parse(sketch, s->arena, &d))
			return false;
		measure_of(s, l)->distinct = arena_dup(s->arena, &d, sizeof(d));
	}
	return newest.n == 0 || read_newest(s, newest, l);
}

static void
read_counts(struct summary *s, const struct value *v, struct count_line *l)
{
	const struct value *samples = value_get(v, "samples");

	l->n = get_number(v, "n");
	l->applicable = get_number(v, "applicable");
	l->fail = get_number(v, "fail");
	l->error = get_number(v, "error");
	if (samples == NULL || samples->type != JSON_ARRAY ||
	    samples->count > s->sample_room)
		return;
	/* They stand in the order of their digests. */
	l->samples =
	    arena_alloc(s->arena, (s->sample_room + 1) * sizeof(struct slice));
	for (size_t i = 0; i < samples->count; i++)
		l->samples[l->nsamples++] = samples->items[i].text;
}

static bool
read_group(struct reading *r, const struct value *v, struct err *e)
{
	struct summary *s = r->to;
	const struct value *by = value_get(v, "by");
	struct group_line g = { .records = get_number(v, "records"),
		.failing = get_number(v, "failing"),
		.lost = get_number(v, "lost_millipoints"),
		.kinds = get_list(s, value_get(v, "kinds"), s->nkinds),
		.applicable =
		    get_list(s, value_get(v, "applicable"), r->rules) };

	if (by == NULL || g.kinds == NULL || g.applicable == NULL)
		return bad(r, "a group whose lists are of another length", e);
	if (g.lost > g.records * 100000 || g.failing > g.records)
		return bad(r,
		    "more points lost, or records failing, than "
		    "there are",
		    e);
	g.by = by->source;
	s->groups = mem_room(
	    s->groups, s->ngroups, &s->groups_room, sizeof(*s->groups));
	s->groups[s->ngroups++] = g;
	return true;
}

/* Of a table rows are counted that were joined, or values of a reference. */
static bool
adds_up(const struct count_line *l, bool as_table)
{
	return as_table ||
	    (l->fail + l->error <= l->applicable && l->applicable <= l->n);
}

static bool
read_table(struct reading *r, const struct value *v, struct rule_lines *l,
    struct err *e)
{
	struct slice na = get_text(v, "na");
	const struct value *columns = value_get(v, "columns");

	l->as_table = na.n > 0;
	if (!l->as_table)
		return true;
	l->per_value = slice_is(get_text(v, "per"), "value");
	l->stream = get_flag(v, "stream");
	l->unread = get_flag(v, "unread");
	l->lacks = get_flag(v, "lacks");
	if (!rule_na_named(na, &l->na) || columns == NULL ||
	    columns->type != JSON_OBJECT)
		return bad(r, "a rule of a table lacks na or columns", e);
	l->columns = arena_zalloc(
	    r->to->arena, (columns->count + 1) * sizeof(*l->columns));
	for (size_t i = 0; i < columns->count; i++) {
		const struct value *both = &columns->items[i];

		if (both->type != JSON_ARRAY || both->count != 2)
			return bad(r, "a column has two numbers", e);
		l->columns[l->ncolumns++] =
		    (struct column_line){ .name = columns->keys[i],
			    .there = number_of(&both->items[0]),
			    .filled = number_of(&both->items[1]) };
	}
	return true;
}

static bool
read_rule_in_group(
    struct reading *r, const struct value *v, struct slice by, struct err *e)
{
	struct summary *s = r->to;
	struct rule_lines *l = s->nrules == 0 ? NULL : &s->rules[s->nrules - 1];

	if (l == NULL || !slice_eq(l->rule, get_text(v, "rule")))
		return bad(r, "a group without the line of its rule", e);
	l->groups =
	    mem_room(l->groups, l->ngroups, &l->room, sizeof(*l->groups));
	l->groups[l->ngroups] = (struct count_line){ .by = by };
	read_counts(s, v, &l->groups[l->ngroups]);
	if (!read_measure(s, v, l->check, &l->groups[l->ngroups]))
		return bad(r, "a sum, bin, sketch or date that is none", e);
	return adds_up(&l->groups[l->ngroups++], l->as_table) ||
	    bad(r, "more failures than records", e);
}

static bool
read_rule(struct reading *r, const struct value *v, struct err *e)
{
	struct summary *s = r->to;
	const struct value *by = value_get(v, "by");
	struct rule_lines *l;

	if (by != NULL)
		return read_rule_in_group(r, v, by->source, e);
	s->rules =
	    mem_room(s->rules, s->nrules, &r->rules_room, sizeof(*s->rules));
	l = &s->rules[s->nrules++];
	*l = (struct rule_lines){ .rule = get_text(v, "rule"),
		.kind = get_text(v, "kind"),
		.field = get_text(v, "field"),
		.title = get_text(v, "title"),
		.check = get_text(v, "check"),
		.arg = get_text(v, "arg"),
		.max_fail = get_text(v, "max_fail"),
		.level = get_text(v, "level"),
		.dimension = get_text(v, "dimension"),
		.owner = get_text(v, "owner"),
		.rationale = get_text(v, "rationale"),
		.message = get_text(v, "message"),
		.message_en = get_text(v, "message_en"),
		.points = (unsigned)get_number(v, "millipoints"),
		.conditional = get_flag(v, "conditional"),
		.open = get_flag(v, "open") };
	read_counts(s, v, &l->total);
	l->total.set = get_set(v);
	if (!read_measure(s, v, l->check, &l->total))
		return bad(r, "a sum, bin, sketch or date that is none", e);
	if (!severity_named(get_text(v, "severity"), &l->severity))
		return bad(r, "a rule without a severity", e);
	if (!read_table(r, v, l, e))
		return false;
	return adds_up(&l->total, l->as_table) ||
	    bad(r, "more failures than records", e);
}

static bool
read_field(struct reading *r, const struct value *v, struct err *e)
{
	static const char *const names[] = { NULL, "absent", "null", "empty",
		"placeholder" };
	struct summary *s = r->to;
	const struct value *by = value_get(v, "by");
	struct field_line *l;
	uint64_t missing = 0;
	bool ok;

	if (by == NULL)
		return bad(r, "a field without by", e);
	s->fields = mem_room(
	    s->fields, s->nfields, &s->fields_room, sizeof(*s->fields));
	l = &s->fields[s->nfields++];
	*l = (struct field_line){ .kind = get_text(v, "kind"),
		.field = get_text(v, "field"),
		.title = get_text(v, "title"),
		.by = by->source,
		.n = get_number(v, "n") };
	for (unsigned i = 1; i < PRESENCE_COUNT; i++) {
		l->counts[i] = get_number(v, names[i]);
		missing += l->counts[i];
	}
	if (missing > l->n)
		return bad(r, "more values missing than there are records", e);
	l->counts[VALUE_THERE] = l->n - missing;
	l->shape = shape_parse(v, s->arena, &ok);
	return ok || bad(r, "a histogram or sketch that is none", e);
}

static bool
read_line(struct reading *r, struct slice line, struct err *e)
{
	struct err why = { 0 };
	struct value *v = value_parse(r->to->arena, line.p, line.n, &why);
	struct slice t;

	if (v == NULL)
		return bad(r, why.text, e);
	t = get_text(v, "t");
	if (r->line == 1)
		return slice_is(t, "run") ? read_run(r, v, e)
					  : bad(r, "this is no summary", e);
	if (slice_is(t, "rule"))
		return read_rule(r, v, e);
	if (slice_is(t, "group"))
		return read_group(r, v, e);
	if (slice_is(t, "field"))
		return read_field(r, v, e);
	return bad(r, "a line that is neither group, rule nor field", e);
}

struct summary *
summary_parse(const char *name, struct slice text, struct err *e)
{
	struct reading r = { .name = name, .to = summary_new() };
	struct slice rest = text, line;
	bool whole = text.n > 0 && text.p[text.n - 1] == '\n';

	while (slice_next(&rest, '\n', &line)) {
		r.line++;
		if (rest.n == 0 && !whole)
			break; /* cut within its last line */
		if (!read_line(&r, line, e)) {
			summary_free(r.to);
			return NULL;
		}
	}
	if (!whole || r.line != r.lines) {
		err_set(e, ERR_INPUT, "%s: the summary is cut off", name);
		summary_free(r.to);
		return NULL;
	}
	if (r.rules != r.to->nrules) {
		err_set(e, ERR_USAGE, "%s: has %zu rules, not %llu", name,
		    r.to->nrules, (unsigned long long)r.rules);
		summary_free(r.to);
		return NULL;
	}
	summary_sort(r.to);
	stream_judge(r.to);
	return r.to;
}

struct summary *
summary_load(const char *path, struct err *e)
{
	struct buf b = { 0 };
	struct summary *s = NULL;

	if (reader_slurp(path, LARGEST, &b, e))
		s = summary_parse(path, buf_slice(&b), e);
	buf_release(&b);
	return s;
}
