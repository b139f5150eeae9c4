#include "sources/statement.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* --- over a table -------------------------------------------------------- */

static void
put_name(const struct database *db, const char *name, struct buf *b)
{
	const char *quote = db->quote;

	buf_adds(b, quote);
	for (; *name != '\0'; name++) {
		if (quote[0] != '\0' && *name == quote[0])
			buf_adds(b, quote);
		buf_addc(b, *name);
	}
	buf_adds(b, quote[0] == '[' ? "]" : quote);
}

static void
put_condition(const struct database *db, const char *name, const char *what,
    struct buf *b)
{
	put_name(db, name, b);
	buf_adds(b, what);
}

/* `WHERE` before the first, `AND` before the others. */
static void
put_and(size_t *n, struct buf *b)
{
	buf_adds(b, (*n)++ == 0 ? " WHERE " : " AND ");
}

/*
 * (a, b, c) >= (?, ?, ?) in words that every server knows:
 *
 *	a >= ? AND (a > ? OR (a = ? AND (b > ? OR (b = ? AND c >= ?))))
 *
 * The first part alone lets an index on `a` be used.
 */
static void
put_from_all(
    const struct database *db, const struct statement_page *p, struct buf *b)
{
	put_condition(db, p->order[0], " >= ?", b);
	for (size_t i = 0; i + 1 < p->norder; i++) {
		buf_adds(b, i == 0 ? " AND (" : "(");
		put_condition(db, p->order[i], " > ? OR (", b);
		put_condition(db, p->order[i], " = ? AND ", b);
		if (i + 2 == p->norder)
			put_condition(db, p->order[i + 1], " >= ?", b);
	}
	for (size_t i = 0; i + 1 < p->norder; i++)
		buf_adds(b, "))");
}

size_t
statement_values(size_t norder, size_t *at)
{
	size_t n = 0;

	at[n++] = 0;
	for (size_t i = 0; i + 1 < norder; i++) {
		at[n++] = i;
		at[n++] = i;
		if (i + 2 == norder)
			at[n++] = i + 1;
	}
	return n;
}

static void
put_nulls(
    const struct database *db, const struct statement_page *p, struct buf *b)
{
	size_t first = p->norder - p->nnull;

	buf_addc(b, '(');
	for (size_t i = first; i < p->norder; i++) {
		if (i > first)
			buf_adds(b, " OR ");
		put_condition(db, p->order[i], " IS NULL", b);
	}
	buf_addc(b, ')');
}

static void
put_order(
    const struct database *db, const struct statement_page *p, struct buf *b)
{
	for (size_t i = 0; i < p->norder; i++) {
		buf_adds(b, i == 0 ? " ORDER BY " : ", ");
		put_name(db, p->order[i], b);
	}
}

size_t
statement_table(
    const struct database *db, const struct statement_page *p, struct buf *b)
{
	size_t conditions = 0, values = 0, at[32];

	buf_adds(b, "SELECT ");
	if (p->limit > 0 && db->paging == PAGING_TOP)
		buf_addf(b, "TOP %zu ", p->limit);
	buf_adds(b, "* FROM ");
	if (p->table->schema != NULL) {
		put_name(db, p->table->schema, b);
		buf_addc(b, '.');
	}
	put_name(db, p->table->name, b);
	for (size_t i = 0; i < p->norder - p->nnull; i++) {
		put_and(&conditions, b);
		put_condition(db, p->order[i], " IS NOT NULL", b);
	}
	if (p->nnull > 0) {
		put_and(&conditions, b);
		put_nulls(db, p, b);
	}
	if (p->from_first) {
		put_and(&conditions, b);
		put_condition(db, p->order[0], " >= ?", b);
		values = 1;
	} else if (p->from_all) {
		put_and(&conditions, b);
		put_from_all(db, p, b);
		values = statement_values(p->norder, at);
	}
	put_order(db, p, b);
	if (p->limit > 0 && db->paging == PAGING_LIMIT)
		buf_addf(b, " LIMIT %zu", p->limit);
	if (p->limit > 0 && db->paging == PAGING_FETCH)
		buf_addf(b, " FETCH FIRST %zu ROWS ONLY", p->limit);
	return values;
}

/* --- that somebody wrote ------------------------------------------------- */

enum token { TOKEN_END, TOKEN_WORD, TOKEN_SINCE, TOKEN_SEMICOLON, TOKEN_OTHER };

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80) != 0;
}

/* Behind a quoted piece; a doubled quote ends one and begins the next. */
static const char *
pass_quoted(const char *p, const char *end, char quote)
{
	while (p < end && *p != quote)
		p++;
	return p < end ? p + 1 : end;
}

static const char *
pass_comment(const char *p, const char *end)
{
	if (*p == '-') {
		while (p < end && *p != '\n')
			p++;
		return p;
	}
	for (p += 2; p + 1 < end; p++)
		if (p[0] == '*' && p[1] == '/')
			return p + 2;
	return end;
}

/* The next piece of the text; blanks and comments are none. */
static enum token
next_token(const char **at, const char *end, struct slice *token)
{
	const char *p = *at;

	for (;;) {
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (p + 1 >= end ||
		    !((p[0] == '-' && p[1] == '-') ||
			(p[0] == '/' && p[1] == '*')))
			break;
		p = pass_comment(p, end);
	}
	token->p = p;
	if (p == end) {
		*at = p;
		return TOKEN_END;
	}
	if (is_word(*p)) {
		while (p < end && is_word(*p))
			p++;
	} else if (*p == '\'' || *p == '"' || *p == '`') {
		p = pass_quoted(p + 1, end, *p);
	} else if (*p == '[') {
		p = pass_quoted(p + 1, end, ']');
	} else if (*p == ':' && p + 1 < end && is_word(p[1])) {
		for (p++; p < end && is_word(*p);)
			p++;
	} else if (*p == ':' && p + 1 < end && p[1] == ':') {
		p += 2; /* a cast */
	} else {
		p++;
	}
	*at = p;
	*token = slice_span(token->p, p);
	if (is_word(token->p[0]))
		return TOKEN_WORD;
	if (token->n == 6 && strncasecmp(token->p, ":since", 6) == 0)
		return TOKEN_SINCE;
	return token->p[0] == ';' ? TOKEN_SEMICOLON : TOKEN_OTHER;
}

static bool
is_one_of(struct slice word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (word.n == strlen(*words) &&
		    strncasecmp(word.p, *words, word.n) == 0)
			return true;
	return false;
}

bool
statement_reads(struct slice sql, struct err *e)
{
	static const char *const begins[] = { "select", "with", "values",
		"table", NULL };
	static const char *const writes[] = { "insert", "update", "delete",
		"merge", "into", NULL };
	const char *p = sql.p, *end = sql.p + sql.n;
	struct slice token;
	bool first = true, over = false;
	enum token is;

	while ((is = next_token(&p, end, &token)) != TOKEN_END) {
		if (over)
			return err_set(e, ERR_USAGE,
			    "the query is more than one statement");
		over = is == TOKEN_SEMICOLON;
		if (first && (is != TOKEN_WORD || !is_one_of(token, begins)))
			return err_set(e, ERR_USAGE,
			    "the query begins with none of select, with, "
			    "values, table: nothing else is asked");
		if (is == TOKEN_WORD && is_one_of(token, writes))
			return err_set(e, ERR_USAGE,
			    "the query says '%.*s', and nothing is written to "
			    "a source (a name that is meant stands in quotes)",
			    (int)token.n, token.p);
		first = false;
	}
	return !first || err_set(e, ERR_USAGE, "the query is empty");
}

size_t
statement_since(struct slice sql, struct buf *b)
{
	const char *p = sql.p, *done = sql.p, *end = sql.p + sql.n;
	struct slice token;
	size_t n = 0;
	enum token is;

	while ((is = next_token(&p, end, &token)) != TOKEN_END) {
		if (is == TOKEN_SEMICOLON)
			break;
		if (is != TOKEN_SINCE)
			continue;
		buf_add(b, done, (size_t)(token.p - done));
		buf_addc(b, '?');
		done = p;
		n++;
	}
	/* Without the semicolon, which some drivers refuse. */
	buf_add(
	    b, done, (size_t)((is == TOKEN_SEMICOLON ? token.p : end) - done));
	return n;
}
