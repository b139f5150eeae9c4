/*
 * What somebody types about a database: connection strings, queries, values.
 * The first byte says where a second text begins.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sources/odbc.h"
#include "sources/since.h"
#include "sources/statement.h"

static void
connect_by(struct slice text)
{
	struct buf whole = { 0 }, shown = { 0 }, password = { 0 };

	odbc_string(text, "user", "s;e}c", &whole, &shown, &password);
	buf_release(&whole);
	buf_release(&shown);
	buf_release(&password);
}

/* A query that reads says as much when its `:since` are parameters. */
static void
ask(struct slice text)
{
	struct err e = { 0 };
	struct buf b = { 0 };
	bool reads = statement_reads(text, &e);

	if (!reads && (e.kind != ERR_USAGE || e.text[0] == '\0'))
		__builtin_trap();
	if (statement_since(text, &b) > b.n)
		__builtin_trap();
	if (reads && !statement_reads(buf_slice(&b), &e))
		__builtin_trap();
	buf_release(&b);
}

/* Less is never more, and order does not depend on who is asked first. */
static void
look_back(struct slice a, struct slice c)
{
	struct since_overlap o;
	struct err e = { 0 };
	struct buf b = { 0 };

	if ((since_cmp(a, c) < 0) != (since_cmp(c, a) > 0))
		__builtin_trap();
	if (since_overlap("1d", &o, &e) && since_less(a, &o, &b, &e) &&
	    since_cmp(buf_slice(&b), a) > 0)
		__builtin_trap();
	buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice all = { (const char *)data, n };
	size_t cut;

	if (n == 0)
		return 0;
	cut = 1 + data[0] % n;
	all.p++;
	all.n--;
	connect_by(all);
	ask(all);
	look_back((struct slice){ all.p, cut - 1 },
	    (struct slice){ all.p + cut - 1, all.n - (cut - 1) });
	return 0;
}
