#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "io/store.h"

static const struct store_schema schema = { "index", 0x6D6478, 2,
	"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT UNIQUE);" };
static char path[64];

static int
fresh(void **state)
{
	(void)state;
	snprintf(path, sizeof(path), "/tmp/mdx-store-%ld.db", (long)getpid());
	return 0;
}

static int
clean(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char name[80];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
	return 0;
}

static struct store *
must_open(unsigned flags)
{
	struct err e = { 0 };
	struct store *s = store_open(path, &schema, flags, 0, &e);

	if (s == NULL)
		fail_msg("%s", e.text);
	return s;
}

static void
binds_values_and_gives_rows(void **state)
{
	struct store *s = must_open(STORE_WAL);
	struct statement *st;
	struct err e = { 0 };

	(void)state;
	st = store_prepare(s, "INSERT INTO t VALUES (?1, ?2)", &e);
	assert_true(store_begin(s, &e));
	statement_bind_int(st, 1, INT64_MAX);
	statement_bind(st, 2, SLICE("'); DROP TABLE t; --"));
	assert_true(statement_run(st, &e));
	statement_reset(st);
	assert_true(statement_run(st, &e));
	assert_true(store_commit(s, &e));
	statement_free(st);

	st = store_prepare(s, "SELECT id, v FROM t ORDER BY id DESC", &e);
	assert_int_equal(statement_columns(st), 2);
	assert_string_equal(statement_name(st, 1), "v");
	assert_int_equal(statement_step(st, &e), 1);
	assert_true(statement_int(st, 0) == INT64_MAX);
	assert_true(slice_is(statement_text(st, 1), "'); DROP TABLE t; --"));
	statement_step(st, &e);
	statement_free(st);
	assert_true(store_check(s, &e));
	store_close(s);
}

static void
tells_a_broken_rule_from_a_bad_statement(void **state)
{
	struct store *s = must_open(0);
	struct err e = { 0 };

	(void)state;
	assert_true(store_exec(s, "INSERT INTO t VALUES (1, 'a')", &e));
	assert_false(store_exec(s, "INSERT INTO t VALUES (2, 'a')", &e));
	assert_int_equal(e.kind, ERR_DATA);
	assert_string_equal(e.code, "constraint");
	assert_null(store_prepare(s, "SELEC", &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_null(store_prepare(s, " -- nothing", &e));
	assert_int_equal(e.kind, ERR_USAGE);
	store_close(s);
}

static void
refuses_other_files_and_newer_versions(void **state)
{
	struct store_schema newer = schema, other = schema;
	struct err e = { 0 };
	FILE *f;

	(void)state;
	assert_null(store_open(path, &schema, STORE_READ, 0, &e));
	assert_int_equal(e.kind, ERR_INPUT);
	newer.version = 3;
	store_close(store_open(path, &newer, 0, 0, &e));
	assert_null(store_open(path, &schema, 0, 0, &e));
	assert_int_equal(e.kind, ERR_INPUT);
	assert_non_null(strstr(e.text, "version 3"));
	other.application = 7;
	other.version = 3;
	assert_null(store_open(path, &other, STORE_READ, 0, &e));
	assert_int_equal(e.kind, ERR_INPUT);
	f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 100; i++)
		fputs("this is no database at all\n", f);
	fclose(f);
	assert_null(store_open(path, &schema, 0, 0, &e));
	assert_int_equal(e.kind, ERR_INPUT);
}

/* A child holds the lock that `hold` takes until the pipe is closed. */
static pid_t
child_holding(bool (*hold)(void), int *end)
{
	int ready[2], done[2];
	char c;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(done), 0);
	pid = fork();
	if (pid == 0) {
		close(done[1]);
		if (!hold() || write(ready[1], "x", 1) != 1)
			_exit(1);
		_exit(read(done[0], &c, 1) == 0 ? 0 : 1);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(done[0]);
	close(ready[0]);
	close(ready[1]);
	*end = done[1];
	return pid;
}

static bool
hold_store(void)
{
	struct store *s = store_open(path, &schema, STORE_WAL, 0, NULL);

	return s != NULL && store_begin(s, NULL);
}

static void
names_the_holder_of_a_locked_store(void **state)
{
	struct err e = { 0 };
	struct store *s;
	char want[40];
	int end;
	pid_t pid = child_holding(hold_store, &end);

	(void)state;
	snprintf(want, sizeof(want), "is locked by process %ld", (long)pid);
	s = must_open(STORE_WAL);
	assert_false(store_begin(s, &e));
	assert_int_equal(e.kind, ERR_SERVICE);
	assert_non_null(strstr(e.text, "is locked by"));
	/* /proc/locks may be hidden, and then nobody can be named. */
	if (strstr(e.text, "another") == NULL)
		assert_non_null(strstr(e.text, want));
	close(end);
	waitpid(pid, NULL, 0);
	assert_true(store_begin(s, &e));
	store_rollback(s);
	store_close(s);
}

static int64_t
hits(struct store *s, const char *query)
{
	struct err e = { 0 };
	struct statement *st =
	    store_prepare(s, "SELECT count(*) FROM f WHERE f MATCH ?1", &e);
	int64_t n = -1;

	assert_non_null(st);
	statement_bind(st, 1, slice_of(query));
	if (statement_step(st, &e) == 1)
		n = statement_int(st, 0);
	statement_free(st);
	return n;
}

static void
finds_chinese_through_the_tokenizer(void **state)
{
	struct err e = { 0 };
	struct store *s =
	    store_open("memory", NULL, STORE_MEMORY | STORE_TOKENIZER, 0, &e);

	(void)state;
	assert_non_null(s);
	assert_true(store_exec(s,
	    "CREATE VIRTUAL TABLE f USING fts5(x, tokenize = 'mdx');"
	    "INSERT INTO f VALUES ('甲状腺癌术后，ＣＡ19-9 升高，大小5.3cm')",
	    &e));
	assert_int_equal(hits(s, "\"状腺癌\""), 1);
	assert_int_equal(hits(s, "\"甲癌\""), 0);
	assert_int_equal(hits(s, "\"ca19-9\""), 1);
	assert_int_equal(hits(s, "\"CA19\""), 1);
	assert_int_equal(hits(s, "\"5.3\""), 1);
	assert_int_equal(hits(s, "\"升高 大小\""), 1);
	store_close(s);
}

static bool
deny_all(void *ctx, int action, const char *a, const char *b,
    const char *database, const char *trigger)
{
	(void)action;
	(void)a;
	(void)b;
	(void)database;
	(void)trigger;
	++*(int *)ctx;
	return false;
}

static bool
never_proceed(void *ctx)
{
	(void)ctx;
	return false;
}

static void
lets_a_guard_refuse_and_interrupt(void **state)
{
	struct err e = { 0 };
	struct store *s = store_open("memory", &schema, STORE_MEMORY, 0, &e);
	struct slice tail;
	struct statement *st;
	int asked = 0;

	(void)state;
	store_guard(s, deny_all, &asked);
	assert_null(store_prepare(s, "SELECT * FROM t", &e));
	assert_true(asked > 0);
	store_guard(s, NULL, NULL);
	st = store_prepare_slice(s, SLICE("SELECT 1; SELECT 2"), &tail, &e);
	assert_true(slice_is(tail, " SELECT 2"));
	assert_true(statement_is_readonly(st));
	statement_free(st);
	store_watch(s, 100, never_proceed, NULL);
	assert_false(store_exec(s,
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
	    "SELECT count(*) FROM n",
	    &e));
	assert_string_equal(e.code, "interrupted");
	store_close(s);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, clean)
	const struct CMUnitTest tests[] = {
		TEST(binds_values_and_gives_rows),
		TEST(tells_a_broken_rule_from_a_bad_statement),
		TEST(refuses_other_files_and_newer_versions),
		TEST(names_the_holder_of_a_locked_store),
		TEST(finds_chinese_through_the_tokenizer),
		TEST(lets_a_guard_refuse_and_interrupt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
