/*
 * The stage of mdx-extract: what a worker keeps, the levels of a record in
 * their order, and the outputs.
 */
#include "extract/extract.h"

#include "base/mem.h"
#include "extract/explain.h"
#include "extract/flat.h"
#include "extract/key.h"
#include "extract/merge.h"
#include "extract/sheet.h"
#include "extract/stage_part.h"
#include "extract/text.h"
#include "extract/unmet.h"
#include "json/write.h"

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

static void
list_taken(struct worker *w)
{
	const struct extract *x = w->x;
	const struct catalogue *c = guide_catalogue(x->guide);

	w->taken = mem_alloc((catalogue_count(c) + 1) * sizeof(*w->taken));
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct indicator *d = catalogue_at(c, i);

		if (d->level == 1 && !d->identifying && is_member(d->source) &&
		    stage_is_wanted(x, d))
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
		stage_level1(w, r, record_kind(r), &k->answers);
		stage_course(w, r, &k->answers);
		return true;
	}
	if (!stage_document(w, r, &k->type, &members, e))
		return false;
	stage_level1(w, r, record_kind(r), &k->answers);
	if (k->type == NULL) {
		w->not_matched++;
	} else {
		w->matched++;
		stage_level2(w, r, members, k);
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
	stage_known_groups(w, r, out);
	stage_level4(w, r, out);
	stage_keep(w, r, member, out); /* what is computed rests on it */
	if (!stage_foresee(w, r, member, out, e) ||
	    !derive(w->deriver, r, record_value(r, member), record_kind(r),
		x->wanted, out, e))
		return RECORD_STOP;
	stage_keep(w, r, member, out);
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
	if (!stage_correct(w, r, member, &merged, e))
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
