#include "extract/foresee.h"

struct loop {
	const struct foresight *foresight;
	void *worker; /* the stage's of the rules */
};

static enum verdict
record(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct loop *l = worker;
	const struct foresight *f = l->foresight;
	struct extract_work k;
	struct inquiry *q = NULL;

	if (!extract_begin(l->worker, r, &k, e))
		return RECORD_STOP;
	if (k.type != NULL)
		q = inquiry_new(f->asking, &k.reading, &k.answers);
	return f->take(f->ctx, r, &k, q, job, e);
}

bool
foresee(struct run *run, char *const *operands, struct extract *x,
    const struct foresight *f, struct err *e)
{
	struct stage rules = extract_stage(x);
	struct loop l = { f, rules.open(rules.shared, e) };
	struct stage stage = { .names = rules.names,
		.shared = &l,
		.ordered = true,
		.record = record };
	bool ok;

	if (l.worker == NULL)
		return false;
	ok = x->plain ? extract_plain(run, operands, &stage, e)
		      : flow_run(run, operands, &stage, e);
	rules.close(rules.shared, l.worker);
	return ok;
}

struct first {
	const struct asking *asking;
	bool shown;
};

static enum verdict
show(void *ctx, struct record *r, const struct extract_work *k,
    struct inquiry *q, struct job *job, struct err *e)
{
	struct first *first = ctx;
	struct chat_prompt p;
	struct buf body = { 0 };

	(void)r;
	(void)k;
	(void)e;
	job->reason = "no_question";
	if (first->shown || q == NULL)
		return RECORD_SKIP;
	piece_prompt(first->asking, NULL, q->pieces, &p);
	chat_request(&p, &body);
	flow_emit(job, buf_slice(&body));
	buf_release(&body);
	first->shown = true;
	return RECORD_TAKEN;
}

bool
foresee_prompt(struct run *run, char *const *operands, struct extract *x,
    const struct asking *asking, struct err *e)
{
	struct first first = { asking, false };
	struct foresight f = { asking, show, &first };

	return foresee(run, operands, x, &f, e);
}
