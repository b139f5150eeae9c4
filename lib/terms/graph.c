#include "terms/graph.h"

#include "base/mem.h"
#include "io/reader.h"
#include "io/writer.h"
#include "json/write.h"
#include "record/flow.h"
#include "terms/graph_out.h"
#include "terms/graph_read.h"
#include "terms/graph_store.h"
#include "terms/graph_terms.h"

#define LARGEST ((size_t)16 << 20)

/* Lines that say something new, and records that the graph had before. */
struct tally {
	uint64_t records, entities, relations, repeated;
};

struct graph {
	struct graph_options o;
	struct graph_table table;
	struct graph_batch batch;
	struct graph_reader reader;
	struct graph_store *store;
	struct tally kept; /* committed */
	struct buf stats;
};

/* --- opening ------------------------------------------------------------- */

static bool
add_table(struct graph *g, const char *path, bool systems, struct err *e)
{
	struct buf text = { 0 };
	bool ok = reader_slurp(path, LARGEST, &text, e);

	if (!ok)
		e->kind = ERR_USAGE;
	else if (systems)
		ok = graph_table_systems(&g->table, path, buf_slice(&text), e);
	else
		ok = graph_table_add(
		    &g->table, path, buf_slice(&text), g->o.names, e);
	buf_release(&text);
	return ok;
}

/* A pack's rows come before the shipped ones, later packs before earlier. */
static bool
read_tables(struct graph *g, struct err *e)
{
	struct buf path = { 0 };
	bool ok = true;

	for (size_t i = catalogue_packs(g->o.catalogue); ok && i-- > 0;) {
		const char *own =
		    catalogue_file(g->o.catalogue, i, "graph.csv");

		ok = own == NULL || add_table(g, own, false, e);
	}
	buf_addf(&path, "%s/graph.csv", g->o.share);
	ok = ok && add_table(g, buf_string(&path), false, e);
	buf_reset(&path);
	buf_addf(&path, "%s/terms/systems.csv", g->o.share);
	ok = ok && add_table(g, buf_string(&path), true, e);
	buf_release(&path);
	return ok;
}

struct graph *
graph_open(const struct graph_options *o, struct err *e)
{
	struct graph *g = mem_zalloc(sizeof(*g));
	const char *const *v = o->vocabularies;

	g->o = *o;
	graph_table_init(&g->table);
	graph_batch_init(&g->batch);
	if (o->batch > 0)
		g->batch.full = o->batch;
	if (!read_tables(g, e))
		goto fail;
	g->reader = (struct graph_reader){ .table = &g->table,
		.catalogue = o->catalogue,
		.batch = &g->batch,
		.patients = o->patients,
		.derive = o->derive };
	graph_reader_init(&g->reader, o->names);
	if ((g->store = graph_store_open(o->db, &g->table, e)) == NULL)
		goto fail;
	for (; v != NULL && *v != NULL; v++)
		if (!graph_terms_add(
			g->store, &g->batch, o->terms, slice_of(*v), e))
			goto fail;
	return g;

fail:
	graph_free(g);
	return NULL;
}

void
graph_free(struct graph *g)
{
	if (g == NULL)
		return;
	graph_store_close(g->store);
	graph_reader_release(&g->reader);
	graph_batch_release(&g->batch);
	graph_table_release(&g->table);
	buf_release(&g->stats);
	mem_free(g);
}

struct slice
graph_stats(const struct graph *g)
{
	return buf_slice(&g->stats);
}

/* --- the pass ------------------------------------------------------------ */

/*
 * Whether the file may hold a part of the run.  What a second run would count
 * again, or could not see again, may not be there without the rest.
 */
static bool
is_whole(const struct graph *g)
{
	return g->reader.entities + g->reader.relations > 0 ||
	    (g->o.derive && !g->o.patients);
}

static struct tally
tally_of(const struct graph *g)
{
	uint64_t repeated = graph_store_repeated(g->store);

	return (struct tally){ g->reader.records - repeated, g->reader.entities,
		g->reader.relations, repeated };
}

static bool
commit(struct graph *g, struct err *e)
{
	if (!graph_store_commit(g->store, e))
		return false;
	g->kept = tally_of(g);
	return true;
}

static bool
write_batch(struct graph *g, struct err *e)
{
	return graph_store_write(g->store, &g->batch, e) &&
	    (g->o.db == NULL || is_whole(g) || commit(g, e));
}

static enum verdict
take(void *shared, struct record *r, struct job *job, struct err *e)
{
	struct graph *g = shared;

	if (graph_batch_is_full(&g->batch) && !write_batch(g, e))
		return RECORD_STOP;
	return graph_read(&g->reader, r, job, e);
}

/* --- the end ------------------------------------------------------------- */

static bool
put_run(void *ctx, struct slice lines, uint64_t n, struct err *e)
{
	return run_write(ctx, lines, n, e);
}

static bool
put_file(void *ctx, struct slice lines, uint64_t n, struct err *e)
{
	(void)n;
	return writer_add(ctx, lines, e);
}

/* A file of lines, all on disk but for its name. */
static bool
make_file(const struct graph *g, const char *path, bool relations,
    struct writer **out, struct err *e)
{
	struct store *s = graph_store_file(g->store);

	if (path == NULL)
		return true;
	*out = writer_open(path, e);
	return *out != NULL &&
	    (relations ? graph_out_relations(s, put_file, *out, e)
		       : graph_out_entities(s, put_file, *out, e)) &&
	    writer_settle(*out, e);
}

/*
 * Lines are written out of the transaction that is still open: a file of them
 * that fails leaves the database as it was, and what fails behind it is only a
 * rename.
 */
static bool
deliver(struct graph *g, struct run *run, struct err *e)
{
	struct store *s = graph_store_file(g->store);
	struct writer *entities = NULL, *relations = NULL;
	bool ok = make_file(g, g->o.entities, false, &entities, e) &&
	    make_file(g, g->o.relations, true, &relations, e);

	if (ok && g->o.lines)
		ok = graph_out_entities(s, put_run, run, e) &&
		    graph_out_relations(s, put_run, run, e);
	ok = ok && (!g->o.counts || graph_out_stats(s, &g->stats, e)) &&
	    commit(g, e) && (entities == NULL || writer_commit(entities, e)) &&
	    (relations == NULL || writer_commit(relations, e));
	writer_free(entities);
	writer_free(relations);
	if (!ok)
		buf_reset(&g->stats);
	return ok;
}

/* What is read can be long at its end: a signal stops that, too. */
static bool
goes_on(void *stop)
{
	return ((const struct stop *)stop)->signal == 0;
}

static bool
finish(struct graph *g, struct run *run, struct err *e)
{
	const struct graph_options *o = &g->o;
	const struct stop *stop = run_options(run)->stop;

	if (!write_batch(g, e))
		return false;
	if (stop != NULL)
		store_watch(graph_store_file(g->store), 100000, goes_on,
		    (void *)(uintptr_t)stop);
	return graph_terms_aliases(
		   g->store, &g->batch, o->terms, o->catalogue, e) &&
	    graph_store_write(g->store, &g->batch, e) &&
	    (!o->derive ||
		graph_store_derive(g->store, o->support, o->patients, e)) &&
	    (o->db == NULL || graph_store_index(g->store, e)) &&
	    deliver(g, run, e);
}

/* What was read and is not kept is a skip as well. */
static void
report(struct graph *g, struct run *run)
{
	struct tally all = tally_of(g), kept = g->kept;
	struct buf b = { 0 };

	run_skip(run, "seen", kept.repeated);
	run_skip(run, "undone",
	    all.records + all.entities + all.relations + all.repeated -
		kept.records - kept.entities - kept.relations - kept.repeated);
	buf_addf(&b,
	    "{\"taken\":{\"records\":%llu,\"entities\":%llu,"
	    "\"relations\":%llu}",
	    (unsigned long long)kept.records, (unsigned long long)kept.entities,
	    (unsigned long long)kept.relations);
	if (g->stats.n > 0) {
		json_put_key(&b, "graph");
		buf_add_slice(&b, buf_slice(&g->stats));
	}
	buf_addc(&b, '}');
	run_own(run, buf_slice(&b));
	buf_release(&b);
}

static void
say_undone(const struct graph *g, const struct run *run)
{
	const struct run_options *o = run_options(run);
	struct buf b = { 0 };

	if (o->say == NULL)
		return;
	buf_addf(&b,
	    "%s: nothing of this run was kept, for lines of a graph count "
	    "again when they come again: run it again",
	    g->o.db);
	o->say(buf_string(&b));
	buf_release(&b);
}

static bool
was_stopped(const struct run *run)
{
	const struct stop *stop = run_options(run)->stop;

	return stop != NULL && stop->signal != 0;
}

/* What came before the signal, where it can stand by itself. */
static bool
keep(struct graph *g, struct err *e)
{
	return g->o.db == NULL ||
	    (graph_store_write(g->store, &g->batch, e) && commit(g, e));
}

void
graph_run(struct graph *g, struct run *run, char *const *operands)
{
	struct stage stage = { .names = g->o.names,
		.shared = g,
		.ordered = true,
		.record = take };
	struct err e = { 0 };
	bool ok = flow_run(run, operands, &stage, &e);
	bool stopped = was_stopped(run);
	bool whole = g->o.db != NULL && is_whole(g);

	if (ok && !(whole && (stopped || run_status(run) >= ERR_INPUT))) {
		ok = stopped ? keep(g, &e) : finish(g, run, &e);
		if (!ok && !was_stopped(run))
			run_fail(run, &e);
		whole = whole && !ok;
	}
	graph_store_undo(g->store);
	if (whole)
		say_undone(g, run);
	report(g, run);
}
