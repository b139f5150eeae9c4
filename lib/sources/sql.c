/*
 * Text is asked for in bytes, with a locale of UTF-8 for this thread: that is
 * what driver manager and drivers convert by, and a character that a driver
 * cut in half can be seen.  Columns that the driver itself calls wide are
 * asked for in UTF-16, where a driver without such a locale would put question
 * marks.  No size that a driver states is believed: a value is taken in pieces
 * until there is no more, and what came is held against what was announced.
 */
#include "sources/sql.h"

#include <dlfcn.h>
#include <locale.h>
#include <sql.h>
#include <sqlext.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "sources/charset.h"
#include "sources/secret.h"

#define PIECE       ((size_t)64 << 10)
#define NAME        512
#define LOGIN_WAITS 10 /* seconds */

#define FUNCTIONS(X)         \
	X(SQLAllocHandle)    \
	X(SQLFreeHandle)     \
	X(SQLSetEnvAttr)     \
	X(SQLSetConnectAttr) \
	X(SQLGetConnectAttr) \
	X(SQLDriverConnect)  \
	X(SQLDisconnect)     \
	X(SQLGetInfo)        \
	X(SQLGetDiagRec)     \
	X(SQLTables)         \
	X(SQLExecDirect)     \
	X(SQLBindParameter)  \
	X(SQLNumResultCols)  \
	X(SQLDescribeCol)    \
	X(SQLFetch)          \
	X(SQLGetData)

struct functions {
#define X(name) __typeof__(name) *name;
	FUNCTIONS(X)
#undef X
};

struct sql {
	struct database db;
	struct functions f;
	SQLHENV env;
	SQLHDBC dbc;
	SQLHSTMT stmt;
	char *connection, *secret;
	locale_t utf8, before;
	char quote[8];
	bool postgres, dead;
	struct arena *names;
	char state[6]; /* of the last failure */
	struct buf row, wide;
	size_t *ends; /* of each value in row */
	char piece[PIECE + 2];
};

static struct sql *
self(struct database *db)
{
	return (struct sql *)(void *)db;
}

/* --- what a driver says -------------------------------------------------- */

static bool
state_is(const struct sql *s, const char *class)
{
	return strncmp(s->state, class, strlen(class)) == 0;
}

/*
 * One line without a secret.  Of an exception over data only the code: the
 * words of such a message quote the value.
 */
static void
put_message(struct sql *s, const char *text, struct buf *b)
{
	struct buf clean = { 0 }, plain = { 0 };
	struct slice line;

	if (state_is(s, "22") || state_is(s, "23")) {
		buf_addf(b, "SQLSTATE %s", s->state);
		return;
	}
	charset_name_text(slice_of(text), &clean);
	secret_scrub(buf_slice(&clean), s->secret, &plain);
	for (size_t i = 0; i < plain.n; i++)
		if ((unsigned char)plain.p[i] < ' ')
			plain.p[i] = ' ';
	line = slice_trim(buf_slice(&plain));
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != ' ' || line.p[i - 1] != ' ')
			buf_addc(b, line.p[i]);
	buf_release(&clean);
	buf_release(&plain);
}

static void
diagnose(struct sql *s, SQLSMALLINT type, SQLHANDLE of, struct buf *b)
{
	SQLCHAR text[1024] = "";
	SQLSMALLINT n;
	SQLINTEGER number;
	SQLUINTEGER gone = SQL_CD_FALSE;

	strncpy(s->state, "HY000", sizeof(s->state));
	if (of == NULL ||
	    !SQL_SUCCEEDED(s->f.SQLGetDiagRec(type, of, 1, (SQLCHAR *)s->state,
		&number, text, sizeof(text), &n)))
		strncpy((char *)text, "no reason is given", sizeof(text));
	text[sizeof(text) - 1] = '\0';
	put_message(s, (const char *)text, b);
	if (type == SQL_HANDLE_STMT &&
	    SQL_SUCCEEDED(s->f.SQLGetConnectAttr(
		s->dbc, SQL_ATTR_CONNECTION_DEAD, &gone, sizeof(gone), NULL)))
		s->dead = gone == SQL_CD_TRUE;
	s->dead = s->dead || state_is(s, "08") || state_is(s, "57P") ||
	    state_is(s, "HYT01");
}

/* A query that cannot be asked now, or one that is wrong as it stands. */
static bool
fail_query(struct sql *s, struct err *e)
{
	static const char *const service[] = { "08", "28", "40", "42501", "53",
		"54", "55", "57", "58", "HYT", NULL };
	struct buf b = { 0 };
	enum err_kind kind;

	diagnose(s, SQL_HANDLE_STMT, s->stmt, &b);
	kind = s->dead ? ERR_SERVICE : ERR_USAGE;
	for (const char *const *p = service; *p != NULL; p++)
		if (state_is(s, *p))
			kind = ERR_SERVICE;
	err_set(e, kind, "%s", buf_string(&b));
	buf_release(&b);
	return false;
}

/* --- the connection ------------------------------------------------------ */

static bool
load(struct sql *s, struct err *e)
{
	void *library = dlopen("libodbc.so.2", RTLD_NOW | RTLD_LOCAL);

	if (library == NULL)
		library = dlopen("libodbc.so.1", RTLD_NOW | RTLD_LOCAL);
	if (library == NULL)
		return err_set(e, ERR_INPUT,
		    "unixODBC is not installed (package libodbc2)");
#define X(name)                                       \
	*(void **)&s->f.name = dlsym(library, #name); \
	if (s->f.name == NULL)                        \
		return err_set(e, ERR_INPUT, "unixODBC has no " #name);
	FUNCTIONS(X)
#undef X
	return true;
}

static void
disconnect(struct sql *s)
{
	if (s->stmt != NULL)
		s->f.SQLFreeHandle(SQL_HANDLE_STMT, s->stmt);
	if (s->dbc != NULL) {
		s->f.SQLDisconnect(s->dbc);
		s->f.SQLFreeHandle(SQL_HANDLE_DBC, s->dbc);
	}
	s->stmt = NULL;
	s->dbc = NULL;
}

static void
ask_info(struct sql *s, SQLUSMALLINT what, char *to, SQLSMALLINT room)
{
	SQLSMALLINT n = 0;

	to[0] = '\0';
	if (!SQL_SUCCEEDED(s->f.SQLGetInfo(s->dbc, what, to, room, &n)))
		to[0] = '\0';
}

static bool
run(struct sql *s, const char *sql, struct err *e)
{
	SQLRETURN got;

	if (!SQL_SUCCEEDED(
		s->f.SQLAllocHandle(SQL_HANDLE_STMT, s->dbc, &s->stmt)))
		return err_set(e, ERR_SERVICE, "no statement is to be had");
	got = s->f.SQLExecDirect(
	    s->stmt, (SQLCHAR *)(void *)sql, (SQLINTEGER)strlen(sql));
	if (!SQL_SUCCEEDED(got))
		return fail_query(s, e);
	s->f.SQLFreeHandle(SQL_HANDLE_STMT, s->stmt);
	s->stmt = NULL;
	return true;
}

static bool
fail_connect(struct sql *s, struct err *e)
{
	struct buf b = { 0 };
	bool absent;

	diagnose(s, SQL_HANDLE_DBC, s->dbc, &b);
	absent = state_is(s, "IM") || state_is(s, "01000");
	err_set(e, absent ? ERR_INPUT : ERR_SERVICE, "%s", buf_string(&b));
	buf_release(&b);
	disconnect(s);
	return false;
}

static bool
connect_once(struct sql *s, struct err *e)
{
	SQLRETURN got;

	disconnect(s);
	s->dead = false;
	if (!SQL_SUCCEEDED(
		s->f.SQLAllocHandle(SQL_HANDLE_DBC, s->env, &s->dbc)))
		return err_set(e, ERR_SERVICE, "no connection is to be had");
	s->f.SQLSetConnectAttr(s->dbc, SQL_ATTR_LOGIN_TIMEOUT,
	    (SQLPOINTER)LOGIN_WAITS, SQL_IS_UINTEGER);
	s->f.SQLSetConnectAttr(s->dbc, SQL_ATTR_ACCESS_MODE,
	    (SQLPOINTER)SQL_MODE_READ_ONLY, SQL_IS_UINTEGER);
	got = s->f.SQLDriverConnect(s->dbc, NULL, (SQLCHAR *)s->connection,
	    SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT);
	return SQL_SUCCEEDED(got) || fail_connect(s, e);
}

/* A data source of psqlodbc does not show in its name what it is. */
static bool
wants_cursor(struct sql *s)
{
	char driver[NAME];

	ask_info(s, SQL_DRIVER_NAME, driver, sizeof(driver));
	return strncasecmp(driver, "psqlodbc", 8) == 0 &&
	    strstr(s->connection, "UseDeclareFetch=") == NULL &&
	    strstr(s->connection, "B6=") == NULL;
}

static bool
connect_to(struct sql *s, struct err *e)
{
	if (!connect_once(s, e))
		return false;
	if (wants_cursor(s)) {
		struct buf b = { 0 };

		buf_addf(&b, "%s;UseDeclareFetch=1", s->connection);
		mem_free(s->connection);
		s->connection = mem_string(buf_string(&b), b.n);
		buf_release(&b);
		if (!connect_once(s, e))
			return false;
	}
	return true;
}

static enum database_paging
paging_of(const char *name)
{
	static const struct {
		const char *name;
		enum database_paging paging;
	} known[] = { { "PostgreSQL", PAGING_LIMIT },
		{ "SQLite", PAGING_LIMIT }, { "MySQL", PAGING_LIMIT },
		{ "MariaDB", PAGING_LIMIT }, { "InterSystems", PAGING_TOP },
		{ "Cache", PAGING_TOP }, { "Microsoft", PAGING_TOP },
		{ "Oracle", PAGING_FETCH }, { "DB2", PAGING_FETCH } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strncasecmp(name, known[i].name, strlen(known[i].name)) ==
		    0)
			return known[i].paging;
	return PAGING_NONE;
}

static bool
prepare(struct sql *s, struct err *e)
{
	char name[NAME];

	ask_info(s, SQL_DBMS_NAME, name, sizeof(name));
	s->db.paging = paging_of(name);
	s->postgres = strncasecmp(name, "PostgreSQL", 10) == 0;
	ask_info(s, SQL_IDENTIFIER_QUOTE_CHAR, s->quote, sizeof(s->quote));
	if (s->quote[0] == ' ')
		s->quote[0] = '\0';
	s->db.quote = s->quote;
	return !s->postgres ||
	    run(s, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", e);
}

static bool
reconnect(struct database *db, struct err *e)
{
	return connect_to(self(db), e) && prepare(self(db), e);
}

static bool
lost(struct database *db)
{
	return self(db)->dead;
}

/* --- queries ------------------------------------------------------------- */

static void
done(struct database *db)
{
	struct sql *s = self(db);

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
			return fail_query(s, e);
	}
	return true;
}

static bool
describe(struct sql *s, struct err *e)
{
	struct database *db = &s->db;
	SQLSMALLINT columns = 0;

	if (!SQL_SUCCEEDED(s->f.SQLNumResultCols(s->stmt, &columns)))
		return fail_query(s, e);
	if (columns <= 0)
		return err_set(e, ERR_USAGE, "the query gives no rows");
	arena_reset(s->names);
	db->ncolumns = (size_t)columns;
	db->columns =
	    arena_zalloc(s->names, (db->ncolumns + 1) * sizeof(*db->columns));
	db->row = arena_zalloc(s->names, db->ncolumns * sizeof(*db->row));
	s->ends = arena_zalloc(s->names, db->ncolumns * sizeof(*s->ends));
	for (size_t i = 0; i < db->ncolumns; i++) {
		SQLCHAR name[NAME] = "";
		SQLSMALLINT n, type, scale, nullable;
		SQLULEN size;

		if (!SQL_SUCCEEDED(s->f.SQLDescribeCol(s->stmt,
			(SQLUSMALLINT)(i + 1), name, sizeof(name), &n, &type,
			&size, &scale, &nullable)))
			return fail_query(s, e);
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
	struct sql *s = self(db);
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
	got = s->f.SQLExecDirect(
	    s->stmt, (SQLCHAR *)(void *)sql.p, (SQLINTEGER)sql.n);
	if (!SQL_SUCCEEDED(got) && got != SQL_NO_DATA)
		return fail_query(s, e);
	return describe(s, e);
}

/* --- values -------------------------------------------------------------- */

/* UTF-16 as this machine has it; false for half a character. */
static bool
put_utf16(struct slice wide, struct buf *b)
{
	const char *p = wide.p, *end = wide.p + (wide.n & ~(size_t)1);

	while (p < end) {
		uint16_t unit, low;
		uint32_t code;
		char *to = buf_room(b, 4);

		memcpy(&unit, p, 2);
		p += 2;
		code = unit;
		if (unit >= 0xD800 && unit < 0xE000) {
			if (unit >= 0xDC00 || p == end)
				return false;
			memcpy(&low, p, 2);
			p += 2;
			if (low < 0xDC00 || low > 0xDFFF)
				return false;
			code = 0x10000 + ((uint32_t)(unit - 0xD800) << 10) +
			    (low - 0xDC00u);
		}
		b->n += utf8_put(to, code);
	}
	return wide.n % 2 == 0;
}

/*
 * How much of a piece that was filled is there: up to the zero behind it,
 * which stands at the end or, where the driver cuts at whole characters, a
 * little before it.
 */
static size_t
filled(const char *piece, size_t zero)
{
	for (size_t n = PIECE - 4 * zero; n + zero <= PIECE; n += zero) {
		size_t i = 0;

		while (i < zero && piece[n + i] == '\0')
			i++;
		if (i == zero)
			return n;
	}
	return PIECE - zero;
}

enum piece { PIECE_LAST, PIECE_MORE, PIECE_NULL, PIECE_FAILED };

/* The next piece of a value, behind the buffer; *left: bytes announced. */
static enum piece
take_piece(
    struct sql *s, size_t i, SQLSMALLINT as, struct buf *to, SQLLEN *left)
{
	size_t zero = as == SQL_C_BINARY ? 0 : as == SQL_C_WCHAR ? 2 : 1;
	size_t most = PIECE - zero, n;
	SQLRETURN got;

	memset(s->piece + PIECE - 8, 0xFF, 8);
	*left = SQL_NO_TOTAL;
	got = s->f.SQLGetData(
	    s->stmt, (SQLUSMALLINT)(i + 1), as, s->piece, (SQLLEN)PIECE, left);
	if (got == SQL_NO_DATA)
		return PIECE_LAST;
	if (!SQL_SUCCEEDED(got))
		return PIECE_FAILED;
	if (*left == SQL_NULL_DATA)
		return PIECE_NULL;
	if (*left >= 0 && (size_t)*left <= most) {
		buf_add(to, s->piece, (size_t)*left);
		return PIECE_LAST;
	}
	n = zero == 0 ? PIECE : filled(s->piece, zero);
	buf_add(to, s->piece, n);
	/* No more is to come although more was announced: seen by the sum. */
	return got == SQL_SUCCESS ? PIECE_LAST : PIECE_MORE;
}

static bool
fault(struct sql *s, size_t i, const char *code, const char *why)
{
	if (s->db.fault.kind == ERR_NONE)
		err_data(&s->db.fault, code, "%s: %s", s->db.columns[i], why);
	return true;
}

/*
 * A text that ends before its length says: what follows is what was in the
 * buffer before.  No text of a hospital holds a zero.
 */
static bool
has_zero(const struct buf *b, size_t from, SQLSMALLINT as)
{
	if (as == SQL_C_CHAR)
		return b->n > from &&
		    memchr(b->p + from, '\0', b->n - from) != NULL;
	for (; as == SQL_C_WCHAR && from + 1 < b->n; from += 2)
		if (b->p[from] == '\0' && b->p[from + 1] == '\0')
			return true;
	return false;
}

/* The bytes of a value behind the buffer.  False where the row is lost. */
static bool
take_value(struct sql *s, size_t i, struct buf *to, bool *null, struct err *e)
{
	const struct database_value *v = &s->db.row[i];
	SQLSMALLINT as = v->binary ? SQL_C_BINARY
	    : v->utf8              ? SQL_C_WCHAR
				   : SQL_C_CHAR;
	size_t from = to->n;
	SQLLEN announced = SQL_NO_TOTAL, left;
	enum piece piece;
	bool first = true;

	*null = true;
	do {
		piece = take_piece(s, i, as, to, &left);
		if (first)
			announced = left;
		first = false;
		if (to->n > s->db.max_row)
			return fault(s, i, "limit_record",
			    "row of more bytes than --max-record allows");
	} while (piece == PIECE_MORE);
	if (piece == PIECE_FAILED) {
		fail_query(s, e);
		if (s->dead)
			return false;
		return fault(s, i, "sql_value", "the driver cannot give it");
	}
	if (piece == PIECE_NULL)
		return true;
	if (announced >= 0 && to->n - from < (size_t)announced)
		return fault(s, i, "value_cut",
		    "the driver gave less of it than it announced");
	if (has_zero(to, from, as))
		return fault(s, i, "value_cut",
		    "has a zero in it, as where less came than was "
		    "announced");
	*null = false;
	return true;
}

static bool
take_wide(struct sql *s, size_t i, bool *null, struct err *e)
{
	buf_reset(&s->wide);
	if (!take_value(s, i, &s->wide, null, e))
		return false;
	if (*null || put_utf16(buf_slice(&s->wide), &s->row))
		return true;
	*null = true;
	return fault(s, i, "encoding", "holds half a character");
}

static int
fetch(struct database *db, struct err *e)
{
	struct sql *s = self(db);
	SQLRETURN got = s->f.SQLFetch(s->stmt);
	size_t from = 0;

	if (got == SQL_NO_DATA)
		return 0;
	if (!SQL_SUCCEEDED(got)) {
		fail_query(s, e);
		e->kind = ERR_SERVICE;
		return -1;
	}
	db->fault = (struct err){ 0 };
	buf_reset(&s->row);
	for (size_t i = 0; i < db->ncolumns; i++) {
		size_t before = s->row.n;
		bool null;

		if (!(db->row[i].utf8 ? take_wide(s, i, &null, e)
				      : take_value(s, i, &s->row, &null, e)))
			return -1;
		if (null)
			s->row.n = before;
		s->ends[i] = s->row.n;
		db->row[i].bytes.p = null ? NULL : "";
	}
	for (size_t i = 0; i < db->ncolumns; i++) {
		if (db->row[i].bytes.p != NULL && s->row.n > 0)
			db->row[i].bytes.p = s->row.p + from;
		db->row[i].bytes.n = s->ends[i] - from;
		from = s->ends[i];
	}
	return 1;
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
	SQLCHAR text[NAME] = "";
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
	struct sql *s = self(db);
	bool ok = true;

	*schema = NULL;
	if (!s->postgres)
		return true;
	db->max_row = db->max_row == 0 ? NAME : db->max_row;
	ok = query(db, SLICE("SELECT current_schema()"), NULL, 0, e) &&
	    fetch(db, e) == 1;
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
	struct sql *s = self(db);
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
		return fail_query(s, e);
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
	return got == SQL_NO_DATA || fail_query(s, e);
}

/* --- the whole ----------------------------------------------------------- */

static void
close_database(struct database *db)
{
	struct sql *s = self(db);

	disconnect(s);
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
	if (!load(s, e))
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
sql_open(const char *connection, const char *secret, struct err *e)
{
	static const struct database_ops ops = { .tables = list_tables,
		.query = query,
		.fetch = fetch,
		.done = done,
		.lost = lost,
		.reconnect = reconnect,
		.free = close_database };
	struct sql *s = mem_zalloc(sizeof(*s));

	s->db.ops = &ops;
	s->names = arena_new();
	s->connection = mem_string(connection, strlen(connection));
	s->secret = secret == NULL ? NULL : mem_string(secret, strlen(secret));
	if (!open_environment(s, e) || !connect_to(s, e) || !prepare(s, e)) {
		close_database(&s->db);
		return NULL;
	}
	return &s->db;
}
