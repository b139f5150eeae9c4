#include "mapping/lookup_run.h"

#include "json/write.h"
#include "mapping/lookup.h"
#include "mapping/second_reader.h"
#include "record/window.h"
#include "terms/answer.h"

/* Of the rows with codes the one for this field, else one with its mappings. */
static const struct rule *
rule_for(const struct map *map, struct slice field)
{
	struct slice mappings = map_mappings(field);
	const struct rule *near = NULL;

	for (size_t i = 0; i < map_rules(map); i++) {
		const struct rule *r = map_rule(map, i);

		if (r->nsystems > 0 && slice_eq(r->target, field))
			return r;
		if (near == NULL && r->nsystems > 0 &&
		    slice_eq(r->mappings, mappings))
			near = r;
	}
	return near;
}

/* What is asked for; the field's own systems where none are given. */
static bool
find_systems(const struct lookup_options *o, struct arena *arena,
    struct lookup *l, struct err *e)
{
	struct slice rest = slice_of(o->systems), part;
	struct slice field =
	    o->field == NULL ? SLICE("diagnosis") : slice_of(o->field);
	const struct rule *rule;

	l->field = map_mappings(field);
	if (o->systems == NULL) {
		if ((rule = rule_for(o->tables->map, field)) == NULL)
			return err_set(e, ERR_USAGE,
			    "field '%s': no row of the map says its system "
			    "(use --system)",
			    o->field);
		l->systems = rule->systems;
		l->nsystems = rule->nsystems;
		return true;
	}
	l->systems = arena_alloc(arena, (rest.n + 1) * sizeof(*l->systems));
	while (slice_next(&rest, ',', &part))
		l->systems[l->nsystems++] = slice_trim(part);
	return true;
}

/* --- with a model -------------------------------------------------------- */

struct reading {
	struct lookup_worker *worker;
	struct second_reader reader;
};

/* A record that waits for the model; in the record's arena. */
struct asked {
	struct arena *arena;
	struct term_answer answer;
	bool done, taken; /* taken: picks are what the model said */
	size_t *picks, npicks;
};

static enum verdict
begin(void *shared, struct record *rec, struct job *job, void **waits,
    struct err *e)
{
	struct reading *r = shared;
	struct arena *arena = record_arena(rec);
	struct asked *q = arena_zalloc(arena, sizeof(*q));
	struct term_answer *a = &q->answer;
	struct slice *cells;

	(void)job;
	q->arena = arena;
	if (!lookup_record(r->worker, rec, a, e))
		return RECORD_SET_ASIDE;
	if (a->status != TERM_REVIEW || a->ncandidates == 0)
		return RECORD_PASS;
	cells = arena_alloc(arena, a->ncandidates * sizeof(*cells));
	for (size_t i = 0; i < a->ncandidates; i++)
		cells[i] = answer_cell(arena, &a->candidates[i]);
	second_reader_ask(
	    &r->reader, lookup_term(rec), cells, a->ncandidates, q, arena);
	*waits = q;
	return RECORD_PASS;
}

static bool
work(void *shared, unsigned ms, struct err *e)
{
	struct reading *r = shared;
	struct client_answer a;
	int n;

	while ((n = client_next(r->reader.client, ms, &a, e)) == 1) {
		struct asked *q = a.tag;

		q->done = true;
		q->taken = second_reader_take(&r->reader, &a,
		    q->answer.ncandidates, q->arena, &q->picks, &q->npicks);
		ms = 0;
	}
	return n == 0;
}

static bool
is_done(const void *waits)
{
	return ((const struct asked *)waits)->done;
}

/* What was picked; an empty list says that none of them is meant. */
static enum verdict
finish(void *shared, struct record *rec, struct job *job, void *waits,
    struct err *e)
{
	struct asked *q = waits;
	struct term_answer proposed = { 0 };
	struct buf b = { 0 };

	(void)shared;
	(void)job;
	(void)e;
	if (!q->taken)
		return RECORD_PASS;
	proposed.codes =
	    arena_alloc(q->arena, (q->npicks + 1) * sizeof(*proposed.codes));
	for (size_t i = 0; i < q->npicks; i++) {
		struct term_code *c = &proposed.codes[proposed.ncodes++];

		*c = q->answer.candidates[q->picks[i]];
		c->method = "llm";
	}
	answer_put_codes(&b, &proposed, true);
	record_add(
	    rec, NULL, SLICE("proposed"), arena_slice(q->arena, buf_slice(&b)));
	buf_release(&b);
	return RECORD_PASS;
}

static void
hold(void *shared)
{
	struct reading *r = shared;

	client_hold(r->reader.client);
}

/* Cached, counted and judged, whatever came of it. */
static void
close_reader(struct reading *r, struct run *run)
{
	struct err e = { 0 };

	if (!client_flush(r->reader.client, &e) ||
	    client_stopped(r->reader.client, &e))
		run_fail(run, &e);
	second_reader_close(&r->reader);
}

static void
read_with_model(struct run *run, char **operands, struct lookup *l,
    struct model_settings *model, const struct deid_words *words, struct err *e)
{
	struct reading r = { 0 };
	struct window_stage stage = { .names = l->tables->names,
		.shared = &r,
		.most = (size_t)4 * model->client.in_flight,
		.bare = LOOKUP_BARE,
		.begin = begin,
		.work = work,
		.is_done = is_done,
		.finish = finish,
		.hold = hold };

	if (!second_reader_open(&r.reader, model, words, e)) {
		run_fail(run, e);
		return;
	}
	r.worker = lookup_worker_new(l);
	window_run(run, operands, &stage, e); /* the run knows */
	lookup_worker_free(r.worker);
	close_reader(&r, run);
}

/* --- all of it ----------------------------------------------------------- */

struct looking {
	struct lookup lookup;
	struct model_settings *model;
	struct deid_words *words;
	char **operands;
};

static void
pass(struct run *run, void *ctx, struct err *e)
{
	struct looking *l = ctx;
	struct stage stage = lookup_stage(&l->lookup);

	if (l->model != NULL)
		read_with_model(
		    run, l->operands, &l->lookup, l->model, l->words, e);
	else
		flow_run(run, l->operands, &stage, e);
}

int
lookup_run(const struct lookup_options *o, char **operands, struct err *e)
{
	struct looking l = { .lookup = { .tables = o->tables,
				 .finder = o->finder,
				 .code = o->code },
		.model = o->model,
		.operands = operands };
	struct arena *arena = arena_new();
	int status = (int)ERR_USAGE;

	if (find_systems(o, arena, &l.lookup, e)) {
		if (o->model != NULL)
			l.words = words_load(o->share, NULL, e);
		status = o->model != NULL && l.words == NULL
		    ? (int)e->kind
		    : tables_run(o->tables, o->run, pass, &l, e);
	}
	words_free(l.words);
	arena_free(arena);
	return status;
}
