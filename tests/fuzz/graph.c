/*
 * A graph.csv, and behind a NUL a line: what is refused says why and leaves
 * nothing behind, what is skipped leaves nothing behind, what is taken says
 * something.
 */
#include <stdint.h>

#include "terms/graph_read.h"

static void
check(struct graph_reader *g, struct record *r)
{
	struct graph_mark before = graph_batch_mark(g->batch), after;
	struct err e = { 0 };
	struct job job = { 0 };
	enum verdict v = graph_read(g, r, &job, &e);
	bool same;

	after = graph_batch_mark(g->batch);
	same = after.nmentions == before.nmentions &&
	    after.naliases == before.naliases &&
	    after.nedges == before.nedges && after.nhidden == before.nhidden;
	if (v == RECORD_SET_ASIDE && (e.text[0] == '\0' || e.code[0] == '\0'))
		__builtin_trap();
	if (v == RECORD_SKIP && job.reason == NULL)
		__builtin_trap();
	if (same != (v != RECORD_TAKEN))
		__builtin_trap();
}

static void
read_line(const struct graph_table *table, struct index *names,
    const struct catalogue *catalogue, struct slice line, unsigned options)
{
	struct graph_batch batch;
	struct graph_reader g = { .table = table,
		.catalogue = catalogue,
		.batch = &batch,
		.patients = options & 1,
		.derive = options & 2 };
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct record *r;

	graph_batch_init(&batch);
	graph_reader_init(&g, names);
	r = record_new(names, 64);
	line = json_pad(line, a);
	if (record_read(r, line, &e)) {
		check(&g, r);
		check(&g, r);
	}
	record_free(r);
	graph_reader_release(&g);
	graph_batch_release(&batch);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice rest = { (const char *)data, n }, csv, line;
	struct err e = { 0 };
	struct catalogue *catalogue = catalogue_load("", NULL, false, NULL, &e);
	struct index *names = record_names();
	struct graph_table table;

	if (catalogue == NULL)
		__builtin_trap();
	graph_table_init(&table);
	if (slice_next(&rest, '\0', &csv)) {
		bool ok = graph_table_add(&table, "graph.csv", csv, names, &e);

		if (!ok && e.text[0] == '\0')
			__builtin_trap();
		line = rest;
		for (unsigned options = 0; ok && options < 4; options++)
			read_line(&table, names, catalogue, line, options);
	}
	graph_table_release(&table);
	index_free(names);
	catalogue_free(catalogue);
	return 0;
}
