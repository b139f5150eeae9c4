#include "extract/model_run.h"

#include "extract/batch.h"
#include "extract/flat.h"
#include "extract/forecast.h"
#include "extract/foresee.h"
#include "extract/live.h"
#include "extract/unmet.h"

static void
note_table(void *run, const char *path, const uint8_t digest[DIGEST_SIZE])
{
	run_table(run, path, digest);
}

/* The report's own member: the rules' counts, and another one behind them. */
static void
put_report(struct run *run, const struct extract *x, const char *name,
    struct slice json)
{
	struct buf b = { 0 };

	extract_report(x, &b);
	b.n--;
	buf_addf(&b, ",\"%s\":", name);
	buf_add_slice(&b, json);
	buf_addc(&b, '}');
	run_own(run, buf_slice(&b));
	buf_release(&b);
}

static void
judge_failed(
    struct run *run, const struct model_run *m, const struct consult *c)
{
	const struct limit *l = &m->max_failed;
	uint64_t most = l->percent ? l->n * c->asked / 100 : l->n;
	struct err e = { 0 };

	if (c->failed <= most)
		return;
	err_data(&e, "failed", "%llu records without the model's answer",
	    (unsigned long long)c->failed);
	run_refuse(run, &e);
}

static void
ask(struct run *run, char **operands, struct extract *x,
    const struct model_run *m, struct client *client, struct err *e)
{
	struct consult c = { .asking = m->asking,
		.wordings = wordings_new(),
		.client = client,
		.use_rules = m->use_rules };
	struct buf b = { 0 };

	extract_live(run, operands, x, &c, m->settings->client.in_flight, e);
	consult_report(&c, &b);
	put_report(run, x, "llm", buf_slice(&b));
	unmet_say(x, run);
	wordings_free(c.wordings);
	buf_release(&b);
	judge_failed(run, m, &c);
}

static bool
emit(struct run *run, char **operands, struct extract *x,
    const struct model_run *m, const char *folder, struct err *e)
{
	struct buf b = { 0 };
	uint64_t count = 0;
	bool done = batch_emit(run, operands, x, &m->asking,
	    &m->settings->client, folder, &count, e);

	buf_addf(&b, "{\"requests\":%llu}", (unsigned long long)count);
	put_report(run, x, "batch", buf_slice(&b));
	buf_release(&b);
	return done;
}

static bool
make_set(struct run *run, char **operands, struct extract *x,
    const struct model_run *m, const char *folder, struct err *e)
{
	struct tune_split split = m->split;
	struct tune_counts n;
	struct buf b = { 0 };
	bool done;

	split.folder = folder;
	done = tune(run, operands, x, &m->asking, &split, &n, e);
	buf_addf(&b, "{\"train\":%llu,\"validation\":%llu}",
	    (unsigned long long)n.train, (unsigned long long)n.validation);
	put_report(run, x, "tune", buf_slice(&b));
	buf_release(&b);
	return done;
}

static bool
writes_folder(const struct model_run *m)
{
	return m->task == TASK_EMIT ||
	    (m->task == TASK_TUNE && m->split.train > 0);
}

static void
work(struct run *run, char **operands, struct extract *x,
    const struct model_run *m, struct client *client, const char *folder,
    struct err *e)
{
	bool done = true;

	switch (m->task) {
	case TASK_LIVE:
		ask(run, operands, x, m, client, e);
		break;
	case TASK_PROMPT:
		done = foresee_prompt(run, operands, x, &m->asking, e);
		break;
	case TASK_FORECAST:
		done = forecast(
		    run, operands, x, &m->asking, &m->settings->client, e);
		break;
	case TASK_EMIT:
		done = emit(run, operands, x, m, folder, e);
		break;
	case TASK_TUNE:
		done = make_set(run, operands, x, m, folder, e);
		break;
	}
	if (!done)
		run_fail(run, e);
}

static bool
check(const struct run_options *o, const struct model_run *m, struct err *e)
{
	if (writes_folder(m) && o->output == NULL)
		return err_set(e, ERR_USAGE, "no folder given, use -o DIR");
	if (m->task == TASK_EMIT && m->settings->model == NULL)
		return err_set(e, ERR_USAGE,
		    "no model is named: a batch file needs --model");
	return true;
}

int
model_run(const struct run_options *options, char **operands, struct extract *x,
    struct model_run *m, const char *share, struct err *e)
{
	struct run_options o = *options;
	const char *model = m->settings->model, *folder = options->output;
	struct deid_words *words = NULL;
	struct client *client = NULL;
	struct run *run = NULL;
	int status = ERR_USAGE;

	if (writes_folder(m)) {
		o.no_output = true;
		o.output = NULL;
	}
	if (!check(options, m, e))
		goto done;
	if ((m->redact || m->settings->client.external ||
		m->task == TASK_TUNE) &&
	    (words = words_load(share, NULL, e)) == NULL)
		goto done;
	if ((m->task == TASK_LIVE &&
		(client = settings_open(m->settings, &model, e)) == NULL) ||
	    (run = run_open(&o, e)) == NULL) {
		status = (int)e->kind;
		goto done;
	}
	m->asking.words = words;
	m->asking.model = slice_of(model == NULL ? "" : model);
	catalogue_tables(guide_catalogue(x->guide), note_table, run);
	work(run, operands, x, m, client, folder, e);
	status = run_end(run, e);

done:
	run_free(run);
	client_free(client);
	words_free(words);
	return status;
}
