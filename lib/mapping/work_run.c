#include "mapping/work_run.h"

#include "io/writer.h"
#include "mapping/work.h"

struct working {
	const struct work_options *o;
	struct work *work;
	char **operands;
};

/* What a model proposes, if one is asked; then the file, whatever it said. */
static void
put_review(const struct working *w, struct run *run)
{
	struct work *work = w->work;
	struct buf b = { 0 };
	struct err e = { 0 };

	if (w->o->model != NULL &&
	    !second_reader_review(
		w->o->model, work->words, work_review(work), &e))
		run_fail(run, &e);
	work_review_text(work, &b);
	if (!writer_put_file(w->o->review, buf_slice(&b), &e))
		run_fail(run, &e);
	buf_release(&b);
}

static void
pass(struct run *run, void *ctx, struct err *e)
{
	const struct working *w = ctx;
	struct stage stage = work_stage(w->work);
	struct buf b = { 0 };
	struct err why = { 0 };
	uint64_t all, unsolved;

	flow_run(run, w->operands, &stage, e);
	work_report(w->work, &b);
	run_own(run, buf_slice(&b));
	buf_release(&b);
	work_coded(w->work, &all, &unsolved);
	limit_judge(
	    &w->o->limit, run, all, unsolved, "--review FILE lists them");
	if (w->o->crosswalk != NULL &&
	    !work_crosswalk(w->work, w->o->crosswalk, &why))
		run_fail(run, &why);
	if (w->o->review != NULL)
		put_review(w, run);
}

int
work_run(const struct work_options *o, char **operands, struct err *e)
{
	const struct tables *t = o->tables;
	struct work work = { .tables = t,
		.audit = o->deid.audit,
		.normalizer = { .map = t->map,
		    .finder = o->finder,
		    .terms = t->terms,
		    .units = t->units,
		    .zone = o->zone,
		    .review = o->review != NULL,
		    .again = o->again } };
	struct working ctx = { o, &work, operands };
	struct deid_options policy = o->deid;
	struct deid *deid = NULL;
	struct deid_words *words = NULL;
	int status;

	if (!run_apart(o->run, "--review", o->review, e) ||
	    !run_apart(o->run, "--crosswalk", o->crosswalk, e))
		return (int)e->kind;
	policy.catalogue = t->catalogue;
	if (policy.policy != NULL && (deid = deid_load(&policy, e)) == NULL)
		return (int)e->kind;
	if (o->review != NULL &&
	    (words = words_load(o->deid.share, NULL, e)) == NULL) {
		deid_free(deid);
		return (int)e->kind;
	}
	work.deid = deid;
	work.words = words;
	o->run->no_raw = deid != NULL;
	if (deid != NULL) {
		o->run->seal = deid_seal;
		o->run->seal_ctx = deid;
	}
	status = tables_run(t, o->run, pass, &ctx, e);
	work_release(&work);
	words_free(words);
	deid_free(deid);
	return status;
}
