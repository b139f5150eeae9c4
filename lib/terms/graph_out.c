#include "terms/graph_out.h"

#include "json/write.h"

#define PIECE ((size_t)64 << 10)

struct out {
	struct buf lines;
	uint64_t n;
	graph_put *put;
	void *ctx;
	struct err *e;
};

static bool
give(struct out *o)
{
	bool ok = o->n == 0 || o->put(o->ctx, buf_slice(&o->lines), o->n, o->e);

	buf_reset(&o->lines);
	o->n = 0;
	return ok;
}

/* The end of a line, and of what has gathered where that is enough. */
static bool
end_line(struct out *o, const char *kind)
{
	buf_adds(&o->lines, ",\"_mdx\":{\"kind\":\"");
	buf_adds(&o->lines, kind);
	buf_adds(&o->lines, "\"}}\n");
	o->n++;
	return o->lines.n < PIECE || give(o);
}

/* A member that is left out where there is nothing to say. */
static void
put_text(struct out *o, const char *name, struct slice text)
{
	if (text.n == 0)
		return;
	json_put_key(&o->lines, name);
	json_put_string(&o->lines, text);
}

static void
put_count(struct out *o, int64_t n)
{
	json_put_key(&o->lines, "count");
	json_put_int(&o->lines, n);
}

/* --- entities ------------------------------------------------------------ */

static bool
put_aliases(struct out *o, struct statement *st, int64_t eid, struct slice name)
{
	bool first = true;
	int got;

	statement_bind_int(st, 1, eid);
	while ((got = statement_step(st, o->e)) == 1) {
		struct slice alias = statement_text(st, 0);

		if (slice_eq(alias, name))
			continue;
		if (first) {
			json_put_key(&o->lines, "aliases");
			buf_addc(&o->lines, '[');
		}
		json_put_comma(&o->lines);
		json_put_string(&o->lines, alias);
		first = false;
	}
	if (!first)
		buf_addc(&o->lines, ']');
	return got == 0;
}

static bool
put_entity(struct out *o, struct statement *st, struct statement *aliases)
{
	buf_addc(&o->lines, '{');
	put_text(o, "id", statement_text(st, 1));
	put_text(o, "type", statement_text(st, 2));
	put_text(o, "name", statement_text(st, 3));
	put_text(o, "system", statement_text(st, 4));
	put_text(o, "version", statement_text(st, 5));
	put_text(o, "code", statement_text(st, 6));
	if (!put_aliases(
		o, aliases, statement_int(st, 0), statement_text(st, 3)))
		return false;
	put_count(o, statement_int(st, 7));
	if (statement_int(st, 8) == 0) {
		json_put_key(&o->lines, "undeclared");
		buf_adds(&o->lines, "true");
	}
	return end_line(o, "entity");
}

bool
graph_out_entities(struct store *s, graph_put *put, void *ctx, struct err *e)
{
	struct out o = { .put = put, .ctx = ctx, .e = e };
	struct statement *aliases = store_prepare(
	    s, "SELECT text FROM alias WHERE eid = ?1 ORDER BY text", e);
	struct statement *st = store_prepare(s,
	    "SELECT eid, id, type, name, system, version, code, count,"
	    " declared FROM entity ORDER BY id",
	    e);
	bool ok = aliases != NULL && st != NULL;
	int got = 0;

	while (ok && (got = statement_step(st, e)) == 1)
		ok = put_entity(&o, st, aliases);
	ok = ok && got == 0 && give(&o);
	statement_free(aliases);
	statement_free(st);
	buf_release(&o.lines);
	return ok;
}

/* --- relations ----------------------------------------------------------- */

static bool
put_relation(struct out *o, struct statement *st)
{
	buf_addc(&o->lines, '{');
	put_text(o, "subject", statement_text(st, 0));
	put_text(o, "predicate", statement_text(st, 1));
	put_text(o, "object", statement_text(st, 2));
	put_text(o, "source", statement_text(st, 3));
	put_count(o, statement_int(st, 4));
	put_text(o, "first", statement_text(st, 5));
	put_text(o, "last", statement_text(st, 6));
	return end_line(o, "relation");
}

/* Subjects in their order: only the relations of one are ever sorted. */
bool
graph_out_relations(struct store *s, graph_put *put, void *ctx, struct err *e)
{
	struct out o = { .put = put, .ctx = ctx, .e = e };
	struct statement *st = store_prepare(s,
	    "SELECT s.id, p.name, o.id, c.name, r.count, r.first, r.last"
	    " FROM entity s CROSS JOIN relation r ON r.subject = s.eid"
	    " CROSS JOIN predicate p ON p.pid = r.predicate"
	    " CROSS JOIN entity o ON o.eid = r.object"
	    " CROSS JOIN source c ON c.sid = r.source"
	    " ORDER BY s.id, p.name, o.id, c.name",
	    e);
	bool ok = st != NULL;
	int got = 0;

	while (ok && (got = statement_step(st, e)) == 1)
		ok = put_relation(&o, st);
	ok = ok && got == 0 && give(&o);
	statement_free(st);
	buf_release(&o.lines);
	return ok;
}

/* --- counts -------------------------------------------------------------- */

/* An object of names and numbers, and their sum. */
static bool
put_counts(struct store *s, const char *sql, struct buf *b, int64_t *sum,
    struct err *e)
{
	struct statement *st = store_prepare(s, sql, e);
	int got = -1;

	*sum = 0;
	buf_addc(b, '{');
	while (st != NULL && (got = statement_step(st, e)) == 1) {
		json_put_key_slice(b, statement_text(st, 0));
		json_put_int(b, statement_int(st, 1));
		*sum += statement_int(st, 1);
	}
	buf_addc(b, '}');
	statement_free(st);
	return got == 0;
}

bool
graph_out_stats(struct store *s, struct buf *b, struct err *e)
{
	int64_t entities, relations, undeclared = 0;
	struct statement *st;

	buf_adds(b, "{\"entities\":");
	if (!put_counts(s,
		"SELECT type, count(*) FROM entity GROUP BY type"
		" ORDER BY type",
		b, &entities, e))
		return false;
	json_put_key(b, "relations");
	if (!put_counts(s,
		"SELECT p.name, r.n FROM (SELECT predicate, count(*) AS n"
		" FROM relation GROUP BY predicate) r JOIN predicate p"
		" ON p.pid = r.predicate ORDER BY p.name",
		b, &relations, e))
		return false;
	st = store_prepare(
	    s, "SELECT count(*) FROM entity WHERE declared = 0", e);
	if (st == NULL)
		return false;
	if (statement_step(st, e) == 1)
		undeclared = statement_int(st, 0);
	statement_free(st);
	buf_addf(b,
	    ",\"total\":{\"entities\":%lld,\"relations\":%lld},"
	    "\"undeclared\":%lld}",
	    (long long)entities, (long long)relations, (long long)undeclared);
	return true;
}
