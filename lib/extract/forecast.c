#include "extract/forecast.h"

#include "extract/unasked.h"
#include "model/price.h"

struct forecast {
	const struct asking *asking;
	struct unasked *unasked;
	uint64_t records;
	struct chat_usage usage; /* in and out */
};

static enum verdict
add(void *ctx, struct record *r, const struct extract_work *k,
    struct inquiry *q, struct job *job, struct err *e)
{
	struct forecast *f = ctx;

	(void)r;
	(void)k;
	(void)job;
	if (q == NULL)
		return RECORD_TAKEN;
	f->records++;
	for (const struct piece *p = q->pieces; p != NULL; p = p->next) {
		struct chat_prompt prompt;
		int fresh;

		piece_prompt(f->asking, NULL, p, &prompt);
		fresh = unasked_add(f->unasked, &prompt, NULL, e);
		if (fresh < 0)
			return RECORD_STOP;
		if (fresh == 0)
			continue;
		f->usage.in += chat_tokens(&prompt);
		f->usage.out += prompt.max_tokens;
	}
	return RECORD_TAKEN;
}

static bool
put(struct run *run, const struct forecast *f, const struct prices *prices,
    struct err *e)
{
	struct buf b = { 0 };
	bool done;

	buf_addf(&b,
	    "{\"records\":%llu,\"requests\":%llu,\"cache_hits\":%llu,"
	    "\"tokens\":{\"in\":%llu,\"out_most\":%llu}",
	    (unsigned long long)f->records,
	    (unsigned long long)unasked_count(f->unasked),
	    (unsigned long long)unasked_known(f->unasked), f->usage.in,
	    f->usage.out);
	if (prices != NULL) {
		buf_adds(&b, ",\"cost_most\":");
		price_put(prices_cost(prices, f->asking->model, &f->usage), &b);
	}
	buf_adds(&b, "}\n");
	done = run_write(run, buf_slice(&b), 1, e);
	buf_release(&b);
	return done;
}

bool
forecast(struct run *run, char *const *operands, struct extract *x,
    const struct asking *asking, const struct client_options *o, struct err *e)
{
	struct forecast f = { .asking = asking };
	struct foresight foresight = { asking, add, &f };
	struct prices *prices = NULL;
	bool done = false;

	if (o->price != NULL && (prices = prices_load(o->price, e)) == NULL)
		goto done;
	f.unasked = unasked_new(o, e);
	done = f.unasked != NULL && foresee(run, operands, x, &foresight, e) &&
	    put(run, &f, prices, e);

done:
	unasked_free(f.unasked);
	prices_free(prices);
	return done;
}
