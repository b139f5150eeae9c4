#include <dlfcn.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "sources/charset.h"
#include "sources/secret.h"
#include "sources/sql_handle.h"

#define LOGIN_WAITS 10 /* seconds */

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
bool
sql_fail(struct sql *s, struct err *e)
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

bool
sql_load(struct sql *s, struct err *e)
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

void
sql_disconnect(struct sql *s)
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
		return sql_fail(s, e);
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
	sql_disconnect(s);
	return false;
}

static bool
connect_once(struct sql *s, struct err *e)
{
	SQLRETURN got;

	sql_disconnect(s);
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
	char driver[SQL_NAME];

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
	char name[SQL_NAME];

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

bool
sql_connect(struct sql *s, struct err *e)
{
	return connect_to(s, e) && prepare(s, e);
}
