#include "sources/sql.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "sources/sql_handle.h"

static bool
lost(struct database *db)
{
	return sql_self(db)->dead;
}

static bool
reconnect(struct database *db, struct err *e)
{
	return sql_connect(sql_self(db), e);
}

/* --- queries ------------------------------------------------------------- */

static void
done(struct database *db)
{
	struct sql *s = sql_self(db);

	if (s->stmt != NULL)
		s->f.SQLFreeHandle(SQL_HANDLE_STMT, s->stmt);
	s->stmt = NULL;
}

/* Times are bound as such, all else as text, which servers convert. */
static bool
bind(struct sql *s, const struct database_value *values, size_t n,
    SQLLEN *lengths, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct database_value *v = &values[i];
		bool time = v->type == SQL_TYPE_TIMESTAMP ||
		    v->type == SQL_TYPE_DATE || v->type == SQL_TYPE_TIME;
		const char *point = memchr(v->bytes.p, '.', v->bytes.n);
		size_t digits = !time || point == NULL
		    ? 0
		    : strspn(point + 1, "0123456789");
		SQLRETURN got;

		lengths[i] = (SQLLEN)v->bytes.n;
		got = s->f.SQLBindParameter(s->stmt, (SQLUSMALLINT)(i + 1),
		    SQL_PARAM_INPUT, SQL_C_CHAR,
		    time ? (SQLSMALLINT)v->type : SQL_VARCHAR,
		    v->bytes.n == 0 ? 1 : v->bytes.n, (SQLSMALLINT)digits,
		    (SQLPOINTER)v->bytes.p, lengths[i], &lengths[i]);
		if (!SQL_SUCCEEDED(got))
			return sql_fail(s, e);
	}
	return true;
}

static bool
describe(struct sql *s, struct err *e)
{
	struct database *db = &s->db;
	SQLSMALLINT columns = 0;

	if (!SQL_SUCCEEDED(s->f.SQLNumResultCols(s->stmt, &columns)))
		return sql_fail(s, e);
	if (columns <= 0)
		return err_set(e, ERR_USAGE, "the query gives no rows");
	arena_reset(s->names);
	db->ncolumns = (size_t)columns;
	db->columns =
	    arena_zalloc(s->names, (db->ncolumns + 1) * sizeof(*db->columns));
	db->row = arena_zalloc(s->names, db->ncolumns * sizeof(*db->row));
	s->ends = arena_zalloc(s->names, db->ncolumns * sizeof(*s->ends));
	for (size_t i = 0; i < db->ncolumns; i++) {
		SQLCHAR name[SQL_NAME] = "";
		SQLSMALLINT n, type, scale, nullable;
		SQLULEN size;

		if (!SQL_SUCCEEDED(s->f.SQLDescribeCol(s->stmt,
			(SQLUSMALLINT)(i + 1), name, sizeof(name), &n, &type,
			&size, &scale, &nullable)))
			return sql_fail(s, e);
		db->columns[i] =
		    arena_string(s->names, (char *)name, strlen((char *)name));
		db->row[i].type = type;
		db->row[i].binary = type == SQL_BINARY ||
		    type == SQL_VARBINARY || type == SQL_LONGVARBINARY;
		db->row[i].utf8 = type == SQL_WCHAR || type == SQL_WVARCHAR ||
		    type == SQL_WLONGVARCHAR;
	}
	return true;
}

static bool
query(struct database *db, struct slice sql,
    const struct database_value *values, size_t nvalues, struct err *e)
{
	struct sql *s = sql_self(db);
	SQLLEN lengths[32];
	SQLRETURN got;

	done(db);
	db->ncolumns = 0;
	if (nvalues > sizeof(lengths) / sizeof(*lengths))
		return err_set(e, ERR_USAGE, "more than 32 values to bind");
	if (!SQL_SUCCEEDED(
		s->f.SQLAllocHandle(SQL_HANDLE_STMT, s->dbc, &s->stmt))) {
		s->dead = true;
		return err_set(e, ERR_SERVICE, "no statement is to be had");
	}
	if (!bind(s, values, nvalues, lengths, e))
		return false;
	/* With its end: drivers look for that whatever length they are told. */
	buf_reset(&s->row);
	buf_add_slice(&s->row, sql);
	buf_string(&s->row);
	sql_busy(s);
	got = s->f.SQLExecDirect(s->stmt, (SQLCHAR *)s->row.p, SQL_NTS);
	sql_idle(s);
	if (!SQL_SUCCEEDED(got) && got != SQL_NO_DATA)
		return sql_fail(s, e);
	return describe(s, e);
}

/* --- tables -------------------------------------------------------------- */

static bool
is_of_the_system(const char *schema)
{
	return schema[0] == '%' || strncasecmp(schema, "pg_", 3) == 0 ||
	    strcasecmp(schema, "information_schema") == 0 ||
	    strcasecmp(schema, "sys") == 0;
}

/* A column of the catalogue, a short text. */
static char *
short_text(struct sql *s, SQLUSMALLINT column, struct arena *a)
{
	SQLCHAR text[SQL_NAME] = "";
	SQLLEN n = 0;

	if (!SQL_SUCCEEDED(s->f.SQLGetData(
		s->stmt, column, SQL_C_CHAR, text, sizeof(text), &n)) ||
	    n == SQL_NULL_DATA)
		text[0] = '\0';
	return arena_string(a, (char *)text, strlen((char *)text));
}

static bool
home_schema(
    struct database *db, struct arena *a, const char **schema, struct err *e)
{
	struct sql *s = sql_self(db);
	bool ok = true;

	*schema = NULL;
	if (!s->postgres)
		return true;
	db->max_row = db->max_row == 0 ? SQL_NAME : db->max_row;
	ok = query(db, SLICE("SELECT current_schema()"), NULL, 0, e) &&
	    sql_fetch(db, e) == 1;
	if (ok && db->row[0].bytes.p != NULL)
		*schema =
		    arena_string(a, db->row[0].bytes.p, db->row[0].bytes.n);
	done(db);
	return ok;
}

static bool
list_tables(struct database *db, struct arena *a, struct database_table **to,
    size_t *n, const char **schema, struct err *e)
{
	struct sql *s = sql_self(db);
	struct database_table *tables = NULL;
	SQLCHAR types[] = "TABLE,VIEW";
	size_t room = 0;
	SQLRETURN got;

	*n = 0;
	if (!home_schema(db, a, schema, e))
		return false;
	if (!SQL_SUCCEEDED(
		s->f.SQLAllocHandle(SQL_HANDLE_STMT, s->dbc, &s->stmt)))
		return err_set(e, ERR_SERVICE, "no statement is to be had");
	if (!SQL_SUCCEEDED(s->f.SQLTables(
		s->stmt, NULL, 0, NULL, 0, NULL, 0, types, SQL_NTS)))
		return sql_fail(s, e);
	while (SQL_SUCCEEDED(got = s->f.SQLFetch(s->stmt))) {
		const char *in = short_text(s, 2, a);
		const char *name = short_text(s, 3, a);
		const char *type = short_text(s, 4, a);

		if (is_of_the_system(in) || name[0] == '\0')
			continue;
		tables = mem_room(tables, *n, &room, sizeof(*tables));
		tables[(*n)++] =
		    (struct database_table){ .schema =
						 in[0] == '\0' ? NULL : in,
			    .name = name,
			    .view = strcasecmp(type, "VIEW") == 0 };
	}
	*to = arena_dup(a, tables, *n * sizeof(*tables));
	mem_free(tables);
	return got == SQL_NO_DATA || sql_fail(s, e);
}

/* --- the whole ----------------------------------------------------------- */

static void
close_database(struct database *db)
{
	struct sql *s = sql_self(db);

	sql_watch_end(s);
	sql_disconnect(s);
	if (s->env != NULL)
		s->f.SQLFreeHandle(SQL_HANDLE_ENV, s->env);
	if (s->utf8 != (locale_t)0) {
		uselocale(s->before);
		freelocale(s->utf8);
	}
	arena_free(s->names);
	buf_release(&s->row);
	buf_release(&s->wide);
	mem_free(s->connection);
	mem_free(s->secret);
	mem_free(s);
}

static bool
open_environment(struct sql *s, struct err *e)
{
	if (!sql_load(s, e))
		return false;
	s->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (s->utf8 != (locale_t)0)
		s->before = uselocale(s->utf8);
	if (!SQL_SUCCEEDED(s->f.SQLAllocHandle(
		SQL_HANDLE_ENV, SQL_NULL_HANDLE, &s->env)) ||
	    !SQL_SUCCEEDED(s->f.SQLSetEnvAttr(
		s->env, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0)))
		return err_set(e, ERR_INPUT, "unixODBC does not start");
	return true;
}

struct database *
sql_open(const char *connection, const char *secret, const struct stop *stop,
    struct err *e)
{
	static const struct database_ops ops = { .tables = list_tables,
		.query = query,
		.fetch = sql_fetch,
		.done = done,
		.lost = lost,
		.reconnect = reconnect,
		.free = close_database };
	struct sql *s = mem_zalloc(sizeof(*s));

	s->db.ops = &ops;
	s->names = arena_new();
	s->connection = mem_string(connection, strlen(connection));
	s->secret = secret == NULL ? NULL : mem_string(secret, strlen(secret));
	if (!open_environment(s, e) || !sql_connect(s, e)) {
		close_database(&s->db);
		return NULL;
	}
	sql_watch_start(s, stop);
	return &s->db;
}
