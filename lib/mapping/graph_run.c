#include "mapping/graph_run.h"

struct graphing {
	const struct graph_run_options *o;
	struct graph *graph;
	char **operands;
};

static bool
is_standard(const char *path)
{
	return path != NULL && strcmp(path, "-") == 0;
}

static bool
files_differ(const struct graph_run_options *o, struct err *e)
{
	const struct graph_options *g = &o->graph;

	return run_apart(o->run, "--db", g->db, e) &&
	    run_apart(o->run, "--entities", g->entities, e) &&
	    run_apart(o->run, "--relations", g->relations, e) &&
	    run_two_files("--db", g->db, "--entities", g->entities, e) &&
	    run_two_files("--db", g->db, "--relations", g->relations, e) &&
	    (is_standard(g->entities) ||
		run_two_files(
		    "--entities", g->entities, "--relations", g->relations, e));
}

/* The counts go to the output where no lines do. */
static void
put_stats(struct run *run, const struct graphing *g)
{
	const struct graph_options *o = &g->o->graph;
	struct err e = { 0 };
	struct slice s = graph_stats(g->graph);

	if (!g->o->stats || s.n == 0)
		return;
	if (o->lines || is_standard(o->entities) || is_standard(o->relations))
		g->o->tell(s);
	else if (!run_write(run, s, 0, &e) ||
	    !run_write(run, SLICE("\n"), 1, &e))
		run_fail(run, &e);
}

static void
pass(struct run *run, void *ctx, struct err *e)
{
	const struct graphing *g = ctx;

	(void)e;
	graph_run(g->graph, run, g->operands);
	put_stats(run, g);
}

int
graph_run_all(const struct graph_run_options *o, char **operands, struct err *e)
{
	struct graph_options own = o->graph;
	struct graphing ctx = { .o = o, .operands = operands };
	int status;

	own.catalogue = o->tables->catalogue;
	own.terms = o->tables->terms;
	own.names = o->tables->names;
	if (!files_differ(o, e) || (ctx.graph = graph_open(&own, e)) == NULL)
		return (int)e->kind;
	status = tables_run(o->tables, o->run, pass, &ctx, e);
	graph_free(ctx.graph);
	return status;
}
