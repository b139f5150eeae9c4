#include "search/batch.h"

#include "base/mem.h"
#include "io/reader.h"
#include "json/scan.h"

struct batch {
	struct run *run;
	struct arena *arena;
	batch_ask *ask;
	void *ctx;
	struct place at;
};

static bool
read_line(struct batch *b, struct slice line, struct asked *a, struct err *e)
{
	struct json all, q;

	*a = (struct asked){ { "", 0 }, slice_trim(line), false };
	if (a->text.p[0] != '{')
		return true;
	line = json_pad(a->text, b->arena);
	if (!json_check(line.p, line.n, 0, e))
		return false;
	all = json_of(line);
	q = json_get(all, "query");
	if (q.type == JSON_NONE)
		q = json_get(all, "question");
	if (q.type != JSON_STRING)
		return err_data(e, "no_question",
		    "object without the string 'query' or 'question'");
	a->text = json_text(q, b->arena);
	q = json_get(all, "qid");
	if (q.type != JSON_NONE && q.type != JSON_NULL)
		a->qid = json_text(q, b->arena);
	return true;
}

/* An empty question is a bad line here, not a bad command. */
static bool
ask_line(struct batch *b, struct slice line, struct err *e)
{
	struct err why = { 0 };
	struct asked a;

	run_count(b->run, 1);
	if (slice_trim(line).n == 0) {
		run_skip(b->run, "blank_line", 1);
		return true;
	}
	if (read_line(b, line, &a, &why) && b->ask(b->ctx, &a, &why))
		return true;
	if (why.kind == ERR_USAGE)
		err_data(&why, "no_question", "the question is empty");
	if (why.kind != ERR_DATA) {
		*e = why;
		return false;
	}
	return run_set_aside(b->run, &b->at, line, &why, e);
}

static bool
ask_block(struct batch *b, const struct block *block, struct err *e)
{
	const char *p = block->text, *end = p + block->n;

	b->at.line = block->line;
	b->at.from = block->offset;
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		struct slice line = slice_span(p, lf == NULL ? end : lf);

		p = lf == NULL ? end : lf + 1;
		b->at.to = b->at.from + line.n;
		if (!ask_line(b, line, e))
			return false;
		arena_reset(b->arena);
		b->at.from = b->at.to + 1;
		b->at.line++;
	}
	return true;
}

bool
batch_run(
    struct run *run, const char *path, batch_ask *ask, void *ctx, struct err *e)
{
	struct batch b = { run, arena_new(), ask, ctx, { .uri = path } };
	struct block block = { 0 };
	struct err failure = { 0 };
	struct reader *r = reader_open(path, run_options(run)->stop, e);
	bool ok = r != NULL;

	while (ok && reader_block(r, &block, &failure)) {
		ok = ask_block(&b, &block, e);
		if (ok && reader_pauses(r))
			ok = run_flush(run, e);
	}
	if (failure.kind != ERR_NONE) {
		err_wrap(&failure, "%s", path);
		run_fail(run, &failure);
	}
	if (r != NULL)
		run_input(run, path, reader_bytes(r), run_in_count(run), NULL);
	block_release(&block);
	reader_free(r);
	arena_free(b.arena);
	return ok;
}

bool
batch_one(struct run *run, const char *question, batch_ask *ask, void *ctx,
    struct err *e)
{
	static const struct place at = { .uri = "argument" };
	struct asked a = { { "", 0 }, slice_of(question), false };
	struct err why = { 0 };

	run_count(run, 1);
	if (ask(ctx, &a, &why))
		return true;
	if (why.kind == ERR_DATA)
		return run_set_aside(run, &at, a.text, &why, e);
	*e = why;
	return false;
}
