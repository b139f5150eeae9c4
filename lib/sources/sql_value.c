/*
 * Text is asked for in bytes, with a locale of UTF-8 for this thread: that is
 * what driver manager and drivers convert by, and a character that a driver
 * cut in half can be seen.  Columns that the driver itself calls wide are
 * asked for in UTF-16, where a driver without such a locale would put question
 * marks.  No size that a driver states is believed: a value is taken in pieces
 * until there is no more, and what came is held against what was announced.
 */
#include <string.h>

#include "base/utf8.h"
#include "sources/sql_handle.h"

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
	for (size_t n = SQL_PIECE - 4 * zero; n + zero <= SQL_PIECE;
	     n += zero) {
		size_t i = 0;

		while (i < zero && piece[n + i] == '\0')
			i++;
		if (i == zero)
			return n;
	}
	return SQL_PIECE - zero;
}

enum piece { PIECE_LAST, PIECE_MORE, PIECE_NULL, PIECE_FAILED };

/* The next piece of a value, behind the buffer; *left: bytes announced. */
static enum piece
take_piece(
    struct sql *s, size_t i, SQLSMALLINT as, struct buf *to, SQLLEN *left)
{
	size_t zero = as == SQL_C_BINARY ? 0 : as == SQL_C_WCHAR ? 2 : 1;
	size_t most = SQL_PIECE - zero, n;
	SQLRETURN got;

	memset(s->piece + SQL_PIECE - 8, 0xFF, 8);
	*left = SQL_NO_TOTAL;
	got = s->f.SQLGetData(s->stmt, (SQLUSMALLINT)(i + 1), as, s->piece,
	    (SQLLEN)SQL_PIECE, left);
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
	n = zero == 0 ? SQL_PIECE : filled(s->piece, zero);
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
		sql_fail(s, e);
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

int
sql_fetch(struct database *db, struct err *e)
{
	struct sql *s = sql_self(db);
	SQLRETURN got;
	size_t from = 0;

	sql_busy(s);
	got = s->f.SQLFetch(s->stmt);
	sql_idle(s);
	if (got == SQL_NO_DATA)
		return 0;
	if (!SQL_SUCCEEDED(got)) {
		sql_fail(s, e);
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
