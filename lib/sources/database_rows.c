#include "sources/database_rows.h"

#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "sources/manifest.h"
#include "sources/statement.h"
#include "sources/database_row.h"

#define PAGE    ((size_t)10000)
#define RETRIES 6 /* of a lost connection; the pauses double from 1/2 s */

enum page { PAGE_OVER, PAGE_FULL, PAGE_STOPPED, PAGE_FAILED, PAGE_BROKEN };

struct rows {
	struct database_row row;
	struct database_source *source;
	const struct database_table *table; /* NULL: a query */
	const char *order[DATABASE_ORDER];
	struct database_value from; /* the first value that is wanted */
	struct buf from_text, sql;
	struct err why; /* PAGE_FAILED */
	bool paged, moved;
	uint64_t fetched, since_kept;
};

static bool
told_to_stop(const struct rows *r)
{
	const struct stop *stop = run_options(r->source->sink->run)->stop;

	return stop != NULL && stop->signal != 0;
}

/* --- one query ----------------------------------------------------------- */

/* PAGE_BROKEN: the run cannot go on, with *e. */
static enum page
take_rows(struct rows *r, size_t limit, struct err *e)
{
	struct database *db = r->source->db;
	int got;

	r->fetched = 0;
	if (!r->row.named)
		database_row_names(&r->row);
	while ((got = db->ops->fetch(db, &r->why)) == 1) {
		if (told_to_stop(r))
			return PAGE_STOPPED;
		if (!database_row_take(&r->row, e))
			return PAGE_BROKEN;
		r->fetched++;
		if (limit > 0 && r->fetched == limit)
			return PAGE_FULL;
		if (limit == 0 && r->row.norder > 0 && !r->row.state.nulls &&
		    ++r->since_kept % PAGE == 0 &&
		    !database_state_keep(&r->row.state, false, e))
			return PAGE_BROKEN;
	}
	if (told_to_stop(r))
		return PAGE_STOPPED;
	return got == 0 ? PAGE_OVER : PAGE_FAILED;
}

static enum page
ask(struct rows *r, struct slice sql, const struct database_value *values,
    size_t n, size_t limit, struct err *e)
{
	struct database *db = r->source->db;
	enum page result = PAGE_FAILED;

	if (db->ops->query(db, sql, values, n, &r->why))
		result = take_rows(r, limit, e);
	else if (told_to_stop(r))
		result = PAGE_STOPPED;
	db->ops->done(db);
	return result;
}

/*
 * The page that begins at the position, or at the first value wanted.  What an
 * earlier run left is a position only where the key alone orders the rows.
 */
static enum page
ask_page(struct rows *r, size_t nnull, struct err *e)
{
	struct database_row *row = &r->row;
	const struct database_state *t = &row->state;
	struct database_value values[32];
	size_t at[32], n;
	bool go_on = nnull == 0 && t->last.n == row->norder &&
	    (r->moved || !t->by_since);
	struct statement_page p = { .table = r->table,
		.order = r->order,
		.norder = row->norder,
		.nnull = nnull,
		.from_all = go_on,
		.from_first = !go_on && r->from.bytes.p != NULL,
		.limit = r->paged && nnull == 0 ? PAGE : 0 };
	enum page result;

	buf_reset(&r->sql);
	n = statement_table(r->source->db, &p, &r->sql);
	values[0] = r->from;
	if (p.from_all)
		statement_values(row->norder, at);
	for (size_t i = 0; p.from_all && i < n; i++)
		values[i] = t->last.v[at[i]];
	database_state_page(&row->state);
	result = ask(r, buf_slice(&r->sql), values, n, p.limit, e);
	r->moved = r->moved || (nnull == 0 && r->fetched > 0);
	return result;
}

/* --- a connection that is lost ------------------------------------------- */

static void
pause_for(const struct rows *r, unsigned ms)
{
	struct timespec step = { .tv_nsec = 50 * 1000 * 1000 };

	for (; ms > 0 && !told_to_stop(r); ms -= ms < 50 ? ms : 50)
		nanosleep(&step, NULL);
}

/*
 * The login was accepted before, so trying again locks no account.  What has
 * come is handed on first: the wait may be long.
 */
static bool
reconnect(struct rows *r, struct err *e)
{
	struct database *db = r->source->db;
	unsigned ms = 500;

	if (db->ops->lost == NULL || !db->ops->lost(db))
		return false;
	if (!sink_flush(r->source->sink, e))
		return false;
	for (int i = 0; i < RETRIES && !told_to_stop(r); i++, ms *= 2) {
		pause_for(r, ms);
		if (db->ops->reconnect(db, &r->why))
			return true;
	}
	return false;
}

/* --- ordered rows -------------------------------------------------------- */

static bool
note_stuck(struct rows *r)
{
	return err_set(&r->why, ERR_USAGE,
	    "%zu rows and more share one key: --key must name columns that "
	    "tell rows apart",
	    PAGE);
}

/* False with PAGE_FAILED, PAGE_STOPPED or PAGE_BROKEN in *result. */
static bool
read_pages(struct rows *r, size_t nnull, enum page *result, struct err *e)
{
	unsigned lost = 0;

	for (;;) {
		uint64_t before = r->row.m.pieces;

		*result = ask_page(r, nnull, e);
		if (*result == PAGE_OVER)
			return true;
		if (*result == PAGE_FULL && r->row.m.pieces == before) {
			note_stuck(r);
			*result = PAGE_FAILED;
		}
		if (*result == PAGE_FULL) {
			lost = 0;
			if (!database_state_keep(&r->row.state, false, e)) {
				*result = PAGE_BROKEN;
				return false;
			}
			continue;
		}
		if (*result != PAGE_FAILED || lost++ > RETRIES ||
		    !reconnect(r, e))
			return false;
		if (r->row.m.pieces > before)
			lost = 0;
	}
}

/* What the state says was read, less what may have been committed late. */
static bool
begin_from(struct rows *r, struct err *e)
{
	const struct database_options *o = &r->source->options->database;
	struct database_state *t = &r->row.state;

	r->from = (struct database_value){ .bytes = { NULL, 0 } };
	if (!t->by_since)
		return true;
	if (t->known && t->last.n > 0) {
		r->from = t->last.v[0];
		if (!since_less(
			t->last.v[0].bytes, &t->overlap, &r->from_text, e))
			return false;
	} else if (o->since_from != NULL) {
		buf_adds(&r->from_text, o->since_from);
		if (r->source->db->ncolumns > 0)
			r->from.type = r->source->db->row[r->row.since].type;
	} else {
		return true;
	}
	r->from.bytes = buf_slice(&r->from_text);
	return true;
}

/*
 * Rows without a value in one of the columns stand in no order and are asked
 * for apart, first; those without one of --since by the first run only.
 */
static enum page
read_ordered(struct rows *r, struct err *e)
{
	struct database_state *t = &r->row.state;
	enum page result = PAGE_OVER;
	size_t nnull = r->row.norder;

	if (t->by_since && (t->known || r->from.bytes.p != NULL))
		nnull--;
	else if (t->known)
		nnull = 0;
	if (nnull > 0) {
		uint64_t before = r->row.m.pieces;

		t->nulls = true;
		if (!read_pages(r, nnull, &result, e))
			return result;
		t->nulls = false;
		buf_reset(&t->border);
		if (r->row.m.pieces > before)
			member_note(&r->row.m, "null_keys: %llu rows",
			    (unsigned long long)(r->row.m.pieces - before));
	}
	read_pages(r, 0, &result, e);
	return result;
}

/* --- a table, a query ---------------------------------------------------- */

/* The columns by a query that gives no row. */
static bool
look_at_columns(struct rows *r, struct err *e)
{
	struct database *db = r->source->db;
	struct statement_page p = { .table = r->table };
	bool ok;

	buf_reset(&r->sql);
	statement_table(db, &p, &r->sql);
	buf_adds(&r->sql, " WHERE 1 = 0");
	ok = db->ops->query(db, buf_slice(&r->sql), NULL, 0, e) &&
	    database_row_columns(&r->row, e) && begin_from(r, e);
	for (size_t i = 0; ok && i < r->row.norder; i++)
		r->order[i] =
		    arena_string(r->source->arena, db->columns[r->row.order[i]],
			strlen(db->columns[r->row.order[i]]));
	db->ops->done(db);
	return ok;
}

static enum page
read_table(struct rows *r, struct err *e)
{
	const struct database_options *o = &r->source->options->database;
	struct statement_page p = { .table = r->table };

	if (o->key == NULL && o->since == NULL) {
		statement_table(r->source->db, &p, &r->sql);
		return ask(r, buf_slice(&r->sql), NULL, 0, 0, e);
	}
	if (!look_at_columns(r, &r->why))
		return PAGE_FAILED;
	r->paged = r->row.nkeys > 0;
	r->row.state.ordered = true;
	return read_ordered(r, e);
}

static enum page
read_query(struct rows *r, struct err *e)
{
	const struct database_options *o = &r->source->options->database;
	struct database *db = r->source->db;
	struct database_value *values;
	enum page result = PAGE_FAILED;
	size_t n = statement_since(slice_of(o->query), &r->sql);

	if (!begin_from(r, &r->why))
		return PAGE_FAILED;
	if (n > 0 && r->from.bytes.p == NULL) {
		err_set(&r->why, ERR_USAGE,
		    "the query says :since, and there is no value of it yet: "
		    "--since-from gives the first");
		return PAGE_FAILED;
	}
	values = mem_alloc((n + 1) * sizeof(*values));
	for (size_t i = 0; i < n; i++)
		values[i] = r->from;
	if (db->ops->query(db, buf_slice(&r->sql), values, n, &r->why) &&
	    database_row_columns(&r->row, &r->why)) {
		if (o->since == NULL)
			r->row.norder = 0;
		result = take_rows(r, 0, e);
	}
	db->ops->done(db);
	mem_free(values);
	return result;
}

/* What was read of it is kept; the other tables are read. */
static bool
fail_member(struct rows *r, struct err *e)
{
	struct buf label = { 0 };

	r->row.m.incomplete = true;
	member_label(&r->row.at, &label);
	err_wrap(&r->why, "%s", buf_string(&label));
	buf_release(&label);
	return sink_fail(r->source->sink, &r->why, e);
}

static bool
finish(struct rows *r, enum page result, struct err *e)
{
	struct database_state *t = &r->row.state;
	bool keeps = t->ordered && !t->nulls;

	switch (result) {
	case PAGE_OVER:
	case PAGE_FULL:
		return database_state_keep(t, true, e);
	case PAGE_FAILED:
		return (!keeps || database_state_keep(t, false, e)) &&
		    fail_member(r, e);
	case PAGE_STOPPED:
		r->row.m.incomplete = true;
		return !keeps || database_state_keep(t, false, e);
	case PAGE_BROKEN:
		break;
	}
	return false;
}

/* What the state calls it. */
static const char *
state_name(const struct rows *r, const char *name)
{
	const struct database_source *s = r->source;
	const struct database_options *o = &s->options->database;
	uint8_t digest[DIGEST_SIZE];
	char id[DIGEST_ID + 1] = "";

	if (r->table == NULL) {
		digest_bytes(o->query, strlen(o->query), digest);
		digest_id(digest, id);
	}
	return arena_printf(s->arena, "%s %s%s by %s %s", s->place->uri,
	    r->table == NULL ? "query " : "", r->table == NULL ? id : name,
	    o->since == NULL ? "key" : "since",
	    o->since == NULL ? (o->key == NULL ? "" : o->key) : o->since);
}

bool
database_rows(struct database_source *s, const struct database_table *table,
    const char *name, struct err *e)
{
	const struct database_options *o = &s->options->database;
	struct rows r = { .source = s, .table = table };
	enum page result = PAGE_FAILED;
	bool ok;

	r.row.source = s;
	r.row.is_query = table == NULL;
	database_row_begin(&r.row, name);
	/* A query without --since has no position that is worth keeping. */
	if (since_overlap(o->overlap, &r.row.state.overlap, &r.why) &&
	    database_state_open(&r.row.state,
		o->since == NULL && (table == NULL || o->key == NULL) ? NULL
								      : s->job,
		state_name(&r, name), o->since != NULL, &r.why))
		result = table == NULL ? read_query(&r, e) : read_table(&r, e);
	ok = r.row.m.enough || finish(&r, result, e);
	buf_release(&r.sql);
	buf_release(&r.from_text);
	if (ok)
		ok = member_end(&r.row.m, e);
	else
		member_release(&r.row.m);
	database_row_release(&r.row);
	return ok;
}
