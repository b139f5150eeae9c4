#include "mapping/work.h"

#include "base/mem.h"
#include "deid/crosswalk.h"
#include "deid/scrub.h"
#include "json/write.h"

struct worker {
	struct work *work;
	struct normalize *normalize;
	struct deid_worker *deid;
	struct buf line, out;
};

static void *
open_worker(void *shared, struct err *e)
{
	struct work *work = shared;
	struct worker *w = mem_zalloc(sizeof(*w));

	(void)e;
	w->work = work;
	w->normalize = normalize_new(&work->normalizer);
	if (work->deid != NULL)
		w->deid = deid_worker_new(work->deid);
	return w;
}

static enum verdict
deidentify(struct worker *w, struct record *r, struct job *job, struct err *e)
{
	struct slice line = record_line(r);
	bool ok = true;

	if (record_changed(r)) {
		buf_reset(&w->line);
		record_write(r, &w->line);
		line = buf_slice(&w->line);
	}
	buf_reset(&w->out);
	if (w->work->audit)
		deid_audit(w->deid, line, &w->out);
	else
		ok = deid_record(w->deid, line, &w->out, e);
	if (!ok)
		return RECORD_SET_ASIDE;
	flow_emit(job, buf_slice(&w->out));
	return RECORD_TAKEN;
}

static enum verdict
work_record(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct worker *w = worker;

	if (!normalize_record(w->normalize, r, e))
		return e->kind == ERR_DATA ? RECORD_SET_ASIDE : RECORD_STOP;
	return w->deid == NULL ? RECORD_PASS : deidentify(w, r, job, e);
}

static void
close_worker(void *shared, void *worker)
{
	struct work *work = shared;
	struct worker *w = worker;
	const struct normalize_counts *c = normalize_counts(w->normalize);
	size_t fields = map_fields(work->tables->map);

	if (work->total.fields == NULL)
		work->total.fields =
		    mem_zalloc((fields + 1) * sizeof(struct field_count));
	for (size_t i = 0; i < fields; i++) {
		work->total.fields[i].seen += c->fields[i].seen;
		work->total.fields[i].changed += c->fields[i].changed;
		work->total.fields[i].unmapped += c->fields[i].unmapped;
	}
	for (size_t i = 0; i <= TERM_UNMAPPED; i++)
		work->total.status[i] += c->status[i];
	work->total.untouched += c->untouched;
	work->total.dropped += c->dropped;
	work->total.disagree += c->disagree;
	if (work->normalizer.review) {
		if (work->review == NULL)
			work->review = review_new();
		review_merge(work->review, normalize_review(w->normalize));
	}
	if (w->deid != NULL)
		deid_worker_count(w->deid, &work->deid_total);
	deid_worker_free(w->deid);
	normalize_free(w->normalize);
	buf_release(&w->line);
	buf_release(&w->out);
	mem_free(w);
}

struct stage
work_stage(struct work *work)
{
	return (struct stage){ .names = work->tables->names,
		.shared = work,
		.open = open_worker,
		.record = work_record,
		.close = close_worker };
}

void
work_release(struct work *work)
{
	mem_free(work->total.fields);
	deid_counts_release(&work->deid_total);
	review_free(work->review);
}

void
work_coded(const struct work *work, uint64_t *all, uint64_t *unsolved)
{
	*all = 0;
	for (size_t i = 0; i <= TERM_UNMAPPED; i++)
		*all += work->total.status[i];
	*unsolved =
	    work->total.status[TERM_REVIEW] + work->total.status[TERM_UNMAPPED];
}

static void
scrub(void *words, struct slice term, struct buf *to)
{
	const struct scrub s = { .words = words };
	struct arena *arena = arena_new();

	scrub_text(&s, term, arena, to);
	arena_free(arena);
}

struct review *
work_review(struct work *work)
{
	if (work->review == NULL)
		work->review = review_new();
	review_scrub(work->review, scrub, (void *)(uintptr_t)work->words);
	return work->review;
}

void
work_review_text(struct work *work, struct buf *b)
{
	review_add_stale(work_review(work), work->tables->terms);
	review_text(work_review(work), b);
}

bool
work_crosswalk(const struct work *work, const char *path, struct err *e)
{
	const struct crosswalk *c = work->deid_total.crosswalk;
	struct crosswalk *none = c == NULL ? crosswalk_new() : NULL;
	bool ok = crosswalk_write(c == NULL ? none : c, path, e);

	crosswalk_free(none);
	return ok;
}

static void
put_count(struct buf *b, const char *name, uint64_t n)
{
	json_put_key(b, name);
	json_put_uint(b, n);
}

void
work_report(const struct work *work, struct buf *b)
{
	const struct normalize_counts *c = &work->total;
	const struct map *map = work->tables->map;

	buf_adds(b, "{\"fields\":{");
	for (size_t i = 0; c->fields != NULL && i < map_fields(map); i++) {
		if (c->fields[i].seen == 0)
			continue;
		json_put_key_slice(b, map_field(map, i));
		buf_addc(b, '{');
		put_count(b, "values", c->fields[i].seen);
		put_count(b, "changed", c->fields[i].changed);
		put_count(b, "unmapped", c->fields[i].unmapped);
		buf_addc(b, '}');
	}
	buf_adds(b, "},\"codes\":{");
	for (size_t i = 0; i <= TERM_UNMAPPED; i++)
		put_count(
		    b, term_status_name((enum term_status)i), c->status[i]);
	buf_addc(b, '}');
	put_count(b, "codes_disagree", c->disagree);
	put_count(b, "untouched", c->untouched);
	put_count(b, "dropped", c->dropped);
	if (work->review != NULL)
		put_count(b, "to_review", review_size(work->review));
	if (work->deid != NULL) {
		json_put_key(b, "deid");
		deid_report(work->deid, &work->deid_total, b);
	}
	buf_addc(b, '}');
}
