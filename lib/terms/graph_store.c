#include "terms/graph_store.h"

#include "base/mem.h"
#include "terms/graph_store_part.h"

#define APPLICATION 0x6d647867 /* "mdxg" */
#define WAIT_MS     10000

static const struct store_schema schema = { "graph", APPLICATION, 1,
	"CREATE TABLE entity (eid INTEGER PRIMARY KEY,"
	" id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT, system TEXT,"
	" version TEXT, code TEXT, count INTEGER NOT NULL,"
	" declared INTEGER NOT NULL);"
	"CREATE TABLE alias (eid INTEGER NOT NULL, text TEXT NOT NULL,"
	" source TEXT NOT NULL, PRIMARY KEY (eid, text)) WITHOUT ROWID;"
	"CREATE TABLE gram (gram TEXT NOT NULL, eid INTEGER NOT NULL,"
	" PRIMARY KEY (gram, eid)) WITHOUT ROWID;"
	"CREATE TABLE predicate (pid INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE source (sid INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE relation (subject INTEGER NOT NULL,"
	" predicate INTEGER NOT NULL, object INTEGER NOT NULL,"
	" source INTEGER NOT NULL, count INTEGER NOT NULL,"
	" first TEXT, last TEXT,"
	" PRIMARY KEY (subject, predicate, object, source)) WITHOUT ROWID;"
	"CREATE TABLE seen (record TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;"
	"CREATE VIEW triple AS SELECT s.id AS subject, p.name AS predicate,"
	" o.id AS object, c.name AS source, r.count AS count,"
	" r.first AS first, r.last AS last FROM relation r"
	" JOIN entity s ON s.eid = r.subject"
	" JOIN predicate p ON p.pid = r.predicate"
	" JOIN entity o ON o.eid = r.object"
	" JOIN source c ON c.sid = r.source;" };

static const char *const texts[GRAPH_STATEMENTS] = {
	[GRAPH_SEE] = "INSERT OR IGNORE INTO seen VALUES (?1)",
	[GRAPH_FIND] = "SELECT eid FROM entity WHERE id = ?1",
	[GRAPH_GET] = "SELECT type, name, system, version, code, count,"
		      " declared FROM entity WHERE eid = ?1",
	[GRAPH_ADD] = "INSERT INTO entity (id, type, name, system, version,"
		      " code, count, declared)"
		      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[GRAPH_CHANGE] = "UPDATE entity SET type = ?2, name = ?3, system = ?4,"
			 " version = ?5, code = ?6, count = ?7, declared = ?8"
			 " WHERE eid = ?1",
	[GRAPH_CALL] = "INSERT OR IGNORE INTO alias VALUES (?1, ?2, ?3)",
	[GRAPH_GRAM] = "INSERT OR IGNORE INTO gram VALUES (?1, ?2)",
	[GRAPH_PREDICATE_ADD] =
	    "INSERT OR IGNORE INTO predicate (name) VALUES (?1)",
	[GRAPH_PREDICATE_FIND] = "SELECT pid FROM predicate WHERE name = ?1",
	[GRAPH_SOURCE_ADD] = "INSERT OR IGNORE INTO source (name) VALUES (?1)",
	[GRAPH_SOURCE_FIND] = "SELECT sid FROM source WHERE name = ?1",
	[GRAPH_RELATE] =
	    "INSERT INTO relation VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
	    " ON CONFLICT DO UPDATE SET count = count + excluded.count,"
	    " first = min(ifnull(first, excluded.first),"
	    " ifnull(excluded.first, first)),"
	    " last = max(ifnull(last, excluded.last),"
	    " ifnull(excluded.last, last))",
	[GRAPH_SHARE] = "INSERT INTO temp.shared VALUES (?1, ?2, ?3, ?4)"
			" ON CONFLICT DO UPDATE SET"
			" first = min(ifnull(first, excluded.first),"
			" ifnull(excluded.first, first)),"
			" last = max(ifnull(last, excluded.last),"
			" ifnull(excluded.last, last))",
};

static bool
prepare(struct graph_store *g, struct err *e)
{
	/* 64 MiB of pages; visits and what they hold are for one run only. */
	if (!store_exec(g->store,
		"PRAGMA cache_size = -65536;"
		"CREATE TEMP TABLE shared (visit, object INTEGER NOT NULL,"
		" first TEXT, last TEXT, PRIMARY KEY (visit, object))"
		" WITHOUT ROWID",
		e))
		return false;
	for (size_t i = 0; i < GRAPH_STATEMENTS; i++)
		if ((g->st[i] = store_prepare(g->store, texts[i], e)) == NULL)
			return false;
	return true;
}

struct graph_store *
graph_store_open(
    const char *path, const struct graph_table *table, struct err *e)
{
	struct graph_store *g = mem_zalloc(sizeof(*g));

	g->table = table;
	g->store = store_open(path == NULL ? "temporary file" : path, &schema,
	    path == NULL ? STORE_SCRATCH : 0, WAIT_MS, e);
	if (g->store == NULL || !prepare(g, e)) {
		graph_store_close(g);
		return NULL;
	}
	return g;
}

void
graph_store_close(struct graph_store *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < GRAPH_STATEMENTS; i++)
		statement_free(g->st[i]);
	if (g->open)
		store_rollback(g->store);
	store_close(g->store);
	mem_free(g);
}

struct store *
graph_store_file(const struct graph_store *g)
{
	return g->store;
}

const struct graph_table *
graph_store_table(const struct graph_store *g)
{
	return g->table;
}

bool
graph_store_begin(struct graph_store *g, struct err *e)
{
	if (!g->open)
		g->open = store_begin(g->store, e);
	return g->open;
}

bool
graph_store_commit(struct graph_store *g, struct err *e)
{
	if (g->open && !store_commit(g->store, e))
		return false;
	g->open = false;
	return true;
}

void
graph_store_undo(struct graph_store *g)
{
	if (g->open)
		store_rollback(g->store);
	g->open = false;
}

uint64_t
graph_store_repeated(const struct graph_store *g)
{
	return g->repeated;
}

/* Runs a statement that has been bound, and empties it. */
bool
graph_store_run(struct statement *st, struct err *e)
{
	bool ok = statement_run(st, e);

	statement_reset(st);
	return ok;
}

/* The number of a name in a small table, which is made where it is missing. */
bool
graph_store_number(struct graph_store *g, enum graph_statement add,
    enum graph_statement find, struct slice name, uint32_t *out, struct err *e)
{
	struct statement *st = g->st[find];
	int got;

	statement_bind(g->st[add], 1, name);
	if (!graph_store_run(g->st[add], e))
		return false;
	statement_bind(st, 1, name);
	got = statement_step(st, e);
	*out = got == 1 ? (uint32_t)statement_int(st, 0) : 0;
	statement_reset(st);
	return got == 1;
}

/* --- the end ------------------------------------------------------------- */

bool
graph_store_index(struct graph_store *g, struct err *e)
{
	return graph_store_begin(g, e) &&
	    store_exec(g->store,
		"CREATE INDEX IF NOT EXISTS relation_object"
		" ON relation (object, predicate)",
		e);
}

/* What the visits of the graph hold. */
static bool
gather(struct graph_store *g, struct err *e)
{
	return store_exec(g->store,
	    "DELETE FROM relation WHERE source ="
	    " (SELECT sid FROM source WHERE name = 'derived');"
	    "INSERT INTO temp.shared SELECT r.subject, r.object, min(r.first),"
	    " max(r.last) FROM entity v CROSS JOIN relation r"
	    " ON r.subject = v.eid WHERE v.type = 'visit'"
	    " GROUP BY r.subject, r.object",
	    e);
}

bool
graph_store_derive(
    struct graph_store *g, uint64_t support, bool kept, struct err *e)
{
	static const char *const predicates[] = { "treated_by", "tested_by" };
	uint32_t numbers[2], source;
	struct statement *st;
	bool ok = graph_store_begin(g, e) && (!kept || gather(g, e));

	for (size_t i = 0; ok && i < 2; i++)
		ok = graph_store_number(g, GRAPH_PREDICATE_ADD,
		    GRAPH_PREDICATE_FIND, slice_of(predicates[i]), &numbers[i],
		    e);
	ok = ok &&
	    graph_store_number(g, GRAPH_SOURCE_ADD, GRAPH_SOURCE_FIND,
		SLICE("derived"), &source, e);
	if (!ok)
		return false;
	st = store_prepare(g->store,
	    "INSERT INTO relation SELECT d.object,"
	    " CASE WHEN b.type IN ('procedure', 'drug') THEN ?1 ELSE ?2 END,"
	    " t.object, ?3, count(*) AS n,"
	    " min(min(ifnull(d.first, t.first), ifnull(t.first, d.first))),"
	    " max(max(ifnull(d.last, t.last), ifnull(t.last, d.last)))"
	    " FROM temp.shared d CROSS JOIN entity a ON a.eid = d.object"
	    " CROSS JOIN temp.shared t ON t.visit = d.visit"
	    " CROSS JOIN entity b ON b.eid = t.object"
	    " WHERE a.type = 'diagnosis'"
	    " AND b.type IN ('procedure', 'drug', 'lab', 'exam')"
	    " GROUP BY d.object, t.object HAVING n >= ?4"
	    " ON CONFLICT DO UPDATE SET count = count + excluded.count,"
	    " first = min(ifnull(first, excluded.first),"
	    " ifnull(excluded.first, first)),"
	    " last = max(ifnull(last, excluded.last),"
	    " ifnull(excluded.last, last))",
	    e);
	if (st == NULL)
		return false;
	statement_bind_int(st, 1, numbers[0]);
	statement_bind_int(st, 2, numbers[1]);
	statement_bind_int(st, 3, source);
	statement_bind_int(st, 4, (int64_t)support);
	ok = statement_run(st, e);
	statement_free(st);
	return ok;
}
