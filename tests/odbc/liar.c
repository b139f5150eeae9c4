/*
 * liar - a driver of ODBC that does what bad ones do: sizes that are wrong,
 * values cut by bytes, pieces that end early.  One table, `t`, with a row for
 * each habit; the suite sql knows what must come of them.
 */
#include <sql.h>
#include <sqlext.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_TEXT = 150000, ROWS = 10 };

struct statement {
	int row;         /* from 1 */
	int catalog;     /* the rows are those of SQLTables */
	size_t given[4]; /* of each column so far, plus one */
	const char *state;
};

SQLRETURN SQL_API
SQLAllocHandle(SQLSMALLINT type, SQLHANDLE in, SQLHANDLE *out)
{
	(void)type, (void)in;
	*out = calloc(1, sizeof(struct statement));
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLFreeHandle(SQLSMALLINT type, SQLHANDLE handle)
{
	(void)type;
	free(handle);
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLFreeStmt(SQLHSTMT s, SQLUSMALLINT what)
{
	(void)s, (void)what;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLSetEnvAttr(SQLHENV e, SQLINTEGER a, SQLPOINTER v, SQLINTEGER n)
{
	(void)e, (void)a, (void)v, (void)n;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLSetConnectAttr(SQLHDBC d, SQLINTEGER a, SQLPOINTER v, SQLINTEGER n)
{
	(void)d, (void)a, (void)v, (void)n;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLDriverConnect(SQLHDBC d, SQLHWND w, SQLCHAR *in, SQLSMALLINT nin,
    SQLCHAR *out, SQLSMALLINT room, SQLSMALLINT *n, SQLUSMALLINT how)
{
	(void)d, (void)w, (void)in, (void)nin, (void)out, (void)room, (void)n;
	(void)how;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLDisconnect(SQLHDBC d)
{
	(void)d;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLGetInfo(SQLHDBC d, SQLUSMALLINT what, SQLPOINTER to, SQLSMALLINT room,
    SQLSMALLINT *n)
{
	(void)d;
	if (what == SQL_DRIVER_ODBC_VER && room > 5)
		memcpy(to, "03.00", 6);
	else if (room > 0)
		*(char *)to = '\0';
	if (n != NULL)
		*n = 0;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLGetDiagRec(SQLSMALLINT type, SQLHANDLE h, SQLSMALLINT nth, SQLCHAR *state,
    SQLINTEGER *number, SQLCHAR *text, SQLSMALLINT room, SQLSMALLINT *n)
{
	struct statement *s = h;

	if (type != SQL_HANDLE_STMT || nth != 1 || s->state == NULL)
		return SQL_NO_DATA;
	memcpy(state, s->state, 6);
	*number = 1;
	if (text != NULL && room > 0)
		*text = '\0';
	if (n != NULL)
		*n = 0;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLTables(SQLHSTMT h, SQLCHAR *a, SQLSMALLINT na, SQLCHAR *b, SQLSMALLINT nb,
    SQLCHAR *c, SQLSMALLINT nc, SQLCHAR *d, SQLSMALLINT nd)
{
	(void)a, (void)b, (void)c, (void)d, (void)na, (void)nb, (void)nc;
	(void)nd;
	((struct statement *)h)->catalog = 1;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLExecDirect(SQLHSTMT h, SQLCHAR *sql, SQLINTEGER n)
{
	(void)h, (void)sql, (void)n;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLNumResultCols(SQLHSTMT h, SQLSMALLINT *n)
{
	*n = ((struct statement *)h)->catalog ? 5 : 3;
	return SQL_SUCCESS;
}

/* Every column is one byte wide, it says. */
SQLRETURN SQL_API
SQLDescribeCol(SQLHSTMT h, SQLUSMALLINT i, SQLCHAR *name, SQLSMALLINT room,
    SQLSMALLINT *n, SQLSMALLINT *type, SQLULEN *size, SQLSMALLINT *digits,
    SQLSMALLINT *nullable)
{
	static const char *const names[] = { "id", "text", "wide" };
	static const SQLSMALLINT types[] = { SQL_INTEGER, SQL_VARCHAR,
		SQL_WVARCHAR };

	(void)h;
	strncpy((char *)name, names[i - 1], (size_t)room);
	*n = (SQLSMALLINT)strlen(names[i - 1]);
	*type = types[i - 1];
	*size = 1;
	*digits = 0;
	*nullable = 1;
	return SQL_SUCCESS;
}

SQLRETURN SQL_API
SQLFetch(SQLHSTMT h)
{
	struct statement *s = h;

	memset(s->given, 0, sizeof(s->given));
	return s->row++ < (s->catalog ? 1 : ROWS) ? SQL_SUCCESS : SQL_NO_DATA;
}

static SQLRETURN
give(const char *text, SQLPOINTER to, SQLLEN *n)
{
	strcpy(to, text);
	*n = (SQLLEN)strlen(text);
	return SQL_SUCCESS;
}

static SQLRETURN
fail(struct statement *s, const char *state, SQLRETURN how)
{
	s->state = state;
	return how;
}

/*
 * The next piece of `there` bytes of a text of Chinese characters, in pieces
 * of `grain`, of which `total` are announced (< 0: it does not say).
 */
static SQLRETURN
give_piece(struct statement *s, size_t there, SQLLEN total, size_t grain,
    SQLPOINTER to, SQLLEN room, SQLLEN *n)
{
	size_t *given = &s->given[1], from = *given == 0 ? 0 : *given - 1;
	size_t left = there - from, most = ((size_t)room - 1) / grain * grain;
	size_t take = left < most ? left : most;

	if (*given > 0 && left == 0)
		return SQL_NO_DATA;
	for (size_t i = 0; i < take; i++)
		((char *)to)[i] = "\xe4\xb8\xad"[(from + i) % 3];
	((char *)to)[take] = '\0';
	*given = from + take + 1;
	*n = total < 0 ? (take == left ? (SQLLEN)take : total)
		       : total - (SQLLEN)from;
	return *n == (SQLLEN)take ? SQL_SUCCESS
				  : fail(s, "01004", SQL_SUCCESS_WITH_INFO);
}

/* UTF-16: 70000 of U+20000, or one and a half of them. */
static SQLRETURN
give_wide(struct statement *s, SQLPOINTER to, SQLLEN room, SQLLEN *n)
{
	size_t *given = &s->given[2], all = s->row == 8 ? 140000 : 3;
	size_t from = *given == 0 ? 0 : *given - 1, left = all - from;
	size_t most = (size_t)room / 2 - 1, take = left < most ? left : most;
	SQLWCHAR *w = to;

	if (*given > 0 && left == 0)
		return SQL_NO_DATA;
	for (size_t i = 0; i < take; i++)
		w[i] = (from + i) % 2 == 0 ? 0xD840 : 0xDC00;
	w[take] = 0;
	*n = (SQLLEN)left * 2;
	*given = from + take + 1;
	return take == left ? SQL_SUCCESS
			    : fail(s, "01004", SQL_SUCCESS_WITH_INFO);
}

static SQLRETURN
give_text(struct statement *s, SQLPOINTER to, SQLLEN room, SQLLEN *n)
{
	switch (s->row) {
	case 2: /* ten bytes, it says */
		give("abc", to, n);
		*n = 10;
		return SQL_SUCCESS;
	case 3: /* half of them never come */
		return give_piece(s, LONG_TEXT / 2, LONG_TEXT, 1, to, room, n);
	case 4: /* a character cut in half */
		return give("\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98", to, n);
	case 5:
		return give_piece(s, LONG_TEXT, SQL_NO_TOTAL, 1, to, room, n);
	case 6: /* pieces of whole characters */
		return give_piece(s, LONG_TEXT, LONG_TEXT, 3, to, room, n);
	case 7:
		return fail(s, "22003", SQL_ERROR);
	case 10: /* more than the buffer holds, and all is well, it says */
		give_piece(s, LONG_TEXT, LONG_TEXT, 1, to, room, n);
		return SQL_SUCCESS;
	default:
		return give("good", to, n);
	}
}

SQLRETURN SQL_API
SQLGetData(SQLHSTMT h, SQLUSMALLINT i, SQLSMALLINT as, SQLPOINTER to,
    SQLLEN room, SQLLEN *n)
{
	static const char *const ids[] = { "", "1", "2", "3", "4", "5", "6",
		"7", "8", "9", "10" };
	struct statement *s = h;

	(void)as;
	*n = SQL_NULL_DATA;
	if (s->catalog)
		return i == 3 ? give("t", to, n)
		    : i == 4  ? give("TABLE", to, n)
			      : SQL_SUCCESS;
	if (i == 1)
		return give(ids[s->row], to, n);
	if (i == 2)
		return give_text(s, to, room, n);
	return s->row == 8 || s->row == 9 ? give_wide(s, to, room, n)
					  : SQL_SUCCESS;
}
