#include "extract/extract.h"

#include "base/decimal.h"
#include "base/mem.h"
#include "extract/choose.h"
#include "extract/corrections.h"
#include "extract/explain.h"
#include "extract/flat.h"
#include "extract/keep.h"
#include "extract/key.h"
#include "extract/merge.h"
#include "extract/rival.h"
#include "extract/sheet.h"
#include "extract/text.h"
#include "extract/unmet.h"
#include "json/write.h"

/* An L1 indicator and the member of a record that it is taken from. */
struct taken {
	const struct indicator *d;
	size_t member;
};

struct worker {
	const struct extract *x;
	struct deriver *deriver;
	struct taken *taken;
	size_t ntaken;
	struct filter **where; /* one a document type, made when first asked */
	size_t member;         /* number of `indicators` */
	bool began;            /* a table was written */
	uint64_t matched, not_matched, no_text, courses;
	uint64_t corrected, unapplied;
	uint64_t fields[STATUS_COUNT];
	struct extract_met met;
};

static bool
is_member(struct slice source)
{
	return source.n > 0 && !series_is(source);
}

static void
all_names(struct extract *x)
{
	const struct catalogue *c = guide_catalogue(x->guide);

	x->names = record_names();
	index_add(x->names, SLICE("indicators"), NULL);
	index_add(x->names, SLICE("gathered"), NULL);
	index_add(x->names, SLICE("id"), NULL);
	key_names(x->names, text_usual);
	key_names(x->names, x->text);
	for (size_t i = 0; i < guide_count(x->guide); i++)
		key_names(x->names, guide_at(x->guide, i)->text);
	key_names(x->names, x->on);
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct indicator *d = catalogue_at(c, i);

		if (d->level == 1)
			index_add(x->names,
			    is_member(d->source) ? text_top(d->source) : d->id,
			    NULL);
	}
}

static bool
is_wanted(const struct extract *x, const struct indicator *d)
{
	return x->wanted == NULL || x->wanted[d->number];
}

static void
list_taken(struct worker *w)
{
	const struct extract *x = w->x;
	const struct catalogue *c = guide_catalogue(x->guide);

	w->taken = mem_alloc((catalogue_count(c) + 1) * sizeof(*w->taken));
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct indicator *d = catalogue_at(c, i);

		if (d->level == 1 && !d->identifying && is_member(d->source) &&
		    is_wanted(x, d))
			w->taken[w->ntaken++] = (struct taken){ d,
				(size_t)index_find(
				    x->names, text_top(d->source)) };
	}
}

static void *
open_worker(void *shared, struct err *e)
{
	const struct extract *x = shared;
	struct worker *w = mem_zalloc(sizeof(*w));

	(void)e;
	w->x = x;
	w->deriver = deriver_new(x->derive);
	list_taken(w);
	w->where = mem_zalloc((guide_count(x->guide) + 1) * sizeof(*w->where));
	w->member = (size_t)index_find(x->names, SLICE("indicators"));
	unmet_init(&w->met, x);
	return w;
}

static void
close_worker(void *shared, void *worker)
{
	struct extract *x = shared;
	struct worker *w = worker;

	x->matched += w->matched;
	x->not_matched += w->not_matched;
	x->no_text += w->no_text;
	x->courses += w->courses;
	x->corrected += w->corrected;
	x->unapplied += w->unapplied;
	for (size_t i = 0; i < STATUS_COUNT; i++)
		x->fields[i] += w->fields[i];
	for (size_t i = 0; i < guide_count(x->guide); i++)
		filter_free(w->where[i]);
	unmet_add(&x->met, x, &w->met);
	unmet_release(&w->met);
	mem_free(w->where);
	mem_free(w->taken);
	deriver_free(w->deriver);
	mem_free(w);
}

/* --- which document ------------------------------------------------------ */

static struct strings
members_of(const struct extract *x, const struct doctype *t)
{
	return x->text.n > 0 ? x->text : t->text.n > 0 ? t->text : text_usual;
}

static bool
where_holds(
    struct worker *w, size_t i, struct record *r, bool *holds, struct err *e)
{
	const struct document_settings *how = guide_at(w->x->guide, i)->how;
	struct err why = { 0 };

	*holds = true;
	if (how->where.n == 0)
		return true;
	if (w->where[i] == NULL) {
		char *text = mem_string(how->where.p, how->where.n);

		w->where[i] = filter_new(text, NULL, e);
		mem_free(text);
		if (w->where[i] == NULL)
			return err_wrap(e, "document '%.*s': where",
			    (int)how->id.n, how->id.p);
	}
	/* test() on a member that is missing is an error of jq: no match. */
	if (!filter_test(w->where[i], record_line(r), holds, &why))
		*holds = false;
	return true;
}

static bool
matches(
    struct worker *w, size_t i, struct record *r, bool *holds, struct err *e)
{
	const struct document_settings *how = guide_at(w->x->guide, i)->how;
	struct slice kind;

	*holds = true;
	if (how == NULL)
		return true;
	kind = record_kind(r);
	*holds = how->kinds.n == 0;
	for (size_t k = 0; k < how->kinds.n && !*holds; k++)
		*holds = slice_eq(how->kinds.list[k], kind);
	return !*holds || where_holds(w, i, r, holds, e);
}

static bool
find_doctype(struct worker *w, struct record *r, const struct doctype **type,
    struct strings *members, struct err *e)
{
	const struct extract *x = w->x;
	static const struct slice text[] = { { "text", 4 } };
	size_t n = guide_count(x->guide);
	bool holds;

	*type = x->doc;
	if (n == 1 && *type == NULL &&
	    (x->plain ||
		text_is_alone(
		    r, x->names, members_of(x, guide_at(x->guide, 0)))))
		*type = guide_at(x->guide, 0);
	for (size_t i = 0; *type == NULL && i < n; i++) {
		if (!matches(w, i, r, &holds, e))
			return false;
		if (holds)
			*type = guide_at(x->guide, i);
	}
	if (*type == NULL)
		return true;
	*members = members_of(x, *type);
	if (x->text.n == 0 &&
	    (x->plain || text_is_alone(r, x->names, *members)))
		*members = (struct strings){ text, 1 };
	return true;
}

/* --- the levels ---------------------------------------------------------- */

/* Text that is a number becomes one where the row says number. */
static struct slice
as_typed(const struct indicator *d, struct json v, struct arena *arena)
{
	struct decimal number;
	struct err e;

	if (v.type == JSON_STRING &&
	    (d->type == TYPE_NUMBER || d->type == TYPE_INTEGER ||
		d->type == TYPE_PERCENT || d->type == TYPE_DURATION) &&
	    decimal_parse(slice_trim(json_text(v, arena)), arena, &number, &e))
		return decimal_text(&number, arena);
	return v.text;
}

static void
level1(
    struct worker *w, struct record *r, struct slice kind, struct answers *out)
{
	struct arena *arena = record_arena(r);

	for (size_t i = 0; i < w->ntaken; i++) {
		const struct indicator *d = w->taken[i].d;
		struct answer *a;
		struct json v;

		if (record_field(r, w->taken[i].member) == NULL ||
		    !indicator_of_kind(d, kind))
			continue;
		v = text_member(r, w->x->names, d->source);
		if (v.type == JSON_NONE)
			continue;
		a = answers_add(out, arena);
		a->d = d;
		a->key = d->id;
		a->engine = ENGINE_FIELD;
		if (v.type == JSON_NULL)
			continue;
		a->status = STATUS_OK;
		a->value = as_typed(d, v, arena);
		a->evidence = arena_zalloc(arena, sizeof(*a->evidence));
		a->evidence->src = d->source.p[0] == '/'
		    ? d->source
		    : slice_of(arena_printf(
			  arena, "/%.*s", (int)d->source.n, d->source.p));
	}
}

/* L1 of a course: from the records that it gathers. */
static void
level1_course(struct worker *w, struct record *r, struct answers *out)
{
	struct json gathered = text_member(r, w->x->names, SLICE("gathered"));

	if (gathered.type == JSON_OBJECT)
		series_plan_find(guide_series(w->x->guide), gathered,
		    w->x->wanted, out, record_arena(r));
}

/*
 * Objects that an earlier run found: where the text is not asked, those that
 * the record has are the ones that are spoken of.
 */
static void
known_groups(struct worker *w, struct record *r, struct answers *out)
{
	struct json old = record_value(r, record_field(r, w->member));
	struct strings names = guide_groups(w->x->guide);
	struct arena *arena = record_arena(r);

	if (out->groups == NULL) {
		out->ngroups = names.n;
		out->groups =
		    arena_zalloc(arena, (names.n + 1) * sizeof(*out->groups));
		for (size_t i = 0; i < names.n; i++)
			out->groups[i].name = names.list[i];
	}
	for (size_t i = 0; i < out->ngroups; i++) {
		struct group_answers *g = &out->groups[i];
		struct json array = old.type != JSON_OBJECT
		    ? (struct json){ { "", 0 }, JSON_NONE }
		    : json_get(old, arena_string(arena, g->name.p, g->name.n));

		if (!g->asked && array.type == JSON_ARRAY &&
		    json_length(array) > g->nobjects)
			g->nobjects = (unsigned)json_length(array);
	}
}

static void
drop_unwanted(
    const struct extract *x, const struct doctype *type, struct answers *out)
{
	size_t n = 0;

	if (x->wanted == NULL)
		return;
	for (size_t i = 0; i < out->n; i++)
		if (is_wanted(x, out->list[i].d))
			out->list[n++] = out->list[i];
	out->n = n;
	for (size_t g = 0; g < out->ngroups; g++)
		out->groups[g].asked = false;
	for (size_t i = 0; i < type->nfields; i++)
		if (type->fields[i].group >= 0 &&
		    is_wanted(x, type->fields[i].d))
			out->groups[type->fields[i].group].asked = true;
}

static void
level2(struct worker *w, struct record *r, struct strings members,
    struct extract_work *k)
{
	struct text *text = &k->text;

	if (!text_gather(text, r, w->x->names, members)) {
		static const struct slice pointer = { "/text", 5 };

		w->no_text++;
		text->sources[0] = (struct source){ .pointer = pointer };
		text->n = 1;
		text->all = SLICE("");
	}
	reading_make(&k->reading, k->type, text->all, record_arena(r));
	candidates_find(&k->found, &k->reading);
	choose(&k->answers, &k->reading, &k->found, text->sources, text->n);
	if (w->x->trace)
		rivals_add(&k->answers, &k->reading, &k->found, text->sources,
		    text->n);
	drop_unwanted(w->x, k->type, &k->answers);
}

static void
level4(struct worker *w, struct record *r, struct answers *out)
{
	const struct extract *x = w->x;
	const struct slice *key;

	if (x->join == NULL)
		return;
	key = key_of(r, x->names, x->on, &(struct err){ 0 });
	if (key == NULL)
		return;
	join_find(x->join, key, x->wanted, out, w->met.joined, record_arena(r));
}

static void
keep(struct worker *w, struct record *r, const struct json_member *member,
    struct answers *out)
{
	keep_hand(out, guide_catalogue(w->x->guide), record_value(r, member),
	    record_trail(r, "extract"), record_arena(r));
}

static void
in_order(struct answers *a)
{
	for (size_t i = 1; i < a->n; i++) {
		struct answer one = a->list[i];
		size_t k = i;

		for (; k > 0 &&
		     (a->list[k - 1].d->number > one.d->number ||
			 (a->list[k - 1].d == one.d &&
			     a->list[k - 1].object > one.object));
		     k--)
			a->list[k] = a->list[k - 1];
		a->list[k] = one;
	}
}

static void
count(struct worker *w, const struct answers *a)
{
	for (size_t i = 0; i < a->n; i++)
		w->fields[a->list[i].status]++;
}

static bool
tell(void *ctx, const struct filled_row *row, const struct err *why,
    struct err *e)
{
	struct worker *w = ctx;

	(void)e;
	if (why == NULL)
		w->met.rows[row - filled_at(w->x->filled, 0)] |= ROW_USED;
	else
		w->unapplied++;
	return true;
}

static bool
tell_nobody(void *ctx, const struct filled_row *row, const struct err *why,
    struct err *e)
{
	(void)ctx;
	(void)row;
	(void)why;
	(void)e;
	return true;
}

/* The first filled row of the record, or -1. */
static long
filled_of(const struct extract *x, struct record *r)
{
	struct slice key;

	if (x->filled == NULL ||
	    !corrections_key(r, x->names, x->on, &key, &(struct err){ 0 }))
		return -1;
	return filled_find(x->filled, key);
}

/* What a person says of the record, into what is merged. */
static bool
put_corrections(struct worker *w, struct record *r,
    const struct json_member *member, long first, corrections_tell *told,
    struct merged *m, struct changes *c, struct err *e)
{
	const struct extract *x = w->x;
	struct arena *arena = record_arena(r);
	struct json values =
	    m->values.n > 0 ? json_of(m->values) : record_value(r, member);
	struct json trail =
	    m->trail.n > 0 ? json_of(m->trail) : record_trail(r, "extract");

	if (!corrections_read(x->filled, first, guide_catalogue(x->guide),
		values, trail, arena, told, w, c, e))
		return false;
	if (c->n == 0)
		return true;
	m->values = hand_values(values, c->list, c->n, arena);
	m->trail = hand_entries(
	    trail, c->list, c->n, c->open == 0 ? c->by : SLICE(""), arena);
	return true;
}

/* Before anything is computed: it rests on what a person says. */
static bool
foresee_corrections(struct worker *w, struct record *r,
    const struct json_member *member, struct answers *out, struct err *e)
{
	const struct extract *x = w->x;
	long first = filled_of(x, r);
	struct merged m;
	struct changes c;

	if (first < 0)
		return true;
	m = merge(r, member, out, guide_catalogue(x->guide), x->trace);
	if (!put_corrections(w, r, member, first, tell_nobody, &m, &c, e))
		return false;
	if (c.n > 0)
		keep_hand(out, guide_catalogue(x->guide), json_of(m.values),
		    json_of(m.trail), record_arena(r));
	return true;
}

/* A person's word is the last. */
static bool
correct(struct worker *w, struct record *r, const struct json_member *member,
    struct merged *m, struct err *e)
{
	long first = filled_of(w->x, r);
	struct changes c;

	if (first < 0)
		return true;
	for (long i = first; i >= 0;
	     i = filled_at(w->x->filled, (size_t)i)->next)
		w->met.rows[i] |= ROW_MET;
	if (!put_corrections(w, r, member, first, tell, m, &c, e))
		return false;
	w->corrected += c.applied;
	return true;
}

bool
extract_begin(
    void *worker, struct record *r, struct extract_work *k, struct err *e)
{
	struct worker *w = worker;
	struct strings members = { 0 };

	memset(k, 0, sizeof(*k));
	/* A course is no document: its texts were read before. */
	if (slice_is(record_kind(r), "course")) {
		w->courses++;
		level1(w, r, record_kind(r), &k->answers);
		level1_course(w, r, &k->answers);
		return true;
	}
	if (!find_doctype(w, r, &k->type, &members, e))
		return false;
	level1(w, r, record_kind(r), &k->answers);
	if (k->type == NULL) {
		w->not_matched++;
	} else {
		w->matched++;
		level2(w, r, members, k);
	}
	return true;
}

enum verdict
extract_finish(void *worker, struct record *r, struct extract_work *k,
    struct job *job, struct err *e)
{
	struct worker *w = worker;
	const struct extract *x = w->x;
	const struct json_member *member = record_field(r, w->member);
	struct answers *out = &k->answers;
	struct merged merged;

	if (x->output == OUTPUT_EXPLAIN) {
		if (k->type != NULL)
			explain(x, &k->reading, &k->found, out, job);
		return RECORD_TAKEN;
	}
	known_groups(w, r, out);
	level4(w, r, out);
	keep(w, r, member, out); /* what is computed rests on it */
	if (!foresee_corrections(w, r, member, out, e) ||
	    !derive(w->deriver, r, record_value(r, member), record_kind(r),
		x->wanted, out, e))
		return RECORD_STOP;
	keep(w, r, member, out);
	in_order(out);
	count(w, out);
	if (x->output == OUTPUT_TABLE) {
		if (k->type != NULL)
			sheet(x, k->type, out, w->began, job, record_arena(r));
		w->began |= k->type != NULL;
		return RECORD_TAKEN;
	}
	if (x->output == OUTPUT_LONG) {
		flat_long(x, r, out, job);
		return RECORD_TAKEN;
	}
	merged = merge(r, member, out, guide_catalogue(x->guide), x->trace);
	if (!correct(w, r, member, &merged, e))
		return RECORD_STOP;
	if (x->output == OUTPUT_FLAT) {
		flat_row(x, r,
		    merged.values.n > 0 ? merged.values
					: record_value(r, member).text,
		    job);
		return RECORD_TAKEN;
	}
	merge_write(r, member, &merged);
	return RECORD_PASS;
}

static enum verdict
record(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct extract_work k;

	if (!extract_begin(worker, r, &k, e))
		return RECORD_STOP;
	return extract_finish(worker, r, &k, job, e);
}

struct stage
extract_stage(struct extract *x)
{
	all_names(x);
	unmet_init(&x->met, x);
	return (struct stage){ .names = x->names,
		.shared = x,
		.ordered =
		    x->output == OUTPUT_TABLE || x->output == OUTPUT_EXPLAIN,
		.open = open_worker,
		.record = record,
		.close = close_worker };
}

void
extract_release(struct extract *x)
{
	index_free(x->names);
	unmet_release(&x->met);
}

void
extract_report(const struct extract *x, struct buf *b)
{
	buf_addf(b, "{\"matched\":%llu,\"not_matched\":%llu,\"no_text\":%llu,",
	    (unsigned long long)x->matched, (unsigned long long)x->not_matched,
	    (unsigned long long)x->no_text);
	buf_addf(b, "\"courses\":%llu,", (unsigned long long)x->courses);
	unmet_report(x, b);
	buf_adds(b, "\"fields\":{");
	for (size_t i = 0; i < STATUS_COUNT; i++) {
		json_put_key(b, status_name((enum status)i));
		json_put_uint(b, x->fields[i]);
	}
	buf_adds(b, "}}");
}
