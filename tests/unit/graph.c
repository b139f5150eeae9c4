/* The graph: any batches, any order, killed anywhere - the same graph. */
#include "folder.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "io/reader.h"
#include "io/store.h"
#include "io/writer.h"
#include "record/record.h"
#include "terms/graph.h"
#include "terms/graph_card.h"

static char top[256];

static int
start(void **state)
{
	(void)state;
	if (getcwd(top, sizeof(top) - 16) == NULL)
		return -1;
	strcat(top, "/lib/share");
	/* In memory where that is to be had: there are many commits. */
	return enter_folder_below(
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

/* One run of the verb; its status. */
static int
make_graph(const char *input, const char *db, const char *lines, size_t batch)
{
	struct err e = { 0 };
	struct run_options o = { .tool = "mdx-normalize",
		.version = "test",
		.output = lines,
		.no_output = lines == NULL,
		.jobs = 1 };
	struct graph_options g = { .share = top,
		.catalogue = catalogue_load(top, NULL, true, NULL, &e),
		.terms = terms_new(),
		.names = record_names(),
		.db = db,
		.lines = lines != NULL,
		.derive = true,
		.support = 2,
		.patients = true,
		.batch = batch };
	char name[64], *operands[] = { name, NULL };
	struct graph *graph;
	struct run *run;
	int status;

	snprintf(name, sizeof(name), "%s", input);
	assert_non_null(g.catalogue);
	graph = graph_open(&g, &e);
	assert_non_null(graph);
	run = run_open(&o, &e);
	assert_non_null(run);
	graph_run(graph, run, operands);
	status = run_end(run, &e);
	run_free(run);
	graph_free(graph);
	index_free(g.names);
	terms_free((struct terms *)(uintptr_t)g.terms);
	catalogue_free(g.catalogue);
	return status;
}

/* Records of few patients, every eleventh one a second time. */
static void
put_records(const char *path, unsigned n)
{
	struct err e = { 0 };
	struct writer *w = writer_open(path, &e);
	struct buf b = { 0 };

	for (unsigned i = 0; i < n; i++) {
		unsigned k = i % 11 == 10 ? i / 2 : i;
		unsigned day = 1 + k * 7 % 28;

		buf_addf(&b,
		    "{\"patient_id\":\"P%u\",\"visit_id\":\"V%u\","
		    "\"time\":\"2020-%02u-%02u\",\"dept\":\"D%u\","
		    "\"diagnosis_codes\":[{\"code\":\"C%u\",\"display\":"
		    "\"诊断%u\",\"system\":\"icd10-yb\",\"version\":\"2.%u\"}],"
		    "\"drug_codes\":[{\"code\":\"M%u\",\"system\":\"atc\"}],"
		    "\"_mdx\":{\"id\":\"r%u\"}}\n",
		    k % 37, k % 91, 1 + k % 12, day, k % 5, k % 53, k % 59,
		    k % 3, k % 17, k);
	}
	assert_true(writer_add(w, buf_slice(&b), &e));
	assert_true(writer_commit(w, &e));
	writer_free(w);
	buf_release(&b);
}

static void
assert_same_files(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	struct err e = { 0 };

	assert_true(reader_slurp(a, 64 << 20, &x, &e));
	assert_true(reader_slurp(b, 64 << 20, &y, &e));
	assert_true(x.n > 1000);
	assert_true(slice_eq(buf_slice(&x), buf_slice(&y)));
	buf_release(&x);
	buf_release(&y);
}

TEST(gives_the_same_whatever_the_batches)
{
	static const size_t sizes[] = { 1000, 10000, 100000 };

	(void)state;
	put_records("in", 400);
	assert_int_equal(make_graph("in", NULL, "whole", 0), 0);
	for (size_t i = 0; i < 3; i++) {
		unlink("db");
		assert_int_equal(make_graph("in", NULL, "lines", sizes[i]), 0);
		assert_same_files("whole", "lines");
		assert_int_equal(make_graph("in", "db", "lines", sizes[i]), 0);
		assert_same_files("whole", "lines");
		assert_int_equal(make_graph("in", "db", "lines", 0), 0);
		assert_same_files("whole", "lines");
	}
}

TEST(reads_its_own_lines_back)
{
	(void)state;
	put_records("in", 300);
	assert_int_equal(make_graph("in", NULL, "whole", 0), 0);
	assert_int_equal(make_graph("whole", NULL, "lines", 2000), 0);
	assert_same_files("whole", "lines");
}

static pid_t
start_one(void)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		_exit(make_graph("in", "db", NULL, 20000));
	return child;
}

/* Killed after so many microseconds, or done before. */
static bool
kill_one(long microseconds)
{
	struct timespec t = { microseconds / 1000000,
		microseconds % 1000000 * 1000 };
	pid_t child = start_one();
	int status;

	nanosleep(&t, NULL);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status);
}

/* How many microseconds one takes that nobody kills. */
static long
undisturbed(void)
{
	struct timespec from, to;
	pid_t child;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &from);
	child = start_one();
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	clock_gettime(CLOCK_MONOTONIC, &to);
	unlink("db");
	return (to.tv_sec - from.tv_sec) * 1000000 +
	    (to.tv_nsec - from.tv_nsec) / 1000;
}

TEST(goes_on_wherever_it_was_killed)
{
	unsigned struck = 0;
	long span;

	(void)state;
	put_records("in", 1000);
	assert_int_equal(make_graph("in", NULL, "whole", 0), 0);
	span = undisturbed();
	for (long i = 0; i < 8; i++) {
		struct err e = { 0 };
		struct store *s;

		unlink("db");
		for (long k = 1; k < 4; k++)
			struck += kill_one(
			    span / 20 + (i * 7919 + k * 104729) % span);
		assert_int_equal(make_graph("in", "db", "lines", 20000), 0);
		assert_same_files("whole", "lines");
		s = store_open("db", NULL, STORE_READ, 0, &e);
		assert_non_null(s);
		assert_true(store_check(s, &e));
		store_close(s);
	}
	assert_true(struck > 3);
}

struct saying {
	const char *parts[GRAPH_PARTS];
	enum graph_rank rank;
};

TEST(believes_the_same_in_whatever_order)
{
	static const struct saying said[] = { { { "x" }, GRAPH_NOBODY },
		{ { "b", "乙", "s", "2.0", "1" }, GRAPH_RECORD },
		{ { "a", "甲", "s", "10", "1" }, GRAPH_RECORD },
		{ { "c", "丙", "s", "1.0", "1" }, GRAPH_VOCABULARY },
		{ { "a", "", "", "3.0", "" }, GRAPH_RECORD } };
	unsigned order[] = { 0, 1, 2, 3, 4 };
	struct graph_card c = { 0 };

	(void)state;
	/* All orders, by Heap's way of swapping one pair at a time. */
	for (unsigned n = 0, at[5] = { 0 }, i = 0; i < 5; n++) {
		graph_card_reset(&c);
		for (unsigned k = 0; k < 5; k++) {
			const struct saying *s = &said[order[k]];
			struct slice parts[GRAPH_PARTS];

			for (int p = 0; p < GRAPH_PARTS; p++)
				parts[p] = slice_of(
				    s->parts[p] == NULL ? "" : s->parts[p]);
			graph_card_add(&c, parts, s->rank);
		}
		assert_slice(c.parts[GRAPH_PART_TYPE], "c");
		assert_slice(c.parts[GRAPH_PART_NAME], "丙");
		assert_slice(c.parts[GRAPH_PART_VERSION], "1.0");
		assert_int_equal(c.rank, GRAPH_VOCABULARY);
		assert_int_equal(index_count(c.lost), 2);
		while (i < 5 && at[i] >= i) {
			at[i] = 0;
			i++;
		}
		if (i < 5) {
			unsigned from = i % 2 == 0 ? 0 : at[i];
			unsigned held = order[from];

			order[from] = order[i];
			order[i] = held;
			at[i]++;
			i = 0;
		} else {
			assert_int_equal(n, 119);
		}
	}
	graph_card_reset(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_same_whatever_the_batches),
		cmocka_unit_test(reads_its_own_lines_back),
		cmocka_unit_test(goes_on_wherever_it_was_killed),
		cmocka_unit_test(believes_the_same_in_whatever_order),
	};

	return cmocka_run_group_tests(tests, start, leave_folder);
}
