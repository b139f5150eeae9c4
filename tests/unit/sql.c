#include "test.h"

#include "base/err.h"
#include "sources/odbc.h"
#include "sources/since.h"
#include "sources/statement.h"

/* --- the connection string ----------------------------------------------- */

static void
check_string(const char *given, const char *user, const char *secret,
    const char *whole, const char *shown, const char *password)
{
	struct buf a = { 0 }, b = { 0 }, c = { 0 };

	odbc_string(slice_of(given), user, secret, &a, &b, &c);
	assert_slice(buf_slice(&a), whole);
	assert_slice(buf_slice(&b), shown);
	assert_slice(buf_slice(&c), password);
	buf_release(&a);
	buf_release(&b);
	buf_release(&c);
}

TEST(a_uri_has_neither_user_nor_password)
{
	(void)state;
	check_string("IRIS", NULL, NULL, "DSN=IRIS", "IRIS", "");
	check_string(
	    "IRIS", "me", "a;b}c", "DSN=IRIS;UID=me;PWD={a;b}}c}", "IRIS", "");
	check_string("DSN=x;Uid=me;PWD={p;w}}d};Server=y", NULL, NULL,
	    "DSN=x;Uid=me;PWD={p;w}}d};Server=y", "DSN=x;Server=y", "p;w}d");
	check_string("DSN=x;UID=old;PASSWORD=old;", "new", "s",
	    "DSN=x;UID=new;PWD=s", "DSN=x", "old");
	check_string("", NULL, NULL, "DSN=", "", "");
	check_string("=;a", NULL, NULL, "a", "a", "");
}

TEST(psqlodbc_is_told_to_declare_a_cursor)
{
	(void)state;
	check_string("Driver={PostgreSQL Unicode};Server=s", NULL, NULL,
	    "Driver={PostgreSQL Unicode};Server=s;UseDeclareFetch=1",
	    "Driver={PostgreSQL Unicode};Server=s", "");
	check_string("Driver=/usr/lib/psqlodbcw.so;UseDeclareFetch=0", NULL,
	    NULL, "Driver=/usr/lib/psqlodbcw.so;UseDeclareFetch=0",
	    "Driver=/usr/lib/psqlodbcw.so;UseDeclareFetch=0", "");
}

/* --- queries that somebody wrote ----------------------------------------- */

static bool
reads(const char *sql)
{
	struct err e = { 0 };
	bool ok = statement_reads(slice_of(sql), &e);

	assert_int_equal(e.kind, ok ? ERR_NONE : ERR_USAGE);
	return ok;
}

TEST(only_one_statement_that_reads_is_asked)
{
	(void)state;
	assert_true(reads("select 1"));
	assert_true(reads(" -- why\n /* ; */ SELECT ';', \"delete\" FROM t ;"));
	assert_true(reads("WITH a AS (SELECT 1) SELECT * FROM a"));
	assert_true(reads("SELECT updated_at, [into] FROM `insert`"));
	assert_false(reads(""));
	assert_false(reads("-- nothing"));
	assert_false(reads("(select 1)"));
	assert_false(reads("DELETE FROM t"));
	assert_false(reads("SELECT 1; DROP TABLE t"));
	assert_false(reads("SELECT * INTO u FROM t"));
	assert_false(reads("WITH a AS (INSERT INTO t VALUES (1)) SELECT 1"));
	assert_false(reads("SELECT 'it''s'; SELECT 2"));
}

static void
check_since(const char *sql, const char *want, size_t count)
{
	struct buf b = { 0 };

	assert_int_equal(statement_since(slice_of(sql), &b), count);
	assert_slice(buf_slice(&b), want);
	buf_release(&b);
}

TEST(since_is_a_parameter_outside_quotes)
{
	(void)state;
	check_since("SELECT 1", "SELECT 1", 0);
	check_since("a >= :since AND b>=:SINCE;", "a >= ? AND b>=?", 2);
	check_since("':since' \":since\" /* :since */ :since",
	    "':since' \":since\" /* :since */ ?", 1);
	check_since("x::since :sincere", "x::since :sincere", 0);
}

/* --- pages --------------------------------------------------------------- */

static const struct database_table table = { .schema = "S", .name = "a\"b" };
static const char *const order[] = { "t", "k", "l" };

static void
check_page(const struct statement_page *p, enum database_paging paging,
    const char *want, size_t values)
{
	struct database db = { .quote = "\"", .paging = paging };
	struct buf b = { 0 };

	assert_int_equal(statement_table(&db, p, &b), values);
	assert_slice(buf_slice(&b), want);
	buf_release(&b);
}

TEST(a_page_begins_at_a_position)
{
	struct statement_page p = { .table = &table,
		.order = order,
		.norder = 2,
		.from_all = true,
		.limit = 10 };
	size_t at[32];

	(void)state;
	check_page(&p, PAGING_LIMIT,
	    "SELECT * FROM \"S\".\"a\"\"b\" WHERE \"t\" IS NOT NULL AND \"k\" "
	    "IS NOT NULL AND \"t\" >= ? AND (\"t\" > ? OR (\"t\" = ? AND "
	    "\"k\" >= ?)) ORDER BY \"t\", \"k\" LIMIT 10",
	    4);
	assert_int_equal(statement_values(2, at), 4);
	assert_int_equal(at[3], 1);
	p.norder = 3;
	assert_int_equal(statement_values(3, at), 6);
	assert_int_equal(at[5], 2);
	p.norder = 1;
	check_page(&p, PAGING_TOP,
	    "SELECT TOP 10 * FROM \"S\".\"a\"\"b\" WHERE \"t\" IS NOT NULL "
	    "AND \"t\" >= ? ORDER BY \"t\"",
	    1);
}

TEST(rows_without_a_key_are_asked_for_apart)
{
	struct statement_page p = { .table = &table,
		.order = order,
		.norder = 2,
		.nnull = 1,
		.from_first = true };

	(void)state;
	check_page(&p, PAGING_FETCH,
	    "SELECT * FROM \"S\".\"a\"\"b\" WHERE \"t\" IS NOT NULL AND "
	    "(\"k\" IS NULL) AND \"t\" >= ? ORDER BY \"t\", \"k\"",
	    1);
}

/* --- what is new --------------------------------------------------------- */

static void
check_less(const char *value, const char *overlap, const char *want)
{
	struct since_overlap o;
	struct err e = { 0 };
	struct buf b = { 0 };

	assert_true(since_overlap(overlap, &o, &e));
	if (want == NULL) {
		assert_false(since_less(slice_of(value), &o, &b, &e));
		assert_int_equal(e.kind, ERR_USAGE);
	} else {
		assert_true(since_less(slice_of(value), &o, &b, &e));
		assert_slice(buf_slice(&b), want);
	}
	buf_release(&b);
}

TEST(an_overlap_is_taken_off_in_the_spelling_of_the_value)
{
	(void)state;
	check_less(
	    "2024-03-01 00:30:00.123456", "1h", "2024-02-29 23:30:00.123456");
	check_less(
	    "2024-03-01T00:30:00+08:00", "1h", "2024-02-29T23:30:00+08:00");
	check_less("20240301", "1d", "20240229");
	check_less("20240301003000", "90s", "20240301002830");
	check_less("2024-03-01", "12h", "2024-02-29");
	check_less("10000000000000000005", "10", "9999999999999999995");
	check_less("1.5", "2", "-0.5");
	check_less("anything", NULL, "anything");
	check_less("2024/3/1", "1d", NULL);
	check_less("word", "1d", NULL);
	check_less("word", "5", NULL);
}

TEST(refuses_an_overlap_that_is_none)
{
	static const char *const bad[] = { "", "d", "1w", "-1", "1.5d",
		"99999999999999999999", "9999999999d" };
	struct since_overlap o;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct err e = { 0 };

		assert_false(since_overlap(bad[i], &o, &e));
		assert_int_equal(e.kind, ERR_USAGE);
	}
}

TEST(values_compare_as_numbers_as_times_or_as_bytes)
{
	(void)state;
	assert_true(since_cmp(SLICE("9"), SLICE("10")) < 0);
	assert_true(since_cmp(SLICE("1.50"), SLICE("1.5")) == 0);
	assert_true(since_cmp(SLICE("2024-01-31 07:30:00"),
			SLICE("2024-01-31 07:30:00.5")) < 0);
	assert_true(since_cmp(SLICE("2024-01-31 07:30:00+08:00"),
			SLICE("2024-01-31 07:30:00+07:00")) < 0);
	assert_true(since_cmp(SLICE("b"), SLICE("a")) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_uri_has_neither_user_nor_password),
		cmocka_unit_test(psqlodbc_is_told_to_declare_a_cursor),
		cmocka_unit_test(only_one_statement_that_reads_is_asked),
		cmocka_unit_test(since_is_a_parameter_outside_quotes),
		cmocka_unit_test(a_page_begins_at_a_position),
		cmocka_unit_test(rows_without_a_key_are_asked_for_apart),
		cmocka_unit_test(
		    an_overlap_is_taken_off_in_the_spelling_of_the_value),
		cmocka_unit_test(refuses_an_overlap_that_is_none),
		cmocka_unit_test(
		    values_compare_as_numbers_as_times_or_as_bytes),
	};

	return RUN(tests);
}
