#include "sources/sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/store.h"
#include "sources/body.h"
#include "sources/format.h"
#include "sources/database_read.h"

#define PATIENCE_MS 10000
#define STEPS       10000 /* of the machine between two looks at a signal */

struct sqlite {
	struct database db;
	struct store *store;
	struct statement *statement;
	const struct stop *stop;
	struct buf reals; /* texts of the row at hand */
	bool stepped;
};

static struct sqlite *
self(struct database *db)
{
	return (struct sqlite *)(void *)db;
}

/* Messages of a store begin with its path; the place is told by the caller. */
static bool
without_path(const struct sqlite *s, struct err *e)
{
	size_t n = s->store == NULL ? 0 : strlen(store_path(s->store)) + 4;

	if (n > 0 && e->text[0] == '\'' && strlen(e->text) > n &&
	    strncmp(e->text + n - 3, "': ", 3) == 0)
		memmove(e->text, e->text + n, strlen(e->text + n) + 1);
	return false;
}

/* --- tables -------------------------------------------------------------- */

/* Of virtual tables and their shadows only what shows them is read. */
static bool
list_tables(struct database *db, struct arena *a, struct database_table **to,
    size_t *n, const char **schema, struct err *e)
{
	static const char sql[] =
	    "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND"
	    " type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE"
	    " '\\'";
	struct statement *st = store_prepare(self(db)->store, sql, e);
	struct database_table *tables = NULL;
	size_t room = 0;
	int got = -1;

	*n = 0;
	*schema = NULL;
	while (st != NULL && (got = statement_step(st, e)) == 1) {
		struct slice name = statement_text(st, 0);

		tables = mem_room(tables, *n, &room, sizeof(*tables));
		tables[(*n)++] = (struct database_table){
			.name = arena_string(a, name.p, name.n),
			.view = slice_is(statement_text(st, 1), "view")
		};
	}
	statement_free(st);
	*to = arena_dup(a, tables, *n * sizeof(*tables));
	mem_free(tables);
	return got == 0 || without_path(self(db), e);
}

/* --- queries ------------------------------------------------------------- */

static void
bind(struct statement *st, const struct database_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct database_value *v = &values[i];
		char number[64];

		snprintf(number, sizeof(number), "%.*s", (int)v->bytes.n,
		    v->bytes.p == NULL ? "" : v->bytes.p);
		if (v->bytes.p == NULL)
			statement_bind_null(st, (int)i + 1);
		else if (v->binary)
			statement_bind_blob(st, (int)i + 1, v->bytes);
		else if (v->type == STATEMENT_INT)
			statement_bind_int(
			    st, (int)i + 1, strtoll(number, NULL, 10));
		else if (v->type == STATEMENT_REAL)
			statement_bind_double(
			    st, (int)i + 1, strtod(number, NULL));
		else
			statement_bind(st, (int)i + 1, v->bytes);
	}
}

static void
done(struct database *db)
{
	statement_free(self(db)->statement);
	self(db)->statement = NULL;
}

static bool
query(struct database *db, struct slice sql,
    const struct database_value *values, size_t nvalues, struct err *e)
{
	struct sqlite *s = self(db);

	done(db);
	s->statement = store_prepare_slice(s->store, sql, NULL, e);
	if (s->statement == NULL)
		return without_path(s, e);
	if (!statement_is_readonly(s->statement))
		return err_set(e, ERR_USAGE, "the query would write");
	bind(s->statement, values, nvalues);
	db->ncolumns = (size_t)statement_columns(s->statement);
	mem_free(db->columns);
	mem_free(db->row);
	db->columns = mem_zalloc((db->ncolumns + 1) * sizeof(*db->columns));
	db->row = mem_zalloc((db->ncolumns + 1) * sizeof(*db->row));
	for (size_t i = 0; i < db->ncolumns; i++)
		db->columns[i] = statement_name(s->statement, (int)i);
	return true;
}

/*
 * A real is written in as few digits as give it back when they are read, and
 * with a point or exponent, which tells it from an integer.
 */
static size_t
put_real(double number, struct buf *b)
{
	char text[40];

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	if (strpbrk(text, ".eni") == NULL)
		strncat(text, ".0", sizeof(text) - strlen(text) - 1);
	buf_adds(b, text);
	return strlen(text);
}

static struct slice
value_of(struct sqlite *s, int i, int type)
{
	size_t from = s->reals.n;

	switch (type) {
	case STATEMENT_NULL:
		return (struct slice){ NULL, 0 };
	case STATEMENT_BLOB:
		return statement_blob(s->statement, i);
	case STATEMENT_REAL:
		put_real(statement_double(s->statement, i), &s->reals);
		return (struct slice){ s->reals.p + from, s->reals.n - from };
	default:
		return statement_text(s->statement, i);
	}
}

static int
fetch(struct database *db, struct err *e)
{
	struct sqlite *s = self(db);
	int got = statement_step(s->statement, e);
	size_t bytes = 0;

	if (got < 0)
		without_path(s, e);
	if (got != 1)
		return got;
	db->fault = (struct err){ 0 };
	buf_reset(&s->reals);
	buf_room(&s->reals, db->ncolumns * 40); /* slices into it stay */
	for (size_t i = 0; i < db->ncolumns; i++) {
		struct database_value *v = &db->row[i];

		v->type = statement_type(s->statement, (int)i);
		v->binary = v->type == STATEMENT_BLOB;
		v->bytes = value_of(s, (int)i, v->type);
		bytes += v->bytes.n;
		if (bytes <= db->max_row)
			continue;
		v->bytes = (struct slice){ NULL, 0 };
		if (db->fault.kind == ERR_NONE)
			err_data(&db->fault, "limit_record",
			    "row of more than %zu bytes (--max-record raises "
			    "it)",
			    db->max_row);
	}
	return 1;
}

static void
close_database(struct database *db)
{
	struct sqlite *s = self(db);

	if (s == NULL)
		return;
	done(db);
	store_close(s->store);
	buf_release(&s->reals);
	mem_free(db->columns);
	mem_free(db->row);
	mem_free(s);
}

static bool
go_on(void *ctx)
{
	const struct sqlite *s = ctx;

	return s->stop == NULL || s->stop->signal == 0;
}

/*
 * SQLite makes two files beside one that has a write-ahead log, even to read
 * it.  Where there is no log nobody has it open, and it is read as a file that
 * does not change: nothing is written to a source.
 */
static unsigned
flags_for(const char *path)
{
	struct buf log = { 0 };
	char head[20];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool logged =
	    fd >= 0 && read(fd, head, sizeof(head)) == 20 && head[18] == 2;

	if (fd >= 0)
		close(fd);
	buf_addf(&log, "%s-wal", path);
	logged = logged && access(buf_string(&log), F_OK) != 0;
	buf_release(&log);
	return STORE_READ | (logged ? STORE_STILL : 0);
}

struct database *
sqlite_open(const char *path, const struct stop *stop, struct err *e)
{
	static const struct database_ops ops = { .tables = list_tables,
		.query = query,
		.fetch = fetch,
		.done = done,
		.free = close_database };
	struct sqlite *s = mem_zalloc(sizeof(*s));

	s->db.ops = &ops;
	s->db.quote = "\"";
	s->db.paging = PAGING_LIMIT;
	s->stop = stop;
	s->store = store_open(path, NULL, flags_for(path), PATIENCE_MS, e);
	if (s->store == NULL || !store_exec(s->store, "BEGIN", e)) {
		close_database(&s->db);
		return NULL;
	}
	store_watch(s->store, STEPS, go_on, s);
	return &s->db;
}

/* --- as a source --------------------------------------------------------- */

static bool
read_database(struct job *j, const struct place_of *at, const char *path,
    struct err *why, bool *opened, struct err *e)
{
	struct database *db = sqlite_open(path, run_options(j->run)->stop, why);
	struct database_source s = { .db = db,
		.options = j->options,
		.sink = &j->sink,
		.totals = j->totals,
		.arena = j->arena,
		.job = j,
		.place = at,
		.format = "sqlite" };
	bool ok = true;

	*opened = db != NULL;
	if (db != NULL) {
		ok = database_read(&s, e);
		db->ops->free(db);
	}
	return ok;
}

bool
sqlite_source(struct job *j, const char *uri, struct err *e)
{
	struct place_of at = { .uri = uri };
	struct err why = { 0 };
	bool opened, ok;

	ok = read_database(j, &at, uri + strlen("sqlite:"), &why, &opened, e);
	if (ok && !opened)
		ok = sink_fail(&j->sink, &why, e);
	if (ok && (ok = sink_write(&j->sink, e)))
		run_input(j->run, uri, 0, totals_source(j->totals), NULL);
	return ok;
}

/* One that cannot be opened is a reject of the file, as other formats have. */
static bool
end_account(
    struct member *m, const struct err *why, uint64_t size, struct err *e)
{
	struct piece nothing = { .bytes = SLICE("") };
	struct err broken = { 0 };

	if (why->kind == ERR_INPUT || why->kind == ERR_USAGE) {
		err_data(&broken, "broken", "%s", why->text);
		m->incomplete = true;
		if (!member_reject(m, &nothing, &broken, e))
			return false;
	} else if (why->kind != ERR_NONE) {
		m->incomplete = true;
		if (!sink_fail(m->sink, why, e))
			return false;
	}
	member_skip_to(m, size, "container");
	return true;
}

bool
sqlite_file(
    struct job *j, const struct place_of *at, uint64_t size, struct err *e)
{
	struct member m;
	struct err why = { 0 };
	bool opened;

	job_begin(j, &m, at, NULL, "sqlite");
	if (read_database(j, at, at->uri, &why, &opened, e) &&
	    end_account(&m, &why, size, e))
		return member_end(&m, e);
	member_release(&m);
	return false;
}

/* --- as a format --------------------------------------------------------- */

bool
sqlite_is(struct slice head)
{
	static const char magic[16] = "SQLite format 3";

	return head.n >= 16 && memcmp(head.p, magic, sizeof(magic)) == 0;
}

bool
sqlite_is_asked(const struct source_options *options, const char *path)
{
	const struct database_options *o = &options->database;
	char head[16];
	int fd;
	bool is;

	if (o->tables == NULL && o->query == NULL && o->since == NULL)
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	is = fd >= 0 && read(fd, head, sizeof(head)) == sizeof(head) &&
	    sqlite_is((struct slice){ head, sizeof(head) });
	if (fd >= 0)
		close(fd);
	return is;
}

/* False with *e: the run cannot go on.  A failed input is left to its member. */
static bool
keep_copy(struct member *m, char *path, struct err *e)
{
	struct err ignored = { 0 };
	int fd = mkstemp(path);
	const char *block;
	ssize_t got;
	bool ok = fd >= 0;

	while (ok && (got = input_next(m->input, &block, &ignored)) > 0)
		for (ssize_t done_so_far = 0, n; ok && done_so_far < got;
		     done_so_far += n) {
			n = write(fd, block + done_so_far,
			    (size_t)(got - done_so_far));
			ok = n > 0;
		}
	if (!ok)
		err_sys(e, ERR_OUTPUT, "temporary file");
	if (fd >= 0)
		close(fd);
	return ok;
}

bool
sqlite_read(struct member *m, struct err *e)
{
	const char *folder = m->options->spool_dir;
	struct arena *arena = arena_new();
	struct buf name = { 0 };
	char *path;
	struct err why = { 0 };
	struct database *db = NULL;
	bool ok;

	if (!sqlite_is(input_peek(m->input, 16))) {
		arena_free(arena);
		err_data(&why, "broken", "does not begin as SQLite does");
		return body_refuse(m, &why, e);
	}
	buf_addf(
	    &name, "%s/mdx-sqlite-XXXXXX", folder == NULL ? "/tmp" : folder);
	buf_string(&name);
	path = name.p;
	ok = keep_copy(m, path, e);

	if (ok && !input_failed(m->input, NULL)) {
		db = sqlite_open(path, m->limits->stop, &why);
		if (db != NULL) {
			struct database_source s = { .db = db,
				.options = m->options,
				.sink = m->sink,
				.totals = m->totals,
				.arena = arena,
				.place = m->place,
				.format = "sqlite" };

			ok = database_read(&s, e);
			db->ops->free(db);
		}
		ok = ok && end_account(m, &why, input_bytes(m->input), e);
	}
	unlink(path);
	buf_release(&name);
	arena_free(arena);
	return ok;
}
